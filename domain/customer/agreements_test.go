package customer_test

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func agreements() []story {
	const signed, last = domain.Day(20000), domain.Day(20365)
	sign := func(change func(*customer.SignAgreement)) customer.Command {
		ends := last
		c := customer.SignAgreement{AgreementID: id(7), Kind: "framework", StartsOn: signed + 1, EndsOn: &ends}
		change(&c)
		return domaintest.At(c, signed.Time(), signed)
	}
	same := func(*customer.SignAgreement) {}
	ends := last
	open := customer.AgreementSigned{AgreementID: id(7), Kind: "framework", StartsOn: signed + 1, EndsOn: &ends}
	endless := customer.AgreementSigned{AgreementID: id(8), Kind: "co_creation", StartsOn: signed}
	ended := customer.AgreementEnded{AgreementID: id(7), Reason: "moved away"}
	expired := customer.AgreementEnded{AgreementID: id(7), Expired: true}
	end := customer.EndAgreement{AgreementID: id(7), Reason: "moved away"}
	return []story{
		{Name: "signing", Given: ann(), When: sign(same), Then: []customer.Event{open}},
		{Name: "signing without an end", Given: ann(), Then: []customer.Event{endless},
			When: domaintest.At(customer.SignAgreement{AgreementID: id(8), Kind: "co_creation", StartsOn: signed}, signed.Time(), signed)},
		{Name: "signing again under the same id", Given: ann(open), When: sign(same)},
		{Name: "signing what has ended again", Given: ann(open, ended), When: sign(same)},
		{Name: "signing otherwise under the same id", Given: ann(open), Refused: customer.ErrAgreementOtherwise,
			When: sign(func(c *customer.SignAgreement) { c.EndsOn = nil })},
		{Name: "signing as nobody", When: sign(same), Refused: customer.ErrUnknown},
		{Name: "an agreement without id", Given: ann(), Refused: customer.ErrAgreementID,
			When: sign(func(c *customer.SignAgreement) { c.AgreementID = id(0) })},
		{Name: "an agreement of no kind", Given: ann(), Refused: customer.ErrAgreementKind,
			When: sign(func(c *customer.SignAgreement) { c.Kind = "A contract" })},
		{Name: "an agreement that ends before it starts", Given: ann(), Refused: customer.ErrAgreementEndsOn,
			When: sign(func(c *customer.SignAgreement) { c.StartsOn = last + 1 })},
		{Name: "an agreement for sixty years", Given: ann(), Refused: customer.ErrAgreementEndsOn,
			When: sign(func(c *customer.SignAgreement) { *c.EndsOn = signed + 60*366 })},
		{Name: "an agreement sixty years from now", Given: ann(), Refused: customer.ErrAgreementStartsOn,
			When: sign(func(c *customer.SignAgreement) { c.StartsOn, c.EndsOn = signed+60*366, nil })},
		{Name: "an agreement of sixty years ago", Given: ann(), Refused: customer.ErrAgreementStartsOn,
			When: sign(func(c *customer.SignAgreement) { c.StartsOn, c.EndsOn = signed-60*366, nil })},
		{Name: "ending an agreement", Given: ann(open), When: end, Then: []customer.Event{ended}},
		{Name: "ending it again", Given: ann(open, ended), When: end},
		{Name: "ending what has expired", Given: ann(open, expired), When: end},
		{Name: "ending what was not signed", Given: ann(endless), When: end, Refused: customer.ErrAgreementUnknown},
		{Name: "ending nobody's agreement", When: end, Refused: customer.ErrUnknown},
		{Name: "ending because of NUL", Given: ann(open), Refused: domain.ErrText.At("reason"),
			When: customer.EndAgreement{AgreementID: id(7), Reason: "\x00"}},
		{Name: "the day before the last", Given: ann(open, endless), When: customer.PassDay{Date: last - 1}},
		{Name: "the last day is over", Given: ann(endless, open), When: customer.PassDay{Date: last},
			Then: []customer.Event{expired}},
		{Name: "the last day of what was ended is over", Given: ann(open, ended), When: customer.PassDay{Date: last}},
	}
}
