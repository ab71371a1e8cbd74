package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

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

// figures hold what pages say against what the tables have, found by another way than the pages take.
type figures struct {
	*shop
	locale
	t     *testing.T
	p     *person
	today string
	pages map[string]string
}

func (s *shop) testFigures(t *testing.T) {
	f := &figures{shop: s, locale: localeOf("en-GB"), t: t, p: s.person(t, access.Admin), today: s.rows(t, "business_date", "")[0]["business_date"], pages: map[string]string{}}
	for name, check := range map[string]func(){"money": f.money, "customers": f.customers, "ladder": f.ladder, "service": f.service, "sales": f.sales, "demand": f.demand,
		"marketing": f.marketing, "surveys": f.surveys, "value": f.value, "one customer": f.customer, "work": f.work, "log": f.logged} {
		t.Run(name, func(t *testing.T) {
			f.t, f.p.t = t, t
			check()
		})
	}
	f.p.t = t
}

// page is a page as it was when it was asked for first.
func (f *figures) page(path string) string {
	if _, read := f.pages[path]; !read {
		f.pages[path] = f.p.sees(path).text
	}
	return f.pages[path]
}

var (
	tableRows = regexp.MustCompile(`(?s)<tr><t[hd].*?</tr>`)
	cells     = regexp.MustCompile(`(?s)<t[hd][^>]*>(.*?)</t[hd]>`)
	marks     = regexp.MustCompile(`(?s)<form.*?</form>|<[^>]*>`)
)

// panel returns the rows of the table in a panel, also of one behind a chart: the texts of their cells.
func (f *figures) panel(path, title string) (rows [][]string) {
	f.t.Helper()
	_, of, found := strings.Cut(f.page(path), "<h2>"+html.EscapeString(title)+"</h2>")
	if !found {
		f.t.Fatalf("%s has no panel %q", path, title)
	}
	of, _, _ = strings.Cut(of, "</section>")
	_, of, _ = strings.Cut(of, "<tbody>")
	of, _, _ = strings.Cut(of, "</tbody>")
	for _, line := range tableRows.FindAllString(of, -1) {
		var all []string
		for _, cell := range cells.FindAllStringSubmatch(line, -1) {
			all = append(all, strings.TrimSpace(html.UnescapeString(marks.ReplaceAllString(cell[1], ""))))
		}
		rows = append(rows, all)
	}
	return rows
}

// same fails where a panel does not have just these rows, in whatever order; only as many cells count as a wanted row has.
func (f *figures) same(path, title string, want [][]string) {
	f.t.Helper()
	got := f.panel(path, title)
	wide := 0
	for _, w := range want {
		wide = max(wide, len(w))
	}
	lines := func(rows [][]string) []string {
		out := make([]string, len(rows))
		for i, r := range rows {
			out[i] = strings.Join(r[:min(len(r), wide)], " | ")
		}
		slices.Sort(out)
		return out
	}
	if g, w := lines(got), lines(want); !slices.Equal(g, w) || len(w) == 0 {
		f.t.Errorf("%s, %s:\n%s\nthe tables have\n%s", path, title, strings.Join(g, "\n"), strings.Join(w, "\n"))
	}
}

func (f *figures) says(path, label, value string) {
	f.t.Helper()
	says(f.t, path, f.page(path), label, value)
}

// says fails where a page does not have a figure under a label.
func says(t *testing.T, path, page, label, value string) {
	t.Helper()
	figure := regexp.MustCompile(`<dt>` + regexp.QuoteMeta(html.EscapeString(label)) + `</dt><dd>(?:<a [^>]*>)?([^<]*)`).FindStringSubmatch(page)
	if figure == nil || strings.TrimSpace(html.UnescapeString(figure[1])) != value {
		t.Errorf("%s says %q of %s, the tables have %q", path, figure, label, value)
	}
}

func (f *figures) note(path, text string) {
	f.t.Helper()
	if !strings.Contains(html.UnescapeString(f.page(path)), text) {
		f.t.Errorf("%s does not say %q", path, text)
	}
}

// counted counts rows by a column, or by what is made of it.
func counted(rows []row, of func(row) string) map[string]int64 {
	out := map[string]int64{}
	for _, r := range rows {
		out[of(r)]++
	}
	return out
}

func by(column string) func(row) string { return func(r row) string { return r[column] } }

