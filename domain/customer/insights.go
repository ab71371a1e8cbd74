package customer

import (
	"cmp"
	"slices"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// An insight is what somebody concluded about the customer, with what it rests on: events of the customer's own
// history, and documents elsewhere. Whoever reads it can judge it; whoever knows better retracts it.

// RecordInsight asks to remember what somebody concluded about the customer.
type RecordInsight struct {
	InsightID  uuid.UUID        `json:"insight_id"`
	Statement  string           `json:"statement"`
	Kind       string           `json:"kind,omitempty"`
	Confidence *decimal.Decimal `json:"confidence,omitempty"` // from 0 to 1; absent: 1
	Evidence   []int64          `json:"evidence,omitempty"`   // revisions in the customer's stream
	Links      []string         `json:"links,omitempty"`
}

func (RecordInsight) Needs() Needs { return Needs{} }

// Decide accepts each InsightID once.
func (c RecordInsight) Decide(s *State, g Given) ([]Event, error) {
	e, err := c.checked(g.Events)
	if err != nil {
		return nil, err
	}
	if known, ok := s.insights[c.InsightID]; ok {
		if known.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrInsightOtherwise
	}
	return []Event{e}, nil
}

func (c RecordInsight) checked(events uint64) (InsightRecorded, error) {
	e := InsightRecorded{InsightID: c.InsightID, Statement: c.Statement, Kind: c.Kind, Confidence: decimal.One,
		Evidence: slices.Compact(slices.Sorted(slices.Values(c.Evidence))), Links: c.Links}
	if c.Confidence != nil {
		e.Confidence = c.Confidence.Trim(0)
	}
	switch {
	case c.InsightID == uuid.Nil:
		return e, ErrInsightID
	case c.Statement == "":
		return e, ErrInsightEmpty
	case !probable(e.Confidence):
		return e, ErrConfidence
	case len(c.Evidence)+len(c.Links) == 0:
		return e, ErrInsightEvidence
	case len(c.Evidence) > maxInsightEvidence || len(c.Links) > maxInsightEvidence:
		return e, ErrInsightEvidence
	}
	if err := cmp.Or(checkText(c.Statement, 4000, "statement"), checkText(c.Kind, 100, "kind")); err != nil {
		return e, err
	}
	for i, revision := range c.Evidence {
		if revision < 0 || revision >= int64(events) {
			return e, ErrInsightEvent.At("evidence[%d]", i)
		}
	}
	for i, link := range c.Links {
		if link == "" {
			return e, ErrInsightEvidence.At("links[%d]", i)
		}
		if err := checkText(link, 2000, "links[%d]", i); err != nil {
			return e, err
		}
	}
	return e, nil
}

// InsightRecorded is the fact that somebody concluded something about the customer.
type InsightRecorded struct {
	InsightID  uuid.UUID       `json:"insight_id"`
	Statement  string          `json:"statement" personal:"true"`       // what they concluded
	Kind       string          `json:"kind,omitempty"`                  // need, habit, risk, …
	Confidence decimal.Decimal `json:"confidence"`                      // how sure they are, from 0 to 1
	Evidence   []int64         `json:"evidence,omitempty"`              // the events that it rests on, by their revisions in this stream
	Links      []string        `json:"links,omitempty" personal:"true"` // what else it rests on
}

func (InsightRecorded) EventType() string { return "customer.insight_recorded.v1" }

func (e InsightRecorded) Evolve(s *State, _ domain.Metadata) {
	remember(&s.insights, e.InsightID, &insightState{digest: e.digest()})
}

// Summary implements Told.
func (e InsightRecorded) Summary() string {
	return "something was concluded from " + counted(len(e.Evidence), "event") + " and " + counted(len(e.Links), "document")
}

func (e InsightRecorded) digest() domain.Digest {
	d := domain.NewDigest().Text(e.Statement).Text(e.Kind).Decimal(e.Confidence).Int(int64(len(e.Evidence)))
	for _, revision := range e.Evidence {
		d = d.Int(revision)
	}
	for _, link := range e.Links {
		d = d.Text(link)
	}
	return d
}

// RetractInsight asks to remember that what was concluded is not so.
type RetractInsight struct {
	InsightID uuid.UUID `json:"insight_id"`
	Reason    string    `json:"reason"`
}

func (RetractInsight) Needs() Needs { return Needs{} }

// Decide yields nothing for what was retracted already.
func (c RetractInsight) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.Reason == "":
		return nil, ErrInsightReason
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	switch known := s.insights[c.InsightID]; {
	case known == nil:
		return nil, ErrInsightUnknown
	case known.retracted:
		return nil, nil
	}
	return []Event{InsightRetracted(c)}, nil
}

// InsightRetracted is the fact that what was concluded is not so.
type InsightRetracted struct {
	InsightID uuid.UUID `json:"insight_id"`
	Reason    string    `json:"reason" personal:"true"`
}

func (InsightRetracted) EventType() string { return "customer.insight_retracted.v1" }

func (e InsightRetracted) Evolve(s *State, _ domain.Metadata) {
	if known := s.insights[e.InsightID]; known != nil {
		known.retracted = true
	}
}

// Summary implements Told.
func (e InsightRetracted) Summary() string { return "a conclusion was retracted" }

type insightState struct {
	digest    domain.Digest
	retracted bool
}

// maxInsightEvidence bounds the events, and the links, that one insight rests on.
const maxInsightEvidence = 100

var (
	ErrInsightID = &domain.Rejection{Kind: domain.Invalid, Code: "insight_id_missing", Field: "insight_id",
		Reason: "name the insight by a UUID"}
	ErrInsightEmpty = &domain.Rejection{Kind: domain.Invalid, Code: "insight_empty", Field: "statement",
		Reason: "say what was concluded"}
	ErrInsightEvidence = &domain.Rejection{Kind: domain.Invalid, Code: "insight_evidence_missing", Field: "evidence",
		Reason: "say on which events or documents it rests: 1 to 100 of each or of one"}
	ErrInsightEvent = &domain.Rejection{Kind: domain.Unknown, Code: "insight_event_unknown", Field: "evidence",
		Reason: "the customer's history has no such revision"}
	ErrInsightReason = &domain.Rejection{Kind: domain.Invalid, Code: "insight_reason_missing", Field: "reason",
		Reason: "say why it is retracted"}
	ErrInsightOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "insight_recorded_otherwise",
		Field: "insight_id", Reason: "this insight was recorded before, with other content"}
	ErrInsightUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "insight_unknown", Field: "insight_id",
		Reason: "no such thing was concluded about this customer"}
)
