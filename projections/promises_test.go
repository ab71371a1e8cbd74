package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestPromises(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	due, err := domain.ParseDay("2024-01-05")
	if err != nil {
		t.Fatal(err)
	}
	a, b, c := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}
	for i, id := range []uuid.UUID{a, b, c} {
		w.append(streamOf("ann"), "2024-01-02", customer.PromiseMade{PromiseID: id, What: "call", DueOn: due + domain.Day(i)})
	}
	w.settle()
	next, err := w.reader.Due(w.ctx, due+9)
	if err != nil || len(next) != 1 || next[who("ann")] != due {
		t.Errorf("due: %v, %v", next, err)
	}
	if next, err := w.reader.Due(w.ctx, due-1); err != nil || len(next) != 0 {
		t.Errorf("due the day before: %v, %v", next, err)
	}
	w.append(streamOf("ann"), "2024-01-03", customer.PromiseKept{PromiseID: a})
	w.append(streamOf("ann"), "2024-01-06 23:59", customer.PromiseBroken{PromiseID: b, Overdue: true})
	w.settle()
	expect(t, "promises", w.text("SELECT state, made_on, due_on, ended_on, overdue FROM promises ORDER BY promise_id"), `
kept 2024-01-02 2024-01-05 2024-01-03 false
broken 2024-01-02 2024-01-06 2024-01-06 true
open 2024-01-02 2024-01-07 <nil> false`)
	next, err = w.reader.Due(w.ctx, due+9)
	if err != nil || next[who("ann")] != due+2 {
		t.Errorf("due: %v, %v", next, err)
	}
}
