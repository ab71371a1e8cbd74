package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
)

// customersOn is how many customers are on a page.
const customersOn = 50

// customers finds customers by anything, and lists them.
func (v *visit) customers() (*Page, error) {
	q := v.r.URL.Query()
	find := strings.TrimSpace(q.Get("q"))
	if id, err := uuid.Parse(find); err == nil {
		http.Redirect(v.w, v.r, "/customers/"+id.String(), http.StatusSeeOther)
		return nil, nil
	}
	p := &Page{}
	p.Title, p.Section = "Customers", "customers"
	if by, _ := findBy(find); v.is(access.Apps|access.Auditors) && (!v.is(access.Analysts) || by != "name" || q.Get("rule") != "") {
		return v.foundCustomers(p, find, q)
	}
	list := customerList{from: "customer_summary", find: find}
	for _, column := range []string{"stage", "kind", "country"} {
		if value := q.Get(column); value != "" {
			list.conditions = append(list.conditions, column+"="+value)
		}
	}
	if find != "" {
		list.conditions = append(list.conditions, "name~="+find)
	}
	if segment := q.Get("segment"); segment != "" {
		list.from, list.conditions = "customer_360", append(list.conditions, "segments~="+segment)
	}
	return v.pageOfCustomers(p, list, q)
}

// customerList is whom a visitor asked for. Their segments cost a look at everybody: they are read where somebody is chosen by them.
type customerList struct {
	from, find string
	conditions []string
}

// pageOfCustomers is a page of a list that the tables sort themselves, however long it is.
func (v *visit) pageOfCustomers(p *Page, list customerList, q url.Values) (*Page, error) {
	counted, err := v.table(list.from, 1, append(slices.Clone(list.conditions), "by=")...)
	if err != nil {
		return nil, err
	}
	total := 0
	if len(counted) == 1 {
		total = int(counted[0].int("count"))
	}
	sorted := cmp.Or(q.Get("sort"), customersBy)
	if !slices.ContainsFunc(customerColumns, func(c customerColumn) bool { return c.sorts != 0 && c.name == strings.TrimPrefix(sorted, "-") }) {
		sorted = customersBy
	}
	rows, err := v.table(list.from, customersOn, append(slices.Clone(list.conditions), "order="+sorted, "offset="+strconv.Itoa(pageIn(q, total)*customersOn))...)
	if err == nil && list.from != "customer_360" {
		err = v.belong(rows)
	}
	if err != nil {
		return nil, err
	}
	if p.Lead = v.Int(int64(total)) + " customers"; list.find != "" {
		p.Lead += " for “" + list.find + "”"
	}
	p.Panels = []Panel{v.customersPanel(rows, total, list.conditions, q)}
	return p, nil
}

// belong sets to which segments customers belong.
func (v *visit) belong(rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	conditions := []string{"valid_to=", "order=segment"}
	for _, r := range rows {
		conditions = append(conditions, "customer_id="+r["customer_id"])
	}
	of := map[string][]string{}
	members, err := v.table("segment_membership", 50*len(rows), conditions...)
	for _, m := range members {
		of[m["customer_id"]] = append(of[m["customer_id"]], m["segment"])
	}
	for _, r := range rows {
		if segments := of[r["customer_id"]]; len(segments) > 0 {
			r["segments"] = "{" + strings.Join(segments, ",") + "}"
		}
	}
	return err
}

// customersBy is how customers are sorted unless it is said otherwise.
const customersBy = "-net_revenue_minor"

// pageIn is which page of a list is shown.
func pageIn(q url.Values, total int) int {
	page, _ := strconv.Atoi(q.Get("page"))
	return max(0, min(page, (total-1)/customersOn))
}

// customersPanel shows a page of the customers whom a visitor asked for.
func (v *visit) customersPanel(rows []row, total int, conditions []string, q url.Values) Panel {
	panel := v.newCustomersPanel(q)
	if total == 0 {
		panel.Empty = "Nobody matches. Look for a part of a name, or take away a filter."
		return panel
	}
	t, page := v.customerTable(rows, q, true), pageIn(q, total)
	if from, to := page*customersOn, min(total, (page+1)*customersOn); total > customersOn {
		t.More = v.Int(int64(from+1)) + " to " + v.Int(int64(to)) + " of " + v.Int(int64(total))
		if to < total {
			t.Next = with("/customers", q, "page", strconv.Itoa(page+1))
		}
	}
	if page > 0 {
		t.Prev = with("/customers", q, "page", strconv.Itoa(page-1))
	}
	panel.Table, panel.CSV = t, v.csv("customer_360", conditions...)
	return panel
}

// newCustomersPanel is the list before anybody is on it.
func (v *visit) newCustomersPanel(q url.Values) Panel {
	panel := Panel{ID: "results", Title: "Customers", Custom: v.fragment("filters", v.customerFilters(q))}
	if v.may("register_customer") {
		panel.Links = append(panel.Links, Link{Text: "Register a customer", Href: "/do/register_customer"})
	}
	return panel
}

