package api_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/projections"
	"github.com/rapport-crm/rapport/projections/lease"
)

// following is a world with read models that follow the log until stop.
type following struct {
	*world
	url  string // of the database
	stop func()
	now  *atomic.Pointer[time.Time] // the API's clock; nil: the real one
}

func newFollowing(t testing.TB, adjust ...func(*api.Config)) *following {
	t.Helper()
	return followingOver(t, newWorld(t).store, postgrestest.Database(t), adjust...)
}

func followingOver(t testing.TB, store eventstore.Store, url string, adjust ...func(*api.Config)) *following {
	t.Helper()
	f := &following{url: url, now: &atomic.Pointer[time.Time]{}}
	engine := projections.NewEngine(projections.Config{Store: store, Codec: eventstore.NewCodec(), DatabaseURL: url,
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
	reader, err := projections.NewReader(t.Context(), url, engine)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- engine.Run(ctx) }()
	f.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("engine: %v", err)
		}
		f.stop = func() {}
	}
	t.Cleanup(func() { f.stop(); reader.Close() })
	f.world = newWorldOver(t, store, append([]func(*api.Config){func(c *api.Config) {
		c.Reader, c.Engine, c.Background = reader, engine, ctx
		c.Now = func() time.Time {
			if at := f.now.Load(); at != nil {
				return *at
			}
			return time.Now()
		}
		if err := c.Commands.EnsureLadder(ctx); err != nil {
			t.Fatal(err)
		}
	}}, adjust...)...)
	return f
}

// after answers a query that waits for all that is in the log.
func (f *following) after(path string) map[string]any {
	f.t.Helper()
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	path = fmt.Sprintf("%s%safter=%d", path, separator, f.head())
	a := f.do("GET", path, "")
	// On a busy machine the engine may take longer to start than a caller has to wait.
	for end := time.Now().Add(time.Minute); a.StatusCode == http.StatusServiceUnavailable && time.Now().Before(end); {
		a = f.do("GET", path, "")
	}
	if a.StatusCode != http.StatusOK {
		f.t.Fatalf("GET %s: %d %s", path, a.StatusCode, a.text)
	}
	return a.json(f.t)
}

func list(t *testing.T, page map[string]any, name string) []any {
	t.Helper()
	all, ok := page[name].([]any)
	if !ok {
		t.Fatalf("no %s in %v", name, page)
	}
	return all
}

func TestGuidanceIsListed(t *testing.T) {
	f := newFollowing(t)
	adopted := f.must(200, "POST", "/v1/guidance/adopt", "").json(t)
	names := list(t, adopted, "guidance")
	if len(names) != len(guidance.ReadyMade) || len(list(t, adopted, "segments")) != len(names) {
		t.Fatalf("adopted: %v", adopted)
	}
	if again := f.must(200, "POST", "/v1/guidance/adopt", "").json(t); len(list(t, again, "guidance")) > 0 {
		t.Errorf("adopted again: %v", again)
	}
	if all := list(t, f.after("/v1/guidance"), "guidance"); len(all) != len(names) {
		t.Errorf("%d of %d are listed", len(all), len(names))
	}
	f.must(201, "DELETE", "/v1/guidance/win_back", "")
	one := f.after("/v1/guidance/win_back")
	for name, want := range map[string]any{"status": "retired", "segment": "valuable_at_risk", "outcome_days": 60.0, "issued": 0.0,
		"success_rate": nil} {
		if one[name] != want {
			t.Errorf("%s: %v, want %v", name, one[name], want)
		}
	}
	for _, path := range []string{"/v1/guidance/none", "/v1/guidance/None"} {
		if got := told(t, f.do("GET", path, "")); got != "404 not_found " {
			t.Errorf("%s: %s", path, got)
		}
	}
}

