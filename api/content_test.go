package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// eachMember calls f for each value within a JSON value that is no object or array, with what replaces it.
func eachMember(v any, f func(replace func(any), was any)) {
	visit := func(one any, replace func(any)) {
		switch one.(type) {
		case map[string]any, []any:
			eachMember(one, f)
		default:
			f(replace, one)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for name, one := range v {
			visit(one, func(to any) { v[name] = to })
		}
	case []any:
		for i, one := range v {
			visit(one, func(to any) { v[i] = to })
		}
	}
}

// What names a thing and is told again with any other content, of another time or through another channel, is never taken
// for what was told before.
func TestTheSameIsNotToldOtherwise(t *testing.T) {
	w := newWorld(t)
	named, asked := 0, 0
	w.eachExample(func(method, path, example string) {
		var body map[string]any
		if err := json.Unmarshal([]byte(example), &body); err != nil {
			t.Fatal(err)
		}
		_, dated := body["occurred_at"]
		if body["channel"] = "web"; !dated {
			body["occurred_at"] = "2024-05-01T11:59:59Z"
		}
		first := w.do(method, path, marshal(t, body))
		if first.StatusCode == 422 { // the time does not do
			delete(body, "occurred_at")
			first = w.must(201, method, path, marshal(t, body))
		}
		ids := false
		for name, id := range first.json(t) {
			if strings.HasSuffix(name, "_id") && name != "customer_id" {
				into := body
				if as, ok := body["as"].(map[string]any); ok {
					into = as
					delete(body, "reason") // why it was wrong is no content of what is right
				}
				into[name], ids = id, true
			}
		}
		for name := range body {
			ids = ids || strings.HasSuffix(name, "_id") && name != "customer_id" && name != "absorbed_id"
		}
		if !ids || strings.Contains(path, "/merges") {
			return
		}
		named++
		w.must(200, method, path, marshal(t, body))
		eachMember(body, func(replace func(any), was any) {
			other := any(fmt.Sprint(was, "x"))
			switch was := was.(type) {
			case bool:
				other = !was
			case float64:
				other = was + 1
			case string:
				switch {
				case strings.HasSuffix(was, "T11:59:59Z"):
					other = strings.Replace(was, "T11:59:59Z", "T11:59:58Z", 1)
				case was == "web":
					other = "store"
				}
			}
			replace(other)
			asked++
			if a := w.do(method, path, marshal(t, body)); a.StatusCode == 200 || a.StatusCode >= 500 {
				t.Errorf("%s %s %s: %s %s", method, path, marshal(t, body), a.Status, a.text)
			}
			replace(was)
		})
	})
	if named < 40 || asked < 300 {
		t.Errorf("%d commands name something, %d were asked otherwise", named, asked)
	}
}

// A shipment with another carrier, and a purchase of another hour or channel, are not what was told before.
func TestOtherContentIsAConflict(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", strings.Replace(registration, "{", `{"occurred_at":"2024-01-01T00:00:00Z",`, 1))
	to := "/v1/customers/" + alice
	purchase := `"purchase_id":"` + numbered(1) + `"`
	bought := purchase + `,"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"20"}]}`
	w.must(201, "POST", to+"/purchases", `{"occurred_at":"2024-01-08T10:00:00Z","channel":"web",`+bought)
	w.must(200, "POST", to+"/purchases", `{"occurred_at":"2024-01-08T10:00:00Z","channel":"web","actor":"import",`+bought)
	w.must(201, "POST", to+"/orders", `{"occurred_at":"2024-01-08T10:00:00Z",`+purchase+`}`)
	w.must(201, "POST", to+"/orders/shipped", `{"occurred_at":"2024-01-09T10:00:00Z","carrier":"DHL",`+purchase+`}`)
	for path, body := range map[string]string{
		"/purchases":      `{"occurred_at":"2024-02-01T10:00:00Z","channel":"web",` + bought,
		"/purchases ":     `{"occurred_at":"2024-01-08T10:00:00Z","channel":"store",` + bought,
		"/orders/shipped": `{"occurred_at":"2024-01-09T10:00:00Z","carrier":"UPS",` + purchase + `}`,
	} {
		w.unchanged(func() {
			if got := told(t, w.do("POST", to+strings.TrimSpace(path), body)); got != "409 told_otherwise " {
				t.Errorf("%s %s: %s", path, body, got)
			}
		})
	}
}
