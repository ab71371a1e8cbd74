package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

func TestSharing(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	partner := who("acme")
	w.append(streamOf("ann"), "2024-01-02",
		customer.DataShared{ShareID: uuid.UUID{1}, Recipient: "a carrier", Purpose: "delivery", Fields: []string{"address", "name"},
			LegalBasis: "contract"},
		customer.DataShared{ShareID: uuid.UUID{2}, RecipientID: &partner, Purpose: "marketing", Fields: []string{"purchases"},
			LegalBasis: "consent"})
	w.settle()
	expect(t, "shared", w.text("SELECT recipient, recipient_id = $1, purpose, fields, legal_basis, shared_on FROM data_shared ORDER BY share_id",
		[16]byte(partner)), `
a carrier <nil> delivery [address name] contract 2024-01-02
<nil> true marketing [purchases] consent 2024-01-02`)
}
