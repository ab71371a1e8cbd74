package projections

import (
	"testing"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestConsents(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("reachable", 1, `"marketing/email" in consents`)
	w.register("ann", "2024-01-01")
	day, err := domain.ParseDay("2024-01-02")
	if err != nil {
		t.Fatal(err)
	}
	email, sms := customer.ConsentKey{Purpose: "marketing", Channel: "email"}, customer.ConsentKey{Purpose: "marketing", Channel: "sms"}
	last := day + 4
	grant := customer.ConsentGranted{ConsentKey: email, LegalBasis: "consent", TextVersion: "1", GrantedOn: day}
	again := customer.ConsentGranted{ConsentKey: email, LegalBasis: "contract", TextVersion: "2", GrantedOn: day + 3, ExpiresOn: &last}
	w.append(streamOf("ann"), "2024-01-02", grant, customer.ConsentGranted{ConsentKey: sms, LegalBasis: "consent",
		TextVersion: "1", GrantedOn: day})
	w.append(streamOf("ann"), "2024-01-03", customer.ConsentWithdrawn{ConsentKey: sms, WithdrawnOn: day + 1})
	w.append(streamOf("ann"), "2024-01-05", again)
	w.settle()
	const current = "SELECT channel, state, since, legal_basis, expires_on FROM consent_current ORDER BY channel"
	expect(t, "current", w.text(current), `
email granted 2024-01-05 contract 2024-01-06
sms withdrawn 2024-01-03 consent <nil>`)
	expect(t, "due", w.text("SELECT due_on FROM customer_summary"), "2024-01-06")
	expect(t, "reachable", w.text("SELECT valid_to FROM segment_membership"), "<nil>")
	w.append(streamOf("ann"), "2024-01-06 23:59", customer.ConsentExpired{ConsentKey: email, ExpiredOn: last})
	w.closeDay("2024-01-06")
	w.settle()
	expect(t, "expired", w.text(current), `
email expired 2024-01-07 contract 2024-01-06
sms withdrawn 2024-01-03 consent <nil>`)
	expect(t, "history", w.text(`SELECT revision, channel, text_version, valid_from, valid_to, ended_by
		FROM consent_history ORDER BY revision`), `
1 email 1 2024-01-02 2024-01-05 replaced
2 sms 1 2024-01-02 2024-01-03 withdrawn
4 email 2 2024-01-05 2024-01-07 expired`)
	expect(t, "due no more", w.text("SELECT due_on FROM customer_summary"), "<nil>")
	expect(t, "not reachable", w.text("SELECT valid_to FROM segment_membership"), "2024-01-06")
}
