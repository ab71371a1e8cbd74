package eventstore_test

import (
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/eventstore"
)

// Streams are named after the nouns that begin the types of their events, so each noun must have one that is owned.
func TestEveryNounOwnsItsStreams(t *testing.T) {
	for _, e := range eventstore.Types {
		noun, _, _ := strings.Cut(e.EventType(), ".")
		if !eventstore.Owned(noun) && !eventstore.Owned(noun+"-x") {
			t.Errorf("%s: no stream of a %s is owned", e.EventType(), noun)
		}
		if eventstore.Foreign(e.EventType()) || eventstore.Foreign(noun+".from_the_future.v1") {
			t.Errorf("%s is taken for another application's", e.EventType())
		}
	}
	for _, stream := range []string{"shop-1", "$settings", "$$customer-1", "customers-1", "businesses", ""} {
		if eventstore.Owned(stream) {
			t.Errorf("%q is taken for Rapport's", stream)
		}
	}
	for _, eventType := range []string{"shop.sold", "$metadata", "customers.registered.v1", ""} {
		if !eventstore.Foreign(eventType) {
			t.Errorf("%q is taken for Rapport's", eventType)
		}
	}
}
