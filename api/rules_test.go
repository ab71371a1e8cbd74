package api_test

import (
	"net/url"
	"testing"
)

func TestRulesBeforeAndAfterTheyAreInForce(t *testing.T) {
	f := newFollowing(t)
	id := numbered(1)
	f.must(201, "POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person","occurred_at":"2024-04-01T09:00:00Z"}`)
	f.must(201, "POST", purchases(id), `{"occurred_at":"2024-04-02T09:00:00Z",`+bought(100)[1:])

	preview := f.after("/v1/rules/preview?rule=" + url.QueryEscape("orders >= 1 && returns == 0"))
	if preview["size"] != 1.0 || preview["exact"] != true || len(list(t, preview, "sample")) != 1 {
		t.Errorf("preview: %v", preview)
	}
	f.must(201, "PUT", "/v1/segments/buyers", `{"rule":"orders >= 1 && returns == 0"}`)
	why := f.after("/v1/segments/buyers/explain/" + id)
	because := why["because"].(map[string]any)
	if why["belongs"] != true || because["joins"] != "all" || len(list(t, because, "parts")) != 2 {
		t.Errorf("explained: %v", why)
	}
	f.must(404, "GET", "/v1/segments/nobody/explain/"+id, "")
	f.must(404, "GET", "/v1/segments/buyers/explain/"+numbered(2), "")
	refused := f.must(422, "GET", "/v1/rules/preview?rule=order+%3E+1", "").json(t)
	if refused["code"] != "rule_malformed" {
		t.Errorf("refused: %v", refused)
	}
	if known := list(t, f.must(200, "GET", "/v1/rules/facts", "").json(t), "facts"); len(known) < 50 {
		t.Errorf("%d facts", len(known))
	}
}
