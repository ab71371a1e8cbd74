package importer

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// hillstrom is the MineThatData e-mail test: one file, a line for each person, who was mailed about men's or
// women's goods or not at all, and what they did in the two weeks after. A person is named by the number of their
// line, since the file names nobody. It gives no dates either: all is told on the day on which it was published. The
// people had bought within the year, so they were mailed without being asked, in legitimate interest.
type hillstrom struct {
	*story
	people         map[string]int // by cell
	visits, buyers int
}

const hillstromCampaign = "hillstrom"

// hillstromCells are those of the campaign, by what the file calls them.
var hillstromCells = map[string]string{"Mens E-Mail": "mens", "Womens E-Mail": "womens", "No E-Mail": "control"}

// hillstromAttributes are what the file knows of people before the test, as attributes, by its columns. The segment of
// history is left out, since history says more.
var hillstromAttributes = []struct{ column, name string }{
	{"recency", "months_since_purchase"},
	{"history", "spend_of_the_year"},
	{"mens", "bought_mens_goods"},
	{"womens", "bought_womens_goods"},
	{"newbie", "new_within_the_year"},
	{"zip_code", "neighbourhood"},
	{"channel", "purchase_channels"},
}

func readHillstrom(ctx context.Context, s *story) error {
	h := &hillstrom{story: s, people: map[string]int{}}
	at := time.Date(2008, 3, 20, 12, 0, 0, 0, s.Zone).UTC()
	columns := []string{"segment", "visit", "conversion", "spend"}
	for _, a := range hillstromAttributes {
		columns = append(columns, a.column)
	}
	err := s.sheet(ctx, "hillstrom_data.csv", columns, func(l line) error { return h.person(l, at) })
	if err != nil {
		return err
	}
	if len(s.facts) > 0 {
		h.plan(at.Add(-time.Hour))
	}
	for _, segment := range []string{"Mens E-Mail", "Womens E-Mail", "No E-Mail"} {
		s.hold("people: "+segment, h.people[hillstromCells[segment]])
	}
	s.hold("people who visited the web site", h.visits)
	s.hold("people who bought", h.buyers)
	return nil
}

func (h *hillstrom) plan(at time.Time) {
	from := place{"hillstrom_data.csv", 1}
	h.tell(fact{at: at, place: from, command: func(how client.Circumstances) client.Line {
		return client.Command("plan_campaign", uuid.Nil, campaign.Plan{Campaign: hillstromCampaign,
			Title: "Hillstrom's e-mail test", Purpose: "marketing", Through: "email", WindowDays: 14,
			Cells: []campaign.Cell{{Cell: "mens"}, {Cell: "womens"}, {Cell: "control", Control: true}}}, how)
	}})
	h.tell(fact{at: at, place: from, command: func(how client.Circumstances) client.Line {
		return client.Command("launch_campaign", uuid.Nil, campaign.Launch{Campaign: hillstromCampaign}, how)
	}})
}

// person tells of one line: all may be mailed, and who is not in the control group was.
func (h *hillstrom) person(l line, at time.Time) error {
	cell, ok := hillstromCells[l.field("segment")]
	if !ok {
		return l.fault("segment_unknown", l.field("segment"))
	}
	visited, err := l.flag("visit")
	if err != nil {
		return err
	}
	bought, err := l.flag("conversion")
	if err != nil {
		return err
	}
	spend, err := l.number("spend")
	switch {
	case err != nil:
		return err
	case spend.IsNeg() || bought != spend.IsPos():
		return l.fault("spend_contradicts_conversion", l.field("spend"))
	}
	number := strconv.Itoa(l.line)
	p := h.party(number)
	h.people[cell]++
	worthy := worth{}
	say := func(name, channel string, command any) {
		h.tell(fact{at: at, place: l.place, party: p, worth: worthy, command: func(how client.Circumstances) client.Line {
			how.Department, how.Channel = "marketing", channel
			return client.Command(name, p.id, command, how)
		}})
	}
	for _, a := range hillstromAttributes {
		if value := l.text(a.column); value != "" {
			say("set_attribute", "", customer.SetAttribute{Name: a.name, Value: value})
		}
	}
	say("grant_consent", "", customer.GrantConsent{Purpose: "marketing", Through: "email",
		LegalBasis: "legitimate_interests", TextVersion: "customers-of-the-year"})
	say("assign_to_campaign", "", customer.AssignToCampaign{Campaign: hillstromCampaign, Cell: cell})
	if cell != "control" {
		say("send_campaign_message", "email", customer.SendCampaignMessage{Campaign: hillstromCampaign,
			MessageID: h.id("message", number)})
	}
	if visited {
		h.visits++
		say("record_interaction", "web", customer.RecordInteraction{InteractionID: h.id("interaction", number),
			Kind: "web_visit", Direction: customer.Inbound})
	}
	if bought {
		h.buyers++
		worthy = worthOf("purchases", "USD", spend)
		say("record_purchase", "", customer.RecordPurchase{PurchaseID: h.id("purchase", number), Currency: "USD",
			Lines: []customer.Line{{SKU: "unspecified", Quantity: decimal.One, UnitPrice: spend}}})
	}
	return nil
}
