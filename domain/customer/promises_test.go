package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func promises() []story {
	const made, due = domain.Day(20000), domain.Day(20003)
	promise := func(change func(*customer.MakePromise)) customer.Command {
		c := customer.MakePromise{PromiseID: id(7), What: "a call back", DueOn: due}
		change(&c)
		return domaintest.At(c, made.Time(), made)
	}
	same := func(*customer.MakePromise) {}
	open := customer.PromiseMade{PromiseID: id(7), What: "a call back", DueOn: due}
	later := customer.PromiseMade{PromiseID: id(8), What: "a visit", DueOn: due + 1}
	kept, broken := customer.PromiseKept{PromiseID: id(7)}, customer.PromiseBroken{PromiseID: id(7), Reason: "forgot"}
	overdue := customer.PromiseBroken{PromiseID: id(7), Overdue: true}
	return []story{
		{Name: "promising", Given: ann(), When: promise(same), Then: []customer.Event{open}},
		{Name: "promising again under the same id", Given: ann(open), When: promise(same)},
		{Name: "promising otherwise under the same id", Given: ann(open), Refused: customer.ErrPromiseOtherwise,
			When: promise(func(c *customer.MakePromise) { c.DueOn++ })},
		{Name: "promising nobody", When: promise(same), Refused: customer.ErrUnknown},
		{Name: "no promise id", Given: ann(), Refused: customer.ErrPromiseID,
			When: promise(func(c *customer.MakePromise) { c.PromiseID = uuid.Nil })},
		{Name: "promising nothing", Given: ann(), Refused: customer.ErrPromiseEmpty,
			When: promise(func(c *customer.MakePromise) { c.What = "" })},
		{Name: "a text with NUL", Given: ann(), Refused: domain.ErrText.At("what"),
			When: promise(func(c *customer.MakePromise) { c.What = "\x00" })},
		{Name: "due today", Given: ann(), When: promise(func(c *customer.MakePromise) { c.DueOn = made }),
			Then: []customer.Event{customer.PromiseMade{PromiseID: id(7), What: "a call back", DueOn: made}}},
		{Name: "due yesterday", Given: ann(), Refused: customer.ErrPromiseDueOn,
			When: promise(func(c *customer.MakePromise) { c.DueOn = made - 1 })},
		{Name: "due in eleven years", Given: ann(), Refused: customer.ErrPromiseDueOn,
			When: promise(func(c *customer.MakePromise) { c.DueOn = made + 11*366 })},
		{Name: "keeping a promise", Given: ann(open), When: customer.KeepPromise{PromiseID: id(7)},
			Then: []customer.Event{kept}},
		{Name: "keeping it again", Given: ann(open, kept), When: customer.KeepPromise{PromiseID: id(7)}},
		{Name: "keeping what was not promised", Given: ann(), When: customer.KeepPromise{PromiseID: id(7)},
			Refused: customer.ErrPromiseUnknown},
		{Name: "keeping nobody's promise", When: customer.KeepPromise{PromiseID: id(7)}, Refused: customer.ErrUnknown},
		{Name: "keeping a broken promise", Given: ann(open, overdue), When: customer.KeepPromise{PromiseID: id(7)},
			Refused: customer.ErrPromiseBroken},
		{Name: "breaking a promise", Given: ann(open), Then: []customer.Event{broken},
			When: customer.BreakPromise{PromiseID: id(7), Reason: "forgot"}},
		{Name: "breaking it again", Given: ann(open, broken), When: customer.BreakPromise{PromiseID: id(7)}},
		{Name: "breaking a kept promise", Given: ann(open, kept), When: customer.BreakPromise{PromiseID: id(7)},
			Refused: customer.ErrPromiseKept},
		{Name: "breaking what was not promised", Given: ann(), When: customer.BreakPromise{PromiseID: id(7)},
			Refused: customer.ErrPromiseUnknown},
		{Name: "a reason with NUL", Given: ann(open), Refused: domain.ErrText.At("reason"),
			When: customer.BreakPromise{PromiseID: id(7), Reason: "\x00"}},
		{Name: "the day before it is due", Given: ann(open, later), When: customer.PassDay{Date: due - 1}},
		{Name: "its day is over", Given: ann(open, later), When: customer.PassDay{Date: due},
			Then: []customer.Event{overdue}},
		{Name: "both days are over", Given: ann(later, open), When: customer.PassDay{Date: due + 9},
			Then: []customer.Event{overdue, customer.PromiseBroken{PromiseID: id(8), Overdue: true}}},
		{Name: "the day of a kept promise is over", Given: ann(open, kept), When: customer.PassDay{Date: due}},
	}
}
