package web

import (
	"cmp"
	"encoding/json"
	"maps"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
)

// verifyTime is how long reading the whole log may take.
const verifyTime = time.Hour

var nan = math.NaN()

// operations is how the server does: tables, integration, days, quality of what comes in.
func (v *visit) operations() (*Page, error) {
	p := &Page{}
	p.Title, p.Section, p.Live, p.Tabs = "Operations", "operations", true, v.operationTabs("")
	var status map[string]any
	err := v.get("/v1/projections", &status)
	s := rowOf(status)
	figures := []Figure{{Label: "Tables", Value: words(s["state"]), Tone: map[bool]string{true: "good", false: "warn"}[s["state"] == "live"]},
		{Label: "Position", Value: v.Int(s.int("position")), Note: "of " + v.Int(s.int("head"))}}
	if s.has("lag_events") {
		figures = append(figures, Figure{Label: "Behind", Value: v.Int(s.int("lag_events")) + " events", Note: v.Span(s.float("lag_seconds"))})
	} else {
		figures = append(figures, Figure{Label: "Behind", Value: "unknown", Tone: "warn"})
	}
	figures = append(figures, Figure{Label: "Rate", Value: v.Number(s.float("events_per_second"), 0) + " events/s"})
	if v.books.Date != "" {
		figures = append(figures, Figure{Label: "Business date", Value: v.Day(v.books.Date), Note: "in " + v.books.Zone})
	}
	panel := Panel{Figures: figures}
	p.add(panel, err)
	state := Panel{Title: "The tables", Wide: 6, Note: "They follow from the log, and can be made anew from it beside the live ones.",
		Facts: []Fact{{Name: "State", Value: badge(s["state"])}, {Name: "Position", Value: Cell{Text: v.Int(s.int("position"))}}, {Name: "Head of the log", Value: Cell{Text: v.Int(s.int("head"))}},
			{Name: "Looked at", Value: v.time(s, "updated_at")}, {Name: "Last error", Value: Cell{Text: cmp.Or(s["last_error"], "none")}}}}
	if v.may("rebuildProjections") {
		state.Links = []Link{{Text: "Rebuild…", Href: doing("rebuildProjections", "_next", "/operations")}}
	}
	p.add(state, err)
	if rebuild, _ := status["rebuild"].(map[string]any); rebuild != nil {
		p.Again = true
		r := rowOf(rebuild)
		p.add(Panel{Title: "A rebuild is under way", Wide: 6, Note: "The live tables answer meanwhile, and are replaced when it is done.",
			Custom: v.fragment("progress", map[string]any{"Done": r.int("position"), "Total": r.int("head")}),
			Facts:  []Fact{{Name: "Events", Value: Cell{Text: v.Int(r.int("position")) + " of " + v.Int(r.int("head"))}}, {Name: "Began", Value: v.time(r, "started_at")}}}, nil)
	}
	if s.has("rebuild_error") {
		p.add(Panel{Title: "The last rebuild failed", Wide: 6, Problem: &Problem{Detail: s["rebuild_error"] + ". The tables of before are in place."}}, nil)
	}
	p.add(v.failures())
	p.add(v.integration())
	p.add(v.daysPanel())
	p.add(v.importPanel(), nil)
	return p, nil
}

// failures are the events that no table could take.
func (v *visit) failures() (Panel, error) {
	p := Panel{Title: "Events that could not be projected", Wide: 6}
	if v.may("resumeProjections") {
		p.Links = []Link{{Text: "Try again", Href: doing("resumeProjections", "_next", "/operations")}}
	}
	rows, err := v.listOf("/v1/projections/failures", "failures")
	if slices.ContainsFunc(rows, func(r row) bool { return r["status"] == "stopped" }) {
		p.Note = "The tables stand still before it; commands go on. Mend what it says, and try again. Or start the server with --on-poison=skip: then it is left out, and stays listed here."
	}
	return listed(p, rows, "None: every event is in the tables.", right("Position", func(r row) Cell {
		c := v.count(r, "position")
		if v.is(access.Auditors) {
			c.Href = "/audit?position=" + r["position"]
		}
		return c
	}), v.texts("Type", "type"), v.texts("Error", "error"), v.states("State", "status"), v.times("Failed", "failed_at")), err
}

