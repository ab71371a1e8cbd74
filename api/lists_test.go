package api_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/projections/queries"
)

// everyList is a world with read models of a customer of whom everything is known that can be.
func everyList(t *testing.T) *following {
	f := followingOver(t, everyFact(t).store, postgrestest.Database(t))
	f.after("/v1/segments")
	return f
}

// pathOf is where a list is served.
func pathOf(l *queries.List, own bool) string {
	if own {
		return "/v1/customers/" + alice + "/" + l.Name
	}
	return "/v1/" + l.Plural()
}

// served are the paths at which a list is served.
func served(l *queries.List) (paths []string) {
	if (l.Owner != "" || l.Of != "") && !l.Single && !l.Across {
		paths = append(paths, pathOf(l, true))
	}
	if !l.Within {
		paths = append(paths, pathOf(l, false))
	}
	return paths
}

// An item is the same in each list that has it, and by itself; a list is the same page by page.
func TestEveryListIsReadInPages(t *testing.T) {
	f := everyList(t)
	for _, l := range queries.All() {
		for _, path := range served(l) {
			whole := list(t, f.must(200, "GET", path, "").json(t), l.Member())
			if len(whole) == 0 {
				t.Errorf("%s is empty", path)
				continue
			}
			for _, sort := range append([]string{""}, sorts(l)...) {
				all := path
				if sort != "" {
					all += "?sort=" + sort
				}
				want := list(t, f.must(200, "GET", all, "").json(t), l.Member())
				if diff := cmp.Diff(want, f.paged(t, all, l.Member())); diff != "" {
					t.Errorf("%s (-whole +page by page): %s", all, diff)
				}
				if len(want) != len(whole) {
					t.Errorf("%s has %d items, %s %d", all, len(want), path, len(whole))
				}
			}
			first := whole[0].(map[string]any)
			if keys := l.PathKey(); len(keys) > 0 && strings.Contains(path, alice) {
				one := path
				for _, name := range keys {
					one += "/" + url.PathEscape(fmt.Sprint(first[name]))
				}
				if diff := cmp.Diff(first, any(f.must(200, "GET", one, "").json(t))); diff != "" {
					t.Errorf("%s: %s", one, diff)
				}
			}
		}
	}
}

func sorts(l *queries.List) (all []string) {
	for _, s := range l.Sorts() {
		plain := strings.TrimPrefix(s, "-")
		all = append(all, plain, "-"+plain)
	}
	return all
}

// paged reads a list one item at a time.
func (f *following) paged(t *testing.T, path, member string) []any {
	t.Helper()
	all := []any{}
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	path += separator + "limit=1"
	next := ""
	for range 1000 {
		page := f.must(200, "GET", path+next, "").json(t)
		all = append(all, list(t, page, member)...)
		cursor, more := page["next_cursor"].(string)
		if !more {
			return all
		}
		next = "&cursor=" + url.QueryEscape(cursor)
	}
	t.Fatalf("%s does not end", path)
	return nil
}

// Every filter is understood and selects: what it is given by the value that an item has, that item meets.
func TestEveryFilterOfEveryListSelects(t *testing.T) {
	f := everyList(t)
	for _, l := range queries.All() {
		for _, own := range []bool{true, false} {
			path := pathOf(l, own)
			if !slices.Contains(served(l), path) {
				continue
			}
			first := list(t, f.must(200, "GET", path, "").json(t), l.Member())[0].(map[string]any)
			for _, filter := range l.Filters {
				if filter.Own && !own || filter.Named || filter.Several() && first[filter.Name] == nil {
					continue
				}
				value := "2031-01-01"
				switch {
				case filter.Type == "boolean":
					value = "true"
				case filter.Type == "timestamp with time zone":
					value = "2031-01-01T00:00:00Z"
				case filter.Name == "rule":
					value = "true"
				case filter.Name == "external_id":
					value = "shop:4711"
				case filter.Name == "email":
					value = "a@example.org"
				case filter.Name == "phone":
					value = "+493012345"
				case filter.Several():
					value = fmt.Sprint(first[filter.Name])
				}
				query := path + "?" + url.Values{filter.Name: {value}}.Encode()
				got := list(t, f.must(200, "GET", query, "").json(t), l.Member())
				if filter.Several() && !slices.ContainsFunc(got, func(one any) bool { return cmp.Equal(one, any(first)) }) {
					t.Errorf("%s does not have %v", query, first)
				}
				if strings.HasSuffix(filter.Name, "_after") && len(got) > 0 {
					t.Errorf("%s has %v", query, got)
				}
				if filter.Type != "text" {
					if got := told(t, f.do("GET", path+"?"+filter.Name+"=%20", "")); got != "400 value_malformed query."+filter.Name {
						t.Errorf("%s by nonsense: %s", query, got)
					}
				}
			}
		}
	}
}

