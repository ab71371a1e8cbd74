package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/webhook"
)

// Webhooks keeps how other systems' deliveries were taken, in every version.
var Webhooks = Projector{
	Name:   "webhooks",
	Tables: tables{webhookRows},
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
	Webhook     string      `db:"webhook,key" note:"its name, the source of what it records"`
	Version     int64       `db:"version,key" note:"counts from 1"`
	Title       *string     `db:"title" note:"what people call it"`
	Secret      string      `db:"secret" note:"name of the shared secret"`
	Key         string      `db:"key" note:"CEL for the sender's id of a delivery"`
	Commands    string      `db:"commands" note:"CEL for the commands that a delivery means"`
	PerMinute   int64       `db:"per_minute" note:"deliveries taken in a minute"`
	PublishedOn domain.Day  `db:"published_on" note:"business day from which on it was in force"`
	RetiredOn   *domain.Day `db:"retired_on" note:"business day on which this version's use ended without a next one"`
}

type webhookKey struct {
	webhook string
	version int64
}

var webhookRows = keyedRows("webhooks",
	"Every version of every webhook: what deliveries of other systems mean. Secrets are kept elsewhere.", func(k webhookKey) webhookRow {
		return webhookRow{Webhook: k.webhook, Version: k.version}
	})
