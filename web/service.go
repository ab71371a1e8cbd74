package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/web/charts"
)

// service is the desk: what waits by due time, and how the department does.
func (v *visit) service() (*Page, error) {
	q := v.r.URL.Query()
	p := &Page{Follows: "customer.case_*"}
	p.Title, p.Section = "Service", "service"
	if v.is(access.Analysts) {
		v.ahead(openCases, casesBy("assignee"), casesBy("queue"), casesBy("priority"), serviceDays, asking("complaint_recurrence", 500), asking("complaint_justice", 5000))
	}
	filters := []filterChoice{{"assignee", "Assignee", q.Get("assignee"), nil}, {"queue", "Queue", q.Get("queue"), nil}, {"priority", "Priority", q.Get("priority"), nil}}
	open, paused, conditions := url.Values{"state": {"open"}, "sort": {"due_at"}}, url.Values{"state": {"paused"}}, []string{"state=open", "state=paused"}
	for _, f := range filters {
		if f.Value != "" {
			open.Set(f.Name, f.Value)
			paused.Set(f.Name, f.Value)
			conditions = append(conditions, f.Name+"="+f.Value)
		}
	}
	cases, more, err := v.queue("cases", []url.Values{open, paused}, asking("case_current", queueMax, conditions...))
	if err != nil {
		return nil, err
	}
	var clocks map[string]row
	if !v.is(access.Apps) {
		clocks = v.runningClocks()
	}
	for i := range filters {
		filters[i].Options = distinct(cases, filters[i].Name)
		if counted, err := v.asked(casesBy(filters[i].Name)); err == nil {
			filters[i].Options = distinct(counted, filters[i].Name)
		}
	}
	figure := Figure{Label: "Open cases", Value: v.some(len(cases), more)}
	if counted, err := v.asked(openCases); err == nil && len(counted) == 1 {
		figure.Value = v.Int(counted[0].int("count"))
	}
	late := v.dueOf(cases, clocks)
	slices.SortStableFunc(cases, func(a, b row) int {
		if a.has("due_at") != b.has("due_at") {
			return map[bool]int{true: -1, false: 1}[a.has("due_at")]
		}
		return strings.Compare(a["due_at"]+a["opened_at"], b["due_at"]+b["opened_at"])
	})
	names := v.names(cases[:min(len(cases), queueOn)])
	figures := []Figure{figure}
	if late > 0 {
		figures = append(figures, Figure{Label: "Past a deadline", Value: v.some(late, more && late == len(cases)), Tone: "bad"})
	}
	p.add(Panel{Figures: append(figures, v.serviceFigures()...)}, nil)
	p.add(first(listed(Panel{Title: "Queue", Note: "What is due first, first. A clock runs for the first response, for a next response, and for the resolution; it stops while a case is paused.",
		Custom: v.fragment("choices", map[string]any{"Action": "/service", "Filters": filters})}, cases, "No case is open. A case is opened on a customer's page.",
		left("Case", func(r row) Cell {
			return Cell{Text: cmp.Or(r["subject"], words(r["type"])+" "+short(r["case_id"])), Href: "/service/" + r["customer_id"] + "/" + r["case_id"]}
		}), v.whos(names),
		v.nameds("Type", "type"), v.states("Priority", "priority"), v.nameds("State", "state"), v.texts("Assignee", "assignee"),
		left("Due", func(r row) Cell {
			c := v.time(r, "due_at")
			if r.true("late") {
				c.Badge, c.Tone = true, "bad"
			}
			return c
		}), left("For", func(r row) Cell { return named(r, "clock") })), queueOn, "The first "+v.Int(queueOn)+". Choose an assignee, a queue or a priority to see others."), nil)
	if v.is(access.Analysts) {
		p.add(v.backlogPanel())
		p.add(v.responseTimes())
		p.add(v.tablePanel(Panel{Title: "What customers complain of", Wide: 6}, "complaint_recurrence", most("complaints"), "Nobody has complained.",
			v.nameds("Category", "category"), v.counts("Complaints", "complaints"), v.counts("Customers", "customers"), v.shares("Again", "repeat_share"),
			v.counts("Open", "open"), v.counts("Prevented", "prevented")))
		p.add(v.justice())
		p.add(v.maintenanceDue())
	}
	return p, nil
}