// listOf reads a list that has no pages.
func (v *visit) listOf(path, name string) (rows []row, err error) {
	var out map[string]json.RawMessage
	if err := v.get(path, &out); err != nil {
		return nil, err
	}
	return itemsOf(out, name)
}

func (v *visit) integration() (Panel, error) {
	p := Panel{Title: "Integration", Wide: 6, Note: "Events that go out to the system that --publish names."}
	var out map[string]any
	err := v.get("/v1/subscriptions/publish/delivery", &out)
	if missing(err) {
		p.Empty = "The server was started without --publish; see /v1/subscriptions for who else is told."
		return p, nil
	}
	for _, name := range slices.Sorted(maps.Keys(out)) {
		p.Facts = append(p.Facts, Fact{Name: words(name), Value: Cell{Text: factText(out[name])}})
	}
	if v.may("retrySubscription") {
		p.Links = []Link{{Text: "Send the dead again", Href: doing("retrySubscription", "subscription", "publish", "_next", "/operations")}}
	}
	return p, err
}

func (v *visit) daysPanel() (Panel, error) {
	p := Panel{Title: "Days", Wide: 6, Note: "What depends on time follows closed days, so a rebuild comes to the same."}
	if v.may("close_day") {
		p.Links = []Link{{Text: "Close a day…", Href: doing("close_day", "_next", "/operations")}}
	}
	rows, err := v.table("business_date", 1)
	if err != nil || len(rows) == 0 {
		p.Empty = "No day is over yet."
		return p, err
	}
	r := rows[0]
	p.Facts = []Fact{{Name: "Business date", Value: v.day(r, "business_date")}, {Name: "Last closed", Value: v.day(r, "last_closed_on")}, {Name: "Newest event", Value: v.day(r, "newest_on")},
		{Name: "Live since", Value: v.day(r, "live_since")}, {Name: "Time zone", Value: text(r, "time_zone")}, {Name: "Currency", Value: text(r, "currency")}}
	return p, nil
}

// operationTabs are the pages of operations that the visitor may see.
func (v *visit) operationTabs(current string) (tabs []Link) {
	tabs = append(tabs, Link{Text: "The server", Href: "/operations", Current: current == ""})
	if v.is(access.Analysts) {
		tabs = append(tabs, Link{Text: "Data quality", Href: "/operations/quality", Current: current == "quality"},
			Link{Text: "Maturity", Href: "/operations/maturity", Current: current == "maturity"})
	}
	if v.is(access.Admins) {
		tabs = append(tabs, Link{Text: "Keys", Href: "/operations/keys", Current: current == "keys"})
	}
	if v.uploads != nil && v.is(access.Apps) {
		tabs = append(tabs, Link{Text: "Imports", Href: "/imports", Current: current == "imports"})
	}
	return tabs
}

// quality is how good what comes in is, and how far the business has come by it.
func (v *visit) quality() (*Page, error) {
	p := &Page{Lead: "How whole it is what each source records."}
	p.Title, p.Section, p.Tabs = "Data quality", "operations", v.operationTabs("quality")
	v.ahead(v.recordedBy(), v.purchasesBy())
	p.add(v.qualityPanel())
	return p, nil
}

// maturity is how far the business has come in keeping relationships.
func (v *visit) maturity() (*Page, error) {
	p := &Page{Lead: "How far the business has come in keeping relationships, by its own data."}
	p.Title, p.Section, p.Tabs = "Maturity", "operations", v.operationTabs("maturity")
	p.add(v.maturityPanel())
	return p, nil
}

// qualityDays is how far back what comes in is looked at.
const qualityDays = 30

