package value

import (
	"fmt"

	"github.com/rapport-crm/rapport/domain"
)

// The model of the customers' value is one for all: it is fitted to what they bought, and predicts, until the next fit.

// Stream holds the fits.
const Stream = "value_model"

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Given   = domain.Given[Needs]
)

// State is the fit in force.
type State struct{ inForce *Fitted }

// Guard implements domain.StateOf: every command may be the first.
func (s *State) Guard(domain.Needs) error { return nil }

// Base is what customers bought as of a business date, as the read models had it at a position of the log.
type Base struct {
	AsOf      domain.Day
	Position  uint64
	Currency  domain.Currency
	Customers []Customer // those who bought anything
	// ReturnedShare is the part of what was bought that was brought back, 0 to 1.
	ReturnedShare float64
	// HoldoutDays are the last days, which are held out of a test; Tested are those who were customers before them.
	HoldoutDays int
	Tested      []Tested
}

// Needs names the fit whose base is to be read. Whoever handles the command fills it in.
type Needs struct {
	domain.Needs
	Fit  *Fit
	Base Base
}

// Fit asks that a model of the customers' value be fitted to what they bought, and be in force from then on.
type Fit struct {
	Model Kind `json:"model,omitempty"` // bg_nbd where it is empty
	// HoldoutDays are held out to test the model; where it is not given, a third of the days since the first purchase,
	// at most 39 weeks.
	HoldoutDays *int `json:"holdout_days,omitempty"`
	// MonthlyDiscount is by how much less a purchase is worth if it comes a month later; 0.01 where it is not given.
	MonthlyDiscount *float64 `json:"monthly_discount,omitempty"`
}

// LeastRepeaters is how many customers must have bought again for a model to be fitted to them.
const LeastRepeaters = 30

const (
	defaultDiscount, mostDiscount = 0.01, 0.2
	mostHoldoutDays               = 1830
	defaultHoldoutDays            = 39 * daysPerWeek
)

// Check refuses what makes no sense whatever was bought.
func (c Fit) Check() error {
	switch {
	case c.Model != "" && NewBuying(c.Model, Parameters{}) == nil:
		return ErrModel
	case c.HoldoutDays != nil && (*c.HoldoutDays < 0 || *c.HoldoutDays > mostHoldoutDays):
		return ErrHoldout
	case c.MonthlyDiscount != nil && !(*c.MonthlyDiscount >= 0 && *c.MonthlyDiscount <= mostDiscount):
		return ErrDiscount
	}
	return nil
}

// Holdout answers how many days are held out of the test, when that many lie between the first purchase and the
// business date.
func (c Fit) Holdout(days int) int {
	if c.HoldoutDays != nil {
		return *c.HoldoutDays
	}
	return min(days/3, defaultHoldoutDays)
}

func (c Fit) Needs() Needs {
	n := Needs{Needs: domain.Needs{Founds: true}}
	if c.Check() == nil {
		n.Fit = &c
	}
	return n
}

// Decide fits. Where the model that was asked for does not converge, another one stands in, and the fit says so; where
// nothing can be fitted, it is refused, and what was in force stays.
func (c Fit) Decide(s *State, g Given) ([]Event, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	asked := c.Model
	if asked == "" {
		asked = BGNBD
	}
	if c.HoldoutDays != nil && *c.HoldoutDays > 0 && len(g.Needs.Base.Tested) == 0 {
		return nil, ErrHoldout
	}
	if n := repeaters(g.Needs.Base.Customers); n < LeastRepeaters {
		return nil, s.refuse(ErrFewRepeaters.Because("%d customers bought again, %d are needed", n, LeastRepeaters))
	}
	patterns := patternsOf(g.Needs.Base.Customers)
	model, m, l, whyNot := firstThatFits(asked, patterns)
	if m == nil {
		return nil, s.refuse(ErrNoFit)
	}
	e := Fitted{Model: model, Parameters: m.parameters(), LogLikelihood: l, TimeUnit: "week", AsOf: g.Needs.Base.AsOf,
		Position: g.Needs.Base.Position, Customers: int64(len(g.Needs.Base.Customers)), Repeaters: repeaters(g.Needs.Base.Customers),
		Patterns: int64(len(patterns)), Spend: fitSpend(g.Needs.Base.Customers), Currency: g.Needs.Base.Currency,
		ReturnedShare: g.Needs.Base.ReturnedShare, MonthlyDiscount: defaultDiscount}
	if c.MonthlyDiscount != nil {
		e.MonthlyDiscount = *c.MonthlyDiscount
	}
	if model != asked {
		e.Fallback = fmt.Sprintf("the model %s %v", asked, whyNot)
	}
	if g.Needs.Base.HoldoutDays > 0 {
		e.Holdout = backtest(model, g.Needs.Base.HoldoutDays, g.Needs.Base.Tested)
	}
	if s.inForce != nil && s.inForce.says(&e) {
		return nil, nil
	}
	return []Event{e}, nil
}

