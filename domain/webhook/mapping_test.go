package webhook_test

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/webhook"
)

func TestMapping(t *testing.T) {
	ann := customer.IDFrom(customer.ExternalID{System: "shop", ID: "7"}).String()
	for name, c := range map[string]struct{ key, commands, payload, want string }{
		"an order with its lines": {"payload.order.id",
			`[{"command": "record_purchase", "customer_id": customer_id("shop", string(payload.customer)),
				"occurred_at": timestamp(payload.created), "reference": payload.order.id, "currency": payload.?currency.orValue("EUR"),
				"lines": payload.order.items.map(i, {"sku": i.sku, "quantity": i.n, "unit_price": major(i.cents, 2), "weight": i.kg})}]`,
			`{"customer":7,"created":1700000000,"order":{"id":"A-1","items":[{"sku":"tea","n":2,"cents":1205,"kg":0.5}]}}`,
			`A-1 [{"command":"record_purchase","currency":"EUR","customer_id":"` + ann + `","lines":[{"quantity":2,"sku":"tea",` +
				`"unit_price":"12.05","weight":0.5}],"occurred_at":"2023-11-14T22:13:20Z","reference":"A-1"}]`},
		"nothing that concerns us": {"payload.id", `payload.type == "order" ? [{"command": "x"}] : []`, `{"id":12,"type":"ping"}`, `12 []`},
		"an id in a header":        {`headers["x-delivery"]`, "payload", `[{"a":null,"b":true,"c":1.0}]`, `d-1 [{"a":null,"b":true,"c":1}]`},
		"a number without end":     {"payload.id", "[]", `{"id":123456789012345678901}`, `123456789012345678901 []`},
	} {
		m, err := webhook.Compile(c.key, c.commands)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := m.Map(t.Context(), []byte(c.payload), map[string]string{"x-delivery": "d-1"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		commands, err := json.Marshal(append([]map[string]any{}, got.Commands...))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got.Key+" "+string(commands)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestPayloadsThatMakeNoSense(t *testing.T) {
	for name, c := range map[string]struct {
		key, commands, payload string
		want                   error
		says                   string
	}{
		"no JSON":           {"'k'", "[]", `{`, webhook.ErrPayload, ""},
		"two values":        {"'k'", "[]", `{} {}`, webhook.ErrPayload, ""},
		"no id":             {"payload.id", "[]", `{}`, webhook.ErrUnmappable, "key: no such key: id"},
		"an empty id":       {"payload.id", "[]", `{"id":""}`, webhook.ErrUnmappable, "a text of 1 to 128 bytes"},
		"an id too long":    {"payload.id", "[]", `{"id":"` + strings.Repeat("i", 129) + `"}`, webhook.ErrUnmappable, "a text of 1 to 128 bytes"},
		"an id that is one": {"payload.id", "[]", `{"id":true}`, webhook.ErrUnmappable, "a text of 1 to 128 bytes"},
		"no list":           {"'k'", "payload", `{}`, webhook.ErrUnmappable, "commands: they are a list"},
		"too many":          {"'k'", "payload", "[" + strings.Repeat("{},", webhook.MaxCommands) + "{}]", webhook.ErrUnmappable, "at most 1000"},
		"no object":         {"'k'", "payload", `[{},1]`, webhook.ErrUnmappable, "number 2 is not an object"},
		"bytes":             {"'k'", "[{'a': b'x'}]", `{}`, webhook.ErrUnmappable, "bytes has no place in a command"},
		"no number":         {"'k'", "[{'a': 0.0 / 0.0}]", `{}`, webhook.ErrUnmappable, "double has no place in a command"},
		"numbered members":  {"'k'", "[{1: 2}]", `{}`, webhook.ErrUnmappable, "named by a text, not by int"},
		"digits":            {"'k'", "[{'a': major(1, 99)}]", `{}`, webhook.ErrUnmappable, "commands:"},
		"digits without end": {"'k'", "[{'a': '%.100f'.format([payload.n]).replace('0', payload.long)}]",
			`{"n":1.0,"long":"` + strings.Repeat("l", 100_000) + `"}`, webhook.ErrUnmappable, "replace would make"},
		"work without end": {"'k'", "payload.map(a, payload.map(b, payload.map(c, a + b + c)))",
			"[" + strings.Repeat("1,", 300) + "1]", webhook.ErrUnmappable, "actual cost limit exceeded"},
	} {
		m, err := webhook.Compile(c.key, c.commands)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := m.Map(t.Context(), []byte(c.payload), nil); !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want %v: %s", name, err, c.want, c.says)
		}
	}
}

// A mapping never takes more memory than a few times the largest payload, however its texts multiply.
func TestTextsThatMultiply(t *testing.T) {
	note := strings.Repeat("n", 900_000)
	items := "[" + strings.Repeat(`{"name":"i"},`, 299) + `{"name":"i"}]`
	payload := `{"note":"` + note + `","items":` + items + `}`
	for name, c := range map[string]struct{ commands, says string }{
		"joined to each":     {"payload.items.map(i, {'note': payload.note + i.name})", "cost limit exceeded"},
		"joined to itself":   {"[{'note': payload.items.map(i, payload.note).join(',')}]", "join would make"},
		"by a known type":    {"payload.items.map(i, {'note': string(payload.note) + string(i.name)})", "cost limit exceeded"},
		"replaced":           {"[{'note': payload.note.replace('n', payload.note)}]", "replace would make"},
		"between":            {"[{'note': payload.note.replace('', payload.note)}]", "replace would make"},
		"formatted":          {"[{'note': '" + strings.Repeat("%s", 60) + "'.format([" + strings.TrimSuffix(strings.Repeat("payload.note,", 60), ",") + "])}]", "format would make"},
		"split":              {"payload.items.map(i, {'note': payload.note.split('')})", "cost limit exceeded"},
		"used often":         {"payload.items.map(i, {'note': payload.note})", "the answer has more than"},
		"used often, nested": {"[{'a': payload.items.map(i, payload.items.map(i, payload.items))}]", "cost limit exceeded"},
		"compared":           {"payload.items.filter(i, payload.items.exists(j, payload == payload))", ""},
	} {
		m, err := webhook.Compile("'k'", c.commands)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err = m.Map(t.Context(), []byte(payload), nil)
		runtime.ReadMemStats(&after)
		if c.says != "" && (!errors.Is(err, webhook.ErrUnmappable) || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v; want: %s", name, err, c.says)
		}
		if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 150 {
			t.Errorf("%s took %d MiB", name, took)
		}
	}
}

func TestLargeLiterals(t *testing.T) {
	ones := strings.TrimSuffix(strings.Repeat("1,", 65), ",")
	if _, err := webhook.Compile("'k'", "payload.map(i, {'a': ["+ones+"]})"); err == nil || !strings.Contains(err.Error(), "65 members") {
		t.Errorf("a list of 65: %v", err)
	}
}

// Deliveries of one webhook are evaluated one after the other, and few may wait.
func TestDeliveriesTakeTurns(t *testing.T) {
	m, err := webhook.Compile("'k'", "payload.map(i, payload.map(j, i + j)).filter(l, false)")
	if err != nil {
		t.Fatal(err)
	}
	payload := []byte("[" + strings.Repeat("1,", 200) + "1]")
	var busy, mapped atomic.Int64
	var all sync.WaitGroup
	start := make(chan struct{})
	for range 200 {
		all.Go(func() {
			<-start
			switch _, err := m.Map(t.Context(), payload, nil); {
			case errors.Is(err, webhook.ErrBusy):
				busy.Add(1)
			case err != nil:
				t.Error(err)
			default:
				mapped.Add(1)
			}
		})
	}
	close(start)
	all.Wait()
	if mapped.Load() == 0 || mapped.Load()+busy.Load() != 200 {
		t.Errorf("%d mapped, %d refused", mapped.Load(), busy.Load())
	}
	if _, err := m.Map(t.Context(), payload, nil); err != nil {
		t.Errorf("after all that: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Map(ended, payload, nil); !errors.Is(err, context.Canceled) && !errors.Is(err, webhook.ErrUnmappable) {
		t.Errorf("for a caller who is gone: %v", err)
	}
}
