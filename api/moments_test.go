package api_test

import (
	"strings"
	"testing"
)

// Nothing ends before it began, by the hour.
func TestNothingEndsBeforeItBegan(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", strings.Replace(registration, "{", `{"occurred_at":"2024-01-01T00:00:00Z",`, 1))
	to := "/v1/customers/" + alice
	at := func(when, body string) string { return `{"occurred_at":"` + when + `",` + body + `}` }
	c, purchase := `"case_id":"`+numbered(1)+`"`, `"purchase_id":"`+numbered(2)+`"`
	w.must(201, "POST", to+"/cases", at("2024-01-08T10:00:00Z", c+`,"type":"question"`))
	w.must(201, "POST", to+"/purchases", at("2024-01-08T10:00:00Z", purchase+`,"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"20"}]`))
	w.must(201, "POST", to+"/orders", at("2024-01-08T10:00:00Z", purchase))
	for _, c := range []struct{ path, body string }{
		{"/cases/resolved", at("2024-01-07T10:00:00Z", c+`,"action":"corrective"`)},
		{"/cases/resolved", at("2024-01-08T09:59:59Z", c+`,"action":"corrective"`)},
		{"/cases/responses", at("2024-01-08T09:00:00Z", c+`,"response_id":"`+numbered(3)+`"`)},
		{"/orders/paid", at("2024-01-03T10:00:00Z", purchase+`,"payment_id":"`+numbered(4)+`","amount":"20"`)},
		{"/orders/paid", at("2024-01-08T09:00:00Z", purchase+`,"payment_id":"`+numbered(4)+`","amount":"20"`)},
		{"/orders/shipped", at("2024-01-07T10:00:00Z", purchase)},
		{"/orders/delivered", at("2024-01-07T10:00:00Z", purchase)},
		{"/orders/cancelled", at("2024-01-07T10:00:00Z", purchase)},
		{"/returns", at("2024-01-07T10:00:00Z", purchase+`,"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"20"}]`)},
	} {
		w.unchanged(func() {
			if got := told(t, w.do("POST", to+c.path, c.body)); got != "422 occurred_before_began body.occurred_at" {
				t.Errorf("%s %s: %s", c.path, c.body, got)
			}
		})
	}
	w.must(201, "POST", to+"/cases/resolved", at("2024-01-08T10:00:00Z", c+`,"action":"corrective"`))
	w.must(201, "POST", to+"/orders/paid", at("2024-01-08T10:00:00Z", purchase+`,"payment_id":"`+numbered(4)+`","amount":"20"`))
}

// A grant that is told after the withdrawal that followed it on the same day changes nothing.
func TestConsentsStayAsTheyHappened(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	consents := "/v1/customers/" + alice + "/consents"
	grant := func(when, version string) string {
		return `{"occurred_at":"` + when + `","purpose":"marketing","through":"email","legal_basis":"consent","text_version":"` + version + `"}`
	}
	w.must(201, "POST", consents, grant("2024-04-01T08:00:00Z", "1"))
	w.must(201, "POST", consents+"/withdrawn", `{"occurred_at":"2024-04-01T22:00:00Z","purpose":"marketing","through":"email"}`)
	if got := told(t, w.do("POST", consents, grant("2024-04-01T16:00:00Z", "2"))); got != "422 consent_changed_later body.occurred_at" {
		t.Error(got)
	}
	w.must(200, "POST", consents+"/withdrawn", `{"occurred_at":"2024-04-02T22:00:00Z","purpose":"marketing","through":"email"}`)
	w.must(201, "POST", consents, grant("2024-04-03T08:00:00Z", "2"))
}

// Money goes back to the last cent, and goodwill is no returned good.
func TestMoneyBack(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	to := "/v1/customers/" + alice
	buy := func(id, line string) string {
		return `{"purchase_id":"` + id + `","currency":"EUR","lines":[` + line + `]}`
	}
	w.must(201, "POST", to+"/purchases", buy(numbered(1), `{"sku":"lamp","quantity":10,"unit_price":"17.925"}`))
	for range 10 {
		w.must(201, "POST", to+"/returns", buy(numbered(1), `{"sku":"lamp","quantity":1,"unit_price":"17.925"}`))
	}
	w.must(201, "POST", to+"/purchases", buy(numbered(2), `{"sku":"chair","quantity":1,"unit_price":"20"}`))
	w.must(201, "POST", to+"/refunds", `{"purchase_id":"`+numbered(2)+`","amount":"5","reason":"goodwill"}`)
	if got := told(t, w.do("POST", to+"/refunds", `{"purchase_id":"`+numbered(2)+`","amount":"15.01"}`)); got != "422 refund_above_purchase body.amount" {
		t.Error(got)
	}
	w.must(201, "POST", to+"/returns", buy(numbered(2), `{"sku":"chair","quantity":1,"unit_price":"15"}`))
	figures := w.must(200, "GET", to+"/history", "").json(t)
	facts := figures["facts"].(map[string]any)
	if figures["orders"] != 2.0 || facts["net_revenue"] != 0.0 || facts["returns"] != 11.0 {
		t.Errorf("orders %v, net revenue %v, returns %v", figures["orders"], facts["net_revenue"], facts["returns"])
	}
}

// Who registers an id again, otherwise, is told whose it is.
func TestARegistrationConflictNamesTheOwner(t *testing.T) {
	w := newWorld(t)
	shop := `"kind":"person","external_ids":[{"system":"shop","id":"4711"}]`
	owner := w.must(201, "POST", "/v1/customers", `{`+shop+`}`).json(t)["customer_id"]
	for body, want := range map[string]string{
		`{"name":"Bob",` + shop + `}`:                            "409 customer_registered_otherwise ",
		`{"customer_id":"` + numbered(0xb0b) + `",` + shop + `}`: "409 identity_taken body.value",
	} {
		a := w.do("POST", "/v1/customers", body)
		if got := told(t, a); got != want || a.json(t)["existing"] != owner {
			t.Errorf("%s: %s of %v, want %s of %v", body, got, a.json(t)["existing"], want, owner)
		}
	}
}

// Whatever is asked of a customer who was erased is gone, and the document says so.
func TestErasedCustomersAreGone(t *testing.T) {
	w := newWorld(t)
	document := w.must(200, "GET", "/openapi.json", "").json(t)
	s := sketch{document["components"].(map[string]any)["schemas"].(map[string]any)}
	w.must(201, "POST", "/v1/customers", registration)
	w.must(201, "POST", "/v1/customers/"+alice+"/erase", `{"reason":"asked"}`)
	asked := 0
	for path, operations := range document["paths"].(map[string]any) {
		operation, ok := operations.(map[string]any)["post"].(map[string]any)
		if !ok || !strings.HasPrefix(path, "/v1/customers/{customer_id}/") || strings.HasSuffix(path, "/erase") {
			continue
		}
		if _, declared := operation["responses"].(map[string]any)["410"]; !declared {
			t.Errorf("%s does not declare 410", path)
		}
		schema, _ := s.bodyOf(operation)
		named := strings.NewReplacer("{customer_id}", alice, "{revision}", "1").Replace(path)
		if got := told(t, w.do("POST", named, marshal(t, s.full(schema)))); !strings.HasPrefix(got, "410 customer_erased") {
			t.Errorf("%s: %s", path, got)
		}
		asked++
	}
	if asked < 50 {
		t.Errorf("%d commands were asked", asked)
	}
}

// What the calendar recorded is withdrawn when it is told later what happened in time.
func TestALateFactWithdrawsWhatTheCalendarRecorded(t *testing.T) {
	w := newWorld(t)
	to := "/v1/customers/" + alice
	at := func(when, body string) string { return `{"occurred_at":"` + when + `",` + body + `}` }
	w.must(201, "POST", "/v1/customers", at("2024-01-01T00:00:00Z", `"kind":"person","customer_id":"`+alice+`"`))
	promise, lot := `"promise_id":"`+numbered(1)+`"`, `"lot_id":"`+numbered(2)+`"`
	w.must(201, "POST", to+"/promises", at("2024-01-02T10:00:00Z", promise+`,"what":"a call","due_on":"2024-01-05"`))
	w.must(201, "POST", to+"/points", at("2024-01-02T10:00:00Z", lot+`,"points":80,"expires_on":"2024-01-05"`))
	w.must(201, "POST", "/v1/calendar/days", `{"date":"2024-01-10"}`)
	w.unchanged(func() {
		for path, body := range map[string]string{"/promises/kept": promise, "/points/spent": `"points":50`} {
			if a := w.do("POST", to+path, at("2024-01-06T10:00:00Z", body)); a.StatusCode != 422 {
				t.Errorf("%s on a later day: %s", path, a.text)
			}
		}
	})
	w.must(201, "POST", to+"/promises/kept", at("2024-01-04T10:00:00Z", promise))
	w.must(201, "POST", to+"/points/spent", at("2024-01-04T10:00:00Z", `"points":50,"spend_id":"`+numbered(3)+`"`))
	w.must(201, "POST", "/v1/calendar/days", `{"date":"2024-01-11"}`)
	h := w.must(200, "GET", to+"/history", "").json(t)
	facts := h["facts"].(map[string]any)
	if facts["promises_broken"] != 0.0 || facts["promises_open"] != 0.0 || facts["points_balance"] != 0.0 || facts["points_spent"] != 50.0 {
		t.Errorf("promises %v broken, %v open; points %v left, %v spent", facts["promises_broken"], facts["promises_open"], facts["points_balance"], facts["points_spent"])
	}
	struck := map[string]int{}
	for _, e := range h["entries"].([]any) {
		if entry := e.(map[string]any); entry["voided_by"] != nil {
			struck[entry["type"].(string)]++
		}
	}
	if len(struck) != 2 || struck["customer.promise_broken.v1"] != 1 || struck["customer.points_expired.v1"] != 1 {
		t.Errorf("struck out: %v", struck)
	}
}

// A profile is what was so last, however late it is told.
func TestProfilesChangeByWhenItWasSo(t *testing.T) {
	f := newFollowing(t)
	to := "/v1/customers/" + alice
	change := func(status int, when, body string) {
		t.Helper()
		f.must(status, "POST", to+"/profile", `{"occurred_at":"`+when+`",`+body+`}`)
	}
	f.must(201, "POST", "/v1/customers", `{"occurred_at":"2023-01-01T10:00:00Z","kind":"person","name":"Ann","country":"DE","customer_id":"`+alice+`"}`)
	change(201, "2023-03-01T10:00:00Z", `"name":"Ann Smith","country":"France"`)
	change(201, "2023-02-01T10:00:00Z", `"name":"Ann Jones","locale":"de-DE"`)
	change(200, "2023-02-02T10:00:00Z", `"name":"Ann Jones"`)
	change(422, "2023-02-02T10:00:00Z", `"country":"Narnia"`)
	if got := f.after(to); got["name"] != "Ann Smith" || got["country"] != "France" || got["locale"] != "de-DE" {
		t.Errorf("%v, %v, %v", got["name"], got["country"], got["locale"])
	}
	h := f.must(200, "GET", to+"/history?as_of=2023-02-15T00:00:00Z", "").json(t)
	if h["name"] != "Ann Jones" || h["country"] != "DE" {
		t.Errorf("in February: %v, %v", h["name"], h["country"])
	}
}
