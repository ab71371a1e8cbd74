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
	CustomerID uuid.UUID        `db:"customer_id"`
	SKU        string           `db:"sku"`
	Bought     int64            `db:"bought"`
	LastOn     *domain.Day      `db:"last_on"`
	Dearest    *decimal.Decimal `db:"dearest"`
}

type bestKey struct {
	id  uuid.UUID
	sku string
}

var bestRows = keyedRows("best", 2, func(k bestKey) bestRow { return bestRow{CustomerID: k.id, SKU: k.sku} })

var best = Projector{Name: "best", Schema: `
-- What each customer bought of each good.
CREATE TABLE best (
	customer_id uuid NOT NULL, -- who
	sku text NOT NULL, -- what
	bought bigint NOT NULL, -- how often
	last_on date, -- when last
	dearest numeric, -- highest price
	PRIMARY KEY (customer_id, sku)
);
`, On: []Handler{On(func(e customer.PurchaseRecorded, _ domain.Recorded, p *fold) error {
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
