// Package questionnaire decides about the questions that customers are asked: versioned templates, each a kind
// of survey with items and their scales. A published version never changes, so that every answer can be
// checked against, and read by, the version that was asked. It must not know who answers.
package questionnaire

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/rapport-crm/rapport/domain"
)

// StreamPrefix begins the name of every questionnaire's stream.
const StreamPrefix = "questionnaire-"

// Stream names a questionnaire's stream.
func Stream(id string) string { return StreamPrefix + id }

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Needs   = domain.Needs
	Given   = domain.Given[Needs]
)

// State is every version that was published, the first one first.
type State struct{ versions []Template }

// Guard implements domain.StateOf: every command may be the first.
func (s *State) Guard(domain.Needs) error { return nil }

// Version answers a published version, counted from 1; nil if there is none.
func (s *State) Version(n int) *Template {
	if n < 1 || n > len(s.versions) {
		return nil
	}
	return &s.versions[n-1]
}

// Kind says what a questionnaire measures, and so which items it may have.
type Kind string

const (
	NPS      Kind = "nps"      // net promoter score: one item from 0 to 10
	CSAT     Kind = "csat"     // customer satisfaction: one item from 1 to 5
	CES      Kind = "ces"      // customer effort: one item from 1 to 7
	SERVQUAL Kind = "servqual" // service quality: each item as expected and as perceived
	// Kano sorts features: each item as if it were there (functional) and as if it were not (dysfunctional),
	// from 1 "I like it" over 2 "it must be so", 3 "neutral" and 4 "I can live with it" to 5 "I dislike it".
	Kano Kind = "kano"

	ECSI                Kind = "ecsi"                 // European customer satisfaction index
	RelationshipQuality Kind = "relationship_quality" // trust, commitment, communication, …
	SixMarkets          Kind = "six_markets"          // of Christopher, Payne and Ballantyne
	Maturity            Kind = "maturity"             // of customer relationship management, after Ryals and Payne
)

// form is what a kind asks of its items.
type form struct {
	single    bool     // there is one item, which cannot be left out
	aspects   []string // each item is asked once for each; none: once, plainly
	dimension bool     // each item belongs to a dimension
	min, max  int      // the scale of every item; where both are 0, each item has its own
}

var forms = map[Kind]form{
	NPS:                 {single: true, max: 10},
	CSAT:                {single: true, min: 1, max: 5},
	CES:                 {single: true, min: 1, max: 7},
	SERVQUAL:            {aspects: []string{"expectation", "perception"}},
	Kano:                {aspects: []string{"functional", "dysfunctional"}, min: 1, max: 5},
	ECSI:                {dimension: true},
	RelationshipQuality: {dimension: true},
	SixMarkets:          {dimension: true},
	Maturity:            {dimension: true},
}

// Template is what is asked.
type Template struct {
	Kind  Kind   `json:"kind"`            // nps, csat, ces, servqual, kano, ecsi, relationship_quality, …
	Title string `json:"title,omitempty"` // what people call it
	Items []Item `json:"items"`           // in the order in which they are asked
}

// Item is one thing that is asked, on a scale of whole numbers.
type Item struct {
	Item      string `json:"item"`                // names it within the questionnaire
	Text      string `json:"text,omitempty"`      // the question
	Dimension string `json:"dimension,omitempty"` // what it belongs to: reliability, trust, …
	Min       int    `json:"min"`                 // lowest answer
	Max       int    `json:"max"`                 // highest answer
	Optional  bool   `json:"optional,omitempty"`  // it may be left out
}

// Publish asks that a questionnaire be asked by this template from now on.
type Publish struct {
	ID string `json:"questionnaire"`
	Template
}

func (Publish) Needs() Needs { return Needs{Founds: true} }

