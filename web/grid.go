package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
)

// column is how a column of a table is shown.
type column struct {
	head  Head
	write func(row) Cell
}

func left(head string, write func(row) Cell) column { return column{Head{Text: head}, write} }

func right(head string, write func(row) Cell) column {
	return column{Head{Text: head, Right: true}, write}
}

func (v *visit) texts(head, name string) column {
	return left(head, func(r row) Cell { return text(r, name) })
}

func (v *visit) nameds(head, name string) column {
	return left(head, func(r row) Cell { return named(r, name) })
}

func (v *visit) days(head, name string) column {
	return left(head, func(r row) Cell { return v.day(r, name) })
}

func (v *visit) times(head, name string) column {
	return left(head, func(r row) Cell { return v.time(r, name) })
}

func (v *visit) counts(head, name string) column {
	return right(head, func(r row) Cell { return v.count(r, name) })
}

func (v *visit) decimals(head, name string, digits int) column {
	return right(head, func(r row) Cell { return v.decimal(r, name, digits) })
}

func (v *visit) shares(head, name string) column {
	return right(head, func(r row) Cell { return v.share(r, name) })
}

func (v *visit) states(head, name string) column {
	return left(head, func(r row) Cell { return badge(r[name]) })
}

// amounts are in minor units of the reporting currency.
func (v *visit) amounts(head, name string) column {
	return right(head, func(r row) Cell { return v.money(r, name, v.books.Currency) })
}

// rounds are amounts that a model foresees, without cents.
func (v *visit) rounds(head, name string) column {
	return right(head, func(r row) Cell {
		if !r.has(name) {
			return dashRight
		}
		return Cell{Text: v.MoneyRound(r.float(name), v.books.Currency), Right: true}
	})
}

func (v *visit) whos(names map[string]string) column {
	return left("Customer", func(r row) Cell { return customerCell(r["customer_id"], names[r["customer_id"]]) })
}

// grid shows rows by columns.
func grid(caption string, rows []row, columns ...column) *Table {
	t := &Table{Caption: caption}
	for _, c := range columns {
		t.Heads = append(t.Heads, c.head)
	}
	for _, r := range rows {
		line := make([]Cell, len(columns))
		for i, c := range columns {
			line[i] = c.write(r)
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

// listed puts rows into a panel, or what to do where there are none.
func listed(p Panel, rows []row, empty string, columns ...column) Panel {
	if len(rows) == 0 {
		p.Empty = empty
		return p
	}
	p.Table = grid(p.Title, rows, columns...)
	return p
}

// tablePanel shows a table of the API's, sorted.
func (v *visit) tablePanel(p Panel, table string, sorted func(a, b row) int, empty string, columns ...column) (Panel, error) {
	rows, err := v.table(table, 500)
	if err != nil {
		return p, err
	}
	if sorted != nil {
		slices.SortStableFunc(rows, sorted)
	}
	p.CSV = v.csv(table)
	return listed(p, rows, empty, columns...), nil
}

// up and down sort by a column.
func up(name string) func(a, b row) int {
	return func(a, b row) int { return strings.Compare(a[name], b[name]) }
}

func down(name string) func(a, b row) int {
	return func(a, b row) int { return strings.Compare(b[name], a[name]) }
}

func most(name string) func(a, b row) int {
	return func(a, b row) int {
		switch x, y := a.float(name), b.float(name); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return strings.Compare(a["customer_id"], b["customer_id"])
	}
}

// queue reads the first of what is open across customers, and reports whether there is more: one of the API's lists, for each of some
// states; the table where the visitor's role reads tables alone.
func (v *visit) queue(list string, filters []url.Values, table question) (all []row, more bool, err error) {
	if !v.is(access.Apps | access.Auditors) {
		rows, err := v.asked(table)
		return rows, len(rows) >= table.limit, err
	}
	for _, filter := range filters {
		rows, next, err := v.list("/v1/"+list, list, table.limit, filter)
		if err != nil {
			return nil, false, err
		}
		all, more = append(all, rows...), more || next != ""
	}
	return all, more, nil
}

// queueOn is how much of a queue is shown, queueMax how much of one is read that is sorted here.
const (
	queueOn  = 50
	queueMax = 500
)

// some writes a number of things of which there may be more.
func (v *visit) some(n int, more bool) string {
	if more {
		return v.Int(int64(n)) + " or more"
	}
	return v.Int(int64(n))
}

// first keeps the first rows of a queue, and says in its table that there are more.
func first(p Panel, most int, more string) Panel {
	if p.Table != nil && len(p.Table.Rows) > most {
		p.Table.Rows, p.Table.More = p.Table.Rows[:most], more
	}
	return p
}

// names are what customers are called, by their ids; those that the visitor may not see are left out.
func (v *visit) names(rows ...[]row) map[string]string {
	var ids []string
	for _, group := range rows {
		for _, r := range group {
			if id := r["customer_id"]; id != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	out := map[string]string{}
	if len(ids) == 0 {
		return out
	}
	if v.is(access.Analysts) {
		conditions := make([]string, min(len(ids), queueMax))
		for i := range conditions {
			conditions[i] = "customer_id=" + ids[i]
		}
		known, err := v.table("customer_summary", len(ids), conditions...)
		if err == nil {
			for _, r := range known {
				out[r["customer_id"]] = r["name"]
			}
		}
		return out
	}
	if !v.is(access.Apps | access.Auditors) {
		return out
	}
	for _, id := range ids[:min(len(ids), 40)] {
		var c struct {
			Name string `json:"name"`
		}
		if v.get("/v1/customers/"+id, &c) == nil {
			out[id] = c.Name
		}
	}
	return out
}
