package customer

import (
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// A resolution says why there was a case and what we did: corrected what was wrong, or also prevented that it
// happens again. It may come with a compensation, up to what the terms of service let whoever handles the case grant.

// CaseAction says what was done about the cause.
type CaseAction string

const (
	CorrectiveAction CaseAction = "corrective" // this one case was put right
	PreventiveAction CaseAction = "preventive" // its cause was removed
)

// Compensation is money for the customer's trouble.
type Compensation struct {
	Amount   decimal.Decimal  `json:"amount"`         // above 0
	Currency domain.Currency  `json:"currency"`       // ISO 4217
	Rate     *decimal.Decimal `json:"rate,omitempty"` // reporting currency per unit of Currency
}

// ResolveCase asks to remember how a case ended.
type ResolveCase struct {
	CaseID       uuid.UUID     `json:"case_id"`
	RootCause    string        `json:"root_cause,omitempty"`
	Action       CaseAction    `json:"action"`
	Compensation *Compensation `json:"compensation,omitempty"`
}

func (c ResolveCase) Needs() Needs {
	n := needsTerms()
	if c.Compensation != nil {
		n.Priced = c.Compensation.Currency
	}
	return n
}

// Decide calls it resolved at first contact where we answered at most once, the customer did not come back after
// that, and the case was neither escalated nor reopened. A resolution that comes late is a breach.
func (c ResolveCase) Decide(s *State, g Given) ([]Event, error) {
	k, err := s.knownCase(c.CaseID, g)
	if err != nil {
		return nil, err
	}
	if c.Action != CorrectiveAction && c.Action != PreventiveAction {
		return nil, ErrCaseAction
	}
	if k.kind == Complaint && c.RootCause == "" {
		return nil, ErrRootCause
	}
	if err := checkText(c.RootCause, 200, "root_cause"); err != nil {
		return nil, err
	}
	granted, err := c.Compensation.in(g.Reporting)
	if err != nil {
		return nil, err
	}
	e := CaseResolved{CaseID: c.CaseID, Type: k.kind, RootCause: c.RootCause, Action: c.Action, Compensation: granted,
		FirstContact: k.responses <= 1 && !k.cameBack && k.escalatedTo == "" && !k.reopened, LeftS: k.resolve.left(g.When)}
	if k.resolution != nil {
		if *k.resolution == e.digest() {
			return nil, nil
		}
		return nil, ErrCaseResolved
	}
	if err := s.began.notBefore(aPhase, c.CaseID, g); err != nil {
		return nil, err
	}
	if granted != nil {
		if err := checkLimit(g, granted, k); err != nil {
			return nil, err
		}
		e.PolicyVersion = g.Needs.Service.Version
	}
	return append(k.ranOut(c.CaseID, g.When), e), nil
}

// in answers the compensation for books that are kept in that currency.
func (c *Compensation) in(reporting domain.Currency) (*Granted, error) {
	if c == nil {
		return nil, nil
	}
	if !c.Amount.IsPos() {
		return nil, ErrCompensation
	}
	books, err := newBooks(c.Currency, reporting, c.Rate)
	if err != nil {
		return nil, within("compensation", err)
	}
	worth, err := books.worth(c.Amount)
	if err != nil {
		return nil, within("compensation", err)
	}
	return &Granted{AmountMinor: worth.AmountMinor, Currency: c.Currency, Rate: books.rate,
		ReportingMinor: worth.ReportingMinor, ReportingCurrency: books.reporting}, nil
}

// within tells in which member the field of a rejection is.
func within(member string, err error) error {
	if r, ok := err.(*domain.Rejection); ok {
		return r.At("%s.%s", member, r.Field)
	}
	return err
}

func checkLimit(g Given, granted *Granted, k *caseState) error {
	digits, err := granted.ReportingCurrency.MinorDigits()
	if err != nil {
		return err
	}
	limit := g.Needs.Service.terms().limit(g.By.Actor, g.By.Department, k.escalatedTo != "")
	if domain.Major(granted.ReportingMinor, digits).Cmp(limit) <= 0 {
		return nil
	}
	if k.escalatedTo == "" {
		return ErrCompensationLimit.Because("at most %s %s can be granted here; escalate the case for more", limit, granted.ReportingCurrency)
	}
	return ErrCompensationLimit.Because("at most %s %s can be granted here", limit, granted.ReportingCurrency)
}

// Granted is a compensation that was within the limit.
type Granted struct {
	AmountMinor int64            `json:"amount_minor"`   // minor units of Currency
	Currency    domain.Currency  `json:"currency"`       // ISO 4217
	Rate        *decimal.Decimal `json:"rate,omitempty"` // reporting currency per unit of Currency
	// ReportingMinor is in minor units of ReportingCurrency.
	ReportingMinor    int64           `json:"reporting_minor,omitempty"`
	ReportingCurrency domain.Currency `json:"reporting_currency,omitempty"` // of the books, ISO 4217
}

// CaseResolved is the fact that a case ended.
type CaseResolved struct {
	CaseID       uuid.UUID  `json:"case_id"`
	Type         CaseType   `json:"type"` // of the case
	RootCause    string     `json:"root_cause,omitempty"`
	Action       CaseAction `json:"action"`                  // corrective or preventive
	Compensation *Granted   `json:"compensation,omitempty"`  // what the customer got for their trouble
	FirstContact bool       `json:"first_contact,omitempty"` // one answer at most, after which they did not come back; not escalated, not reopened
	LeftS        *int64     `json:"left_s,omitempty"`        // left to resolve, s; absent once breached
	// PolicyVersion is that of the terms of service that allowed the compensation; absent for the default ones.
	PolicyVersion int `json:"policy_version,omitempty"`
}

func (CaseResolved) EventType() string { return "customer.case_resolved.v1" }

func (e CaseResolved) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aPhase, e.CaseID, m)
	delete(s.cases.open, e.CaseID)
	s.cases.change(e.CaseID, func(k *caseState) {
		d := e.digest()
		k.resolution, k.paused = &d, false
		k.awaited, k.respond, k.next, k.resolve = false, caseClock{}, caseClock{}, stands(e.LeftS)
	})
}