// keptOf are the rows that meet a condition.
func keptOf(rows []row, is func(row) bool) []row {
	return slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return !is(r) })
}

func sumOf(rows []row, column string) (sum int64) {
	for _, r := range rows {
		sum += r.int(column)
	}
	return sum
}

func monthOf(day string) string { return day[:len("2006-01")] + "-01" }

// daysAgo is the business date so many days ago.
func (f *figures) daysAgo(n int) string {
	at, err := time.Parse(time.DateOnly, f.today)
	if err != nil {
		f.t.Fatal(err)
	}
	return at.AddDate(0, 0, -n).Format(time.DateOnly)
}

func (f *figures) euro(minor int64) string { return f.MoneyRound(float64(minor), "EUR") }

func (f *figures) money() {
	purchases := keptOf(f.rows(f.t, "purchases", ""), func(r row) bool { return !r.true("cancelled") })
	revenue, first, active := map[string]int64{}, map[string]string{}, map[[2]string]bool{}
	for _, r := range purchases {
		revenue[monthOf(r["purchased_on"])] += r.int("reporting_total_minor")
		who := r["customer_id"]
		first[who] = min(cmp.Or(first[who], "9999-99-99"), r["purchased_on"])
		active[[2]string{monthOf(r["purchased_on"]), who}] = true
	}
	for _, r := range f.rows(f.t, "returns", "cancelled=false") {
		revenue[monthOf(r["returned_on"])] -= r.int("reporting_total_minor")
	}
	fresh, regular := map[string]int64{}, map[string]int64{}
	for at := range active {
		if monthOf(first[at[1]]) == at[0] {
			fresh[at[0]]++
		} else {
			regular[at[0]]++
		}
	}
	var want, buyers [][]string
	months := slices.Sorted(maps.Keys(revenue))
	for i, m := range months {
		star := ""
		if end, _ := time.Parse(time.DateOnly, m); end.AddDate(0, 1, -1).Format(time.DateOnly) > f.today {
			star = "*"
		}
		want = append(want, []string{f.Month(m) + star, f.euro(revenue[m])})
		if i >= len(months)-12 {
			buyers = append(buyers, []string{f.Month(m), f.Int(regular[m]), f.Int(fresh[m])})
		}
	}
	f.same("/", "Revenue by month", want)
	f.same("/", "Who buys: new and returning", buyers)
}

func (f *figures) customers() {
	all := f.rows(f.t, "customer_360", "")
	f.says("/", "Customers", f.Int(int64(len(all))))
	f.note("/customers", fmt.Sprintf("%s customers", f.Int(int64(len(all)))))
	slices.SortFunc(all, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.int("net_revenue_minor"), a.int("net_revenue_minor")), strings.Compare(a["customer_id"], b["customer_id"]))
	})
	var want [][]string
	for _, r := range all[:customersOn] {
		segments := arrayOf(r["segments"])
		for i := range segments {
			segments[i] = words(segments[i])
		}
		want = append(want, []string{r["name"], words(r["stage"]), strings.Join(segments, ", "), cmp.Or(r["country"], "–"), f.Int(r.int("orders")), f.Money(r.int("net_revenue_minor"), "EUR")})
	}
	f.same("/customers", "Customers", want)
}

func (f *figures) ladder() {
	var stages, members [][]string
	for stage, n := range counted(f.rows(f.t, "loyalty_stage", ""), by("stage")) {
		stages = append(stages, []string{words(stage), f.Int(n)})
	}
	f.same("/", "Stages of loyalty", stages)
	f.same("/segments", "Stages of loyalty", stages)
	steps := keptOf(f.rows(f.t, "loyalty_stage_history", ""), func(r row) bool { return r.has("from_stage") })
	newest := slices.MaxFunc(f.rows(f.t, "loyalty_stage_history", ""), up("changed_on"))["changed_on"]
	var moved [][]string
	for way, n := range counted(keptOf(steps, func(r row) bool { return monthOf(r["changed_on"]) >= monthsBefore(monthOf(newest), 11) }),
		func(r row) string { return words(r["from_stage"]) + "|" + words(r["to_stage"]) }) {
		moved = append(moved, append(strings.Split(way, "|"), f.Int(n)))
	}
	f.same("/", "How customers moved", moved)
	now := keptOf(f.rows(f.t, "segment_membership", ""), func(r row) bool { return !r.has("valid_to") })
	in := counted(now, by("segment"))
	all := len(f.rows(f.t, "loyalty_stage", ""))
	for _, r := range f.rows(f.t, "segment_definition", "status=active") {
		members = append(members, []string{cmp.Or(r["title"], words(r["segment"])), f.Int(in[r["segment"]]), f.Percent(float64(in[r["segment"]])/float64(all), 0)})
		f.says("/segments/"+r["segment"], "Members", f.Int(in[r["segment"]]))
	}
	f.same("/", "Segments", members)
}

