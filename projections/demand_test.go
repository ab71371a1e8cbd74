package projections

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

// basket is a purchase in euros; line is one of it, for a unit price and what it comes to.
func basket(lines ...customer.PurchasedLine) customer.PurchaseRecorded {
	return customer.PurchaseRecorded{PurchaseID: uuid.New(), Currency: "EUR", ReportingCurrency: "EUR", Lines: lines}
}

func line(sku, category, quantity, price string, minor int64) customer.PurchasedLine {
	return customer.PurchasedLine{Line: customer.Line{SKU: sku, Category: category, Quantity: decimal.MustParse(quantity),
		UnitPrice: decimal.MustParse(price)}, AmountMinor: minor, ReportingMinor: minor}
}

const demanded = `SELECT sku, category, price_band, week, quantity::text, orders, revenue_minor,
	round(mean_unit_price_minor, 2)::float FROM demand ORDER BY 1, 2, 3, 4`

// bands publishes price bands: cheap below a price and dear from it on, for tea below and from another.
func (w *world) bands(version int, common, tea string) {
	of := func(at string) []policy.PriceBand {
		price := decimal.MustParse(at)
		return []policy.PriceBand{{Name: "cheap", Below: &price}, {Name: "dear", From: price}}
	}
	w.append(policy.Stream(policy.PriceBandsName), "2024-01-01", policy.Published{Policy: policy.PriceBandsName, Version: version,
		PriceBands: &policy.PriceBands{Currency: "EUR", Bands: of(common),
			Categories: []policy.CategoryBands{{Category: "tea", Bands: of(tea)}}}})
}

func (w *world) rebuilt() {
	w.t.Helper()
	before := w.checksums()
	w.waitState(stateLive)
	if err := w.engine.Rebuild(w.ctx); err != nil {
		w.t.Fatal(err)
	}
	if diff := cmp.Diff(before, w.checksums()); diff != "" {
		w.t.Errorf("rebuilt:\n%s", diff)
	}
}

func TestDemand(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	for _, name := range []string{"ann", "anna", "bob"} {
		w.register(name, "2024-01-01")
	}
	w.append(streamOf("ann"), "2024-01-01", basket(line("cup", "", "2", "0.99", 198), line("cup", "", "1", "1", 100),
		line("oolong", "tea", "0.5", "30", 1500)))
	w.append(streamOf("anna"), "2024-01-07", basket(line("cup", "", "3", "1", 300)))
	w.append(streamOf("bob"), "2024-01-08", basket(line("cup", "", "1", "2", 200)))
	dollars := basket(customer.PurchasedLine{Line: customer.Line{SKU: "cup", Quantity: decimal.One,
		UnitPrice: decimal.MustParse("1.2")}, AmountMinor: 120, ReportingMinor: 96})
	rate := decimal.MustParse("0.8")
	dollars.Currency, dollars.Rate = "USD", &rate
	w.append(streamOf("bob"), "2024-01-09", dollars)
	back := refunded(100)
	back.Lines = []customer.ReturnedLine{{ReturnLine: customer.ReturnLine{SKU: "cup", Quantity: decimal.One,
		UnitPrice: decimal.One}, AmountMinor: 100, ReportingMinor: 100}}
	w.append(streamOf("anna"), "2024-01-15", back)
	w.settle()
	expect(t, "by order of magnitude", w.text(demanded), `
cup <nil> below_1 2024-01-01 2 1 198 99
cup <nil> below_1 2024-01-08 1 1 96 96
cup <nil> from_1 2024-01-01 4 2 400 100
cup <nil> from_1 2024-01-08 1 1 200 200
oolong tea from_10 2024-01-01 0.5 1 1500 3000`)
	const buyers = "SELECT sku, week, customers FROM demand_customers ORDER BY 1, 2"
	expect(t, "who bought", w.text(buyers), "cup 2024-01-01 2\ncup 2024-01-08 1\noolong 2024-01-01 1")
	expect(t, "what came back", w.text("SELECT sku, week, quantity::text, returns, customers, refunded_minor FROM demand_returns"),
		"cup 2024-01-15 1 1 1 100")

	w.bands(1, "1.5", "40")
	w.append(streamOf("anna"), "2024-01-16", customer.Merged{Into: who("ann")})
	w.settle()
	expect(t, "by the shop's bands", w.text(demanded), `
cup <nil> cheap 2024-01-01 6 2 598 99.67
cup <nil> cheap 2024-01-08 1 1 96 96
cup <nil> dear 2024-01-08 1 1 200 200
oolong tea cheap 2024-01-01 0.5 1 1500 3000`)
	expect(t, "who bought, when two are one", w.text(buyers), "cup 2024-01-01 1\ncup 2024-01-08 1\noolong 2024-01-01 1")
	w.bands(2, "2", "30")
	w.append(streamOf("anna"), "2024-01-17", customer.SplitOff{From: who("ann")})
	w.settle()
	const weeks = "SELECT sku, category, price_band, week, quantity::text FROM demand_weeks ORDER BY 1, 2, 3, 4"
	expect(t, "weeks", w.text(weeks), `
cup  cheap 2024-01-01 6
cup  cheap 2024-01-08 1
cup  dear 2024-01-08 1
oolong tea dear 2024-01-01 0.5`)
	expect(t, "versions", w.text("SELECT version, count(*), count(published_on) FROM price_band GROUP BY 1 ORDER BY 1"), "0 6 0\n1 4 4\n2 4 4")
	w.rebuilt()
}

