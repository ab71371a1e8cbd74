package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/webhook"
)

// Webhooks keeps how other systems' deliveries were taken, in every version.
var Webhooks = Projector{
	Name: "webhooks",
	Schema: `
-- Every version of every webhook: what deliveries of other systems mean. Secrets are kept elsewhere.
CREATE TABLE webhooks (
	webhook text NOT NULL, -- its name, the source of what it records
	version bigint NOT NULL, -- counts from 1
	title text, -- what people call it
	secret text NOT NULL, -- name of the shared secret
	key text NOT NULL, -- CEL for the sender's id of a delivery
	commands text NOT NULL, -- CEL for the commands that a delivery means
	per_minute bigint NOT NULL, -- deliveries taken in a minute
	published_on date NOT NULL, -- business day from which on it was in force
	retired_on date, -- business day on which this version's use ended without a next one
	PRIMARY KEY (webhook, version)
);
`,
	On: []Handler{
		OnLog(func(e webhook.Published, r domain.Recorded, p *page) error {
			row, err := rowIn(p, webhookRows, webhookKey{e.Webhook, int64(e.Version)})
			if err != nil {
				return err
			}
			row.Title, row.Secret, row.Key, row.Commands = optional(e.Title), e.Secret, e.Key, e.Commands
			row.PerMinute, row.PublishedOn = int64(e.PerMinute), p.dayOfFact(r)
			return nil
		}),
		OnLog(func(e webhook.Retired, r domain.Recorded, p *page) error {
			row, err := rowIn(p, webhookRows, webhookKey{e.Webhook, int64(e.Version)})
			if err != nil {
				return err
			}
			on := p.dayOfFact(r)
			row.RetiredOn = &on
			return nil
		}),
	},
}

type webhookRow struct {
	Webhook     string      `db:"webhook"`
	Version     int64       `db:"version"`
	Title       *string     `db:"title"`
	Secret      string      `db:"secret"`
	Key         string      `db:"key"`
	Commands    string      `db:"commands"`
	PerMinute   int64       `db:"per_minute"`
	PublishedOn domain.Day  `db:"published_on"`
	RetiredOn   *domain.Day `db:"retired_on"`
}

type webhookKey struct {
	webhook string
	version int64
}

var webhookRows = keyedRows("webhooks", 2, func(k webhookKey) webhookRow {
	return webhookRow{Webhook: k.webhook, Version: k.version}
})
