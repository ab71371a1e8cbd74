package projections

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/commands/commandstest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/history"
)

// What an auditor is told of a position in the log is what the tables said when they had come to it, of every customer,
// though the log has gone on since.
func TestAReplayIsWhatTheTablesSaid(t *testing.T) {
	for name, live := range map[string]func(*world){
		"a year":               func(w *world) { w.aYear(21) },
		"merged and split":     func(w *world) { w.mergedLife(4, true) },
		"backdated, no closed": func(w *world) { w.openYear(5) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, nil)
			live(w)
			lived := w.store
			w.store = emptyLog(t)
			w.config.Store = w.store
			w.start()
			if told := w.audit(t, lived, uint64(len(name))); told < 40 {
				t.Errorf("only %d answers were compared", told)
			}
		})
	}
}

// The same of random lives of all nouns.
func TestAReplayOfRandomLives(t *testing.T) {
	commandstest.Bound(t, 3, 300)
	w := newWorld(t, nil)
	w.config.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	rapid.Check(t, func(rt *rapid.T) {
		lived := emptyLog(t)
		service := commands.New(lived, w.codec, commands.Options{Now: commandstest.Now})
		commandstest.Begin(rt, lived, w.codec, service).Live(rt)
		w.store = emptyLog(t)
		w.config.Store = w.store
		w.text("DROP SCHEMA IF EXISTS " + liveSchema + " CASCADE")
		w.start()
		defer w.stop()
		w.audit(rt, lived, rapid.Uint64().Draw(rt, "seed"))
	})
}

// openYear appends a life in which no day is closed for long, and things are recorded long after they happened.
func (w *world) openYear(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 3))
	w.ladder()
	w.segment("recent", 1, "recency_days <= 20")
	first, err := domain.ParseDay("2024-01-01")
	if err != nil {
		w.t.Fatal(err)
	}
	for i := range 240 {
		on := first + domain.Day(i-r.IntN(1+i))
		w.buys(fmt.Sprint(r.IntN(20)), on.String(), int64(r.IntN(9000)))
		if i == 150 {
			w.closeDay((first + 100).String()) // behind what happened by then
		}
		if i > 200 {
			w.closeDay((first + domain.Day(i)).String())
		}
	}
}

func emptyLog(t *testing.T) *embedded.Log {
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	return log
}

