package api_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/api"
)

func TestTablesAreDescribed(t *testing.T) {
	f := newFollowing(t)
	f.must(201, "POST", "/v1/customers", registration)
	f.after("/v1/segments")
	tables := list(t, f.must(200, "GET", "/v1/tables", "").json(t), "tables")
	if len(tables) < 50 {
		t.Errorf("%d tables", len(tables))
	}
	for _, each := range tables {
		table := each.(map[string]any)
		name := table["name"].(string)
		if strings.HasPrefix(table["comment"].(string), "Internal") || name == "customer_memory" {
			t.Errorf("%s is the engine's own", name)
		}
		for _, c := range list(t, table, "columns") {
			switch column := c.(map[string]any)["name"].(string); column {
			case "after", "limit", "exact", "by", "sum", "order", "offset":
				t.Errorf("%s.%s: rows cannot be selected by it, for that is a parameter of its own", name, column)
			}
		}
		f.must(200, "GET", "/v1/tables/"+name+".csv", "")
	}
}

// rows reads a CSV answer: the columns that are named, from all rows.
func (f *following) rows(path string, columns ...string) (out []string) {
	f.t.Helper()
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	a := f.must(200, "GET", fmt.Sprintf("%s%safter=%d", path, separator, f.head()), "")
	if got := a.Header.Get("Content-Type"); got != "text/csv; charset=utf-8; header=present" {
		f.t.Errorf("Content-Type %q", got)
	}
	all, err := csv.NewReader(strings.NewReader(a.text)).ReadAll()
	if err != nil {
		f.t.Fatalf("%v:\n%s", err, a.text)
	}
	at := map[string]int{}
	for i, name := range all[0] {
		at[name] = i
	}
	for _, row := range all[1:] {
		var fields []string
		for _, name := range columns {
			fields = append(fields, row[at[name]])
		}
		out = append(out, strings.Join(fields, " "))
	}
	return out
}

func TestTablesAsCSV(t *testing.T) {
	f := newFollowing(t)
	for i, name := range []string{`=HYPERLINK(\"x\")`, `Smith, \"J\"\nJr`, "-1", "plain"} {
		id := numbered(i)
		f.must(201, "POST", "/v1/customers", fmt.Sprintf(`{"customer_id":%q,"kind":"person","name":"%s","occurred_at":"2024-04-0%dT09:00:00Z"}`,
			id, name, i+1))
		for n := range i {
			f.must(201, "POST", purchases(id), `{"occurred_at":"2024-04-02T09:00:00Z",`+bought(100 + 10*i + n)[1:])
		}
	}
	const path = "/v1/tables/customer_360.csv"
	for query, want := range map[string][]string{
		"":                      {"'-1", "'=HYPERLINK(\"x\")", "Smith, \"J\"\nJr", "plain"},
		"?exact=true":           {"-1", "=HYPERLINK(\"x\")", "Smith, \"J\"\nJr", "plain"},
		"?name=plain":           {"plain"},
		"?name=plain&name=-1":   {"'-1", "plain"},
		"?name!=plain&name!=-1": {"'=HYPERLINK(\"x\")", "Smith, \"J\"\nJr"},
		"?orders>=2":            {"'-1", "plain"},
		"?orders%3E=1&registered_on%3C=2024-04-02": {"Smith, \"J\"\nJr"},
		"?first_purchase_on=":                      {"'=HYPERLINK(\"x\")"},
		"?first_purchase_on!=":                     {"'-1", "Smith, \"J\"\nJr", "plain"},
		"?customer_id=" + numbered(3):              {"plain"},
		"?name=%3D1%2B1":                           nil,
		"?name~=LAI":                               {"plain"},
		"?name~=lai&name~=smith":                   {"Smith, \"J\"\nJr", "plain"},
		"?name~=%25":                               nil,
		"?segments~=vip":                           nil,
	} {
		got := f.rows(path+query, "name")
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", query, diff)
		}
	}
	if got := f.rows(path+"?limit=2", "name"); len(got) != 2 {
		t.Errorf("limited: %v", got)
	}
	if got := f.rows("/v1/tables/cohort_retention.csv?complete=false", "cohort_month", "complete", "retention_rate"); !cmp.Equal(got,
		[]string{"2024-04-01 false 1.00000000000000000000"}) {
		t.Errorf("a boolean: %v", got)
	}
	for _, c := range []struct { // counted, summed up and sorted
		query, columns string
		want           []string
	}{
		{"?by=orders&order=orders", "orders count", []string{"0 1", "1 1", "2 1", "3 1"}},
		{"?by=&sum=orders", "count sum_orders", []string{"4 6"}},
		{"?by=first_purchase_on&order=-first_purchase_on", "first_purchase_on count", []string{"2024-04-02 3", " 1"}},
		{"?by=first_purchase_on&order=count&limit=1", "count", []string{"1"}},
		{"?by=first_purchase_on&order=count&offset=1", "count", []string{"3"}},
		{"?by=kind&sum=orders,returns&orders>=2", "kind count sum_orders sum_returns", []string{"person 2 5 0"}},
		{"?by=customer_id&sum=orders&customer_id=" + numbered(2), "count sum_orders", []string{"1 2"}},
	} {
		if got := f.rows(path+c.query, strings.Fields(c.columns)...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.query, got, c.want)
		}
	}
	if got := f.rows(path+"?order=-orders&limit=2&offset=1", "orders"); !slices.Equal(got, []string{"2", "1"}) {
		t.Errorf("sorted: %q", got)
	}
	text := f.must(200, "GET", path+"?name=plain", "").text
	if !strings.Contains(text, ",,") || strings.Contains(text, `""`) {
		t.Errorf("no value is nothing between commas:\n%s", text)
	}
	head := f.must(200, "HEAD", path, "")
	if head.Header.Get("Content-Disposition") != `attachment; filename="customer_360.csv"` {
		t.Errorf("HEAD: %v", head.Header)
	}
}

