package notary_test

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/notary"
)

// old is asked of a log that is not new.
func old(c *notary.Config) { c.Young = func(context.Context) error { return notary.ErrUnadopted } }

// one is a notary that does what it is told, and follows nothing.
func (w *world) one(adjust ...func(*notary.Config)) *notary.Notary {
	w.t.Helper()
	c := notary.Config{Store: w.log, DatabaseURL: w.url, Key: w.key}
	for _, f := range adjust {
		f(&c)
	}
	n, err := notary.New(w.t.Context(), c)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(n.Close)
	return n
}

// A log that somebody altered, with what proved that removed, is not signed anew, until a person says so; what that
// person says is an event, and what was written down before is kept.
func TestAnOldLogIsNotSignedAnew(t *testing.T) {
	w := newWorld(t)
	w.append("customer-1", 300)
	w.start()
	signed := w.sign()
	w.stop()
	w.doctor(func(d *doctor) { d.at = 7; surgeries["texts changed"](d) })
	w.exec("DROP SCHEMA proof CASCADE")
	w.start(old)
	if s := w.state("broken"); !strings.Contains(s.Error, "rapport proof adopt --reason") {
		t.Errorf("%+v", s)
	}
	if err := w.notary.Halted(); !errors.Is(err, notary.ErrUnadopted) {
		t.Errorf("commands go on: %v", err)
	}
	if _, err := w.notary.Sign(t.Context()); !errors.Is(err, notary.ErrUnadopted) {
		t.Errorf("signed: %v", err)
	}
	w.stop()

	var reason, before string
	record := func(h proof.Head, earlier string) error {
		reason, before = h.Note, earlier
		w.append("proof", 1, "proof.log_adopted.v1")
		return nil
	}
	head, err := w.one().Adopt(t.Context(), record)
	if err != nil || head.Size != 300 || reason != head.Note || before != "" {
		t.Fatalf("%+v, %v; %q %q", head, err, reason, before)
	}
	w.start(old)
	if h := w.sign(); h.Size != 301 {
		t.Errorf("%+v", h)
	}
	if r := w.verify(); !r.Intact() {
		t.Errorf("%+v", r)
	}
	r, err := notary.Verify(t.Context(), w.url, proof.Verification{Log: w.log, Key: w.key.Check(), Elsewhere: []string{signed.Note}})
	if err != nil || r.Intact() {
		t.Errorf("a head that was kept elsewhere: %+v, %v", r, err)
	}
	w.stop()
	if _, err := w.one().Adopt(t.Context(), record); err != nil || !strings.Contains(before, "\n301\n") {
		t.Errorf("adopted again: %v, before it %q", err, before)
	}
}

// A server that runs keeps others from saying what the log is.
func TestAdoptionWaitsForNobody(t *testing.T) {
	w := newWorld(t)
	w.append("customer-1", 3)
	w.start()
	w.sign()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.one().Adopt(ctx, nil); err == nil {
		t.Error("adopted beside a server")
	}
}

