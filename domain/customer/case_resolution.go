package customer

import (
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// A resolution says why there was a case and what we did: corrected what was wrong, or also prevented that it
// happens again. It may come with a compensation, up to what whoever handles the case may grant.

// CaseAction says what was done about the cause.
type CaseAction string

const (
	CorrectiveAction CaseAction = "corrective" // this one case was put right
	PreventiveAction CaseAction = "preventive" // its cause was removed
)

// Compensation is money for the customer's trouble.
type Compensation struct {
	Amount   decimal.Decimal `json:"amount"`   // above 0
	Currency domain.Currency `json:"currency"` // ISO 4217
}

// compensationLimit is what whoever handles a case may grant, escalatedLimit what may be granted once the case was
// escalated; in major units of the compensation's currency.
var (
	compensationLimit = decimal.MustParse("100")
	escalatedLimit    = decimal.MustParse("1000")
)

// ResolveCase asks to remember how a case ended.
type ResolveCase struct {
	CaseID       uuid.UUID     `json:"case_id"`
	RootCause    string        `json:"root_cause,omitempty"`
	Action       CaseAction    `json:"action"`
	Compensation *Compensation `json:"compensation,omitempty"`

	when time.Time
}

// At tells when it ended.
func (c ResolveCase) At(when time.Time, _ domain.Day) Command { c.when = when; return c }

// Decide calls it resolved at first contact where we answered at most once, and the case was neither escalated nor
// reopened. A resolution that comes late is a breach.
func (c ResolveCase) Decide(s *State) ([]Event, error) {
	k, err := s.knownCase(c.CaseID)
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
	granted, err := c.Compensation.within(k)
	if err != nil {
		return nil, err
	}
	e := CaseResolved{CaseID: c.CaseID, Type: k.kind, RootCause: c.RootCause, Action: c.Action, Compensation: granted,
		FirstContact: k.responses <= 1 && k.escalatedTo == "" && !k.reopened, LeftS: k.resolve.left(c.when)}
	if k.resolution != nil {
		if *k.resolution == e.digest() {
			return nil, nil
		}
		return nil, ErrCaseResolved
	}
	return append(k.ranOut(c.CaseID, c.when), e), nil
}

func (c *Compensation) within(k *caseState) (*Granted, error) {
	if c == nil {
		return nil, nil
	}
	digits, err := c.Currency.MinorDigits()
	if err != nil {
		return nil, domain.ErrCurrency.At("compensation.currency")
	}
	if !c.Amount.IsPos() {
		return nil, ErrCompensation
	}
	limit := compensationLimit
	if k.escalatedTo != "" {
		limit = escalatedLimit
	}
	if c.Amount.Cmp(limit) > 0 {
		return nil, ErrCompensationLimit.Because("at most %s %s can be granted here; escalate the case for more", limit, c.Currency)
	}
	minor, err := domain.Minor(digits, c.Amount, decimal.One)
	if err != nil {
		return nil, domain.ErrMoney.At("compensation.amount")
	}
	return &Granted{AmountMinor: minor, Currency: c.Currency}, nil
}

// Granted is a compensation that was within the limit.
type Granted struct {
	AmountMinor int64           `json:"amount_minor"` // minor units of Currency
	Currency    domain.Currency `json:"currency"`     // ISO 4217
}

// CaseResolved is the fact that a case ended.
type CaseResolved struct {
	CaseID       uuid.UUID  `json:"case_id"`
	Type         CaseType   `json:"type"` // of the case
	RootCause    string     `json:"root_cause,omitempty"`
	Action       CaseAction `json:"action"`                  // corrective or preventive
	Compensation *Granted   `json:"compensation,omitempty"`  // what the customer got for their trouble
	FirstContact bool       `json:"first_contact,omitempty"` // one answer at most, not escalated, not reopened
	LeftS        *int64     `json:"left_s,omitempty"`        // left to resolve, s; absent once breached
}

func (CaseResolved) EventType() string { return "customer.case_resolved.v1" }

func (e CaseResolved) Evolve(s *State) {
	delete(s.cases.open, e.CaseID)
	s.cases.change(e.CaseID, func(k *caseState) {
		d := e.digest()
		k.resolution, k.paused = &d, false
		k.respond, k.resolve = caseClock{}, stands(e.LeftS)
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

	when time.Time
}

// At tells when it was taken up again.
func (c ReopenCase) At(when time.Time, _ domain.Day) Command { c.when = when; return c }

// Decide lets the resolution clock run on with what was left of it.
func (c ReopenCase) Decide(s *State) ([]Event, error) {
	k, err := s.knownCase(c.CaseID)
	if err != nil {
		return nil, err
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	if k.resolution == nil {
		return nil, nil
	}
	return []Event{CaseReopened{CaseID: c.CaseID, Type: k.kind, Reason: c.Reason, ResolveBy: k.resolve.until(c.when)}}, nil
}

// CaseReopened is the fact that a resolved or closed case was taken up again.
type CaseReopened struct {
	CaseID    uuid.UUID  `json:"case_id"`
	Type      CaseType   `json:"type"` // of the case
	Reason    string     `json:"reason,omitempty"`
	ResolveBy *time.Time `json:"resolve_by,omitempty"` // in the business's time zone; absent once breached
}

func (CaseReopened) EventType() string { return "customer.case_reopened.v1" }

func (e CaseReopened) Evolve(s *State) {
	s.cases.change(e.CaseID, func(k *caseState) {
		remember(&s.cases.open, e.CaseID, k)
		k.resolution, k.closed, k.reopened = nil, false, true
		k.resolve = runs(e.ResolveBy)
	})
}

// Summary implements Told.
func (e CaseReopened) Summary() string { return "a case was reopened: " + string(e.Type) }

// CloseCase asks to put a resolved case away.
type CloseCase struct {
	CaseID uuid.UUID `json:"case_id"`
}

// Decide refuses to close what is not resolved.
func (c CloseCase) Decide(s *State) ([]Event, error) {
	k, err := s.knownCase(c.CaseID)
	switch {
	case err != nil:
		return nil, err
	case k.resolution == nil:
		return nil, ErrCaseUnresolved
	case k.closed:
		return nil, nil
	}
	return []Event{CaseClosed(c)}, nil
}

// CaseClosed is the fact that a resolved case was put away.
type CaseClosed struct {
	CaseID uuid.UUID `json:"case_id"`
}

func (CaseClosed) EventType() string { return "customer.case_closed.v1" }

func (e CaseClosed) Evolve(s *State) {
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