// casesBy counts the open cases by a column.
func casesBy(column string) question {
	return asking("case_current", 500, "state=open", "state=paused", "by="+column)
}

// serviceDays are the indicators of the department, day by day.
var serviceDays = asking("service_kpi_daily", 10_000)

// dueOf sets when the next clock of each case runs out, and returns how many have.
func (v *visit) dueOf(cases []row, clocks map[string]row) (late int) {
	for _, r := range cases {
		if c := clockOf(r, clocks); c != nil {
			r["due_at"], r["clock"] = c["due_at"], c["clock"]
			if c.true("breached") || v.past(c["due_at"]) {
				r["late"] = "t"
				late++
			}
		}
	}
	return late
}

func (v *visit) past(moment string) bool {
	t, err := parseTime(moment)
	return err == nil && t.Before(v.now())
}

// runningClocks are the earliest due of each case.
func (v *visit) runningClocks() map[string]row {
	out := map[string]row{}
	rows, err := v.table("case_clock", 2000, "ended_at=", "due_at!=", "order=due_at")
	if err != nil {
		return out // then nothing is said to be due
	}
	for _, r := range rows {
		if had := out[r["case_id"]]; had == nil || r["due_at"] < had["due_at"] {
			out[r["case_id"]] = r
		}
	}
	return out
}

// clockOf is the clock of a case that runs out next: of those that a list has in it, else as they were read.
func clockOf(r row, read map[string]row) (first row) {
	var clocks []map[string]any
	if json.Unmarshal([]byte(r["clocks"]), &clocks) != nil {
		return read[r["case_id"]]
	}
	for _, one := range clocks {
		if c := rowOf(one); c.has("due_at") && !c.has("ended_at") && (first == nil || c["due_at"] < first["due_at"]) {
			first = c
		}
	}
	return first
}

func (v *visit) serviceFigures() (all []Figure) {
	days, err := v.asked(serviceDays)
	if err != nil || len(days) == 0 {
		return nil
	}
	recent := latest(days, "day", 90)
	mean := func(column, weight string) (float64, bool) {
		sum, n := 0.0, 0.0
		for _, d := range recent {
			if d.has(column) {
				w := max(d.float(weight), 1)
				sum, n = sum+d.float(column)*w, n+w
			}
		}
		return sum / n, n > 0
	}
	if s, ok := mean("response_s_mean", "opened"); ok {
		all = append(all, Figure{Label: "First response", Value: v.Span(s), Note: "mean of late"})
	}
	if s, ok := mean("resolution_s_mean", "resolved"); ok {
		all = append(all, Figure{Label: "To resolve", Value: v.Span(s), Note: "mean, pauses apart"})
	}
	if s, ok := mean("first_contact_share", "resolved"); ok {
		all = append(all, Figure{Label: "At first contact", Value: v.Percent(s, 0), Note: "of the resolved"})
	}
	if s, ok := mean("reopened_share", "resolved"); ok {
		all = append(all, Figure{Label: "Reopened", Value: v.Percent(s, 0), Note: "of the resolved"})
	}
	return all
}

func (v *visit) backlogPanel() (Panel, error) {
	p := Panel{Title: "Backlog", Wide: 6, Note: "Cases open at the end of each day on which something happened.", CSV: v.csv("service_kpi_daily")}
	days, err := v.asked(serviceDays)
	if err != nil || len(days) == 0 {
		p.Empty = "No case was opened yet."
		return p, err
	}
	days = latest(days, "day", 120)
	labels, backlog := make([]string, len(days)), make([]float64, len(days))
	for i, d := range days {
		labels[i], backlog[i] = v.Day(d["day"]), d.float("backlog")
	}
	p.Chart = charts.Line{Frame: frame("Backlog", "Cases open at the end of the day.", 6, 250), Y: v.countAxis("Cases"), Labels: labels,
		Series: []charts.Series{{Name: "Open", Values: backlog}}}
	return p, nil
}

