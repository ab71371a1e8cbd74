// Package queries declares the lists that apps read: of what they are made, by what they are filtered and in which orders,
// and who may read them. It decides how a list is asked of the read models; it must not know HTTP.
//
// A list is declared once. Its columns are the table's own, with the types, comments and closed lists of their definition, and
// routes, documentation and answers follow from that. Pages are found by the key of the row before, never by a number of
// rows to leave out, so that a page costs the same however far in it lies.
package queries

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/projections"
)

// List declares a list of what is known of customers, or of the business.
type List struct {
	// Name is the list's in paths and operations: contact-points. Item is what each of it is called in schemas and
	// operations: ContactPoint.
	Name, Item string
	Tag        string
	Summary    string // of the list, in a sentence without a point
	About      string // what more there is to say
	Roles      access.Roles

	// Table is the table or view of crm whose columns the items have. From is where they are selected from, with the table as
	// t; the table itself where it is empty. Where holds of all rows.
	Table, From, Where string
	// Key names an item within a customer, or of all where Owner is not set.
	Key []string
	// Owner is the column of the customer whose it is; empty for lists that are of no customer. Of is a condition that selects
	// a customer's, with their id in place of $$; Owner = $$ where it is empty.
	Owner, Of string
	// Single lists have at most one item for each customer; it has no id of its own.
	Single bool
	// Named is how many columns of the key name an item in its path: all where it is 0, none where it is negative.
	Named int
	// Many is the list's name across customers, where that is another.
	Many string
	// Within keeps a list from being asked for across customers; Across from being asked for within one.
	Within, Across bool

	Omit  []string // columns of the table that items do not have
	Types map[string]string
	// Exprs are what columns are selected as, where that is not the column itself.
	Exprs map[string]string
	// More are columns beside the table's own.
	More    []Column
	Parts   []Part
	Filters []Filter
	// Orders are the columns by which a list can be sorted. A minus before the first means that it comes sorted downwards
	// unless it is asked for otherwise.
	Orders []string
	// Sorted are columns by which a list can be sorted that comes by its key otherwise.
	Sorted []string
	// Objects are columns of JSON that are lists of objects, with the names of their texts.
	Objects map[string][]string

	columns []Column
	parts   []part
	orders  []string
}

// Column is a member of an item.
type Column struct {
	Name, Type, Comment string
	Nullable, Personal  bool
	Among               []string
	// Texts says that a column of JSON is a list of texts, Pairs that it is a list of objects of such texts.
	Texts bool
	Pairs []string
	// present is a condition that the column has a value, where an index finds it by another than the column's own.
	present string
	expr    string
}

// Part is a list within an item, such as the lines of a purchase.
type Part struct {
	Name  string
	Item  string // what each of it is called
	Table string
	On    []string // columns that are the item's
	Omit  []string
	Order string
}

type part struct {
	Part
	comment string
	columns []Column
}

// All returns every list, ready to be asked for. A declaration that does not fit the definitions is a fault of wiring.
var All = sync.OnceValue(func() []*List {
	var all []*List
	for _, group := range [][]List{customers, profile, trade, service, sales, equipment, marketing} {
		for i := range group {
			l := &group[i]
			l.prepare()
			all = append(all, l)
		}
	}
	return all
})

// Named returns a list; nil where there is none.
func Named(name string) *List {
	i := slices.IndexFunc(All(), func(l *List) bool { return l.Name == name })
	if i < 0 {
		return nil
	}
	return All()[i]
}

// Columns are the members of an item, but its parts.
func (l *List) Columns() []Column { return l.columns }

// Sorts are the columns by which the list can be sorted, with a minus where they come downwards; the first of Orders holds
// without a word.
func (l *List) Sorts() []string { return slices.Concat(l.Orders, l.Sorted) }

// Member names the list in answers: contact_points.
func (l *List) Member() string { return strings.NewReplacer("-", "_", "/", "_").Replace(l.Plural()) }