// firstThatFits fits the model that was asked for, or else, and then it says why, the first other one that can be
// fitted; nil if none can.
func firstThatFits(asked Kind, patterns []Pattern) (kind Kind, m Buying, l float64, whyNot error) {
	if m, l, whyNot = fitBuying(asked, patterns); whyNot == nil {
		return asked, m, l, nil
	}
	for _, kind := range kinds {
		if kind == asked {
			continue
		}
		if m, l, err := fitBuying(kind, patterns); err == nil {
			return kind, m, l, whyNot
		}
	}
	return "", nil, 0, whyNot
}

// refuse tells what stays in force.
func (s *State) refuse(r *domain.Rejection) error {
	if s.inForce == nil {
		return r.Because("%s; no model is in force", r.Reason)
	}
	return r.Because("%s; the %s model of %s stays in force", r.Reason, s.inForce.Model, s.inForce.AsOf)
}

// Fitted is the fact that a model of the customers' value is in force. Time counts in weeks, money in major units of
// the reporting currency.
type Fitted struct {
	Model         Kind            `json:"model"`
	Parameters    Parameters      `json:"parameters"`
	LogLikelihood float64         `json:"log_likelihood"`
	TimeUnit      string          `json:"time_unit"` // week
	AsOf          domain.Day      `json:"as_of"`     // purchases up to this business date were looked at
	Position      uint64          `json:"position"`  // as of which they were read
	Customers     int64           `json:"customers"` // who bought
	Repeaters     int64           `json:"repeaters"` // of them who bought again, on another day
	Patterns      int64           `json:"patterns"`  // distinct histories among them
	Spend         Spend           `json:"spend"`     // what they spend a time
	Currency      domain.Currency `json:"currency"`
	// ReturnedShare is the part of what was bought that was brought back, 0 to 1.
	ReturnedShare   float64  `json:"returned_share"`
	MonthlyDiscount float64  `json:"monthly_discount"` // by how much less a purchase a month later is worth
	Holdout         *Holdout `json:"holdout,omitempty"`
	Fallback        string   `json:"fallback,omitempty"` // why it is not the model that was asked for
}

func (Fitted) EventType() string { return "value_model.fitted.v1" }

func (e Fitted) Evolve(s *State, _ domain.Metadata) { s.inForce = &e }

// says tells whether two fits say the same, wherever in the log they were made.
func (e *Fitted) says(f *Fitted) bool {
	a, b := *e, *f
	a.Position, b.Position, a.Holdout, b.Holdout = 0, 0, nil, nil
	return a == b && e.Holdout.says(f.Holdout)
}

func (h *Holdout) says(g *Holdout) bool {
	return (h == nil) == (g == nil) && (h == nil || h.Days == g.Days)
}

var (
	ErrModel = &domain.Rejection{Kind: domain.Invalid, Code: "value_model_unknown", Field: "model",
		Reason: "the models are bg_nbd, mbg_nbd and pareto_nbd"}
	ErrHoldout = &domain.Rejection{Kind: domain.Invalid, Code: "holdout_days_out_of_range", Field: "holdout_days",
		Reason: "0 to 1830 days can be held out, and fewer than there are since the first purchase"}
	ErrDiscount = &domain.Rejection{Kind: domain.Invalid, Code: "monthly_discount_out_of_range", Field: "monthly_discount",
		Reason: "the monthly discount is a part between 0 and 0.2"}
	ErrFewRepeaters = &domain.Rejection{Kind: domain.Refused, Code: "too_few_repeaters",
		Reason: "too few customers bought again"}
	ErrNoFit = &domain.Rejection{Kind: domain.Refused, Code: "value_model_does_not_converge",
		Reason: "no model fits what was bought"}
)
