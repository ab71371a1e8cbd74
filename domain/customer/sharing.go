package customer

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Sharing is that data about the customer went to somebody outside: to a partner by name, or to another customer who
// is our partner. What went to whom, for what purpose and on what legal ground is a fact, so that the customer can be
// told, and the recipient asked to correct or erase it.

// SharingChannel is the channel of the consent that sharing needs where consent is its legal ground.
const SharingChannel = "partners"

// ShareData asks to remember that data about the customer went to somebody outside.
type ShareData struct {
	ShareID     uuid.UUID  `json:"share_id"`
	Recipient   string     `json:"recipient,omitempty"`
	RecipientID *uuid.UUID `json:"recipient_id,omitempty"`
	Purpose     string     `json:"purpose"`
	Fields      []string   `json:"fields"`
	LegalBasis  LegalBasis `json:"legal_basis"`
}

func (c ShareData) Needs() Needs {
	if c.RecipientID == nil {
		return Needs{}
	}
	return needsCustomer(*c.RecipientID)
}

// Decide accepts each ShareID once, and refuses what rests on a consent that did not hold on that day.
func (c ShareData) Decide(s *State, g Given) ([]Event, error) {
	if err := c.check(g.ID); err != nil {
		return nil, err
	}
	e := DataShared{ShareID: c.ShareID, Recipient: c.Recipient, RecipientID: c.RecipientID, Purpose: c.Purpose,
		Fields: slices.Compact(slices.Sorted(slices.Values(c.Fields))), LegalBasis: c.LegalBasis}
	if known, ok := s.shares[c.ShareID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrShareOtherwise
	}
	switch {
	case c.RecipientID != nil && s.StandsFor(*c.RecipientID):
		return nil, ErrOther.At("recipient_id")
	case c.RecipientID != nil && !g.Needs.Customer.Known:
		return nil, ErrOtherUnknown.At("recipient_id")
	case c.LegalBasis == "consent" && !s.consents.hold(ConsentKey{c.Purpose, SharingChannel}, g.On):
		return nil, ErrShareConsent
	}
	return []Event{e}, nil
}

func (c ShareData) check(self uuid.UUID) error {
	switch {
	case c.ShareID == uuid.Nil:
		return ErrShareID
	case (c.Recipient == "") == (c.RecipientID == nil):
		return ErrShareRecipient
	case c.RecipientID != nil && (*c.RecipientID == uuid.Nil || *c.RecipientID == self):
		return ErrOther.At("recipient_id")
	case len(c.Fields) == 0 || len(c.Fields) > maxSharedFields:
		return ErrShareFields
	case !slices.Contains(LegalBases, c.LegalBasis):
		return ErrLegalBasis
	}
	if err := (ConsentKey{c.Purpose, SharingChannel}).check(); err != nil {
		return err
	}
	if err := checkText(c.Recipient, 300, "recipient"); err != nil {
		return err
	}
	for i, field := range c.Fields {
		if field == "" {
			return ErrShareFields.At("fields[%d]", i)
		}
		if err := checkText(field, 100, "fields[%d]", i); err != nil {
			return err
		}
	}
	return nil
}

// DataShared is the fact that data about the customer went to somebody outside.
type DataShared struct {
	ShareID     uuid.UUID  `json:"share_id"`
	Recipient   string     `json:"recipient,omitempty"`    // a partner's name
	RecipientID *uuid.UUID `json:"recipient_id,omitempty"` // or another customer
	Purpose     string     `json:"purpose"`                // what for: delivery, credit_check, marketing, …
	Fields      []string   `json:"fields"`                 // what was shared, by name: address, purchases, …; sorted, each once
	LegalBasis  LegalBasis `json:"legal_basis"`            // on what ground: consent, contract, …
}

func (DataShared) EventType() string { return "customer.data_shared.v1" }

func (e DataShared) Evolve(s *State, _ domain.Metadata) { remember(&s.shares, e.ShareID, e.digest()) }

// Summary implements Told.
func (e DataShared) Summary() string {
	return counted(len(e.Fields), "field") + " of data went to somebody outside, for " + e.Purpose
}

func (e DataShared) digest() domain.Digest {
	d := domain.NewDigest().Text(e.Recipient).Text(e.Purpose).Text(string(e.LegalBasis))
	if e.RecipientID != nil {
		d = d.ID(*e.RecipientID)
	}
	for _, field := range e.Fields {
		d = d.Text(field)
	}
	return d
}

const maxSharedFields = 200

var (
	ErrShareID = &domain.Rejection{Kind: domain.Invalid, Code: "share_id_missing", Field: "share_id",
		Reason: "name the sharing by a UUID"}
	ErrShareRecipient = &domain.Rejection{Kind: domain.Invalid, Code: "share_recipient_unclear", Field: "recipient",
		Reason: "say with whom: either a partner's name or a customer's id"}
	ErrShareFields = &domain.Rejection{Kind: domain.Invalid, Code: "share_fields_missing", Field: "fields",
		Reason: "say what was shared: 1 to 200 fields, by name"}
	ErrShareConsent = &domain.Rejection{Kind: domain.Refused, Code: "share_without_consent", Field: "legal_basis",
		Reason: "the customer did not consent on that day to this purpose through the channel partners"}
	ErrShareOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "data_shared_otherwise", Field: "share_id",
		Reason: "this sharing was recorded before, with other content"}
)
