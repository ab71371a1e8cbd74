package projections

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/commands/commandstest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// Of a customer with every fact that there is, merged into one with as many, nothing personal is left in any table.
func TestNothingPersonalIsLeft(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Announce = true })
	w.start()
	w.closeDay("2024-01-01")
	w.segment("named", 1, `attributes["income"] != "" || "shop" in external_systems`)
	for i, name := range []string{"ann", "anna"} {
		w.append(streamOf(name), "2024-01-02", withSecrets(t, i)...)
	}
	w.append(streamOf("anna"), "2024-01-03", customer.Merged{Into: who("ann")})
	w.closeDay("2024-01-03")
	w.settle()
	if n := len(w.tablesWith(secret)); n < 15 {
		t.Fatalf("only %d tables hold what is personal", n)
	}
	// Where the death of a process comes between the two, she is gone and who stands for her is not.
	w.append(streamOf("anna"), "2024-01-04", customer.Erased{Reason: "asked", SurvivorID: who("ann")})
	w.settle()
	if left := w.tablesWith(secret + "1"); len(left) > 0 {
		t.Errorf("of one who was absorbed something is left in %v", left)
	}
	if n := len(w.tablesWith(secret + "0")); n < 15 {
		t.Errorf("of who stood for her there is something in %d tables only", n)
	}
	w.append(streamOf("ann"), "2024-01-04", customer.Erased{Reason: "asked", SurvivorID: who("ann"),
		AbsorbedIDs: []uuid.UUID{who("anna")}})
	w.settle()
	if left := w.tablesWith(secret); len(left) > 0 {
		t.Errorf("something is left in %v", left)
	}
	expect(t, "erased", w.text("SELECT customer_id = $1, erased_on, external_ids FROM customer_360", [16]byte(who("ann"))),
		`true 2024-01-04 [map[id: system:shop]]`)
	expect(t, "nobody to be called", w.text("SELECT count(*) FROM customer_identity"), "0")
	before := w.checksums()
	w.waitState(stateLive)
	if err := w.engine.Rebuild(context.Background()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, w.checksums()); diff != "" {
		t.Errorf("rebuilt:\n%s", diff)
	}
}

// secret begins whatever is personal in withSecrets, with the number of the customer after it.
const secret = "zzsecret"

// withSecrets answers one of every event of a customer's, as the codec's examples have them, with a secret in
// every personal field. What says who customers are comes from the test; the other ones that are left out make no sense
// of one customer together, and hold nothing personal that is shown.
func withSecrets(t *testing.T, number int) (events []domain.Event) {
	t.Helper()
	codec, n := eventstore.NewCodec(), 0
	for _, known := range eventstore.Types {
		switch known.(type) {
		case customer.Erased, customer.Absorbed, customer.Separated, customer.Merged, customer.SplitOff,
			customer.DataShared, customer.PointsEarned, customer.PointsSpent, customer.PointsReversed, customer.PointsExpired:
			continue
		case customer.Event:
		default:
			continue
		}
		text, err := os.ReadFile(filepath.Join("..", "eventstore", "testdata", known.EventType()+".json"))
		if err != nil {
			t.Fatal(err)
		}
		r, err := codec.Decode(t.Context(), eventstore.Record{Type: known.EventType(), Data: text, Metadata: []byte("{}")})
		if err != nil {
			t.Fatal(err)
		}
		v := reflect.New(reflect.TypeOf(r.Event)).Elem()
		v.Set(reflect.ValueOf(r.Event))
		plant(v, func() string { n++; return fmt.Sprint(secret, number, "-", n) })
		events = append(events, v.Interface().(domain.Event))
	}
	return events
}

// plant sets every personal text within a value.
func plant(v reflect.Value, next func() string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			plant(v.Elem(), next)
		}
	case reflect.Slice:
		for i := range v.Len() {
			plant(v.Index(i), next)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			switch f := v.Type().Field(i); {
			case f.Tag.Get("personal") != "true":
				plant(v.Field(i), next)
			case f.Type.Kind() == reflect.String:
				v.Field(i).SetString(next())
			case f.Type == reflect.TypeFor[[]string]():
				v.Field(i).Set(reflect.ValueOf([]string{next()}))
			}
		}
	}
}

// tablesWith answers the tables of all schemas in which a text stands.
func (w *world) tablesWith(text string) (found []string) {
	w.t.Helper()
	for _, t := range strings.Fields(w.text(`SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
		JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`)) {
		if strings.TrimSpace(w.text("SELECT count(*) FROM "+t+" AS t WHERE t::text LIKE '%' || $1 || '%'", text)) != "0" {
			found = append(found, t)
		}
	}
	return found
}

