package commands_test

import (
	"reflect"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/commands/commandstest"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// Whatever is asked for, the laws of commandstest hold, and what is cached is what the log folds to: of one process,
// and of two that write to the same streams, one with a cache that holds next to nothing.
func TestLaws(t *testing.T) {
	for name, caches := range map[string][]int{"one process": {0}, "two processes": {0, 3}} {
		t.Run(name, func(t *testing.T) {
			commandstest.Bound(t, 50, 300)
			rapid.Check(t, func(t *rapid.T) { live(t, caches...) })
		})
	}
}

// A command that is never accepted is one for which the laws say nothing: domaintest lacks words for it.
func TestEveryCommandIsAccepted(t *testing.T) {
	commandstest.Bound(t, 1, 1000)
	accepted := map[reflect.Type]int{}
	lives := rapid.Custom(func(t *rapid.T) *commandstest.Life { return live(t, 0) })
	for seed := 0; seed < 200 && len(accepted) < len(domaintest.Commands); seed++ {
		for command, times := range lives.Example(seed).Accepted {
			accepted[command] += times
		}
	}
	for _, command := range domaintest.Commands {
		if accepted[reflect.TypeOf(command)] == 0 {
			t.Errorf("%T was never accepted", command)
		}
	}
}

// live lives one life on a log of its own.
func live(t *rapid.T, cacheEvents ...int) *commandstest.Life {
	codec := eventstore.NewCodec()
	store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var services []*commands.Service
	for _, events := range cacheEvents {
		services = append(services, commands.New(store, codec, commands.Options{Now: commandstest.Now, CacheEvents: events}))
	}
	life := commandstest.Begin(t, store, codec, services...)
	life.Live(t)
	for _, s := range services {
		if err := s.CheckFolds(store, codec); err != nil {
			t.Fatal(err)
		}
	}
	return life
}
