package api_test

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// looked answers who was shown a customer's data, as an auditor is told, the newest first.
func (f *following) looked(t *testing.T, id, query string) (out []string) {
	t.Helper()
	for _, each := range list(t, f.must(200, "GET", "/v1/customers/"+id+"/reads"+query, "").json(t), "reads") {
		r := each.(map[string]any)
		of := "many"
		if id, ok := r["customer_id"].(string); ok {
			of = id[len(id)-4:]
		}
		told := fmt.Sprintf("%s as %s: %s of %s", r["reader"], r["role"], r["operation"], of)
		for _, more := range []string{"purpose", "table", "conditions"} {
			if r[more] != nil {
				told += fmt.Sprint(" ", r[more])
			}
		}
		out = append(out, told)
	}
	return out
}

func TestWhoIsShownPersonalDataIsRecorded(t *testing.T) {
	f := newFollowing(t)
	const bob = "00000000-0000-4000-8000-000000000b0b"
	f.must(201, "PUT", "/v1/segments/persons", `{"rule":"kind == \"person\""}`)
	f.must(201, "POST", "/v1/customers", registration)
	f.must(201, "POST", "/v1/customers/"+alice+"/recommendations",
		`{"assignee":"bob","action":"call","reason":"so","due_on":"2030-01-01"}`)
	f.after("/v1/segments")
	for _, c := range []struct {
		method, path string
		want         string // what an auditor is told; empty: nothing was shown
	}{
		{"GET", "/v1/customers/" + alice, "getCustomer of a11c complaint:4711"},
		{"GET", "/v1/customers/" + alice + "/timeline", "getTimeline of a11c complaint:4711"},
		{"GET", "/v1/customers/" + alice + "/history", "getHistory of a11c complaint:4711"},
		{"GET", "/v1/segments/persons/explain/" + alice, "explainMembership of a11c complaint:4711"},
		{"GET", "/v1/segments/persons/members", "listMembers of a11c complaint:4711"},
		{"GET", "/v1/loyalty/transitions", "listTransitions of a11c complaint:4711"},
		{"GET", "/v1/rules/preview?rule=orders==0", "previewRule of a11c complaint:4711"},
		{"GET", "/v1/recommendations", "listRecommendations of a11c complaint:4711"},
		{"GET", "/v1/tables/customer_360.csv", "getTable of many complaint:4711 customer_360"},
		{"GET", "/v1/tables/customer_360.csv?customer_id=" + alice,
			"getTable of a11c complaint:4711 customer_360 [map[column:customer_id comparison:= values:[" + alice + "]]]"},
		{"GET", "/v1/tables/customer_360.csv?name=Alice&orders>=1",
			"getTable of many complaint:4711 customer_360 [map[column:name comparison:= withheld:1] map[column:orders comparison:>= values:[1]]]"},
		{"HEAD", "/v1/customers/" + alice, ""},
		{"HEAD", "/v1/tables/customer_360.csv", ""},
		{"GET", "/v1/customers/" + bob, ""},
		{"GET", "/v1/customers/" + bob + "/timeline", ""},
		{"GET", "/v1/customers/" + alice + "/timeline?cursor=0", ""},
		{"GET", "/v1/customers/nobody", ""},
		{"GET", "/v1/segments/persons/members?on=2020-01-01", ""},
		{"GET", "/v1/rules/preview?rule=orders==0&sample=0", ""},
		{"GET", "/v1/recommendations?assignee=ann", ""},
		{"GET", "/v1/tables/customer_360.csv?limit=0", ""},
		{"GET", "/v1/tables/loyalty_ladder.csv", ""},
		{"GET", "/v1/customers/" + alice + "/reads", ""},
	} {
		before := len(f.looked(t, alice, ""))
		f.do(c.method, c.path, "", "Rapport-Purpose: complaint:4711")
		now := f.looked(t, alice, "")
		switch {
		case c.want == "" && len(now) != before:
			t.Errorf("%s %s: recorded as %s", c.method, c.path, now[0])
		case c.want != "" && (len(now) != before+1 || strings.Replace(now[0], "local as admin: ", "", 1) != c.want):
			t.Errorf("%s %s: told %v, want %s", c.method, c.path, now[:1], c.want)
		}
	}
}

