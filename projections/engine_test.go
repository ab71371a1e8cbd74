package projections

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
)

// aYear appends a year and a half of random business: purchases, returns, contacts, some backdated, days
// closed, rules that come, change and go.
func (w *world) aYear(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 1))
	w.ladder()
	first, err := domain.ParseDay("2024-01-01")
	if err != nil {
		w.t.Fatal(err)
	}
	const customers = 40
	var events []struct {
		stream string
		p      eventstore.Proposed
	}
	say := func(stream string, day domain.Day, e domain.Event) {
		at := day.Time().Add(time.Duration(r.IntN(86400)) * time.Second)
		p, err := w.codec.Encode(w.ctx, stream, uuid.New(), e, domain.Metadata{OccurredAt: at})
		if err != nil {
			w.t.Fatal(err)
		}
		events = append(events, struct {
			stream string
			p      eventstore.Proposed
		}{stream, p})
	}
	for c := range customers {
		say(streamOf(fmt.Sprint(c)), first, customer.Registered{Kind: customer.Person, Name: fmt.Sprint("N", c)})
	}
	for d := range domain.Day(540) {
		today := first + d
		for range r.IntN(4) {
			name := streamOf(fmt.Sprint(r.IntN(customers)))
			on := today
			if r.IntN(10) == 0 {
				on -= domain.Day(r.IntN(60)) // backdated
			}
			switch r.IntN(6) {
			case 0:
				say(name, on, refunded(int64(r.IntN(3000))))
			case 1:
				say(name, on, customer.InteractionRecorded{InteractionID: uuid.New(), Kind: "call", Direction: customer.Inbound})
			default:
				say(name, on, bought(uuid.New(), int64(100+r.IntN(20000))))
			}
		}
		if r.IntN(3) > 0 {
			say(calendar.Stream, today, calendar.DayClosed{Date: today})
		}
		switch d {
		case 50:
			say(segment.Stream("recent"), today, segment.Defined{Name: "recent", Version: 1, Rule: "recency_days <= 20"})
		case 120:
			say(segment.Stream("busy"), today, segment.Defined{Name: "busy", Version: 1,
				Rule: "orders_in(30) >= 2 && net_revenue_in(90) > 100.0"})
		case 200:
			say(value.Stream, today, fitAsOf(today, value.MBGNBD))
			say(segment.Stream("alive"), today, segment.Defined{Name: "alive", Version: 1, Rule: "p_alive >= 0.8 && clv_12m > 50"})
		case 350:
			say(value.Stream, today, fitAsOf(today, value.ParetoNBD))
		case 300:
			say(segment.Stream("recent"), today, segment.Defined{Name: "recent", Version: 2, Rule: "recency_days <= 40 && orders > 2"})
		case 400:
			say(segment.Stream("busy"), today, segment.Retired{Name: "busy", Version: 1})
		}
	}
	for _, e := range events {
		w.propose(e.stream, e.p)
	}
}

// What the tables say must follow from the log alone: not from how it was cut into pages, nor from how
// many customers were in memory, nor from whether it was followed or rebuilt.
func TestTablesFollowFromTheLogAlone(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.PageEvents = 5000 })
	w.aYear(7)
	w.start()
	w.settle()
	want := w.checksums()
	if n := w.query("SELECT count(*) FROM loyalty_stage_history WHERE reason = 'won_back'")[0][0].(int64); n == 0 {
		t.Error("nobody was won back: the history is too dull to prove anything")
	}
	if n := w.query("SELECT count(*) FROM segment_membership")[0][0].(int64); n < 100 {
		t.Errorf("only %d stays: the history is too dull to prove anything", n)
	}
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, w.checksums()); diff != "" {
		t.Errorf("rebuilt in one page:\n%s", diff)
	}
	w.stop()
	for _, c := range []struct{ page, customers int }{{1, 1000}, {7, 3}, {100, 10}} {
		w.config.RebuildEvents, w.config.Memory = c.page, c.customers
		w.start()
		w.waitState(stateLive)
		if err := w.engine.Rebuild(w.ctx); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, w.checksums()); diff != "" {
			t.Errorf("rebuilt in pages of %d with %d customers in memory:\n%s", c.page, c.customers, diff)
		}
		w.stop()
	}
}

