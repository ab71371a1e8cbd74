package notary_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/notary"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// world is a log, and a notary that follows it.
type world struct {
	t      *testing.T
	disk   *vfs.MemFS
	log    *embedded.Log
	url    string
	key    *proof.Key
	logged *lockedBuffer
	notary *notary.Notary
	stop   func()

	padding int // bytes that make each event longer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func newWorld(t *testing.T) *world {
	t.Helper()
	key, err := proof.LoadKey(t.TempDir() + "/proof.key")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, disk: vfs.NewMem(), url: postgrestest.Database(t), key: key, logged: &lockedBuffer{}, stop: func() {}}
	w.open()
	t.Cleanup(func() {
		w.stop()
		if err := w.log.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) open() {
	w.t.Helper()
	var err error
	if w.log, err = embedded.Open("log", embedded.Options{FS: w.disk}); err != nil {
		w.t.Fatal(err)
	}
}

// start runs a notary until stop.
func (w *world) start(adjust ...func(*notary.Config)) {
	w.t.Helper()
	w.stop()
	w.notary, w.stop = w.run(adjust...)
}

func (w *world) run(adjust ...func(*notary.Config)) (n *notary.Notary, stop func()) {
	w.t.Helper()
	c := notary.Config{Store: w.log, DatabaseURL: w.url, Key: w.key, Logger: slog.New(slog.NewTextHandler(w.logged, nil))}
	for _, f := range adjust {
		f(&c)
	}
	n, err := notary.New(w.t.Context(), c)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- n.Run(ctx) }()
	return n, sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("notary: %v", err)
		}
		n.Close()
	})
}

// append adds so many events to a stream.
func (w *world) append(stream string, n int, eventType ...string) eventstore.Position {
	w.t.Helper()
	var events []eventstore.Proposed
	for i := range n {
		typ := "test.happened.v1"
		if len(eventType) > 0 {
			typ = eventType[0]
		}
		events = append(events, eventstore.Proposed{ID: uuid.New(), Type: typ, Data: fmt.Appendf(nil, `{"n":%d,"p":"%x"}`, i, w.noise()), Metadata: []byte(`{}`)})
	}
	a, err := w.log.Append(w.t.Context(), stream, eventstore.Any, events)
	if err != nil {
		w.t.Fatal(err)
	}
	return a.Position
}

// noise cannot be compressed.
func (w *world) noise() []byte {
	b := make([]byte, w.padding/2)
	for i := range b {
		b[i] = byte(rand.Uint32())
	}
	return b
}

func (w *world) sign() proof.Head {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 30*time.Second)
	defer cancel()
	h, err := w.notary.Sign(ctx)
	if err != nil {
		w.t.Fatalf("%v\n%s", err, w.logged)
	}
	return h
}

