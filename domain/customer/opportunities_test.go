package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func opportunities() []story {
	const opened, later = domain.Day(20000), domain.Day(20030)
	open := func(change func(*customer.OpenOpportunity)) customer.Command {
		c := customer.OpenOpportunity{OpportunityID: id(7), Name: "the new hall", Product: "lamps", Currency: "EUR",
			Amount: some("1500"), Owner: "Eve"}
		change(&c)
		return domaintest.At(c, opened.Time(), opened)
	}
	same := func(*customer.OpenOpportunity) {}
	minor := int64(150_000)
	is := customer.OpportunityOpened{OpportunityID: id(7), Name: "the new hall", Product: "lamps", Stage: "prospecting",
		Currency: "EUR", ReportingCurrency: "EUR", AmountMinor: &minor, ReportingMinor: &minor, Owner: "Eve", On: opened}
	unvalued, abroad := is, is
	unvalued.AmountMinor, unvalued.ReportingMinor = nil, nil
	reported, expected := int64(130_500), later
	abroad.ReportingCurrency, abroad.Rate, abroad.ReportingMinor = "GBP", some("0.87"), &reported
	abroad.Stage, abroad.ExpectedCloseOn = "qualifying", &expected

	move := func(stage string, on domain.Day) customer.Command {
		return domaintest.At(customer.MoveOpportunity{OpportunityID: id(7), Stage: stage}, on.Time(), on)
	}
	moved := customer.OpportunityMoved{OpportunityID: id(7), From: "prospecting", Stage: "proposing", On: later}
	back := customer.OpportunityMoved{OpportunityID: id(7), From: "proposing", Stage: "qualifying", On: later}
	revalue := func(amount string) customer.Command {
		return domaintest.At(customer.RevalueOpportunity{OpportunityID: id(7), Amount: number(amount)}, later.Time(), later)
	}
	win := func(change func(*customer.WinOpportunity)) customer.Command {
		c := customer.WinOpportunity{OpportunityID: id(7)}
		change(&c)
		return domaintest.At(c, later.Time(), later)
	}
	asIs := func(*customer.WinOpportunity) {}
	of := func(amount string) func(*customer.WinOpportunity) {
		return func(c *customer.WinOpportunity) { c.Amount = some(amount) }
	}
	won := customer.OpportunityWon{OpportunityID: id(7), Currency: "EUR",
		Worth: customer.Worth{AmountMinor: minor, ReportingMinor: minor}, On: later}
	lose := func(reason, competitor string) customer.Command {
		return domaintest.At(customer.LoseOpportunity{OpportunityID: id(7), Reason: reason, Competitor: competitor}, later.Time(), later)
	}
	lost := customer.OpportunityLost{OpportunityID: id(7), Reason: "price", Competitor: "Bulbs Ltd", On: later}

	return []story{
		{Name: "an opportunity", Given: ann(), When: open(same), Then: []customer.Event{is}},
		{Name: "an opportunity again", Given: ann(is), When: open(same)},
		{Name: "another opportunity under the same id", Given: ann(is), Refused: customer.ErrOpportunityOtherwise,
			When: open(func(c *customer.OpenOpportunity) { c.Amount = nil })},
		{Name: "another day under the same id", Given: ann(is), Refused: customer.ErrOpportunityOtherwise,
			When: open(func(c *customer.OpenOpportunity) { c.ExpectedCloseOn = &expected })},
		{Name: "an opportunity of nobody", When: open(same), Refused: customer.ErrUnknown},
		{Name: "no opportunity id", Given: ann(), Refused: customer.ErrOpportunityID,
			When: open(func(c *customer.OpenOpportunity) { c.OpportunityID = uuid.Nil })},
		{Name: "a stage in capitals", Given: ann(), Refused: customer.ErrStage,
			When: open(func(c *customer.OpenOpportunity) { c.Stage = "Won!" })},
		{Name: "no currency", Given: ann(), Refused: domain.ErrCurrency,
			When: open(func(c *customer.OpenOpportunity) { c.Currency = "" })},
		{Name: "an amount below nothing", Given: ann(), Refused: customer.ErrAmount,
			When: open(func(c *customer.OpenOpportunity) { c.Amount = some("-1") })},
		{Name: "more than can be held exactly", Given: ann(), Refused: domain.ErrMoney.At("amount"),
			When: open(func(c *customer.OpenOpportunity) { c.Amount = some("0.1234567890123456789") })},
		{Name: "a name with NUL", Given: ann(), Refused: domain.ErrText.At("name"),
			When: open(func(c *customer.OpenOpportunity) { c.Name = "\x00" })},
		{Name: "an owner with NUL", Given: ann(), Refused: domain.ErrText.At("owner"),
			When: open(func(c *customer.OpenOpportunity) { c.Owner = "\x00" })},
		{Name: "an opportunity without a value", Given: ann(), Then: []customer.Event{unvalued},
			When: open(func(c *customer.OpenOpportunity) { c.Amount = nil })},
		{Name: "an opportunity in another currency", Given: ann(), Then: []customer.Event{abroad},
			When: domaintest.In(open(func(c *customer.OpenOpportunity) {
				c.Rate, c.Stage, c.ExpectedCloseOn = some("0.87"), "qualifying", &expected
			}), func(g *customer.Given) { g.Reporting = "GBP" })},

		{Name: "another stage", Given: ann(is), When: move("proposing", later), Then: []customer.Event{moved}},
		{Name: "a stage back", Given: ann(is, moved), When: move("qualifying", later), Then: []customer.Event{back}},
		{Name: "the same stage", Given: ann(is, moved), When: move("proposing", later)},
		{Name: "a stage without a name", Given: ann(is), When: move("", later), Refused: customer.ErrStage},
		{Name: "a stage on an earlier day", Given: ann(is, moved), When: move("negotiating", later-1),
			Refused: customer.ErrOpportunityEarlier, Because: later.String()},
		{Name: "a stage of no opportunity", Given: ann(), When: move("proposing", later),
			Refused: customer.ErrOpportunityUnknown},
		{Name: "a stage of nobody's opportunity", When: move("proposing", later), Refused: customer.ErrUnknown},
		{Name: "a stage after the end", Given: ann(is, won), When: move("proposing", later),
			Refused: customer.ErrOpportunityEnded},

		{Name: "another amount", Given: ann(abroad), When: revalue("2000"), Then: []customer.Event{
			customer.OpportunityRevalued{OpportunityID: id(7), Currency: "EUR",
				Worth: customer.Worth{AmountMinor: 200_000, ReportingMinor: 174_000}, On: later}}},
		{Name: "the same amount", Given: ann(is), When: revalue("1500.00")},
		{Name: "an amount of no opportunity", Given: ann(), When: revalue("1"), Refused: customer.ErrOpportunityUnknown},
		{Name: "an amount that is none", Given: ann(is), When: revalue("-0.01"), Refused: customer.ErrAmount},
		{Name: "an amount after the end", Given: ann(is, lost), When: revalue("1"), Refused: customer.ErrOpportunityEnded},

		{Name: "winning as it was valued", Given: ann(is), When: win(asIs), Then: []customer.Event{won}},
		{Name: "winning for less", Given: ann(is, moved), When: win(of("1499.99")), Then: []customer.Event{
			customer.OpportunityWon{OpportunityID: id(7), Currency: "EUR",
				Worth: customer.Worth{AmountMinor: 149_999, ReportingMinor: 149_999}, On: later}}},
		{Name: "winning again", Given: ann(is, won), When: win(asIs)},
		{Name: "winning again for another amount", Given: ann(is, won), When: win(of("1")),
			Refused: customer.ErrOpportunityEnded},
		{Name: "winning for an unknown amount", Given: ann(unvalued), When: win(asIs), Refused: customer.ErrAmountUnknown},
		{Name: "winning for no amount", Given: ann(is), When: win(of("-1")), Refused: customer.ErrAmount},
		{Name: "winning what is lost", Given: ann(is, lost), When: win(asIs), Refused: customer.ErrOpportunityEnded},
		{Name: "winning nothing", Given: ann(), When: win(asIs), Refused: customer.ErrOpportunityUnknown},

		{Name: "losing", Given: ann(is, moved), When: lose("price", "Bulbs Ltd"), Then: []customer.Event{lost}},
		{Name: "losing again", Given: ann(is, lost), When: lose("", "")},
		{Name: "losing what is won", Given: ann(is, won), When: lose("price", ""), Refused: customer.ErrOpportunityEnded},
		{Name: "losing nothing", Given: ann(), When: lose("price", ""), Refused: customer.ErrOpportunityUnknown},
		{Name: "a reason for losing with NUL", Given: ann(is), When: lose("\x00", ""), Refused: domain.ErrText.At("reason")},
		{Name: "opening a lost one again", Given: ann(is, lost), When: move("engaging", later),
			Refused: customer.ErrOpportunityEnded},
	}
}
