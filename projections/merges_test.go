package projections

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
)

func TestASurvivorStandsForBoth(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.segment("buyers", 1, "orders >= 2")
	for _, name := range []string{"ann", "anna"} {
		w.append(streamOf(name), "2024-01-01", customer.Registered{Kind: customer.Person, Name: name,
			ExternalIDs: []customer.ExternalID{{System: "shop", ID: name}}})
	}
	w.buys("ann", "2024-01-02", 100)
	w.buys("anna", "2024-01-03", 30)
	w.closeDay("2024-01-03")
	w.append(streamOf("anna"), "2024-01-04", customer.Merged{Into: who("ann")})
	w.buys("anna", "2024-01-05", 7) // recorded of her, counts for who stands for her
	w.closeDay("2024-01-05")
	w.settle()
	expect(t, "one customer", w.text("SELECT name, orders, net_revenue_minor, stage, segments::text FROM customer_360"),
		"ann 3 137 client {buyers}")
	expect(t, "both ids", w.text("SELECT jsonb_array_length(external_ids) FROM customer_360"), "2")
	expect(t, "purchases are hers, recorded for anna", w.text(`SELECT total_minor FROM purchases
		WHERE customer_id = $1 AND recorded_for = $2 ORDER BY 1`, [16]byte(who("ann")), [16]byte(who("anna"))), "7\n30")
	expect(t, "no row is anna's", w.text("SELECT count(*) FROM customer_timeline WHERE customer_id = $1", [16]byte(who("anna"))), "0")
	c, err := w.reader.Customer(w.ctx, who("anna"))
	if err != nil || c.CustomerID != who("ann") {
		t.Errorf("who stands for anna: %v, %v", c.CustomerID, err)
	}
	w.expectTimeline("anna", "anna 3, anna 2, anna 1, ann 1, anna 0, ann 0")
	w.expectTimeline("ann", "anna 3, anna 2, anna 1, ann 1, anna 0, ann 0")
	w.append(streamOf("anna"), "2024-01-06", customer.SplitOff{From: who("ann")})
	w.settle()
	expect(t, "two customers", w.text("SELECT name, orders, net_revenue_minor, segments::text FROM customer_360 ORDER BY 1"),
		"ann 1 100 {}\nanna 2 37 {buyers}")
	expect(t, "since", w.text("SELECT valid_from, valid_to FROM segment_membership"), "2024-01-05 <nil>")
	w.expectTimeline("anna", "anna 4, anna 3, anna 2, anna 1, anna 0")
	w.expectTimeline("ann", "ann 1, ann 0")
}

// expectTimeline reads a timeline two entries at a time: whose each is, and its revision, the newest first.
func (w *world) expectTimeline(name, want string) {
	w.t.Helper()
	names := map[uuid.UUID]string{who("ann"): "ann", who("anna"): "anna"}
	var got []string
	var below *int64
	for {
		page, err := w.reader.Timeline(w.ctx, who(name), below, 2)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, e := range page {
			name := names[e.CustomerID]
			if e.RecordedFor != nil {
				name = names[*e.RecordedFor]
			}
			got = append(got, fmt.Sprint(name, " ", e.Revision))
			below = &e.Position
		}
		if len(page) < 2 {
			break
		}
	}
	expect(w.t, "the timeline of "+name, strings.Join(got, ", "), want)
}

// Who stands for two others stands for both of them, and for the one who is left after a split.
func TestASurvivorOfTwoMerges(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	for i, name := range []string{"ann", "anna", "anne"} {
		w.register(name, "2024-01-01")
		w.buys(name, "2024-01-02", []int64{1, 20, 300}[i])
	}
	figures := func() string {
		w.settle()
		return w.text("SELECT orders, net_revenue_minor FROM customer_360 WHERE customer_id = $1", [16]byte(who("ann")))
	}
	w.append(streamOf("anna"), "2024-01-03", customer.Merged{Into: who("ann")})
	w.append(streamOf("anne"), "2024-01-04", customer.Merged{Into: who("ann")})
	expect(t, "three as one", figures(), "3 321")
	w.append(streamOf("anna"), "2024-01-05", customer.SplitOff{From: who("ann")})
	expect(t, "two as one", figures(), "2 301")
	w.append(streamOf("anna"), "2024-01-06", customer.Merged{Into: who("ann")})
	expect(t, "three again", figures(), "3 321")
}

