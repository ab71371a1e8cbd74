package web

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain/access"
)

// rows reads a table by the API, as an analyst.
func (s *shop) rows(t *testing.T, table, query string) []row {
	t.Helper()
	_, text := s.ask(t, s.tokens[access.Analyst], "GET", "/v1/tables/"+table+".csv?exact=true&"+query, "")
	rows, err := readRows(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v: %s", table, err, text)
	}
	return rows
}

var cellsOf = regexp.MustCompile(`<tr><th scope="row"><bdi>([^<]*)</bdi></th>((?:<td class="num">[^<]*</td>)+)</tr>`)

// What pages say is what the tables have, found by another way than the pages take.
func (s *shop) testFigures(t *testing.T) {
	p := s.person(t, access.Admin)
	l := localeOf("en-GB")
	overview := p.get("/").text

	months := map[string]int64{}
	for _, r := range s.rows(t, "purchases", "") {
		months[r["purchased_on"][:7]+"-01"] += r.int("reporting_total_minor")
	}
	for _, r := range s.rows(t, "returns", "") {
		months[r["returned_on"][:7]+"-01"] -= r.int("reporting_total_minor")
	}
	charted := map[string]string{}
	_, revenue, _ := strings.Cut(overview, "<h2>Revenue by month</h2>")
	revenue, _, _ = strings.Cut(revenue, "</section>")
	for _, found := range cellsOf.FindAllStringSubmatch(revenue, -1) {
		charted[strings.TrimSuffix(found[1], "*")] = found[2]
	}
	for month, minor := range months {
		want := `<td class="num">` + l.MoneyRound(float64(minor), "EUR") + `</td>`
		if got := charted[l.Month(month)]; got != want {
			t.Errorf("revenue of %s: %q, the tables have %q", month, got, want)
		}
	}
	if len(charted) != len(months) {
		t.Errorf("%d months are shown, the tables have %d", len(charted), len(months))
	}

	customers := len(s.rows(t, "customer_360", ""))
	says(t, "/", overview, "Customers", l.Int(int64(customers)))
	says(t, "/customers", p.get("/customers").text, "", fmt.Sprintf("%d customers", customers))
	open := len(s.rows(t, "case_current", "state=open")) + len(s.rows(t, "case_current", "state=paused"))
	says(t, "/service", p.get("/service").text, "Open cases", fmt.Sprint(open))
	pipeline := int64(0)
	opportunities := s.rows(t, "opportunity", "state=open")
	for _, r := range opportunities {
		pipeline += r.int("reporting_minor")
	}
	says(t, "/sales", p.get("/sales").text, "Pipeline", l.MoneyRound(float64(pipeline), "EUR"))
	answers, score := int64(0), int64(0)
	for _, r := range s.rows(t, "surveys", "kind=nps") {
		answers++
		switch n := r.int("score"); {
		case n >= 9:
			score++
		case n <= 6:
			score--
		}
	}
	says(t, "/marketing/surveys", p.get("/marketing/surveys").text, "NPS", l.Number(float64(score)*100/float64(answers), 0))
	members := len(s.rows(t, "segment_membership", "segment=big_spenders&valid_to="))
	says(t, "/segments/big_spenders", p.get("/segments/big_spenders").text, "Members", fmt.Sprint(members))
	best := s.rows(t, "customer_value", "customer_id="+s.best)[0]
	says(t, "the customer's page", p.get("/customers/"+s.best).text, "Net revenue", l.Money(best.int("net_revenue_minor"), "EUR"))
}

// says fails where a page does not have a figure under a label.
func says(t *testing.T, path, page, label, value string) {
	t.Helper()
	if label == "" {
		if !strings.Contains(page, value) {
			t.Errorf("%s does not say %q", path, value)
		}
		return
	}
	figure := regexp.MustCompile(`<dt>` + regexp.QuoteMeta(label) + `</dt><dd>(?:<a [^>]*>)?([^<]*)`).FindStringSubmatch(page)
	if figure == nil || strings.TrimSpace(figure[1]) != value {
		t.Errorf("%s says %q of %s, the tables have %q", path, figure, label, value)
	}
}