func (f *figures) service() {
	cases := f.rows(f.t, "case_current", "")
	open := keptOf(cases, func(r row) bool { return r["state"] == "open" || r["state"] == "paused" })
	f.says("/service", "Open cases", f.Int(int64(len(open))))
	f.says("/", "Open cases", f.Int(int64(len(open))))
	if got := len(f.panel("/service", "Queue")); got != len(open) {
		f.t.Errorf("the queue has %d cases, the tables have %d", got, len(open))
	}
	opened, resolved := map[string]int64{}, map[string]int64{}
	for _, r := range cases {
		opened[monthOf(r["opened_on"])]++
		if r.has("resolved_on") {
			resolved[monthOf(r["resolved_on"])]++
		}
	}
	for _, line := range f.panel("/service", "Opened and resolved") {
		m, err := time.Parse("Jan 2006", line[0])
		if err != nil {
			f.t.Fatal(err)
		}
		month := m.Format("2006-01") + "-01"
		if line[1] != f.Int(opened[month]) || line[2] != f.Int(resolved[month]) {
			f.t.Errorf("cases of %s: %q, the tables have %d opened, %d resolved", month, line, opened[month], resolved[month])
		}
	}
	complaints := counted(keptOf(cases, func(r row) bool { return r["type"] == "complaint" && r.has("category") }), by("category"))
	var want [][]string
	for category, n := range complaints {
		want = append(want, []string{words(category), f.Int(n)})
	}
	f.same("/service", "What customers complain of", want)
}

func (f *figures) sales() {
	all := f.rows(f.t, "opportunity", "")
	open := keptOf(all, func(r row) bool { return r["state"] == "open" })
	won := keptOf(all, func(r row) bool { return r["state"] == "won" })
	lost := keptOf(all, func(r row) bool { return r["state"] == "lost" })
	f.says("/sales", "Pipeline", f.euro(sumOf(open, "reporting_minor")))
	f.says("/", "Pipeline", f.euro(sumOf(open, "reporting_minor")))
	f.note("/", f.Int(int64(len(open)))+" open opportunities")
	f.says("/sales", "Win rate", f.Percent(float64(len(won))/float64(len(won)+len(lost)), 0))
	f.note("/sales", fmt.Sprintf("%d won, %d lost", len(won), len(lost)))
	f.says("/sales", "Won", f.euro(sumOf(won, "reporting_minor")))
	if got := strings.Count(f.page("/sales"), `class="ticket"`); got != len(open) {
		f.t.Errorf("the board has %d opportunities, the tables have %d", got, len(open))
	}
	leads := f.rows(f.t, "lead", "")
	funnel := f.panel("/sales", "Funnel")
	if funnel[0][1] != f.Int(int64(len(leads))) {
		f.t.Errorf("the funnel begins with %q, the tables have %d leads", funnel[0], len(leads))
	}
	var sources [][]string
	for source, n := range counted(leads, by("source")) {
		sources = append(sources, []string{words(source), f.Int(n)})
	}
	f.same("/sales", "Leads by source", sources)
	f.same("/marketing", "Leads by source", sources)
}

func (f *figures) demand() {
	sold := map[string]float64{}
	on := map[string]string{}
	for _, r := range f.rows(f.t, "purchases", "cancelled=false") {
		at, err := time.Parse(time.DateOnly, r["purchased_on"])
		if err != nil {
			f.t.Fatal(err)
		}
		on[r["purchase_id"]] = at.AddDate(0, 0, -(int(at.Weekday())+6)%7).Format(time.DateOnly)
	}
	for _, r := range f.rows(f.t, "purchase_lines", "") {
		if week := on[r["purchase_id"]]; week != "" {
			sold[f.Day(week)] += r.float("quantity")
		}
	}
	for _, line := range f.panel("/sales/demand", "Quantity by week") {
		sum := 0.0
		for _, cell := range line[1:] {
			var n float64
			if _, err := fmt.Sscan(strings.ReplaceAll(cell, ",", ""), &n); err == nil {
				sum += n
			}
		}
		if sum != sold[line[0]] {
			f.t.Errorf("in the week of %s: %v pieces, the tables have %v", line[0], sum, sold[line[0]])
		}
	}
}

