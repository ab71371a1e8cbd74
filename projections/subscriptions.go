package projections

import (
	"encoding/json"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/subscription"
)

// Subscriptions keeps what is sent to other systems, in every version.
var Subscriptions = Projector{
	Name:   "subscriptions",
	Tables: tables{subscriptionRows},
	On: []Handler{
		OnLog(func(e subscription.Published, r domain.Recorded, p *page) error {
			row, err := rowIn(p, subscriptionRows, subscriptionKey{e.Subscription, int64(e.Version)})
			if err != nil {
				return err
			}
			if row.Types, err = json.Marshal(e.Types); err != nil {
				return err
			}
			row.Title, row.URL, row.Rule = optional(e.Title), e.URL, optional(e.Rule)
			row.Secret, row.Position, row.PublishedOn = int64(e.Secret), int64(r.Position), p.dayOfFact(r)
			return nil
		}),
		OnLog(func(e subscription.SecretRotated, r domain.Recorded, p *page) error {
			row, err := rowIn(p, subscriptionRows, subscriptionKey{e.Subscription, int64(e.Version)})
			if err != nil {
				return err
			}
			row.Secret, row.PreviousSecretUntil = int64(e.Secret), &e.PreviousUntil
			return nil
		}),
		OnLog(func(e subscription.Retired, r domain.Recorded, p *page) error {
			row, err := rowIn(p, subscriptionRows, subscriptionKey{e.Subscription, int64(e.Version)})
			if err != nil {
				return err
			}
			on := p.dayOfFact(r)
			row.RetiredOn = &on
			return nil
		}),
	},
}

type subscriptionRow struct {
	Subscription        string          `db:"subscription,key" note:"its name"`
	Version             int64           `db:"version,key" note:"counts from 1"`
	Title               *string         `db:"title" note:"what people call it"`
	URL                 string          `db:"url" note:"where events go"`
	Types               json.RawMessage `db:"types" note:"names of types of events, a list of texts; a star at the end stands for any ending"`
	Rule                *string         `db:"rule" note:"CEL over the facts: only what concerns customers for whom it holds"`
	Secret              int64           `db:"secret" note:"number of the secret that signs"`
	PreviousSecretUntil *time.Time      `db:"previous_secret_until" note:"until when the secret before signs too"`
	Position            int64           `db:"position" note:"in the log, of its publication"`
	PublishedOn         domain.Day      `db:"published_on" note:"business day from which on it was in force"`
	RetiredOn           *domain.Day     `db:"retired_on" note:"business day on which this version's use ended without a next one"`
}

type subscriptionKey struct {
	subscription string
	version      int64
}

var subscriptionRows = keyedRows("subscriptions",
	"Every version of every subscription: which events are sent to another system. How far each is stands in integration.subscription.", func(k subscriptionKey) subscriptionRow {
		return subscriptionRow{Subscription: k.subscription, Version: k.version}
	})

// listens reports whether an event changes who is told of what the read models find out.
func listens(e domain.Event) bool {
	switch e.(type) {
	case subscription.Published, subscription.Retired:
		return true
	}
	return false
}
