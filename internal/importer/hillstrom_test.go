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
	want := []importer.Count{{Of: "lines", Reason: "flag_malformed", Count: 1}, {Of: "lines", Reason: "segment_unknown", Count: 1},
		{Of: "lines", Reason: "spend_contradicts_conversion", Count: 1}}
	if diff := cmp.Diff(want, report.Refused, cmpopts.IgnoreFields(importer.Count{}, "Examples")); diff != "" {
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
