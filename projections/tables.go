package projections

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Table is a table or view of the read models, as its comments describe it.
type Table struct {
	Name    string        `json:"name"`
	Kind    string        `json:"kind"` // table or view
	Comment string        `json:"comment"`
	Columns []TableColumn `json:"columns"`
	Indexes []TableIndex  `json:"indexes,omitempty"` // beside the primary key
	// Internal tables are the engine's own. They are those whose comment says so in its first word.
	Internal bool `json:"-"`
}

// TableIndex is an index as its comment describes it.
type TableIndex struct {
	On      string `json:"on"`      // columns, and the rows that are in it where not all are
	Comment string `json:"comment"` // what it is there for
}

// TableColumn is a column as its comment describes it.
type TableColumn struct {
	Name     string `json:"name"`
	Type     string `json:"type"`     // PostgreSQL's name of it
	Nullable bool   `json:"nullable"` // of a view: always
	Comment  string `json:"comment"`  // what it holds, in which unit
	// Personal columns hold what is sealed in the log: who a customer is, and what people wrote. They are those whose
	// comment says so in its first word.
	Personal bool `json:"personal"`
}

const tablesSQL = `SELECT c.relname, CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END,
	coalesce(obj_description(c.oid, 'pg_class'), ''), a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
	coalesce(col_description(c.oid, a.attnum), '')
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
	WHERE c.relnamespace = 'crm'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
	AND (@name::text IS NULL OR c.relname = @name)
	ORDER BY c.relname, a.attnum`

const indexesSQL = `SELECT c.relname, substring(pg_get_indexdef(i.indexrelid) FROM ' USING (?:btree )?(.*)$'),
	coalesce(obj_description(i.indexrelid, 'pg_class'), '')
	FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid
	WHERE c.relnamespace = 'crm'::regnamespace AND NOT i.indisprimary
	ORDER BY c.relname, 2`

// Tables answers every table and view, by name, internal ones included.
func (r *Reader) Tables(ctx context.Context) ([]Table, error) {
	all, err := r.tables(ctx, nil)
	if err != nil {
		return nil, err
	}
	rows, err := r.pool.Query(ctx, indexesSQL)
	if err != nil {
		return nil, unavailable(err)
	}
	var table string
	var i TableIndex
	_, err = pgx.ForEachRow(rows, []any{&table, &i.On, &i.Comment}, func() error {
		at, found := slices.BinarySearchFunc(all, table, func(t Table, name string) int { return strings.Compare(t.Name, name) })
		if found { // else it is gone, or has come since
			all[at].Indexes = append(all[at].Indexes, i)
		}
		return nil
	})
	return all, unavailable(err)
}

// Table answers one, without its indexes; ErrNotFound.
func (r *Reader) Table(ctx context.Context, name string) (Table, error) {
	found, err := r.tables(ctx, &name)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Table{}, err
	}
	return found[0], nil
}

func (r *Reader) tables(ctx context.Context, name *string) (all []Table, err error) {
	rows, err := r.pool.Query(ctx, tablesSQL, pgx.NamedArgs{"name": name})
	if err != nil {
		return nil, unavailable(err)
	}
	var t Table
	var c TableColumn
	_, err = pgx.ForEachRow(rows, []any{&t.Name, &t.Kind, &t.Comment, &c.Name, &c.Type, &c.Nullable, &c.Comment}, func() error {
		if n := len(all); n == 0 || all[n-1].Name != t.Name {
			t.Internal = strings.HasPrefix(t.Comment, "Internal: ")
			all = append(all, t)
		}
		c.Personal = strings.HasPrefix(c.Comment, "Personal: ")
		last := &all[len(all)-1]
		last.Columns = append(last.Columns, c)
		return nil
	})
	return all, unavailable(err)
}

// Selection is rows of a table: those that meet all conditions, at most Limit unless that is 0. Grouped are not the rows, but how
// many there are for each value of By, and what Sum comes to.
type Selection struct {
	Table   Table
	Where   []Condition
	Grouped bool
	By, Sum []TableColumn
	Order   string // a column of Result, none where it is empty
	Down    bool   // the greatest come first; rows without a value come last either way
	Limit   int
	Offset  int
}

// CountColumn is what a grouped selection counts, SumPrefix stands before the columns that it sums up.
const (
	CountColumn = "count"
	SumPrefix   = "sum_"
)

// Result returns what the rows of a selection look like.
func (s Selection) Result() Table {
	if !s.Grouped {
		return s.Table
	}
	out := s.Table
	out.Columns = append(slices.Clone(s.By), TableColumn{Name: CountColumn, Type: "bigint"})
	for _, c := range s.Sum {
		out.Columns = append(out.Columns, TableColumn{Name: SumPrefix + c.Name, Type: c.Type, Nullable: true})
	}
	return out
}

// Condition compares a column with values that its type can be read from: Is and IsNot with any or none of them,
// AtLeast and AtMost with one, Contains with a part of a text, in capitals or not, or with an element of a list of texts. Is without
// values selects rows that have no value there, IsNot those that have one.
type Condition struct {
	Column     TableColumn
	Comparison Comparison
	Values     []string
}

