package customer

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A case is what a customer wants of service: a question answered, an incident ended, a complaint settled, a
// service done. It has clocks (case_clocks.go) and ends with a resolution (case_resolution.go), by the terms of service
// (case_terms.go). A complaint about what the customer complained of not long before is a repeat of the latest such
// complaint.

// CaseType says what the customer wants.
type CaseType string

const (
	Question  CaseType = "question"
	Incident  CaseType = "incident"
	Complaint CaseType = "complaint"
	Service   CaseType = "service"
)

// OpenCase asks to remember what the customer wants of service.
type OpenCase struct {
	CaseID     uuid.UUID  `json:"case_id"`
	Type       CaseType   `json:"type"`
	Category   string     `json:"category,omitempty"`
	Priority   Priority   `json:"priority,omitempty"`
	Queue      string     `json:"queue,omitempty"`
	Subject    string     `json:"subject,omitempty"`
	AssetID    *uuid.UUID `json:"asset_id,omitempty"`
	PurchaseID *uuid.UUID `json:"purchase_id,omitempty"`
}

func (OpenCase) Needs() Needs { return needsTerms() }

// Decide accepts each CaseID once, and sets the clocks by type and priority.
func (c OpenCase) Decide(s *State, g Given) ([]Event, error) {
	c.Priority = cmp.Or(c.Priority, Normal)
	terms := g.Needs.Service.terms()
	target, _ := terms.Target(c.Type, c.Priority)
	switch {
	case c.CaseID == uuid.Nil:
		return nil, ErrCaseID
	case !slices.Contains(CaseTypes, c.Type):
		return nil, ErrCaseType
	case !slices.Contains(Priorities, c.Priority):
		return nil, ErrPriority
	case c.Type == Complaint && c.Category == "":
		return nil, ErrCaseCategory
	case c.AssetID != nil && s.assets.known[*c.AssetID] == nil:
		return nil, ErrAssetUnknown
	case c.PurchaseID != nil && s.purchases[*c.PurchaseID] == nil:
		return nil, ErrPurchaseUnknown
	}
	if err := cmp.Or(checkText(c.Category, 100, "category"), checkText(c.Queue, 100, "queue"),
		checkText(c.Subject, 1000, "subject")); err != nil {
		return nil, err
	}
	e := CaseOpened{CaseID: c.CaseID, Type: c.Type, Category: c.Category, Priority: c.Priority, Queue: c.Queue,
		Subject: c.Subject, AssetID: c.AssetID, PurchaseID: c.PurchaseID, OpenedOn: g.On,
		RespondBy: after(g.When, target.FirstResponseS), ResolveBy: after(g.When, target.ResolutionS), PolicyVersion: g.Needs.Service.Version}
	if known := s.cases.known[c.CaseID]; known != nil {
		if known.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrCaseOtherwise
	}
	if c.Type == Complaint {
		e.RepeatOf = s.cases.repeated(c.Category, g.On, domain.Day(terms.RepeatDays))
	}
	return []Event{e}, nil
}

// CaseOpened is the fact that a customer wanted something of service.
type CaseOpened struct {
	CaseID     uuid.UUID  `json:"case_id"`
	Type       CaseType   `json:"type"` // question, incident, complaint or service
	Category   string     `json:"category,omitempty"`
	Priority   Priority   `json:"priority"` // low, normal, high or urgent
	Queue      string     `json:"queue,omitempty"`
	Subject    string     `json:"subject,omitempty" personal:"true"`
	AssetID    *uuid.UUID `json:"asset_id,omitempty"`    // the equipment that it is about
	PurchaseID *uuid.UUID `json:"purchase_id,omitempty"` // the purchase that it is about
	OpenedOn   domain.Day `json:"opened_on"`             // from which repeats are counted
	RespondBy  time.Time  `json:"respond_by"`            // in the business's time zone
	ResolveBy  time.Time  `json:"resolve_by"`            // in the business's time zone
	RepeatOf   *uuid.UUID `json:"repeat_of,omitempty"`   // the complaint of the same category not long before
	// PolicyVersion is that of the terms of service that set the clocks; absent for the default ones.
	PolicyVersion int `json:"policy_version,omitempty"`
}

func (CaseOpened) EventType() string { return "customer.case_opened.v1" }

func (e CaseOpened) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aCase, e.CaseID, m)
	k := &caseState{digest: e.digest(), kind: e.Type, priority: e.Priority, queue: e.Queue, respond: runs(&e.RespondBy), resolve: runs(&e.ResolveBy)}
	remember(&s.cases.known, e.CaseID, k)
	remember(&s.cases.open, e.CaseID, k)
	if e.Type == Complaint {
		if s.cases.complaints == nil {
			s.cases.complaints = map[string][]complaint{}
		}
		s.cases.complaints[e.Category] = append(s.cases.complaints[e.Category], complaint{e.CaseID, e.OpenedOn})
	}
}

