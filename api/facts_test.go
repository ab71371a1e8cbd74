package api_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// beyondExamples is what leads, now or when days are closed, to the facts that no example leads to.
var beyondExamples = []struct{ path, body string }{
	{"/attributes", `{"name":"pet","value":"cat","expires_on":"2030-01-31"}`},
	{"/consents", `{"purpose":"research","through":"post","legal_basis":"consent","text_version":"1","expires_on":"2030-01-31"}`},
	{"/campaigns/messages/fates", `{"message_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d31","fate":"delivered"}`},
	{"/campaigns/messages/fates", `{"message_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d31","fate":"opened"}`},
	{"/campaigns/messages", `{"campaign":"harvest","message_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d52"}`},
	{"/campaigns/messages/fates", `{"message_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d52","fate":"bounced"}`},
	{"/campaigns/messages/fates", `{"message_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d31","fate":"unsubscribed"}`},
	{"/purchases", `{"purchase_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d51","currency":"EUR",` +
		`"lines":[{"sku":"tea","quantity":1,"unit_price":"3.5"}]}`},
	{"/points", `{"points":5,"purchase_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d51"}`},
	{"/returns", `{"purchase_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d51","currency":"EUR",` +
		`"lines":[{"sku":"tea","quantity":1,"unit_price":"3.5"}]}`},
	{"/merges/separated", `{"absorbed_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d21"}`},
}

// Everything that can be recorded of a customer can be asked for, and the history of one who has it all tells every
// fact in a line.
func TestOneCustomerWithEveryFact(t *testing.T) {
	w := everyFact(t)
	w.must(201, "POST", "/v1/customers/"+alice+"/erase", `{"reason":"asked"}`)
	missing := map[string]bool{}
	for _, e := range eventstore.Types {
		if _, ok := e.(customer.Event); ok {
			missing[e.EventType()] = true
		}
	}
	h := w.must(200, "GET", "/v1/customers/"+alice+"/history", "").json(t)
	for _, entry := range h["entries"].([]any) {
		e := entry.(map[string]any)
		delete(missing, e["type"].(string))
		if summary := e["summary"].(string); summary == "" || strings.ContainsAny(summary, "{}") {
			t.Errorf("%s is told as %q", e["type"], summary)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		t.Errorf("no %s", name)
	}
}

// everyFact answers a world whose log holds every fact that can be recorded of a customer, all of alice, but that she was erased.
func everyFact(t *testing.T) *world {
	t.Helper()
	store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	now := noon
	w := newWorldOver(t, store, func(c *api.Config) {
		c.Commands = commands.New(&cut{store, math.MaxInt}, eventstore.NewCodec(), commands.Options{ // which announces merges
			Now: func() time.Time { return now }, Purchases: new(world).purchases})
	})
	w.askEverything(&now)
	return w
}

// askEverything asks for what leads to every fact of a customer.
func (w *world) askEverything(now *time.Time) {
	w.t.Helper()
	w.askExamples()
	const bob = "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d50"
	w.must(201, "POST", "/v1/customers", `{"customer_id":"`+bob+`","kind":"person"}`)
	for _, a := range beyondExamples {
		w.must(201, "POST", "/v1/customers/"+alice+a.path, a.body)
	}
	w.must(201, "POST", "/v1/customers/"+bob+"/merges", `{"absorbed_id":"`+alice+`"}`)
	w.must(201, "POST", "/v1/customers/"+bob+"/merges/separated", `{"absorbed_id":"`+alice+`"}`)
	*now = now.AddDate(12, 0, 0)
	w.must(201, "POST", "/v1/calendar/days", `{"date":"2036-01-01"}`)
}
