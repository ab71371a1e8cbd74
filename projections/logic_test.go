package projections

import (
	"flag"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

var update = flag.Bool("update", false, "write golden files")

// What the same log makes of the tables changes with Logic alone: otherwise a program would go on with rows that another
// one made.
func TestTheSameLogicMakesTheSameRows(t *testing.T) {
	w := newWorld(t, nil)
	uuid.SetRand(rand.New(rand.NewSource(1)))
	w.aYear(3)
	uuid.SetRand(nil)
	w.start()
	w.settle()
	w.filled()
	sums := w.business()
	var b strings.Builder
	fmt.Fprintln(&b, "logic", define(Projectors).version)
	for _, table := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintln(&b, table, sums[table])
	}
	const file = "testdata/logic.golden"
	got := b.String()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the same log makes other rows than before: raise Logic in logic.go, and run go test ./projections "+
			"-run TestTheSameLogicMakesTheSameRows -update\n%s", diff)
	}
}

// Views, comments and indexes change in place; the rows stay.
func TestViewsAndIndexesChangeInPlace(t *testing.T) {
	w := newWorld(t, nil)
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-02", 100)
	noted := func(schema string) {
		w.config.Projectors = append(slices.Clone(Projectors), Projector{Name: "noted", Schema: schema})
	}
	noted(`
-- Something of the test.
CREATE TABLE noted (
	n bigint -- a number
);
CREATE INDEX ON noted (n); -- to find it
-- What is noted.
CREATE VIEW shown AS
SELECT n -- a number
FROM noted;
`)
	w.start()
	w.settle()
	w.text("UPDATE purchases SET reference = 'kept'")
	w.stop()
	noted(`
-- Something else of the test.
CREATE TABLE noted (
	n bigint -- another number
);
-- What is noted, and more.
CREATE VIEW shown AS
SELECT n, -- a number
	n + 1 AS next -- the next one
FROM noted;
`)
	w.start()
	w.lead()
	expect(t, "rows", w.text("SELECT reference FROM purchases"), "kept")
	expect(t, "comments", w.text("SELECT obj_description('noted'::regclass), col_description('noted'::regclass, 1)"),
		"Something else of the test. another number")
	expect(t, "indexes", w.text("SELECT count(*) FROM pg_indexes WHERE tablename = 'noted'"), "0")
	expect(t, "the view", w.text("SELECT attname FROM pg_attribute WHERE attrelid = 'shown'::regclass AND attnum > 0"), "n\nnext")
	w.stop()
	noted(`
-- Something else of the test.
CREATE TABLE noted (
	n bigint, -- another number
	m bigint -- a second
);
`)
	w.start()
	w.lead()
	w.settle()
	expect(t, "another structure", w.text("SELECT coalesce(reference, '') FROM purchases"), "")
	expect(t, "the view", w.text("SELECT to_regclass('shown') IS NULL"), "true")
}
