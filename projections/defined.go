package projections

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// Defined is a table or view as this program defines it, whatever a database has.
type Defined struct {
	Name    string
	Comment string
	Columns []DefinedColumn
	Key     []string // the primary key's columns; none of a view
}

// DefinedColumn is a column of a definition. Of a view's columns only name, comment and whether they are personal are known.
type DefinedColumn struct {
	TableColumn
	Among []string // the texts that it may hold; none where that is open
	check string   // another condition
}

// Column returns a column by its name; false where there is none.
func (d Defined) Column(name string) (DefinedColumn, bool) {
	i := slices.IndexFunc(d.Columns, func(c DefinedColumn) bool { return c.Name == name })
	if i < 0 {
		return DefinedColumn{}, false
	}
	return d.Columns[i], true
}

// sql is the DDL of a table, with notes.
func (d Defined) sql() string {
	var b strings.Builder
	fmt.Fprintf(&b, "-- %s\nCREATE TABLE %s (\n", d.Comment, d.Name)
	for i, c := range d.Columns {
		fmt.Fprintf(&b, "\t%s %s", c.Name, c.Type)
		if !c.Nullable {
			b.WriteString(" NOT NULL")
		}
		if len(c.Among) > 0 {
			fmt.Fprintf(&b, " CHECK (%s IN ('%s'))", c.Name, strings.Join(c.Among, "', '"))
		}
		if c.check != "" {
			fmt.Fprintf(&b, " CHECK (%s)", c.check)
		}
		if len(d.Key) > 0 || i+1 < len(d.Columns) {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, " -- %s\n", c.Comment)
	}
	if len(d.Key) > 0 {
		fmt.Fprintf(&b, "\tPRIMARY KEY (%s)\n", strings.Join(d.Key, ", "))
	}
	b.WriteString(");\n")
	return b.String()
}

// tables are tables that row structs define.
type tables []interface{ defined() Defined }

// personal returns the tables that hold what is personal, by customer.
func (ts tables) personal() (names []string) {
	for _, t := range ts {
		d := t.defined()
		if slices.Contains(d.Key, "customer_id") && slices.ContainsFunc(d.Columns, func(c DefinedColumn) bool { return c.Personal }) {
			names = append(names, d.Name)
		}
	}
	return names
}

// defined returns the definition that the row struct gives, in the order of its fields.
func (t *table[R]) defined() Defined {
	d := Defined{Name: t.name, Comment: t.note}
	for _, c := range t.columns[:t.keys] {
		d.Key = append(d.Key, c.Name)
	}
	inOrder := slices.SortedFunc(slices.Values(t.columns), func(a, b column) int { return cmp.Compare(a.field, b.field) })
	for _, c := range inOrder {
		d.Columns = append(d.Columns, c.DefinedColumn)
	}
	return d
}

// recordedForNote is the note of each recorded_for that has none of its own.
const recordedForNote = "the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own"

// columnOf reads a field of a row struct; false where it is no column.
func columnOf(rt reflect.Type, i int) (column, bool) {
	field := rt.Field(i)
	tag, ok := field.Tag.Lookup("db")
	if !ok {
		return column{}, false
	}
	ct, known := columnTypes[field.Type]
	if !known {
		panic(fmt.Sprintf("%s.%s: no column type for %s", rt, field.Name, field.Type))
	}
	name, option, _ := strings.Cut(tag, ",")
	note := field.Tag.Get("note")
	if note == "" && name == "recorded_for" {
		note = recordedForNote
	}
	c := column{field: i, key: option == "key", columnType: ct}
	c.TableColumn = described(name, note, field.Type.Kind() == reflect.Pointer || option == "null")
	c.Type, c.check = ct.pg, field.Tag.Get("check")
	if among := field.Tag.Get("among"); among != "" {
		c.Among = strings.Split(among, ",")
	}
	return c, true
}

// Definition returns a table or view of Projectors; false where there is none.
func Definition(name string) (Defined, bool) {
	d, ok := definitions()[name]
	return d, ok
}

var definitions = sync.OnceValue(func() map[string]Defined {
	all := map[string]Defined{}
	for _, p := range Projectors {
		for _, t := range p.Tables {
			d := t.defined()
			all[d.Name] = d
		}
		readViews(p.Schema, all)
	}
	return all
})

// readViews reads the views of a schema, by the same notes that become their comments.
func readViews(schema string, into map[string]Defined) {
	for _, view := range notedView.FindAllStringSubmatch(schema, -1) {
		d := Defined{Name: view[2]}
		for note := range strings.Lines(view[1]) {
			d.Comment = strings.TrimSpace(d.Comment + " " + strings.TrimSpace(strings.TrimPrefix(note, "--")))
		}
		for line := range strings.Lines(view[3]) {
			if m := viewColumn.FindStringSubmatch(strings.TrimRight(line, "\n")); m != nil && !aboveLine.MatchString(line) {
				d.Columns = append(d.Columns, DefinedColumn{TableColumn: described(m[1], m[2], true)})
			}
		}
		into[d.Name] = d
	}
}

func described(name, comment string, nullable bool) TableColumn {
	return TableColumn{Name: name, Comment: comment, Nullable: nullable, Personal: strings.HasPrefix(comment, "Personal: ")}
}
