// Package eventstoretest is the contract that every engine of the log keeps, as one suite of tests.
package eventstoretest

import (
	"testing"

	"github.com/rapport-crm/rapport/eventstore"
)

// Test runs the contract against an engine. open answers a new, empty store that the test may close.
func Test(t *testing.T, open func(t *testing.T) eventstore.Store) {
	store := open(t)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}
