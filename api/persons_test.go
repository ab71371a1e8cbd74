package api_test

import (
	"fmt"
	"testing"
)

// A person is one, under either id: what was told of one before a merge counts for what is asked of the other after it.
func TestAPersonIsOne(t *testing.T) {
	bob := numbered(0xb0b)
	day := func(d int, body string) string {
		return fmt.Sprintf(`{"occurred_at":"2023-10-%02dT10:00:00Z",%s}`, d, body)
	}
	a, b := "/v1/customers/"+alice, "/v1/customers/"+bob
	couple := func(t *testing.T) *world {
		w := newWorld(t)
		w.must(201, "POST", "/v1/customers", day(1, `"customer_id":"`+alice+`","kind":"person"`))
		w.must(201, "POST", "/v1/customers", day(1, `"customer_id":"`+bob+`","kind":"person"`))
		w.must(201, "PUT", "/v1/campaigns/spring", `{"purpose":"marketing","through":"email","window_days":14,"cells":[{"cell":"mail"}]}`)
		w.must(201, "POST", "/v1/campaigns/spring/launch", "")
		return w
	}
	merge := func(w *world) { w.must(201, "POST", a+"/merges", day(4, `"absorbed_id":"`+bob+`"`)) }
	const grant = `"purpose":"marketing","through":"email","legal_basis":"consent","text_version":"1"`
	const withdraw = `"purpose":"marketing","through":"email"`
	const join = `"campaign":"spring","cell":"mail"`
	message := day(5, `"campaign":"spring","message_id":"`+numbered(9)+`"`)
	noMessage := func(w *world, to string) {
		if got := told(w.t, w.do("POST", to+"/campaigns/messages", message)); got != "422 consent_missing body.campaign" {
			w.t.Error(got)
		}
	}
	t.Run("the absorbed one withdrew before", func(t *testing.T) {
		w := couple(t)
		w.must(201, "POST", a+"/campaigns", day(2, join))
		w.must(201, "POST", a+"/consents", day(2, grant))
		w.must(201, "POST", b+"/consents", day(2, grant))
		w.must(201, "POST", b+"/consents/withdrawn", day(3, withdraw))
		merge(w)
		noMessage(w, a)
	})
	t.Run("the survivor withdraws what the absorbed one granted", func(t *testing.T) {
		w := couple(t)
		w.must(201, "POST", b+"/campaigns", day(2, join))
		w.must(201, "POST", b+"/consents", day(2, grant))
		merge(w)
		w.must(201, "POST", a+"/consents/withdrawn", day(5, withdraw))
		noMessage(w, b)
		noMessage(w, a)
	})
	t.Run("points are spent together", func(t *testing.T) {
		w := couple(t)
		w.must(201, "POST", a+"/points", day(2, `"points":40`))
		w.must(201, "POST", b+"/points", day(2, `"points":80`))
		merge(w)
		w.must(201, "POST", a+"/points/spent", day(5, `"points":100`))
		if got := told(t, w.do("POST", b+"/points/spent", day(5, `"points":21`))); got != "422 points_insufficient body.points" {
			t.Error(got)
		}
	})
	t.Run("what is the absorbed one's", func(t *testing.T) {
		w := couple(t)
		purchase := day(2, `"purchase_id":"`+numbered(1)+`","currency":"EUR","lines":[{"sku":"tea","quantity":2,"unit_price":"3.5"}]`)
		w.must(201, "POST", b+"/purchases", purchase)
		w.must(201, "POST", b+"/offers", day(2, `"offer_id":"`+numbered(2)+`","sku":"tea","reason":"likes tea","discount_percent":"10","valid_until":"2024-10-20"`))
		w.must(201, "POST", b+"/cases", day(2, `"case_id":"`+numbered(3)+`","type":"question"`))
		merge(w)
		w.must(200, "POST", a+"/purchases", purchase)
		w.must(200, "POST", b+"/purchases", purchase)
		w.must(201, "POST", a+"/returns", day(5, `"purchase_id":"`+numbered(1)+`","currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"3.5"}]`))
		w.must(201, "POST", a+"/offers/accepted", day(5, `"offer_id":"`+numbered(2)+`"`))
		w.must(201, "POST", a+"/cases/responses", day(5, `"case_id":"`+numbered(3)+`","response_id":"`+numbered(4)+`"`))

		// One revision under either id.
		one := w.must(201, "POST", a+"/interactions", day(5, `"kind":"call","direction":"inbound"`)).Header.Get("ETag")
		two := w.must(200, "POST", b+"/purchases", purchase).Header.Get("ETag")
		if one == "" || one != two {
			t.Errorf("ETags %s and %s", one, two)
		}
		again := w.do("POST", b+"/interactions", day(5, `"kind":"store_visit","direction":"inbound"`), "If-Match: "+one)
		if again.StatusCode != 201 {
			t.Errorf("If-Match under the absorbed id: %s", again.text)
		}
		figures := w.must(200, "GET", b+"/history", "").json(t)
		if figures["customer_id"] != alice || figures["orders"] != 1.0 || figures["returns"] != 1.0 || figures["interactions"] != 2.0 {
			t.Errorf("%v: orders %v, returns %v, interactions %v", figures["customer_id"], figures["orders"], figures["returns"], figures["interactions"])
		}

		// A split gives each their own back: the purchase with its return, and what was told of bob while they were one.
		w.must(201, "POST", a+"/merges/separated", day(6, `"absorbed_id":"`+bob+`"`))
		his, hers := w.must(200, "GET", b+"/history", "").json(t), w.must(200, "GET", a+"/history", "").json(t)
		if his["orders"] != 1.0 || his["returns"] != 1.0 || his["interactions"] != 1.0 || hers["orders"] != 0.0 || hers["interactions"] != 1.0 {
			t.Errorf("his %v orders, %v returns, %v interactions; hers %v, %v", his["orders"], his["returns"], his["interactions"], hers["orders"], hers["interactions"])
		}
	})
}