// Whatever the agenda skips must be what no judgement would change.
func TestTheAgendaMissesNothing(t *testing.T) {
	w := newWorld(t, nil)
	w.aYear(11)
	w.start()
	w.settle()
	before := w.text("SELECT * FROM segment_membership ORDER BY 1, 2, 3") + w.text("SELECT * FROM loyalty_stage_history ORDER BY 1, 2")
	w.engine.mu.Lock()
	defer w.engine.mu.Unlock()
	err := pgx.BeginFunc(w.ctx, w.engine.session, func(tx pgx.Tx) error {
		p := newPage(w.ctx, tx, w.engine.writer.models, w.engine.writer.handlers, uint64(w.engine.writer.position))
		if err := p.everybodyAnew(); err != nil {
			return err
		}
		if len(p.done) != 40 {
			t.Errorf("%d customers folded anew", len(p.done))
		}
		return p.writeRows(nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	after := w.text("SELECT * FROM segment_membership ORDER BY 1, 2, 3") + w.text("SELECT * FROM loyalty_stage_history ORDER BY 1, 2")
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("judging everyone at the end changed answers:\n%s", diff)
	}
}

func TestAPoisonEventStopsTheProjectors(t *testing.T) {
	w := newWorld(t, nil)
	poison := eventstore.Proposed{ID: uuid.New(), Type: "customer.purchase_recorded.v1", Data: []byte(`{"lines":7}`),
		Metadata: json.RawMessage(`{"occurred_at":"2024-01-01T00:00:00Z"}`)}
	w.register("ann", "2024-01-01")
	good := w.head
	w.propose(streamOf("ann"), poison)
	bad := w.head
	w.buys("ann", "2024-01-02", 100)
	w.start()
	w.waitState(stateStopped)
	failures, err := w.reader.Failures(w.ctx)
	if err != nil || len(failures) != 1 || failures[0].Position != int64(bad) || failures[0].Status != "stopped" ||
		!strings.Contains(failures[0].Error, "decode") {
		t.Fatalf("failures: %+v, %v", failures, err)
	}
	if s := w.engine.Status(w.ctx); s.Position != int64(good) || s.LastError == nil {
		t.Errorf("status: %+v", s)
	}
	w.engine.Resume() // nothing was mended: it stops there again
	w.stop()
	w.config.SkipPoison = true
	w.start()
	w.settle()
	expect(t, "skipped", w.text("SELECT position, status FROM projection_failures"), fmt.Sprint(bad, " skipped"))
	expect(t, "the rest was taken", w.text("SELECT orders FROM customer_value"), "1")
}

// A row that PostgreSQL refuses shows only when the page is written: the page is halved until it is found.
func TestARefusedRowIsFoundByHalving(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.SkipPoison = true })
	for i := range 20 {
		w.register(fmt.Sprint(i), "2024-01-01")
	}
	w.append(streamOf("13"), "2024-01-02", customer.InteractionRecorded{InteractionID: uuid.New(), Kind: "call",
		Direction: customer.Inbound, Subject: "nul\x00byte"})
	bad := w.head
	for i := range 20 {
		w.buys(fmt.Sprint(i), "2024-01-03", 100)
	}
	w.start()
	w.settle()
	expect(t, "skipped", w.text("SELECT position, status FROM projection_failures"), fmt.Sprint(bad, " skipped"))
	expect(t, "the rest was taken", w.text("SELECT count(*), sum(orders)::text FROM customer_value"), "20 20")
}

func (w *world) waitState(state string) {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); w.engine.Status(w.ctx).State != state; {
		if time.Now().After(deadline) {
			w.t.Fatalf("waited for %s: %+v", state, w.engine.Status(w.ctx))
		}
		pause(w.ctx, 10*time.Millisecond)
	}
}

func TestOneEngineADatabase(t *testing.T) {
	w := newWorld(t, nil)
	w.register("ann", "2024-01-01")
	w.start()
	w.settle()
	second := NewEngine(w.config)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = second.Run(ctx) }()
	defer func() { cancel(); <-done }()
	for second.Status(w.ctx).State != stateStandby {
		pause(w.ctx, 5*time.Millisecond)
	}
	if err := second.Rebuild(w.ctx); err != ErrStandby {
		t.Errorf("a standby rebuilt: %v", err)
	}
	w.stop() // the lease is free: the other one takes over
	w.buys("ann", "2024-01-02", 100)
	reader, err := NewReader(w.ctx, w.url, second)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	wait, cancelWait := context.WithTimeout(w.ctx, 20*time.Second)
	defer cancelWait()
	if err := reader.WaitFor(wait, w.head); err != nil {
		t.Fatal(err)
	}
}

func TestTheSessionIsLostAndFoundAgain(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	w.settle()
	for i := range 5 {
		w.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rapport projections' AND pid <> pg_backend_pid()")
		w.buys("ann", "2024-01-02", int64(100+i))
		w.settle()
	}
	expect(t, "each once", w.text("SELECT orders, net_revenue_minor FROM customer_value"), "5 510")
}

