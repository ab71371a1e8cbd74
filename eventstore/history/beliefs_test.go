package history_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
)

var bob = uuid.MustParse("7c0d5a52-20a4-4f8e-8a52-6b2f0e1d4c3b")

// believed sums up where a customer stood.
func believed(h history.History) string {
	told := []string{fmt.Sprintf("%s at %d: %d orders", h.BusinessDate, h.Position, h.Orders)}
	if h.Stage != nil {
		told = append(told, fmt.Sprintf("%s since %s (%s, v%d)", *h.Stage, *h.StageSince, *h.StageReason, *h.PolicyVersion))
	}
	if h.Tier != nil {
		told = append(told, fmt.Sprintf("%s since %s (v%d)", h.Tier.Tier, h.Tier.Since, h.Tier.PolicyVersion))
	}
	for _, s := range h.Segments {
		told = append(told, fmt.Sprintf("%s since %s (v%d at %d) %v", s.Segment, s.Since, s.Version, s.Position, s.Evidence))
	}
	if v := h.Value; v != nil {
		told = append(told, fmt.Sprintf("value of %s (v%d at %d), risk %s", v.AsOf, v.ModelVersion, v.FitPosition, v.Risk))
	}
	return strings.Join(told, "; ")
}

// ruled is a customer's spring under rules that come and go. In comments: the positions.
func ruled(t *testing.T) *log {
	l := newLog(t)
	stream := customer.Stream(ann)
	standard := policy.DefaultLadder()
	l.add(policy.Stream(policy.LadderName), ladder(1, standard.Stages...), "2024-01-01", "2024-01-01")                                   // 1
	l.add(segment.Stream("recent"), segment.Defined{Name: "recent", Version: 1, Rule: "recency_days <= 10"}, "2024-01-01", "2024-01-01") // 2
	l.add(stream, bought(1000, "A"), "2024-01-10", "2024-01-10")                                                                         // 3
	l.add(calendar.Stream, calendar.DayClosed{Date: day("2024-01-10")}, "2024-01-11", "2024-01-11")                                      // 4
	l.add(calendar.Stream, calendar.DayClosed{Date: day("2024-01-31")}, "2024-02-01", "2024-02-01")                                      // 5
	l.add(stream, bought(500, "B"), "2024-02-05", "2024-02-05")                                                                          // 6
	l.add(segment.Stream("recent"), segment.Defined{Name: "recent", Version: 2, Rule: "recency_days <= 5"}, "2024-02-05", "2024-02-05")  // 7
	l.add(policy.Stream(policy.TiersName), policy.Published{Policy: policy.TiersName, Version: 1, Ladder: &policy.Ladder{
		Stages: []policy.Stage{{Name: "gold", Rule: "orders >= 2"}, {Name: "basic", Rule: "true"}}}}, "2024-02-06", "2024-02-06") // 8
	l.add(value.Stream, value.Fitted{Model: value.MBGNBD, Parameters: value.Parameters{R: .5, Alpha: 6, A: .9, B: 1.6},
		Spend: value.Spend{Model: value.PlainMean, Mean: 10}}, "2024-02-07", "2024-02-07") // 9
	l.add(calendar.Stream, calendar.DayClosed{Date: day("2024-12-31")}, "2025-01-01", "2025-01-01")          // 10
	l.add(segment.Stream("recent"), segment.Retired{Name: "recent", Version: 2}, "2025-01-02", "2025-01-02") // 11
	return l
}

