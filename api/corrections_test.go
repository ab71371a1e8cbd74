package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// What was recorded otherwise than it was is corrected: voided and recorded anew at once, or not at all.
func TestFactsAreCorrected(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", strings.Replace(registration, "{", `{"occurred_at":"2024-01-01T00:00:00Z",`, 1))
	to := "/v1/customers/" + alice
	w.must(201, "PUT", "/v1/questionnaires/shop-nps", `{"kind":"nps","items":[{"item":"recommend","min":0,"max":10}]}`)
	tell := func(path, body string) string {
		return fmt.Sprint(w.must(201, "POST", to+path, `{"occurred_at":"2024-01-05T10:00:00Z",`+body+`}`).json(t)["revision"])
	}
	bought := func(id, price string) string {
		return `"currency":"EUR","lines":[{"sku":"tea","quantity":2,"unit_price":"` + price + `"}],"purchase_id":"` + id + `"`
	}
	correct := func(revision, as string) answer {
		return w.do("POST", to+"/facts/"+revision+"/corrected", `{"reason":"typed wrong","as":{`+as+`}}`)
	}
	for _, c := range []struct{ what, revision, as string }{
		{"a purchase", tell("/purchases", bought(numbered(1), "3.5")), `"command":"record_purchase",` + bought(numbered(1), "4.5")},
		{"an answer", tell("/surveys", `"survey_id":"`+numbered(2)+`","questionnaire":"shop-nps","version":1,"answers":[{"item":"recommend","value":3}]`),
			`"command":"answer_survey","survey_id":"` + numbered(2) + `","questionnaire":"shop-nps","version":1,"answers":[{"item":"recommend","value":9}]`},
		{"a lead", tell("/leads", `"lead_id":"`+numbered(3)+`","lead_source":"fair"`),
			`"command":"capture_lead","lead_id":"` + numbered(3) + `","lead_source":"web"`},
		{"an interaction, at another time", tell("/interactions", `"kind":"call","direction":"inbound","interaction_id":"`+numbered(4)+`"`),
			`"command":"record_interaction","body":{"kind":"call","direction":"inbound","interaction_id":"` + numbered(4) + `","occurred_at":"2024-01-06T10:00:00Z"}`},
		{"points", tell("/points", `"points":50,"lot_id":"`+numbered(5)+`"`), `"command":"earn_points","points":70,"lot_id":"` + numbered(5) + `"`},
	} {
		if a := correct(c.revision, c.as); a.StatusCode != 201 {
			t.Fatalf("%s: %s", c.what, a.text)
		}
		w.unchanged(func() {
			if a := correct(c.revision, c.as); a.StatusCode != 200 {
				t.Errorf("%s again: %s", c.what, a.text)
			}
		})
	}
	h := w.must(200, "GET", to+"/history", "").json(t)
	if h["orders"] != 1.0 || h["gross_revenue_minor"] != 900.0 || h["interactions"] != 1.0 || h["last_contact_on"] != "2024-01-06" {
		t.Errorf("orders %v, revenue %v, interactions %v, the last on %v", h["orders"], h["gross_revenue_minor"], h["interactions"], h["last_contact_on"])
	}
	struck, instead, at := 0, map[any]bool{}, map[string]any{}
	for _, e := range h["entries"].([]any) {
		entry := e.(map[string]any)
		if entry["voided_by"] != nil && entry["corrected_by"] != nil {
			struck, instead[entry["corrected_by"]] = struck+1, true
		}
		if instead[entry["position"]] {
			at[entry["type"].(string)] = entry["occurred_at"]
		}
	}
	if struck != 5 || len(at) != 5 || at["customer.purchase_recorded.v1"] != "2024-01-05T10:00:00Z" {
		t.Errorf("%d facts are struck out, in whose stead stand %v", struck, at)
	}
	w.must(201, "POST", to+"/points/spent", `{"points":70}`)
	w.unchanged(func() {
		for name, c := range map[string]struct{ body, want string }{ // by the revision of an interaction that counts
			"nothing":               {`{}`, "400 field_missing body.as"},
			"a text":                {`{"as":"tea"}`, "400 field_malformed body.as"},
			"no command":            {`{"as":{}}`, "400 field_missing body.as.command"},
			"a number as a command": {`{"as":{"command":7}}`, "400 field_malformed body.as.command"},
			"another kind of fact":  {`{"as":{"command":"earn_points","points":7}}`, "422 correction_of_another_kind body.as"},
			"no such command":       {`{"as":{"command":"teleport"}}`, "400 command_unknown body.as.command"},
			"a command of a day":    {`{"as":{"command":"close_day","date":"2024-01-01"}}`, "422 fact_not_voidable body.as.command"},
			"another correction":    {`{"as":{"command":"correct_fact","as":{}}}`, "422 fact_not_voidable body.as.command"},
			"an unknown member":     {`{"as":{"command":"earn_points","points":7,"colour":"red"}}`, "400 field_unknown body.as.colour"},
			"a missing member":      {`{"as":{"command":"earn_points","points":null}}`, "400 field_missing body.as.points"},
			"another customer":      {`{"as":{"command":"earn_points","points":7,"customer_id":"` + numbered(9) + `"}}`, "400 customer_id_differs body.as.customer_id"},
			"a key within":          {`{"as":{"command":"earn_points","points":7,"idempotency_key":"x"}}`, "400 field_unknown body.as"},
			"what makes no sense":   {`{"as":{"command":"earn_points","points":-1}}`, "422 points_out_of_range body.as.points"},
			"another revision":      {`{"revision":1,"as":{"command":"earn_points","points":71}}`, "400 revision_differs body.revision"},
			"too long a reason":     {`{"reason":"` + strings.Repeat("x", 1001) + `","as":{"command":"earn_points","points":71}}`, "422 text_malformed body.reason"},
		} {
			if got := told(t, w.do("POST", to+"/facts/13/corrected", c.body)); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
		voided := w.do("POST", to+"/facts/5/corrected", `{"as":{"command":"earn_points","points":71,"lot_id":"`+numbered(5)+`"}}`)
		if got := told(t, voided); got != "409 fact_voided path.revision" || voided.json(t)["existing"] != "15" {
			t.Errorf("what was corrected before: %s", voided.text)
		}
	})
}

// In a batch facts are corrected too, by what they began; one is refused alone.
func TestFactsAreCorrectedInBatches(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	to := "/v1/customers/" + alice
	const line = `"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"%s"}],"purchase_id":"%s"`
	for i := range 3 {
		w.must(201, "POST", to+"/purchases", `{`+fmt.Sprintf(line, "1", numbered(i))+`}`)
	}
	w.must(201, "POST", to+"/returns", `{"purchase_id":"`+numbered(1)+`","currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"1"}]}`)
	var lines []string
	for i := range 4 {
		lines = append(lines, `{"command":"correct_fact","customer_id":"`+alice+`","as":{"command":"record_purchase",`+fmt.Sprintf(line, "2", numbered(i))+`}}`)
	}
	for round, want := range [][]float64{{201, 422, 201, 404}, {200, 422, 200, 404}} {
		for i, a := range w.batch(strings.Join(lines, "\n")) {
			if a["status"] != want[i] {
				t.Errorf("round %d, line %d: %v, want %v", round, i, a, want[i])
			}
		}
	}
	if h := w.must(200, "GET", to+"/history", "").json(t); h["gross_revenue_minor"] != 500.0 || h["orders"] != 3.0 {
		t.Errorf("revenue %v of %v orders", h["gross_revenue_minor"], h["orders"])
	}
	// The revision that the caller knows is another one by now.
	a := w.do("POST", to+"/facts/1/corrected", `{"as":{"command":"record_purchase",`+fmt.Sprintf(line, "3", numbered(0))+`}}`, `If-Match: "1"`)
	if got := told(t, a); !strings.HasPrefix(got, "412 revision_stale") {
		t.Error(got)
	}
}

// Of two who correct the same fact at once, one does, and the other is told so.
func TestOneOfTwoCorrects(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	to := "/v1/customers/" + alice
	w.must(201, "POST", to+"/points", `{"points":50,"lot_id":"`+numbered(5)+`"}`)
	answers := make([]answer, 8)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			answers[i] = w.do("POST", to+"/facts/1/corrected", fmt.Sprintf(`{"as":{"command":"earn_points","lot_id":"%s","points":%d}}`, numbered(5), 60+i))
		})
	}
	all.Wait()
	won := 0
	for _, a := range answers {
		if a.StatusCode == 201 {
			won++
		} else if got := told(t, a); got != "409 fact_voided path.revision" || a.json(t)["existing"] != "3" {
			t.Errorf("%s: %s", got, a.text)
		}
	}
	if h := w.must(200, "GET", to+"/history", "").json(t); won != 1 || h["revision"] != 3.0 {
		t.Errorf("%d corrected it; the newest revision is %v", won, h["revision"])
	}
}
