package customer_test

import (
	"fmt"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
)

func identities() []story {
	mail := func(value string) identity.Key { return identity.Key{Kind: identity.Email, Value: value} }
	shop := identity.Key{Kind: identity.External, System: "shop", Value: "1"}
	linked := customer.IdentityLinked{Key: mail("ann@example.org")}
	unlinked := customer.IdentityUnlinked{Key: mail("ann@example.org")}
	registered := customer.Registered{Kind: customer.Person, ExternalIDs: []customer.ExternalID{{System: "shop", ID: "1"}}}
	full := []customer.Event{}
	for i := range customer.MaxIdentities {
		full = append(full, customer.IdentityLinked{Key: mail(fmt.Sprintf("ann%d@example.org", i))})
	}
	return []story{
		{Name: "linking an e-mail address", Given: ann(), When: customer.LinkIdentity{Key: mail("Ann@Example.org")},
			Then: []customer.Event{linked}},
		{Name: "linking it again", Given: ann(linked), When: customer.LinkIdentity{Key: mail("ann@example.org")}},
		{Name: "linking to nobody", When: customer.LinkIdentity{Key: mail("ann@example.org")}, Refused: customer.ErrUnknown},
		{Name: "linking no address", Given: ann(), When: customer.LinkIdentity{Key: mail("ann")}, Refused: identity.ErrEmail},
		{Name: "linking the id of the registration", Given: []customer.Event{registered}, When: customer.LinkIdentity{Key: shop}},
		{Name: "one too many", Given: ann(full...), When: customer.LinkIdentity{Key: shop}, Refused: customer.ErrIdentities},
		{Name: "unlinking", Given: ann(linked), When: customer.UnlinkIdentity{Key: mail("ANN@example.org")},
			Then: []customer.Event{unlinked}},
		{Name: "unlinking what is not linked", Given: ann(linked, unlinked), When: customer.UnlinkIdentity{Key: mail("ann@example.org")}},
		{Name: "unlinking from nobody", When: customer.UnlinkIdentity{Key: mail("ann@example.org")}, Refused: customer.ErrUnknown},
		{Name: "unlinking no address", Given: ann(), When: customer.UnlinkIdentity{Key: mail("ann")}, Refused: identity.ErrEmail},
		{Name: "unlinking the id of the registration", Given: []customer.Event{registered},
			When: customer.UnlinkIdentity{Key: shop}, Then: []customer.Event{customer.IdentityUnlinked{Key: shop}}},
	}
}
