package api_test

import (
	"fmt"
	"testing"
)

func TestProducts(t *testing.T) {
	w := newFollowing(t)
	list := func(status int, sku, price string) answer {
		return w.must(status, "PUT", "/v1/products/"+sku, `{"name":"Cup","currency":"EUR","price":"`+price+`"}`)
	}
	list(201, "cup", "2.50")
	list(200, "cup", "2.5")
	w.must(201, "POST", "/v1/products/cup/prices", `{"price":"3"}`)
	w.must(404, "POST", "/v1/products/pot/prices", `{"price":"3"}`)
	w.must(422, "POST", "/v1/products/cup/prices", `{"price":"-3"}`)
	w.must(400, "PUT", "/v1/products/cup", `{"sku":"pot","name":"Cup","currency":"EUR","price":"1"}`)
	// What a path has to escape is part of the SKU as it was before.
	list(201, "BANK%20CHARGES", "1")
	last := list(201, "tea%2Fgreen%28a%29", "4").json(t)
	if last["sku"] != "tea/green(a)" {
		t.Errorf("listed %v", last["sku"])
	}
	list(422, "%0A", "1")

	one := w.after("/v1/products/tea%2Fgreen%28a%29")
	if one["sku"] != "tea/green(a)" || one["price"] != "4" || one["state"] != "listed" {
		t.Errorf("%v", one)
	}
	if cup := w.must(200, "GET", "/v1/products/cup", "").json(t); cup["price"] != "3" || cup["unit_cost"] != nil {
		t.Errorf("%v", cup)
	}
	w.must(404, "GET", "/v1/products/pot", "")
	var found []any
	for cursor, pages := "", 0; pages < 5; pages++ {
		page := w.must(200, "GET", "/v1/products?limit=2"+cursor, "").json(t)
		for _, p := range page["products"].([]any) {
			found = append(found, p.(map[string]any)["sku"])
		}
		next, more := page["next_cursor"].(string)
		if !more {
			break
		}
		cursor = "&cursor=" + next
	}
	if fmt.Sprint(found) != "[BANK CHARGES cup tea/green(a)]" {
		t.Errorf("found %v", found)
	}
	w.must(201, "DELETE", "/v1/products/cup", "")
	w.must(422, "POST", "/v1/products/cup/prices", `{"price":"4"}`)
}