func TestWhatWasBelieved(t *testing.T) {
	l := ruled(t)
	for position, want := range map[eventstore.Position]string{
		3: "2024-01-10 at 3: 1 orders; customer since 2024-01-10 (became_known, v1); recent since 2024-01-10 (v1 at 2) map[recency_days:0]",
		5: "2024-01-31 at 5: 1 orders; customer since 2024-01-10 (became_known, v1)",
		6: "2024-01-31 at 6: 2 orders; customer since 2024-01-10 (became_known, v1); recent since 2024-02-05 (v1 at 2) map[recency_days:0]",
		9: "2024-01-31 at 9: 2 orders; customer since 2024-01-10 (became_known, v1); gold since 2024-02-05 (v1); " +
			"recent since 2024-02-05 (v2 at 7) map[recency_days:0]; value of 2024-02-05 (v1 at 9), risk low",
		10: "2024-12-31 at 10: 2 orders; lapsed since 2024-08-04 (time_passed, v1); gold since 2024-02-05 (v1); " +
			"value of 2024-02-05 (v1 at 9), risk high",
	} {
		if got := believed(l.replay(history.Query{Position: &position})); got != want {
			t.Errorf("at %d:\n got %s\nwant %s", position, got, want)
		}
	}
	before := eventstore.Position(6)
	if h := l.replay(history.Query{AsOf: at("2024-02-06T12:00"), Position: &before}); believed(h) !=
		"2024-02-05 at 6: 2 orders; customer since 2024-01-10 (became_known, v1); recent since 2024-02-05 (v1 at 2) map[recency_days:0]" {
		t.Errorf("both times: %s", believed(h))
	}
	now := l.replay(history.Query{})
	want := history.InForce{Policies: map[string]history.RuleVersion{"ladder": {Version: 1, Position: 1}, "tiers": {Version: 1, Position: 8}},
		Segments: map[string]history.RuleVersion{}, ValueModel: &history.RuleVersion{Version: 1, Position: 9}}
	if diff := cmp.Diff(want, now.Rules); diff != "" || len(now.Segments) > 0 || now.Position != 11 {
		t.Errorf("now %d, %v:\n%s", now.Position, now.Segments, diff)
	}
	if err := l.refused(history.Query{Position: new(eventstore.Position(12))}); !errors.Is(err, history.ErrPositionUnknown) {
		t.Errorf("beyond the log: %v", err)
	}
	if err := l.refused(history.Query{Position: new(eventstore.Position(2))}); !errors.Is(err, customer.ErrUnknown) {
		t.Errorf("before anything: %v", err)
	}
}

// Whoever is asked for, the answer is about who stands for them, and rests on what happened to both.
func TestAMergedHistory(t *testing.T) {
	l := newLog(t)
	for i, id := range []uuid.UUID{ann, bob} {
		l.add(customer.Stream(id), customer.Registered{Kind: customer.Person, Name: []string{"Ann", "Anna"}[i],
			ExternalIDs: []customer.ExternalID{{System: "shop", ID: fmt.Sprint(i)}}}, "2024-01-01", "2024-01-01")
		l.add(customer.Stream(id), bought(100, ""), "2024-01-02", "2024-01-02")
	}
	l.add(customer.Stream(bob), customer.Merged{Into: ann}, "2024-01-03", "2024-01-03")
	l.add(customer.Stream(bob), bought(7, ""), "2024-01-04", "2024-01-04")
	merged := l.replay(history.Query{})
	reader := history.NewReader(l.store, l.codec)
	asked, err := reader.Replay(context.Background(), bob, history.Query{})
	if diff := cmp.Diff(merged, asked); err != nil || diff != "" {
		t.Errorf("asked for the other one: %v\n%s", err, diff)
	}
	if *merged.Name != "Ann" || merged.NetRevenue != 207 || len(merged.ExternalIDs) != 2 || merged.EntriesTotal != 6 ||
		merged.Entries[5].CustomerID != bob || !slices.Equal(merged.StandsFor, []uuid.UUID{bob}) {
		t.Errorf("merged: %+v", merged)
	}
	l.add(customer.Stream(bob), customer.SplitOff{From: ann}, "2024-01-05", "2024-01-05")
	if h := l.replay(history.Query{}); h.NetRevenue != 100 || h.EntriesTotal != 2 || len(h.ExternalIDs) != 1 {
		t.Errorf("split: %+v", h)
	}
	d, err := reader.Compare(context.Background(), ann, history.Query{Position: new(eventstore.Position(6))}, history.Query{})
	if err != nil || d.EntriesTotal != 0 || len(d.Gone) != 4 {
		t.Errorf("what a split takes back: %v, %+v", err, d)
	}
}

