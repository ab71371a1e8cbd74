package projections

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestReadersQuestions(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.segment("buyers", 1, "orders > 0")
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-03", 1000)
	w.append(streamOf("ann"), "2024-01-04", customer.InteractionRecorded{InteractionID: uuid.New(), Kind: "call",
		Direction: customer.Inbound, Subject: "where is it?"})
	w.closeDay("2024-01-05")
	w.settle()
	ctx, r := w.ctx, w.reader
	check := func(what string, ok bool, err error) {
		t.Helper()
		if !ok || err != nil {
			t.Errorf("%s: %v, %v", what, ok, err)
		}
	}
	day := func(text string) *domain.Day {
		d, err := domain.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	c, err := r.Customer(ctx, who("ann"))
	check("customer", c.Orders == 1 && len(c.Segments) == 1 && c.Interactions == 1 && c.Revision == 2, err)
	if _, err = r.Customer(ctx, who("nobody")); !errors.Is(err, ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
	all, err := r.Segments(ctx)
	check("segments", len(all) == 1 && all[0].Members == 1, err)
	if _, err = r.Segment(ctx, "nothing"); !errors.Is(err, ErrNotFound) {
		t.Errorf("no segment: %v", err)
	}
	members, err := r.Members(ctx, "buyers", day("2024-01-03"), uuid.Nil, 10, "")
	check("members on a day", len(members) == 1 && members[0].ValidTo == nil, err)
	members, err = r.Members(ctx, "buyers", day("2024-01-02"), uuid.Nil, 10, "")
	check("members the day before", len(members) == 0, err)
	members, err = r.Members(ctx, "buyers", nil, who("ann"), 10, "")
	check("members after the last", len(members) == 0, err)
	stages, err := r.Stages(ctx)
	check("stages", len(stages) == 1 && stages[0].Stage == "customer" && stages[0].Customers == 1, err)
	steps, err := r.Transitions(ctx, TransitionQuery{CustomerID: who("ann"), From: "prospect", To: "customer",
		Reason: "own_doing", Since: day("2024-01-03"), Limit: 10})
	check("transitions", len(steps) == 1, err)
	steps, err = r.Transitions(ctx, TransitionQuery{Limit: 1})
	check("newest transition", len(steps) == 1 && steps[0].ToStage == "customer", err)
	entries, err := r.Timeline(ctx, who("ann"), nil, 1)
	if err != nil || len(entries) != 1 {
		t.Fatalf("newest of the timeline: %v, %v", entries, err)
	}
	entries, err = r.Timeline(ctx, who("ann"), &entries[0].Position, 10)
	check("timeline", len(entries) == 2 && entries[0].Type == "customer.purchase_recorded.v1", err)
	clock, err := r.Clock(ctx)
	check("clock", clock.LastClosedOn.String() == "2024-01-05" && clock.TimeZone == "UTC", err)
	status, err := r.Status(ctx)
	check("status", status.Position == int64(w.head), err)
	failures, err := r.Failures(ctx)
	check("failures", len(failures) == 0, err)

	soon, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	if err := r.WaitFor(soon, w.head+1); !errors.Is(err, ErrBehind) {
		t.Errorf("waiting for what is not there: %v", err)
	}
}

func TestQueriesWithoutADatabase(t *testing.T) {
	r, err := NewReader(t.Context(), "postgres://nobody@127.0.0.1:1/none?connect_timeout=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Customer(t.Context(), who("ann")); !errors.Is(err, ErrUnavailable) {
		t.Errorf("%v", err)
	}
	if _, err := r.Checksums(t.Context()); !errors.Is(err, ErrUnavailable) {
		t.Errorf("%v", err)
	}
}