// Summary implements Told.
func (e CaseOpened) Summary() string {
	if e.RepeatOf != nil {
		return "a complaint was made again"
	}
	return map[CaseType]string{Question: "a question was asked", Incident: "an incident was reported",
		Complaint: "a complaint was made", Service: "a service was asked for"}[e.Type]
}

func (e CaseOpened) digest() domain.Digest {
	d := domain.NewDigest().Text(string(e.Type)).Text(e.Category).Text(string(e.Priority)).Text(e.Queue).Text(e.Subject)
	for _, id := range []*uuid.UUID{e.AssetID, e.PurchaseID} {
		if id == nil {
			id = &uuid.Nil
		}
		d = d.ID(*id)
	}
	return d
}

// AssignCase asks to give a case to somebody, or to a queue.
type AssignCase struct {
	CaseID   uuid.UUID `json:"case_id"`
	Assignee string    `json:"assignee,omitempty"`
	Queue    string    `json:"queue,omitempty"`
}

func (AssignCase) Needs() Needs { return Needs{} }

// Decide keeps the queue where none is named.
func (c AssignCase) Decide(s *State, g Given) ([]Event, error) {
	k, err := s.openCase(c.CaseID, g)
	if err != nil {
		return nil, err
	}
	if c.Assignee == "" && c.Queue == "" {
		return nil, ErrAssignee
	}
	if err := cmp.Or(checkText(c.Assignee, 200, "assignee"), checkText(c.Queue, 100, "queue")); err != nil {
		return nil, err
	}
	c.Queue = cmp.Or(c.Queue, k.queue)
	if c.Assignee == k.assignee && c.Queue == k.queue {
		return nil, nil
	}
	return []Event{CaseAssigned(c)}, nil
}

// CaseAssigned is the fact that a case was given to somebody, or to a queue.
type CaseAssigned struct {
	CaseID   uuid.UUID `json:"case_id"`
	Assignee string    `json:"assignee,omitempty"` // nobody in particular, if empty
	Queue    string    `json:"queue,omitempty"`
}

func (CaseAssigned) EventType() string { return "customer.case_assigned.v1" }

func (e CaseAssigned) Evolve(s *State, _ domain.Metadata) {
	s.cases.change(e.CaseID, func(k *caseState) { k.assignee, k.queue = e.Assignee, e.Queue })
}

// Summary implements Told.
func (e CaseAssigned) Summary() string { return "a case was assigned" }

// RespondToCase asks to remember that we answered the customer.
type RespondToCase struct {
	CaseID     uuid.UUID `json:"case_id"`
	ResponseID uuid.UUID `json:"response_id"`
}

func (RespondToCase) Needs() Needs { return Needs{} }

// Decide accepts each ResponseID once. An answer that comes late is a breach.
func (c RespondToCase) Decide(s *State, g Given) ([]Event, error) {
	if c.ResponseID == uuid.Nil {
		return nil, ErrResponseID
	}
	if of, ok := s.cases.responses[c.ResponseID]; ok {
		if of == c.CaseID {
			return nil, nil
		}
		return nil, ErrResponseOtherwise
	}
	k, err := s.openCase(c.CaseID, g)
	if err != nil {
		return nil, err
	}
	return append(k.ranOut(c.CaseID, g.When),
		CaseResponded{CaseID: c.CaseID, ResponseID: c.ResponseID, First: k.responses == 0}), nil
}

// CaseResponded is the fact that we answered the customer.
type CaseResponded struct {
	CaseID     uuid.UUID `json:"case_id"`
	ResponseID uuid.UUID `json:"response_id"`
	First      bool      `json:"first,omitempty"` // it ended the response clock; another one ended that for the next response
}

func (CaseResponded) EventType() string { return "customer.case_responded.v1" }

func (e CaseResponded) Evolve(s *State, _ domain.Metadata) {
	remember(&s.cases.responses, e.ResponseID, e.CaseID)
	s.cases.change(e.CaseID, func(k *caseState) {
		k.responses++
		k.awaited, k.respond, k.next = false, caseClock{}, caseClock{}
	})
}

// Summary implements Told.
func (e CaseResponded) Summary() string {
	if e.First {
		return "we answered for the first time"
	}
	return "we answered"
}

// EscalateCase asks to bring a case before somebody who may decide more.
type EscalateCase struct {
	CaseID uuid.UUID `json:"case_id"`
	To     string    `json:"to"`
	Reason string    `json:"reason,omitempty"`
}

func (EscalateCase) Needs() Needs { return Needs{} }

// Decide yields nothing for a case that is there already.
func (c EscalateCase) Decide(s *State, g Given) ([]Event, error) {
	k, err := s.openCase(c.CaseID, g)
	if err != nil {
		return nil, err
	}
	if c.To == "" {
		return nil, ErrEscalation
	}
	if err := cmp.Or(checkText(c.To, 200, "to"), checkText(c.Reason, 1000, "reason")); err != nil {
		return nil, err
	}
	if k.escalatedTo == c.To {
		return nil, nil
	}
	return []Event{CaseEscalated(c)}, nil
}

