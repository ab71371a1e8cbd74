package projections

import (
	"testing"
	"time"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/product"
)

func TestProducts(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	at := func(hour int) time.Time { return time.Date(2024, 1, 2, hour, 0, 0, 0, time.UTC) }
	price := func(amount, cost string) product.Price {
		p := product.Price{Currency: "EUR", Price: decimal.MustParse(amount)}
		if cost != "" {
			c := decimal.MustParse(cost)
			p.UnitCost = &c
		}
		return p
	}
	tell := func(sku string, events ...domain.Event) {
		w.append(product.Stream(sku), "2024-01-02", events...)
		w.settle()
	}
	tell("cup", product.Listed{SKU: "cup", Name: "Cup", Price: price("2.50", "1.20"), At: at(9)},
		product.PriceChanged{SKU: "cup", Price: price("3", "1.20"), At: at(10)})
	tell("pot", product.Listed{SKU: "pot", Name: "Pot", Category: "cups", Price: price("7", ""), At: at(9)})
	// A name changes, the price does not.
	tell("cup", product.Listed{SKU: "cup", Name: "Blue cup", Category: "cups", Price: price("3.00", "1.2"), At: at(11)})
	tell("cup", product.Listed{SKU: "cup", Name: "Blue cup", Category: "cups", Price: price("3.20", "1.30"), At: at(12)},
		product.Delisted{SKU: "cup", At: at(13)})
	tell("cup", product.Listed{SKU: "cup", Name: "Red cup", Price: price("3.20", "1.30"), At: at(15)})
	tell("pot", product.Delisted{SKU: "pot", At: at(16)})
	expect(t, "prices", w.text(`SELECT sku, step, extract(hour FROM valid_from)::int, extract(hour FROM valid_to)::int,
		price::text, unit_cost::text FROM product_price ORDER BY sku, step`), `
cup 1 9 10 2.50 1.20
cup 2 10 12 3 1.20
cup 3 12 13 3.20 1.30
cup 4 15 <nil> 3.20 1.30
pot 1 9 16 7 <nil>`)
	expect(t, "products", w.text(`SELECT sku, name, category, state, price::text, extract(hour FROM listed_at)::int,
		extract(hour FROM delisted_at)::int, prices FROM product ORDER BY sku`), `
cup Red cup <nil> listed 3.20 9 <nil> 4
pot Pot cups delisted 7 9 16 1`)
	page, err := w.reader.Products(w.ctx, "cup", 10)
	if err != nil || len(page) != 1 || page[0].SKU != "pot" || page[0].UnitCost != nil || *page[0].Category != "cups" {
		t.Errorf("%+v, %v", page, err)
	}
	cup, err := w.reader.Product(w.ctx, "cup")
	if err != nil || cup.State != "listed" || cup.UnitCost.String() != "1.30" {
		t.Errorf("%+v, %v", cup, err)
	}
	if _, err := w.reader.Product(w.ctx, "cap"); err != ErrNotFound {
		t.Error(err)
	}
}