// audit lets the tables follow what was lived, with rules that come between, and compares them at ten positions with
// replays from a log that holds all of it. It answers how many replays it compared.
func (w *world) audit(t rapid.TB, lived eventstore.Store, seed uint64) (told int) {
	events := w.interfere(t, lived, rand.New(rand.NewPCG(seed, 5)))
	whole, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	for _, e := range events {
		if _, err := whole.Append(w.ctx, e.stream, eventstore.Any, []eventstore.Proposed{e.Proposed}); err != nil {
			t.Fatal(err)
		}
	}
	w.head = 0
	reader := history.NewReader(whole, w.codec)
	erased := map[uuid.UUID]bool{}
	for _, e := range events {
		if id, ok := customer.IDOf(e.stream); ok && e.Type == (customer.Erased{}).EventType() {
			erased[id] = true
		}
	}
	for stop := range 10 {
		for _, e := range events[len(events)*stop/10 : len(events)*(stop+1)/10] {
			w.propose(e.stream, e.Proposed)
		}
		w.settleOr(t)
		for id, want := range w.dump() {
			if erased[id] && want["erased_on"] == nil {
				continue // what was personal then is told by nobody any more
			}
			h, err := reader.Replay(w.ctx, id, history.Query{Position: &w.head, Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(any(want), columnsOf(t, h, want), cmpopts.EquateApprox(1e-12, 0)); diff != "" {
				t.Fatalf("customer %s at position %d, tables and replay:\n%s", id, w.head, diff)
			}
			told++
		}
	}
	return told
}

type lived struct {
	stream string
	eventstore.Proposed
}

// interfere answers what a log holds, with fits, ladders, tiers and segments that come, change and go between.
func (w *world) interfere(t rapid.TB, log eventstore.Store, r *rand.Rand) (events []lived) {
	versions := map[string]int{}
	ladder := func(name, rule string) domain.Event {
		versions[name]++
		return policy.Published{Policy: name, Version: 100 + versions[name], Ladder: &policy.Ladder{Stages: []policy.Stage{
			{Name: "top", Rule: rule}, {Name: "gone", Rule: "recency_days > 60", Away: true}, {Name: "rest", Rule: "true"}}}}
	}
	say := func(stream string, e domain.Event, at domain.Metadata) {
		p, err := w.codec.Encode(w.ctx, stream, uuid.New(), e, at)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, lived{stream, p})
	}
	i := 0
	for record, err := range log.ReadAll(context.Background(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		r0, err := w.codec.DecodeClosed(record)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, lived{record.Stream, eventstore.Proposed{ID: record.ID, Type: record.Type,
			Data: record.Data, Metadata: record.Metadata}})
		if i++; r.IntN(40) > 0 {
			continue
		}
		switch r.IntN(5) {
		case 0:
			kind := []value.Kind{value.BGNBD, value.MBGNBD, value.ParetoNBD}[r.IntN(3)]
			say(value.Stream, fitAsOf(0, kind), r0.Metadata)
		case 1:
			say(policy.Stream(policy.LadderName), ladder(policy.LadderName, fmt.Sprint("orders >= ", r.IntN(5))), r0.Metadata)
		case 2:
			say(policy.Stream(policy.TiersName), ladder(policy.TiersName, fmt.Sprint("net_revenue_in(90) > ", r.IntN(300), ".0")), r0.Metadata)
		case 3:
			versions["odd"]++
			say(segment.Stream("odd"), segment.Defined{Name: "odd", Version: versions["odd"],
				Rule: fmt.Sprint(`churn_risk == "high" || orders_in(`, 1+r.IntN(30), ") > 1")}, r0.Metadata)
		case 4:
			if versions["odd"] > 0 {
				versions["odd"]++
				say(segment.Stream("odd"), segment.Defined{Name: "odd", Version: versions["odd"], Rule: "true"}, r0.Metadata)
				say(segment.Stream("odd"), segment.Retired{Name: "odd", Version: versions["odd"]}, r0.Metadata)
			}
		}
	}
	return events
}

// dump answers what the tables say of each customer who stands for themselves.
func (w *world) dump() map[uuid.UUID]map[string]any {
	w.t.Helper()
	out := map[uuid.UUID]map[string]any{}
	for _, row := range w.query(`SELECT c.customer_id, (to_jsonb(c) || to_jsonb(v) || jsonb_build_object(
			'kind', nullif(c.kind, ''), 'policy_version', s.policy_version,
			'tier', (SELECT jsonb_build_object('tier', t.tier, 'since', t.since, 'policy_version', t.policy_version)
				FROM loyalty_tier t WHERE t.customer_id = c.customer_id),
			'segments', (SELECT coalesce(jsonb_agg(jsonb_build_object('segment', m.segment, 'since', m.valid_from,
				'version', m.version, 'evidence', m.evidence) ORDER BY m.segment COLLATE "C"), '[]')
				FROM segment_membership m WHERE m.customer_id = c.customer_id AND m.valid_to IS NULL),
			'value', (SELECT to_jsonb(p) - 'customer_id' || jsonb_build_object('churn_risk', r.level, 'churn_risk_as_of', r.as_of,
				'churn_reasons', r.reasons, 'worsens_on', r.worsens_on)
				FROM clv p JOIN churn_risk r USING (customer_id) WHERE p.customer_id = c.customer_id)))::text
		FROM customer_360 c JOIN customer_value v USING (customer_id) LEFT JOIN loyalty_stage s USING (customer_id)`) {
		var columns map[string]any
		if err := json.Unmarshal([]byte(row[1].(string)), &columns); err != nil {
			w.t.Fatal(err)
		}
		out[row[0].([16]byte)] = columns
	}
	return out
}

// columnsOf answers what a history says under the names that the tables have, as JSON has it.
func columnsOf(t rapid.TB, h history.History, names map[string]any) any {
	text, err := json.Marshal(h)
	var all any
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	return restrict(all, names)
}

// restrict leaves out of got what want does not name.
func restrict(got, want any) any {
	switch names := want.(type) {
	case map[string]any:
		if members, ok := got.(map[string]any); ok {
			out := map[string]any{}
			for name := range names {
				if v, told := members[name]; told {
					out[name] = restrict(v, names[name])
				}
			}
			return out
		}
	case []any:
		if all, ok := got.([]any); ok && len(all) == len(names) {
			out := make([]any, len(all))
			for i := range all {
				out[i] = restrict(all[i], names[i])
			}
			return out
		}
	}
	return got
}
