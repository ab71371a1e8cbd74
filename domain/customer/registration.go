package customer

import (
	"cmp"
	"slices"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// A registration begins a customer's history: a party, person or organisation, known from now on by our
// id and by the ids that other systems gave them.

// Kind of party.
type Kind string

const (
	Person       Kind = "person"
	Organisation Kind = "organisation"
)

// MaxExternalIDs bounds how many other systems' ids one customer has.
const MaxExternalIDs = 50

// ExternalID is how another system calls the customer.
type ExternalID struct {
	System string `json:"system"`             // such as shop or erp
	ID     string `json:"id" personal:"true"` // unique within the system
}

// Acquisition says what brought the customer, and what that cost.
type Acquisition struct {
	Source   string           `json:"source,omitempty"` // such as store, search or fair
	Campaign string           `json:"campaign,omitempty"`
	Cost     *decimal.Decimal `json:"cost,omitempty"`     // in Currency
	Currency domain.Currency  `json:"currency,omitempty"` // ISO 4217
}

// idSpace is the namespace of ids that are derived from another system's ids.
var idSpace = uuid.MustParse("6f1f9d3e-6d0c-5c53-9a53-6c1c3a0f7a11")

// IDFrom answers the id of the customer whom another system calls so: always the same one, so that two
// apps that register the same person at once meet in one stream.
func IDFrom(x ExternalID) uuid.UUID {
	return uuid.NewSHA1(idSpace, []byte(x.System+"\x00"+x.ID))
}

// Register asks to begin a customer's history.
type Register struct {
	Kind        Kind         `json:"kind"`
	Name        string       `json:"name,omitempty"`
	Country     string       `json:"country,omitempty"` // ISO 3166-1 name or code, as the source has it
	Locale      string       `json:"locale,omitempty"`  // BCP 47
	ExternalIDs []ExternalID `json:"external_ids,omitempty"`
	Acquired    *Acquisition `json:"acquired,omitempty"`
}

func (Register) Needs() Needs { return founding() }

// Decide accepts the same registration again without a new fact, and no other one.
func (c Register) Decide(s *State, g Given) ([]Event, error) {
	if c.Kind != Person && c.Kind != Organisation {
		return nil, ErrKind
	}
	if err := cmp.Or(checkText(c.Name, 300, "name"), checkText(c.Country, 100, "country"),
		checkText(c.Locale, 35, "locale"), checkPlace(c.Country, c.Locale), c.Acquired.check()); err != nil {
		return nil, err
	}
	if len(c.ExternalIDs) > MaxExternalIDs {
		return nil, ErrTooManyExternalIDs
	}
	for i, x := range c.ExternalIDs {
		if x.System == "" || x.ID == "" {
			return nil, ErrExternalID.At("external_ids[%d]", i)
		}
		if err := cmp.Or(checkText(x.System, 100, "external_ids[%d].system", i),
			checkText(x.ID, 300, "external_ids[%d].id", i)); err != nil {
			return nil, err
		}
	}
	e := Registered(c)
	e.ExternalIDs = slices.Clone(c.ExternalIDs)
	slices.SortFunc(e.ExternalIDs, func(a, b ExternalID) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.ID, b.ID))
	})
	e.ExternalIDs = slices.Compact(e.ExternalIDs)
	known, ok := s.registration.digest, s.registration.done
	if g.Of != uuid.Nil {
		known, ok = s.absorbed[g.Of]
	}
	if ok {
		if known == e.digest() {
			return nil, nil
		}
		otherwise := *ErrRegisteredOtherwise
		otherwise.Existing = g.ID.String()
		return nil, &otherwise
	}
	return []Event{e}, nil
}

// checkPlace refuses countries and languages that nobody knows; empty ones are not told.
func checkPlace(country, locale string) error {
	switch {
	case country != "" && !domain.KnownCountry(country):
		return ErrCountry
	case locale != "" && !domain.KnownLocale(locale):
		return ErrLocale
	}
	return nil
}

