// Package product decides about what is for sale: which goods and services there are, at which price, from when to
// when. What customers bought and paid is in their own streams; the package must not know it.
package product

import (
	"cmp"
	"regexp"
	"time"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// StreamPrefix begins the name of every product's stream.
const StreamPrefix = "product-"

// Stream names a product's stream.
func Stream(sku string) string { return StreamPrefix + sku }

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Needs   = domain.Needs
	Given   = domain.Given[Needs]
)

// State is how a product is for sale, if it is. What is said of a product is said in the order in which it happened.
type State struct {
	name, category string
	price          Price
	known, listed  bool
	changedAt      time.Time
}

// Guard implements domain.StateOf.
func (s *State) Guard(n domain.Needs) error {
	if !n.Founds && !s.known {
		return ErrUnknown
	}
	return nil
}

// Price is what one unit costs, the customer and us.
type Price struct {
	Currency domain.Currency  `json:"currency"`            // ISO 4217
	Price    decimal.Decimal  `json:"price"`               // per unit, before discounts
	UnitCost *decimal.Decimal `json:"unit_cost,omitempty"` // cost of goods per unit
}

func (p Price) check() error {
	if _, err := p.Currency.MinorDigits(); err != nil {
		return err
	}
	if p.Price.IsNeg() || p.Price.Cmp(maxPrice) > 0 {
		return ErrPrice
	}
	if p.UnitCost != nil && (p.UnitCost.IsNeg() || p.UnitCost.Cmp(maxPrice) > 0) {
		return ErrPrice.At("unit_cost")
	}
	return nil
}

func (p Price) digest() domain.Digest {
	return domain.NewDigest().Text(string(p.Currency)).Decimal(p.Price).Optional(p.UnitCost)
}

// List asks that a product be for sale as it is described, whether it was before or not.
type List struct {
	SKU      string `json:"sku"`
	Name     string `json:"name"`
	Category string `json:"category,omitempty"`
	Price
}

func (List) Needs() Needs { return Needs{Founds: true} }

// Decide yields nothing for a product that is for sale just so.
func (c List) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !Nameable(c.SKU):
		return nil, ErrSKU
	case c.Name == "":
		return nil, ErrName
	}
	if err := cmp.Or(checkText(c.Name, 500, "name"), checkText(c.Category, 200, "category"), c.Price.check()); err != nil {
		return nil, err
	}
	if s.listed && s.name == c.Name && s.category == c.Category && s.price.digest() == c.Price.digest() {
		return nil, nil
	}
	if err := s.mayChange(g.When); err != nil {
		return nil, err
	}
	return []Event{Listed{SKU: c.SKU, Name: c.Name, Category: c.Category, Price: c.Price, At: g.When.UTC()}}, nil
}

// Listed is the fact that a product is for sale from now on, as it is described.
type Listed struct {
	SKU      string `json:"sku"`
	Name     string `json:"name"`
	Category string `json:"category,omitempty"`
	Price
	At time.Time `json:"at"` // from when on, UTC
}

func (Listed) EventType() string { return "product.listed.v1" }

func (e Listed) Evolve(s *State, _ domain.Metadata) {
	*s = State{name: e.Name, category: e.Category, price: e.Price, known: true, listed: true, changedAt: e.At}
}

// ChangePrice asks that a product cost something else from now on.
type ChangePrice struct {
	SKU      string           `json:"sku"`
	Price    decimal.Decimal  `json:"price"`               // in the product's currency
	UnitCost *decimal.Decimal `json:"unit_cost,omitempty"` // as before, unless it is said
}

func (ChangePrice) Needs() Needs { return Needs{} }

// Decide refuses a price for what is not for sale.
func (c ChangePrice) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !s.listed:
		return nil, ErrDelisted
	}
	price := Price{Currency: s.price.Currency, Price: c.Price, UnitCost: cmp.Or(c.UnitCost, s.price.UnitCost)}
	if err := price.check(); err != nil {
		return nil, err
	}
	if price.digest() == s.price.digest() {
		return nil, nil
	}
	if err := s.mayChange(g.When); err != nil {
		return nil, err
	}
	return []Event{PriceChanged{SKU: c.SKU, Price: price, At: g.When.UTC()}}, nil
}

// PriceChanged is the fact that a product costs something else from now on.
type PriceChanged struct {
	SKU string `json:"sku"`
	Price
	At time.Time `json:"at"` // from when on, UTC
}

func (PriceChanged) EventType() string { return "product.price_changed.v1" }

func (e PriceChanged) Evolve(s *State, _ domain.Metadata) { s.price, s.changedAt = e.Price, e.At }

// Delist asks that a product not be for sale any more.
type Delist struct {
	SKU string `json:"sku"`
}

func (Delist) Needs() Needs { return Needs{} }

// Decide yields nothing for what is not for sale already.
func (c Delist) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case !s.listed:
		return nil, nil
	}
	if err := s.mayChange(g.When); err != nil {
		return nil, err
	}
	return []Event{Delisted{SKU: c.SKU, At: g.When.UTC()}}, nil
}

// Delisted is the fact that a product is not for sale any more.
type Delisted struct {
	SKU string    `json:"sku"`
	At  time.Time `json:"at"` // from when on, UTC
}

func (Delisted) EventType() string { return "product.delisted.v1" }

func (e Delisted) Evolve(s *State, _ domain.Metadata) { s.listed, s.changedAt = false, e.At }

// Nameable tells whether a text may name a product.
func Nameable(sku string) bool {
	return len(sku) <= 100 && domain.PlainText(sku) && skuPattern.MatchString(sku)
}

func (s *State) mayChange(at time.Time) error {
	if at.Before(s.changedAt) {
		return ErrEarlier.Because("the product was last changed at %s", s.changedAt.Format(time.RFC3339))
	}
	return nil
}

func checkText(text string, bytes int, field string) error {
	if err := domain.CheckText(text, bytes); err != nil {
		return err.At("%s", field)
	}
	return nil
}

var (
	maxPrice = decimal.MustParse("1000000000")
	// skuPattern is printable characters, without spaces at the ends.
	skuPattern = regexp.MustCompile(`^[^\s\pC]([^\pC]*[^\s\pC])?$`)
)

var (
	ErrSKU = &domain.Rejection{Kind: domain.Invalid, Code: "sku_malformed", Field: "sku",
		Reason: "an SKU is up to 100 bytes of printable characters, without spaces at its ends"}
	ErrName = &domain.Rejection{Kind: domain.Invalid, Code: "product_name_missing", Field: "name",
		Reason: "say what the product is called"}
	ErrPrice = &domain.Rejection{Kind: domain.Invalid, Code: "price_out_of_range", Field: "price",
		Reason: "a price or cost is between 0 and 1,000,000,000"}
	ErrUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "product_unknown", Field: "sku",
		Reason: "no such product: list it first"}
	ErrDelisted = &domain.Rejection{Kind: domain.Refused, Code: "product_delisted", Field: "sku",
		Reason: "the product is not for sale any more: list it again"}
	ErrEarlier = &domain.Rejection{Kind: domain.Refused, Code: "product_changed_later", Field: "occurred_at",
		Reason: "something later is known of this product"}
)
