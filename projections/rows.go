package projections

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/rapport-crm/rapport/domain"
)

// copyFrom is the number of rows from which COPY beats an INSERT that rides in the page's one round trip.
const copyFrom = 200

// table is how a row struct maps to a table. R has a db tag on each column; the first keys columns are the
// primary key.
type table[R any] struct {
	name    string
	columns []column
	insert  string // rows that are new
	upsert  string // rows that may replace others
	// replaces tells that a row may be written again.
	replaces bool
}

// column is one field of a row struct.
type column struct {
	name  string
	field int
	columnType
}

// columnType says how a Go type goes to PostgreSQL: as one value, and as an array of values for unnest.
type columnType struct {
	pg    string
	value func(reflect.Value) any
	array func(n int, at func(int) reflect.Value) any
}

// added maps a table whose rows are written once.
func added[R any](name string) *table[R] { return newTable[R](name, 0) }

// kept maps a table whose rows change; the first keys columns are the primary key.
func kept[R any](name string, keys int) *table[R] { return newTable[R](name, keys) }

// newTable reads the db tags. A type that has no place in PostgreSQL is a fault of wiring.
func newTable[R any](name string, keys int) *table[R] {
	rt := reflect.TypeFor[R]()
	t := &table[R]{name: name, replaces: keys > 0}
	var names, args, set []string
	for i := range rt.NumField() {
		field := rt.Field(i)
		col, ok := field.Tag.Lookup("db")
		if !ok {
			continue
		}
		ct, ok := columnTypes[field.Type]
		if !ok {
			panic(fmt.Sprintf("%s.%s: no column type for %s", rt, field.Name, field.Type))
		}
		t.columns = append(t.columns, column{name: col, field: i, columnType: ct})
		names = append(names, col)
		args = append(args, fmt.Sprintf("$%d::%s[]", len(names), ct.pg))
		if len(names) > keys {
			set = append(set, col+" = EXCLUDED."+col)
		}
	}
	t.insert = fmt.Sprintf("INSERT INTO %s (%s) SELECT * FROM unnest(%s)",
		name, strings.Join(names, ", "), strings.Join(args, ", "))
	if keys > 0 {
		t.upsert = fmt.Sprintf("%s ON CONFLICT (%s) DO UPDATE SET %s",
			t.insert, strings.Join(names[:keys], ", "), strings.Join(set, ", "))
	}
	return t
}

func (t *table[R]) names() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}

// rowSet holds the rows of one table that a page adds or changes.
type rowSet[R any] struct {
	*table[R]
	rows []R
}

// write sends the rows: many new ones by COPY, others within the batch, which is the page's one round
// trip. It empties the set.
func (s *rowSet[R]) write(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
	n := len(s.rows)
	rows := reflect.ValueOf(s.rows)
	defer func() { s.rows = s.rows[:0] }()
	switch {
	case n == 0:
	case s.replaces:
		b.Queue(s.upsert, s.arrays(rows)...)
	case n < copyFrom:
		b.Queue(s.insert, s.arrays(rows)...)
	default:
		_, err := tx.CopyFrom(ctx, pgx.Identifier{s.name}, s.names(), pgx.CopyFromSlice(n,
			func(i int) ([]any, error) { return s.values(rows.Index(i)), nil }))
		if err != nil {
			return fmt.Errorf("copy into %s: %w", s.name, err)
		}
	}
	return nil
}

func (s *rowSet[R]) values(row reflect.Value) []any {
	out := make([]any, len(s.columns))
	for i, c := range s.columns {
		out[i] = c.value(row.Field(c.field))
	}
	return out
}

func (s *rowSet[R]) arrays(rows reflect.Value) []any {
	out := make([]any, len(s.columns))
	for i, c := range s.columns {
		out[i] = c.array(rows.Len(), func(n int) reflect.Value { return rows.Index(n).Field(c.field) })
	}
	return out
}

// as makes a columnType of a conversion from a Go type to one that pgx encodes. Fields are read through their
// address, which unlike their value goes into an interface without an allocation.
func as[G, P any](pg string, convert func(G) P) columnType {
	return columnType{
		pg:    pg,
		value: func(v reflect.Value) any { return convert(*v.Addr().Interface().(*G)) },
		array: func(n int, at func(int) reflect.Value) any {
			out := make([]P, n)
			for i := range out {
				out[i] = convert(*at(i).Addr().Interface().(*G))
			}
			return out
		},
	}
}

func itself[G any](g G) G { return g }

