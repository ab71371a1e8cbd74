package projections

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"

	gocmp "github.com/google/go-cmp/cmp"
)

// While a segment is being filled in, its definition, the status and a standby's view of it say how far that is.
func TestFillingIsTold(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Slice = 1 })
	names := []string{"a", "b", "c", "d", "e"}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(who(a).String(), who(b).String()) })
	for _, name := range names {
		w.register(name, "2024-01-01")
	}
	w.buys(names[4], "2024-01-02", 1000) // the only one whose row will be written, and the last
	w.closeDay("2024-01-03")
	w.start()
	w.settle()

	conn, err := pgx.Connect(w.ctx, w.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(w.ctx)
	if _, err := conn.Exec(w.ctx, "BEGIN; LOCK TABLE crm.segment_membership IN SHARE MODE"); err != nil {
		t.Fatal(err)
	}
	w.segment("buyers", 1, "orders_in(30) >= 1")
	if err := w.reader.WaitFor(w.ctx, w.head); err != nil {
		t.Fatal(err)
	}
	looks := func() (string, float64) {
		s, err := w.reader.Segment(w.ctx, "buyers")
		if err != nil {
			t.Fatal(err)
		}
		return s.State, s.Progress
	}
	state, progress := looks()
	for deadline := time.Now().Add(30 * time.Second); progress < 0.8 && time.Now().Before(deadline); state, progress = looks() {
		pause(w.ctx, time.Millisecond)
	}
	if state != "filling" || progress != 0.8 {
		t.Fatalf("the segment is %s, %v of all; it waits for one in five", state, progress)
	}
	_, stored, err := w.engine.stored(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := &FillStatus{Changes: 1, Done: 4, Customers: 5}
	for _, got := range []*FillStatus{w.engine.Status(w.ctx).Filling, stored} {
		if diff := gocmp.Diff(want, got, cmpopts.IgnoreFields(FillStatus{}, "StartedAt")); diff != "" || got.StartedAt.IsZero() {
			t.Errorf("the status tells of the filling (-want +got):\n%s", diff)
		}
	}

	if _, err := conn.Exec(w.ctx, "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	w.filled()
	if state, progress := looks(); state != "live" || progress != 1 {
		t.Errorf("when everybody is judged the segment is %s, %v", state, progress)
	}
	if s := w.engine.Status(w.ctx).Filling; s != nil {
		t.Errorf("the status still tells of a filling: %+v", s)
	}
}
