package projections

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"slices"
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

// table is how a row struct maps to a table. R has these tags on each field that is a column:
//
//	db     its name; ",key" makes it a part of the primary key, ",null" says that JSON may be missing
//	note   what it holds, for its COMMENT; personal is what begins with "Personal: "
//	among  the texts that it may hold, apart by commas
//	check  another condition that PostgreSQL checks
//
// A pointer is a column that may be NULL.
type table[R any] struct {
	name    string
	note    string
	columns []column // those of the key first
	keys    int
	insert  string // rows that are new
	upsert  string // rows that may replace others
	remove  string // rows of these keys
	// replaces tells that a row may be written again.
	replaces bool
	// recordedFor is the field that says whose a row is, after a merge; -1 where there is none.
	recordedFor int
}

// column is one field of a row struct.
type column struct {
	DefinedColumn
	field int
	key   bool
	columnType
}

// columnType says how a Go type goes to PostgreSQL: as one value, and as an array of values for unnest.
type columnType struct {
	pg    string
	value func(reflect.Value) any
	array func(n int, at func(int) reflect.Value) any
	put   func(out []byte, v reflect.Value) []byte // in PostgreSQL's binary format
}

// added maps a table whose rows are written once. The note says what they are.
func added[R any](name, note string) *table[R] {
	t := newTable[R](name, note)
	t.replaces = false
	return t
}

// kept maps a table whose rows change.
func kept[R any](name, note string) *table[R] { return newTable[R](name, note) }

// newTable reads the tags. A type that has no place in PostgreSQL is a fault of wiring.
func newTable[R any](name, note string) *table[R] {
	rt := reflect.TypeFor[R]()
	t := &table[R]{name: name, note: note, replaces: true, recordedFor: -1}
	for i := range rt.NumField() {
		if c, ok := columnOf(rt, i); ok {
			t.columns = append(t.columns, c)
			if c.Name == "recorded_for" {
				t.recordedFor = i
			}
			if c.key {
				t.keys++
			}
		}
	}
	slices.SortStableFunc(t.columns, func(a, b column) int {
		switch {
		case a.key == b.key:
			return 0
		case a.key:
			return -1
		}
		return 1
	})
	t.prepare()
	return t
}

// prepare writes the statements.
func (t *table[R]) prepare() {
	names, keys := t.names(), t.keys
	var args, set, where []string
	for i, c := range t.columns {
		args = append(args, fmt.Sprintf("$%d::%s[]", i+1, c.pg))
		if c.key {
			where = append(where, fmt.Sprintf("t.%s = k.%s", c.Name, c.Name))
		} else {
			set = append(set, c.Name+" = EXCLUDED."+c.Name)
		}
	}
	t.insert = fmt.Sprintf("INSERT INTO %s (%s) SELECT * FROM unnest(%s)",
		t.name, strings.Join(names, ", "), strings.Join(args, ", "))
	if keys == 0 {
		return
	}
	t.upsert = fmt.Sprintf("%s ON CONFLICT (%s) DO UPDATE SET %s",
		t.insert, strings.Join(names[:keys], ", "), strings.Join(set, ", "))
	if len(set) == 0 {
		t.upsert = fmt.Sprintf("%s ON CONFLICT (%s) DO NOTHING", t.insert, strings.Join(names[:keys], ", "))
	}
	t.remove = fmt.Sprintf("DELETE FROM %s t USING unnest(%s) AS k (%s) WHERE %s", t.name, strings.Join(args[:keys], ", "),
		strings.Join(names[:keys], ", "), strings.Join(where, " AND "))
}

func (t *table[R]) names() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.Name
	}
	return names
}

// rowSets is what a page does to the tables, by table.
type rowSets struct {
	byTable map[any]set
	inTurn  []set
}

// set is the rows of one table, whatever their type.
type set interface {
	// write sends the rows, at once or within the batch.
	write(context.Context, pgx.Tx, *pgx.Batch) error
	// fill sends them at once, into a table that has none of them.
	fill(context.Context, pgx.Tx) error
	count() int
}

// setOf returns the set under a key, made where it is missing.
func setOf[S set](w *rowSets, key any, make func() S) S {
	s, ok := w.byTable[key]
	if !ok {
		if w.byTable == nil {
			w.byTable = map[any]set{}
		}
		s = make()
		w.byTable[key] = s
		w.inTurn = append(w.inTurn, s)
	}
	return s.(S)
}

// rowCount returns how many rows wait.
func (w *rowSets) rowCount() (n int) {
	for _, s := range w.inTurn {
		n += s.count()
	}
	return n
}

// rowSet holds what a page does to one table: rows that it adds or replaces, and rows whose keys it removes, which
// comes first.
type rowSet[R any] struct {
	*table[R]
	rows []R
	gone []R
	// replacing: some of the rows may be there already.
	replacing bool
}

// put adds a row that may be there already.
func (s *rowSet[R]) put(row R) {
	s.rows, s.replacing = append(s.rows, row), true
}

// rowsFor returns the set of a table's rows among others, made where it is missing.
func rowsFor[R any](w *rowSets, t *table[R]) *rowSet[R] {
	return setOf(w, t, func() *rowSet[R] { return &rowSet[R]{table: t} })
}

// write sends the rows: many new ones by COPY, others within the batch, which is the page's one round
// trip. It empties the set.
func (s *rowSet[R]) write(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
	n := len(s.rows)
	rows := reflect.ValueOf(s.rows)
	defer func() { s.rows, s.gone, s.replacing = s.rows[:0], s.gone[:0], false }()
	if len(s.gone) > 0 {
		b.Queue(s.remove, s.arrays(reflect.ValueOf(s.gone), s.keys)...)
	}
	switch {
	case n == 0:
	case s.replaces || s.replacing:
		b.Queue(s.upsert, s.arrays(rows, len(s.columns))...)
	case n < copyFrom || len(s.gone) > 0:
		b.Queue(s.insert, s.arrays(rows, len(s.columns))...)
	default:
		return s.copy(ctx, tx)
	}
	return nil
}

