package projections

import (
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

func TestDataQuality(t *testing.T) {
	now := time.Date(2024, 2, 1, 12, 0, 0, 0, time.UTC)
	store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem(), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	w := newWorld(t, func(c *Config) { c.Store = store })
	w.store = store
	w.start()
	tell := func(name string, m domain.Metadata, late time.Duration, e domain.Event) {
		t.Helper()
		m.OccurredAt = now.Add(-late)
		p, err := w.codec.Encode(w.ctx, streamOf(name), uuid.New(), e, m)
		if err != nil {
			t.Fatal(err)
		}
		w.propose(streamOf(name), p)
	}
	w.append(business.Stream, "2024-01-01", business.TimeZoneSet{TimeZone: "Asia/Tokyo"})
	person := customer.Registered{Kind: customer.Person}
	known := person
	known.ExternalIDs = []customer.ExternalID{{System: "shop", ID: "1"}}
	shop, desk := domain.Metadata{Source: "shop", Channel: "web", Actor: "cart"}, domain.Metadata{Department: "service"}
	tell("ann", shop, 21*time.Hour+time.Second, known) // in Tokyo, that is January still
	tell("ann", shop, 26*time.Hour, bought(uuid.New(), 100))
	described := bought(uuid.New(), 200)
	described.PaymentMethod = "card"
	described.Lines = append(described.Lines, described.Lines[0])
	described.Lines[0].Name, described.Lines[0].Category, described.Lines[0].UnitCost = "Tea", "drinks", &decimal.One
	tell("bob", shop, -2*time.Hour, described)
	tell("bob", desk, 0, person)
	tell("cid", desk, 3*24*time.Hour, person)
	tell("cid", desk, 3*24*time.Hour-time.Minute, customer.IdentityLinked{Key: identity.Key{Kind: identity.Email, Value: "c@example.org"}})
	tell("dan", desk, 24*time.Hour, person)
	tell("dan", desk, 24*time.Hour+time.Second, customer.IdentityLinked{Key: identity.Key{Kind: identity.External, System: "erp", Value: "4"}})
	w.settle()
	const query = `SELECT source, department, channel, month, events, customers, without_actor, recorded_late,
		recorded_delay_s_median, recorded_delay_s_max, registrations, registrations_without_identity,
		registrations_without_contact, purchases, purchases_without_payment_method, purchase_lines,
		purchase_lines_without_cost, purchase_lines_without_category, purchase_lines_without_name
		FROM data_quality ORDER BY source, month`
	want := `
shop <nil> web 2024-01-01 2 1 0 1 75601 93600 1 0 1 1 1 1 1 1 1
shop <nil> web 2024-02-01 1 1 0 0 0 0 0 0 0 1 0 2 1 1 1
<nil> service <nil> 2024-01-01 4 2 4 3 86401 259200 2 0 1 0 0 0 0 0 0
<nil> service <nil> 2024-02-01 1 1 1 0 0 0 1 1 1 0 0 0 0 0 0`
	expect(t, "live", w.text(query), want)
	sums := w.checksums()
	now = now.Add(time.Hour)
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	expect(t, "rebuilt", w.text(query), want)
	if again := w.checksums(); again["data_quality"] != sums["data_quality"] {
		t.Errorf("live %s, rebuilt %s", sums["data_quality"], again["data_quality"])
	}
}