func (v *visit) responseTimes() (Panel, error) {
	p := Panel{Title: "Opened and resolved", Wide: 6, Note: "By month.", CSV: v.csv("service_kpi_daily")}
	days, err := v.asked(serviceDays)
	if err != nil || len(days) == 0 {
		p.Empty = "No case was opened yet."
		return p, err
	}
	opened, resolved, breaches := map[string]float64{}, map[string]float64{}, map[string]float64{}
	var months []string
	for _, d := range latest(days, "day", len(days)) {
		if len(d["day"]) < len("2006-01") {
			continue
		}
		m := d["day"][:7] + "-01"
		if len(months) == 0 || months[len(months)-1] != m {
			months = append(months, m)
		}
		opened[m] += d.float("opened")
		resolved[m] += d.float("resolved")
		breaches[m] += d.float("breaches")
	}
	months = months[max(0, len(months)-9):]
	series := []charts.Series{{Name: "Opened"}, {Name: "Resolved"}, {Name: "Deadlines broken"}}
	labels := make([]string, len(months))
	for i, m := range months {
		labels[i] = v.Month(m)
		for j, of := range []map[string]float64{opened, resolved, breaches} {
			series[j].Values = append(series[j].Values, of[m])
		}
	}
	p.Chart = charts.Bar{Frame: frame("Cases by month", "Opened, resolved, and deadlines that were broken.", 6, 250), Y: v.countAxis("Cases"), Labels: labels, Series: series}
	return p, nil
}

// justice is of each category over all months, each by how many rated it.
func (v *visit) justice() (Panel, error) {
	p := Panel{Title: "How justly complaints were handled", Wide: 6, CSV: v.csv("complaint_justice"),
		Note: "As customers rate it, from 1 to 7: what they got, how it was decided, how they were treated."}
	months, err := v.table("complaint_justice", 5000)
	if err != nil {
		return p, err
	}
	var rows []row
	columns := []string{"distributive_mean", "procedural_mean", "interactional_mean"}
	for _, category := range distinct(months, "category") {
		n, sums := 0.0, make([]float64, len(columns))
		for _, m := range months {
			if m["category"] == category {
				n += m.float("ratings")
				for i, c := range columns {
					sums[i] += m.float(c) * m.float("ratings")
				}
			}
		}
		r := row{"category": category, "ratings": strconv.FormatFloat(n, 'f', 0, 64)}
		for i, c := range columns {
			r[c] = strconv.FormatFloat(sums[i]/n, 'f', 4, 64)
		}
		rows = append(rows, r)
	}
	return listed(p, rows, "No complaint was rated yet.", v.nameds("Category", "category"), v.counts("Ratings", "ratings"), v.decimals("Got", columns[0], 1),
		v.decimals("Decided", columns[1], 1), v.decimals("Treated", columns[2], 1)), nil
}

func (v *visit) maintenanceDue() (Panel, error) {
	p := Panel{Title: "Equipment due", Note: "Maintenance that is before us, and what was missed.", CSV: v.csv("maintenance_due")}
	rows, err := v.table("maintenance_due", 25, "order=due_on")
	if err != nil {
		return p, err
	}
	names := v.names(rows)
	return listed(p, rows, "No maintenance is due.", v.whos(names), v.texts("Model", "model"), v.texts("Component", "component"), v.days("Due", "due_on"),
		v.counts("Days left", "days_left"), v.states("State", "state"), left("", func(r row) Cell {
			if !v.may("perform_maintenance") {
				return Cell{}
			}
			return Cell{Text: "Done…", Href: doing("perform_maintenance", "customer_id", r["customer_id"], "asset_id", r["asset_id"], "component", r["component"],
				"maintenance_id", r["maintenance_id"], "_next", "/service")}
		})), nil
}