// recordedBy counts what happened to customers of late, by who recorded it.
func (v *visit) recordedBy() question {
	return asking("customer_timeline", recordersMax, "occurred_at>="+v.moment(v.daysAgo(qualityDays)), "by=source,department,channel,actor", "order=-count")
}

// recordersMax is of how many, with the way that they took, it is read how much they recorded.
const recordersMax = 10_000

func (v *visit) purchasesBy() question {
	return asking("purchases", 500, "purchased_on>="+v.daysAgo(qualityDays-1), "by=source,department,channel", "sum=lines,lines_without_cost,lines_without_category")
}

func (v *visit) qualityPanel() (Panel, error) {
	p := Panel{Title: "What comes in", Note: "Of the last 30 days, by source, department and channel: how much of it is whole. The CSV has all months.", CSV: v.csv("data_quality")}
	recorders, err := v.asked(v.recordedBy())
	if err != nil {
		return p, err
	}
	bought, err := v.asked(v.purchasesBy())
	if err != nil {
		return p, err
	}
	from := func(r row) string { return r["source"] + "\x00" + r["department"] + "\x00" + r["channel"] }
	by, more := map[string]row{}, map[string]row{}
	var rows []row
	for _, r := range recorders {
		one := by[from(r)]
		if one == nil {
			one = maps.Clone(r)
			delete(one, "count")
			by[from(r)], rows = one, append(rows, one)
		}
		one.add("count", r.int("count"))
		if !r.has("actor") {
			one.add("nobody", r.int("count"))
		}
	}
	for _, r := range bought {
		more[from(r)] = r
	}
	slices.SortFunc(rows, most("count"))
	columns := []column{v.texts("Source", "source"), v.nameds("Department", "department"), v.nameds("Channel", "channel"), v.counts("Events", "count"), v.counts("Without actor", "nobody")}
	for _, c := range [][2]string{{"Purchases", "count"}, {"Lines", "sum_lines"}, {"Lines without cost", "sum_lines_without_cost"}, {"Lines without category", "sum_lines_without_category"}} {
		columns = append(columns, right(c[0], func(r row) Cell { return v.count(more[from(r)], c[1]) }))
	}
	return listed(p, rows[:min(len(rows), 20)], "Nothing was recorded of late.", columns...), nil
}

func (v *visit) maturityPanel() (Panel, error) {
	p := Panel{Title: "Criteria", Note: "The levels of Ryals and Payne (2001): a level is reached where all criteria up to it are met.", CSV: v.csv("crm_maturity_criteria")}
	rows, err := v.table("crm_maturity_criteria", 200)
	if err != nil {
		return p, err
	}
	slices.SortStableFunc(rows, func(a, b row) int { return int(a.int("level") - b.int("level")) })
	return listed(p, rows, "", v.counts("Level", "level"), left("Criterion", func(r row) Cell { return Cell{Text: r["criterion"]} }), v.decimals("Measured", "measured", 2), v.decimals("Wanted", "wanted", 2),
		left("Met", func(r row) Cell {
			if r.true("met") {
				return Cell{Text: "met", Badge: true, Tone: "good"}
			}
			return Cell{Text: "not yet", Badge: true}
		})), nil
}

func (v *visit) importPanel() Panel {
	p := Panel{Title: "Imports", Wide: 6, Note: "Sales from CSV: the columns are guessed, a dry run says what would be recorded, and every line that is refused is told.",
		Custom: `<pre><code>rapport import sales.csv --dry-run --system till --currency EUR \
  --map 'customer=customer;invoice=invoice;date=date;sku=sku;quantity=quantity;price=price'</code></pre>`}
	if v.uploads != nil && v.is(access.Apps) {
		p.Links = []Link{{Text: "Upload a file…", Href: "/imports"}}
	}
	return p
}

