package api_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/domain/customer"
)

const (
	hookSecret = "correct horse battery"
	hookTerms  = `"secret":"SHOP","signature":{"header":"X-Signature","encoding":"hex","timestamp_header":"X-Time"},"key":"payload.id"`
	// An order registers its customer, too; other kinds of payload mean nothing.
	hookCommands = `payload.kind != 'order' ? [] : [` +
		`{'command': 'register_customer', 'body': {'kind': 'person', 'external_ids': [{'system': 'shop', 'id': payload.who}]}}, ` +
		`{'command': 'record_purchase', 'customer_id': customer_id('shop', payload.who), 'currency': 'EUR', ` +
		`'lines': payload.items.map(i, {'sku': i.sku, 'quantity': i.n, 'unit_price': major(i.cents, 2)})}]`
)

// hookWorld is a world whose clock tests set, with a webhook of a shop.
func hookWorld(t *testing.T, terms string, adjust ...func(*api.Config)) (*world, *time.Time) {
	t.Helper()
	now := noon
	w := newWorld(t, append([]func(*api.Config){func(c *api.Config) {
		c.Now = func() time.Time { return now }
		c.Secrets = func(name string) []string {
			if name != "SHOP" {
				return nil
			}
			return []string{"an older one of theirs", hookSecret}
		}
	}}, adjust...)...)
	w.must(201, "PUT", "/v1/webhooks/shop", "{"+terms+"}")
	return w, &now
}

func commandsOf(expression string) string { return `,"commands":"` + expression + `"` }

// signed answers the headers of a delivery.
func signed(payload string, at time.Time) []string {
	mac := hmac.New(sha256.New, []byte(hookSecret))
	fmt.Fprintf(mac, "%d.%s", at.Unix(), payload)
	return []string{fmt.Sprintf("X-Time: %d", at.Unix()), "X-Signature: " + hex.EncodeToString(mac.Sum(nil))}
}

func (w *world) deliver(payload string) answer {
	w.t.Helper()
	return w.do("POST", "/v1/hooks/shop", payload, signed(payload, noon)...)
}

const order = `{"id":"e-1","kind":"order","who":"7","items":[{"sku":"tea","n":2,"cents":350}]}`

func TestDeliveriesAreCarriedOutOnce(t *testing.T) {
	w, _ := hookWorld(t, hookTerms+commandsOf(hookCommands))
	first := w.deliver(order)
	id := customer.IDFrom(customer.ExternalID{System: "shop", ID: "7"}).String()
	if first.StatusCode != 201 || strings.Count(first.text, `"status":201`) != 2 || !strings.Contains(first.text, id) {
		t.Fatalf("%d %s", first.StatusCode, first.text)
	}
	w.unchanged(func() {
		if again := w.deliver(order); again.StatusCode != 200 || strings.Count(again.text, `"status":200`) != 2 {
			t.Errorf("again: %d %s", again.StatusCode, again.text)
		}
		if ping := w.deliver(`{"id":"e-2","kind":"ping"}`); ping.StatusCode != 204 || ping.text != "" {
			t.Errorf("ping: %d %s", ping.StatusCode, ping.text)
		}
	})
	entries := w.must(200, "GET", "/v1/customers/"+id+"/history", "").json(t)["entries"].([]any)
	purchase := entries[1].(map[string]any)
	if source := purchase["metadata"].(map[string]any)["source"]; source != "shop" || len(entries) != 2 {
		t.Errorf("recorded %v", entries)
	}
	other := w.must(201, "POST", "/v1/hooks/shop", strings.Replace(order, "e-1", "e-3", 1),
		signed(strings.Replace(order, "e-1", "e-3", 1), noon)...)
	if !strings.Contains(other.text, `"status":200`) || !strings.Contains(other.text, `"status":201`) {
		t.Errorf("a second order: %s", other.text)
	}
}

