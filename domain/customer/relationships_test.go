package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func roles() []story {
	const on = domain.Day(20000)
	assign := func(role customer.Role, on domain.Day) customer.Command {
		return domaintest.At(customer.AssignRole{Role: role}, on.Time(), on)
	}
	end := func(reason string, on domain.Day) customer.Command {
		return domaintest.At(customer.EndRole{Role: "payer", Reason: reason}, on.Time(), on)
	}
	payer := customer.RoleAssigned{Role: "payer", AssignedOn: on}
	ended := customer.RoleEnded{Role: "payer", AssignedOn: on, EndedOn: on + 9, Reason: "retired"}
	return []story{
		{Name: "assigning a role", Given: ann(), When: assign("payer", on), Then: []customer.Event{payer}},
		{Name: "assigning it again", Given: ann(payer), When: assign("payer", on+1)},
		{Name: "assigning another", Given: ann(payer), When: assign("end_user", on),
			Then: []customer.Event{customer.RoleAssigned{Role: "end_user", AssignedOn: on}}},
		{Name: "assigning it anew", Given: ann(payer, ended), When: assign("payer", on+9),
			Then: []customer.Event{customer.RoleAssigned{Role: "payer", AssignedOn: on + 9}}},
		{Name: "assigning it before it ended", Given: ann(payer, ended), When: assign("payer", on+8), Refused: customer.ErrRoleEarlier},
		{Name: "assigning what is no role", Given: ann(), When: assign("king", on), Refused: customer.ErrRole},
		{Name: "a role of nobody", When: assign("payer", on), Refused: customer.ErrUnknown},
		{Name: "ending a role", Given: ann(payer), When: end("retired", on+9), Then: []customer.Event{ended}},
		{Name: "ending it again", Given: ann(payer, ended), When: end("", on+10)},
		{Name: "ending it before it began", Given: ann(payer), When: end("", on-1), Refused: customer.ErrRoleEarlier},
		{Name: "ending a role for NUL", Given: ann(payer), When: end("\x00", on), Refused: domain.ErrText.At("reason")},
		{Name: "ending a role of nobody", When: end("", on), Refused: customer.ErrUnknown},
	}
}

func relationships() []story {
	const on = domain.Day(20000)
	self, other := id(1), id(2)
	declare := func(change func(*customer.DeclareRelationship)) customer.Command {
		c := customer.DeclareRelationship{RelationshipID: id(7), OtherID: other, Kind: "employee_of", Since: dayOf(on - 400)}
		change(&c)
		return domaintest.In(domaintest.At(c, on.Time(), on), func(g *customer.Given) {
			g.ID, g.Needs.Customer.Known = self, c.OtherID == other
		})
	}
	same := func(*customer.DeclareRelationship) {}
	declared := customer.RelationshipDeclared{RelationshipID: id(7), OtherID: other, Kind: "employee_of", Since: dayOf(on - 400)}
	ended := customer.RelationshipEnded{RelationshipID: id(7), Reason: "retired"}
	again := customer.RelationshipDeclared{RelationshipID: id(8), OtherID: other, Kind: "employee_of"}
	anew := func(c *customer.DeclareRelationship) { c.RelationshipID, c.Since = id(8), nil }
	many := ann()
	for i := range 500 {
		many = append(many, customer.RelationshipDeclared{RelationshipID: uuid.UUID{1, byte(i >> 8), byte(i)}, OtherID: id(3)})
	}
	return []story{
		{Name: "declaring a relationship", Given: ann(), When: declare(same), Then: []customer.Event{declared}},
		{Name: "declaring it again", Given: ann(declared), When: declare(same)},
		{Name: "declaring it otherwise", Given: ann(declared), Refused: customer.ErrRelationshipOtherwise,
			When: declare(func(c *customer.DeclareRelationship) { c.Since = nil })},
		{Name: "declaring it under another id", Given: ann(declared), When: declare(anew), Refused: customer.ErrRelationshipTwice},
		{Name: "declaring it anew once it ended", Given: ann(declared, ended), When: declare(anew), Then: []customer.Event{again}},
		{Name: "a relationship of nobody", When: declare(same), Refused: customer.ErrUnknown},
		{Name: "a relationship to oneself", Given: ann(), Refused: customer.ErrOther,
			When: declare(func(c *customer.DeclareRelationship) { c.OtherID = self })},
		{Name: "a relationship to oneself under another id", Given: ann(customer.Absorbed{AbsorbedID: other, SurvivorID: self}),
			Refused: customer.ErrOther, When: declare(same)},
		{Name: "a relationship of before they were one, again", Given: ann(declared, customer.Absorbed{AbsorbedID: other, SurvivorID: self}),
			When: declare(same)},
		{Name: "a relationship to nobody", Given: ann(), Refused: customer.ErrOther,
			When: declare(func(c *customer.DeclareRelationship) { c.OtherID = uuid.Nil })},
		{Name: "a relationship to a stranger", Given: ann(), Refused: customer.ErrOtherUnknown,
			When: declare(func(c *customer.DeclareRelationship) { c.OtherID = id(3) })},
		{Name: "no relationship id", Given: ann(), Refused: customer.ErrRelationshipID,
			When: declare(func(c *customer.DeclareRelationship) { c.RelationshipID = uuid.Nil })},
		{Name: "an unheard-of relationship", Given: ann(), Refused: customer.ErrRelationshipKind,
			When: declare(func(c *customer.DeclareRelationship) { c.Kind = "nemesis" })},
		{Name: "related from tomorrow", Given: ann(), Refused: customer.ErrRelationshipSince,
			When: declare(func(c *customer.DeclareRelationship) { c.Since = dayOf(on + 1) })},
		{Name: "one more than five hundred", Given: many, When: declare(same), Refused: customer.ErrRelationships},
		{Name: "ending a relationship", Given: ann(declared), Then: []customer.Event{ended},
			When: customer.EndRelationship{RelationshipID: id(7), Reason: "retired"}},
		{Name: "ending it again", Given: ann(declared, ended), When: customer.EndRelationship{RelationshipID: id(7)}},
		{Name: "ending what was never declared", Given: ann(), Refused: customer.ErrRelationshipUnknown,
			When: customer.EndRelationship{RelationshipID: id(7)}},
		{Name: "ending a relationship of nobody", When: customer.EndRelationship{RelationshipID: id(7)}, Refused: customer.ErrUnknown},
		{Name: "ending a relationship for NUL", Given: ann(declared), Refused: domain.ErrText.At("reason"),
			When: customer.EndRelationship{RelationshipID: id(7), Reason: "\x00"}},
	}
}
