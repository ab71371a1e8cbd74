package importer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/importer"
)

func TestHillstrom(t *testing.T) {
	path := folder(t, map[string]string{"hillstrom_data.csv": `recency,history,mens,womens,zip_code,newbie,channel,segment,visit,conversion,spend
10,142.44,1,0,Surburban,0,Phone,Womens E-Mail,1,1,29.99
6,329.08,,,,,,No E-Mail,0,0,0
7,180.65,,,,,Web,Mens E-Mail,0,0,0
1,,,,,,,Mens E-Mail,1,1,0
1,,,,,,,Mens E-Mail,maybe,0,0
1,,,,,,,Letter,0,0,0
`})
	s := serve(t)
	report := imported(t, s, "hillstrom", path)
	want := []importer.Count{{Reason: "flag_malformed", Count: 1}, {Reason: "segment_unknown", Count: 1},
		{Reason: "spend_contradicts_conversion", Count: 1}}
	if diff := cmp.Diff(want, report.Skipped, cmpopts.IgnoreFields(importer.Count{}, "Examples")); diff != "" {
		t.Error(diff)
	}
	told := map[string][]string{}
	for _, r := range s.recorded(t) {
		if e, ok := r.Event.(customer.Told); ok {
			told[r.Stream] = append(told[r.Stream], e.Summary())
		}
	}
	streamOf := func(line string) string {
		return customer.Stream(customer.IDFrom(customer.ExternalID{System: "hillstrom", ID: line}))
	}
	set := func(name string) string { return "an attribute was set: " + name }
	if diff := cmp.Diff(map[string][]string{
		streamOf("2"): {"registered as a person", set("months_since_purchase"), set("spend_of_the_year"),
			set("bought_mens_goods"), set("bought_womens_goods"), set("new_within_the_year"), set("neighbourhood"),
			set("purchase_channels"), "consented: marketing/email", "joined the campaign hillstrom: womens",
			"was sent a message of the campaign hillstrom: email", "contacted us: web visit", "bought 1 line for 29.99 USD"},
		streamOf("3"): {"registered as a person", set("months_since_purchase"), set("spend_of_the_year"),
			"consented: marketing/email", "joined the campaign hillstrom: control"},
		streamOf("4"): {"registered as a person", set("months_since_purchase"), set("spend_of_the_year"),
			set("purchase_channels"), "consented: marketing/email", "joined the campaign hillstrom: mens",
			"was sent a message of the campaign hillstrom: email"},
	}, told); diff != "" {
		t.Error(diff)
	}
}

// The rates are those published. The p-values were computed apart from the file with the erfc of Python's library: of
// two proportions, pooled, and of two means by Welch.
func TestTheEmailTestOfHillstrom(t *testing.T) {
	path := importer.DataSet(t, "hillstrom/hillstrom_data.csv.gz")
	s := serve(t)
	report := imported(t, s, "hillstrom", path)
	want := []importer.Content{{What: "people: Mens E-Mail", Count: 21_307}, {What: "people: Womens E-Mail", Count: 21_387},
		{What: "people: No E-Mail", Count: 21_306}, {What: "people who visited the web site", Count: 9_394},
		{What: "people who bought", Count: 578}}
	if diff := cmp.Diff(want, report.Holds); diff != "" || report.Customers != 64_000 || len(report.Skipped) > 0 {
		t.Error(diff, report)
	}
	query := tablesOf(t, s)
	if diff := cmp.Diff(`mens 21307 21307 18.276 1.2531 1.4226
womens 21387 21387 15.140 0.8837 1.0772
control 21306 0 10.617 0.5726 0.6528`, query(`SELECT cell, people, messages, round(100 * visit_rate, 3)::text,
		round(100 * conversion_rate, 4)::text, round(spend_per_head_minor / 100, 4)::text
		FROM crm.campaign_result ORDER BY visits DESC`)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(`mens 7.385 1.523e-13 5.685e-112 76.983 1.157e-07
womens 3.780 1.571e-04 3.182e-44 42.441 1.128e-03`, query(`SELECT cell, round(lift_z::numeric, 3)::text,
		trim(to_char(p_value, '9.999EEEE')), trim(to_char(visit_p_value, '9.999EEEE')), round(spend_lift_minor, 3)::text,
		trim(to_char(spend_p_value, '9.999EEEE')) FROM crm.campaign_result WHERE NOT control ORDER BY visits DESC`)); diff != "" {
		t.Error(diff)
	}
}