// serviceCase is one case with its clocks and what happened, beside what can be done with it.
func (v *visit) serviceCase() (*Page, error) {
	id, caseID := v.r.PathValue("id"), v.r.PathValue("case")
	cases, err := v.of(id, "cases", "case_current")
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(cases, func(r row) bool { return r["case_id"] == caseID })
	if at < 0 {
		return nil, &Problem{Status: http.StatusNotFound, Title: "There is no such case", Detail: "It may be of another customer, or not in the tables yet."}
	}
	c := cases[at]
	p := &Page{}
	p.Title, p.Section = cmp.Or(c["subject"], words(c["type"])+" case"), "service"
	p.Badges = []Cell{badge(c["state"]), badge(c["priority"]), {Text: words(c["type"]), Badge: true}}
	p.Tabs = []Link{{Text: "‹ All cases", Href: "/service"}, {Text: "The customer", Href: "/customers/" + id}}
	who := v.names([]row{{"customer_id": id}})
	facts := []Fact{{Name: "Customer", Value: customerCell(id, who[id])}, {Name: "Category", Value: named(c, "category")}, {Name: "Queue", Value: text(c, "queue")},
		{Name: "Assignee", Value: text(c, "assignee")}, {Name: "Opened", Value: v.time(c, "opened_at")}, {Name: "Answers, replies", Value: Cell{Text: c["responses"] + ", " + c["replies"]}},
		{Name: "Reopened", Value: text(c, "reopened")}, {Name: "Resolved", Value: v.time(c, "resolved_at")}, {Name: "Cause", Value: text(c, "root_cause")}, {Name: "Action", Value: text(c, "action")},
		{Name: "Compensation", Value: v.money(c, "compensation_minor", c["compensation_currency"])}}
	facts[len(facts)-1].Value.Right = false
	p.add(Panel{Title: "Case", Wide: 5, Facts: facts}, nil)
	p.add(v.clockPanel(c))
	p.add(Panel{Title: "What next", Wide: 12, Custom: v.fragment("chips", v.caseActions(id, caseID, c["state"]))}, nil)
	rows, _, err := v.touchpoints(id, 300, "")
	thread := Panel{Title: "Thread", Note: "What happened with the customer since the case was opened, the newest first."}
	for _, r := range rows {
		if r["occurred_at"] >= rfc3339(c["opened_at"]) {
			thread.Entries = append(thread.Entries, v.entry(id, r))
		}
	}
	p.add(thread, err)
	return p, nil
}

// rfc3339 is a moment as JSON writes it, in UTC.
func rfc3339(moment string) string {
	t, err := parseTime(moment)
	if err != nil {
		return moment
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

func (v *visit) clockPanel(c row) (Panel, error) {
	p := Panel{Title: "Clocks", Wide: 7}
	var rows []row
	var clocks []map[string]any
	if err := json.Unmarshal([]byte(c["clocks"]), &clocks); err == nil {
		for _, one := range clocks {
			rows = append(rows, rowOf(one))
		}
	} else if rows, err = v.table("case_clock", 100, "case_id="+c["case_id"]); err != nil {
		return p, err
	}
	slices.SortFunc(rows, up("due_at"))
	return listed(p, rows, "No clock was set.", v.nameds("Clock", "clock"), v.times("Due", "due_at"), right("Allowed", func(r row) Cell {
		return Cell{Text: v.Span(r.float("target_s")), Right: true}
	}), right("Ran", func(r row) Cell { return Cell{Text: v.Span(r.float("ran_s")), Right: true} }), left("State", func(r row) Cell {
		switch {
		case r.true("breached"):
			return Cell{Text: "broken", Badge: true, Tone: "bad"}
		case r.has("ended_at"):
			return Cell{Text: "kept", Badge: true, Tone: "good"}
		case !r.has("running_since"):
			return Cell{Text: "paused", Badge: true}
		}
		return Cell{Text: "running", Badge: true, Tone: "warn"}
	})), nil
}

func (v *visit) caseActions(id, caseID, state string) (all []Link) {
	next := "/service/" + id + "/" + caseID
	for _, a := range []struct{ name, text, when string }{{"respond_to_case", "Answered", "open"}, {"reply_to_case", "They replied", "open"}, {"assign_case", "Assign…", "open"},
		{"pause_case", "Pause…", "open"}, {"resume_case", "Resume", "open"}, {"escalate_case", "Escalate…", "open"}, {"resolve_case", "Resolve…", "open"},
		{"reopen_case", "Reopen…", "done"}, {"close_case", "Close", "done"}, {"rate_complaint", "Rate…", "done"}} {
		done := state == "resolved" || state == "closed"
		if v.may(a.name) && done == (a.when == "done") && (a.name != "resume_case" || state == "paused") && (a.name != "pause_case" || state != "paused") {
			all = append(all, Link{Text: a.text, Href: doing(a.name, "customer_id", id, "case_id", caseID, "_next", next)})
		}
	}
	return all
}
