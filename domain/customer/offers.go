package customer

import (
	"cmp"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// An offer is what we propose to one customer: something at a price or with a discount, for a reason, until a day.
// The customer accepts it or rejects it; when its day is over before they did, it expires. A purchase redeems it
// (redemptions.go).

// OfferTerms are what is offered, and why.
type OfferTerms struct {
	SKU              string           `json:"sku,omitempty"`                   // names the good or service
	Category         string           `json:"category,omitempty"`              // that the offer is good for
	Title            string           `json:"title,omitempty" personal:"true"` // as the customer sees it
	Price            *decimal.Decimal `json:"price,omitempty"`                 // per unit, in Currency
	Currency         domain.Currency  `json:"currency,omitempty"`              // of Price, ISO 4217
	DiscountPercent  *decimal.Decimal `json:"discount_percent,omitempty"`      // off the list price, above 0 to 100
	Reason           string           `json:"reason" personal:"true"`          // why it is proposed to this customer
	Evidence         []Evidence       `json:"evidence,omitempty"`              // what that rests on
	ValidUntil       domain.Day       `json:"valid_until"`                     // last business day for accepting it
	RecommendationID *uuid.UUID       `json:"recommendation_id,omitempty"`     // that it follows
	Policy           string           `json:"policy,omitempty"`                // that decided on it, where no person did
}

// Evidence is something known of a customer on which a decision rests.
type Evidence struct {
	Fact  string `json:"fact"`                  // its name
	Value string `json:"value" personal:"true"` // as it was then
}

// ProposeOffer asks to remember what we propose to the customer.
type ProposeOffer struct {
	OfferID uuid.UUID `json:"offer_id"`
	OfferTerms
}

func (ProposeOffer) Needs() Needs { return Needs{} }

// Decide accepts each OfferID once.
func (c ProposeOffer) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.OfferID == uuid.Nil:
		return nil, ErrOfferID
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	if c.RecommendationID != nil && s.recommendations[*c.RecommendationID] == nil {
		return nil, ErrRecommendationUnknown
	}
	e := OfferProposed{OfferID: c.OfferID, OfferTerms: c.OfferTerms, On: g.On}
	if known := s.offers.known[c.OfferID]; known != nil {
		if known.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrOfferOtherwise
	}
	if c.ValidUntil < g.On || c.ValidUntil > g.On+maxOfferDays {
		return nil, ErrOfferValidUntil
	}
	return []Event{e}, nil
}

// check refuses what no offer can be.
func (t *OfferTerms) check() error {
	switch {
	case t.SKU == "" && t.Category == "" && t.Title == "":
		return ErrOfferEmpty
	case t.Reason == "":
		return ErrOfferReason
	case (t.Price == nil) == (t.DiscountPercent == nil):
		return ErrOfferTerms
	case t.Price == nil && t.Currency != "":
		return ErrOfferTerms.At("currency")
	case t.DiscountPercent != nil && (!t.DiscountPercent.IsPos() || t.DiscountPercent.Cmp(decimal.Hundred) > 0):
		return ErrOfferDiscount
	case len(t.Evidence) > MaxEvidence:
		return ErrOfferEvidence
	}
	if t.Price != nil {
		if t.Price.IsNeg() || t.Price.Cmp(maxUnitPrice) > 0 {
			return ErrPrice.At("price")
		}
		if _, err := t.Currency.MinorDigits(); err != nil {
			return err
		}
	}
	for i, one := range t.Evidence {
		if one.Fact == "" {
			return ErrOfferEvidence.At("evidence[%d].fact", i)
		}
		if err := cmp.Or(checkText(one.Fact, 100, "evidence[%d].fact", i),
			checkText(one.Value, 1000, "evidence[%d].value", i)); err != nil {
			return err
		}
	}
	return cmp.Or(checkText(t.SKU, 100, "sku"), checkText(t.Category, 200, "category"),
		checkText(t.Title, 300, "title"), checkText(t.Reason, 1000, "reason"), checkText(t.Policy, 100, "policy"))
}

// OfferProposed is the fact that we proposed something to the customer.
type OfferProposed struct {
	OfferID uuid.UUID `json:"offer_id"`
	OfferTerms
	On domain.Day `json:"on"` // business day
}

