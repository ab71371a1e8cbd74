package api_test

import (
	"fmt"
	"strings"
	"testing"
)

// What was recorded by mistake is voided: figures are as if it had not been, the history shows both, and the same can be
// recorded again, as it was.
func TestFactsAreVoided(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", strings.Replace(registration, "{", `{"occurred_at":"2024-01-01T00:00:00Z",`, 1))
	to := "/v1/customers/" + alice
	w.must(201, "PUT", "/v1/questionnaires/shop-nps", `{"kind":"nps","items":[{"item":"recommend","min":0,"max":10}]}`)
	tell := func(path, body string) string {
		return fmt.Sprint(w.must(201, "POST", to+path, `{"occurred_at":"2024-01-05T10:00:00Z",`+body+`}`).json(t)["revision"])
	}
	line := `"currency":"EUR","lines":[{"sku":"tea","quantity":2,"unit_price":"%s"}],"purchase_id":"` + numbered(1) + `"`
	void := func(revision string) answer {
		return w.do("POST", to+"/facts/"+revision+"/voided", `{"reason":"typed twice"}`)
	}
	facts := map[string]string{
		"purchase":    tell("/purchases", fmt.Sprintf(line, "3.5")),
		"survey":      tell("/surveys", `"survey_id":"`+numbered(2)+`","questionnaire":"shop-nps","version":1,"answers":[{"item":"recommend","value":3}]`),
		"lead":        tell("/leads", `"lead_id":"`+numbered(3)+`","lead_source":"fair"`),
		"interaction": tell("/interactions", `"kind":"call","direction":"inbound"`),
		"points":      tell("/points", `"points":50,"lot_id":"`+numbered(4)+`"`),
	}
	back := tell("/returns", `"return_id":"`+numbered(5)+`","purchase_id":"`+numbered(1)+`","currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"3.5"}]`)
	w.unchanged(func() {
		refused := void(facts["purchase"])
		if got := told(t, refused); got != "422 fact_rested_on path.revision" && got != "422 fact_rested_on body.revision" || refused.json(t)["existing"] != back {
			t.Errorf("%s: %s", got, refused.text)
		}
		for revision, want := range map[string]string{"0": "422 fact_not_voidable", "99": "404 fact_unknown", "x": "400 revision_malformed"} {
			if got := told(t, void(revision)); !strings.HasPrefix(got, want) {
				t.Errorf("revision %s: %s, want %s", revision, got, want)
			}
		}
	})
	if a := void(back); a.StatusCode != 201 {
		t.Fatal(a.text)
	}
	for name, revision := range facts {
		if a := void(revision); a.StatusCode != 201 {
			t.Fatalf("%s: %s", name, a.text)
		}
		if a := void(revision); a.StatusCode != 200 {
			t.Errorf("%s again: %s", name, a.text)
		}
	}
	h := w.must(200, "GET", to+"/history", "").json(t)
	if h["orders"] != 0.0 || h["interactions"] != 0.0 || h["returns"] != 0.0 || h["gross_revenue_minor"] != 0.0 {
		t.Errorf("orders %v, interactions %v, returns %v, revenue %v", h["orders"], h["interactions"], h["returns"], h["gross_revenue_minor"])
	}
	struck, voids := 0, 0
	for _, e := range h["entries"].([]any) {
		entry := e.(map[string]any)
		if entry["voided_by"] != nil {
			struck++
		}
		if entry["type"] == "customer.fact_voided.v1" {
			voids++
		}
	}
	if struck != 6 || voids != 6 {
		t.Errorf("%d facts are struck out by %d", struck, voids)
	}
	if got := told(t, w.do("POST", to+"/points/spent", `{"points":1}`)); got != "422 points_insufficient body.points" {
		t.Error(got)
	}
	tell("/purchases", fmt.Sprintf(line, "3.7")) // as it was
	lines := w.batch(`{"command":"void_fact","customer_id":"` + alice + `","revision":13}`)
	if len(lines) == 0 || lines[0]["status"] != 201.0 {
		t.Errorf("in a batch: %v", lines)
	}
}
