package projections

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is read of the definitions is what the database says of the tables that they make.
func TestDefinitionsAreThoseOfTheDatabase(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	w.settle()
	all, err := w.reader.Tables(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	known := 0
	for _, table := range all {
		d, ok := Definition(table.Name)
		if !ok {
			continue // the engine's own
		}
		known++
		var columns []TableColumn
		for _, c := range d.Columns {
			if table.Kind == "view" {
				at, _ := Defined{Columns: asDefined(table.Columns)}.Column(c.Name)
				c.Type, c.Nullable = at.Type, at.Nullable
			}
			columns = append(columns, c.TableColumn)
		}
		if diff := cmp.Diff(table.Columns, columns); diff != "" || d.Comment != table.Comment {
			t.Errorf("%s (-database +definition): %s", table.Name, diff)
		}
	}
	if known < 100 {
		t.Errorf("%d tables are defined", known)
	}
	cases, _ := Definition("case_current")
	state, _ := cases.Column("state")
	if diff := cmp.Diff([]string{"open", "paused", "resolved", "closed", "erased"}, state.Among); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"customer_id", "case_id"}, cases.Key); diff != "" {
		t.Error(diff)
	}
}

func asDefined(columns []TableColumn) (all []DefinedColumn) {
	for _, c := range columns {
		all = append(all, DefinedColumn{TableColumn: c})
	}
	return all
}
