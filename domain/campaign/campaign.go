// Package campaign decides about marketing campaigns: what is planned for which cells of customers, when it
// runs, and what it costs. Who belongs to a cell and what became of the messages is in the customers' streams;
// the package must not know who they are.
package campaign

import (
	"regexp"
	"slices"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// StreamPrefix begins the name of every campaign's stream.
const StreamPrefix = "campaign-"

// Stream names a campaign's stream.
func Stream(name string) string { return StreamPrefix + name }

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Needs   = domain.Needs
	Given   = domain.Given[Needs]
)

// State is the plan, and how far it went.
type State struct {
	plan     *Terms
	title    string
	launched bool
	closed   bool
	costs    map[uuid.UUID]domain.Digest
}

// Guard implements domain.StateOf.
func (s *State) Guard(n domain.Needs) error {
	if !n.Founds && s.plan == nil {
		return ErrUnknown
	}
	return nil
}

// Running answers the terms of a campaign that is launched and not closed; nil at other times.
func (s *State) Running() *Terms {
	if !s.launched || s.closed {
		return nil
	}
	return s.plan
}

// Terms are what a campaign says to whom.
type Terms struct {
	Purpose    string `json:"purpose"`     // for which customers have to consent
	Channel    string `json:"channel"`     // through which messages go
	WindowDays int    `json:"window_days"` // purchases and visits on so many days from the assignment on are its results
	Cells      []Cell `json:"cells"`       // into which customers are divided
}

// Cell is a group of customers who are treated alike. One of them may be the control group, which gets nothing.
type Cell struct {
	Cell    string `json:"cell"`              // its name within the campaign
	Control bool   `json:"control,omitempty"` // it gets no messages
}

// Cell finds a cell by its name; nil if there is none.
func (t *Terms) Cell(name string) *Cell {
	if i := slices.IndexFunc(t.Cells, func(c Cell) bool { return c.Cell == name }); i >= 0 {
		return &t.Cells[i]
	}
	return nil
}

// Plan asks that a campaign be there.
type Plan struct {
	Campaign   string `json:"campaign"`
	Title      string `json:"title,omitempty"`
	Purpose    string `json:"purpose"`
	Through    string `json:"through"` // the channel of its messages
	WindowDays int    `json:"window_days"`
	Cells      []Cell `json:"cells"`
}

func (Plan) Needs() Needs { return Needs{Founds: true} }

// Decide accepts each campaign once: what it measures may not change on the way.
func (c Plan) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !domain.Nameable(c.Campaign):
		return nil, ErrName
	case !consentName.MatchString(c.Purpose):
		return nil, ErrConsentName.At("purpose")
	case !consentName.MatchString(c.Through):
		return nil, ErrConsentName.At("through")
	case c.WindowDays < 1 || c.WindowDays > 365:
		return nil, ErrWindow
	case len(c.Cells) == 0 || len(c.Cells) > 100:
		return nil, ErrCells
	}
	if err := domain.CheckText(c.Title, 300); err != nil {
		return nil, err.At("title")
	}
	seen, control := map[string]bool{}, false
	for i, cell := range c.Cells {
		switch {
		case !domain.Nameable(cell.Cell) || seen[cell.Cell]:
			return nil, ErrCellName.At("cells[%d].cell", i)
		case cell.Control && control:
			return nil, ErrControl.At("cells[%d].control", i)
		}
		seen[cell.Cell], control = true, control || cell.Control
	}
	terms := Terms{Purpose: c.Purpose, Channel: c.Through, WindowDays: c.WindowDays, Cells: c.Cells}
	if s.plan != nil {
		if s.title == c.Title && s.plan.equal(&terms) {
			return nil, nil
		}
		return nil, ErrPlannedOtherwise
	}
	return []Event{Planned{Campaign: c.Campaign, Title: c.Title, Terms: terms}}, nil
}

func (t *Terms) equal(u *Terms) bool {
	return t.Purpose == u.Purpose && t.Channel == u.Channel && t.WindowDays == u.WindowDays && slices.Equal(t.Cells, u.Cells)
}

// Planned is the fact that a campaign is there.
type Planned struct {
	Campaign string `json:"campaign"`
	Title    string `json:"title,omitempty"` // what people call it
	Terms
}

func (Planned) EventType() string { return "campaign.planned.v1" }

func (e Planned) Evolve(s *State, _ domain.Metadata) { s.plan, s.title = &e.Terms, e.Title }

// Launch asks that a campaign begin.
type Launch struct {
	Campaign string `json:"campaign"`
}

func (Launch) Needs() Needs { return Needs{} }

// Decide yields nothing when it began already, even if it is closed by now.
func (c Launch) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case s.launched:
		return nil, nil
	}
	return []Event{Launched(c)}, nil
}

// Launched is the fact that a campaign began.
type Launched struct {
	Campaign string `json:"campaign"`
}

func (Launched) EventType() string { return "campaign.launched.v1" }

