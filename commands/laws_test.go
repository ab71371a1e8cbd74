package commands_test

import (
	"os"
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
// of two that write to the same streams, one of which remembers next to nothing, and where snapshots stand behind that.
func TestLaws(t *testing.T) {
	for name, processes := range map[string][]process{
		"one process": {{}}, "two processes": {{}, {bytes: 1}},
		"with snapshots": {{bytes: 1, snapshots: true}}, "two with snapshots": {{}, {bytes: 1, snapshots: true}},
	} {
		t.Run(name, func(t *testing.T) {
			commandstest.Bound(t, 50, 300)
			rapid.Check(t, func(t *rapid.T) { live(t, processes...) })
		})
	}
}

// What a command decides of a person who is known under several ids is what it would decide on all that was told of them
// in one stream, whatever was merged, split, voided, corrected or told late, and by whichever process.
func TestDecisionsAreAsOnOneStream(t *testing.T) {
	commandstest.Bound(t, 25, 250)
	compared, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		life := liveBy(t, (*commandstest.Life).LivePersons, process{}, process{bytes: 1})
		all, of := life.Compared()
		compared, refused = compared+all, refused+of
	})
	if compared < 100 && !testing.Short() || refused == compared {
		t.Errorf("%d decisions were compared, %d of them refusals", compared, refused)
	}
	t.Logf("%d decisions were compared, %d of them refusals", compared, refused)
}

// A command that is never accepted is one for which the laws say nothing: domaintest lacks words for it.
func TestEveryCommandIsAccepted(t *testing.T) {
	commandstest.Bound(t, 1, 1000)
	accepted := map[reflect.Type]int{}
	lives := rapid.Custom(func(t *rapid.T) *commandstest.Life { return live(t, process{}) })
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
func live(t *rapid.T, processes ...process) *commandstest.Life {
	return liveBy(t, (*commandstest.Life).Live, processes...)
}

func liveBy(t *rapid.T, lives func(*commandstest.Life, *rapid.T), processes ...process) *commandstest.Life {
	codec := eventstore.NewCodec()
	store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var services []*commands.Service
	for _, p := range processes {
		o := commands.Options{Now: commandstest.Now, MemoryBytes: p.bytes}
		if p.snapshots {
			dir, err := os.MkdirTemp("", "snapshots")
			if err != nil {
				t.Fatal(err)
			}
			defer os.RemoveAll(dir)
			o.Snapshots = openSnapshots(t, dir)
			defer o.Snapshots.Close()
			s := commands.New(store, codec, o)
			services = append(services, s)
			// The next process finds them, and they are the log's as well.
			defer func() {
				s.Close()
				o.Snapshots = openSnapshots(t, dir)
				defer o.Snapshots.Close()
				if err := commands.New(store, codec, o).CheckFolds(store, codec); err != nil {
					t.Fatal(err)
				}
			}()
			continue
		}
		services = append(services, commands.New(store, codec, o))
	}
	life := commandstest.Begin(t, store, codec, services...)
	lives(life, t)
	for _, s := range services {
		if err := s.CheckFolds(store, codec); err != nil {
			t.Fatal(err)
		}
	}
	return life
}

// process is a service beside others. Without bytes it remembers everything.
type process struct {
	bytes     int64
	snapshots bool
}

func openSnapshots(t *rapid.T, dir string) *commands.Snapshots {
	s, err := commands.OpenSnapshots(commands.SnapshotOptions{Dir: dir, Bytes: 16 << 20})
	if err != nil {
		t.Fatal(err)
	}
	s.Found()
	return s
}
