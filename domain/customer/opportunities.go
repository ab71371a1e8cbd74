package customer

import (
	"cmp"
	"regexp"
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// An opportunity is a sale that may come about. It goes through stages, forwards and backwards, until it is won
// or lost. That is its end: who comes back after a lost opportunity opens another one, so that win rates and
// times to the end stay what they were. What is said of an opportunity is said in the order of its days.

// OpenOpportunity asks to remember that the customer might buy something.
type OpenOpportunity struct {
	OpportunityID   uuid.UUID        `json:"opportunity_id"`
	Name            string           `json:"name,omitempty"`
	Product         string           `json:"product,omitempty"`
	Stage           string           `json:"stage,omitempty"` // firstStage by default
	Currency        domain.Currency  `json:"currency"`
	Rate            *decimal.Decimal `json:"rate,omitempty"` // reporting currency per unit of Currency
	Amount          *decimal.Decimal `json:"amount,omitempty"`
	ExpectedCloseOn *domain.Day      `json:"expected_close_on,omitempty"`
	Owner           string           `json:"owner,omitempty"`
}

func (c OpenOpportunity) Needs() Needs { return priced(c.Currency) }

// Decide accepts each OpportunityID once.
func (c OpenOpportunity) Decide(s *State, g Given) ([]Event, error) {
	if c.OpportunityID == uuid.Nil {
		return nil, ErrOpportunityID
	}
	stage := cmp.Or(c.Stage, firstStage)
	if !stageName.MatchString(stage) {
		return nil, ErrStage
	}
	if err := cmp.Or(checkText(c.Name, 200, "name"), checkText(c.Product, 200, "product"),
		checkText(c.Owner, 200, "owner")); err != nil {
		return nil, err
	}
	books, err := newBooks(c.Currency, g.Reporting, c.Rate)
	if err != nil {
		return nil, err
	}
	e := OpportunityOpened{OpportunityID: c.OpportunityID, Name: c.Name, Product: c.Product, Stage: stage,
		Currency: c.Currency, Rate: books.rate, ReportingCurrency: books.reporting,
		ExpectedCloseOn: c.ExpectedCloseOn, Owner: c.Owner, On: g.On}
	if c.Amount != nil {
		value, err := books.worth(*c.Amount)
		if err != nil {
			return nil, err
		}
		e.AmountMinor, e.ReportingMinor = &value.AmountMinor, &value.ReportingMinor
	}
	if known, ok := s.pipeline[c.OpportunityID]; ok {
		if known.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrOpportunityOtherwise
	}
	return []Event{e}, nil
}

// Worth is what an opportunity comes to.
type Worth struct {
	AmountMinor    int64 `json:"amount_minor"`    // minor units of the opportunity's currency
	ReportingMinor int64 `json:"reporting_minor"` // minor units of the reporting currency
}

func (b books) worth(amount decimal.Decimal) (w Worth, err error) {
	if amount.IsNeg() || amount.Cmp(maxUnitPrice) > 0 {
		return w, ErrAmount
	}
	if w.AmountMinor, err = domain.Minor(b.digits, amount, decimal.One); err == nil {
		w.ReportingMinor, err = b.reported(w.AmountMinor)
	}
	if err != nil {
		return w, domain.ErrMoney.At("amount")
	}
	return w, nil
}

// OpportunityOpened is the fact that the customer might buy something. The amounts are absent while nobody knows.
type OpportunityOpened struct {
	OpportunityID     uuid.UUID        `json:"opportunity_id"`
	Name              string           `json:"name,omitempty" personal:"true"` // what people call it
	Product           string           `json:"product,omitempty"`              // what it is about
	Stage             string           `json:"stage"`                          // in which it was opened
	Currency          domain.Currency  `json:"currency"`                       // of its amounts, ISO 4217
	Rate              *decimal.Decimal `json:"rate,omitempty"`                 // reporting currency per unit of Currency
	ReportingCurrency domain.Currency  `json:"reporting_currency"`             // of the books, ISO 4217
	AmountMinor       *int64           `json:"amount_minor,omitempty"`         // minor units of Currency
	ReportingMinor    *int64           `json:"reporting_minor,omitempty"`      // minor units of ReportingCurrency
	ExpectedCloseOn   *domain.Day      `json:"expected_close_on,omitempty"`    // business day
	Owner             string           `json:"owner,omitempty"`                // who works on it
	On                domain.Day       `json:"on"`                             // business day
}

func (OpportunityOpened) EventType() string { return "customer.opportunity_opened.v1" }

func (e OpportunityOpened) Evolve(s *State, m domain.Metadata) {
	o := &opportunityState{digest: e.digest(), stage: e.Stage, currency: e.Currency, rate: e.Rate,
		reporting: e.ReportingCurrency, changedOn: e.On, changedAt: m.OccurredAt}
	if e.AmountMinor != nil && e.ReportingMinor != nil {
		o.worth = &Worth{*e.AmountMinor, *e.ReportingMinor}
	}
	remember(&s.pipeline, e.OpportunityID, o)
}

// Summary implements Told.
func (e OpportunityOpened) Summary() string {
	if e.AmountMinor == nil {
		return "an opportunity was opened: " + e.Stage
	}
	return "an opportunity of " + e.Currency.Format(*e.AmountMinor) + " was opened: " + e.Stage
}

func (e OpportunityOpened) digest() domain.Digest {
	d := domain.NewDigest().Text(e.Name).Text(e.Product).Text(e.Stage).Text(string(e.Currency)).Optional(e.Rate).
		Text(e.Owner)
	if e.AmountMinor != nil {
		d = d.Text("amount").Int(*e.AmountMinor)
	}
	if e.ExpectedCloseOn != nil {
		d = d.Text("expected").Int(int64(*e.ExpectedCloseOn))
	}
	return d
}

// MoveOpportunity asks to remember that an opportunity is in another stage now.
type MoveOpportunity struct {
	OpportunityID uuid.UUID `json:"opportunity_id"`
	Stage         string    `json:"stage"`
}

func (MoveOpportunity) Needs() Needs { return Needs{} }

// Decide lets an opportunity move to any stage, forwards and backwards, until its end.
func (c MoveOpportunity) Decide(s *State, g Given) ([]Event, error) {
	o, err := s.opportunity(c.OpportunityID)
	if err != nil {
		return nil, err
	}
	if !stageName.MatchString(c.Stage) {
		return nil, ErrStage
	}
	if o.stage == c.Stage {
		return nil, nil
	}
	if err := o.mayChange(g); err != nil {
		return nil, err
	}
	return []Event{OpportunityMoved{OpportunityID: c.OpportunityID, From: o.stage, Stage: c.Stage, On: g.On}}, nil
}

// OpportunityMoved is the fact that an opportunity came into another stage.
type OpportunityMoved struct {
	OpportunityID uuid.UUID  `json:"opportunity_id"`
	From          string     `json:"from"`  // the stage that it left
	Stage         string     `json:"stage"` // the stage that it came into
	On            domain.Day `json:"on"`    // business day
}

func (OpportunityMoved) EventType() string { return "customer.opportunity_stage_changed.v1" }

func (e OpportunityMoved) Evolve(s *State, m domain.Metadata) {
	if o := s.pipeline[e.OpportunityID]; o != nil {
		o.stage, o.changedOn, o.changedAt = e.Stage, e.On, m.OccurredAt
	}
}

// Summary implements Told.
func (e OpportunityMoved) Summary() string {
	return "an opportunity went from " + e.From + " to " + e.Stage
}

// RevalueOpportunity asks to remember that an opportunity comes to another amount than it was thought to.
type RevalueOpportunity struct {
	OpportunityID uuid.UUID       `json:"opportunity_id"`
	Amount        decimal.Decimal `json:"amount"` // in the opportunity's currency
}

func (RevalueOpportunity) Needs() Needs { return Needs{} }

// Decide values the amount by the rate of the day on which the opportunity was opened.
func (c RevalueOpportunity) Decide(s *State, g Given) ([]Event, error) {
	o, err := s.opportunity(c.OpportunityID)
	if err != nil {
		return nil, err
	}
	worth, err := o.value(c.Amount)
	if err != nil {
		return nil, err
	}
	if o.worth != nil && *o.worth == worth {
		return nil, nil
	}
	if err := o.mayChange(g); err != nil {
		return nil, err
	}
	return []Event{OpportunityRevalued{OpportunityID: c.OpportunityID, Currency: o.currency, Worth: worth, On: g.On}}, nil
}

// OpportunityRevalued is the fact that an opportunity came to another amount than it was thought to.
type OpportunityRevalued struct {
	OpportunityID uuid.UUID       `json:"opportunity_id"`
	Currency      domain.Currency `json:"currency"` // of the opportunity, ISO 4217
	Worth
	On domain.Day `json:"on"` // business day
}

func (OpportunityRevalued) EventType() string { return "customer.opportunity_amount_changed.v1" }

func (e OpportunityRevalued) Evolve(s *State, m domain.Metadata) {
	if o := s.pipeline[e.OpportunityID]; o != nil {
		o.worth, o.changedOn, o.changedAt = &e.Worth, e.On, m.OccurredAt
	}
}

// Summary implements Told.
func (e OpportunityRevalued) Summary() string {
	return "an opportunity now comes to " + e.Currency.Format(e.AmountMinor)
}

// WinOpportunity asks to remember that the customer agreed to buy.
type WinOpportunity struct {
	OpportunityID uuid.UUID        `json:"opportunity_id"`
	Amount        *decimal.Decimal `json:"amount,omitempty"` // in the opportunity's currency; as last said by default
}

func (WinOpportunity) Needs() Needs { return Needs{} }

// Decide refuses to win for an amount that nobody ever said, and to win what was lost.
func (c WinOpportunity) Decide(s *State, g Given) ([]Event, error) {
	o, err := s.opportunity(c.OpportunityID)
	if err != nil {
		return nil, err
	}
	worth := o.worth
	if c.Amount != nil {
		w, err := o.value(*c.Amount)
		if err != nil {
			return nil, err
		}
		worth = &w
	}
	switch {
	case worth == nil:
		return nil, ErrAmountUnknown
	case o.end == opportunityWon && *worth == *o.worth:
		return nil, nil
	}
	if err := o.mayChange(g); err != nil {
		return nil, err
	}
	return []Event{OpportunityWon{OpportunityID: c.OpportunityID, Currency: o.currency, Worth: *worth, On: g.On}}, nil
}

// OpportunityWon is the fact that the customer agreed to buy. What was then bought is a purchase of its own.
type OpportunityWon struct {
	OpportunityID uuid.UUID       `json:"opportunity_id"`
	Currency      domain.Currency `json:"currency"` // of the opportunity, ISO 4217
	Worth
	On domain.Day `json:"on"` // business day
}

func (OpportunityWon) EventType() string { return "customer.opportunity_won.v1" }

func (e OpportunityWon) Evolve(s *State, m domain.Metadata) {
	if o := s.pipeline[e.OpportunityID]; o != nil {
		o.end, o.worth, o.changedOn, o.changedAt = opportunityWon, &e.Worth, e.On, m.OccurredAt
	}
}

// Summary implements Told.
func (e OpportunityWon) Summary() string {
	return "an opportunity was won for " + e.Currency.Format(e.AmountMinor)
}

// LoseOpportunity asks to remember that the customer will not buy.
type LoseOpportunity struct {
	OpportunityID uuid.UUID `json:"opportunity_id"`
	Reason        string    `json:"reason,omitempty"`
	Competitor    string    `json:"competitor,omitempty"` // to whom it was lost
}

func (LoseOpportunity) Needs() Needs { return Needs{} }

// Decide refuses to lose what was won.
func (c LoseOpportunity) Decide(s *State, g Given) ([]Event, error) {
	o, err := s.opportunity(c.OpportunityID)
	if err != nil {
		return nil, err
	}
	if err := cmp.Or(checkText(c.Reason, 1000, "reason"), checkText(c.Competitor, 200, "competitor")); err != nil {
		return nil, err
	}
	if o.end == opportunityLost {
		return nil, nil
	}
	if err := o.mayChange(g); err != nil {
		return nil, err
	}
	return []Event{OpportunityLost{OpportunityID: c.OpportunityID, Reason: c.Reason, Competitor: c.Competitor,
		On: g.On}}, nil
}

// OpportunityLost is the fact that the customer will not buy.
type OpportunityLost struct {
	OpportunityID uuid.UUID  `json:"opportunity_id"`
	Reason        string     `json:"reason,omitempty" personal:"true"` // why
	Competitor    string     `json:"competitor,omitempty"`             // to whom it was lost
	On            domain.Day `json:"on"`                               // business day
}

func (OpportunityLost) EventType() string { return "customer.opportunity_lost.v1" }

func (e OpportunityLost) Evolve(s *State, m domain.Metadata) {
	if o := s.pipeline[e.OpportunityID]; o != nil {
		o.end, o.changedOn, o.changedAt = opportunityLost, e.On, m.OccurredAt
	}
}

// Summary implements Told.
func (e OpportunityLost) Summary() string { return "an opportunity was lost" }

type opportunityState struct {
	digest              domain.Digest
	stage               string
	end                 opportunityEnd
	currency, reporting domain.Currency
	rate                *decimal.Decimal
	worth               *Worth // nil while nobody knows
	changedOn           domain.Day
	changedAt           time.Time
}

type opportunityEnd int

const (
	opportunityOpen opportunityEnd = iota
	opportunityWon
	opportunityLost
)

func (s *State) opportunity(id uuid.UUID) (*opportunityState, error) {
	o := s.pipeline[id]
	if o == nil {
		return nil, ErrOpportunityUnknown
	}
	return o, nil
}

func (o *opportunityState) value(amount decimal.Decimal) (Worth, error) {
	books, err := newBooks(o.currency, o.reporting, o.rate)
	if err != nil {
		return Worth{}, err
	}
	return books.worth(amount)
}

func (o *opportunityState) mayChange(g Given) error {
	switch {
	case o.end != opportunityOpen:
		return ErrOpportunityEnded
	case g.On < o.changedOn:
		return ErrOpportunityEarlier.Because("it was last changed on %s", o.changedOn)
	case early(o.changedAt, g):
		return ErrOpportunityEarlier.Because("it was last changed at %s", o.changedAt.Format(time.RFC3339))
	}
	return nil
}

// firstStage is where opportunities begin unless it is said. Stages have any names; the usual ones after it are
// qualifying, engaging, proposing and negotiating.
const firstStage = "prospecting"

var stageName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,30}$`)

var (
	ErrOpportunityID = &domain.Rejection{Kind: domain.Invalid, Code: "opportunity_id_missing",
		Field: "opportunity_id", Reason: "name the opportunity by a UUID"}
	ErrStage = &domain.Rejection{Kind: domain.Invalid, Code: "stage_malformed", Field: "stage",
		Reason: "a stage is a lower-case word of up to 31 letters, digits and underscores, such as negotiating"}
	ErrAmount = &domain.Rejection{Kind: domain.Invalid, Code: "amount_out_of_range", Field: "amount",
		Reason: "an amount is between 0 and 1,000,000,000"}
	ErrAmountUnknown = &domain.Rejection{Kind: domain.Refused, Code: "amount_unknown", Field: "amount",
		Reason: "nobody said what the opportunity comes to: say for how much it was won"}
	ErrOpportunityOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "opportunity_opened_otherwise",
		Field: "opportunity_id", Reason: "this opportunity was opened before, with other content"}
	ErrOpportunityUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "opportunity_unknown",
		Field: "opportunity_id", Reason: "the customer has no such opportunity"}
	ErrOpportunityEnded = &domain.Rejection{Kind: domain.Refused, Code: "opportunity_ended",
		Field: "opportunity_id", Reason: "this opportunity was won or lost, and stays so: open another one"}
	ErrOpportunityEarlier = &domain.Rejection{Kind: domain.Refused, Code: "opportunity_changed_later",
		Field: "occurred_at", Reason: "the opportunity was changed later already"}
)