func TestDeliveriesThatAreRefusedLeaveNothing(t *testing.T) {
	w, _ := hookWorld(t, hookTerms+commandsOf(hookCommands))
	w.must(201, "PUT", "/v1/webhooks/bank", "{"+strings.Replace(hookTerms, "SHOP", "BANK", 1)+commandsOf("[]")+"}")
	w.must(201, "PUT", "/v1/webhooks/old", "{"+hookTerms+commandsOf("[]")+"}")
	w.must(201, "DELETE", "/v1/webhooks/old", "")
	w.must(201, "PUT", "/v1/webhooks/days", "{"+hookTerms+commandsOf(`[{'command': 'close_day', 'date': '2024-04-01'}]`)+"}")
	w.must(201, "PUT", "/v1/webhooks/goods", "{"+hookTerms+commandsOf(`[{'command': 'delist_product', 'sku': 'tea'}]`)+"}")
	w.must(201, "PUT", "/v1/webhooks/half", "{"+hookTerms+commandsOf(`[{'command': 'register_customer', 'kind': 'person'}, {'command': 'x'}]`)+"}")
	w.must(201, "PUT", "/v1/webhooks/nosy", "{"+strings.Replace(hookTerms, "payload.id", "headers['authorization']", 1)+commandsOf("[]")+"}")
	for _, c := range []struct {
		name, hook, payload string
		headers             []string
		status              int
		code                string
	}{
		{"no such webhook", "shoes", order, signed(order, noon), 404, "webhook_unknown"},
		{"a name that is none", "Shop", order, signed(order, noon), 404, "webhook_unknown"},
		{"a retired one", "old", order, signed(order, noon), 404, "webhook_unknown"},
		{"no signature", "shop", order, nil, 401, "delivery_unsigned"},
		{"another's signature", "shop", order, signed(order+" ", noon), 401, "signature_wrong"},
		{"too old", "shop", order, signed(order, noon.Add(-301*time.Second)), 401, "signature_time_off"},
		{"a secret that the server has not got", "bank", order, signed(order, noon), 503, "webhook_secret_missing"},
		{"no JSON", "shop", "{", signed("{", noon), 400, "json_malformed"},
		{"another media type", "shop", order, append(signed(order, noon), "Content-Type: text/plain"), 415, "media_type_unsupported"},
		{"too large", "shop", strings.Repeat(" ", 1<<20+1), nil, 413, "body_too_large"},
		{"a payload of another kind", "shop", `{"id":1}`, signed(`{"id":1}`, noon), 422, "payload_unmappable"},
		{"a command that is no app's", "days", `{"id":1}`, signed(`{"id":1}`, noon), 403, "role_forbids"},
		{"a command that is not of a customer", "goods", `{"id":1}`, signed(`{"id":1}`, noon), 422, "command_not_of_a_customer"},
		{"a look at credentials", "nosy", "{}", append(signed("{}", noon), "Authorization: Bearer of keys"), 422, "payload_unmappable"},
		{"one command that is none", "half", `{"id":1}`, signed(`{"id":1}`, noon), 400, "command_unknown"},
	} {
		w.unchanged(func() {
			a := w.do("POST", "/v1/hooks/"+c.hook, c.payload, c.headers...)
			if a.StatusCode != c.status || a.json(t)["code"] != c.code {
				t.Errorf("%s: %d %s", c.name, a.StatusCode, a.text)
			}
			if strings.Contains(a.text+w.logged.String(), hookSecret) {
				t.Errorf("%s: the secret is told", c.name)
			}
		})
	}
}

func TestTheFirstRefusalIsTheAnswer(t *testing.T) {
	w, _ := hookWorld(t, hookTerms+commandsOf(hookCommands))
	a := w.deliver(strings.Replace(order, `"n":2`, `"n":-2`, 1))
	if a.StatusCode != 422 || !strings.HasPrefix(a.json(t)["detail"].(string), "command 2 of 2: ") {
		t.Errorf("%d %s", a.StatusCode, a.text)
	}
}

func TestDeliveriesArePaced(t *testing.T) {
	w, now := hookWorld(t, hookTerms+commandsOf("[]")+`,"per_minute":2`)
	take := func(want int) answer {
		t.Helper()
		return w.must(want, "POST", "/v1/hooks/shop", `{"id":1}`, signed(`{"id":1}`, *now)...)
	}
	take(204)
	take(204)
	if a := take(429); a.Header.Get("Retry-After") != "31" {
		t.Errorf("try again after %s s", a.Header.Get("Retry-After"))
	}
	*now = now.Add(30 * time.Second)
	take(204)
	take(429)
	w.must(201, "PUT", "/v1/webhooks/shop", "{"+hookTerms+commandsOf("[]")+`,"per_minute":3}`)
	take(429) // a new version does not begin anew
	*now = now.Add(time.Hour)
	for range 3 {
		take(204)
	}
	take(429)
}

// A mapping that joins a long text to each of many things is refused before it takes the memory.
func TestDeliveriesThatMultiply(t *testing.T) {
	w, _ := hookWorld(t, hookTerms+commandsOf("payload.items.map(i, {'command': 'register_customer', 'note': payload.note + i.name})"))
	payload := `{"id":"e-1","note":"` + strings.Repeat("n", 900_000) + `","items":[` +
		strings.TrimSuffix(strings.Repeat(`{"name":"tea"},`, 300), ",") + `]}`
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if a := w.deliver(payload); a.StatusCode != 422 || !strings.Contains(a.text, "payload_unmappable") {
		t.Errorf("%d %s", a.StatusCode, a.text)
	}
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 150 {
		t.Errorf("it took %d MiB", took)
	}
}

func TestWebhooksAreSeenWithoutTheirSecret(t *testing.T) {
	w, _ := hookWorld(t, hookTerms+commandsOf("[]"))
	a := w.must(200, "GET", "/v1/webhooks/shop", "")
	if got := a.json(t); got["secret"] != "SHOP" || got["secret_known"] != true || got["version"] != 1.0 || got["per_minute"] != 600.0 {
		t.Errorf("%v", got)
	}
	w.must(404, "GET", "/v1/webhooks/bank", "")
	if strings.Contains(a.text, hookSecret) {
		t.Error("the secret is told")
	}
}
