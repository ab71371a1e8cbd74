package customer_test

import (
	"fmt"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func attributes() []story {
	const on = domain.Day(20000)
	last := on + 9
	asked := func(c customer.Command, by domain.Metadata, on domain.Day) customer.Command {
		return domaintest.In(domaintest.At(c, on.Time(), on), func(g *customer.Given) { g.By = by })
	}
	set := func(department string, change func(*customer.SetAttribute)) customer.Command {
		c := customer.SetAttribute{Name: "income", Value: "high"}
		change(&c)
		return asked(c, domain.Metadata{Department: department, Source: "till"}, on)
	}
	same := func(*customer.SetAttribute) {}
	low := func(c *customer.SetAttribute) { c.Value = "low" }
	from := func(day domain.Day) func(*customer.SetAttribute) {
		return func(c *customer.SetAttribute) { c.ValidFrom = &day }
	}
	remove := func(on domain.Day) customer.Command {
		return asked(customer.RemoveAttribute{Name: "income"}, domain.Metadata{Department: "sales"}, on)
	}
	high := said("sales", "high", on)
	until := high
	until.ExpiresOn = &last
	later := until
	later.Department, later.ExpiresOn = "service", dayOf(last+1)
	expired := customer.AttributeExpired{AttributeKey: high.AttributeKey, ExpiredOn: last}
	removed := customer.AttributeRemoved{AttributeKey: high.AttributeKey, RemovedOn: on}
	unsure := high
	unsure.Confidence = number("0.25")
	overruled := customer.AttributeResolved{Name: "income", Value: "low", Upheld: []string{"service"}, Overruled: []string{"sales"}}
	many, departments := ann(), ann()
	for i := range 100 {
		e := high
		e.Name = fmt.Sprintf("a%d", i)
		many = append(many, e)
	}
	for i := range 20 {
		e := high
		e.Department = fmt.Sprint(i)
		departments = append(departments, e)
	}
	return []story{
		{Name: "setting an attribute", Given: ann(), When: set("sales", same), Then: []customer.Event{high}},
		{Name: "saying the same again", Given: ann(high), When: set("sales", same)},
		{Name: "saying the same as of an earlier day", Given: ann(high), When: set("sales", from(on-1)),
			Refused: customer.ErrAttributeEarlier},
		{Name: "another department saying so", Given: ann(high), When: set("service", same),
			Then: []customer.Event{said("service", "high", on)}},
		{Name: "another department saying otherwise", Given: ann(high), When: set("service", low),
			Then: []customer.Event{said("service", "low", on)}},
		{Name: "no department saying so", Given: ann(high), When: set("", low), Then: []customer.Event{said("", "low", on)}},
		{Name: "changing one's mind", Given: ann(high), When: set("sales", low), Then: []customer.Event{said("sales", "low", on)}},
		{Name: "being less sure", Given: ann(high), Then: []customer.Event{unsure},
			When: set("sales", func(c *customer.SetAttribute) { c.Confidence = some("0.250") })},
		{Name: "holding since long", Given: ann(), When: set("sales", from(on-400)),
			Then: []customer.Event{said("sales", "high", on-400)}},
		{Name: "holding from tomorrow", Given: ann(), When: set("sales", from(on+1)), Refused: customer.ErrAttributeValidFrom},
		{Name: "holding since the Middle Ages", Given: ann(), When: set("sales", from(on-400_000)),
			Refused: customer.ErrAttributeValidFrom},
		{Name: "holding until a day", Given: ann(), Then: []customer.Event{until},
			When: set("sales", func(c *customer.SetAttribute) { c.ExpiresOn = &last })},
		{Name: "holding until yesterday", Given: ann(), Refused: customer.ErrAttributeExpiresOn,
			When: set("sales", func(c *customer.SetAttribute) { c.ExpiresOn = dayOf(on - 1) })},
		{Name: "insisting on what was overruled", Given: ann(high, said("service", "low", on), overruled), When: set("sales", same)},
		{Name: "insisting when nothing else stands any more", When: set("sales", same), Then: []customer.Event{high},
			Given: ann(high, said("service", "low", on), overruled,
				customer.AttributeRemoved{AttributeKey: customer.AttributeKey{Name: "income", Department: "service"}})},
		{Name: "an attribute of nobody", When: set("sales", same), Refused: customer.ErrUnknown},
		{Name: "an attribute named like a sentence", Given: ann(), Refused: customer.ErrAttributeName,
			When: set("sales", func(c *customer.SetAttribute) { c.Name = "Monthly income" })},
		{Name: "an attribute of nothing", Given: ann(), Refused: customer.ErrAttributeEmpty,
			When: set("sales", func(c *customer.SetAttribute) { c.Value = "" })},
		{Name: "a value with NUL", Given: ann(), Refused: domain.ErrText.At("value"),
			When: set("sales", func(c *customer.SetAttribute) { c.Value = "\x00" })},
		{Name: "more than sure", Given: ann(), Refused: customer.ErrConfidence,
			When: set("sales", func(c *customer.SetAttribute) { c.Confidence = some("1.01") })},
		{Name: "too finely sure", Given: ann(), Refused: customer.ErrConfidence,
			When: set("sales", func(c *customer.SetAttribute) { c.Confidence = some("0.12345") })},
		{Name: "one more than a hundred", Given: many, When: set("sales", same), Refused: customer.ErrAttributes},
		{Name: "one department more than twenty", Given: departments, When: set("sales", same), Refused: customer.ErrAttributes},
		{Name: "taking it back", Given: ann(high), When: remove(on), Then: []customer.Event{removed}},
		{Name: "taking it back again", Given: ann(high, removed), When: remove(on)},
		{Name: "taking back what another department says", Given: ann(said("service", "high", on)), When: remove(on)},
		{Name: "taking it back before it held", Given: ann(high), When: remove(on - 1),
			Refused: customer.ErrAttributeEarlier.At("occurred_at")},
		{Name: "taking back something of nobody", When: remove(on), Refused: customer.ErrUnknown},
		{Name: "taking back what has no name", Given: ann(), When: customer.RemoveAttribute{}, Refused: customer.ErrAttributeName},
		{Name: "the day before the last is over", Given: ann(until, later), When: customer.PassDay{Date: last - 1}},
		{Name: "the last day is over", Given: ann(until, later), When: customer.PassDay{Date: last},
			Then: []customer.Event{expired}},
		{Name: "the last days are over", Given: ann(later, until), When: customer.PassDay{Date: last + 1},
			Then: []customer.Event{expired, customer.AttributeExpired{AttributeKey: later.AttributeKey, ExpiredOn: last + 1}}},
		{Name: "the day of what was taken back is over", Given: ann(until, removed), When: customer.PassDay{Date: last}},
	}
}

func attributeConflicts() []story {
	const on = domain.Day(20000)
	sales, service, billing := said("sales", "high", on), said("service", "low", on), said("billing", "high", on)
	high := customer.AttributeResolved{Name: "income", Value: "high", Upheld: []string{"billing", "sales"},
		Overruled: []string{"service"}, Reason: "a pay slip"}
	low := customer.AttributeResolved{Name: "income", Value: "low", Upheld: []string{"service"},
		Overruled: []string{"billing", "sales"}}
	resolve := customer.ResolveAttribute{Name: "income", Value: "high", Reason: "a pay slip"}
	return []story{
		{Name: "settling by the value", Given: ann(sales, service, billing), When: resolve, Then: []customer.Event{high}},
		{Name: "settling by the department", Given: ann(sales, service, billing), Then: []customer.Event{low},
			When: customer.ResolveAttribute{Name: "income", Keep: "service"}},
		{Name: "settling again", Given: ann(sales, service, billing, high), When: resolve},
		{Name: "settling otherwise", Given: ann(sales, service, billing, high), Then: []customer.Event{low},
			When: customer.ResolveAttribute{Name: "income", Value: "low"}},
		{Name: "settling what nobody disputes", Given: ann(sales, billing), When: resolve},
		{Name: "settling anew when one changed their mind", Given: ann(sales, service, high, said("service", "mid", on)),
			When: customer.ResolveAttribute{Name: "income", Keep: "service"},
			Then: []customer.Event{customer.AttributeResolved{Name: "income", Value: "mid", Upheld: []string{"service"},
				Overruled: []string{"sales"}}}},
		{Name: "settling on what nobody says", Given: ann(sales, service), Refused: customer.ErrAttributeUnknown,
			When: customer.ResolveAttribute{Name: "income", Value: "mid"}},
		{Name: "keeping what a department does not say", Given: ann(sales, service), Refused: customer.ErrAttributeUnknown.At("keep"),
			When: customer.ResolveAttribute{Name: "income", Keep: "billing"}},
		{Name: "settling by both", Given: ann(sales, service), Refused: customer.ErrAttributeChoice,
			When: customer.ResolveAttribute{Name: "income", Value: "high", Keep: "sales"}},
		{Name: "settling by nothing", Given: ann(sales, service), Refused: customer.ErrAttributeChoice,
			When: customer.ResolveAttribute{Name: "income"}},
		{Name: "settling what has no name", Given: ann(), Refused: customer.ErrAttributeName,
			When: customer.ResolveAttribute{Value: "high"}},
		{Name: "settling something of nobody", When: resolve, Refused: customer.ErrUnknown},
		{Name: "settling for NUL", Given: ann(sales, service), Refused: domain.ErrText.At("reason"),
			When: customer.ResolveAttribute{Name: "income", Value: "high", Reason: "\x00"}},
	}
}

// said is that a department says something of the customer's income.
func said(department, value string, from domain.Day) customer.AttributeSet {
	return customer.AttributeSet{AttributeKey: customer.AttributeKey{Name: "income", Department: department}, Value: value,
		Source: "till", Confidence: number("1"), ValidFrom: from}
}

func dayOf(day domain.Day) *domain.Day { return &day }