func TestATimelineInParts(t *testing.T) {
	l := story(t)
	whole := l.replay(history.Query{})
	var parts []history.Entry
	for q := (history.Query{Limit: 4}); ; {
		h := l.replay(q)
		parts = append(parts, h.Entries...)
		if h.EntriesTotal != len(whole.Entries) || h.NetRevenue != whole.NetRevenue {
			t.Fatalf("a part of %d entries: %+v", h.EntriesTotal, h)
		}
		if h.NextCursor == "" {
			break
		}
		if _, err := fmt.Sscan(h.NextCursor, &q.After); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(whole.Entries, parts); diff != "" {
		t.Error(diff)
	}
}

func TestCompare(t *testing.T) {
	l := ruled(t)
	compare := func(from, to history.Query) history.Difference {
		d, err := history.NewReader(l.store, l.codec).Compare(context.Background(), ann, from, to)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := compare(history.Query{Position: new(eventstore.Position(3))}, history.Query{Position: new(eventstore.Position(10))})
	told := func(changes []history.Change) string {
		var all []string
		for _, c := range changes {
			all = append(all, fmt.Sprint(c.Name, " ", c.From, "→", c.To))
		}
		return strings.Join(all, ", ")
	}
	if got := told(d.Standing); got != "stage customer→lapsed, stage_since 2024-01-10→2024-08-04, tier <nil>→gold, "+
		"tier_since <nil>→2024-02-05, tier_policy_version <nil>→1" {
		t.Errorf("standing: %s", got)
	}
	if got := told(d.Figures); !strings.Contains(got, "orders 1→2") || !strings.Contains(got, "net_revenue_minor 1000→1500") ||
		strings.Contains(got, "returns") || strings.Contains(got, "external_ids") {
		t.Errorf("figures: %s", got)
	}
	if got := told(d.Facts); !strings.HasPrefix(got, "p_alive <nil>→") || strings.Contains(got, "net_revenue") {
		t.Errorf("facts: %s", got)
	}
	if len(d.Value) < 10 || len(d.Entered) != 0 || len(d.Left) != 1 || d.Left[0].Version != 1 {
		t.Errorf("value %v, entered %v, left %v", d.Value, d.Entered, d.Left)
	}
	rules := slices.Collect(func(yield func(string) bool) {
		for _, r := range d.Rules {
			yield(r.Rule)
		}
	})
	if diff := cmp.Diff([]string{"segment recent", "tiers", "value_model"}, rules); diff != "" {
		t.Errorf("rules: %s", diff)
	}
	if d.EntriesTotal != 1 || d.Entries[0].Position != 6 || len(d.Gone) != 0 || d.From.Position != 3 || d.To.Position != 10 {
		t.Errorf("between: %+v", d)
	}
	back := compare(history.Query{Position: new(eventstore.Position(10))}, history.Query{Position: new(eventstore.Position(3))})
	if back.EntriesTotal != 0 || len(back.Gone) != 1 || len(back.Entered) != 1 {
		t.Errorf("back: %+v", back)
	}
	begun := compare(history.Query{Position: new(eventstore.Position(1))}, history.Query{})
	if begun.From.Known || begun.EntriesTotal != 2 {
		t.Errorf("from before anything: %+v", begun)
	}
	if same := compare(history.Query{}, history.Query{}); len(same.Figures)+len(same.Facts)+len(same.Standing)+len(same.Value)+
		len(same.Entered)+len(same.Left)+len(same.Rules)+same.EntriesTotal+len(same.Gone) != 0 {
		t.Errorf("now and now: %+v", same)
	}
	reader := history.NewReader(l.store, l.codec)
	var side *history.Side
	_, err := reader.Compare(context.Background(), ann, history.Query{}, history.Query{Revision: new(uint64(9))})
	if !errors.As(err, &side) || side.Name != "to" || !errors.Is(err, history.ErrRevisionUnknown) {
		t.Errorf("beyond the stream: %v", err)
	}
	if _, err := reader.Compare(context.Background(), bob, history.Query{}, history.Query{}); !errors.Is(err, customer.ErrUnknown) {
		t.Errorf("of nobody: %v", err)
	}
}

func TestAnErasedCustomerIsNobody(t *testing.T) {
	l := story(t)
	l.add(customer.Stream(ann), customer.Erased{Reason: "asked_for_it"}, "2024-05-01", "2024-05-01")
	for name, q := range map[string]history.Query{"now": {}, "before": {Revision: new(uint64(4))}} {
		h := l.replay(q)
		text, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		if h.Name != nil || strings.Contains(string(text), "Ann") || h.Orders != 3 {
			t.Errorf("%s: %d orders of %v", name, h.Orders, h.Name)
		}
		if erased := h.ErasedOn != nil; erased != (name == "now") {
			t.Errorf("%s: erased on %v", name, h.ErasedOn)
		}
	}
}