// Summary implements Told.
func (e CaseResolved) Summary() string { return "a case was resolved: " + string(e.Type) }

func (e CaseResolved) digest() domain.Digest {
	d := domain.NewDigest().Text(e.RootCause).Text(string(e.Action))
	if e.Compensation != nil {
		d = d.Int(e.Compensation.AmountMinor).Text(string(e.Compensation.Currency))
	}
	return d
}

// ReopenCase asks to take a resolved or closed case up again.
type ReopenCase struct {
	CaseID uuid.UUID `json:"case_id"`
	Reason string    `json:"reason,omitempty"`
}

func (ReopenCase) Needs() Needs { return Needs{} }

// Decide lets the resolution clock run on with what was left of it.
func (c ReopenCase) Decide(s *State, g Given) ([]Event, error) {
	k, err := s.knownCase(c.CaseID, g)
	if err != nil {
		return nil, err
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	if k.resolution == nil {
		return nil, nil
	}
	if err := s.began.notBefore(aPhase, c.CaseID, g); err != nil {
		return nil, err
	}
	return []Event{CaseReopened{CaseID: c.CaseID, Type: k.kind, Reason: c.Reason, ResolveBy: k.resolve.until(g.When)}}, nil
}

// CaseReopened is the fact that a resolved or closed case was taken up again.
type CaseReopened struct {
	CaseID    uuid.UUID  `json:"case_id"`
	Type      CaseType   `json:"type"` // of the case
	Reason    string     `json:"reason,omitempty" personal:"true"`
	ResolveBy *time.Time `json:"resolve_by,omitempty"` // in the business's time zone; absent once breached
}

func (CaseReopened) EventType() string { return "customer.case_reopened.v1" }

func (e CaseReopened) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aPhase, e.CaseID, m)
	s.cases.change(e.CaseID, func(k *caseState) {
		remember(&s.cases.open, e.CaseID, k)
		k.resolution, k.rating, k.closed, k.reopened = nil, nil, false, true
		k.resolve = runs(e.ResolveBy)
	})
}

// Summary implements Told.
func (e CaseReopened) Summary() string { return "a case was reopened: " + string(e.Type) }

// CloseCase asks to put a resolved case away.
type CloseCase struct {
	CaseID uuid.UUID `json:"case_id"`
}

func (CloseCase) Needs() Needs { return Needs{} }

// Decide refuses to close what is not resolved.
func (c CloseCase) Decide(s *State, g Given) ([]Event, error) {
	k, err := s.knownCase(c.CaseID, g)
	switch {
	case err != nil:
		return nil, err
	case k.resolution == nil:
		return nil, ErrCaseUnresolved
	case k.closed:
		return nil, nil
	}
	if err := s.began.notBefore(aPhase, c.CaseID, g); err != nil {
		return nil, err
	}
	return []Event{CaseClosed(c)}, nil
}

// CaseClosed is the fact that a resolved case was put away.
type CaseClosed struct {
	CaseID uuid.UUID `json:"case_id"`
}

func (CaseClosed) EventType() string { return "customer.case_closed.v1" }

func (e CaseClosed) Evolve(s *State, _ domain.Metadata) {
	s.cases.change(e.CaseID, func(k *caseState) { k.closed = true })
}

// Summary implements Told.
func (e CaseClosed) Summary() string { return "a case was closed" }

var (
	ErrCaseAction = &domain.Rejection{Kind: domain.Invalid, Code: "case_action_unknown", Field: "action",
		Reason: "the action is corrective or preventive"}
	ErrRootCause = &domain.Rejection{Kind: domain.Invalid, Code: "root_cause_missing", Field: "root_cause",
		Reason: "say why there was a complaint"}
	ErrCompensation = &domain.Rejection{Kind: domain.Invalid, Code: "compensation_out_of_range",
		Field: "compensation.amount", Reason: "a compensation is above 0"}
	ErrCompensationLimit = &domain.Rejection{Kind: domain.Refused, Code: "compensation_above_limit",
		Field: "compensation.amount", Reason: "this is more than can be granted here"}
	ErrCaseUnresolved = &domain.Rejection{Kind: domain.Refused, Code: "case_unresolved", Field: "case_id",
		Reason: "this case is not resolved yet"}
)
