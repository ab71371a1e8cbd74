package webhook_test

import (
	"encoding/json"
	"errors"
	"strings"
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
