package eventstore

import (
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/product"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/domain/webhook"
)

// ownedStreams are the streams of which there is one, ownedPrefixes begin the names of all others. Every event of Types
// stands in one of these.
var (
	ownedStreams  = []string{access.Stream, business.Stream, calendar.Stream, custody.Stream, value.Stream}
	ownedPrefixes = []string{access.Stream + "-", campaign.StreamPrefix, customer.StreamPrefix, guidance.StreamPrefix,
		identity.StreamPrefix, policy.StreamPrefix, product.StreamPrefix, questionnaire.StreamPrefix,
		segment.StreamPrefix, subscription.StreamPrefix, webhook.StreamPrefix}
)

// Owned reports whether Rapport alone writes to a stream. A log may have others' streams beside.
func Owned(stream string) bool {
	for _, name := range ownedStreams {
		if stream == name {
			return true
		}
	}
	for _, prefix := range ownedPrefixes {
		if strings.HasPrefix(stream, prefix) {
			return true
		}
	}
	return false
}

// nouns begin the types of Rapport's events, of those to come as well.
var nouns = func() map[string]bool {
	all := map[string]bool{}
	for _, e := range Types {
		noun, _, _ := strings.Cut(e.EventType(), ".")
		all[noun] = true
	}
	return all
}()

// Foreign reports whether events of a type are another application's. An unknown type of one of Rapport's nouns is not:
// a newer Rapport wrote it, and it must not be passed over.
func Foreign(eventType string) bool {
	noun, _, _ := strings.Cut(eventType, ".")
	return !nouns[noun]
}
