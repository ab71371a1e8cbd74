package embedded_test

import (
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/eventstoretest"
)

func TestContract(t *testing.T) {
	t.Run("in memory", func(t *testing.T) {
		eventstoretest.Test(t, func(t *testing.T) eventstore.Store {
			return open(t, "data", embedded.Options{FS: vfs.NewMem()})
		})
	})
	t.Run("on disk", func(t *testing.T) {
		eventstoretest.Test(t, func(t *testing.T) eventstore.Store { return open(t, t.TempDir(), embedded.Options{}) })
	})
}
