package custody_test

import (
	"testing"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/custody"
)

// The names are in logs for ever.
func TestEventTypes(t *testing.T) {
	for want, e := range map[string]domain.Event{
		"proof.log_adopted.v1":   custody.LogAdopted{},
		"proof.key_changed.v1":   custody.KeyChanged{},
		"proof.gaps_accepted.v1": custody.GapsAccepted{},
	} {
		if got := e.EventType(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
