package projections

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"
	"github.com/govalues/decimal"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// world is a log, a database, and an engine between them.
type world struct {
	t      *testing.T
	ctx    context.Context
	store  *embedded.Log
	codec  *eventstore.Codec
	url    string
	config Config
	engine *Engine
	reader *Reader
	end    func()
	head   eventstore.Position

	beforeStart func(*Engine)
}

func newWorld(t *testing.T, change func(*Config)) *world {
	t.Helper()
	store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	w := &world{t: t, ctx: t.Context(), store: store, codec: eventstore.NewCodec(), url: postgrestest.Database(t)}
	w.config = Config{Store: store, Codec: w.codec, DatabaseURL: w.url, Logger: slog.New(slog.NewTextHandler(t.Output(), nil))}
	if change != nil {
		change(&w.config)
	}
	return w
}

// start runs an engine until stop or the end of the test.
func (w *world) start() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	w.engine = NewEngine(w.config)
	if w.beforeStart != nil {
		w.beforeStart(w.engine)
	}
	reader, err := NewReader(ctx, w.url, w.engine)
	if err != nil {
		w.t.Fatal(err)
	}
	w.reader = reader
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := w.engine.Run(ctx); err != nil {
			w.t.Errorf("engine: %v", err)
		}
	}()
	w.end = func() { cancel(); <-done; reader.Close() }
	w.t.Cleanup(func() { w.stop() })
}

func (w *world) stop() {
	if w.end != nil {
		w.end()
		w.end = nil
	}
}

// append records events that happened on a day (2006-01-02, or with a time), in the order given.
func (w *world) append(stream, at string, events ...domain.Event) {
	w.t.Helper()
	layout := time.DateOnly
	if len(at) > len(layout) {
		layout = "2006-01-02 15:04"
	}
	when, err := time.Parse(layout, at)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range events {
		p, err := w.codec.Encode(w.ctx, stream, uuid.New(), e, domain.Metadata{OccurredAt: when})
		if err != nil {
			w.t.Fatal(err)
		}
		w.propose(stream, p)
	}
}

func (w *world) propose(stream string, p eventstore.Proposed) {
	w.t.Helper()
	a, err := w.store.Append(w.ctx, stream, eventstore.Any, []eventstore.Proposed{p})
	if err != nil {
		w.t.Fatal(err)
	}
	w.head = a.Position
}

// settle waits until the read models hold everything that was appended, and everybody is judged by it.
func (w *world) settle() {
	w.t.Helper()
	w.settleOr(w.t)
}

// settleOr is settle in a law, which fails by itself.
func (w *world) settleOr(t rapid.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
	defer cancel()
	if err := w.reader.WaitJudged(ctx, w.head); err != nil {
		status := w.engine.Status(w.ctx)
		why := ""
		if status.LastError != nil {
			why = *status.LastError
		}
		t.Fatalf("%v: %s (%+v)", err, why, status)
	}
}

func (w *world) query(sql string, args ...any) [][]any {
	w.t.Helper()
	conn, err := connect(w.ctx, w.url, liveSchema)
	if err != nil {
		w.t.Fatal(err)
	}
	defer closeConn(conn)
	rows, err := conn.Query(w.ctx, sql, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	out, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) ([]any, error) { return r.Values() })
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// text is a query's answer as text: columns separated by spaces, rows by newlines.
func (w *world) text(sql string, args ...any) string {
	w.t.Helper()
	text := ""
	for _, row := range w.query(sql, args...) {
		for i, v := range row {
			if t, ok := v.(time.Time); ok {
				v = t.Format(time.DateOnly)
			}
			if i > 0 {
				text += " "
			}
			text += fmt.Sprint(v)
		}
		text += "\n"
	}
	return text
}

func (w *world) checksums() map[string]string {
	w.t.Helper()
	sums, err := w.reader.checksums(w.ctx, true)
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]string{}
	for _, s := range sums {
		out[s.Table] = fmt.Sprintf("%d rows %s", s.Rows, s.Digest)
	}
	if len(out) < 10 {
		w.t.Fatalf("only %d tables: %v", len(out), out)
	}
	return out
}

// who answers a stable id for a name.
func who(name string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)) }

func streamOf(name string) string { return customer.Stream(who(name)) }

func (w *world) register(name, at string) {
	w.t.Helper()
	w.append(streamOf(name), at, customer.Registered{Kind: customer.Person, Name: name})
}

// buys appends a purchase of one line for an amount in minor units.
func (w *world) buys(name, at string, minor int64) {
	w.t.Helper()
	w.append(streamOf(name), at, bought(uuid.New(), minor))
}

func bought(id uuid.UUID, minor int64) customer.PurchaseRecorded {
	return customer.PurchaseRecorded{PurchaseID: id, Currency: "EUR", ReportingCurrency: "EUR", TotalMinor: minor,
		ReportingTotalMinor: minor, Lines: []customer.PurchasedLine{{Line: customer.Line{SKU: "A",
			Quantity: decimal.One, UnitPrice: domain.Major(minor, 2)}, AmountMinor: minor, ReportingMinor: minor}}}
}

func refunded(minor int64) customer.ReturnRecorded {
	return customer.ReturnRecorded{ReturnID: uuid.New(), Currency: "EUR", ReportingCurrency: "EUR", TotalMinor: minor,
		ReportingTotalMinor: minor, Lines: []customer.ReturnedLine{{ReturnLine: customer.ReturnLine{SKU: "A",
			Quantity: decimal.One, UnitPrice: domain.Major(minor, 2)}, AmountMinor: minor, ReportingMinor: minor}}}
}

func (w *world) closeDay(date string) {
	w.t.Helper()
	d, err := domain.ParseDay(date)
	if err != nil {
		w.t.Fatal(err)
	}
	w.append(calendar.Stream, date, calendar.DayClosed{Date: d})
}

func (w *world) ladder() {
	l := policy.DefaultLadder()
	w.append(policy.Stream(policy.LadderName), "2024-01-01", policy.Published{Policy: policy.LadderName, Version: 1, Ladder: &l})
}

func (w *world) segment(name string, version int, rule string) {
	w.append(segment.Stream(name), "2024-01-01", segment.Defined{Name: name, Version: version, Rule: rule})
}
