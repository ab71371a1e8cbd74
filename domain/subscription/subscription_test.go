package subscription_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/domain/subscription"
)

var terms = subscription.Terms{URL: "https://shop.example.com/events", Types: []string{"customer.case_*", subscription.SegmentEntered},
	Rule: "orders >= 2"}

func publish(change func(*subscription.Publish)) subscription.Publish {
	c := subscription.Publish{Subscription: "shop", Title: "Shop", Terms: terms}
	change(&c)
	return c
}

func stories() []domaintest.Story[subscription.State, subscription.Needs] {
	type story = domaintest.Story[subscription.State, subscription.Needs]
	same := func(*subscription.Publish) {}
	first := subscription.Published{Subscription: "shop", Version: 1, Title: "Shop", Secret: 1, Terms: terms}
	rotated := subscription.SecretRotated{Subscription: "shop", Version: 1, Secret: 2, PreviousUntil: time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)}
	retired := subscription.Retired{Subscription: "shop", Version: 1}
	other := terms
	other.Rule = ""
	all := []story{
		{Name: "the first version", When: publish(same), Then: []subscription.Event{first}},
		{Name: "the same again", Given: []subscription.Event{first}, When: publish(same)},
		{Name: "about everybody", Given: []subscription.Event{first, rotated}, When: publish(func(c *subscription.Publish) { c.Rule = "" }),
			Then: []subscription.Event{subscription.Published{Subscription: "shop", Version: 2, Title: "Shop", Secret: 2, Terms: other}}},
		{Name: "published again after its end", Given: []subscription.Event{first, retired}, When: publish(same),
			Then: []subscription.Event{subscription.Published{Subscription: "shop", Version: 2, Title: "Shop", Secret: 2, Terms: terms}}},
		{Name: "its end", Given: []subscription.Event{first}, When: subscription.Retire{Subscription: "shop"}, Then: []subscription.Event{retired}},
		{Name: "its end again", Given: []subscription.Event{first, retired}, When: subscription.Retire{Subscription: "shop"}},
		{Name: "the end of nothing", When: subscription.Retire{Subscription: "shop"}, Refused: subscription.ErrUnknown},
		{Name: "a secret of nothing", When: subscription.RotateSecret{Subscription: "shop"}, Refused: subscription.ErrUnknown},
		{Name: "a secret of what has ended", Given: []subscription.Event{first, retired}, When: subscription.RotateSecret{Subscription: "shop"},
			Refused: subscription.ErrUnknown},
		{Name: "a title too long", When: publish(func(c *subscription.Publish) { c.Title = strings.Repeat("a", 301) }),
			Refused: domain.ErrText.At("title")},
		{Name: "no types", When: publish(func(c *subscription.Publish) { c.Types = nil }), Refused: subscription.ErrTypes},
		{Name: "a star amid", When: publish(func(c *subscription.Publish) { c.Types = []string{"customer.*.v1"} }), Refused: subscription.ErrTypes},
		{Name: "no rule", When: publish(func(c *subscription.Publish) { c.Rule = "order" }), Refused: rules.ErrMalformed,
			Because: `1:1: there is no fact "order"; did you mean orders?`},
	}
	for _, name := range []string{"Shop", "publish"} {
		all = append(all, story{Name: "named " + name, When: publish(func(c *subscription.Publish) { c.Subscription = name }),
			Refused: subscription.ErrName})
	}
	for _, url := range []string{"", "ftp://a/b", "https://", "https://ann:secret@a/b", "https://a/#b", "https://a/" + strings.Repeat("b", 2000)} {
		all = append(all, story{Name: "sent to " + url, When: publish(func(c *subscription.Publish) { c.URL = url }), Refused: subscription.ErrURL})
	}
	return all
}

func TestSubscription(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	apitest.Suite[subscription.State, subscription.Needs]{Stories: stories(), Stream: subscription.Stream("shop")}.Refusals(t)
}

// A new secret has the next number, and the old one goes on for a day.
func TestRotation(t *testing.T) {
	s := subscription.State{}
	subscription.Published{Subscription: "shop", Version: 3, Secret: 4, Terms: terms}.Evolve(&s, domain.Metadata{})
	now := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
	events, err := subscription.RotateSecret{Subscription: "shop"}.Decide(&s, subscription.Given{Now: now})
	want := subscription.SecretRotated{Subscription: "shop", Version: 3, Secret: 5, PreviousUntil: now.AddDate(0, 0, 1)}
	if err != nil || len(events) != 1 || events[0] != subscription.Event(want) {
		t.Fatalf("%v, %v; want %v", events, err, want)
	}
	want.Evolve(&s, domain.Metadata{})
	again, err := subscription.RotateSecret{Subscription: "shop"}.Decide(&s, subscription.Given{Now: now.Add(time.Hour)})
	if err != nil || len(again) > 0 {
		t.Errorf("within a day: %v, %v", again, err)
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		names string
		want  bool
	}{{"*", true}, {"customer.*", true}, {"customer.case_opened.v1", true}, {"customer.case", false}, {"rapport.*", false},
		{"rapport.* customer.case_*", true}} {
		if got := subscription.Matches(strings.Fields(c.names), "customer.case_opened.v1"); got != c.want {
			t.Errorf("%s: %t", c.names, got)
		}
	}
}
