package api_test

import "testing"

// What is open of a customer who is erased ends with them: nothing of it falls due any more.
func TestWhatIsOpenEndsWithTheCustomer(t *testing.T) {
	w := newWorld(t)
	to := "/v1/customers/" + alice
	const on = `{"occurred_at":"2024-04-02T10:00:00Z",`
	w.must(201, "POST", "/v1/customers", on+`"kind":"person","customer_id":"`+alice+`"}`)
	w.must(201, "POST", to+"/cases", on+`"type":"complaint","category":"noise","priority":"normal"}`)
	w.must(201, "POST", to+"/points", on+`"points":500,"expires_on":"2024-04-05"}`)
	w.must(201, "POST", to+"/promises", on+`"what":"call","due_on":"2024-04-05"}`)
	open := func() [4]any {
		f := w.must(200, "GET", to+"/history", "").json(t)["facts"].(map[string]any)
		return [4]any{f["cases_open"], f["complaints_open"], f["points_balance"], f["promises_open"]}
	}
	if got := open(); got != [4]any{1.0, 1.0, 500.0, 1.0} {
		t.Errorf("before: %v", got)
	}
	w.must(201, "POST", to+"/erase", `{"occurred_at":"2024-04-04T10:00:00Z","reason":"asked"}`)
	w.must(201, "POST", "/v1/calendar/days", `{"date":"2024-04-03"}`)
	w.must(201, "POST", "/v1/calendar/days", `{"date":"2024-04-20"}`)
	if got := open(); got != [4]any{0.0, 0.0, 0.0, 0.0} {
		t.Errorf("after: %v", got)
	}
	h := w.must(200, "GET", to+"/history", "").json(t)
	if last := h["entries"].([]any)[4].(map[string]any); h["entries_total"] != 5.0 || last["type"] != "customer.erased.v1" {
		t.Errorf("%v facts, the last %v", h["entries_total"], last["type"])
	}
}

// An order that is cancelled within the hour, unpaid, is no purchase.
func TestACancelledOrderIsNoPurchase(t *testing.T) {
	w := newWorld(t)
	to := "/v1/customers/" + alice
	w.must(201, "POST", "/v1/customers", `{"occurred_at":"2024-04-01T10:00:00Z","kind":"person","customer_id":"`+alice+`"}`)
	purchase := `"purchase_id":"` + numbered(1) + `"}`
	w.must(201, "POST", to+"/purchases", `{"occurred_at":"2024-04-02T10:00:00Z","currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"20"}],`+purchase)
	w.must(201, "POST", to+"/orders", `{"occurred_at":"2024-04-02T10:00:00Z",`+purchase)
	if h := w.must(200, "GET", to+"/history", "").json(t); h["orders"] != 1.0 || h["net_revenue_minor"] != 2000.0 {
		t.Errorf("placed: %v orders, %v", h["orders"], h["net_revenue_minor"])
	}
	w.must(201, "POST", to+"/orders/cancelled", `{"occurred_at":"2024-04-02T10:40:00Z",`+purchase)
	h := w.must(200, "GET", to+"/history", "").json(t)
	if h["orders"] != 0.0 || h["first_purchase_on"] != nil || h["avg_order_value_minor"] != nil || h["net_revenue_minor"] != 0.0 || h["returns"] != 0.0 {
		t.Errorf("cancelled: %v orders, since %v, %v each, %v in all, %v returns", h["orders"], h["first_purchase_on"], h["avg_order_value_minor"], h["net_revenue_minor"], h["returns"])
	}
}
