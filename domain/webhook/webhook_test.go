package webhook_test

import (
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/webhook"
)

var terms = webhook.Terms{Secret: "SHOP",
	Signature: webhook.Signature{Header: "X-Signature", Prefix: "sha256=", Encoding: "hex", TimestampHeader: "X-Time", ToleranceS: 60},
	Key:       "payload.id", Commands: "[]", PerMinute: 10}

func TestWebhook(t *testing.T) {
	type story = domaintest.Story[webhook.State, webhook.Needs]
	publish := func(change func(*webhook.Publish)) webhook.Publish {
		c := webhook.Publish{Webhook: "shop", Title: "Shop", Terms: terms}
		change(&c)
		return c
	}
	same := func(*webhook.Publish) {}
	open := func(c *webhook.Publish) { c.PerMinute, c.Signature.ToleranceS = 0, 0 }
	settled := terms
	settled.PerMinute, settled.Signature.ToleranceS = 600, 300
	first := webhook.Published{Webhook: "shop", Version: 1, Title: "Shop", Terms: terms}
	retired := webhook.Retired{Webhook: "shop", Version: 1}
	stories := []story{
		{Name: "the first version", When: publish(same), Then: []webhook.Event{first}},
		{Name: "the same again", Given: []webhook.Event{first}, When: publish(same)},
		{Name: "what is left open", When: publish(open),
			Then: []webhook.Event{webhook.Published{Webhook: "shop", Version: 1, Title: "Shop", Terms: settled}}},
		{Name: "another title", Given: []webhook.Event{first}, When: publish(func(c *webhook.Publish) { c.Title = "Till" }),
			Then: []webhook.Event{webhook.Published{Webhook: "shop", Version: 2, Title: "Till", Terms: terms}}},
		{Name: "published again after its end", Given: []webhook.Event{first, retired}, When: publish(same),
			Then: []webhook.Event{webhook.Published{Webhook: "shop", Version: 2, Title: "Shop", Terms: terms}}},
		{Name: "its end", Given: []webhook.Event{first}, When: webhook.Retire{Webhook: "shop"}, Then: []webhook.Event{retired}},
		{Name: "its end again", Given: []webhook.Event{first, retired}, When: webhook.Retire{Webhook: "shop"}},
		{Name: "the end of nothing", When: webhook.Retire{Webhook: "shop"}, Refused: webhook.ErrUnknown},
		{Name: "a name in capitals", When: publish(func(c *webhook.Publish) { c.Webhook = "Shop" }), Refused: webhook.ErrName},
		{Name: "a title too long", When: publish(func(c *webhook.Publish) { c.Title = strings.Repeat("a", 301) }),
			Refused: domain.ErrText.At("title")},
		{Name: "a secret that is told", When: publish(func(c *webhook.Publish) { c.Secret = "xK82-jd93jd" }), Refused: webhook.ErrSecret},
		{Name: "more than anybody sends", When: publish(func(c *webhook.Publish) { c.PerMinute = 60_001 }), Refused: webhook.ErrPerMinute},
		{Name: "a header with a colon", When: publish(func(c *webhook.Publish) { c.Signature.Header = "a:" }),
			Refused: webhook.ErrHeader.At("signature.header")},
		{Name: "one header for two", When: publish(func(c *webhook.Publish) { c.Signature.TimestampHeader = "x-signature" }),
			Refused: webhook.ErrHeader.At("signature.timestamp_header")},
		{Name: "a prefix of spaces", When: publish(func(c *webhook.Publish) { c.Signature.Prefix = " " }), Refused: webhook.ErrPrefix},
		{Name: "an encoding that nobody reads", When: publish(func(c *webhook.Publish) { c.Signature.Encoding = "rot13" }),
			Refused: webhook.ErrEncoding},
		{Name: "a tolerance of days", When: publish(func(c *webhook.Publish) { c.Signature.ToleranceS = 86_400 }),
			Refused: webhook.ErrTolerance},
		{Name: "a tolerance of nothing", When: publish(func(c *webhook.Publish) { c.Signature.TimestampHeader = "" }),
			Refused: webhook.ErrTolerance},
		{Name: "no key", When: publish(func(c *webhook.Publish) { c.Key = "" }), Refused: webhook.ErrExpression.At("key"),
			Because: "the expression has 0 bytes, not 1 to 1000"},
		{Name: "a key that is a list", When: publish(func(c *webhook.Publish) { c.Key = "[payload.id]" }),
			Refused: webhook.ErrExpression.At("key"), Because: "the expression answers list(dyn), but must answer string"},
		{Name: "commands that are a number", When: publish(func(c *webhook.Publish) { c.Commands = "1 + 2" }),
			Refused: webhook.ErrExpression.At("commands"), Because: "the expression answers int, but must answer list(dyn)"},
		{Name: "a name that is not there", When: publish(func(c *webhook.Publish) { c.Commands = "[{'a':\n body.id}]" }),
			Refused: webhook.ErrExpression.At("commands"), Because: "2:2: undeclared reference to 'body'"},
		{Name: "a text that is none", When: publish(func(c *webhook.Publish) { c.Commands = "'\x00'" }),
			Refused: domain.ErrText.At("commands")},
	}
	domaintest.Tell(t, stories)
	apitest.Suite[webhook.State, webhook.Needs]{Stories: stories, Stream: webhook.Stream("shop")}.Refusals(t)
}