// After the split, every table equals what it would be had they never been merged.
func TestLongASplitLeavesNoTrace(t *testing.T) {
	for _, seed := range []uint64{1, 2} {
		never, once := newWorld(t, nil), newWorld(t, func(c *Config) { c.PageEvents = 7; c.Memory = 1 })
		for _, w := range []*world{never, once} {
			w.mergedLife(seed, w == once)
			w.start()
			w.settle()
		}
		want, got := never.contents(), once.contents()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d, never merged and merged once:\n%s", seed, diff)
		}
		if n := strings.Count(want["segment_membership"], "\n"); n < 10 {
			t.Errorf("seed %d: a dull life with %d stays", seed, n)
		}
		before := once.checksums()
		once.waitState(stateLive)
		if err := once.engine.Rebuild(context.Background()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, once.checksums()); diff != "" {
			t.Errorf("seed %d, rebuilt:\n%s", seed, diff)
		}
	}
}

// mergedLife appends the life of five customers; if merging, two pairs of them are merged and split.
func (w *world) mergedLife(seed uint64, merging bool) {
	w.t.Helper()
	r := rand.New(rand.NewPCG(seed, 2))
	first, err := domain.ParseDay("2024-01-01")
	if err != nil {
		w.t.Fatal(err)
	}
	w.ladder()
	for i := range 5 {
		w.register(fmt.Sprint(i), "2024-01-01")
	}
	w.closeDay("2024-01-01")
	for d := range domain.Day(300) {
		day := (first + d).String()
		if merging {
			switch d {
			case 40, 200:
				w.append(streamOf("1"), day, customer.Merged{Into: who("0")})
			case 70:
				w.append(streamOf("2"), day, customer.Merged{Into: who("0")})
			case 110, 250:
				w.append(streamOf("1"), day, customer.SplitOff{From: who("0")})
			case 130:
				w.append(streamOf("2"), day, customer.SplitOff{From: who("0")})
			}
		}
		for range r.IntN(2) {
			name := fmt.Sprint(r.IntN(5))
			if r.IntN(5) == 0 {
				w.append(streamOf(name), day, refunded(int64(r.IntN(500))))
			} else {
				w.buys(name, day, int64(r.IntN(5000)))
			}
		}
		for i := range 3 {
			name := fmt.Sprint(i)
			w.append(streamOf(name), day, profile(name, d+domain.Day(5*i), first+d)...)
		}
		if d == 50 || d == 180 {
			w.append(value.Stream, day, fitAsOf(first+d, value.MBGNBD))
		}
		if d == 90 {
			w.append(segment.Stream("lost"), day, segment.Defined{Name: "lost", Version: 1, Rule: `churn_risk != "low"`})
		}
		if d == 60 {
			w.append(segment.Stream("recent"), day, segment.Defined{Name: "recent", Version: 1, Rule: "recency_days <= 14"})
			w.append(segment.Stream("known"), day, segment.Defined{Name: "known", Version: 1,
				Rule: `attributes["income"] == "high" || "payer" in roles || "phone" in contact_channels && relationships > insights`})
		}
		if d == 150 {
			w.append(segment.Stream("recent"), day, segment.Defined{Name: "recent", Version: 2, Rule: "recency_days <= 20 && orders > 1"})
		}
		if r.IntN(3) > 0 {
			w.append(calendar.Stream, day, calendar.DayClosed{Date: first + d})
		}
	}
}

// contents is all rows of all tables, but for what tells of the merges themselves or counts events, and of the ids of purchases,
// which each world makes up anew.
func (w *world) contents() map[string]string {
	w.t.Helper()
	out := map[string]string{}
	for _, t := range strings.Fields(w.text(`SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = 'crm' AND c.relkind IN ('r', 'v') AND c.relname NOT LIKE 'projection%'
		AND c.relname NOT IN ('customer_timeline', 'customer_merges', 'customer_summary', 'data_quality')`)) {
		columns := strings.Fields(w.text(`SELECT column_name FROM information_schema.columns WHERE table_schema = 'crm'
			AND table_name = $1 AND column_name NOT IN ('revision', 'position', 'recorded_at', 'purchase_id', 'return_id', 'live_since')
			ORDER BY ordinal_position`, t))
		list := strings.Join(columns, ", ")
		out[t] = w.text("SELECT row(" + list + ")::text FROM " + t + " ORDER BY 1")
	}
	if len(out) < 10 {
		w.t.Fatalf("only %d tables", len(out))
	}
	return out
}