func (f *figures) marketing() {
	var results [][]string
	members := f.rows(f.t, "campaign_members", "")
	for _, r := range f.rows(f.t, "campaign_cells", "") {
		n := len(keptOf(members, func(m row) bool { return m["campaign"] == r["campaign"] && m["cell"] == r["cell"] }))
		name := words(r["cell"])
		if r.true("control") {
			name += " (control)"
		}
		results = append(results, []string{words(r["campaign"]), name, f.Int(int64(n))})
	}
	f.same("/marketing", "What campaigns brought", results)
	var sources [][]string
	all := keptOf(f.rows(f.t, "customer_360", ""), func(r row) bool { return r.has("kind") })
	for source, n := range counted(all, func(r row) string { return cmp.Or(r["acquisition_source"], "unknown") }) {
		sum := sumOf(keptOf(all, func(r row) bool { return cmp.Or(r["acquisition_source"], "unknown") == source }), "net_revenue_minor")
		sources = append(sources, []string{words(source), f.euro(sum)})
		f.note("/marketing", f.Int(n))
	}
	f.same("/marketing", "Where customers come from", sources)
	points := map[string]int64{}
	for _, r := range f.rows(f.t, "points_lots", "open_points>=1") {
		month := "never"
		if r.has("expires_on") {
			month = f.Month(monthOf(r["expires_on"]))
		}
		points[month] += r.int("open_points")
	}
	var owed [][]string
	for month, n := range points {
		owed = append(owed, []string{month, f.Int(n)})
	}
	f.same("/marketing", "Points that are owed", owed)
}

func (f *figures) surveys() {
	all := f.rows(f.t, "surveys", "")
	score := func(rows []row) string {
		sum := 0
		for _, r := range rows {
			switch n := r.int("score"); {
			case n >= 9:
				sum++
			case n <= 6:
				sum--
			}
		}
		return f.Number(float64(sum)*100/float64(len(rows)), 0)
	}
	nps := keptOf(all, func(r row) bool { return r["kind"] == "nps" })
	f.says("/marketing/surveys", "NPS", score(nps))
	late := keptOf(nps, func(r row) bool { return r["answered_on"] > f.daysAgo(90) })
	f.says("/", "NPS", score(late))
	f.note("/", f.Int(int64(len(late)))+" answers in 90 days")
	var months [][]string
	for month := range counted(nps, func(r row) string { return monthOf(r["answered_on"]) }) {
		months = append(months, []string{f.Month(month), score(keptOf(nps, func(r row) bool { return monthOf(r["answered_on"]) == month }))})
	}
	f.same("/marketing/surveys", "Net promoter score by month", months)
	csat := keptOf(all, func(r row) bool { return r["kind"] == "csat" })
	good := keptOf(csat, func(r row) bool { return r.int("score") >= 4 })
	f.says("/marketing/surveys", "Satisfied (4 or 5 of 5)", f.Percent(float64(len(good))/float64(len(csat)), 0))
	for _, c := range []struct{ panel, table, condition, name, value string }{{"SERVQUAL gaps", "servqual_score", "level=dimension", "dimension", "gap"}, {"Satisfaction index", "ecsi_index", "", "dimension", "index"}} {
		var want [][]string
		for _, r := range f.rows(f.t, c.table, c.condition) {
			want = append(want, []string{words(r[c.name]), f.Number(r.float(c.value), map[string]int{"gap": 2, "index": 1}[c.value])})
		}
		f.same("/marketing/surveys", c.panel, want)
	}
	var kano [][]string
	for _, r := range f.rows(f.t, "kano_category", "") {
		kano = append(kano, []string{cmp.Or(kanoNames[r["category"]], words(r["category"])), words(r["item"]), f.Number(-r.float("worse"), 2), f.Number(r.float("better"), 2)})
	}
	f.same("/marketing/surveys", "Kano plane", kano)
}

