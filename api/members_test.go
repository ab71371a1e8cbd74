package api_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain/access"
)

// Apps are told by what members may be addressed; of who allows nothing, nothing is shown.
func TestMembersComeWithByWhatTheyMayBeAddressed(t *testing.T) {
	f := newFollowing(t)
	f.must(201, "PUT", "/v1/segments/all", `{"rule":"orders >= 0"}`)
	for i, name := range []string{"Ada", "Bob"} {
		customer := "/v1/customers/" + numbered(i)
		f.must(201, "POST", "/v1/customers", `{"customer_id":"`+numbered(i)+`","kind":"person","name":"`+name+`","locale":"en-GB"}`)
		for _, email := range []string{name + "@old.example.com", name + "@example.com"} {
			f.must(201, "POST", customer+"/contact-points", `{"kind":"email","value":"`+email+`","preferred":true}`)
		}
		f.must(201, "POST", customer+"/consents", `{"purpose":"research","through":"phone","legal_basis":"consent","text_version":"1"}`)
	}
	f.must(201, "POST", "/v1/customers/"+numbered(0)+"/consents", `{"purpose":"marketing","through":"email","legal_basis":"consent","text_version":"1"}`)
	reach := map[string]any{}
	for _, m := range list(t, f.after("/v1/segments/all/members?reach=marketing"), "members") {
		r := m.(map[string]any)["reach"].(map[string]any)
		for _, p := range list(t, r, "contact_points") {
			delete(p.(map[string]any), "contact_point_id")
		}
		reach[r["name"].(string)] = r
	}
	point := func(email string, preferred bool) any {
		return map[string]any{"kind": "email", "value": email, "preferred": preferred, "verified_on": nil}
	}
	want := map[string]any{
		"Ada": map[string]any{"name": "Ada", "locale": "en-GB", "channels": []any{"email"},
			"contact_points": []any{point("ada@example.com", true), point("ada@old.example.com", false)}},
		"Bob": map[string]any{"name": "Bob", "locale": "en-GB", "channels": []any{}, "contact_points": []any{}},
	}
	if diff := cmp.Diff(want, reach); diff != "" {
		t.Error(diff)
	}
	if m := list(t, f.after("/v1/segments/all/members"), "members")[0].(map[string]any); m["reach"] != nil {
		t.Errorf("without being asked for: %v", m)
	}
	_, root := f.issue("", "root", access.Admin, "")
	_, analyst := f.issue(root, "ann", access.Analyst, "")
	if got := told(t, f.do("GET", "/v1/segments/all/members?reach=marketing", "", as(analyst)...)); got != "403 role_forbids query.reach" {
		t.Errorf("an analyst: %s", got)
	}
	if got := told(t, f.do("GET", "/v1/segments/all/members?reach=Marketing", "", as(root)...)); got != "400 parameter_malformed query.reach" {
		t.Errorf("what is no purpose: %s", got)
	}
}

// Entries of the timeline name what they tell of.
func TestTheTimelineNamesWhatItTellsOf(t *testing.T) {
	f := newFollowing(t)
	f.must(201, "POST", "/v1/customers", registration)
	opened := f.must(201, "POST", "/v1/customers/"+alice+"/cases", `{"type":"question","subject":"Where is it?"}`).json(t)
	var ids []any
	for _, e := range list(t, f.after("/v1/customers/"+alice+"/timeline"), "entries") {
		ids = append(ids, e.(map[string]any)["ids"])
	}
	if diff := cmp.Diff([]any{map[string]any{"case_id": opened["case_id"]}, map[string]any{}}, ids[len(ids)-2:]); diff != "" {
		t.Error(diff)
	}
}

// Names that are spelt alike are found where the database has pg_trgm; elsewhere those that begin so.
func TestNamesThatAreSpeltAlike(t *testing.T) {
	f := newFollowing(t)
	for i, name := range []string{"Ada Lovelace", "Ada Lovelock", "Grace Hopper"} {
		f.must(201, "POST", "/v1/customers", `{"customer_id":"`+numbered(i)+`","kind":"person","name":"`+name+`"}`)
	}
	found := func(name string) (names []string) {
		for _, c := range list(t, f.after("/v1/customers?fields=name&name_like="+name), "customers") {
			names = append(names, c.(map[string]any)["name"].(string))
		}
		slices.Sort(names)
		return names
	}
	if got := append(found("ada"), found("lovelase")...); !slices.Equal(got, []string{"Ada Lovelace", "Ada Lovelock"}) {
		t.Errorf("by how they begin: %v", got)
	}
	conn, err := pgx.Connect(t.Context(), f.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), `CREATE EXTENSION pg_trgm WITH SCHEMA public;
		CREATE INDEX ON crm.customer_summary USING gin (lower(name) public.gin_trgm_ops)`); err != nil {
		t.Fatal(err)
	}
	if got := found("ada%20lovelase"); !slices.Equal(got, []string{"Ada Lovelace", "Ada Lovelock"}) {
		t.Errorf("spelt alike: %v", got)
	}
	if got := found("Hoper"); !slices.Equal(got, []string{"Grace Hopper"}) {
		t.Errorf("a part that is spelt alike: %v", got)
	}
}
