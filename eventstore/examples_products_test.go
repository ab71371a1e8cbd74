package eventstore_test

import (
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/product"
)

var productExamples = func() []domain.Event {
	at := time.Date(2011, 3, 1, 10, 26, 0, 0, time.UTC)
	price := product.Price{Currency: "GBP", Price: number("2.55"), UnitCost: point(number("1.10"))}
	return []domain.Event{
		product.Listed{SKU: "85123A", Name: "White hanging heart", Category: "decoration", Price: price, At: at},
		product.PriceChanged{SKU: "85123A", Price: price, At: at.Add(time.Hour)},
		product.Delisted{SKU: "85123A", At: at.Add(24 * time.Hour)},
	}
}()
