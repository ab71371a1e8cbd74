// Package business holds what is settled once for all books: the reporting currency and the time zone.
// They are facts in the log, so that figures do not change with a flag.
package business

import (
	"time"

	"github.com/rapport-crm/rapport/domain"
)

// Stream holds the settings.
const Stream = "business"

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Needs   = domain.Needs
	Given   = domain.Given[Needs]
)

// State is what is settled. Unset: no currency yet; UTC.
type State struct {
	Currency domain.Currency
	TimeZone string
}

// Guard implements domain.StateOf: every command may be the first.
func (s *State) Guard(domain.Needs) error { return nil }

// SetCurrency asks to keep the books in a currency. It can be settled once.
type SetCurrency struct {
	Currency domain.Currency `json:"currency"`
}

func (SetCurrency) Needs() Needs { return Needs{Founds: true} }

func (c SetCurrency) Decide(s *State, g Given) ([]Event, error) {
	if _, err := c.Currency.MinorDigits(); err != nil {
		return nil, err
	}
	switch s.Currency {
	case c.Currency:
		return nil, nil
	case "":
		return []Event{CurrencySet{Currency: c.Currency}}, nil
	}
	return nil, ErrSettled.At("currency").Because("the books are kept in %s", s.Currency)
}

// CurrencySet is the fact that the books are kept in a currency.
type CurrencySet struct {
	Currency domain.Currency `json:"currency"` // ISO 4217
}

func (CurrencySet) EventType() string { return "business.currency_set.v1" }

func (e CurrencySet) Evolve(s *State, _ domain.Metadata) { s.Currency = e.Currency }

// SetTimeZone asks to count days in a time zone (IANA name). It can be settled once.
type SetTimeZone struct {
	TimeZone string `json:"time_zone"`
}

func (SetTimeZone) Needs() Needs { return Needs{Founds: true} }

func (c SetTimeZone) Decide(s *State, g Given) ([]Event, error) {
	if c.TimeZone == "" || c.TimeZone == "Local" {
		return nil, ErrTimeZone
	}
	if _, err := time.LoadLocation(c.TimeZone); err != nil {
		return nil, ErrTimeZone
	}
	switch s.TimeZone {
	case c.TimeZone:
		return nil, nil
	case "":
		return []Event{TimeZoneSet{TimeZone: c.TimeZone}}, nil
	}
	return nil, ErrSettled.At("time_zone").Because("days are counted in %s", s.TimeZone)
}

// TimeZoneSet is the fact that days are counted in a time zone.
type TimeZoneSet struct {
	TimeZone string `json:"time_zone"` // IANA name
}

func (TimeZoneSet) EventType() string { return "business.time_zone_set.v1" }

func (e TimeZoneSet) Evolve(s *State, _ domain.Metadata) { s.TimeZone = e.TimeZone }

var (
	ErrTimeZone = &domain.Rejection{Kind: domain.Invalid, Code: "time_zone_unknown", Field: "time_zone",
		Reason: "name the time zone as in Europe/Berlin"}
	ErrSettled = &domain.Rejection{Kind: domain.Conflict, Code: "already_settled",
		Reason: "this was settled before and cannot change"}
)