var columnTypes = map[reflect.Type]columnType{
	reflect.TypeFor[uuid.UUID](): as("uuid", func(id uuid.UUID) pgtype.UUID { return pgtype.UUID{Bytes: id, Valid: true} }),
	reflect.TypeFor[*uuid.UUID](): as("uuid", func(id *uuid.UUID) pgtype.UUID {
		if id == nil {
			return pgtype.UUID{}
		}
		return pgtype.UUID{Bytes: *id, Valid: true}
	}),
	reflect.TypeFor[string]():           as("text", itself[string]),
	reflect.TypeFor[*string]():          as("text", itself[*string]),
	reflect.TypeFor[domain.Currency]():  as("text", func(c domain.Currency) string { return string(c) }),
	reflect.TypeFor[int64]():            as("bigint", itself[int64]),
	reflect.TypeFor[*int64]():           as("bigint", itself[*int64]),
	reflect.TypeFor[*bool]():            as("boolean", itself[*bool]),
	reflect.TypeFor[bool]():             as("boolean", itself[bool]),
	reflect.TypeFor[float64]():          as("double precision", itself[float64]),
	reflect.TypeFor[*float64]():         as("double precision", itself[*float64]),
	reflect.TypeFor[*float64]():         as("double precision", itself[*float64]),
	reflect.TypeFor[time.Time]():        as("timestamptz", itself[time.Time]),
	reflect.TypeFor[*time.Time]():       as("timestamptz", itself[*time.Time]),
	reflect.TypeFor[domain.Day]():       as("date", func(d domain.Day) pgtype.Date { return date(&d) }),
	reflect.TypeFor[*domain.Day]():      as("date", date),
	reflect.TypeFor[decimal.Decimal]():  as("numeric", func(d decimal.Decimal) pgtype.Numeric { return numeric(&d) }),
	reflect.TypeFor[*decimal.Decimal](): as("numeric", numeric),
	reflect.TypeFor[memoryState]():      as("json", func(m memoryState) string { return string(m) }),
	reflect.TypeFor[json.RawMessage](): as("jsonb", func(m json.RawMessage) *string {
		if m == nil {
			return nil
		}
		s := string(m)
		return &s
	}),
}

func date(d *domain.Day) pgtype.Date {
	if d == nil {
		return pgtype.Date{}
	}
	return pgtype.Date{Time: d.Time(), Valid: true}
}

func numeric(d *decimal.Decimal) pgtype.Numeric {
	if d == nil {
		return pgtype.Numeric{}
	}
	n := new(big.Int).SetUint64(d.Coef())
	if d.IsNeg() {
		n.Neg(n)
	}
	return pgtype.Numeric{Int: n, Exp: int32(-d.Scale()), Valid: true}
}

// optional answers nil for an empty text: SQL's NULL rather than ”.
func optional[S ~string](s S) *string {
	if s == "" {
		return nil
	}
	text := string(s)
	return &text
}

func dates(days []domain.Day) []pgtype.Date {
	out := make([]pgtype.Date, len(days))
	for i := range days {
		out[i] = date(&days[i])
	}
	return out
}

// collectIDs reads the one uuid column of a query.
func collectIDs(rows pgx.Rows) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	var id uuid.UUID
	_, err := pgx.ForEachRow(rows, []any{&id}, func() error {
		ids = append(ids, id)
		return nil
	})
	return ids, err
}

// readDays teaches a connection to read dates as domain.Day.
func readDays(m *pgtype.Map) {
	m.TryWrapScanPlanFuncs = append([]pgtype.TryWrapScanPlanFunc{func(target any) (pgtype.WrappedScanPlanNextSetter, any, bool) {
		day, ok := target.(*domain.Day)
		return &dayPlan{}, (*scannedDay)(day), ok
	}}, m.TryWrapScanPlanFuncs...)
}

// scannedDay is a domain.Day as pgx scans it.
type scannedDay domain.Day

// ScanDate implements pgtype.DateScanner.
func (d *scannedDay) ScanDate(v pgtype.Date) error {
	if !v.Valid || v.InfinityModifier != pgtype.Finite {
		return fmt.Errorf("%v is not a day", v)
	}
	*d = scannedDay(domain.DayOf(v.Time, time.UTC))
	return nil
}

type dayPlan struct{ next pgtype.ScanPlan }

func (p *dayPlan) SetNext(next pgtype.ScanPlan) { p.next = next }

func (p *dayPlan) Scan(src []byte, dst any) error {
	return p.next.Scan(src, (*scannedDay)(dst.(*domain.Day)))
}