// Decide yields a new version unless the newest is the very same.
func (c Publish) Decide(s *State, g Given) ([]Event, error) {
	if !domain.Nameable(c.ID) {
		return nil, ErrName
	}
	if err := c.Template.check(); err != nil {
		return nil, err
	}
	if newest := s.Version(len(s.versions)); newest != nil && newest.equal(&c.Template) {
		return nil, nil
	}
	return []Event{Published{ID: c.ID, Version: len(s.versions) + 1, Template: c.Template}}, nil
}

// Published is the fact that a version of a questionnaire is there to be asked. Versions count from 1.
type Published struct {
	ID      string `json:"questionnaire"`
	Version int    `json:"version"`
	Template
}

func (Published) EventType() string { return "questionnaire.published.v1" }

func (e Published) Evolve(s *State, _ domain.Metadata) { s.versions = append(s.versions, e.Template) }

func (t *Template) equal(u *Template) bool {
	return t.Kind == u.Kind && t.Title == u.Title && slices.Equal(t.Items, u.Items)
}

// MaxItems bounds one questionnaire.
const MaxItems = 200

func (t *Template) check() error {
	f, known := forms[t.Kind]
	switch {
	case !known:
		return ErrKind
	case len(t.Items) == 0 || len(t.Items) > MaxItems:
		return ErrItems
	case f.single && len(t.Items) > 1:
		return ErrItems.Because("a questionnaire of this kind has one item")
	}
	if err := domain.CheckText(t.Title, 300); err != nil {
		return err.At("title")
	}
	seen := map[string]bool{}
	for i := range t.Items {
		item := &t.Items[i]
		if !itemPattern.MatchString(item.Item) || seen[item.Item] {
			return ErrItemName.At("items[%d].item", i)
		}
		seen[item.Item] = true
		if err := f.check(item, i); err != nil {
			return err
		}
	}
	return nil
}

func (f form) check(item *Item, i int) error {
	if err := domain.CheckText(item.Text, 2000); err != nil {
		return err.At("items[%d].text", i)
	}
	if item.Dimension != "" && !itemPattern.MatchString(item.Dimension) || f.dimension && item.Dimension == "" {
		return ErrDimension.At("items[%d].dimension", i)
	}
	if item.Optional && f.single {
		return ErrItemNeeded.At("items[%d].optional", i)
	}
	if f.max != 0 && (item.Min != f.min || item.Max != f.max) {
		return ErrScale.At("items[%d].max", i).Because("the scale of this kind goes from %d to %d", f.min, f.max)
	}
	if item.Min < -100 || item.Max > 100 || item.Min >= item.Max {
		return ErrScale.At("items[%d].max", i)
	}
	return nil
}

var (
	itemPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,62}$`)
)

var (
	ErrName = &domain.Rejection{Kind: domain.Invalid, Code: "questionnaire_name_malformed", Field: "questionnaire",
		Reason: "a questionnaire's name is 1 to 63 of a-z, 0-9, _ and -, and begins with a letter"}
	ErrKind = &domain.Rejection{Kind: domain.Invalid, Code: "questionnaire_kind_unknown", Field: "kind",
		Reason: "the kind is one of nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets, maturity"}
	ErrItems = &domain.Rejection{Kind: domain.Invalid, Code: "items_out_of_range", Field: "items",
		Reason: fmt.Sprintf("a questionnaire has 1 to %d items", MaxItems)}
	ErrItemName = &domain.Rejection{Kind: domain.Invalid, Code: "item_name_malformed",
		Reason: "an item has a name of its own: 1 to 63 of a-z, 0-9, _ and -"}
	ErrDimension = &domain.Rejection{Kind: domain.Invalid, Code: "dimension_malformed",
		Reason: "a dimension is 1 to 63 of a-z, 0-9, _ and -; items of this kind may need one"}
	ErrItemNeeded = &domain.Rejection{Kind: domain.Invalid, Code: "item_needed",
		Reason: "the one item of this kind cannot be left out"}
	ErrScale = &domain.Rejection{Kind: domain.Invalid, Code: "scale_out_of_range",
		Reason: "a scale goes from a lower to a higher number, between -100 and 100"}
)
