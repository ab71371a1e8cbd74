package projections

import (
	"math"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestCampaigns(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("warm", 1, "messages_clicked > 0 && days_since_message < 3")
	spring := campaign.Stream("spring")
	w.append(spring, "2024-01-01", campaign.Planned{Campaign: "spring", Terms: campaign.Terms{Purpose: "marketing",
		Channel: "email", WindowDays: 3, Cells: []campaign.Cell{{Cell: "mail"}, {Cell: "none", Control: true}}}})
	w.append(spring, "2024-01-02", campaign.Launched{Campaign: "spring"},
		campaign.CostRecorded{Campaign: "spring", CostID: uuid.UUID{1}, AmountMinor: 1250, Currency: "EUR"})
	last, err := domain.ParseDay("2024-01-04")
	if err != nil {
		t.Fatal(err)
	}
	consent := customer.ConsentKey{Purpose: "marketing", Channel: "email"}
	visit := func(kind customer.InteractionKind) customer.InteractionRecorded {
		return customer.InteractionRecorded{InteractionID: uuid.New(), Kind: kind, Direction: customer.Inbound}
	}
	for name, cell := range map[string]string{"ann": "mail", "bob": "mail", "cid": "none", "dan": "none"} {
		w.register(name, "2024-01-01")
		w.append(streamOf(name), "2024-01-02", customer.CampaignAssigned{Campaign: "spring", Cell: cell,
			Control: cell == "none", Consent: consent, WindowEndsOn: last})
	}
	message := customer.Message{MessageID: uuid.UUID{7}}
	w.append(streamOf("ann"), "2024-01-02", customer.CampaignMessageSent{MessageID: message.MessageID, Campaign: "spring",
		Cell: "mail", Consent: consent}, customer.CampaignMessageDelivered{Message: message})
	w.append(streamOf("ann"), "2024-01-03", customer.CampaignMessageOpened{Message: message},
		customer.CampaignMessageClicked{Message: message}, customer.CampaignUnsubscribed{Message: message},
		visit("web_visit"), visit("web_visit"))
	bounced := customer.Message{MessageID: uuid.UUID{8}}
	w.append(streamOf("bob"), "2024-01-02", customer.CampaignMessageSent{MessageID: bounced.MessageID, Campaign: "spring",
		Cell: "mail", Consent: consent}, customer.CampaignMessageBounced{Message: bounced})
	warm := "SELECT count(*) FROM segment_membership WHERE valid_to IS NULL"
	w.closeDay("2024-01-03")
	w.settle()
	expect(t, "warm", w.text(warm), "1")
	w.append(streamOf("bob"), "2024-01-04", visit("call"))
	w.buys("ann", "2024-01-02", 1000)
	w.buys("ann", "2024-01-04", 500)
	w.buys("ann", "2024-01-05", 9999) // a day late
	w.buys("bob", "2024-01-01", 9999) // too early
	w.append(streamOf("cid"), "2024-01-05", visit("web_visit"))
	w.append(spring, "2024-01-05", campaign.Closed{Campaign: "spring"})
	w.closeDay("2024-01-04")
	w.settle()
	expect(t, "campaigns", w.text("SELECT campaign, state, planned_on, launched_on, closed_on FROM campaigns"),
		"spring closed 2024-01-01 2024-01-02 2024-01-05")
	expect(t, "costs", w.text("SELECT cost_on, amount_minor, currency FROM campaign_costs"), "2024-01-02 1250 EUR")
	expect(t, "messages", w.text(`SELECT cell, sent_on, delivered_on, opened_on, clicked_on, bounced_on, unsubscribed_on
		FROM campaign_messages ORDER BY message_id`), `
mail 2024-01-02 2024-01-02 2024-01-03 2024-01-03 <nil> 2024-01-03
mail 2024-01-02 <nil> <nil> <nil> 2024-01-02 <nil>`)
	expect(t, "results", w.text(`SELECT cell, control, people, messages, visits, conversions, spend_minor,
		spend_per_head_minor::int, round(lift, 2)::text, round(lift_z::numeric, 4)::text, round(p_value::numeric, 4)::text,
		round(visit_p_value::numeric, 4)::text, spend_lift_minor::int, round(spend_p_value::numeric, 4)::text FROM campaign_result ORDER BY cell`), `
mail false 2 2 1 1 1500 750 0.50 1.1547 0.2482 0.2482 750 0.3173
none true 2 0 0 0 0 0 <nil> <nil> <nil> <nil> <nil> <nil>`)
	w.closeDay("2024-01-06")
	w.settle()
	expect(t, "cold", w.text(warm), "0")
}

// What people did on the day of their assignment counts, and what comes back is taken off, whenever it does.
func TestCampaignMembers(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	early, late, wrong, unwanted := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}, uuid.UUID{4}
	buys := func(at string, id uuid.UUID, minor int64) {
		w.append(streamOf("ann"), at, customer.PurchaseRecorded{PurchaseID: id, Currency: "EUR", TotalMinor: minor, ReportingCurrency: "EUR", ReportingTotalMinor: minor})
	}
	returns := func(at string, of uuid.UUID, minor int64) {
		w.append(streamOf("ann"), at, customer.ReturnRecorded{ReturnID: uuid.New(), PurchaseID: &of, Currency: "EUR", TotalMinor: minor,
			ReportingCurrency: "EUR", ReportingTotalMinor: minor})
	}
	last := dayOn(t, "2024-01-05")
	members := func() string {
		w.settle()
		return w.text(`SELECT campaign, visited_on, purchases, spend_minor FROM campaign_members ORDER BY campaign`)
	}
	buys("2024-01-02 23:00", uuid.UUID{9}, 70_000) // the day before
	buys("2024-01-03 09:00", early, 1000)
	w.append(streamOf("ann"), "2024-01-03 09:30", customer.InteractionRecorded{InteractionID: uuid.New(), Kind: "web_visit", Direction: customer.Inbound})
	returns("2024-01-03 10:00", early, 100)
	for _, name := range []string{"spring", "tea"} {
		w.append(streamOf("ann"), "2024-01-03 12:00", customer.CampaignAssigned{Campaign: name, Cell: "one", WindowEndsOn: last})
	}
	expect(t, "before", members(), "spring 2024-01-03 1 900\ntea 2024-01-03 1 900")
	buys("2024-01-05", late, 200)
	buys("2024-01-06", uuid.UUID{8}, 80_000) // a day late
	returns("2024-03-01", late, 50)
	returns("2024-03-02", early, 400)
	expect(t, "within", members(), "spring 2024-01-03 2 650\ntea 2024-01-03 2 650")
	buys("2024-01-04", wrong, 7) // told late
	expect(t, "told late", members(), "spring 2024-01-03 3 657\ntea 2024-01-03 3 657")
	buys("2024-01-04", unwanted, 3)
	w.append(streamOf("ann"), "2024-01-07", customer.OrderCancelled{PurchaseID: unwanted})
	expect(t, "cancelled", members(), "spring 2024-01-03 3 657\ntea 2024-01-03 3 657")
	w.append(streamOf("ann"), "2024-01-08 12:00", customer.CampaignAssigned{Campaign: "tea", Cell: "two", WindowEndsOn: last + 9})
	expect(t, "assigned again", members(), "spring 2024-01-03 3 657\ntea <nil> 0 0")
}

// The values are those of tables of the normal distribution, and of erfc for what no table holds.
func TestTwoSidedP(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.closeDay("2024-01-01")
	w.settle()
	for _, c := range []struct{ z, p float64 }{{0, 1}, {0.5, 0.6170750774519738}, {1.959963984540054, 0.05},
		{2.5758293035489004, 0.01}, {3.2905267314919255, 0.001}, {6, 1.9731752900754024e-9}, {10, 1.5239706048321186e-23},
		{-1.959963984540054, 0.05}, {40, 0}} {
		var p float64
		if err := w.reader.pool.QueryRow(t.Context(), "SELECT two_sided_p($1)", c.z).Scan(&p); err != nil {
			t.Fatal(err)
		}
		if math.Abs(p-c.p) > 1.2e-7*c.p {
			t.Errorf("z = %v: %v; want %v", c.z, p, c.p)
		}
	}
}
