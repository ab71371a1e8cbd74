package projections

import (
	"testing"
	"time"

	"github.com/rapport-crm/rapport/domain/subscription"
)

func TestSubscriptions(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	terms := subscription.Terms{URL: "https://shop.example.com/events", Types: []string{"customer.*", "rapport.*"}}
	at := subscription.Stream("shop")
	w.append(at, "2024-01-01", subscription.Published{Subscription: "shop", Version: 1, Secret: 1, Terms: terms})
	w.settle()
	terms.Rule = "orders >= 2"
	w.append(at, "2024-01-02", subscription.Published{Subscription: "shop", Version: 2, Title: "Shop", Secret: 1, Terms: terms})
	w.append(at, "2024-01-02", subscription.SecretRotated{Subscription: "shop", Version: 2, Secret: 2,
		PreviousUntil: time.Date(2024, 1, 3, 0, 0, 0, 0, time.UTC)})
	w.append(at, "2024-01-03", subscription.Retired{Subscription: "shop", Version: 2})
	w.settle()
	expect(t, "subscriptions", w.text(`SELECT version, title, url, types::text, rule, secret,
		to_char(previous_secret_until AT TIME ZONE 'UTC', 'YYYY-MM-DD'), published_on, retired_on FROM subscriptions ORDER BY version`), `
1 <nil> https://shop.example.com/events ["customer.*", "rapport.*"] <nil> 1 <nil> 2024-01-01 <nil>
2 Shop https://shop.example.com/events ["customer.*", "rapport.*"] orders >= 2 2 2024-01-03 2024-01-02 2024-01-03`)
}

// Whoever subscribes is told what the read models find out from then on, and nobody before and after.
func TestWhoSubscribesIsTold(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.waitState(stateLive)
	w.ladder()
	w.segment("once", 1, "orders == 1")
	buys := func(name string) {
		w.register(name, "2024-01-02")
		w.settle() // what is announced is what a page changed
		w.buys(name, "2024-01-02", 100)
	}
	buys("ann")
	w.settle()
	w.append(subscription.Stream("shop"), "2024-01-02", subscription.Published{Subscription: "shop", Version: 1, Secret: 1,
		Terms: subscription.Terms{URL: "https://a", Types: []string{"*"}}})
	buys("bob")
	w.settle()
	w.append(subscription.Stream("shop"), "2024-01-02", subscription.Retired{Subscription: "shop", Version: 1})
	w.settle()
	buys("cid")
	w.settle()
	expect(t, "announced", w.text("SELECT type, data->>'segment', data->>'to' FROM integration.outbox WHERE subject = '"+
		who("bob").String()+"' ORDER BY seq"), "rapport.stage.changed.v1 <nil> prospect\nrapport.segment.entered.v1 once <nil>\nrapport.stage.changed.v1 <nil> customer")
	expect(t, "about others", w.text("SELECT count(*) FROM integration.outbox WHERE subject <> '"+who("bob").String()+"'"), "0")
}