// Items names what the list holds, in operations: ContactPoints.
func (l *List) Items() string {
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(l.Plural(), func(r rune) bool { return r == '-' || r == '/' }) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// Keys are the columns that tell an item from all others.
func (l *List) Keys() []string { return l.keys() }

// Filter reports whether the list can be filtered by a parameter.
func (l *List) Filter(name string) bool {
	return slices.ContainsFunc(l.Filters, func(f Filter) bool { return f.Name == name })
}

// Plural is the list's name across customers.
func (l *List) Plural() string { return cmp.Or(l.Many, l.Name) }

// PathKey are the columns that name an item in its path.
func (l *List) PathKey() []string {
	switch {
	case l.Named > 0:
		return l.Key[:l.Named]
	case l.Named < 0:
		return nil
	}
	return l.Key
}

// Personal reports whether any of its columns is.
func (l *List) Personal() bool {
	return slices.ContainsFunc(l.columns, isPersonal) ||
		slices.ContainsFunc(l.parts, func(p part) bool { return slices.ContainsFunc(p.columns, isPersonal) })
}

func isPersonal(c Column) bool { return c.Personal }

// PartsOf returns the lists within an item, with their columns.
func (l *List) PartsOf(take func(name, item, comment string, columns []Column)) {
	for _, p := range l.parts {
		take(p.Name, p.Item, p.comment, p.columns)
	}
}

func (l *List) prepare() {
	if l.Roles == 0 {
		l.Roles = access.Apps | access.Auditors
	}
	if l.From == "" {
		l.From = l.Table + " t"
	}
	l.columns = append(columnsOf(l.Table, l.Omit, l.Types, l.Exprs), l.More...)
	for i := range l.columns {
		if l.columns[i].expr == "" {
			l.columns[i].expr = "t." + l.columns[i].Name
		}
	}
	for _, p := range l.Parts {
		l.parts = append(l.parts, part{p, definition(p.Table).Comment,
			columnsOf(p.Table, append([]string{"customer_id", "recorded_for"}, append(p.Omit, p.On...)...), nil, nil)})
	}
	for name, members := range l.Objects {
		l.column(name).Pairs = members
	}
	for _, o := range l.Sorts() {
		l.orders = append(l.orders, strings.TrimPrefix(o, "-"))
	}
	for _, name := range slices.Concat(l.orders, l.keys()) {
		l.column(name)
	}
	for i := range l.Filters {
		l.Filters[i].prepare(l)
	}
}

// keys are the columns that tell an item from all others.
func (l *List) keys() []string {
	if l.Owner == "" {
		return l.Key
	}
	return append([]string{l.Owner}, l.Key...)
}

func (l *List) column(name string) *Column {
	i := slices.IndexFunc(l.columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		panic(fmt.Sprintf("the list of %s has no column %s", l.Name, name))
	}
	return &l.columns[i]
}

func definition(table string) projections.Defined {
	d, ok := projections.Definition(table)
	if !ok {
		panic("there is no table or view " + table)
	}
	return d
}

// columnsOf returns the columns of a table; those of views get their types from the declaration.
func columnsOf(table string, omit []string, types, exprs map[string]string) (all []Column) {
	for _, c := range definition(table).Columns {
		if slices.Contains(omit, c.Name) {
			continue
		}
		own := Column{Name: c.Name, Type: c.Type, Comment: c.Comment, Nullable: c.Nullable, Personal: c.Personal, Among: c.Among,
			expr: exprs[c.Name]}
		if said := types[c.Name]; said != "" {
			own.Type, own.Nullable = strings.CutSuffix(said, " or null")
		}
		if own.Type == "" {
			panic(fmt.Sprintf("of which type is %s.%s?", table, c.Name))
		}
		if own.Type == "jsonb" {
			own.Texts = true
		}
		all = append(all, own)
	}
	return all
}