func TestAnotherVersionOfTheTablesIsRebuilt(t *testing.T) {
	w := newWorld(t, nil)
	w.register("ann", "2024-01-01")
	w.start()
	w.settle()
	w.stop()
	w.config.Projectors = append(append([]Projector{}, Projectors...), Projector{Name: "extra", Schema: `
-- How many customers registered.
CREATE TABLE extra (n bigint -- a number
);
`})
	w.buys("ann", "2024-01-02", 100)
	w.start()
	w.settle()
	expect(t, "the new table is there", w.text("SELECT count(*) FROM extra"), "0")
	expect(t, "and the old ones are right", w.text("SELECT orders FROM customer_value"), "1")
	w.stop() // the old tables are dropped after the new ones answer
	expect(t, "no schema is left over", w.text(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'crm%'`), "crm")
}

// Tables that were made from another log stand still until somebody rebuilds them.
func TestTablesOfAnotherLogStandStill(t *testing.T) {
	w := newWorld(t, nil)
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-02", 100)
	w.start()
	w.settle()
	w.query("UPDATE purchases SET reference = 'not from the log'")
	w.stop()
	w.start()
	w.lead()
	expect(t, "the same log", w.text("SELECT reference FROM purchases"), "not from the log")
	w.stop()
	other := newWorld(t, nil)
	other.url, other.config.DatabaseURL = w.url, w.url
	other.register("bob", "2024-02-01") // it ends before the place that the tables have reached
	other.start()
	other.lead()
	other.waitState(stateLogChanged)
	expect(t, "nothing moves", other.text("SELECT reference FROM purchases"), "not from the log")
	other.engine.Resume()
	other.waitState(stateLogChanged)
	other.rebuild()
	other.settle()
	other.waitState(stateLive)
	expect(t, "another log", other.text("SELECT orders FROM customer_value"), "0")
	other.register("eve", "2024-02-02")
	other.settle()
	other.stop()
	w.start()
	w.lead()
	w.waitState(stateLogChanged)
	w.rebuild()
	expect(t, "the first log again", w.text("SELECT orders FROM customer_value"), "1")
}

// lead waits until the engine is the active one, and its tables are those of its log.
func (w *world) lead() {
	for {
		_, leading, moved := w.engine.progress.get()
		if leading {
			return
		}
		<-moved // the test's own deadline bounds it
	}
}

func TestTheLiveTablesAnswerAllThroughARebuild(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.RebuildEvents = 50 })
	w.aYear(3)
	w.start()
	w.settle()
	want := w.text("SELECT sum(orders)::text, sum(net_revenue_minor)::text FROM customer_value")
	rebuilt := make(chan error, 1)
	go func() { rebuilt <- w.engine.Rebuild(w.ctx) }()
	for n := 0; ; n++ {
		expect(t, "while rebuilding", w.text("SELECT sum(orders)::text, sum(net_revenue_minor)::text FROM customer_value"), want)
		c, err := w.reader.Customer(w.ctx, who("1"))
		if err != nil || c.Kind != "person" {
			t.Fatalf("a query in between: %+v, %v", c, err)
		}
		select {
		case err := <-rebuilt:
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				t.Error("the rebuild was over before anybody asked")
			}
			return
		default:
		}
	}
}

func TestChecksumsAreOfOneMoment(t *testing.T) {
	w := newWorld(t, nil)
	w.aYear(3)
	w.start()
	w.settle()
	want := w.checksums()
	var stopped atomic.Bool
	var asking sync.WaitGroup
	for range 4 { // so that each takes longer than the end of a rebuild
		asking.Go(func() {
			for summed := 0; !stopped.Load() || summed == 0; summed++ {
				if diff := cmp.Diff(want, w.checksums()); diff != "" {
					t.Errorf("while tables are swapped: %s", diff)
					return
				}
			}
		})
	}
	for range 5 {
		if err := w.engine.Rebuild(w.ctx); err != nil {
			t.Error(err)
		}
	}
	stopped.Store(true)
	asking.Wait()
}

func TestEveryTableAndColumnIsDescribed(t *testing.T) {
	w := newWorld(t, nil)
	w.register("ann", "2024-01-01")
	w.start()
	w.settle()
	expect(t, "without a comment", w.text(`SELECT c.relname, a.attname FROM pg_class c
		JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'crm'
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0 AND NOT a.attisdropped
		WHERE c.relkind IN ('r', 'v') AND col_description(c.oid, a.attnum) IS NULL ORDER BY 1, 2`), "")
	expect(t, "tables without one", w.text(`SELECT c.relname FROM pg_class c
		JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'crm'
		WHERE c.relkind IN ('r', 'v') AND coalesce(obj_description(c.oid), '') = ''`), "")
}
