package api_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the log tells of a customer is what the tables say, over HTTP too, and stays so at its place in the log.
func TestHistoryEqualsTheTables(t *testing.T) {
	f := newFollowing(t)
	f.must(201, "PUT", "/v1/segments/buyers", `{"rule":"orders >= 1 && net_revenue_in(365) > 1.0"}`)
	f.must(201, "POST", "/v1/customers", registration)
	f.must(201, "POST", purchases(alice), bought(1))
	f.must(201, "POST", purchases(alice), bought(2))
	table := f.after("/v1/customers/" + alice)
	then := f.head()
	compare := func(h map[string]any) {
		t.Helper()
		var segments []any
		for _, s := range list(t, h, "segments") {
			segments = append(segments, s.(map[string]any)["segment"])
		}
		h["segments"] = segments
		told := map[string]any{}
		for name := range table {
			if v, ok := h[name]; ok {
				told[name] = v
			}
		}
		if diff := cmp.Diff(table, told); diff != "" {
			t.Errorf("table and history:\n%s", diff)
		}
	}
	compare(f.must(200, "GET", "/v1/customers/"+alice+"/history", "").json(t))
	f.must(201, "POST", purchases(alice), bought(3))
	f.must(201, "DELETE", "/v1/segments/buyers", "")
	compare(f.must(200, "GET", fmt.Sprintf("/v1/customers/%s/history?position=%d", alice, then), "").json(t))
}

func TestDiff(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	registered := w.head()
	w.must(201, "POST", purchases(alice), bought(1))
	w.must(201, "POST", purchases(alice), bought(2))
	d := w.must(200, "GET", fmt.Sprintf("/v1/customers/%s/diff?from_position=%d&limit=1", alice, registered), "").json(t)
	changes := map[string]any{}
	for _, c := range list(t, d, "figures") {
		change := c.(map[string]any)
		changes[change["name"].(string)] = []any{change["from"], change["to"]}
	}
	if diff := cmp.Diff([]any{0.0, 2.0}, changes["orders"]); diff != "" {
		t.Errorf("orders: %s", diff)
	}
	if d["entries_total"] != 2.0 || len(list(t, d, "entries")) != 1 || d["next_cursor"] == nil {
		t.Errorf("entries: %v of %v, then %v", d["entries"], d["entries_total"], d["next_cursor"])
	}
	next := w.must(200, "GET", fmt.Sprintf("/v1/customers/%s/diff?from_position=%d&cursor=%s", alice, registered, d["next_cursor"]), "").json(t)
	if entries := list(t, next, "entries"); len(entries) != 1 || next["next_cursor"] != nil {
		t.Errorf("the rest: %v", next)
	}
	for query, code := range map[string]string{
		"":                               "400 from_missing query.from_as_of",
		"?from_revision=9":               "404 revision_unknown query.from_revision",
		"?from_revision=0&to_revision=9": "404 revision_unknown query.to_revision",
		"?from_revision=x":               "400 revision_malformed query.from_revision",
		"?from_revision=0&to_position=x": "400 position_malformed query.to_position",
		"?from_position=99999":           "404 position_unknown query.from_position",
		"?from_as_of=then":               "400 parameter_malformed query.from_as_of",
		"?from_revision=0&cursor=x":      "400 cursor_malformed query.cursor",
		"?from_revision=0&to_known_at=2000-01-01T00:00:00Z": "404 customer_unknown path.customer_id",
	} {
		if got := told(t, w.do("GET", "/v1/customers/"+alice+"/diff"+query, "")); got != code {
			t.Errorf("%s: %s, want %s", query, got, code)
		}
	}
}
