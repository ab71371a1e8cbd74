package api_test

import (
	"crypto/rand"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/projections/queries"
)

// planted is what all personal data of alice begin with.
const planted = "planted value "

// ofAttribute is a rule whose evidence is personal.
const ofAttribute = `attributes["income"] != ""`

// plantedLog answers a log that holds every fact of alice, in which all that is personal is planted. She is in a
// segment, on a stage and in a tier for personal reasons.
func plantedLog(t *testing.T) eventstore.Store {
	t.Helper()
	from := everyFact(t)
	for _, department := range []string{"sales", "service"} {
		from.must(201, "POST", "/v1/customers/"+alice+"/attributes", `{"name":"income","value":"`+department+`","department":"`+department+`"}`)
	}
	rule := marshal(t, ofAttribute)
	from.must(201, "PUT", "/v1/segments/housed", `{"rule":`+rule+`}`)
	from.must(201, "POST", "/v1/customers/"+alice+"/contact-points", `{"kind":"post","address":{"street":"High Street 1",`+
		`"more":"c/o Bob","postal_code":"AB1","city":"Anytown","region":"Kent","country":"GB"}}`)
	from.must(201, "PUT", "/v1/policies/ladder", `{"ladder":{"stages":[{"name":"housed","rule":`+rule+`},{"name":"known","rule":"true"}]}}`)
	from.must(201, "PUT", "/v1/policies/tiers", `{"tiers":{"stages":[{"name":"housed","rule":`+rule+`},{"name":"known","rule":"true"}]}}`)
	to, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { to.Close() })
	codec := eventstore.NewCodec()
	for record, err := range from.store.ReadAll(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		r, err := codec.Decode(t.Context(), record)
		if err != nil {
			t.Fatal(err)
		}
		if r.Stream == value.Stream {
			continue // it was fitted to what others bought
		}
		e := reflect.New(reflect.TypeOf(r.Event)).Elem()
		e.Set(reflect.ValueOf(r.Event))
		plant(e)
		p, err := codec.Encode(t.Context(), r.Stream, r.ID, e.Interface().(domain.Event), r.Metadata)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Append(t.Context(), r.Stream, eventstore.Any, []eventstore.Proposed{p}); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// plant fills what is tagged personal, at any depth.
func plant(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			plant(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			plant(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			switch field := v.Field(i); {
			case v.Type().Field(i).Tag.Get("personal") != "true":
				if field.CanSet() {
					plant(field)
				}
			case field.Kind() == reflect.String:
				field.SetString(planted + rand.Text())
			default:
				field.Set(reflect.ValueOf([]string{planted + rand.Text()}))
			}
		}
	}
}

// What is sealed in the log stands in columns that say so, and in no others.
func TestPersonalColumnsSaySo(t *testing.T) {
	f := followingOver(t, plantedLog(t), postgrestest.Database(t))
	f.after("/v1/segments")
	var said, found []string
	for _, each := range list(t, f.must(200, "GET", "/v1/tables", "").json(t), "tables") {
		table := each.(map[string]any)
		name := table["name"].(string)
		rows, err := csv.NewReader(strings.NewReader(f.must(200, "GET", "/v1/tables/"+name+".csv", "").text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range list(t, table, "columns") {
			column := c.(map[string]any)
			if column["personal"].(bool) {
				said = append(said, name+"."+column["name"].(string))
			}
			if slices.ContainsFunc(rows[1:], func(row []string) bool { return strings.Contains(row[i], planted) }) {
				found = append(found, name+"."+column["name"].(string))
			}
		}
	}
	if diff := cmp.Diff(said, found); diff != "" {
		t.Errorf("personal columns (-said +found):\n%s", diff)
	}
}

// impersonal are the queries that show no personal data, and so are not recorded.
var impersonal = []string{
	"/docs",
	"/healthz",
	"/metrics",
	"/openapi-3.0.json",
	"/openapi-3.0.yaml",
	"/openapi.json",
	"/openapi.yaml",
	"/readyz",
	"/v1/customers/{customer_id}/erasure", // when and why, as a code
	"/v1/customers/{customer_id}/reads",   // who looked, not at what
	"/v1/events",                          // without what is personal
	"/v1/guidance",
	"/v1/guidance/{name}",
	"/v1/loyalty/stages",
	"/v1/policies/costs",
	"/v1/policies/ladder",
	"/v1/policies/phones",
	"/v1/policies/price_bands",
	"/v1/policies/retention",
	"/v1/policies/retention/preview",
	"/v1/policies/rfm",
	"/v1/policies/service",
	"/v1/policies/tiers",
	"/v1/products",
	"/v1/products/{sku}",
	"/v1/projections",
	"/v1/projections/checksum",
	"/v1/projections/failures",
	"/v1/projections/gaps",
	"/v1/projections/verification",
	"/v1/proof",
	"/v1/proof/consistency",
	"/v1/proof/heads",
	"/v1/proof/key",
	"/v1/proof/leaves",
	"/v1/rules/facts",
	"/v1/segments",
	"/v1/segments/{name}",
	"/v1/tables",
	"/v1/tokens",
	"/v1/value/model",
	"/v1/webhooks/{webhook}",
	"/v1/whoami",
}

// impersonalLists are the lists whose items hold nothing personal.
var impersonalLists = []string{"breakdowns", "campaign-memberships", "campaigns", "consents", "maintenance", "merges", "messages", "points",
	"purchases", "questionnaires", "receivables", "referrals", "relationships", "subscriptions", "surveys", "tier", "webhooks"}

// needed are the parameters that queries cannot do without.
var needed = map[string]string{
	"/v1/rules/preview":              "?rule=" + url.QueryEscape(ofAttribute),
	"/v1/policies/retention/preview": "?segment=housed&after_days=0",
}

// nameOfList returns which list is served at a path; empty where none is.
func nameOfList(path string) string {
	for _, l := range queries.All() {
		for _, at := range []string{ofCustomer + l.Name, "/v1/" + l.Plural()} {
			if path == at || strings.HasPrefix(path, at+"/{") && l.Name != "customers" && path != "/v1/webhooks/{webhook}" {
				return l.Name
			}
		}
	}
	return ""
}

const ofCustomer = "/v1/customers/{customer_id}/"

// filled returns a path with what stands for its parameters: names that are known, else those of the first item of the list.
func (f *following) filled(t *testing.T, path string, known *strings.Replacer, name string) string {
	path = known.Replace(path)
	list, rest, found := strings.Cut(path, "/{")
	if !found {
		return path
	}
	var page map[string][]map[string]any
	if a := f.do("GET", list, ""); strings.HasPrefix(rest, "name}") || json.Unmarshal([]byte(a.text), &page) != nil {
		return strings.ReplaceAll(path, "{name}", name)
	}
	for _, items := range page {
		for column, value := range items[0] {
			path = strings.ReplaceAll(path, "{"+column+"}", url.PathEscape(fmt.Sprint(value)))
		}
	}
	return path
}

// A query shows nothing personal unless it says so, and then it leaves a trace.
func TestEveryQuerySaysWhetherItShowsPersonalData(t *testing.T) {
	f := followingOver(t, plantedLog(t), postgrestest.Database(t))
	f.after("/v1/segments")
	var silent []string
	for _, r := range routesOf(t, f.world) {
		if r.Method != "GET" {
			continue
		}
		if named := nameOfList(r.Path); !r.Discloses && !slices.Contains(impersonalLists, named) {
			silent = append(silent, r.Path)
		}
		name := "housed"
		if strings.HasPrefix(r.Path, "/v1/tables") {
			name = "customer_360"
		}
		path := f.filled(t, r.Path, strings.NewReplacer("{customer_id}", alice, "{webhook}", "shop", "{subscription}", "desk", "{sku}", "lamp"), name)
		path += needed[r.Path]
		before := f.head()
		a := f.do("GET", path, "")
		shows, leaves := strings.Contains(a.text, planted), f.head() > before
		if shows && !r.Discloses || leaves != (r.Discloses && a.StatusCode == 200) {
			t.Errorf("%s is answered %s and says that it shows personal data: %t; it does: %t, and leaves a trace: %t",
				path, a.Status, r.Discloses, shows, leaves)
		}
	}
	slices.Sort(silent)
	if diff := cmp.Diff(impersonal, silent); diff != "" {
		t.Errorf("queries that show no personal data: %s", diff)
	}
}
