package web

import (
	"cmp"
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// customerColumn is a column of the list of customers.
type customerColumn struct {
	name, head string
	usual      bool // it is shown unless others are chosen
	sorts      int  // 1 the least first, -1 the greatest first; 0: it does not sort
	write      func(*visit, row) Cell
}

func textOf(name string) func(*visit, row) Cell {
	return func(_ *visit, r row) Cell { return text(r, name) }
}

func dayOf(name string) func(*visit, row) Cell {
	return func(v *visit, r row) Cell { return v.day(r, name) }
}

func countOf(name string) func(*visit, row) Cell {
	return func(v *visit, r row) Cell { return v.count(r, name) }
}

// amountOf is in the currency of the row; who has bought nothing has none.
func amountOf(name string) func(*visit, row) Cell {
	return func(v *visit, r row) Cell {
		if !r.has("currency") {
			return dashRight
		}
		return v.money(r, name, r["currency"])
	}
}

// customerColumns are all that there are.
var customerColumns = []customerColumn{
	{"name", "Name", true, 1, (*visit).nameOf},
	{"stage", "Stage", true, 1, func(_ *visit, r row) Cell { return badge(r["stage"]) }},
	{"segments", "Segments", true, 0, func(_ *visit, r row) Cell {
		names := arrayOf(r["segments"])
		for i := range names {
			names[i] = words(names[i])
		}
		return Cell{Text: strings.Join(names, ", "), Tone: "dim"}
	}},
	{"country", "Country", true, 1, textOf("country")},
	{"orders", "Orders", true, -1, countOf("orders")},
	{"net_revenue_minor", "Net revenue", true, -1, amountOf("net_revenue_minor")},
	{"last_purchase_on", "Last purchase", true, -1, dayOf("last_purchase_on")},
	{"last_contact_on", "Last contact", true, -1, dayOf("last_contact_on")},
	{"kind", "Kind", false, 1, func(_ *visit, r row) Cell { return named(r, "kind") }},
	{"locale", "Locale", false, 0, textOf("locale")},
	{"registered_on", "Registered", false, -1, dayOf("registered_on")},
	{"stage_since", "On the stage since", false, 0, dayOf("stage_since")},
	{"acquisition_source", "Came by", false, 0, func(_ *visit, r row) Cell { return named(r, "acquisition_source") }},
	{"first_purchase_on", "First purchase", false, 0, dayOf("first_purchase_on")},
	{"returns", "Returns", false, 0, countOf("returns")},
	{"gross_revenue_minor", "Gross revenue", false, 0, amountOf("gross_revenue_minor")},
	{"interactions", "Contacts", false, 0, countOf("interactions")},
}

// chosenColumns are those that an address names, or the usual ones; the name is always there.
func chosenColumns(q url.Values) (all []customerColumn) {
	for _, c := range customerColumns {
		if chosen := slices.Contains(q["col"], c.name); c.name == "name" || chosen || len(q["col"]) == 0 && c.usual {
			all = append(all, c)
		}
	}
	return all
}

// customerTable shows customers by the columns that were chosen. A list that the tables sort is sorted by its heads.
func (v *visit) customerTable(rows []row, q url.Values, sorts bool) *Table {
	columns := chosenColumns(q)
	all := make([]column, len(columns))
	for i, c := range columns {
		head := Head{Text: c.head}
		if sorts {
			head = c.sorting(q)
		}
		all[i] = column{head, func(r row) Cell { return c.write(v, r) }}
	}
	t := grid("Customers", rows, all...)
	for _, line := range t.Rows {
		for i := range line {
			t.Heads[i].Right = line[i].Right
		}
	}
	return t
}

// sorting is the head of a column that sorts the other way at the next click.
func (c customerColumn) sorting(q url.Values) Head {
	h := Head{Text: c.head}
	next := c.name
	switch sorted := cmp.Or(q.Get("sort"), customersBy); {
	case c.sorts == 0:
		return h
	case sorted == c.name:
		h.Sorted, next = "ascending", "-"+c.name
	case sorted == "-"+c.name:
		h.Sorted = "descending"
	case c.sorts < 0:
		next = "-" + c.name
	}
	h.Href = with("/customers", q, "sort", next, "page", "")
	return h
}

// customersCSV hands out everybody whom the API finds, by the columns that were chosen, as the API writes values.
func (v *visit) customersCSV() (*Page, error) {
	q := v.r.URL.Query()
	ask, columns := asksFor(strings.TrimSpace(q.Get("q")), q), chosenColumns(q)
	names := []string{"customer_id"}
	for _, c := range columns {
		if names = append(names, c.name); strings.HasSuffix(c.name, "_minor") && !slices.Contains(names, "currency") {
			names = append(names, "currency")
		}
	}
	out := csv.NewWriter(v.w)
	for ask.Del("cursor"); ; {
		rows, next, err := v.list("/v1/customers", "customers", customersInFile, ask)
		if err != nil && ask.Get("cursor") == "" {
			return nil, err // nothing was written yet
		}
		if err != nil {
			panic(http.ErrAbortHandler) // a file that breaks off is seen to
		}
		if ask.Get("cursor") == "" {
			v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
			v.w.Header().Set("Content-Disposition", `attachment; filename="customers.csv"`)
			_ = out.Write(names) // the writer keeps its error
		}
		for _, r := range rows {
			line := make([]string, len(names))
			for i, name := range names {
				line[i] = r[name]
			}
			_ = out.Write(line)
		}
		if out.Flush(); out.Error() != nil || next == "" {
			return nil, nil // all of it, or the reader is gone
		}
		ask.Set("cursor", next)
	}
}

// customersInFile is how many are read at once.
const customersInFile = 500
