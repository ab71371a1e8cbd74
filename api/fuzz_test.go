package api_test

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/domain/access"
)

// harmless sends a request that may be anything: it is answered, never by a fault of ours, and what is refused
// appends nothing.
func (w *world) harmless(t *testing.T, method, path, body string, headers ...string) answer {
	t.Helper()
	here := *w
	here.t = t
	head := here.head()
	a := here.do(method, path, body, headers...)
	if a.StatusCode >= 500 {
		t.Fatalf("%s %s %q: %d %s\n%s", method, path, body, a.StatusCode, a.text, w.logged)
	}
	if a.StatusCode >= 400 && here.head() != head {
		t.Fatalf("%s %s %q: %d %s, and the log has grown", method, path, body, a.StatusCode, a.text)
	}
	return a
}

// FuzzCommands: whatever body a command is sent, the answer is a result or a refusal that leaves nothing.
func FuzzCommands(f *testing.F) {
	following := newFollowing(f)
	w := following.world
	var routes []api.ServedRoute
	all, err := api.RoutesOf(w.server)
	if err != nil {
		f.Fatal(err)
	}
	for _, r := range all {
		if strings.HasPrefix(r.Path, "/v1/proof/") || strings.HasPrefix(r.Path, "/v1/erasures/") {
			continue // what they ask for, this server has not got
		}
		if r.Method == "POST" || r.Method == "PUT" || r.Method == "DELETE" {
			routes = append(routes, r)
		}
	}
	slices.SortFunc(routes, func(a, b api.ServedRoute) int { return strings.Compare(a.Method+a.Path, b.Method+b.Path) })
	w.must(201, "POST", "/v1/customers", registration)
	following.after("/v1/customers/" + alice)
	named := strings.NewReplacer("{customer_id}", alice, "{revision}", "0", "{name}", "vip", "{webhook}", "shop", "{subscription}", "desk", "{campaign}", "spring",
		"{questionnaire}", "service", "{sku}", "lamp")
	document := w.must(200, "GET", "/openapi.json", "").json(f)
	for i, r := range routes {
		f.Add(uint16(i), "{}", "")
		operation, _ := document["paths"].(map[string]any)[r.Path].(map[string]any)[strings.ToLower(r.Method)].(map[string]any)
		if body, ok := operation["requestBody"].(map[string]any); ok {
			for _, kind := range body["content"].(map[string]any) {
				if example := kind.(map[string]any)["example"]; example != nil {
					f.Add(uint16(i), marshal(f, example), "k")
				}
			}
		}
	}
	for _, body := range []string{"", "null", "[]", `{"occurred_at":"9999-12-31T23:59:59Z"}`, "{\"kind\":\"\xff\"}", `{"customer_id":7}`,
		`{"currency":"EUR","lines":[{"sku":"tea","quantity":1e999,"unit_price":-0}]}`, strings.Repeat("[", 10_000)} {
		f.Add(uint16(0), body, "")
	}
	f.Fuzz(func(t *testing.T, which uint16, body, key string) {
		r := routes[int(which)%len(routes)]
		if r.Path == "/v1/projections/rebuild" || !headerText(key) {
			t.Skip()
		}
		w.harmless(t, r.Method, named.Replace(r.Path), body, "Idempotency-Key: "+key)
	})
}

// FuzzBatch: each line of a batch is answered by itself, none by a fault of ours, and a refused one leaves nothing.
func FuzzBatch(f *testing.F) {
	w := newWorld(f)
	w.must(201, "POST", "/v1/customers", registration)
	f.Add(`{"command":"record_interaction","customer_id":"` + alice + `","kind":"call","direction":"inbound"}` + "\n{}\n\n\x00")
	f.Add(`{"command":"close_day","date":"2024-04-30"}` + "\n" + `{"command":"register_customer","kind":"person"}`)
	f.Add("{" + strings.Repeat("\n", 100) + "}")
	f.Fuzz(func(t *testing.T, body string) {
		a := w.harmless(t, "POST", "/v1/batch", body, "Content-Type: application/x-ndjson")
		if a.StatusCode == 200 && strings.Contains(a.text, `"status":5`) {
			t.Fatalf("%q: %s", body, a.text)
		}
	})
}

// FuzzQueries: whatever is asked, the answer is no fault of ours. The tables are a server's that has them.
func FuzzQueries(f *testing.F) {
	following := newFollowing(f)
	w := following.world
	w.must(201, "POST", "/v1/customers", registration)
	following.after("/v1/customers/" + alice)
	paths := []string{"/v1/tables/customer_360.csv", "/v1/tables/segment_membership.csv", "/v1/customers/" + alice + "/history",
		"/v1/customers/" + alice + "/timeline", "/v1/rules/preview", "/v1/segments/vip/members", "/v1/loyalty/transitions",
		"/v1/policies/retention/preview", "/v1/customers/" + alice, "/v1/tables/%.csv"}
	for i := range paths {
		for _, q := range []string{"", "orders>=3&limit=1", "stage!=&stage=x", "rule=orders%20%3E%202", "as_of=2024-05-01T00:00:00Z",
			"limit=-1", "after=-1", "\x84imit=-1", "name=%00", "external_ids=[", "segment=a&after_days=99999999999", "on=0000-00-00"} {
			f.Add(uint8(i), q)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, query string) {
		path := paths[int(which)%len(paths)]
		r, err := url.ParseRequestURI(path + "?" + query)
		if err != nil || strings.ContainsAny(query, " #") || !headerText(query) {
			t.Skip() // no request line can hold it
		}
		if after, err := strconv.ParseUint(r.Query().Get("after"), 10, 64); err == nil && after > 2 {
			t.Skip() // it waits for what will never be there
		}
		w.harmless(t, "GET", path+"?"+query, "")
	})
}

// headerText tells whether a text can stand in a header at all.
func headerText(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// FuzzTokens: nothing but a token that was issued lets anybody in.
func FuzzTokens(f *testing.F) {
	w := newWorld(f, func(c *api.Config) { c.Limits.Failures = 1 << 40 })
	_, root := w.issue("", "root", access.Admin, "")
	for _, header := range []string{"", "Bearer", "Bearer ", "Bearer " + root, "bearer " + root, "Basic " + root, "Bearer " + root + " ", "Bearer " + root[:len(root)-1],
		"Bearer " + strings.ToUpper(root), "Bearer rpt_", "Bearer a.b.c", "Bearer eyJhbGciOiJub25lIn0.e30.", root} {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		if !headerText(header) {
			t.Skip()
		}
		scheme, token, _ := strings.Cut(header, " ")
		right := strings.EqualFold(scheme, "Bearer") && strings.TrimSpace(token) == root
		a := w.harmless(t, "GET", "/v1/tokens", "", "Authorization: "+header)
		if in := a.StatusCode == 200; in && !right || !in && a.StatusCode != 401 {
			t.Fatalf("%q: %d %s", header, a.StatusCode, a.text)
		}
	})
}
