package api_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

// A model is fitted to what the read models know; where it cannot be, the last good one stays in force.
func TestFittingAModelOfValue(t *testing.T) {
	f := newFollowing(t)
	const fits, model = "/v1/value/fits", "/v1/value/model"
	f.after("/v1/projections/checksum") // there are tables
	if got := told(t, f.do("GET", model, "")); got != "404 not_configured " {
		t.Error(got)
	}
	f.unchanged(func() {
		for body, want := range map[string]string{
			`{}`:                          "422 too_few_repeaters ",
			`{"model":"crystal_ball"}`:    "422 value_model_unknown body.model",
			`{"holdout_days":-1}`:         "422 holdout_days_out_of_range body.holdout_days",
			`{"monthly_discount":1}`:      "422 monthly_discount_out_of_range body.monthly_discount",
			`{"base":{}}`:                 "400 field_unknown body.base",
			`{"holdout_days":"39 weeks"}`: "400 field_malformed body.holdout_days",
		} {
			if got := told(t, f.do("POST", fits, body)); got != want {
				t.Errorf("%s: %s, want %s", body, got, want)
			}
		}
	})
	f.batch(shoppers()...)
	f.must(201, "POST", "/v1/calendar/days", `{"date":"2024-04-30"}`)
	f.after("/v1/projections/checksum")
	first := f.must(201, "POST", fits, `{"holdout_days":0}`, "Idempotency-Key: first").json(t)
	f.must(200, "POST", fits, `{"holdout_days":0}`) // says the same
	again := f.must(200, "POST", fits, `{"holdout_days":0}`, "Idempotency-Key: first").json(t)
	if again["position"] != first["position"] || first["stream"] != "value_model" {
		t.Errorf("%v, and again %v", first, again)
	}
	got := f.must(200, "GET", model, "").json(t)
	fit := got["fit"].(map[string]any)
	if got["version"] != 1.0 || fit["model"] != "bg_nbd" || fit["as_of"] != "2024-04-30" || fit["customers"] != 120.0 ||
		fit["returned_share"] != 0.0 || fit["currency"] != "EUR" {
		t.Errorf("%v", got)
	}
	someone := f.after("/v1/customers/" + numbered(7) + "/value")
	if p := someone["p_alive"].(float64); !(p > 0 && p <= 1) || someone["model_version"] != 1.0 ||
		!(someone["clv_12m_minor"].(float64) > 0) || someone["churn_risk"] == "" {
		t.Errorf("%v", someone)
	}
	year := f.after("/v1/customers/" + numbered(7) + "/value?horizon_days=365")
	ahead := year["horizon"].(map[string]any)
	if ahead["days"] != 365.0 || !alike(ahead["expected_purchases"], year["expected_purchases_365d"]) ||
		!alike(ahead["clv_minor"], year["clv_12m_minor"]) || someone["horizon"] != nil {
		t.Errorf("%v, and without a horizon %v", year, someone)
	}
	for _, days := range []string{"0", "-1", "3651", "soon", "1.5"} {
		got := told(t, f.do("GET", "/v1/customers/"+numbered(7)+"/value?horizon_days="+days, ""))
		if got != "422 horizon_out_of_range query.horizon_days" {
			t.Errorf("%s days: %s", days, got)
		}
	}
	if got := told(t, f.do("GET", "/v1/customers/"+alice+"/value", "")); got != "404 not_found " {
		t.Error(got)
	}
	if got := told(t, f.do("POST", fits, `{"holdout_days":1000}`)); got != "422 holdout_days_out_of_range body.holdout_days" {
		t.Error(got)
	}
}

// alike tells whether two figures differ by no more than the order of adding.
func alike(a, b any) bool { return math.Abs(a.(float64)-b.(float64)) < 1e-9*math.Abs(b.(float64)) }

// shoppers answers lines of a batch: customers of whom some buy often, some once, some no more.
func shoppers() (lines []string) {
	first := time.Date(2023, 5, 1, 12, 0, 0, 0, time.UTC)
	often := []int{0, 0, 0, 0, 0, 1, 1, 2, 4, 11}
	for i := range 120 {
		id := numbered(i)
		lines = append(lines, fmt.Sprintf(`{"command":"register_customer","body":{"customer_id":"%s","kind":"person","occurred_at":"%s"}}`,
			id, first.Format(time.RFC3339)))
		for n := range 1 + often[i%10] {
			at := first.AddDate(0, 0, i%97+n*(3+i%7)*(1+n)/2)
			lines = append(lines, fmt.Sprintf(`{"command":"record_purchase","body":{"customer_id":"%s","purchase_id":"%s",`+
				`"occurred_at":"%s","currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":%d}]}}`,
				id, strings.Replace(numbered(100*i+n), "9000", "a000", 1), at.Format(time.RFC3339), 5+(i*7+n*5)%40))
		}
	}
	return lines
}