func TestReadsAreListedPageByPage(t *testing.T) {
	f := newFollowing(t)
	f.must(201, "POST", "/v1/customers", registration)
	f.after("/v1/customers/" + alice)
	f.must(200, "GET", "/v1/tables/customer_360.csv", "")
	f.must(200, "GET", "/v1/customers/"+alice+"/timeline", "")
	table, view, timeline := "local as admin: getTable of many customer_360", "local as admin: getCustomer of a11c", "local as admin: getTimeline of a11c"
	if diff := cmp.Diff([]string{timeline, view}, f.looked(t, alice, "?everybody=false")); diff != "" {
		t.Errorf("of alice alone: %s", diff)
	}
	var all []string
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		query := "?limit=2" + cursor
		all = append(all, f.looked(t, alice, query)...)
		cursor = ""
		if next, more := f.must(200, "GET", "/v1/customers/"+alice+"/reads"+query, "").json(t)["next_cursor"]; more {
			cursor = fmt.Sprint("&cursor=", next)
		}
	}
	if diff := cmp.Diff([]string{timeline, table, view}, all); diff != "" {
		t.Errorf("page by page: %s", diff)
	}
	for path, want := range map[string]string{
		"/v1/customers/" + numbered(1) + "/reads":       "404 not_found ",
		"/v1/customers/nobody/reads":                    "400 parameter_malformed path.customer_id",
		"/v1/customers/" + alice + "/reads?cursor=last": "400 cursor_malformed query.cursor",
	} {
		if got := told(t, f.do("GET", path, "")); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// forgetful is a log that, while it is away, cannot be written.
type forgetful struct {
	eventstore.Store
	away atomic.Bool
}

func (s *forgetful) Append(ctx context.Context, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) (eventstore.Appended, error) {
	if s.away.Load() {
		return eventstore.Appended{}, eventstore.ErrReadOnly
	}
	return s.Store.Append(ctx, stream, expected, events)
}

// What cannot be recorded is not shown.
func TestNothingIsShownUnrecorded(t *testing.T) {
	store := &forgetful{Store: newWorld(t).store}
	f := followingOver(t, store, postgrestest.Database(t))
	f.must(201, "POST", "/v1/customers", registration)
	f.after("/v1/segments")
	paths := []string{"/v1/customers/" + alice, "/v1/customers/" + alice + "/history", "/v1/tables/customer_360.csv"}
	for _, path := range paths {
		for purpose, want := range map[string]string{"": "503 read_not_recorded ", "for Alice": "400 purpose_malformed header.Rapport-Purpose"} {
			store.away.Store(purpose == "")
			a := f.do("GET", path, "", "Rapport-Purpose: "+purpose)
			if got := told(t, a); got != want || strings.Contains(a.text, "Alice") || a.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s for %q: %s %s", path, purpose, got, a.text)
			}
		}
	}
	store.away.Store(true)
	if status := f.do("GET", "/v1/segments", "").StatusCode; status != http.StatusOK {
		t.Errorf("what shows nobody: %d", status)
	}
}

// Looks are told from the log: tables that are away, or were changed, hide none.
func TestLooksAreToldFromTheLog(t *testing.T) {
	w := newWorld(t)
	bob := numbered(1)
	for _, id := range []string{alice, bob} {
		w.must(201, "POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person"}`)
	}
	const looks = 5
	for range looks {
		w.must(200, "GET", "/v1/customers/"+alice+"/history", "")
		w.must(200, "GET", "/v1/customers/"+bob+"/history", "")
	}
	count := func(id string, of ...string) (n int) {
		before := math.Inf(1)
		for cursor := ""; ; {
			page := w.must(200, "GET", "/v1/customers/"+id+"/reads?limit=2&cursor="+cursor, "").json(t)
			for _, one := range list(t, page, "reads") {
				look := one.(map[string]any)
				position := look["position"].(float64)
				if position >= before || !slices.Contains(of, look["customer_id"].(string)) || look["operation"] != "getHistory" {
					t.Errorf("%v", look)
				}
				before = position
				n++
			}
			next, more := page["next_cursor"].(string)
			if !more {
				return n
			}
			cursor = next
		}
	}
	if n := count(alice, alice); n != looks {
		t.Errorf("%d looks", n)
	}
	w.must(201, "POST", "/v1/customers/"+alice+"/merges", `{"absorbed_id":"`+bob+`"}`)
	for _, id := range []string{alice, bob} {
		if n := count(id, alice, bob); n != 2*looks {
			t.Errorf("%s after the merge: %d looks", id, n)
		}
	}
	if a := w.do("GET", "/v1/customers/"+numbered(9)+"/reads", ""); a.StatusCode != 404 {
		t.Errorf("nobody: %d %s", a.StatusCode, a.text)
	}
}
