package customer_test

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func consents() []story {
	const day = domain.Day(20000)
	last := day + 30
	email, sms := customer.ConsentKey{Purpose: "marketing", Channel: "email"}, customer.ConsentKey{Purpose: "marketing", Channel: "sms"}
	grant := func(on domain.Day, change func(*customer.GrantConsent)) customer.Command {
		c := customer.GrantConsent{Purpose: "marketing", Through: "email", LegalBasis: "consent", TextVersion: "2024-1"}
		change(&c)
		return domaintest.At(c, on.Time(), on)
	}
	withdraw := func(on domain.Day) customer.Command {
		return domaintest.At(customer.WithdrawConsent{Purpose: "marketing", Through: "email"}, on.Time(), on)
	}
	same := func(*customer.GrantConsent) {}
	until := func(day domain.Day) func(*customer.GrantConsent) {
		return func(c *customer.GrantConsent) { c.ExpiresOn = &day }
	}
	granted := customer.ConsentGranted{ConsentKey: email, LegalBasis: "consent", TextVersion: "2024-1", GrantedOn: day}
	bounded, other := granted, granted
	bounded.ExpiresOn = &last
	other.ConsentKey, other.ExpiresOn = sms, &last
	withdrawn := customer.ConsentWithdrawn{ConsentKey: email, WithdrawnOn: day + 5}
	expired := customer.ConsentExpired{ConsentKey: email, ExpiredOn: last}
	regranted := granted
	regranted.GrantedOn = day + 6
	return []story{
		{Name: "consenting", Given: ann(), When: grant(day, same), Then: []customer.Event{granted}},
		{Name: "consenting again, later", Given: ann(granted), When: grant(day+3, same)},
		{Name: "consenting for a time", Given: ann(), When: grant(day, until(last)), Then: []customer.Event{bounded}},
		{Name: "on other terms", Given: ann(granted), When: grant(day, until(last)), Then: []customer.Event{bounded}},
		{Name: "after a withdrawal", Given: ann(granted, withdrawn), When: grant(day+6, same),
			Then: []customer.Event{regranted}},
		{Name: "before the latest withdrawal", Given: ann(granted, withdrawn), When: grant(day+4, same),
			Refused: customer.ErrConsentEarlier},
		{Name: "nobody's consent", When: grant(day, same), Refused: customer.ErrUnknown},
		{Name: "no purpose", Given: ann(), Refused: customer.ErrConsentName.At("purpose"),
			When: grant(day, func(c *customer.GrantConsent) { c.Purpose = "" })},
		{Name: "a channel in capitals", Given: ann(), Refused: customer.ErrConsentName.At("through"),
			When: grant(day, func(c *customer.GrantConsent) { c.Through = "Email" })},
		{Name: "on no ground", Given: ann(), Refused: customer.ErrLegalBasis,
			When: grant(day, func(c *customer.GrantConsent) { c.LegalBasis = "habit" })},
		{Name: "asked by no text", Given: ann(), Refused: customer.ErrConsentText,
			When: grant(day, func(c *customer.GrantConsent) { c.TextVersion = "" })},
		{Name: "a text version with NUL", Given: ann(), Refused: domain.ErrText.At("text_version"),
			When: grant(day, func(c *customer.GrantConsent) { c.TextVersion = "\x00" })},
		{Name: "until today", Given: ann(), When: grant(last, until(last)), Then: []customer.Event{
			customer.ConsentGranted{ConsentKey: email, LegalBasis: "consent", TextVersion: "2024-1", ExpiresOn: &last,
				GrantedOn: last}}},
		{Name: "until yesterday", Given: ann(), When: grant(last+1, until(last)), Refused: customer.ErrConsentExpiresOn},
		{Name: "for two hundred years", Given: ann(), When: grant(day, until(day+2*36525)),
			Refused: customer.ErrConsentExpiresOn},
		{Name: "withdrawing", Given: ann(granted), When: withdraw(day + 5), Then: []customer.Event{withdrawn}},
		{Name: "withdrawing again", Given: ann(granted, withdrawn), When: withdraw(day + 7)},
		{Name: "withdrawing what never was granted", Given: ann(other), When: withdraw(day)},
		{Name: "withdrawing before it was granted", Given: ann(granted), When: withdraw(day - 1),
			Refused: customer.ErrConsentEarlier},
		{Name: "withdrawing nobody's consent", When: withdraw(day), Refused: customer.ErrUnknown},
		{Name: "withdrawing without a channel", Given: ann(), Refused: customer.ErrConsentName.At("through"),
			When: customer.WithdrawConsent{Purpose: "marketing"}},
		{Name: "the day before it expires", Given: ann(bounded), When: customer.PassDay{Date: last - 1}},
		{Name: "its last day is over", Given: ann(other, bounded), When: customer.PassDay{Date: last},
			Then: []customer.Event{expired, customer.ConsentExpired{ConsentKey: sms, ExpiredOn: last}}},
		{Name: "the last day of a withdrawn consent", Given: ann(bounded, withdrawn), When: customer.PassDay{Date: last}},
		{Name: "the last day of terms that were replaced", Given: ann(bounded, granted), When: customer.PassDay{Date: last}},
	}
}