// fill sends all rows by COPY, into a table that holds none of them, and empties the set.
func (s *rowSet[R]) fill(ctx context.Context, tx pgx.Tx) error {
	defer func() { s.rows, s.gone, s.replacing = s.rows[:0], s.gone[:0], false }()
	if len(s.rows) == 0 {
		return nil
	}
	return s.copy(ctx, tx)
}

func (s *rowSet[R]) count() int { return len(s.rows) + len(s.gone) }

func (s *rowSet[R]) values(row reflect.Value) []any {
	out := make([]any, len(s.columns))
	for i, c := range s.columns {
		out[i] = c.value(row.Field(c.field))
	}
	return out
}

// all returns the first columns of all rows, as arrays.
func (s *rowSet[R]) all(columns int) []any { return s.arrays(reflect.ValueOf(s.rows), columns) }

func (s *rowSet[R]) arrays(rows reflect.Value, columns int) []any {
	out := make([]any, columns)
	for i, c := range s.columns[:columns] {
		out[i] = c.array(rows.Len(), func(n int) reflect.Value { return rows.Index(n).Field(c.field) })
	}
	return out
}

// row returns a row's fields.
func (t *table[R]) row(r *R) reflect.Value { return reflect.ValueOf(r).Elem() }

// equal reports whether two rows are the same to PostgreSQL.
func (t *table[R]) equal(a, b *R) bool {
	x, y := t.row(a), t.row(b)
	for _, c := range t.columns {
		if !sameValue(x.Field(c.field), y.Field(c.field)) {
			return false
		}
	}
	return true
}

// sameValue compares two fields of one type: what pointers point at, moments and decimals by their value.
func sameValue(x, y reflect.Value) bool {
	if x.Kind() == reflect.Pointer {
		if x.IsNil() || y.IsNil() {
			return x.IsNil() == y.IsNil()
		}
		x, y = x.Elem(), y.Elem()
	}
	switch a := x.Addr().Interface().(type) {
	case *time.Time:
		return a.Equal(*y.Addr().Interface().(*time.Time))
	case *decimal.Decimal:
		b := y.Addr().Interface().(*decimal.Decimal)
		return a.Cmp(*b) == 0 && a.Scale() == b.Scale()
	case *json.RawMessage:
		return bytes.Equal(*a, *y.Addr().Interface().(*json.RawMessage))
	}
	return x.Interface() == y.Interface()
}

// owned says in a row whose it is, after a merge.
func (t *table[R]) owned(row *R, by *uuid.UUID) {
	if t.recordedFor >= 0 && by != nil {
		*t.row(row).Field(t.recordedFor).Addr().Interface().(**uuid.UUID) = by
	}
}

// as makes a columnType of a conversion from a Go type to one that pgx encodes. Fields are read through their
// address, which unlike their value goes into an interface without an allocation.
func as[G, P any](pg string, convert func(G) P, put func([]byte, P) []byte) columnType {
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
		put: func(out []byte, v reflect.Value) []byte { return put(out, convert(*v.Addr().Interface().(*G))) },
	}
}

func itself[G any](g G) G { return g }

var columnTypes = map[reflect.Type]columnType{
	reflect.TypeFor[uuid.UUID](): as("uuid", func(id uuid.UUID) pgtype.UUID { return pgtype.UUID{Bytes: id, Valid: true} }, putUUID),
	reflect.TypeFor[*uuid.UUID](): as("uuid", func(id *uuid.UUID) pgtype.UUID {
		if id == nil {
			return pgtype.UUID{}
		}
		return pgtype.UUID{Bytes: *id, Valid: true}
	}, putUUID),
	reflect.TypeFor[string]():           as("text", itself[string], putText),
	reflect.TypeFor[*string]():          as("text", itself[*string], orNull(putText)),
	reflect.TypeFor[domain.Currency]():  as("text", func(c domain.Currency) string { return string(c) }, putText),
	reflect.TypeFor[int64]():            as("bigint", itself[int64], putInt64),
	reflect.TypeFor[*int64]():           as("bigint", itself[*int64], orNull(putInt64)),
	reflect.TypeFor[bool]():             as("boolean", itself[bool], putBool),
	reflect.TypeFor[*bool]():            as("boolean", itself[*bool], orNull(putBool)),
	reflect.TypeFor[float64]():          as("double precision", itself[float64], putFloat64),
	reflect.TypeFor[*float64]():         as("double precision", itself[*float64], orNull(putFloat64)),
	reflect.TypeFor[time.Time]():        as("timestamp with time zone", itself[time.Time], putTime),
	reflect.TypeFor[*time.Time]():       as("timestamp with time zone", itself[*time.Time], orNull(putTime)),
	reflect.TypeFor[domain.Day]():       as("date", func(d domain.Day) pgtype.Date { return date(&d) }, putDate),
	reflect.TypeFor[*domain.Day]():      as("date", date, putDate),
	reflect.TypeFor[decimal.Decimal]():  as("numeric", func(d decimal.Decimal) pgtype.Numeric { return numeric(&d) }, putNumeric),
	reflect.TypeFor[*decimal.Decimal](): as("numeric", numeric, putNumeric),
	reflect.TypeFor[json.RawMessage](): as("jsonb", func(m json.RawMessage) *string {
		if m == nil {
			return nil
		}
		s := string(m)
		return &s
	}, putJSON),
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