func TestListsRefuseWhatTheyDoNotKnow(t *testing.T) {
	f := everyList(t)
	cases := "/v1/customers/" + alice + "/cases"
	page := f.must(200, "GET", cases+"?limit=1&sort=opened_on", "").json(t)
	cursor, _ := page["next_cursor"].(string)
	if cursor == "" {
		t.Fatalf("one case: %v", page)
	}
	for query, want := range map[string]string{
		cases + "?colour=red":                                   "400 filter_unknown query.colour",
		cases + "?state=sleeping":                               "400 value_malformed query.state",
		cases + "?due_before=tomorrow":                          "400 value_malformed query.due_before",
		cases + "?due_before=2030-01-01T00:00:00Z&due_before=x": "400 parameter_repeated query.due_before",
		cases + "?sort=subject":                                 "400 sort_unknown query.sort",
		cases + "?fields=state,colour":                          "400 field_unknown query.fields",
		cases + "?limit=0":                                      "400 limit_out_of_range query.limit",
		cases + "?limit=1001":                                   "400 limit_out_of_range query.limit",
		cases + "?after=soon":                                   "400 parameter_malformed query.after",
		cases + "?cursor=x":                                     "400 cursor_malformed query.cursor",
		cases + "?cursor=" + cursor:                             "400 cursor_foreign query.cursor",
		cases + "?sort=opened_on&state=open&cursor=" + cursor:   "400 cursor_foreign query.cursor",
		"/v1/cases?sort=opened_on&cursor=" + cursor:             "400 cursor_foreign query.cursor",
		"/v1/promises?department=sales":                         "400 filter_unknown query.department",
		cases + "/none":                                         "404 not_found ",
		cases + "/" + numbered(77):                              "404 not_found ",
		"/v1/customers/" + numbered(77) + "/cases":              "404 not_found ",
		"/v1/customers/alice/cases":                             "400 customer_id_malformed path.customer_id",
		"/v1/campaigns/none":                                    "404 not_found ",
	} {
		if got := told(t, f.do("GET", query, "")); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	f.must(200, "GET", cases+"?limit=1&sort=opened_on&fields=state&cursor="+cursor, "")
}

func TestItemsHaveTheFieldsThatAreAskedFor(t *testing.T) {
	f := everyList(t)
	for query, want := range map[string][]string{
		"/cases?fields=state,clocks": {"case_id", "clocks", "customer_id", "state"},
		"/points?fields=balance":     {"balance", "customer_id"},
		"/consents?fields=allowed":   {"allowed", "channel", "customer_id", "purpose"},
		"/tier?fields=tier":          {"customer_id", "tier"},
		"/attributes?fields=value":   {"customer_id", "name", "value"},
	} {
		a := f.must(200, "GET", "/v1/customers/"+alice+query, "").json(t)
		for _, member := range a {
			if items, ok := member.([]any); ok {
				a = items[0].(map[string]any)
				break
			}
		}
		var got []string
		for name := range a {
			got = append(got, name)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
}

// A person's lists are the same by whichever id they are asked for; of whoever was erased there are none.
func TestListsAreOfThePerson(t *testing.T) {
	f := newFollowing(t)
	const bea = "00000000-0000-4000-8000-000000000bea"
	f.must(201, "POST", "/v1/customers", registration)
	f.must(201, "POST", "/v1/customers", `{"customer_id":"`+bea+`","kind":"person"}`)
	f.must(201, "POST", purchases(alice), bought(1))
	f.must(201, "POST", purchases(bea), bought(2))
	f.must(201, "POST", "/v1/customers/"+alice+"/merges", `{"absorbed_id":"`+bea+`"}`)
	of := func(id string) []any { return list(t, f.after("/v1/customers/"+id+"/purchases"), "purchases") }
	if len(of(alice)) != 2 {
		t.Errorf("of the survivor: %v", of(alice))
	}
	if diff := cmp.Diff(of(alice), of(bea)); diff != "" {
		t.Errorf("by the other id: %s", diff)
	}
	if got := list(t, f.after("/v1/customers/"+bea+"/merges"), "merges"); len(got) != 1 {
		t.Errorf("merges: %v", got)
	}
	if got := f.after("/v1/customers/" + bea + "/points"); got["balance"] != 0.0 || got["customer_id"] != alice {
		t.Errorf("the balance of one without points: %v", got)
	}
	f.must(201, "POST", "/v1/customers/"+alice+"/erase", `{"reason":"asked"}`)
	f.after("/v1/segments")
	for _, path := range []string{"/purchases", "/purchases/" + numbered(1), "/points"} {
		for _, id := range []string{alice, bea} {
			if got := told(t, f.do("GET", "/v1/customers/"+id+path, "")); got != "410 customer_erased path.customer_id" {
				t.Errorf("%s of whoever was erased: %s", path, got)
			}
		}
	}
}

// What shows personal data is recorded: of one customer as theirs, of several as of many, and not where nothing personal is shown.
func TestLooksAtListsAreRecorded(t *testing.T) {
	f := newFollowing(t)
	const bea = "00000000-0000-4000-8000-000000000bea"
	for _, id := range []string{alice, bea} {
		f.must(201, "POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person"}`)
		f.must(201, "POST", "/v1/customers/"+id+"/cases", `{"type":"question","priority":"normal","subject":"where is it?"}`)
	}
	f.after("/v1/segments")
	for query, recorded := range map[string]bool{"/v1/customers/" + alice + "/cases": true, "/v1/cases": true, "/v1/cases?fields=state": false,
		"/v1/cases?fields=subject": true, "/v1/cases?state=closed": false, "/v1/purchases": false} {
		before := f.head()
		f.must(200, "GET", query, "")
		if got := f.head() > before; got != recorded {
			t.Errorf("%s was recorded: %t", query, got)
		}
	}
	var seen []string
	for _, look := range list(t, f.must(200, "GET", "/v1/customers/"+alice+"/reads", "").json(t), "reads") {
		one := look.(map[string]any)
		seen = append(seen, fmt.Sprint(one["operation"], " ", one["customer_id"]))
	}
	slices.Sort(seen)
	if diff := cmp.Diff([]string{"listCases <nil>", "listCases <nil>", "listCustomerCases " + alice}, seen); diff != "" {
		t.Error(diff)
	}
}

// Customers are found by whatever an app knows of them.
func TestCustomersAreFound(t *testing.T) {
	f := newFollowing(t)
	const bea = "00000000-0000-4000-8000-000000000bea"
	f.must(201, "POST", "/v1/customers", `{"customer_id":"`+alice+`","kind":"person","name":"Ada Lovelace","country":"GB",
		"external_ids":[{"system":"shop","id":"a:1"}]}`)
	f.must(201, "POST", "/v1/customers", `{"customer_id":"`+bea+`","kind":"person","name":"Adam_% Smith","country":"DE"}`)
	f.must(201, "POST", "/v1/customers/"+alice+"/identities", `{"kind":"email","value":"Ada@Example.org"}`)
	f.must(201, "POST", "/v1/customers/"+bea+"/contact-points", `{"kind":"email","value":"smith@example.org"}`)
	f.must(201, "POST", "/v1/customers/"+bea+"/identities", `{"kind":"phone","value":"+49 30 1234567"}`)
	f.must(201, "POST", "/v1/customers/"+bea+"/attributes", `{"name":"income","value":"high"}`)
	f.must(201, "PUT", "/v1/segments/germans", `{"rule":"country == \"DE\""}`)
	f.must(201, "POST", purchases(alice), bought(1))
	f.after("/v1/segments")
	for query, want := range map[string]string{
		"email=ada@example.ORG":                 alice,
		"email=mailto:smith@example.org":        bea,
		"email=nobody@example.org":              "",
		"phone=%2B49+(0)30+1234567":             bea,
		"external_id=shop:a:1":                  alice,
		"external_id=shop:1":                    "",
		"name=ada":                              alice + bea,
		"name=ADA+l":                            alice,
		"name=adam_%25":                         bea,
		"name=adam_x":                           "",
		"name=smith":                            "",
		"segment=germans":                       bea,
		"segment=none":                          "",
		"stage=customer":                        alice,
		"country=DE&country=GB":                 alice + bea,
		"country=FR":                            "",
		"attribute.income=high":                 bea,
		"attribute.income=low":                  "",
		"registered_after=2024-01-01":           alice + bea,
		"registered_before=2024-01-01":          "",
		"updated_after=2024-01-01T00:00:00Z":    alice + bea,
		"rule=" + url.QueryEscape("orders > 0"): alice,
		"rule=" + url.QueryEscape("orders >= 0") + "&name=adam": bea,
		"archived=false&sort=-registered_on":                    bea + alice,
	} {
		got := ""
		for _, one := range list(t, f.must(200, "GET", "/v1/customers?"+query, "").json(t), "customers") {
			got += one.(map[string]any)["customer_id"].(string)
		}
		if got != want && !(len(want) > 36 && got == want[36:]+want[:36]) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if all := f.paged(t, "/v1/customers?rule="+url.QueryEscape("orders >= 0"), "customers"); len(all) != 2 {
		t.Errorf("by a rule, page by page: %v", all)
	}
	for query, want := range map[string]string{
		"email=nobody":     "400 value_malformed query.email",
		"phone=1":          "400 value_malformed query.phone",
		"external_id=shop": "400 value_malformed query.external_id",
		"attribute=high":   "400 filter_unknown query.attribute",
		"attribute.=high":  "400 filter_unknown query.attribute.",
		"rule=orders":      "422 rule_malformed query.rule",
		"sort=name":        "400 sort_unknown query.sort",
	} {
		if got := told(t, f.do("GET", "/v1/customers?"+query, "")); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// One answer may have the customer and their lists.
func TestACustomerIsExpanded(t *testing.T) {
	f := everyList(t)
	page := f.must(200, "GET", "/v1/customers/"+alice+"?expand=cases,points,consents", "").json(t)["expanded"].(map[string]any)
	if len(page) != 3 || len(list(t, page["cases"].(map[string]any), "cases")) == 0 {
		t.Errorf("expanded: %v", page)
	}
	if diff := cmp.Diff(f.must(200, "GET", "/v1/customers/"+alice+"/points", "").json(t), page["points"]); diff != "" {
		t.Error(diff)
	}
	for _, name := range []string{"nothing", "webhooks", "customers"} {
		if got := told(t, f.do("GET", "/v1/customers/"+alice+"?expand="+name, "")); got != "400 expand_unknown query.expand" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Who registers a customer by another system's id gets the one who is called so, registered now or before.
func TestRegisteringByAnotherSystemsId(t *testing.T) {
	w := newWorld(t)
	const path = "/v1/customers/by/shop/47%2F11"
	first := w.must(201, "PUT", path, `{"kind":"person","name":"Ada"}`).json(t)
	for _, body := range []string{`{"kind":"person","name":"Ada"}`, `{"kind":"person","name":"Eve"}`} {
		again := w.must(200, "PUT", path, body).json(t)
		if diff := cmp.Diff(first, again); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
	w.must(201, "POST", "/v1/customers", registration)
	w.must(201, "POST", "/v1/customers/"+alice+"/identities", `{"kind":"external","system":"till","value":"9"}`)
	if got := w.must(200, "PUT", "/v1/customers/by/till/9", `{"kind":"person"}`).json(t); got["customer_id"] != alice {
		t.Errorf("by an id that was linked: %v", got)
	}
	for path, want := range map[string]string{"/v1/customers/by/a%2Fb/1": "400 system_malformed path.system",
		"/v1/customers/by/shop/1": "400 external_ids_in_path body.external_ids"} {
		if got := told(t, w.do("PUT", path, `{"kind":"person","external_ids":[{"system":"erp","id":"1"}]}`)); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}