// Comparison is how a column is compared.
type Comparison int

const (
	Is Comparison = iota
	IsNot
	AtLeast
	AtMost
	Contains
)

func (c Condition) sql(argument int) string {
	column := pgx.Identifier{c.Column.Name}.Sanitize()
	value := fmt.Sprintf("$%d::text[]::%s[]", argument, c.Column.Type)
	switch {
	case c.Comparison == Contains && strings.HasSuffix(c.Column.Type, "[]"):
		return fmt.Sprintf("%s && $%d::text[]", column, argument)
	case c.Comparison == Contains:
		return fmt.Sprintf("EXISTS (SELECT FROM unnest($%d::text[]) part WHERE strpos(lower(%s), lower(part)) > 0)", argument, column)
	case c.Comparison == Is && len(c.Values) == 0:
		return column + " IS NULL"
	case c.Comparison == IsNot && len(c.Values) == 0:
		return column + " IS NOT NULL"
	case c.Comparison == IsNot:
		return column + " <> ALL (" + value + ")"
	case c.Comparison == AtLeast && len(c.Values) == 1: // which an index finds, unlike the others
		return column + " >= (" + value + ")[1]"
	case c.Comparison == AtMost && len(c.Values) == 1:
		return column + " <= (" + value + ")[1]"
	case c.Comparison == AtLeast:
		return column + " >= ALL (" + value + ")"
	case c.Comparison == AtMost:
		return column + " <= ALL (" + value + ")"
	}
	return column + " = ANY (" + value + ")"
}

// columns are what is selected, and by what it is grouped.
func (s Selection) columns() (selected, grouped []string) {
	from := s.Table.Columns
	if s.Grouped {
		from = s.By
	}
	for _, c := range from {
		name := pgx.Identifier{c.Name}.Sanitize()
		grouped = append(grouped, name)
		if c.Type == "boolean" {
			name += "::text" // true and false, where rows say t and f
		}
		selected = append(selected, name)
	}
	if s.Grouped {
		selected = append(selected, "count(*) AS "+CountColumn)
		for _, c := range s.Sum {
			selected = append(selected, "sum("+pgx.Identifier{c.Name}.Sanitize()+") AS "+pgx.Identifier{SumPrefix + c.Name}.Sanitize())
		}
	}
	return selected, grouped
}

func (s Selection) sql() (string, []any) {
	columns, grouped := s.columns()
	sql := "SELECT " + strings.Join(columns, ", ") + " FROM " + pgx.Identifier{s.Table.Name}.Sanitize()
	var args []any
	for i, c := range s.Where {
		word := " AND "
		if i == 0 {
			word = " WHERE "
		}
		if len(c.Values) > 0 {
			args = append(args, c.Values)
		}
		sql += word + c.sql(len(args))
	}
	if s.Grouped && len(s.By) > 0 {
		sql += " GROUP BY " + strings.Join(grouped, ", ")
	}
	if s.Order != "" {
		sql += " ORDER BY " + pgx.Identifier{s.Order}.Sanitize()
		if s.Down {
			sql += " DESC"
		}
		sql += " NULLS LAST"
		if !s.Grouped { // pages of rows that are alike follow on each other
			sql += ", " + pgx.Identifier{s.Table.Columns[0].Name}.Sanitize()
		}
	}
	if s.Limit > 0 {
		sql += fmt.Sprint(" LIMIT ", s.Limit)
	}
	if s.Offset > 0 {
		sql += fmt.Sprint(" OFFSET ", s.Offset)
	}
	return sql, args
}

// Select hands over rows one by one, as they come: each column as PostgreSQL writes it, nil for none. The row is
// only good until the next one. All rows are as of one moment. An error that take answers ends it.
func (r *Reader) Select(ctx context.Context, s Selection, take func(row [][]byte) error) error {
	ctx, cancel := context.WithCancel(ctx)
	sql, args := s.sql()
	rows, err := r.pool.Query(ctx, sql, append([]any{pgx.QueryExecModeExec, pgx.QueryResultFormats{pgx.TextFormatCode}}, args...)...)
	defer func() {
		cancel() // or closing would read all that is left
		rows.Close()
	}()
	if err != nil {
		return unavailable(err)
	}
	for rows.Next() {
		if err := take(rows.RawValues()); err != nil {
			return err
		}
	}
	return unavailable(rows.Err())
}

// Rows hands over the rows of a query one by one: each column as PostgreSQL writes it, nil for none. The row is only good
// until the next one.
func (r *Reader) Rows(ctx context.Context, sql string, args []any, take func(row [][]byte) error) error {
	rows, err := r.pool.Query(ctx, sql, append([]any{pgx.QueryResultFormats{pgx.TextFormatCode}}, args...)...)
	if err != nil {
		return unavailable(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows.RawValues()); err != nil {
			return err
		}
	}
	return unavailable(rows.Err())
}