func (w *world) verify() proof.Report {
	w.t.Helper()
	r, err := notary.Verify(w.t.Context(), w.url, proof.Verification{Log: w.log, Key: w.key.Check()})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	conn, err := pgx.Connect(w.t.Context(), w.url)
	if err != nil {
		w.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(w.t.Context(), sql, args...); err != nil {
		w.t.Fatal(err)
	}
}

// state waits until the notary is in a state.
func (w *world) state(want string) notary.Standing {
	w.t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(30 * time.Second); ; <-look.C {
		s := w.notary.Status()
		if s.State == want {
			return s
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("waited until %s: %+v\n%s", want, s, w.logged)
		}
	}
}

// A log is written down and signed, over restarts, whatever the sizes of pages; all of it can be proven.
func TestNotary(t *testing.T) {
	w := newWorld(t)
	var heads []proof.Head
	for _, n := range []int{1, 254, 1, 1, 600, 4000, 5000} {
		w.append("customer-1", n/2+1)
		w.append("customer-2", n/2+1)
		w.start() // again: it goes on from what is kept
		heads = append(heads, w.sign())
	}
	if again := w.sign(); !cmp.Equal(again, heads[len(heads)-1]) {
		t.Errorf("signed again without need: %+v", again)
	}
	newest := heads[len(heads)-1]
	listed, err := w.notary.Heads(t.Context(), nil, 3)
	if err != nil || len(listed) != 3 || !cmp.Equal(listed[0], newest) {
		t.Errorf("%+v, %v", listed, err)
	}
	if listed, err = w.notary.Heads(t.Context(), &listed[2].Size, 100); err != nil || len(listed) != len(heads)-3 {
		t.Errorf("below: %d, %v", len(listed), err)
	}
	for _, h := range heads {
		c, err := w.notary.Consistency(t.Context(), &h.Size, nil)
		if err != nil || c.Check() != nil {
			t.Errorf("from %d: %v, %v", h.Size, err, c.Check())
		}
		p, err := w.notary.Event(t.Context(), h.Position, &h.Size)
		if err != nil || p.Check() != nil || p.Event.Ordinal != h.Size-1 {
			t.Errorf("position %d: %+v, %v", h.Position, p, err)
		}
	}
	for _, stream := range []string{"customer-1", "customer-2"} {
		sealed, err := w.notary.Bundle(t.Context(), stream)
		if err != nil {
			t.Fatal(err)
		}
		b, err := proof.OpenBundle(sealed, w.key.Check())
		if err != nil || int64(len(b.Events)) != newest.Size/2 || b.Head.Size != newest.Size {
			t.Errorf("%s: %d events of %d, %v", stream, len(b.Events), b.Head.Size, err)
		}
	}
	want := proof.Report{Events: newest.Size, Position: newest.Position, Kept: newest.Size, Heads: int64(len(heads)), Signed: newest.Size,
		Findings: []proof.Finding{}}
	if diff := cmp.Diff(want, w.verify()); diff != "" {
		t.Error(diff)
	}
}

func TestWhatThereIsNot(t *testing.T) {
	w := newWorld(t)
	if _, err := notary.Verify(t.Context(), w.url, proof.Verification{Log: w.log, Key: w.key.Check()}); !errors.Is(err, notary.ErrNotFound) {
		t.Errorf("verified by nothing: %v", err)
	}
	w.append("customer-1", 3)
	w.start()
	head := w.sign()
	after := w.append("customer-2", 1)
	no := head.Size + 5
	for name, err := range map[string]error{
		"a head":        second(w.notary.Head(t.Context(), &no)),
		"an event":      second(w.notary.Event(t.Context(), after+1, nil)),
		"event 0":       second(w.notary.Event(t.Context(), 0, nil)),
		"a stream":      second(w.notary.Bundle(t.Context(), "customer-3")),
		"a consistency": second(w.notary.Consistency(t.Context(), &head.Size, &no)),
	} {
		if !errors.Is(err, notary.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.notary.Event(t.Context(), after, nil); !errors.Is(err, notary.ErrNotSigned) && err != nil {
		t.Errorf("an event that is not signed: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

// Heads are signed on schedule, and when a day is closed.
func TestSignedBySchedule(t *testing.T) {
	w := newWorld(t)
	w.append("customer-1", 3)
	w.start(func(c *notary.Config) { c.Every, c.Gather = time.Millisecond, time.Millisecond })
	until(t, "the schedule signs", func() bool { return w.notary.Status().Signed == 3 })
	w.start(func(c *notary.Config) { c.SignAfter, c.Gather = "calendar.day_closed.v1", time.Millisecond })
	w.append("calendar", 1, "calendar.day_closed.v1")
	until(t, "a closed day signs", func() bool { return w.notary.Status().Signed == 4 })
}

func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(30 * time.Second); !done(); <-look.C {
		if time.Now().After(deadline) {
			t.Fatalf("waited until %s", what)
		}
	}
}

// Two notaries of one database take turns; who stands by proves what the other wrote, but signs nothing.
func TestStandby(t *testing.T) {
	w := newWorld(t)
	w.append("customer-1", 3)
	w.start()
	head := w.sign()
	other, stop := w.run()
	defer stop()
	if got, err := other.Head(t.Context(), nil); err != nil || !cmp.Equal(got, head) {
		t.Errorf("%+v, %v", got, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := other.Sign(ctx); !errors.Is(err, notary.ErrStandby) {
		t.Errorf("signed by both: %v", err)
	}
	w.stop()
	w.append("customer-1", 3)
	w.notary = other
	if got := w.sign(); got.Size != 6 {
		t.Errorf("taken over: %+v", got)
	}
}

// A notary that finds another log than it knew stops, says so, and writes nothing anew.
func TestStopsAtAnotherLog(t *testing.T) {
	for name, change := range map[string]func(*world){
		"another log": func(w *world) {
			w.disk = vfs.NewMem()
			w.open()
			w.append("customer-1", 300)
		},
		"an older log": func(w *world) {
			w.disk = vfs.NewMem()
			w.open()
		},
		"the hashes of the newest tile": func(w *world) {
			w.exec("UPDATE proof.tiles SET hashes = set_byte(hashes, 3, 1 + get_byte(hashes, 3) % 7) WHERE level = 0 AND number = 1")
		},
		"the root": func(w *world) {
			w.exec("UPDATE proof.checkpoint SET root = set_byte(root, 3, 1 + get_byte(root, 3) % 7)")
		},
		"the tiles were removed":          func(w *world) { w.exec("DELETE FROM proof.tiles") },
		"positions":                       func(w *world) { w.exec("UPDATE proof.tiles SET first_position = first_position + 1 WHERE number = 1") },
		"the head":                        func(w *world) { w.exec("UPDATE proof.heads SET note = replace(note, 'position', 'Position')") },
		"the tree forgot what was signed": func(w *world) { w.exec("DELETE FROM proof.checkpoint; DELETE FROM proof.tiles") },
		"the key": func(w *world) {
			key, err := proof.LoadKey(w.t.TempDir() + "/proof.key")
			if err != nil {
				w.t.Fatal(err)
			}
			w.key = key
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.append("customer-1", 300)
			w.start()
			w.sign()
			w.append("customer-1", 1)
			w.stop()
			change(w)
			w.start()
			if s := w.state("broken"); s.Error == "" || !strings.Contains(w.logged.String(), "THE LOG IS NOT WHAT IT WAS") {
				t.Errorf("%+v\n%s", s, w.logged)
			}
			if _, err := w.notary.Sign(t.Context()); !errors.Is(err, proof.ErrBroken) {
				t.Errorf("signed: %v", err)
			}
			if r := w.verify(); r.Intact() {
				t.Errorf("verified: %+v", r)
			}
		})
	}
}

// Whoever verifies while the log grows reads what was written down of one moment.
func TestVerifyWhileTheLogGrows(t *testing.T) {
	w := newWorld(t)
	hasty := func(c *notary.Config) { c.Gather = time.Microsecond }
	w.start(hasty)
	w.append("customer-0", 1)
	w.sign()
	var growing sync.WaitGroup
	grown := make(chan struct{})
	growing.Go(func() {
		defer close(grown)
		for i := range 300 {
			w.append(fmt.Sprintf("customer-%d", i), 3)
			w.sign()
		}
	})
	for verified, done := 0, false; !done || verified < 3; verified++ {
		if r, err := w.notary.Verify(t.Context(), nil, func(int64) {}); err != nil || !r.Intact() {
			t.Errorf("%+v, %v", r, err)
			break
		}
		select {
		case <-grown:
			done = true
		default:
		}
	}
	growing.Wait()
}
