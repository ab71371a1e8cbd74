package projections

import "testing"

// The index by which names that are spelt alike are found is there from the first start, and after a rebuild.
func TestNamesThatAreSpeltAlikeHaveAnIndex(t *testing.T) {
	w := newWorld(t, nil)
	w.config.Trigrams = true
	w.register("ann", "2024-01-01")
	w.start()
	w.settle()
	for range 2 {
		if alike, err := w.reader.FindsAlike(w.ctx); err != nil || !alike {
			t.Errorf("alike %t, %v", alike, err)
		}
		expect(t, "comment", w.text("SELECT obj_description('customer_summary_lower_idx1'::regclass)"), "customers whose names are spelt alike")
		if _, err := w.reader.Tables(w.ctx); err != nil {
			t.Errorf("the catalogue with an index that is no B-tree: %v", err)
		}
		w.reader.alike.Store(false)
		w.rebuild()
	}
}