func TestBadSelectionsAreRefused(t *testing.T) {
	f := newFollowing(t, func(c *api.Config) { c.Limits.Wait = 50 * time.Millisecond })
	f.must(201, "POST", "/v1/customers", registration)
	for f.do("GET", "/readyz", "").StatusCode != http.StatusOK { // until the tables are there: the test's own deadline bounds it
	}
	for query, want := range map[string]string{
		"customer_360.csv?colour=red":                "400 column_unknown query.colour",
		"customer_360.csv?=red":                      "400 column_unknown query.",
		"customer_360.csv?orders=many":               "400 value_malformed query.orders",
		"customer_360.csv?orders>=1;DROP":            "400 value_malformed query.orders",
		"customer_360.csv?orders>=":                  "400 value_missing query.orders",
		"customer_360.csv?customer_id=7":             "400 value_malformed query.customer_id",
		"customer_360.csv?registered_on<=2024-02-30": "400 value_malformed query.registered_on",
		"customer_360.csv?name=%00":                  "400 text_malformed query.name",
		"customer_360.csv?segments=vip":              "400 column_not_comparable query.segments",
		"customer_360.csv?limit=0":                   "400 parameter_malformed query.limit",
		"customer_360.csv?limit=all":                 "400 parameter_malformed query.limit",
		"customer_360.csv?exact=maybe":               "400 parameter_malformed query.exact",
		"customer_360.csv?after=now":                 "400 parameter_malformed query.after",
		"customer_360.csv?after=1000000":             "503 read_models_behind ",
		"customer_360.csv?a=%zz":                     "400 query_malformed query",
		"customer_360.csv?orders~=1":                 "400 column_not_comparable query.orders",
		"customer_360.csv?name~=":                    "400 value_missing query.name",
		"customer_360.csv?by=colour":                 "400 column_unknown query.by",
		"customer_360.csv?by=segments":               "400 column_not_comparable query.by",
		"customer_360.csv?by=stage&sum=stage":        "400 column_not_summable query.sum",
		"customer_360.csv?by=stage&order=orders":     "400 column_unknown query.order",
		"customer_360.csv?order=colour":              "400 column_unknown query.order",
		"customer_360.csv?offset=-1":                 "400 parameter_malformed query.offset",
		"customer_361.csv":                           "404 not_found ",
		"a%00b.csv":                                  "404 not_found ",
		"customer_memory.csv":                        "404 not_found ",
		"projection_checkpoint.csv":                  "404 not_found ",
		"pg_class.csv":                               "404 not_found ",
	} {
		if got := told(t, f.do("GET", "/v1/tables/"+query, "")); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
}

// A table that cannot be sent to its end must not look whole, and a client that is gone must not keep the
// database busy.
func TestACSVThatBreaksOff(t *testing.T) {
	f := newFollowing(t, func(c *api.Config) { c.Limits.Stalled = 200 * time.Millisecond; c.Limits.Exports = 1 })
	f.must(201, "POST", "/v1/customers", registration)
	f.after("/v1/segments")
	conn, err := pgx.Connect(t.Context(), f.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), `INSERT INTO crm.segment_definition (segment, version, rule, status)
		SELECT i, 1, repeat('-', 20000), 'retired' FROM generate_series(1, 1000) i`); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(f.server)
	defer server.Close()
	get := func() *http.Response {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v1/tables/segment_definition.csv", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept-Encoding", "identity") // compressed it would all be on its way at once
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		return response
	}
	slow := get()
	if _, err := io.CopyN(io.Discard, slow.Body, 100); err != nil {
		t.Fatal(err)
	}
	for busy := true; busy; { // until it was waited for the client long enough: the test's own deadline bounds it
		if err := conn.QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
			AND state <> 'idle' AND query LIKE '%FROM "segment_definition"%' AND pid <> pg_backend_pid())`).Scan(&busy); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := io.Copy(io.Discard, slow.Body); err == nil {
		t.Error("what was broken off looks whole")
	}
	slow.Body.Close()
	f.must(200, "GET", "/v1/tables/customer_360.csv", "") // its place is free again
}
