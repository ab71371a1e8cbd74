package projections

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
)

// shown records that a reader was shown what is held of a customer.
func (w *world) shown(to, name, at string) {
	w.t.Helper()
	e := access.PersonalDataRead{CustomerID: who(name), Reader: to, Role: "app", Operation: "getCustomer"}
	w.append(e.Stream(), at, e)
}

func TestReads(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	w.register("bob", "2024-01-01")
	w.shown("zoe", "ann", "2024-01-02 10:00")
	table := access.PersonalDataRead{Reader: "max", Role: "analyst", Operation: "getTable", Purpose: "report:7", Table: "customer_360",
		Conditions: []access.Condition{access.NewCondition("name", "=", []string{"Ada"}, true)}}
	w.append(table.Stream(), "2024-01-03", table)
	w.shown("zoe", "bob", "2024-01-04")
	w.settle()
	expect(t, "personal_data_reads", w.text(`SELECT customer_id = $1, read_at, reader, role, operation, purpose, table_name,
		conditions::text FROM personal_data_reads ORDER BY position`, [16]byte(who("ann"))), `
true 2024-01-02 zoe app getCustomer <nil> <nil> <nil>
<nil> 2024-01-03 max analyst getTable report:7 customer_360 [{"column": "name", "withheld": 1, "comparison": "="}]
false 2024-01-04 zoe app getCustomer <nil> <nil> <nil>`)

	readers := func(name string, everybody bool, below *int64, limit int) (out []string, last int64) {
		t.Helper()
		found, err := w.reader.Reads(w.ctx, who(name), everybody, below, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range found {
			out, last = append(out, r.Reader), r.Position
		}
		return out, last
	}
	for _, c := range []struct {
		name      string
		everybody bool
		want      []string
	}{{"ann", true, []string{"max", "zoe"}}, {"ann", false, []string{"zoe"}}, {"bob", true, []string{"zoe", "max"}}} {
		if got, _ := readers(c.name, c.everybody, nil, 10); !cmp.Equal(got, c.want) {
			t.Errorf("who looked at %s (everybody: %t): %v, want %v", c.name, c.everybody, got, c.want)
		}
	}
	first, last := readers("ann", true, nil, 1)
	next, _ := readers("ann", true, &last, 10)
	if diff := cmp.Diff([]string{"max", "zoe"}, append(first, next...)); diff != "" {
		t.Errorf("page by page: %s", diff)
	}
	if _, err := w.reader.Reads(w.ctx, uuid.New(), true, nil, 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("of a stranger: %v", err)
	}
}

// Looking is nothing that happens to a customer: it moves no clock and no figure.
func TestReadsDisturbNothing(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-02", 1000)
	w.settle()
	history := func() []Checksum {
		t.Helper()
		sums, err := w.reader.Checksums(w.ctx)
		if err != nil {
			t.Fatal(err)
		}
		return sums
	}
	before, told := w.checksums(), history()
	w.shown("zoe", "ann", "2030-06-01")
	w.settle()
	after := w.checksums()
	if diff := cmp.Diff(told, history()); diff != "" {
		t.Errorf("the history is another one: %s", diff)
	}
	for table := range after {
		if changed := before[table] != after[table]; changed != (table == "personal_data_reads") {
			t.Errorf("%s changed: %t", table, changed)
		}
	}
}

// A customer who was merged, split again and erased was looked at all the same.
func TestReadsOutliveTheCustomer(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.register("ann", "2024-01-01")
	w.register("bob", "2024-01-01")
	w.shown("zoe", "ann", "2024-01-02")
	w.append(streamOf("ann"), "2024-01-03", customer.Absorbed{AbsorbedID: who("bob"), SurvivorID: who("ann")})
	w.append(streamOf("bob"), "2024-01-03", customer.Merged{Into: who("ann")})
	w.shown("max", "bob", "2024-01-04")
	w.settle()
	reads := func() string {
		return w.text(`SELECT customer_id = $1, reader, read_at FROM personal_data_reads ORDER BY position`, [16]byte(who("ann")))
	}
	const want = "true zoe 2024-01-02\nfalse max 2024-01-04\n"
	expect(t, "merged", reads(), want)
	if found, err := w.reader.Reads(w.ctx, who("bob"), true, nil, 10); err != nil || len(found) != 2 {
		t.Errorf("who looked at one of them: %+v, %v", found, err)
	}
	w.append(streamOf("ann"), "2024-01-05", customer.Separated{AbsorbedID: who("bob"), SurvivorID: who("ann")})
	w.append(streamOf("bob"), "2024-01-05", customer.SplitOff{From: who("ann")})
	w.settle()
	expect(t, "split", reads(), want)
	if found, err := w.reader.Reads(w.ctx, who("bob"), true, nil, 10); err != nil || len(found) != 1 {
		t.Errorf("who looked at the one who was split off: %+v, %v", found, err)
	}
	w.append(streamOf("ann"), "2024-01-06", customer.Erased{Reason: "asked"})
	w.settle()
	expect(t, "erased", reads(), want)
	live := w.checksums()
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(live, w.checksums()); diff != "" {
		t.Error(diff)
	}
}
