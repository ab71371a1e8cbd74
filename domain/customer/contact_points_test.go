package customer_test

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/identity"
)

func contactPoints() []story {
	add := func(change func(*customer.AddContactPoint)) customer.Command {
		c := customer.AddContactPoint{ContactPointID: id(7), Kind: "email", Value: " Ann@Example.org", Label: "work"}
		change(&c)
		return c
	}
	same := func(*customer.AddContactPoint) {}
	preferred := func(c *customer.AddContactPoint) { c.Preferred = true }
	work := customer.ContactPointAdded{ContactPointID: id(7), Kind: "email", Value: "ann@example.org", Label: "work"}
	home := customer.ContactPointAdded{ContactPointID: id(8), Kind: "email", Value: "ann@home.example"}
	house := customer.ContactPointAdded{ContactPointID: id(9), Kind: "post", Value: "1 High Street, Anytown"}
	first, verified := customer.ContactPointPreferred{ContactPointID: id(8)}, customer.ContactPointVerified{ContactPointID: id(7), Method: "link"}
	instead := id(8)
	rather := customer.ContactPointPreferred{ContactPointID: id(7), Instead: &instead}
	removed := customer.ContactPointRemoved{ContactPointID: id(7), Reason: "left"}
	verify := customer.VerifyContactPoint{ContactPointID: id(7), Method: "link"}
	remove := customer.RemoveContactPoint{ContactPointID: id(7), Reason: "left"}
	prefer := customer.PreferContactPoint{ContactPointID: id(7)}
	later := func(hours int, e customer.Event) customer.Event {
		return domaintest.Happened(morning.Add(time.Duration(hours)*time.Hour), e)
	}
	at := func(hours int, c customer.Command) customer.Command {
		return domaintest.In(c, func(g *customer.Given) { g.When, g.Dated = morning.Add(time.Duration(hours)*time.Hour), true })
	}
	flat := &customer.Address{Street: "Hauptstraße 1", More: "c/o Bob", PostalCode: "10115", City: "Berlin", Country: "DE"}
	post := func(change func(*customer.Address)) customer.Command {
		a := *flat
		change(&a)
		return customer.AddContactPoint{ContactPointID: id(9), Kind: "post", Address: &a}
	}
	byParts := customer.ContactPointAdded{ContactPointID: id(9), Kind: "post", Value: "Hauptstraße 1, c/o Bob, 10115 Berlin, DE", Address: flat}
	many := ann()
	for i := range 200 {
		many = append(many, customer.ContactPointAdded{ContactPointID: uuid.UUID{0: byte(i + 1)}, Kind: "post", Value: fmt.Sprint(i)})
	}
	return []story{
		{Name: "adding a contact point", Given: ann(), When: add(same), Then: []customer.Event{work}},
		{Name: "adding it again", Given: ann(work), When: add(same)},
		{Name: "adding it otherwise", Given: ann(work), Refused: customer.ErrContactPointOtherwise,
			When: add(func(c *customer.AddContactPoint) { c.Label = "home" })},
		{Name: "adding it under another id", Given: ann(work), Refused: customer.ErrContactPointTwice,
			When: add(func(c *customer.AddContactPoint) { c.ContactPointID = id(8) })},
		{Name: "adding it anew once it was removed", Given: ann(work, removed), Then: []customer.Event{
			customer.ContactPointAdded{ContactPointID: id(8), Kind: "email", Value: "ann@example.org", Label: "work"}},
			When: add(func(c *customer.AddContactPoint) { c.ContactPointID = id(8) })},
		{Name: "adding what is preferred", Given: ann(), When: add(preferred),
			Then: []customer.Event{work, customer.ContactPointPreferred{ContactPointID: id(7)}}},
		{Name: "adding what is preferred to another", Given: ann(home, first), When: add(preferred), Then: []customer.Event{work, rather}},
		{Name: "adding an address", Given: ann(home, first), Then: []customer.Event{house},
			When: customer.AddContactPoint{ContactPointID: id(9), Kind: "post", Value: "1 High Street, Anytown"}},
		{Name: "an address by its parts", Given: ann(), When: post(func(*customer.Address) {}), Then: []customer.Event{byParts}},
		{Name: "the same address again", Given: ann(byParts), When: post(func(*customer.Address) {})},
		{Name: "another address under the same id", Given: ann(byParts), When: post(func(a *customer.Address) { a.Street = "Hauptstraße 2" }),
			Refused: customer.ErrContactPointOtherwise},
		{Name: "an address without a city", Given: ann(), When: post(func(a *customer.Address) { a.City = "" }), Refused: customer.ErrAddress},
		{Name: "an address in Narnia", Given: ann(), When: post(func(a *customer.Address) { a.Country = "Narnia" }),
			Refused: customer.ErrCountry.At("address.country")},
		{Name: "an address of blanks", Given: ann(), When: post(func(a *customer.Address) { a.Street = "  " }),
			Refused: domain.ErrBlank.At("address.street")},
		{Name: "an address of a phone", Given: ann(), Refused: customer.ErrAddressKind,
			When: customer.AddContactPoint{ContactPointID: id(9), Kind: "phone", Value: "+44 1632 960961", Address: flat}},
		{Name: "what was preferred once, told late", Given: ann(work, home, later(2, first)), When: at(1, prefer),
			Refused: customer.ErrContactPointEarlier},
		{Name: "what is preferred since", Given: ann(work, home, later(2, first)), When: at(3, prefer), Then: []customer.Event{rather}},
		{Name: "adding late what was preferred then", Given: ann(home, later(2, first)), When: at(1, add(preferred)), Then: []customer.Event{work}},
		{Name: "removing before it was preferred", Given: ann(work, later(2, rather)), When: at(1, remove), Refused: customer.ErrContactPointEarlier},
		{Name: "removing before it was verified", Given: ann(work, later(2, verified)), When: at(1, remove), Refused: customer.ErrContactPointEarlier},
		{Name: "preferring before it was added", Given: ann(later(2, work)), When: at(1, prefer), Refused: customer.ErrBeforeBegan},
		{Name: "a contact point of nobody", When: add(same), Refused: customer.ErrUnknown},
		{Name: "no contact point id", Given: ann(), Refused: customer.ErrContactPointID,
			When: add(func(c *customer.AddContactPoint) { c.ContactPointID = uuid.Nil })},
		{Name: "a contact point of an unheard-of kind", Given: ann(), Refused: customer.ErrContactKind,
			When: add(func(c *customer.AddContactPoint) { c.Kind = "pigeon" })},
		{Name: "no e-mail address", Given: ann(), Refused: identity.ErrEmail,
			When: add(func(c *customer.AddContactPoint) { c.Value = "ann" })},
		{Name: "no phone number", Given: ann(), Refused: identity.ErrPhone,
			When: add(func(c *customer.AddContactPoint) { c.Kind = "phone" })},
		{Name: "an empty contact point", Given: ann(), Refused: customer.ErrContactPointEmpty,
			When: add(func(c *customer.AddContactPoint) { c.Value = " " })},
		{Name: "a value with NUL", Given: ann(), Refused: domain.ErrText.At("value"),
			When: add(func(c *customer.AddContactPoint) { c.Value = "\x00" })},
		{Name: "a label with NUL", Given: ann(), Refused: domain.ErrText.At("label"),
			When: add(func(c *customer.AddContactPoint) { c.Label = "\x00" })},
		{Name: "one more than two hundred", Given: many, When: add(same), Refused: customer.ErrContactPoints},
		{Name: "preferring", Given: ann(work, home, first), When: prefer, Then: []customer.Event{rather}},
		{Name: "preferring again", Given: ann(work, home, first, rather), When: prefer},
		{Name: "preferring what is the only one of its kind", Given: ann(work, house, customer.ContactPointPreferred{ContactPointID: id(9)}),
			When: prefer, Then: []customer.Event{customer.ContactPointPreferred{ContactPointID: id(7)}}},
		{Name: "preferring what was removed", Given: ann(work, removed), When: prefer, Refused: customer.ErrContactPointRemoved},
		{Name: "preferring for nobody", When: prefer, Refused: customer.ErrUnknown},
		{Name: "verifying", Given: ann(work), When: verify, Then: []customer.Event{verified}},
		{Name: "verifying again", Given: ann(work, verified), When: verify},
		{Name: "verifying what is not there", Given: ann(), When: verify, Refused: customer.ErrContactPointUnknown},
		{Name: "verifying what was removed", Given: ann(work, removed), When: verify, Refused: customer.ErrContactPointRemoved},
		{Name: "verifying somehow", Given: ann(work), When: customer.VerifyContactPoint{ContactPointID: id(7)},
			Refused: customer.ErrContactPointMethod},
		{Name: "verifying by NUL", Given: ann(work), When: customer.VerifyContactPoint{ContactPointID: id(7), Method: "\x00"},
			Refused: domain.ErrText.At("method")},
		{Name: "removing", Given: ann(work), When: remove, Then: []customer.Event{removed}},
		{Name: "removing again", Given: ann(work, removed), When: remove},
		{Name: "removing what is not there", Given: ann(), When: remove, Refused: customer.ErrContactPointUnknown},
		{Name: "removing from nobody", When: remove, Refused: customer.ErrUnknown},
		{Name: "removing for NUL", Given: ann(work), Refused: domain.ErrText.At("reason"),
			When: customer.RemoveContactPoint{ContactPointID: id(7), Reason: "\x00"}},
	}
}