func (f *figures) value() {
	all := f.rows(f.t, "clv", "")
	rounded := func(column string) (sum int64) {
		for _, r := range all {
			sum += int64(math.RoundToEven(r.float(column)))
		}
		return sum
	}
	f.says("/value", "Customer equity, 36 months", f.euro(rounded("clv_36m_minor")))
	f.says("/value", "Of that in 12 months", f.euro(rounded("clv_12m_minor")))
	f.says("/value", "Until now", f.euro(sumOf(all, "historic_ltv_minor")))
	grid := counted(f.rows(f.t, "rfm", ""), func(r row) string { return r["r_score"] + " " + r["fm_score"] })
	for _, line := range f.panel("/value", "RFM grid") {
		for i, cell := range line[1:] {
			if n := grid[line[0]+" "+fmt.Sprint(i+1)]; cell != f.Int(n) {
				f.t.Errorf("RFM of recency %s, frequency %d: %q, the tables have %d", line[0], i+1, cell, n)
			}
		}
	}
	profits := f.rows(f.t, "customer_profitability", "")
	whale := f.panel("/value", "Whale curve")
	if total := f.euro(sumOf(profits, "profit_minor")); whale[len(whale)-1][1] != total {
		f.t.Errorf("the whale curve ends at %q, the tables have %q", whale[len(whale)-1], total)
	}
}

func (f *figures) customer() {
	path := "/customers/" + f.best
	purchases := f.rows(f.t, "purchases", "cancelled=false&customer_id="+f.best)
	returns := f.rows(f.t, "returns", "cancelled=false&customer_id="+f.best)
	gross := sumOf(purchases, "reporting_total_minor")
	f.says(path, "Net revenue", f.Money(gross-sumOf(returns, "reporting_total_minor"), "EUR"))
	f.note(path, fmt.Sprintf("%d orders, %d returns", len(purchases), len(returns)))
	f.says(path, "Average order", f.euro(int64(math.Round(float64(gross)/float64(len(purchases))))))
	f.says(path, "Last purchase", f.Day(slices.MaxFunc(purchases, up("purchased_on"))["purchased_on"]))
	var foreseen struct { // the table has it as of their last purchase, the API as of today
		Minor float64 `json:"clv_12m_minor"`
	}
	if _, text := f.ask(f.t, f.tokens[access.App], "GET", "/v1/customers/"+f.best+"/value", ""); json.Unmarshal([]byte(text), &foreseen) != nil {
		f.t.Fatal(text)
	}
	f.says(path, "Next 12 months", f.MoneyRound(foreseen.Minor, "EUR"))
	f.says(path, "Risk to be lost", words(f.rows(f.t, "churn_risk", "customer_id="+f.best)[0]["level"]))
}

func (f *figures) work() {
	for range 2 {
		body := `{"assignee":"eva","action":"call them","reason":"they asked for it","due_on":"2031-01-01"}`
		if status, text := f.ask(f.t, f.tokens[access.Admin], "POST", "/v1/customers/"+f.best+"/recommendations", body); status >= 300 {
			f.t.Fatalf("recommend: %d %s", status, text)
		}
	}
	f.caughtUp()
	clear(f.pages)
	open := f.rows(f.t, "recommendation", "state=open")
	f.says("/", "Guidance to answer", f.Int(int64(len(open))))
	f.says("/work", "Recommendations", f.Int(int64(len(open))))
	f.says("/work", "Promises to keep", f.Int(int64(len(f.rows(f.t, "promises", "state=open")))))
	f.says("/work", "Hand-overs to accept", f.Int(int64(len(f.rows(f.t, "handovers", "accepted_at=")))))
	var due [][]string
	issued := counted(open, by("guidance"))
	overdue := counted(keptOf(open, func(r row) bool { return r.true("overdue") }), by("guidance"))
	for _, name := range slices.Sorted(maps.Keys(issued)) {
		due = append(due, []string{cmp.Or(words(name), "Given by colleagues"), f.Int(issued[name]), f.Int(overdue[name])})
	}
	f.same("/", "Due next", due)
}

func (f *figures) logged() {
	head, err := f.ground.log.Head(f.t.Context())
	if err != nil {
		f.t.Fatal(err)
	}
	f.caughtUp()
	for _, figure := range f.rows(f.t, "personal_data_reads", "by=reader&order=-count") {
		if figure["reader"] == "a analyst" {
			f.note("/audit/reads", "a analyst")
		}
	}
	f.note("/operations", "of "+f.Int(int64(head)))
	f.note("/tables", "loyalty_stage")
}