func (OfferProposed) EventType() string { return "customer.offer_proposed.v1" }

func (e OfferProposed) Evolve(s *State, m domain.Metadata) {
	s.began.begin(anOffer, e.OfferID, m)
	remember(&s.offers.known, e.OfferID, &offerState{digest: e.digest(), proposedOn: e.On, purchases: len(s.purchases)})
	remember(&s.offers.open, e.OfferID, e.ValidUntil)
}

// Summary implements Told.
func (e OfferProposed) Summary() string {
	return "we made an offer, valid until " + e.ValidUntil.String()
}

func (e OfferProposed) digest() domain.Digest {
	d := domain.NewDigest().Text(e.SKU).Text(e.Category).Text(e.Title).Optional(e.Price).Text(string(e.Currency)).
		Optional(e.DiscountPercent).Text(e.Reason).Int(int64(e.ValidUntil)).Text(e.Policy)
	if e.RecommendationID != nil {
		d = d.ID(*e.RecommendationID)
	}
	for _, one := range e.Evidence {
		d = d.Text(one.Fact).Text(one.Value)
	}
	return d
}

// AcceptOffer asks to remember that the customer wants what we proposed.
type AcceptOffer struct {
	OfferID uuid.UUID `json:"offer_id"`
}

func (AcceptOffer) Needs() Needs { return Needs{} }

// Decide takes a redeemed offer for accepted.
func (c AcceptOffer) Decide(s *State, g Given) ([]Event, error) {
	o, err := s.offer(c.OfferID)
	switch {
	case err != nil:
		return nil, err
	case o.end == offerAccepted || o.end == offerRedeemed:
		return nil, nil
	}
	if err := s.offers.mayAccept(c.OfferID, g.On); err != nil {
		return nil, err
	}
	if err := s.began.notBefore(anOffer, c.OfferID, g); err != nil {
		return nil, err
	}
	return []Event{OfferAccepted{OfferID: c.OfferID}}, nil
}

// OfferAccepted is the fact that the customer wants what we proposed.
type OfferAccepted struct {
	OfferID uuid.UUID `json:"offer_id"`
}

func (OfferAccepted) EventType() string { return "customer.offer_accepted.v1" }

func (e OfferAccepted) Evolve(s *State, _ domain.Metadata) { s.offers.close(e.OfferID, offerAccepted) }

// Summary implements Told.
func (e OfferAccepted) Summary() string { return "accepted an offer" }

// RejectOffer asks to remember that the customer does not want what we proposed.
type RejectOffer struct {
	OfferID uuid.UUID `json:"offer_id"`
	Reason  string    `json:"reason,omitempty"`
}

func (RejectOffer) Needs() Needs { return Needs{} }

