package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func sharing() []story {
	const on = domain.Day(20000)
	self, other, last := id(1), id(2), on+9
	share := func(on domain.Day, change func(*customer.ShareData)) customer.Command {
		c := customer.ShareData{ShareID: id(7), Recipient: "a carrier", Purpose: "delivery", Fields: []string{"name", "address", "name"},
			LegalBasis: "contract"}
		change(&c)
		known := c.RecipientID != nil && *c.RecipientID == other
		return domaintest.In(domaintest.At(c, on.Time(), on), func(g *customer.Given) {
			g.ID, g.Needs.Customer.Known = self, known
		})
	}
	same := func(*customer.ShareData) {}
	consenting := func(c *customer.ShareData) { c.LegalBasis = "consent" }
	to := func(id uuid.UUID) func(*customer.ShareData) {
		return func(c *customer.ShareData) { c.Recipient, c.RecipientID = "", &id }
	}
	shared := customer.DataShared{ShareID: id(7), Recipient: "a carrier", Purpose: "delivery", Fields: []string{"address", "name"},
		LegalBasis: "contract"}
	byConsent, toOther := shared, shared
	byConsent.LegalBasis = "consent"
	toOther.Recipient, toOther.RecipientID = "", &other
	key := customer.ConsentKey{Purpose: "delivery", Channel: "partners"}
	consent := customer.ConsentGranted{ConsentKey: key, LegalBasis: "consent", TextVersion: "1", GrantedOn: on, ExpiresOn: &last}
	return []story{
		{Name: "sharing", Given: ann(), When: share(on, same), Then: []customer.Event{shared}},
		{Name: "sharing again under the same id", Given: ann(shared), When: share(on, same)},
		{Name: "sharing otherwise under the same id", Given: ann(shared), Refused: customer.ErrShareOtherwise,
			When: share(on, func(c *customer.ShareData) { c.Fields = []string{"name"} })},
		{Name: "sharing with another customer", Given: ann(), When: share(on, to(other)), Then: []customer.Event{toOther}},
		{Name: "sharing with a stranger", Given: ann(), When: share(on, to(id(3))), Refused: customer.ErrOtherUnknown.At("recipient_id")},
		{Name: "sharing with themselves", Given: ann(), When: share(on, to(self)), Refused: customer.ErrOther.At("recipient_id")},
		{Name: "sharing with themselves under another id", Given: ann(customer.Absorbed{AbsorbedID: other, SurvivorID: self}),
			When: share(on, to(other)), Refused: customer.ErrOther.At("recipient_id")},
		{Name: "sharing by consent", Given: ann(consent), When: share(last, consenting), Then: []customer.Event{byConsent}},
		{Name: "sharing without consent", Given: ann(), When: share(on, consenting), Refused: customer.ErrShareConsent},
		{Name: "sharing before the consent", Given: ann(consent), When: share(on-1, consenting), Refused: customer.ErrShareConsent},
		{Name: "sharing after the consent", Given: ann(consent), When: share(last+1, consenting), Refused: customer.ErrShareConsent},
		{Name: "sharing once it was withdrawn", Given: ann(consent, customer.ConsentWithdrawn{ConsentKey: key, WithdrawnOn: on}),
			When: share(on, consenting), Refused: customer.ErrShareConsent},
		{Name: "what was shared by consent, again once it was withdrawn",
			Given: ann(consent, byConsent, customer.ConsentWithdrawn{ConsentKey: key, WithdrawnOn: on}), When: share(on, consenting)},
		{Name: "sharing of nobody", When: share(on, same), Refused: customer.ErrUnknown},
		{Name: "no share id", Given: ann(), Refused: customer.ErrShareID,
			When: share(on, func(c *customer.ShareData) { c.ShareID = uuid.Nil })},
		{Name: "sharing with nobody", Given: ann(), Refused: customer.ErrShareRecipient,
			When: share(on, func(c *customer.ShareData) { c.Recipient = "" })},
		{Name: "sharing nothing", Given: ann(), Refused: customer.ErrShareFields,
			When: share(on, func(c *customer.ShareData) { c.Fields = nil })},
		{Name: "sharing something unnamed", Given: ann(), Refused: customer.ErrShareFields.At("fields[1]"),
			When: share(on, func(c *customer.ShareData) { c.Fields = []string{"name", ""} })},
		{Name: "sharing NUL", Given: ann(), Refused: domain.ErrText.At("fields[0]"),
			When: share(on, func(c *customer.ShareData) { c.Fields = []string{"\x00"} })},
		{Name: "sharing with NUL", Given: ann(), Refused: domain.ErrText.At("recipient"),
			When: share(on, func(c *customer.ShareData) { c.Recipient = "\x00" })},
		{Name: "sharing for no purpose", Given: ann(), Refused: customer.ErrConsentName.At("purpose"),
			When: share(on, func(c *customer.ShareData) { c.Purpose = "" })},
		{Name: "sharing on no ground", Given: ann(), Refused: customer.ErrLegalBasis,
			When: share(on, func(c *customer.ShareData) { c.LegalBasis = "whim" })},
	}
}