func TestWhatColleaguesHaveToAnswer(t *testing.T) {
	f := newFollowing(t)
	f.must(201, "POST", "/v1/customers", registration)
	for i, r := range []struct{ assignee, due string }{{"bob", "2030-01-03"}, {"ann", "2030-01-02"}, {"bob", "2030-01-01"}, {"bob", "2030-01-04"}} {
		f.must(201, "POST", "/v1/customers/"+alice+"/recommendations", fmt.Sprintf(`{"recommendation_id":"%s","assignee":"%s",
			"action":"call","reason":"so","evidence":["quiet"],"due_on":"%s"}`, numbered(i), r.assignee, r.due))
	}
	f.must(201, "POST", "/v1/customers/"+alice+"/recommendations/accepted", `{"recommendation_id":"`+numbered(3)+`"}`)
	for query, want := range map[string][]any{
		"":                      {"2030-01-01", "2030-01-02", "2030-01-03"},
		"?assignee=bob":         {"2030-01-01", "2030-01-03"},
		"?assignee=bob&limit=1": {"2030-01-01"},
		"?assignee=Bob":         nil,
	} {
		var got []any
		for _, r := range list(t, f.after("/v1/recommendations"+query), "recommendations") {
			got = append(got, r.(map[string]any)["due_on"])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	for query, want := range map[string]string{
		"?assignee=%00": "400 assignee_malformed query.assignee", "?limit=0": "400 parameter_malformed query.limit"} {
		if got := told(t, f.do("GET", "/v1/recommendations"+query, "")); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

func TestQueriesKnowWhatCommandsDid(t *testing.T) {
	f := newFollowing(t)
	f.must(201, "PUT", "/v1/segments/buyers", `{"title":"Buyers","rule":"orders >= 1"}`)
	for i := range 3 {
		id := numbered(i)
		f.must(201, "POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person","occurred_at":"2024-04-01T09:00:00Z"}`)
		f.must(201, "POST", purchases(id), `{"occurred_at":"2024-04-02T09:00:00Z",`+bought(100 + i)[1:])
	}
	one := f.after("/v1/customers/" + numbered(1))
	for name, want := range map[string]any{"customer_id": numbered(1), "orders": 1.0, "net_revenue_minor": 700.0,
		"currency": "EUR", "stage": "customer", "revision": 1.0, "last_purchase_on": "2024-04-02"} {
		if one[name] != want {
			t.Errorf("%s: %v, want %v", name, one[name], want)
		}
	}
	if diff := cmp.Diff([]any{"buyers"}, one["segments"]); diff != "" {
		t.Error(diff)
	}
	tag := f.must(200, "GET", "/v1/customers/"+numbered(1), "").Header.Get("ETag")
	if !strings.HasPrefix(tag, `"1.`) {
		t.Errorf("ETag %s", tag)
	}
	f.must(304, "GET", "/v1/customers/"+numbered(1), "", "If-None-Match: "+tag)
	f.must(200, "GET", "/v1/customers/"+numbered(1)+"?expand=cases", "", "If-None-Match: "+tag)
	f.must(412, "POST", "/v1/customers/"+numbered(1)+"/profile", `{"name":"Ada"}`, "If-Match: "+strings.Replace(tag, "1", "0", 1))
	f.must(200, "POST", purchases(numbered(1)), `{"occurred_at":"2024-04-02T09:00:00Z",`+bought(101)[1:], "If-Match: "+tag)

	page := f.after("/v1/customers/" + numbered(1) + "/timeline?limit=1")
	if entry := list(t, page, "entries")[0].(map[string]any); entry["type"] != "customer.purchase_recorded.v1" {
		t.Errorf("the newest entry is %v", entry)
	}
	page = f.after("/v1/customers/" + numbered(1) + "/timeline?limit=1&cursor=" + page["next_cursor"].(string))
	if entry := list(t, page, "entries")[0].(map[string]any); entry["type"] != "customer.registered.v1" {
		t.Errorf("the next entry is %v", entry)
	}

	var members []string
	cursor := ""
	for range 3 {
		page := f.after("/v1/segments/buyers/members?limit=1" + cursor)
		for _, m := range list(t, page, "members") {
			members = append(members, m.(map[string]any)["customer_id"].(string))
		}
		cursor = fmt.Sprint("&cursor=", page["next_cursor"])
	}
	if diff := cmp.Diff([]string{numbered(0), numbered(1), numbered(2)}, members); diff != "" {
		t.Error(diff)
	}
	if last := f.after("/v1/segments/buyers/members?limit=1" + cursor); len(list(t, last, "members")) != 0 || last["next_cursor"] != nil {
		t.Errorf("behind the last page there is %v", last)
	}
	if early := f.after("/v1/segments/buyers/members?on=2020-01-01"); len(list(t, early, "members")) != 0 {
		t.Errorf("members before there were any: %v", early)
	}
	if got := f.after("/v1/segments/buyers")["members"]; got != 3.0 {
		t.Errorf("%v members", got)
	}
	if got := list(t, f.after("/v1/segments"), "segments"); len(got) != 1 {
		t.Errorf("segments: %v", got)
	}

	if got := list(t, f.after("/v1/loyalty/stages"), "stages"); len(got) != 1 || got[0].(map[string]any)["customers"] != 3.0 {
		t.Errorf("stages: %v", got)
	}
	if got := list(t, f.after("/v1/loyalty/transitions?to=customer&customer_id="+numbered(1)), "transitions"); len(got) != 1 {
		t.Errorf("transitions: %v", got)
	}
}

func TestRFMSchemes(t *testing.T) {
	w := newWorld(t)
	scheme := func() (version any, groups, rows int) {
		body := w.must(200, "GET", "/v1/policies/rfm", "").json(t)
		rfm := body["rfm"].(map[string]any)
		return body["version"], int(rfm["groups"].(float64)), len(rfm["segments"].([]any))
	}
	if version, groups, rows := scheme(); version != 0.0 || groups != 5 || rows != 5 {
		t.Errorf("built in: version %v, %d groups, %d rows", version, groups, rows)
	}
	w.must(201, "PUT", "/v1/policies/rfm", `{"rfm":{"groups":4}}`)
	w.must(200, "PUT", "/v1/policies/rfm", `{"rfm":{"groups":4}}`)
	if version, groups, rows := scheme(); version != 1.0 || groups != 4 || rows != 4 {
		t.Errorf("published: version %v, %d groups, %d rows", version, groups, rows)
	}
	for body, want := range map[string]string{
		`{"rfm":{"groups":7}}`:                                                         "422 rfm_groups body.rfm.groups",
		`{"rfm":{"groups":4,"segments":[["a","b","c","d"]]}}`:                          "422 rfm_cells body.rfm.segments",
		`{"rfm":{"groups":4,"segments":[["a","b","c","d"],["x"],[],[]]}}`:              "422 rfm_cells body.rfm.segments[1]",
		`{"rfm":{"groups":4,"segments":[["a","b","c","The best"],["x"],["y"],["z"]]}}`: "422 rfm_segment_name body.rfm.segments[0][3]",
	} {
		if got := told(t, w.do("PUT", "/v1/policies/rfm", body)); got != want {
			t.Errorf("%s: got %s, want %s", body, got, want)
		}
	}
}

func TestReadModelsCanBeSummedUpAndRebuilt(t *testing.T) {
	f := newFollowing(t)
	f.must(201, "POST", "/v1/customers", registration)
	f.must(201, "POST", purchases(alice), bought(1))
	before := f.after("/v1/projections/checksum")
	if len(list(t, before, "tables")) < 8 {
		t.Errorf("checksums: %v", before)
	}
	f.must(202, "POST", "/v1/projections/rebuild", "")
	for { // until it is done: the test's own deadline bounds it
		if status := f.must(200, "GET", "/v1/projections", "").json(t); status["rebuild"] == nil {
			break
		}
	}
	if diff := cmp.Diff(before, f.after("/v1/projections/checksum")); diff != "" {
		t.Error(diff)
	}
	f.must(202, "POST", "/v1/projections/resume", "")
	if failures := f.must(200, "GET", "/v1/projections/failures", "").json(t); len(list(t, failures, "failures")) != 0 {
		t.Errorf("failures: %v", failures)
	}
}

func TestBadQueriesAreRefused(t *testing.T) {
	f := newFollowing(t, func(c *api.Config) { c.Limits.Wait = 50 * time.Millisecond })
	f.must(201, "POST", "/v1/customers", registration)
	for f.do("GET", "/readyz", "").StatusCode != http.StatusOK { // until the tables are there: the test's own deadline bounds it
	}
	for path, want := range map[string]string{
		"/v1/customers/17":                                "400 parameter_malformed path.customer_id",
		"/v1/customers/" + alice + "?after=x":             "400 parameter_malformed query.after",
		"/v1/customers/" + alice + "?after=1000000":       "503 read_models_behind ",
		"/v1/customers/" + numbered(1):                    "404 not_found ",
		"/v1/customers/" + numbered(1) + "/timeline":      "404 not_found ",
		"/v1/customers/" + alice + "/timeline?limit=0":    "400 parameter_malformed query.limit",
		"/v1/customers/" + alice + "/timeline?limit=1001": "400 parameter_malformed query.limit",
		"/v1/customers/" + alice + "/timeline?cursor=x":   "400 cursor_malformed query.cursor",
		"/v1/customers/" + alice + "/timeline?cursor=-1":  "400 cursor_malformed query.cursor",
		"/v1/segments/none":                               "404 not_found ",
		"/v1/segments/none/members":                       "404 not_found ",
		"/v1/segments/a%00b":                              "404 not_found ",
		"/v1/segments/none/members?on=tomorrow":           "400 parameter_malformed query.on",
		"/v1/segments/none/members?on=2024-02-30":         "400 parameter_malformed query.on",
		"/v1/segments/none/members?cursor=x":              "400 parameter_malformed query.cursor",
		"/v1/loyalty/transitions?reason=%00":              "400 parameter_malformed query.reason",
		"/v1/loyalty/transitions?since=x":                 "400 parameter_malformed query.since",
		"/v1/loyalty/transitions?customer_id=x":           "400 parameter_malformed query.customer_id",
		"/v1/loyalty/transitions?stage=x":                 "400 parameter_malformed query.stage",
	} {
		if got := told(t, f.do("GET", path, "")); got != want {
			t.Errorf("%s\n got %s\nwant %s", path, got, want)
		}
	}
}

func TestReadinessLooksAtTheLogItself(t *testing.T) {
	var full error
	f := newFollowing(t, func(c *api.Config) { c.Writable = func() error { return full } })
	f.must(201, "POST", "/v1/customers", registration)
	f.after("/v1/segments")
	f.must(200, "GET", "/readyz", "")
	full = eventstore.ErrFull
	if a := f.must(503, "GET", "/readyz", ""); !strings.Contains(a.text, "its disk is full") {
		t.Error(a.text)
	}
	full = nil
	f.stop()
	f.must(201, "POST", purchases(alice), bought(1))
	f.must(200, "GET", "/readyz", "") // behind, but it gave a sign a moment ago
	later := time.Now().Add(2 * time.Minute)
	f.now.Store(&later)
	a := f.must(503, "GET", "/readyz", "")
	checks := a.json(t)["checks"].(map[string]any)
	if checks["event_store"].(map[string]any)["ok"] != true || checks["read_models"].(map[string]any)["ok"] != false {
		t.Errorf("got %s", a.text)
	}
	f.must(200, "GET", "/healthz", "")
}

// What the tables say of the log is as old as the last sign of life of whoever kept them.
func TestStandbyKnowsTheLogBetterThanTheTables(t *testing.T) {
	f := newFollowing(t)
	f.must(201, "POST", "/v1/customers", registration)
	f.after("/v1/segments")
	f.must(200, "GET", "/readyz", "")
	f.stop()
	l, err := lease.Open(f.url, lease.Options{Name: "projections", Logic: projections.Logic})
	if err != nil {
		t.Fatal(err)
	}
	held, err := l.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer held.Release()
	standby := followingOver(t, f.store, f.url)
	standby.must(201, "POST", purchases(alice), bought(1))
	var status map[string]any
	for status["state"] == nil || status["state"] == "" { // until the engine waits for the lease
		status = standby.must(200, "GET", "/v1/projections", "").json(t)
	}
	if status["state"] != "standby" || status["head"] != float64(f.head()) || status["position"] == status["head"] ||
		status["lag_events"] == nil || status["lag_events"] == 0.0 {
		t.Errorf("got %v", status)
	}
}

func TestWithoutADatabaseCommandsGoOn(t *testing.T) {
	store := newWorld(t).store
	const nowhere = "postgres://nobody@127.0.0.1:1/none"
	engine := projections.NewEngine(projections.Config{Store: store, Codec: eventstore.NewCodec(), DatabaseURL: nowhere})
	reader, err := projections.NewReader(t.Context(), nowhere, engine)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(reader.Close)
	w := newWorldOver(t, store, func(c *api.Config) {
		c.Reader, c.Engine, c.Limits.Wait = reader, engine, 50*time.Millisecond
	})
	w.must(201, "POST", "/v1/customers", registration)
	for _, path := range []string{"/v1/customers/" + alice, "/v1/customers/" + alice + "?after=1", "/v1/segments",
		"/v1/loyalty/stages", "/v1/projections/checksum"} {
		a := w.do("GET", path, "")
		if got := told(t, a); got != "503 read_models_unavailable " || a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %s", path, got)
		}
	}
	w.must(200, "GET", "/v1/customers/"+alice+"/history", "")
	w.must(200, "GET", "/v1/projections", "")
	w.must(503, "GET", "/readyz", "")
	if got := told(t, w.do("POST", "/v1/projections/rebuild", "")); got != "409 standby " {
		t.Error(got)
	}
}
