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

// ExternalID is how another system calls the customer.
type ExternalID struct {
	System string `json:"system"`
	ID     string `json:"id"`
}

// Acquisition says what brought the customer, and what that cost.
type Acquisition struct {
	Source   string           `json:"source,omitempty"`
	Campaign string           `json:"campaign,omitempty"`
	Cost     *decimal.Decimal `json:"cost,omitempty"`
	Currency domain.Currency  `json:"currency,omitempty"`
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

// Decide accepts the same registration again without a new fact, and no other one.
func (c Register) Decide(s *State) ([]Event, error) {
	if c.Kind != Person && c.Kind != Organisation {
		return nil, ErrKind
	}
	if a := c.Acquired; a != nil && a.Cost != nil {
		if a.Cost.IsNeg() {
			return nil, ErrAcquisitionCost
		}
		if _, err := a.Currency.MinorDigits(); err != nil {
			return nil, domain.ErrCurrency.At("acquired.currency")
		}
	}
	for i, x := range c.ExternalIDs {
		if x.System == "" || x.ID == "" {
			return nil, ErrExternalID.At("external_ids[%d]", i)
		}
	}
	e := Registered(c)
	e.ExternalIDs = slices.Clone(c.ExternalIDs)
	slices.SortFunc(e.ExternalIDs, func(a, b ExternalID) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.ID, b.ID))
	})
	e.ExternalIDs = slices.Compact(e.ExternalIDs)
	if s.registration.done {
		if s.registration.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrRegisteredOtherwise
	}
	return []Event{e}, nil
}

// Registered is the fact that a customer's history began.
type Registered struct {
	Kind        Kind         `json:"kind"`
	Name        string       `json:"name,omitempty"`
	Country     string       `json:"country,omitempty"`
	Locale      string       `json:"locale,omitempty"`
	ExternalIDs []ExternalID `json:"external_ids,omitempty"`
	Acquired    *Acquisition `json:"acquired,omitempty"`
}

func (Registered) EventType() string { return "customer.registered.v1" }

func (e Registered) Evolve(s *State) {
	s.registration = registrationState{done: true, digest: e.digest()}
}

func (e Registered) digest() domain.Digest {
	d := domain.NewDigest().Text(string(e.Kind)).Text(e.Name).Text(e.Country).Text(e.Locale)
	for _, x := range e.ExternalIDs {
		d = d.Text(x.System).Text(x.ID)
	}
	if a := e.Acquired; a != nil {
		d = d.Text(a.Source).Text(a.Campaign).Text(string(a.Currency)).Optional(a.Cost)
	}
	return d
}

type registrationState struct {
	done   bool
	digest domain.Digest
}

var (
	ErrKind = &domain.Rejection{Kind: domain.Invalid, Code: "customer_kind_unknown", Field: "kind",
		Reason: "a customer is a person or an organisation"}
	ErrExternalID = &domain.Rejection{Kind: domain.Invalid, Code: "external_id_incomplete", Field: "external_ids",
		Reason: "an external id names the system and the id that it uses there"}
	ErrAcquisitionCost = &domain.Rejection{Kind: domain.Invalid, Code: "acquisition_cost_negative",
		Field: "acquired.cost", Reason: "the cost of acquisition is zero or more"}
	ErrRegisteredOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "customer_registered_otherwise",
		Reason: "this customer was registered before, with other particulars"}
)