// What is summed up over customers stays, and so does where each stands.
func TestAnErasureChangesNoFigure(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.PageEvents = 7; c.Memory = 1 })
	w.mergedLife(4, true)
	w.append(streamOf("4"), "2024-10-30", customer.Merged{Into: who("3")})
	w.start()
	figures := func() map[string]string {
		w.settle()
		out := map[string]string{}
		for name, sql := range map[string]string{
			"segments": `SELECT segment, members, orders, gross_revenue_minor, net_revenue_minor, margin_minor FROM segment_kpi
				WHERE segment <> 'known' ORDER BY 1`, // rests on attributes, which are personal
			"cohorts": "SELECT row(c)::text FROM cohort_retention c ORDER BY 1",
			"values":  "SELECT row(v)::text FROM customer_value v ORDER BY 1",
			"rfm":     "SELECT row(r)::text FROM rfm r ORDER BY 1",
			"stages":  "SELECT row(s)::text FROM loyalty_stage_history s ORDER BY 1",
			"clv":     "SELECT row(c)::text FROM clv c ORDER BY 1",
			"equity":  "SELECT row(e)::text FROM customer_equity e ORDER BY 1",
			"demand":  "SELECT row(d)::text FROM demand d ORDER BY 1",
		} {
			if out[name] = w.text(sql); out[name] == "" {
				t.Fatalf("no %s", name)
			}
		}
		return out
	}
	before := figures()
	w.append(streamOf("1"), "2024-10-30", customer.Erased{Reason: "asked"})
	w.append(streamOf("4"), "2024-10-30", customer.Erased{Reason: "asked", SurvivorID: who("3")})
	w.append(streamOf("3"), "2024-10-30", customer.Erased{Reason: "asked", SurvivorID: who("3"), AbsorbedIDs: []uuid.UUID{who("4")}})
	if diff := cmp.Diff(before, figures()); diff != "" {
		t.Errorf("before and after:\n%s", diff)
	}
	expect(t, "erased", w.text("SELECT count(*) FROM customer_summary WHERE erased_on = '2024-10-30' AND name IS NULL"), "2")
}

// What is open of somebody who is erased ends with them, and says so; nothing of it falls due any more.
func TestAnErasureEndsWhatIsOpen(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	id, soon := uuid.UUID{7}, mustDay(t, "2024-01-06")
	email := customer.ConsentKey{Purpose: "marketing", Channel: "email"}
	for _, name := range []string{"ann", "bob"} {
		w.register(name, "2024-01-01")
		w.append(streamOf(name), "2024-01-02",
			customer.CaseOpened{CaseID: id, Type: customer.Complaint, Priority: customer.Normal, OpenedOn: mustDay(t, "2024-01-02"),
				RespondBy: at("2024-01-03"), ResolveBy: at("2024-01-04")},
			customer.PointsEarned{LotID: id, Points: 500, ExpiresOn: &soon},
			customer.OfferProposed{OfferID: id, On: mustDay(t, "2024-01-02"), OfferTerms: customer.OfferTerms{ValidUntil: soon}},
			customer.PromiseMade{PromiseID: id, What: "call", DueOn: soon},
			customer.OpportunityOpened{OpportunityID: id, Stage: "talks", Currency: "EUR", ReportingCurrency: "EUR", On: mustDay(t, "2024-01-02")},
			customer.LeadCaptured{LeadID: id, LeadSource: "fair", At: at("2024-01-02")},
			customer.AssetInstalled{AssetID: id, Model: "lift", InstalledOn: mustDay(t, "2024-01-02")},
			customer.MaintenanceScheduled{MaintenanceID: id, AssetID: id, Component: "rope", DueOn: soon},
			customer.HandedOver{HandoverID: id, From: "sales", To: "service", What: "install"},
			customer.RecommendationIssued{RecommendationID: id, Assignee: "bob", Action: "call", Reason: "quiet", DueOn: soon},
			customer.ConsentGranted{ConsentKey: email, LegalBasis: "consent", TextVersion: "1", GrantedOn: mustDay(t, "2024-01-02"), ExpiresOn: &soon})
	}
	w.closeDay("2024-01-04")
	w.append(streamOf("ann"), "2024-01-05", customer.Erased{Reason: "asked"})
	w.closeDay("2024-01-21")
	w.settle()
	for what, c := range map[string]struct{ sql, ann, bob string }{
		"cases":           {"SELECT state, closed_on FROM case_current", "erased 2024-01-05", "open <nil>"},
		"clocks":          {"SELECT count(due_at), count(running_since) FROM case_clock", "0 0", "2 2"},
		"points":          {"SELECT balance, expired FROM loyalty_account", "0 500", "500 0"},
		"lots":            {"SELECT open_points, expired FROM points_lots", "0 500", "500 0"},
		"movements":       {"SELECT kind, points FROM points_ledger", "earned 500\nerased -500", "earned 500"},
		"offers":          {"SELECT state FROM offer", "erased", "open"},
		"promises":        {"SELECT state, ended_on FROM promises", "erased 2024-01-05", "open <nil>"},
		"opportunities":   {"SELECT state, closed_on FROM opportunity", "erased 2024-01-05", "open <nil>"},
		"leads":           {"SELECT status FROM lead", "erased", "captured"},
		"maintenance":     {"SELECT state FROM maintenance", "erased", "planned"},
		"hand-overs":      {"SELECT erased_on FROM handovers", "2024-01-05", "<nil>"},
		"recommendations": {"SELECT state FROM recommendation", "erased", "open"},
		"consents":        {"SELECT state, since FROM consent_current", "erased 2024-01-05", "granted 2024-01-02"},
		"grants":          {"SELECT valid_to, ended_by FROM consent_history", "2024-01-05 erased", "<nil> <nil>"},
		"what falls due":  {"SELECT due_on FROM customer_summary", "<nil>", "2024-01-03"},
	} {
		for name, want := range map[string]string{"ann": c.ann, "bob": c.bob} {
			expect(t, what+" of "+name, w.text(c.sql+" WHERE customer_id = $1 ORDER BY 1", [16]byte(who(name))), want)
		}
	}
	expect(t, "backlog", w.text("SELECT day, erased, backlog FROM service_kpi_daily ORDER BY 1"), "2024-01-02 0 2\n2024-01-05 1 1")
	expect(t, "pipeline", w.text("SELECT open FROM pipeline_daily ORDER BY day DESC LIMIT 1"), "1")
	expect(t, "leads", w.text("SELECT captured, open FROM lead_funnel"), "2 1")
	expect(t, "complaints", w.text("SELECT complaints, open FROM complaint_recurrence WHERE category IS NULL"), "2 1")
	w.rebuilt()
}