// findBy says by what somebody is looked for: an e-mail address, a phone number, an id of another system, or a name.
func findBy(find string) (filter, value string) {
	digits := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(find)
	switch {
	case strings.Contains(find, "@"):
		return "email", find
	case len(digits) > 5 && strings.Trim(strings.TrimPrefix(digits, "+"), "0123456789") == "":
		return "phone", digits
	case strings.Contains(find, ":"):
		return "external_id", find
	}
	return "name", find
}

// asksFor is what the API is asked to find.
func asksFor(find string, q url.Values) url.Values {
	ask := url.Values{}
	if find != "" {
		by, value := findBy(find)
		ask.Set(by, value)
	}
	for _, name := range []string{"stage", "kind", "country", "segment", "rule", "cursor"} {
		if value := q.Get(name); value != "" {
			ask.Set(name, value)
		}
	}
	return ask
}

// foundCustomers are those whom the API finds: by an identity, by how their name begins, by where they belong, or by a rule.
func (v *visit) foundCustomers(p *Page, find string, q url.Values) (*Page, error) {
	panel := v.newCustomersPanel(q)
	rows, next, err := v.list("/v1/customers", "customers", customersOn, asksFor(find, q))
	if err != nil {
		problem := problemOf(err)
		if problem.Status != http.StatusBadRequest && problem.Status != http.StatusUnprocessableEntity {
			return nil, err
		}
		if q.Get("rule") != "" {
			panel.Problem = &Problem{Status: problem.Status, Title: "The rule has a fault", Detail: problem.Detail}
			p.Panels = []Panel{panel}
			return p, nil
		}
	}
	if p.Lead = "The newest first."; find != "" {
		p.Lead = "Found for “" + find + "”."
	}
	switch {
	case len(rows) > 0:
		panel.Table, panel.CSV = v.customerTable(rows, q, false), with("/customers.csv", q, "cursor", "")
	case next != "":
		panel.Table = &Table{Caption: "Customers", More: "Nobody of those who were judged so far."}
	default:
		panel.Empty = "Nobody matches. Look for how a name begins, an e-mail address, a phone number with the country's code, or an external id as system:id; or take away a filter."
	}
	if next != "" {
		panel.Table.Next = with("/customers", q, "cursor", next)
	}
	p.Panels = []Panel{panel}
	return p, nil
}

// with returns the address of the list with some parameters changed.
func with(path string, q url.Values, pairs ...string) string {
	next := url.Values{}
	for k, values := range q {
		if k != "done" {
			next[k] = values
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if next.Set(pairs[i], pairs[i+1]); pairs[i+1] == "" {
			next.Del(pairs[i])
		}
	}
	if len(next) == 0 {
		return path
	}
	return path + "?" + next.Encode()
}

func (v *visit) nameOf(r row) Cell {
	c := customerCell(r["customer_id"], r["name"])
	if r.has("erased_on") {
		c.Text, c.Tone = "Erased on "+v.Day(r["erased_on"]), "dim"
	}
	return c
}

type filterPanel struct {
	Find    string
	Rule    string
	Rules   bool // the visitor may find by a rule
	Sort    string
	Filters []filterChoice
	Columns []columnChoice
	Clear   string
}

// columnChoice is a column that can be shown.
type columnChoice struct {
	Name, Label string
	Shown       bool
}

type filterChoice struct {
	Name, Label, Value string
	Options            []string
}

func (v *visit) customerFilters(q url.Values) filterPanel {
	f := filterPanel{Find: q.Get("q"), Sort: q.Get("sort"), Rule: q.Get("rule"), Rules: v.is(access.Apps | access.Auditors)}
	stages, _ := v.stages() // without them the filter is empty
	var names []string
	for _, s := range stages {
		names = append(names, s.Stage)
	}
	var out struct {
		Segments []struct {
			Segment string `json:"segment"`
		} `json:"segments"`
	}
	_ = v.get("/v1/segments", &out) // likewise
	var segments []string
	for _, s := range out.Segments {
		segments = append(segments, s.Segment)
	}
	f.Filters = []filterChoice{{"stage", "Stage", q.Get("stage"), names}, {"segment", "Segment", q.Get("segment"), segments},
		{"kind", "Kind", q.Get("kind"), []string{"person", "organisation"}}}
	shown := chosenColumns(q)
	for _, c := range customerColumns[1:] {
		f.Columns = append(f.Columns, columnChoice{c.name, c.head, slices.ContainsFunc(shown, func(s customerColumn) bool { return s.name == c.name })})
	}
	if f.Find != "" || f.Rule != "" || q.Get("stage")+q.Get("segment")+q.Get("kind") != "" {
		f.Clear = "/customers"
	}
	return f
}