const foreseen = `SELECT sku, price_band, last_week, weeks_used, expected_1w, expected_4w, expected_13w, model, alpha,
	holdout_weeks, rmse, mase, reason FROM demand_forecast ORDER BY sku, category, price_band`

func TestDemandForeseen(t *testing.T) {
	for _, events := range []int{0, 1, 7} { // a page
		w := newWorld(t, func(c *Config) { c.PageEvents = events })
		w.start()
		w.register("ann", "2024-01-01")
		monday := func(week int) string { return (domain.Day(19723) + domain.Day(7*week)).String() } // 2024-01-01
		buy := func(on, sku, quantity string) {
			w.append(streamOf("ann"), on, basket(line(sku, "", quantity, "5", 500)))
		}
		buy(monday(0), "once", "6")
		buy(monday(0), "steady", "3")
		w.closeDay("2024-01-06") // Saturday: the week is not over
		w.settle()
		expect(t, "before a week is over", w.text(foreseen), "")
		w.closeDay("2024-01-07")
		buy("2024-01-05", "steady", "90") // recorded late: in the forecast, as if it had been told in time
		w.settle()
		expect(t, "one week", w.text(foreseen), `
once <nil> 2024-01-01 1 6 24 78 mean <nil> 0 <nil> <nil> fewer than 10 weeks
steady <nil> 2024-01-01 1 93 372 1209 mean <nil> 0 <nil> <nil> fewer than 10 weeks
<nil> from_1 2024-01-01 1 99 396 1287 mean <nil> 0 <nil> <nil> fewer than 10 weeks`)
		for week := 1; week < 20; week++ {
			buy(monday(week), "steady", "3")
		}
		buy(monday(10), "fresh", "12")
		w.closeDay(monday(20))            // a Monday, many weeks later
		buy(monday(12), "late", "1000")   // after the end of its week was told
		buy(monday(20), "steady", "5000") // in a week that is not over
		w.closeDay(monday(21))
		w.bands(1, "9", "9")
		w.closeDay("2024-06-01")
		w.settle()
		expect(t, "many weeks", w.text(`SELECT sku, price_band, last_week, weeks_used, model, holdout_weeks, expected_1w > 0,
			rmse > 0, mase > 0 FROM demand_forecast ORDER BY sku, category, price_band`), `
fresh <nil> 2024-05-20 11 simple 2 false false false
late <nil> 2024-05-20 9 mean 0 true <nil> <nil>
once <nil> 2024-05-20 21 simple 4 false false false
steady <nil> 2024-05-20 21 simple 4 true true true
<nil> cheap 2024-05-20 21 damped_trend 4 true true true`)
		w.rebuilt()
		w.closeDay("2025-05-11") // a year later, all but one have not been bought for a year
		w.settle()
		expect(t, "asleep", w.text("SELECT sku, price_band FROM demand_forecast ORDER BY 1"), "steady <nil>\n<nil> cheap")
		w.stop()
	}
}
