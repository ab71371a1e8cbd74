package integration

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/domain/subscription"
)

// Subscription is which events go where.
type Subscription struct {
	Name       string
	To         Destination
	Types      []string // as in domain/subscription
	Rule       *rules.Rule
	Secrets    [][]byte // that sign, the newest first; none where nothing is signed
	Disclosure Disclosure
	// Position is that of the log behind which it begins when it is new.
	Position uint64

	version, secret int64
}

// announcedOnly reports whether it needs nothing of the log.
func (s *Subscription) announcedOnly() bool {
	for _, name := range s.Types {
		if !strings.HasPrefix(name, "rapport.") {
			return false
		}
	}
	return true
}

// wants reports whether a type of events is sent. Who may do what, and who looked at whom, is for auditors.
func (s *Subscription) wants(eventType string) bool {
	return !strings.HasPrefix(eventType, "access.") && !strings.HasPrefix(eventType, "identity.") &&
		subscription.Matches(s.Types, eventType)
}

// SecretOf derives the secret with a number of a subscription from the server's own.
func SecretOf(own []byte, name string, number int64) []byte {
	h := hmac.New(sha256.New, own)
	fmt.Fprintf(h, "subscription %s %d", name, number)
	return h.Sum(nil)
}

// inForceSQL finds the subscriptions that are in force.
const inForceSQL = `SELECT subscription, version, url, ARRAY(SELECT jsonb_array_elements_text(types)), coalesce(rule, ''), secret, previous_secret_until,
		(SELECT max(position) FROM crm.subscriptions f WHERE f.subscription = s.subscription AND NOT EXISTS (
			SELECT FROM crm.subscriptions e WHERE e.subscription = f.subscription AND e.version = f.version - 1 AND e.retired_on IS NULL))
	FROM crm.subscriptions s WHERE retired_on IS NULL
	AND version = (SELECT max(version) FROM crm.subscriptions n WHERE n.subscription = s.subscription)`

// inForce reads the subscriptions that are in force, and those that the server was started with.
func (s *Service) inForce(ctx context.Context) (map[string]*Subscription, error) {
	all := map[string]*Subscription{}
	for i := range s.config.Configured {
		all[s.config.Configured[i].Name] = &s.config.Configured[i]
	}
	rows, err := s.pool.Query(ctx, inForceSQL)
	if err != nil {
		return nil, err
	}
	var to, rule string
	var position int64
	var until *time.Time
	var one Subscription
	_, err = pgx.ForEachRow(rows, []any{&one.Name, &one.version, &to, &one.Types, &rule, &one.secret, &until, &position}, func() error {
		next := one
		next.Position = uint64(position)
		if next.To, err = ParseDestination(to); err != nil {
			return fmt.Errorf("subscription %s: %w", next.Name, err)
		}
		if rule != "" {
			if next.Rule, err = rules.Compile(rule); err != nil {
				return fmt.Errorf("the rule of subscription %s, which was accepted once: %w", next.Name, err)
			}
		}
		next.Secrets = [][]byte{SecretOf(s.config.Secret, next.Name, next.secret)}
		if until != nil && s.config.Now().Before(*until) {
			next.Secrets = append(next.Secrets, SecretOf(s.config.Secret, next.Name, next.secret-1))
		}
		all[next.Name] = &next
		return nil
	})
	return all, err
}