// tables is the catalogue of what analysts query.
func (v *visit) tables() (*Page, error) {
	p := &Page{Lead: "All that analysts query by SQL in schema crm, here with the same comments. Any of it can be had as CSV."}
	p.Title, p.Section = "Tables", "tables"
	find := strings.ToLower(strings.TrimSpace(v.r.URL.Query().Get("find")))
	all, err := v.catalogueOf()
	if err != nil {
		return nil, err
	}
	t := &Table{Caption: "Tables", Heads: []Head{{Text: "Table"}, {Text: "Kind"}, {Text: "What it holds"}, {Text: "Columns", Right: true}, {Text: ""}}}
	for _, one := range all {
		if find != "" && !strings.Contains(strings.ToLower(one.Name+" "+one.Comment), find) {
			continue
		}
		csv := Cell{}
		if to := v.csv(one.Name); to != "" {
			csv = Cell{Text: "CSV", Href: to}
		}
		t.Rows = append(t.Rows, []Cell{{Text: one.Name, Href: "/tables/" + one.Name}, {Text: one.Kind, Tone: "dim"}, {Text: one.Comment}, {Text: v.Int(int64(len(one.Columns))), Right: true}, csv})
	}
	panel := Panel{ID: "catalogue", Title: "Catalogue", Custom: v.fragment("findtable", v.r.URL.Query().Get("find")), Table: t}
	if len(t.Rows) == 0 {
		panel.Table, panel.Empty = nil, "No table speaks of that."
	}
	p.add(panel, nil)
	return p, nil
}

type described struct {
	Name, Kind, Comment string
	Columns             []struct {
		Name, Type, Comment string
		Nullable, Personal  bool
	}
}

func (v *visit) catalogueOf() ([]described, error) {
	var out struct{ Tables []described }
	err := v.get("/v1/tables", &out)
	slices.SortFunc(out.Tables, func(a, b described) int { return strings.Compare(a.Name, b.Name) })
	return out.Tables, err
}

// table1 shows one table: its columns, and some of its rows where none of them is personal.
func (v *visit) table1() (*Page, error) {
	name := v.r.PathValue("file")
	if strings.HasSuffix(name, ".csv") {
		if !v.is(access.Analysts) {
			return nil, forbids("Tables as CSV are for analysts.")
		}
		return v.tableCSV()
	}
	all, err := v.catalogueOf()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(d described) bool { return d.Name == name })
	if at < 0 {
		return nil, &Problem{Status: 404, Title: "There is no such table", Detail: "The catalogue lists all that there are."}
	}
	one := all[at]
	p := &Page{Lead: one.Comment}
	p.Title, p.Section = name, "tables"
	p.Tabs = []Link{{Text: "‹ All tables", Href: "/tables"}}
	t := &Table{Caption: "Columns", Heads: []Head{{Text: "Column"}, {Text: "Type"}, {Text: "What it holds"}, {Text: ""}}}
	personal := false
	for _, c := range one.Columns {
		note := Cell{}
		if c.Personal {
			personal, note = true, Cell{Text: "personal", Badge: true, Tone: "warn"}
		}
		kind := c.Type
		if c.Nullable {
			kind += ", or none"
		}
		t.Rows = append(t.Rows, []Cell{{Text: c.Name, Tone: "code"}, {Text: kind, Tone: "dim"}, {Text: c.Comment}, note})
	}
	p.add(Panel{Title: "Columns", Table: t, CSV: v.csv(name)}, nil)
	if !v.is(access.Analysts) {
		return p, nil
	}
	sample := Panel{Title: "Some rows", Note: "In no order. Select others by a column: /tables/" + name + ".csv?column=value"}
	if personal && v.r.URL.Query().Get("rows") == "" {
		sample.Empty = "The rows hold personal data; that you look at them is recorded."
		sample.Links = []Link{{Text: "Show them", Href: "/tables/" + url.PathEscape(name) + "?rows=yes"}}
		p.add(sample, nil)
		return p, nil
	}
	rows, err := v.table(name, 20)
	columns := make([]column, len(one.Columns))
	for i, c := range one.Columns {
		columns[i] = v.texts(c.Name, c.Name)
	}
	p.add(listed(sample, rows, "It has no rows yet.", columns...), err)
	return p, nil
}
