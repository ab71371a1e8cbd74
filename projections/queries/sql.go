package queries

import (
	"cmp"
	"fmt"
	"strings"
)

// statement gathers a statement's arguments.
type statement struct{ args []any }

// arg returns the place of a value of a type.
func (s *statement) arg(value, kind string) string {
	s.args = append(s.args, value)
	return fmt.Sprintf("$%d::%s", len(s.args), kind)
}

// sql is the question as a statement. Each row is the key, the value by which it is sorted, if any, and the item as JSON. One
// item more is asked for than the page holds, so that the last page is known.
func (q *Question) sql() (string, []any) {
	var s statement
	conditions := q.conditions(&s)
	item := q.json()
	keys := q.list.keys()
	if q.order == "" || len(q.item) > 0 {
		if q.cursor != nil {
			conditions = append(conditions, q.beyond(&s, keys, q.cursor.Key))
		}
		return q.branch(conditions, item, keys), s.args
	}
	by := q.list.column(q.order)
	sorted := append([]string{q.order}, keys...)
	var branches []string
	if q.cursor == nil || q.cursor.Value != nil {
		first := conditions
		if q.cursor != nil {
			first = append(clip(first), q.beyond(&s, sorted, append([]string{*q.cursor.Value}, q.cursor.Key...)))
		}
		if by.Nullable {
			first = append(clip(first), cmp.Or(by.present, by.expr+" IS NOT NULL"))
		}
		branches = append(branches, q.branch(first, item, sorted))
	}
	if by.Nullable {
		second := append(clip(conditions), by.expr+" IS NULL")
		if q.cursor != nil && q.cursor.Value == nil {
			second = append(second, q.beyond(&s, keys, q.cursor.Key))
		}
		branches = append(branches, q.branch(second, item, keys))
	}
	if len(branches) == 1 {
		return branches[0], s.args
	}
	// What has no value there comes last, in either direction.
	return fmt.Sprintf("(%s) UNION ALL (%s) LIMIT %d", branches[0], branches[1], q.limit+1), s.args
}

func clip(all []string) []string { return all[:len(all):len(all)] }

func (q *Question) branch(conditions []string, item string, sorted []string) string {
	var b strings.Builder
	b.WriteString("SELECT ")
	for _, name := range q.list.keys() {
		b.WriteString(q.list.column(name).expr + ", ")
	}
	if q.order != "" {
		b.WriteString(q.list.column(q.order).expr + ", ")
	}
	b.WriteString(item + " FROM " + q.list.From)
	if len(conditions) > 0 {
		b.WriteString(" WHERE " + strings.Join(conditions, " AND "))
	}
	b.WriteString(" ORDER BY ")
	for i, name := range sorted {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(q.list.column(name).expr)
		if q.down {
			b.WriteString(" DESC")
		}
	}
	fmt.Fprintf(&b, " LIMIT %d", q.limit+1)
	return b.String()
}

// beyond selects what comes after a row, by columns and its values there.
func (q *Question) beyond(s *statement, columns, values []string) string {
	exprs, places := make([]string, len(columns)), make([]string, len(columns))
	for i, name := range columns {
		c := q.list.column(name)
		exprs[i], places[i] = c.expr, s.arg(values[i], c.Type)
	}
	sign := ">"
	if q.down {
		sign = "<"
	}
	return fmt.Sprintf("(%s) %s (%s)", strings.Join(exprs, ", "), sign, strings.Join(places, ", "))
}

func (q *Question) conditions(s *statement) (all []string) {
	l := q.list
	if q.customer != nil {
		id := s.arg(q.customer.String(), "uuid")
		of := l.Of
		if of == "" {
			of = l.column(l.Owner).expr + " = $$"
		}
		all = append(all, strings.ReplaceAll(of, "$$", strings.ReplaceAll(survivor, "$1::uuid", id)))
	}
	if l.Where != "" {
		all = append(all, l.Where)
	}
	for i, value := range q.item {
		c := l.column(l.Key[i])
		all = append(all, c.expr+" = "+s.arg(value, c.Type))
	}
	for _, c := range q.where {
		all = append(all, c.sql(s))
	}
	return all
}

func (c condition) sql(s *statement) string {
	f := c.filter
	if f.Several() && len(c.values) > 1 {
		places := make([]string, len(c.values))
		for i, v := range c.values {
			places[i] = s.arg(v, f.Type)
		}
		return strings.ReplaceAll(f.sql, "= $$", "IN ("+strings.Join(places, ", ")+")")
	}
	sql := f.sql
	if f.Named {
		sql = strings.ReplaceAll(sql, "$name", s.arg(c.name, "text"))
	}
	if f.value != nil && !strings.Contains(sql, "$$2") {
		places := make([]string, len(c.values))
		for i, v := range c.values {
			places[i] = s.arg(v, f.Type)
		}
		return strings.ReplaceAll(sql, "$$", strings.Join(places, ", "))
	}
	for i := len(c.values) - 1; i > 0; i-- {
		sql = strings.ReplaceAll(sql, fmt.Sprint("$$", i+1), s.arg(c.values[i], f.Type))
	}
	sql = strings.ReplaceAll(sql, "$$", s.arg(c.values[0], f.Type))
	return sql
}

// json is an expression for the item as JSON, with the fields that are asked for.
func (q *Question) json() string {
	var fields []string
	for _, c := range q.list.columns {
		if q.shows(c.Name) {
			fields = append(fields, c.json(c.expr))
		}
	}
	for _, p := range q.list.parts {
		if q.shows(p.Name) {
			fields = append(fields, p.json())
		}
	}
	return "(SELECT row_to_json(r) FROM (SELECT " + strings.Join(fields, ", ") + ") r)::text"
}

// json is a column as a member of JSON: decimals as texts, since JSON's numbers are binary to most who read them, and times in UTC.
func (c Column) json(expr string) string {
	switch c.Type {
	case "numeric":
		expr += "::text"
	case "timestamp with time zone":
		expr = "(to_json(" + expr + " AT TIME ZONE 'UTC') #>> '{}') || 'Z'"
	}
	return expr + ` AS "` + c.Name + `"`
}

func (p part) json() string {
	fields := make([]string, len(p.columns))
	for i, c := range p.columns {
		fields[i] = c.json("p." + c.Name)
	}
	on := make([]string, len(p.On))
	for i, name := range p.On {
		on[i] = fmt.Sprintf("p.%s = t.%s", name, name)
	}
	return fmt.Sprintf(`coalesce((SELECT json_agg(row_to_json(o)) FROM (SELECT %s FROM %s p WHERE %s ORDER BY %s) o), '[]') AS "%s"`,
		strings.Join(fields, ", "), p.Table, strings.Join(on, " AND "), p.Order, p.Name)
}