func (a *Acquisition) check() error {
	if a == nil {
		return nil
	}
	if a.Cost != nil && (a.Cost.IsNeg() || a.Cost.Cmp(maxUnitPrice) > 0) {
		return ErrAcquisitionCost
	}
	if a.Cost != nil || a.Currency != "" {
		if _, err := a.Currency.MinorDigits(); err != nil {
			return domain.ErrCurrency.At("acquired.currency")
		}
	}
	return cmp.Or(checkText(a.Source, 300, "acquired.source"), checkText(a.Campaign, 300, "acquired.campaign"))
}

// Registered is the fact that a customer's history began.
type Registered struct {
	Kind        Kind         `json:"kind"` // person or organisation
	Name        string       `json:"name,omitempty" personal:"true"`
	Country     string       `json:"country,omitempty"`      // ISO 3166-1 name or code, as the source has it
	Locale      string       `json:"locale,omitempty"`       // BCP 47
	ExternalIDs []ExternalID `json:"external_ids,omitempty"` // sorted, each once
	Acquired    *Acquisition `json:"acquired,omitempty"`     // what brought the customer
}

func (Registered) EventType() string { return "customer.registered.v1" }

func (e Registered) Evolve(s *State, m domain.Metadata) {
	if m.Of != uuid.Nil {
		remember(&s.absorbed, m.Of, e.digest())
	} else {
		s.registration = registrationState{done: true, digest: e.digest()}
	}
	s.profile(m.Of, m.OccurredAt, ProfileChanged{Kind: e.Kind, Name: e.Name, Country: e.Country, Locale: e.Locale})
	for _, key := range e.Claims() {
		s.link(key, m.Of)
	}
}

// Summary says what happened in one line.
func (e Registered) Summary() string {
	if e.Kind == Organisation {
		return "registered as an organisation"
	}
	return "registered as a person"
}

func (e Registered) digest() domain.Digest {
	d := domain.NewDigest().Text(string(e.Kind)).Text(e.Name).Text(e.Country).Text(e.Locale).
		Int(int64(len(e.ExternalIDs)))
	for _, x := range e.ExternalIDs {
		d = d.Text(x.System).Text(x.ID)
	}
	if a := e.Acquired; a != nil {
		d = d.Text(a.Source).Text(a.Campaign).Text(string(a.Currency)).Optional(a.Cost)
	}
	return d
}

// Registered tells whether there is such a customer.
func (s *State) Registered() bool { return s.registration.done }

type registrationState struct {
	done   bool
	digest domain.Digest
}

var (
	ErrKind = &domain.Rejection{Kind: domain.Invalid, Code: "customer_kind_unknown", Field: "kind",
		Reason: "a customer is a person or an organisation"}
	ErrCountry = &domain.Rejection{Kind: domain.Invalid, Code: "country_unknown", Field: "country",
		Reason: "a country is a code of ISO 3166-1, such as DE, or a name in English"}
	ErrLocale = &domain.Rejection{Kind: domain.Invalid, Code: "locale_unknown", Field: "locale",
		Reason: "a locale is a language tag of BCP 47, such as de-AT"}
	ErrExternalID = &domain.Rejection{Kind: domain.Invalid, Code: "external_id_incomplete", Field: "external_ids",
		Reason: "an external id names the system and the id that it uses there"}
	ErrTooManyExternalIDs = &domain.Rejection{Kind: domain.Invalid, Code: "external_ids_too_many",
		Field: "external_ids", Reason: "at most 50 external ids fit"}
	ErrAcquisitionCost = &domain.Rejection{Kind: domain.Invalid, Code: "acquisition_cost_out_of_range",
		Field: "acquired.cost", Reason: "the cost of acquisition is between 0 and 1,000,000,000"}
	ErrRegisteredOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "customer_registered_otherwise",
		Reason: "this customer was registered before, with other particulars"}
)
