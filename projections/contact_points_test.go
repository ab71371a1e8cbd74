package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

func TestContactPoints(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("callable", 1, `"phone" in contact_channels`)
	w.segment("mailable", 1, `"email" in verified_contact_channels`)
	w.register("ann", "2024-01-01")
	work, home, phone := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}
	w.append(streamOf("ann"), "2024-01-02",
		customer.ContactPointAdded{ContactPointID: work, Kind: "email", Value: "ann@example.org", Label: "work"},
		customer.ContactPointPreferred{ContactPointID: work},
		customer.ContactPointAdded{ContactPointID: home, Kind: "email", Value: "ann@home.example"},
		customer.ContactPointAdded{ContactPointID: phone, Kind: "phone", Value: "+441632960961"})
	w.settle()
	const members = "SELECT segment FROM segment_membership WHERE valid_to IS NULL ORDER BY 1"
	expect(t, "callable", w.text(members), "callable")
	w.append(streamOf("ann"), "2024-01-03", customer.ContactPointVerified{ContactPointID: work, Method: "link"},
		customer.ContactPointPreferred{ContactPointID: home, Instead: &work},
		customer.ContactPointRemoved{ContactPointID: phone, Reason: "disconnected"})
	w.settle()
	expect(t, "mailable", w.text(members), "mailable")
	expect(t, "contact points", w.text(`SELECT kind, value, label, preferred, added_on, verified_on, verified_by, removed_on, reason
		FROM contact_points ORDER BY contact_point_id`), `
email ann@example.org work false 2024-01-02 2024-01-03 link <nil> <nil>
email ann@home.example <nil> true 2024-01-02 <nil> <nil> <nil> <nil>
phone +441632960961 <nil> false 2024-01-02 <nil> <nil> 2024-01-03 disconnected`)
}
