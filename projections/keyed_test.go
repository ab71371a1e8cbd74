package projections

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

type bestRow struct {
	CustomerID uuid.UUID        `db:"customer_id,key" note:"who"`
	SKU        string           `db:"sku,key" note:"what"`
	Bought     int64            `db:"bought" note:"how often"`
	LastOn     *domain.Day      `db:"last_on" note:"when last"`
	Dearest    *decimal.Decimal `db:"dearest" note:"highest price"`
}

type bestKey struct {
	id  uuid.UUID
	sku string
}

var bestRows = keyedRows("best", "What each customer bought of each good.", func(k bestKey) bestRow {
	return bestRow{CustomerID: k.id, SKU: k.sku}
})

var best = Projector{Name: "best", Tables: tables{bestRows}, On: []Handler{On(func(e customer.PurchaseRecorded, _ domain.Recorded, p *fold) error {
	for _, l := range e.Lines {
		row := rowOf(p, bestRows, bestKey{p.id, l.SKU})
		row.Bought++
		if row.LastOn == nil || *row.LastOn < p.day {
			on := p.day
			row.LastOn = &on
		}
		if row.Dearest == nil || row.Dearest.Less(l.UnitPrice) {
			row.Dearest = &l.UnitPrice
		}
	}
	return nil
})}}

// A keyed row is the same whether it was remembered, forgotten and read again, or never left memory.
func TestKeyedRowsAreReadAgain(t *testing.T) {
	w := newWorld(t, func(c *Config) {
		c.Projectors = append(append([]Projector{}, Projectors...), best)
		c.Memory = 1
		c.PageEvents = 3
	})
	w.aYear(5)
	w.start()
	w.settle()
	want := w.text("SELECT * FROM best ORDER BY 1")
	rows := w.query("SELECT count(*), sum(bought)::bigint, (SELECT sum(orders)::bigint FROM customer_summary) FROM best")[0]
	if rows[0] != int64(40) || rows[1] != rows[2] {
		t.Fatalf("rows, bought, orders: %v", fmt.Sprint(rows...))
	}
	w.stop()
	w.config.Memory, w.config.RebuildEvents = 1000, 1000
	w.start()
	w.waitState(stateLive)
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, w.text("SELECT * FROM best ORDER BY 1")); diff != "" {
		t.Error(diff)
	}
}
