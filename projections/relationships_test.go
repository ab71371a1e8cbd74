package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestRoles(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("partners", 1, `"partner" in roles`)
	w.register("ann", "2024-01-01")
	day, err := domain.ParseDay("2024-01-02")
	if err != nil {
		t.Fatal(err)
	}
	const table = "SELECT role, valid_from, valid_to, reason FROM customer_roles ORDER BY role, valid_from"
	w.append(streamOf("ann"), "2024-01-02", customer.RoleAssigned{Role: "partner", AssignedOn: day},
		customer.RoleAssigned{Role: "payer", AssignedOn: day})
	w.append(streamOf("ann"), "2024-01-04", customer.RoleEnded{Role: "partner", AssignedOn: day, EndedOn: day + 2, Reason: "fell out"})
	w.append(streamOf("ann"), "2024-01-05", customer.RoleAssigned{Role: "partner", AssignedOn: day + 3},
		customer.RoleEnded{Role: "partner", AssignedOn: day + 3, EndedOn: day + 3, Reason: "again"})
	w.settle()
	expect(t, "roles", w.text(table), `
partner 2024-01-02 2024-01-04 fell out
partner 2024-01-05 2024-01-05 again
payer 2024-01-02 <nil> <nil>`)
	expect(t, "no partner", w.text("SELECT count(*) FROM segment_membership WHERE valid_to IS NULL"), "0")
	w.append(streamOf("ann"), "2024-01-05", customer.RoleAssigned{Role: "partner", AssignedOn: day + 3})
	w.settle()
	expect(t, "roles once more", w.text(table), `
partner 2024-01-02 2024-01-04 fell out
partner 2024-01-05 <nil> <nil>
payer 2024-01-02 <nil> <nil>`)
	expect(t, "partner", w.text("SELECT count(*) FROM segment_membership WHERE valid_to IS NULL"), "1")
}

func TestRelationships(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("related", 1, "relationships > 0")
	w.register("ann", "2024-01-01")
	w.register("acme", "2024-01-01")
	since := domain.Day(19000)
	job, home := uuid.UUID{1}, uuid.UUID{2}
	w.append(streamOf("ann"), "2024-01-02",
		customer.RelationshipDeclared{RelationshipID: job, OtherID: who("acme"), Kind: "employee_of", Since: &since},
		customer.RelationshipDeclared{RelationshipID: home, OtherID: who("bob"), Kind: "household"})
	w.append(streamOf("ann"), "2024-01-03", customer.RelationshipEnded{RelationshipID: home, Reason: "moved"})
	w.settle()
	expect(t, "of ann", w.text("SELECT kind, since, declared_on, ended_on, reason FROM relationships ORDER BY relationship_id"), `
employee_of 2022-01-08 2024-01-02 <nil> <nil>
household <nil> 2024-01-02 2024-01-03 moved`)
	for name, declared := range map[string]string{"ann": "true", "acme": "false"} {
		expect(t, name+"'s end", w.text(`SELECT kind, declared FROM customer_relationships WHERE customer_id = $1 AND ended_on IS NULL`,
			[16]byte(who(name))), "employee_of "+declared)
	}
	expect(t, "related", w.text("SELECT customer_id = $1 FROM segment_membership", [16]byte(who("ann"))), "true")
}