func (e Launched) Evolve(s *State, _ domain.Metadata) { s.launched = true }

// RecordCost asks to remember what a campaign cost, before, while or after it runs.
type RecordCost struct {
	Campaign string          `json:"campaign"`
	CostID   uuid.UUID       `json:"cost_id"`
	What     string          `json:"what,omitempty"`
	Amount   decimal.Decimal `json:"amount"`
	Currency domain.Currency `json:"currency"`
}

func (RecordCost) Needs() Needs { return Needs{} }

// Decide accepts each CostID once.
func (c RecordCost) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.CostID == uuid.Nil:
		return nil, ErrCostID
	case c.Amount.IsNeg():
		return nil, ErrCost
	}
	if err := domain.CheckText(c.What, 300); err != nil {
		return nil, err.At("what")
	}
	digits, err := c.Currency.MinorDigits()
	if err != nil {
		return nil, err
	}
	minor, err := domain.Minor(digits, c.Amount, decimal.One)
	if err != nil {
		return nil, domain.ErrMoney.At("amount")
	}
	e := CostRecorded{Campaign: c.Campaign, CostID: c.CostID, What: c.What, AmountMinor: minor, Currency: c.Currency}
	if known, ok := s.costs[c.CostID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrCostOtherwise
	}
	return []Event{e}, nil
}

// CostRecorded is the fact that a campaign cost something.
type CostRecorded struct {
	Campaign    string          `json:"campaign"`
	CostID      uuid.UUID       `json:"cost_id"`
	What        string          `json:"what,omitempty"` // what for
	AmountMinor int64           `json:"amount_minor"`   // minor units of Currency
	Currency    domain.Currency `json:"currency"`       // ISO 4217
}

func (CostRecorded) EventType() string { return "campaign.cost_recorded.v1" }

func (e CostRecorded) Evolve(s *State, _ domain.Metadata) {
	if s.costs == nil {
		s.costs = map[uuid.UUID]domain.Digest{}
	}
	s.costs[e.CostID] = e.digest()
}

func (e CostRecorded) digest() domain.Digest {
	return domain.NewDigest().Text(e.What).Int(e.AmountMinor).Text(string(e.Currency))
}

// Close asks that a campaign end: nobody is assigned to it any more.
type Close struct {
	Campaign string `json:"campaign"`
}

func (Close) Needs() Needs { return Needs{} }

// Decide refuses to end what never began.
func (c Close) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !s.launched:
		return nil, ErrNotLaunched
	case s.closed:
		return nil, nil
	}
	return []Event{Closed(c)}, nil
}

// Closed is the fact that a campaign ended.
type Closed struct {
	Campaign string `json:"campaign"`
}

func (Closed) EventType() string { return "campaign.closed.v1" }

func (e Closed) Evolve(s *State, _ domain.Metadata) { s.closed = true }

var (
	consentName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,30}$`)
)

var (
	ErrName = &domain.Rejection{Kind: domain.Invalid, Code: "campaign_name_malformed", Field: "campaign",
		Reason: "a campaign's name is 1 to 63 of a-z, 0-9, _ and -, and begins with a letter"}
	ErrConsentName = &domain.Rejection{Kind: domain.Invalid, Code: "consent_name_malformed",
		Reason: "purposes and channels are 1 to 31 of a-z, 0-9 and _, and begin with a letter"}
	ErrWindow = &domain.Rejection{Kind: domain.Invalid, Code: "window_out_of_range", Field: "window_days",
		Reason: "results are those of 1 to 365 days"}
	ErrCells = &domain.Rejection{Kind: domain.Invalid, Code: "cells_out_of_range", Field: "cells",
		Reason: "a campaign has 1 to 100 cells"}
	ErrCellName = &domain.Rejection{Kind: domain.Invalid, Code: "cell_name_malformed",
		Reason: "a cell has a name of its own: 1 to 63 of a-z, 0-9, _ and -, beginning with a letter"}
	ErrControl = &domain.Rejection{Kind: domain.Invalid, Code: "control_group_twice",
		Reason: "a campaign has at most one control group"}
	ErrPlannedOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "campaign_planned_otherwise",
		Field: "campaign", Reason: "this campaign was planned before, otherwise: what it measures does not change"}
	ErrUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "campaign_unknown", Field: "campaign",
		Reason: "no such campaign: plan it first"}
	ErrNotLaunched = &domain.Rejection{Kind: domain.Refused, Code: "campaign_not_launched", Field: "campaign",
		Reason: "this campaign never began"}
	ErrCostID = &domain.Rejection{Kind: domain.Invalid, Code: "cost_id_missing", Field: "cost_id",
		Reason: "name the cost by a UUID"}
	ErrCost = &domain.Rejection{Kind: domain.Invalid, Code: "cost_negative", Field: "amount",
		Reason: "a cost is not negative"}
	ErrCostOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "cost_recorded_otherwise", Field: "cost_id",
		Reason: "this cost was recorded before, otherwise"}
)
