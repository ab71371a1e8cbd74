package queries

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/projections"
)

// Source is what lists are read from: *projections.Reader.
type Source interface {
	Rows(ctx context.Context, sql string, args []any, take func(row [][]byte) error) error
}

// Question is what is asked of a list.
type Question struct {
	list     *List
	customer *uuid.UUID
	item     []string // the values of its key, where one item is asked for
	where    []condition
	order    string
	down     bool
	fields   []string
	limit    int
	cursor   *cursor
	bound    string // what cursors of its pages belong to
}

type condition struct {
	filter *Filter
	name   string // what stands behind the point
	values []string
}

// Page is what a list holds.
type Page struct {
	Items [][]byte // JSON objects
	// Owners are the customers whose the items are, by item; none in lists of no customer.
	Owners []uuid.UUID
	Next   string // cursor of the next page; empty on the last
	rows   [][]string
}

// CursorBehind returns the cursor of a page that begins behind an item of this one.
func (q *Question) CursorBehind(p Page, item int) string { return q.writeCursor(p.rows[item]) }

// GoOn asks for what comes behind a cursor.
func (q *Question) GoOn(text string) (err error) {
	q.cursor, err = q.readCursor(text)
	return err
}

// Limit is how many items a page holds at most, and SetLimit makes it another number.
func (q *Question) Limit() int         { return q.limit }
func (q *Question) SetLimit(limit int) { q.limit = limit }

// Value returns what a filter was given; empty where it was not.
func (q *Question) Value(filter string) string {
	for _, c := range q.where {
		if c.filter.Name == filter {
			return c.values[0]
		}
	}
	return ""
}

// FindAlike has also found what is spelt alike, where a filter asks for that.
func (q *Question) FindAlike() {
	for i, c := range q.where {
		if c.filter.alike != "" {
			own := *c.filter
			own.sql = own.alike
			q.where[i].filter = &own
		}
	}
}

// MostItems is how many items a page holds at most, FewItems how many where nobody says.
const (
	MostItems = 1000
	FewItems  = 100
)

// Ask reads a question from parameters. Customer is whose items are asked for; nil: everybody's.
func (l *List) Ask(customer *uuid.UUID, params map[string][]string) (*Question, error) {
	q := &Question{list: l, customer: customer, limit: FewItems}
	names := make([]string, 0, len(params))
	for name := range params {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := q.read(name, params[name]); err != nil {
			return nil, err
		}
	}
	if q.order == "" && len(l.Orders) > 0 {
		q.order, q.down = strings.TrimPrefix(l.Orders[0], "-"), strings.HasPrefix(l.Orders[0], "-")
	}
	q.bind()
	if text := params["cursor"]; len(text) > 0 {
		var err error
		if q.cursor, err = q.readCursor(text[0]); err != nil {
			return nil, err
		}
	}
	return q, nil
}

// One asks for one item of a customer, or of all, by the values of its key.
func (l *List) One(customer *uuid.UUID, key []string, params map[string][]string) (*Question, error) {
	q, err := l.Ask(customer, params)
	if err != nil {
		return nil, err
	}
	for i, name := range l.Key {
		if i >= len(key) {
			break
		}
		c := l.column(name)
		if forms[c.Type].read != nil && forms[c.Type].read(key[i]) != nil {
			return nil, projections.ErrNotFound
		}
	}
	q.item, q.limit, q.cursor = key, 1, nil
	return q, nil
}

func (q *Question) read(name string, values []string) (err error) {
	switch name {
	case "after", "cursor": // the caller's, and read when all else is
		if len(values) > 1 {
			return fault(name, "parameter_repeated", "%s is given once", name)
		}
		return nil
	case "limit":
		q.limit, err = strconv.Atoi(values[0])
		if err != nil || len(values) > 1 || q.limit < 1 || q.limit > MostItems {
			return fault(name, "limit_out_of_range", "limit is a number from 1 to %d", MostItems)
		}
		return nil
	case "sort":
		q.order, q.down = strings.TrimPrefix(values[0], "-"), strings.HasPrefix(values[0], "-")
		if len(values) > 1 || !slices.Contains(q.list.orders, q.order) {
			return fault(name, "sort_unknown", "this list is sorted by %s, with a minus before it downwards",
				strings.Join(q.list.orders, ", "))
		}
		return nil
	case "fields":
		return q.readFields(strings.Split(strings.Join(values, ","), ","))
	}
	for i := range q.list.Filters {
		f := &q.list.Filters[i]
		rest, named := strings.CutPrefix(name, f.Name+".")
		if f.Name != name && !(f.Named && named) || f.Own && q.customer == nil {
			continue
		}
		if !named {
			rest = ""
		}
		if f.Named && (rest == "" || !domain.PlainText(rest)) {
			return fault(name, "filter_unknown", "say which: %s.name", f.Name)
		}
		if err := f.check(name, values); err != nil {
			return err
		}
		if f.value != nil {
			if values, err = f.value(values[0]); err != nil {
				return fault(name, "value_malformed", "%s", err)
			}
		}
		q.where = append(q.where, condition{f, rest, values})
		return nil
	}
	return fault(name, "filter_unknown", "this list knows no parameter %s", name)
}