// Whenever somebody is erased in whatever life, all tables are the same after a rebuild, to which nothing personal of them
// can be read from the first event on.
func TestTablesAreTheLogsAfterErasures(t *testing.T) {
	commandstest.Bound(t, 2, 60)
	keys := safe{}
	w := newWorld(t, func(c *Config) { c.Codec = eventstore.NewSealingCodec(keys) })
	w.codec = w.config.Codec
	rapid.Check(t, func(rt *rapid.T) {
		clear(keys)
		store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
		if err != nil {
			rt.Fatal(err)
		}
		defer store.Close()
		service := commands.New(store, w.codec, commands.Options{Now: commandstest.Now})
		w.store, w.config.Store = store, store
		w.config.PageEvents = rapid.SampledFrom([]int{0, 1, 7}).Draw(rt, "events a page")
		w.config.Memory = rapid.SampledFrom([]int{0, 1}).Draw(rt, "customers in memory")
		w.config.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
		w.text("DROP SCHEMA IF EXISTS " + liveSchema + " CASCADE")
		w.start()
		defer w.stop()
		life := commandstest.Begin(rt, store, w.codec, service)
		for _, id := range domaintest.Customers {
			life.Live(rt)
			life.Erase(rt, customer.Stream(id))
		}
		life.Live(rt)
		live := w.settled(rt)
		for _, row := range w.query("SELECT customer_id FROM erasures") {
			keys[row[0].([16]byte)] = true
		}
		w.waitState(stateLive)
		if err := w.engine.Rebuild(context.Background()); err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(live, w.settled(rt)); diff != "" {
			rt.Fatalf("live and rebuilt:\n%s", diff)
		}
	})
}

// safe is a vault whose keys hide nothing, so that what is sealed is the same each time, until they are destroyed: these.
type safe map[uuid.UUID]bool

func (s safe) Key(_ context.Context, customer uuid.UUID) (eventstore.Key, error) {
	return safeKey{s[customer]}, nil
}

func (s safe) Keys(_ context.Context, customers []uuid.UUID) ([]eventstore.Key, error) {
	keys := make([]eventstore.Key, len(customers))
	for i, id := range customers {
		keys[i] = safeKey{s[id]}
	}
	return keys, nil
}

func (s safe) Forget(uuid.UUID) {}

type safeKey struct{ destroyed bool }

func (k safeKey) Seal(plain, _ []byte) ([]byte, error) {
	if k.destroyed {
		return nil, eventstore.ErrKeyDestroyed
	}
	return plain, nil
}

func (k safeKey) Open(sealed, _ []byte) ([]byte, error) { return k.Seal(sealed, nil) }

// An event that was skipped by policy does not stand in the way: it stays skipped.
func TestASkippedEventDoesNotKeepAPerson(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.SkipPoison = true })
	w.start()
	w.register("ann", "2024-01-01")
	w.append(streamOf("ann"), "2024-01-02", customer.DataShared{ShareID: uuid.New()}) // with nobody, which no command yields
	w.settle()
	w.append(streamOf("ann"), "2024-01-03", customer.Erased{Reason: "asked"})
	w.settle()
	expect(t, "skipped", w.text("SELECT type, status, error FROM projection_failures"), "customer.data_shared.v1 skipped erased")
	expect(t, "erased", w.text("SELECT name, erased_on FROM customer_summary"), "<nil> 2024-01-03")
}
