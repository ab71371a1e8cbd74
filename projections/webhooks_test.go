package projections

import (
	"testing"

	"github.com/rapport-crm/rapport/domain/webhook"
)

func TestWebhooks(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	terms := webhook.Terms{Secret: "SHOP", Key: "payload.id", Commands: "[]", PerMinute: 600}
	w.append(webhook.Stream("shop"), "2024-01-01", webhook.Published{Webhook: "shop", Version: 1, Terms: terms})
	w.settle()
	terms.PerMinute = 60
	w.append(webhook.Stream("shop"), "2024-01-02", webhook.Published{Webhook: "shop", Version: 2, Title: "Shop", Terms: terms})
	w.append(webhook.Stream("shop"), "2024-01-03", webhook.Retired{Webhook: "shop", Version: 2})
	w.settle()
	expect(t, "webhooks", w.text(`SELECT webhook, version, title, secret, key, commands, per_minute, published_on, retired_on
		FROM webhooks ORDER BY version`), `
shop 1 <nil> SHOP payload.id [] 600 2024-01-01 <nil>
shop 2 Shop SHOP payload.id [] 60 2024-01-02 2024-01-03`)
}