func (q *Question) readFields(names []string) error {
	for _, name := range names {
		known := slices.ContainsFunc(q.list.columns, func(c Column) bool { return c.Name == name }) ||
			slices.ContainsFunc(q.list.parts, func(p part) bool { return p.Name == name })
		if !known {
			return fault("fields", "field_unknown", "items of this list have no field %q", name)
		}
		q.fields = append(q.fields, name)
	}
	return nil
}

// ShowsPersonal reports whether the answer shows what is personal.
func (q *Question) ShowsPersonal() bool {
	for _, c := range q.list.columns {
		if c.Personal && q.shows(c.Name) {
			return true
		}
	}
	for _, p := range q.list.parts {
		if q.shows(p.Name) && slices.ContainsFunc(p.columns, isPersonal) {
			return true
		}
	}
	return false
}

// shows reports whether items have a field: keys always.
func (q *Question) shows(name string) bool {
	return len(q.fields) == 0 || slices.Contains(q.fields, name) || slices.Contains(q.list.keys(), name)
}

// Answer reads the page that is asked for.
func (q *Question) Answer(ctx context.Context, from Source) (Page, error) {
	sql, args := q.sql()
	var page Page
	more := false
	err := from.Rows(ctx, sql, args, func(row [][]byte) error {
		if len(page.Items) == q.limit {
			more = true
			return nil
		}
		n := len(row) - 1
		if q.list.Owner != "" {
			owner, err := uuid.ParseBytes(row[0])
			if err != nil {
				return fmt.Errorf("list of %s: %w", q.list.Name, err)
			}
			page.Owners = append(page.Owners, owner)
		}
		page.Items = append(page.Items, slices.Clone(row[n]))
		key := make([]string, n)
		for i, text := range row[:n] {
			key[i] = string(text)
		}
		if q.order != "" && row[n-1] == nil {
			key[n-1] = none
		}
		page.rows = append(page.rows, key)
		return nil
	})
	if err != nil {
		return Page{}, err
	}
	if more {
		page.Next = q.CursorBehind(page, len(page.Items)-1)
	}
	return page, nil
}

// Only reads the one item that is asked for; projections.ErrNotFound.
func (q *Question) Only(ctx context.Context, from Source) (item []byte, owner uuid.UUID, err error) {
	page, err := q.Answer(ctx, from)
	if err == nil && len(page.Items) == 0 {
		err = projections.ErrNotFound
	}
	if err != nil {
		return nil, owner, err
	}
	if len(page.Owners) > 0 {
		owner = page.Owners[0]
	}
	return page.Items[0], owner, nil
}

// Person is who a customer is, whichever of their ids is asked for.
type Person struct {
	ID     uuid.UUID
	Erased bool
}

const personSQL = `SELECT customer_id, erased_on FROM customer_summary WHERE customer_id = ` + survivor + `
	UNION ALL SELECT customer_id, erased_on FROM erasures WHERE customer_id = $1::uuid LIMIT 1`

// survivor is an expression for who stands for a customer.
const survivor = `coalesce((SELECT survivor_id FROM merged_customers WHERE absorbed_id = $1::uuid), $1::uuid)`

// PersonOf returns who a customer is; projections.ErrNotFound.
func PersonOf(ctx context.Context, from Source, id uuid.UUID) (p Person, err error) {
	err = from.Rows(ctx, personSQL, []any{id.String()}, func(row [][]byte) (err error) {
		p.ID, err = uuid.ParseBytes(row[0])
		p.Erased = row[1] != nil
		return err
	})
	if err == nil && p.ID == uuid.Nil {
		err = projections.ErrNotFound
	}
	return p, err
}