// The change of keys is signed by both: heads of before count by either key, as long as they were signed before.
func TestRotation(t *testing.T) {
	w := newWorld(t)
	w.append("customer-1", 10)
	w.start()
	first := w.sign()
	w.stop()
	oldKey := w.key
	_, next, err := oldKey.Successor()
	if err != nil {
		t.Fatal(err)
	}
	if next.Name() != oldKey.Name() {
		t.Errorf("the log has another name: %s", next.Name())
	}
	var changes []string
	w.append("customer-1", 5)
	_, err = w.one().Rotate(t.Context(), next, func(statement string) error {
		changes = append(changes, statement)
		w.append("proof", 1, "proof.key_changed.v1")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.key = next
	w.start(func(c *notary.Config) { c.Changes = func(context.Context) ([]string, error) { return changes, nil } })
	w.append("customer-1", 5)
	last := w.sign()
	heads, err := w.notary.Heads(t.Context(), nil, 10)
	if err != nil || len(heads) != 4 || heads[3].Note != first.Note {
		t.Fatalf("%+v, %v", heads, err)
	}
	if report, err := w.notary.Verify(t.Context(), []string{first.Note}, nil); err != nil || !report.Intact() {
		t.Errorf("%+v, %v", report, err)
	}
	later, err := oldKey.Sign(proof.Head{Size: last.Size, Root: last.Root, Position: last.Position})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		trusted *proof.Key
		changes []string
		note    string
		ok      bool
	}{
		"an old head by the new key":              {next, changes, first.Note, true},
		"a new head by the old key":               {oldKey, changes, last.Note, true},
		"an old head without the change":          {next, nil, first.Note, false},
		"the old key goes on after it":            {next, changes, later.Note, false},
		"the old key goes on, trusted for itself": {oldKey, changes, later.Note, false},
		"a change that nobody signed":             {next, []string{strings.Replace(changes[0], "15", "99", 1)}, first.Note, false},
	} {
		if _, err := proof.Trust(c.trusted.Check(), c.changes...).OpenHead(c.note); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// doctor changes the log's files while nobody has them open.
func (w *world) doctor(change func(*doctor)) {
	w.t.Helper()
	if err := w.log.Close(); err != nil {
		w.t.Fatal(err)
	}
	d := &doctor{t: w.t, r: random(1)}
	var err error
	d.db, err = pebble.Open(absolute(w.t), &pebble.Options{FS: w.disk, FormatMajorVersion: pebble.FormatTableFormatV6, LoggerAndTracer: quiet{}})
	d.check(err)
	change(d)
	d.check(d.db.Close())
	w.open()
}

func indexKey(stream string, revision uint64) []byte {
	key := binary.BigEndian.AppendUint16([]byte("s"), uint16(len(stream)))
	return binary.BigEndian.AppendUint64(append(key, stream...), revision)
}

// Events taken out of a stream's index, and as many written after that under the same revisions, are named; the notary
// stops at them, no bundle is made, and the stream is not taken as whole.
func TestRevisionsThatAreRepeated(t *testing.T) {
	w := newWorld(t)
	w.append("customer-1", 10)
	w.append("customer-2", 3)
	w.start()
	w.sign()
	w.stop()
	w.doctor(func(d *doctor) {
		for revision := uint64(7); revision < 10; revision++ {
			d.check(d.db.Delete(indexKey("customer-1", revision), nil))
		}
		head := make([]byte, 33)
		binary.BigEndian.PutUint64(head[1:], 7)
		d.check(d.db.Set([]byte("hcustomer-1"), head, nil))
	})
	if r := w.verify(); len(r.Findings) != 3 || r.Findings[0].Kind != proof.Misindexed || r.Findings[0].Position != 8 {
		t.Errorf("before more was written: %+v", r)
	}
	w.start()
	w.state("following")
	want := eventstore.HoleError{Stream: "customer-1", From: 7, Until: 9}
	_, bundled := w.notary.Bundle(t.Context(), "customer-1")
	for what, err := range map[string]error{"a bundle": bundled, "the stream": w.notary.Whole(t.Context(), "customer-1")} {
		if hole := (*eventstore.HoleError)(nil); !errors.As(err, &hole) || *hole != want {
			t.Errorf("before more was written, %s: %v", what, err)
		}
	}
	if err := errors.Join(w.notary.Whole(t.Context(), "customer-2"), w.notary.Whole(t.Context(), "customer-3")); err != nil {
		t.Errorf("other streams: %v", err)
	}
	w.stop()
	w.append("customer-1", 3)
	r := w.verify()
	named := map[eventstore.Position]bool{}
	for _, f := range r.Findings {
		if f.Kind == proof.Repeated {
			named[f.Position] = true
		}
	}
	if len(named) != 3 || !named[14] || !named[15] || !named[16] {
		t.Errorf("%+v", r)
	}
	w.start()
	if s := w.state("broken"); !strings.Contains(s.Error, "revision 7 of stream customer-1, which has 10 events") {
		t.Errorf("%+v", s)
	}
	if _, err := w.notary.Bundle(t.Context(), "customer-1"); !errors.Is(err, proof.ErrBroken) {
		t.Errorf("a bundle: %v", err)
	}
	if crooked := (*notary.CrookedError)(nil); !errors.As(w.notary.Whole(t.Context(), "customer-1"), &crooked) || crooked.Revision != 7 {
		t.Errorf("the stream: %v", crooked)
	}
	if err := w.notary.Whole(t.Context(), "customer-2"); err != nil {
		t.Errorf("another stream: %v", err)
	}
}

// A tree that was kept before streams were counted is caught up, and counted on.
func TestAnOlderDatabaseIsCounted(t *testing.T) {
	w := newWorld(t)
	w.append("customer-1", 4500)
	w.append("customer-1", 4500)
	w.append("customer-2", 5)
	w.start()
	w.sign()
	w.stop()
	w.exec("DROP TABLE proof.counts, proof.foreign_events; ALTER TABLE proof.checkpoint DROP COLUMN counted; DELETE FROM proof.heads; " +
		"DELETE FROM proof.migrations WHERE part = 'tree' AND number > 1")
	w.start()
	w.append("customer-1", 5)
	h := w.sign()
	if r := w.verify(); !r.Intact() || h.Streams.String() == (proof.Head{}).Streams.String() {
		t.Errorf("%+v, %+v", r, h)
	}
	sealed, err := w.notary.Bundle(t.Context(), "customer-1")
	if err != nil {
		t.Fatal(err)
	}
	b, err := proof.OpenBundle(sealed, w.key.Check())
	if err != nil || b.Counted == nil {
		t.Fatalf("%+v, %v", b.Counted, err)
	}
	// The signer's word no longer suffices to leave out the newest events.
	b.Events = b.Events[:len(b.Events)-1]
	if _, err := w.key.Seal(t.Context(), b, nil); !errors.Is(err, proof.ErrBroken) {
		t.Errorf("a bundle without its last event: %v", err)
	}
	w.stop()
	w.exec("UPDATE proof.counts SET entries = set_byte(entries, 39, 1 + get_byte(entries, 39) % 7)")
	if r := w.verify(); r.Intact() {
		t.Error("changed counts were not found")
	}
	w.start()
	w.state("broken")
}

// Events of other applications in Rapport's streams are counted, and where they stand is said: also those that an older
// database did not count, and after another start.
func TestForeignEventsAreCounted(t *testing.T) {
	w := newWorld(t)
	w.append("customer-1", 3, "customer.registered.v1")
	w.append("customer-1", 2, "shop.visited")
	w.append("shop-1", 2, "shop.visited")
	w.start()
	w.sign()
	if f := w.notary.Status().Foreign; f == nil || f.Events != 2 || !slices.Equal(f.Streams, []string{"customer-1"}) {
		t.Errorf("%+v", f)
	}
	w.append("access", 1, "shop.left")
	w.sign()
	w.stop()
	w.exec("DROP TABLE proof.foreign_events; DELETE FROM proof.migrations WHERE part = 'tree' AND number = 3")
	w.start()
	w.sign()
	if f := w.notary.Status().Foreign; f == nil || f.Events != 3 || !slices.Equal(f.Streams, []string{"access", "customer-1"}) {
		t.Errorf("counted anew: %+v", f)
	}
	if !strings.Contains(w.logged.String(), "another application wrote to a stream") {
		t.Errorf("nothing is said:\n%s", w.logged)
	}
}
