package projections

import (
	"testing"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
)

func TestIdentities(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	mail := identity.Key{Kind: identity.Email, Value: "ann@example.org"}
	w.append(streamOf("ann"), "2024-01-01", customer.Registered{Kind: customer.Person,
		ExternalIDs: []customer.ExternalID{{System: "shop", ID: "1"}}})
	w.append(streamOf("ann"), "2024-01-02", customer.IdentityLinked{Key: mail})
	w.append(streamOf("ann"), "2024-01-03", customer.IdentityUnlinked{Key: mail})
	w.append(streamOf("bob"), "2024-01-04", customer.Registered{Kind: customer.Person})
	w.append(streamOf("bob"), "2024-01-04", customer.IdentityLinked{Key: mail})
	w.settle()
	expect(t, "identities", w.text("SELECT kind, system, value, linked_on, unlinked_on FROM customer_identity ORDER BY linked_on"), `
external shop 1 2024-01-01 <nil>
email  ann@example.org 2024-01-02 2024-01-03
email  ann@example.org 2024-01-04 <nil>`)
}