// Decide refuses to reject what was accepted or is over.
func (c RejectOffer) Decide(s *State, g Given) ([]Event, error) {
	o, err := s.offer(c.OfferID)
	if err != nil {
		return nil, err
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	switch {
	case o.end == offerRejected:
		return nil, nil
	case o.end == offerAccepted:
		return nil, ErrOfferAccepted
	}
	if err := s.offers.mayAccept(c.OfferID, g.On); err != nil {
		return nil, err
	}
	if err := s.began.notBefore(anOffer, c.OfferID, g); err != nil {
		return nil, err
	}
	return []Event{OfferRejected{OfferID: c.OfferID, Reason: c.Reason}}, nil
}

// OfferRejected is the fact that the customer does not want what we proposed.
type OfferRejected struct {
	OfferID uuid.UUID `json:"offer_id"`
	Reason  string    `json:"reason,omitempty" personal:"true"` // why not
}

func (OfferRejected) EventType() string { return "customer.offer_rejected.v1" }

func (e OfferRejected) Evolve(s *State, _ domain.Metadata) { s.offers.close(e.OfferID, offerRejected) }

// Summary implements Told.
func (e OfferRejected) Summary() string { return "rejected an offer" }

// OfferExpired is the fact that the day of an offer was over before the customer answered.
type OfferExpired struct {
	OfferID uuid.UUID `json:"offer_id"`
}

func (OfferExpired) EventType() string { return "customer.offer_expired.v1" }

func (e OfferExpired) Evolve(s *State, _ domain.Metadata) { s.offers.close(e.OfferID, offerExpired) }

// Summary implements Told.
func (e OfferExpired) Summary() string { return "an offer expired" }

type offersState struct {
	known map[uuid.UUID]*offerState
	open  map[uuid.UUID]domain.Day // valid until
}

type offerState struct {
	digest     domain.Digest
	proposedOn domain.Day
	purchases  int // that were recorded before
	end        offerEnd
	purchase   uuid.UUID // that redeemed it
}

type offerEnd int

const (
	offerOpen offerEnd = iota
	offerAccepted
	offerRejected
	offerExpired
	offerRedeemed
)

func (s *State) offer(id uuid.UUID) (*offerState, error) {
	o := s.offers.known[id]
	if o == nil {
		return nil, ErrOfferUnknown
	}
	return o, nil
}

// mayAccept refuses what cannot be had any more, or could not be had yet.
func (s *offersState) mayAccept(id uuid.UUID, on domain.Day) error {
	o := s.known[id]
	switch {
	case o.end == offerRejected:
		return ErrOfferRejected
	case o.end == offerRedeemed:
		return ErrOfferRedeemed
	case o.end == offerExpired, o.end == offerOpen && on > s.open[id]:
		return ErrOfferExpired
	case on < o.proposedOn:
		return ErrOfferEarlier.Because("the offer was proposed on %s", o.proposedOn)
	}
	return nil
}

func (s *offersState) close(id uuid.UUID, end offerEnd) {
	if o := s.known[id]; o != nil {
		o.end = end
	}
	delete(s.open, id)
}

func (s *offersState) next() (domain.Day, bool) { return firstDue(s.open) }

func (s *offersState) fall(day domain.Day) []Event {
	return fallen(s.open, day, func(id uuid.UUID) Event { return OfferExpired{OfferID: id} })
}

// maxOfferDays bounds how far ahead an offer is valid: ten years.
const maxOfferDays = 3653

var (
	ErrOfferID = &domain.Rejection{Kind: domain.Invalid, Code: "offer_id_missing", Field: "offer_id",
		Reason: "name the offer by a UUID"}
	ErrOfferEmpty = &domain.Rejection{Kind: domain.Invalid, Code: "offer_empty", Field: "sku",
		Reason: "say what is offered, by its sku, category or title"}
	ErrOfferReason = &domain.Rejection{Kind: domain.Invalid, Code: "offer_reason_missing", Field: "reason",
		Reason: "say why this is offered to this customer"}
	ErrOfferTerms = &domain.Rejection{Kind: domain.Invalid, Code: "offer_terms_malformed", Field: "price",
		Reason: "an offer has either a price with its currency or a discount"}
	ErrOfferDiscount = &domain.Rejection{Kind: domain.Invalid, Code: "offer_discount_out_of_range",
		Field: "discount_percent", Reason: "a discount is above 0 and at most 100 percent"}
	ErrOfferEvidence = &domain.Rejection{Kind: domain.Invalid, Code: "offer_evidence_malformed", Field: "evidence",
		Reason: "evidence is at most 50 facts, each with its name"}
	ErrOfferValidUntil = &domain.Rejection{Kind: domain.Invalid, Code: "offer_valid_until_out_of_range",
		Field: "valid_until", Reason: "an offer is valid until the day on which it is proposed or longer, up to ten years"}
	ErrOfferOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "offer_proposed_otherwise", Field: "offer_id",
		Reason: "this offer was proposed before, with other terms"}
	ErrOfferUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "offer_unknown", Field: "offer_id",
		Reason: "the customer was offered no such thing"}
	ErrOfferAccepted = &domain.Rejection{Kind: domain.Refused, Code: "offer_accepted", Field: "offer_id",
		Reason: "the customer accepted this offer"}
	ErrOfferRejected = &domain.Rejection{Kind: domain.Refused, Code: "offer_rejected", Field: "offer_id",
		Reason: "the customer rejected this offer"}
	ErrOfferExpired = &domain.Rejection{Kind: domain.Refused, Code: "offer_expired", Field: "offer_id",
		Reason: "the day of this offer is over"}
)
