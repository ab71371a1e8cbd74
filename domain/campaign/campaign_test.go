package campaign_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

type story = domaintest.Story[campaign.State, campaign.Needs]

func TestCampaign(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	apitest.Suite[campaign.State, campaign.Needs]{Stories: stories(), Stream: campaign.Stream("spring")}.Refusals(t)
}

func stories() []story {
	plan := func(change func(*campaign.Plan)) campaign.Command {
		c := campaign.Plan{Campaign: "spring", Title: "Spring", Purpose: "marketing", Through: "email", WindowDays: 14,
			Cells: []campaign.Cell{{Cell: "mail"}, {Cell: "none", Control: true}}}
		change(&c)
		return c
	}
	same := func(*campaign.Plan) {}
	cost := func(change func(*campaign.RecordCost)) campaign.Command {
		c := campaign.RecordCost{Campaign: "spring", CostID: uuid.UUID{1}, What: "print", Amount: decimal.MustParse("12.50"),
			Currency: "EUR"}
		change(&c)
		return c
	}
	asIs := func(*campaign.RecordCost) {}
	planned := campaign.Planned{Campaign: "spring", Title: "Spring", Terms: campaign.Terms{Purpose: "marketing",
		Channel: "email", WindowDays: 14, Cells: []campaign.Cell{{Cell: "mail"}, {Cell: "none", Control: true}}}}
	launched, closed := campaign.Launched{Campaign: "spring"}, campaign.Closed{Campaign: "spring"}
	recorded := campaign.CostRecorded{Campaign: "spring", CostID: uuid.UUID{1}, What: "print", AmountMinor: 1250, Currency: "EUR"}
	given := func(events ...campaign.Event) []campaign.Event { return append([]campaign.Event{planned}, events...) }
	return []story{
		{Name: "planning", When: plan(same), Then: []campaign.Event{planned}},
		{Name: "planning again", Given: given(launched), When: plan(same)},
		{Name: "planning otherwise", Given: given(), Refused: campaign.ErrPlannedOtherwise,
			When: plan(func(c *campaign.Plan) { c.WindowDays++ })},
		{Name: "another title", Given: given(), Refused: campaign.ErrPlannedOtherwise,
			When: plan(func(c *campaign.Plan) { c.Title = "" })},
		{Name: "no name", Refused: campaign.ErrName, When: plan(func(c *campaign.Plan) { c.Campaign = "" })},
		{Name: "a name in capitals", Refused: campaign.ErrName, When: plan(func(c *campaign.Plan) { c.Campaign = "Spring" })},
		{Name: "no purpose", Refused: campaign.ErrConsentName.At("purpose"), When: plan(func(c *campaign.Plan) { c.Purpose = "" })},
		{Name: "no channel", Refused: campaign.ErrConsentName.At("through"), When: plan(func(c *campaign.Plan) { c.Through = "" })},
		{Name: "no window", Refused: campaign.ErrWindow, When: plan(func(c *campaign.Plan) { c.WindowDays = 0 })},
		{Name: "a window of two years", Refused: campaign.ErrWindow, When: plan(func(c *campaign.Plan) { c.WindowDays = 730 })},
		{Name: "no cells", Refused: campaign.ErrCells, When: plan(func(c *campaign.Plan) { c.Cells = nil })},
		{Name: "a title too long", Refused: domain.ErrText.At("title"),
			When: plan(func(c *campaign.Plan) { c.Title = strings.Repeat("a", 301) })},
		{Name: "a cell twice", Refused: campaign.ErrCellName.At("cells[1].cell"),
			When: plan(func(c *campaign.Plan) { c.Cells = []campaign.Cell{{Cell: "a"}, {Cell: "a"}} })},
		{Name: "two control groups", Refused: campaign.ErrControl.At("cells[1].control"), When: plan(func(c *campaign.Plan) {
			c.Cells = []campaign.Cell{{Cell: "a", Control: true}, {Cell: "b", Control: true}}
		})},
		{Name: "launching", Given: given(), When: campaign.Launch{Campaign: "spring"}, Then: []campaign.Event{launched}},
		{Name: "launching again", Given: given(launched, closed), When: campaign.Launch{Campaign: "spring"}},
		{Name: "launching what is not planned", When: campaign.Launch{Campaign: "spring"}, Refused: campaign.ErrUnknown},
		{Name: "closing", Given: given(launched), When: campaign.Close{Campaign: "spring"}, Then: []campaign.Event{closed}},
		{Name: "closing again", Given: given(launched, closed), When: campaign.Close{Campaign: "spring"}},
		{Name: "closing what never began", Given: given(), When: campaign.Close{Campaign: "spring"}, Refused: campaign.ErrNotLaunched},
		{Name: "closing what is not planned", When: campaign.Close{Campaign: "spring"}, Refused: campaign.ErrUnknown},
		{Name: "a cost", Given: given(), When: cost(asIs), Then: []campaign.Event{recorded}},
		{Name: "the cost again, after the end", Given: given(launched, recorded, closed), When: cost(asIs)},
		{Name: "the cost otherwise", Given: given(recorded), Refused: campaign.ErrCostOtherwise,
			When: cost(func(c *campaign.RecordCost) { c.What = "stamps" })},
		{Name: "a cost of nothing planned", When: cost(asIs), Refused: campaign.ErrUnknown},
		{Name: "no cost id", Given: given(), Refused: campaign.ErrCostID, When: cost(func(c *campaign.RecordCost) { c.CostID = uuid.Nil })},
		{Name: "a cost below zero", Given: given(), Refused: campaign.ErrCost,
			When: cost(func(c *campaign.RecordCost) { c.Amount = c.Amount.Neg() })},
		{Name: "a cost beyond all measure", Given: given(), Refused: domain.ErrMoney.At("amount"),
			When: cost(func(c *campaign.RecordCost) { c.Amount = decimal.MustParse("1000000000000000") })},
		{Name: "in no currency", Given: given(), Refused: domain.ErrCurrency,
			When: cost(func(c *campaign.RecordCost) { c.Currency = "" })},
		{Name: "what for with NUL", Given: given(), Refused: domain.ErrText.At("what"),
			When: cost(func(c *campaign.RecordCost) { c.What = "\x00" })},
	}
}

func TestRunning(t *testing.T) {
	var s campaign.State
	for i, e := range []campaign.Event{campaign.Planned{Campaign: "spring", Terms: campaign.Terms{Cells: []campaign.Cell{{Cell: "mail"}}}},
		campaign.Launched{}, campaign.Closed{}} {
		e.Evolve(&s, domain.Metadata{})
		if runs := s.Running() != nil; runs != (i == 1) {
			t.Errorf("runs after %s: %t", e.EventType(), runs)
		}
	}
}