// CaseEscalated is the fact that a case was brought before somebody who may decide more.
type CaseEscalated struct {
	CaseID uuid.UUID `json:"case_id"`
	To     string    `json:"to"` // a person, a team or a level
	Reason string    `json:"reason,omitempty" personal:"true"`
}

func (CaseEscalated) EventType() string { return "customer.case_escalated.v1" }

func (e CaseEscalated) Evolve(s *State, _ domain.Metadata) {
	s.cases.change(e.CaseID, func(k *caseState) { k.escalatedTo = e.To })
}

// Summary implements Told.
func (e CaseEscalated) Summary() string { return "a case was escalated" }

type casesState struct {
	known      map[uuid.UUID]*caseState
	open       map[uuid.UUID]*caseState // those that are not resolved
	responses  map[uuid.UUID]uuid.UUID  // the case of each
	replies    map[uuid.UUID]uuid.UUID  // the case of each
	complaints map[string][]complaint   // by category
}

type caseState struct {
	digest                       domain.Digest
	kind                         CaseType
	queue, assignee, escalatedTo string
	priority                     Priority
	responses                    int
	paused, closed, reopened     bool
	cameBack                     bool           // the customer wrote again after we answered
	awaited                      bool           // they wait for an answer to that
	resolution                   *domain.Digest // nil while it is open
	rating                       *domain.Digest // of the last resolution; nil while there is none
	respond, next, resolve       caseClock
}

type complaint struct {
	id uuid.UUID
	on domain.Day
}

// complaintOpen tells whether the customer waits for a complaint to be settled.
func (c *casesState) complaintOpen() bool {
	for _, k := range c.open {
		if k.kind == Complaint {
			return true
		}
	}
	return false
}

// repeated answers the latest complaint of a category in so many days up to one; nil where there was none.
func (c *casesState) repeated(category string, on, days domain.Day) (of *uuid.UUID) {
	var latest domain.Day
	for _, before := range c.complaints[category] {
		if before.on <= on && on-before.on <= days && (of == nil || before.on >= latest) {
			of, latest = &before.id, before.on
		}
	}
	return of
}

func (c *casesState) change(id uuid.UUID, change func(*caseState)) {
	if k := c.known[id]; k != nil {
		change(k)
	}
}

// openCase answers a case that is not resolved.
func (s *State) openCase(id uuid.UUID, g Given) (*caseState, error) {
	k, err := s.knownCase(id, g)
	if err == nil && k.resolution != nil {
		return nil, ErrCaseResolved
	}
	return k, err
}

// knownCase returns a case, for what happened to it once it was opened.
func (s *State) knownCase(id uuid.UUID, g Given) (*caseState, error) {
	k := s.cases.known[id]
	if k == nil {
		return nil, ErrCaseUnknown
	}
	return k, s.began.notBefore(aCase, id, g)
}

var (
	ErrCaseID = &domain.Rejection{Kind: domain.Invalid, Code: "case_id_missing", Field: "case_id",
		Reason: "name the case by a UUID"}
	ErrCaseType = &domain.Rejection{Kind: domain.Invalid, Code: "case_type_unknown", Field: "type",
		Reason: "a case is a question, an incident, a complaint or a service"}
	ErrPriority = &domain.Rejection{Kind: domain.Invalid, Code: "priority_unknown", Field: "priority",
		Reason: "the priority is low, normal, high or urgent"}
	ErrCaseCategory = &domain.Rejection{Kind: domain.Invalid, Code: "case_category_missing", Field: "category",
		Reason: "say what the complaint is about, so that it is known when it is made again"}
	ErrCaseOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "case_opened_otherwise", Field: "case_id",
		Reason: "this case was opened before, with other content"}
	ErrCaseUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "case_unknown", Field: "case_id",
		Reason: "the customer has no such case"}
	ErrCaseResolved = &domain.Rejection{Kind: domain.Refused, Code: "case_resolved", Field: "case_id",
		Reason: "this case is resolved: reopen it first"}
	ErrAssignee = &domain.Rejection{Kind: domain.Invalid, Code: "assignee_missing", Field: "assignee",
		Reason: "name who takes the case, or a queue"}
	ErrResponseID = &domain.Rejection{Kind: domain.Invalid, Code: "response_id_missing", Field: "response_id",
		Reason: "name the response by a UUID"}
	ErrResponseOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "response_made_otherwise",
		Field: "response_id", Reason: "this response was made to another case"}
	ErrEscalation = &domain.Rejection{Kind: domain.Invalid, Code: "escalation_to_nobody", Field: "to",
		Reason: "name whom the case goes to"}
)
