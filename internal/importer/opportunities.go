package importer

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// deal is a line of the sales pipeline. Its account is empty where the source has none.
type deal struct {
	place
	id, agent, product, account string
	stage                       string
	engaged, closed             time.Time // zero where the source does not say
	value                       decimal.Decimal
}

// readOpportunities takes in the sales pipeline and the accounts of the CRM sales opportunities.
func readOpportunities(ctx context.Context, s *story) error {
	accounts := map[string]string{} // countries by account
	err := s.sheet(ctx, "accounts.csv", []string{"account", "office_location"}, func(l line) error {
		accounts[l.text("account")] = l.text("office_location")
		return nil
	})
	if err != nil {
		return err
	}
	var deals []deal
	var last time.Time
	columns := []string{"opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date",
		"close_value"}
	err = s.sheet(ctx, "sales_pipeline.csv", columns, func(l line) error {
		d, err := s.deal(l)
		if err != nil {
			return err
		}
		if _, known := accounts[d.account]; !known && d.account != "" {
			return l.fault("account_unknown", d.account)
		}
		deals = append(deals, d)
		for _, at := range []time.Time{d.engaged, d.closed} {
			if at.After(last) {
				last = at
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.tellDeals(deals, accounts, last)
	return nil
}

// deal reads a line. A stage that is told without the days that belong to it is a fault of the line.
func (s *story) deal(l line) (d deal, err error) {
	d = deal{place: l.place, id: l.text("opportunity_id"), agent: l.text("sales_agent"), product: l.text("product"),
		account: l.text("account"), stage: l.text("deal_stage")}
	if d.id == "" {
		return d, l.fault("no_opportunity_id", "")
	}
	if d.product == "GTXPro" {
		d.product = "GTX Pro"
	}
	switch d.stage {
	case "Prospecting":
		if l.field("engage_date") == "" {
			return d, nil
		}
	case "Won":
		if d.value, err = l.number("close_value"); err != nil {
			return d, err
		}
		if d.value.IsNeg() {
			return d, l.fault("value_negative", l.field("close_value"))
		}
	case "Engaging", "Lost":
	default:
		return d, l.fault("stage_unknown", d.stage)
	}
	const dayFirst = "02-01-2006"
	if d.engaged, err = l.time(s, "engage_date", dayFirst); err != nil || d.open() {
		return d, err
	}
	if d.closed, err = l.time(s, "close_date", dayFirst); err == nil && d.closed.Before(d.engaged) {
		err = l.fault("closed_before_engaged", l.field("close_date"))
	}
	return d, err
}

func (d deal) open() bool { return d.stage == "Prospecting" || d.stage == "Engaging" }

func (s *story) tellDeals(deals []deal, accounts map[string]string, last time.Time) {
	stages := map[string]int{}
	unnamed, undated := 0, 0
	for _, d := range deals {
		stages[d.stage]++
		if d.account == "" {
			unnamed++
		}
		if d.engaged.IsZero() {
			undated++
		}
		s.tellDeal(d, accounts, last)
	}
	s.hold("opportunities", len(deals))
	for _, stage := range []string{"Won", "Lost", "Engaging", "Prospecting"} {
		s.hold("of them "+stage, stages[stage])
	}
	s.hold("of them without an account, each of which gets an unnamed customer of its own", unnamed)
	s.hold("of them without a day, opened on the last day that the source tells of", undated)
}

func (s *story) tellDeal(d deal, accounts map[string]string, last time.Time) {
	p := s.party(cmp.Or(d.account, fmt.Sprintf("account of opportunity %s", d.id)))
	p.register.Kind, p.register.Name = customer.Organisation, d.account
	if domain.KnownCountry(accounts[d.account]) {
		p.register.Country = accounts[d.account]
	}
	id, stage, opened := s.id("opportunity", d.id), "engaging", d.engaged
	if d.stage == "Prospecting" {
		stage = "prospecting"
	}
	if opened.IsZero() {
		opened = last
	}
	say := func(at time.Time, worth worth, name string, command any) {
		s.tell(fact{at: at, place: d.place, party: p, worth: worth, command: func(how client.Circumstances) client.Line {
			how.Department = "sales"
			return client.Command(name, p.id, command, how)
		}})
	}
	say(opened, worth{}, "open_opportunity", customer.OpenOpportunity{OpportunityID: id, Product: d.product, Stage: stage,
		Currency: "USD", Owner: d.agent})
	switch d.stage {
	case "Won":
		say(d.closed, worthOf("won opportunities", "USD", d.value), "win_opportunity", customer.WinOpportunity{OpportunityID: id, Amount: &d.value})
	case "Lost":
		say(d.closed, worth{}, "lose_opportunity", customer.LoseOpportunity{OpportunityID: id})
	}
}
