package commandstest

import (
	"bytes"
	"context"

	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore"
)

// log follows what is in a log.
type log struct {
	store     eventstore.Store
	codec     *eventstore.Codec
	seen      eventstore.Position
	revisions map[string]uint64 // the next one of each stream
	all       []domain.Recorded // as far as it grew
}

// grown answers what came since it was last asked, and checks it: every stream counts without a gap, positions
// grow, and an event that is read and written again is the same, byte for byte.
func (l *log) grown(t *rapid.T) (events []domain.Recorded) {
	for record, err := range l.store.ReadAll(context.Background(), l.seen) {
		if err != nil {
			t.Fatal(err)
		}
		if record.Revision != l.revisions[record.Stream] || record.Position <= l.seen {
			t.Fatalf("%s %d at %d comes after revision %d, position %d", record.Stream, record.Revision,
				record.Position, l.revisions[record.Stream], l.seen)
		}
		l.revisions[record.Stream]++
		l.seen = record.Position
		events = append(events, l.decode(t, record))
	}
	l.all = append(l.all, events...)
	return events
}

func (l *log) read(t *rapid.T, stream string) (events []domain.Recorded) {
	for record, err := range l.store.ReadStream(context.Background(), stream, 0) {
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, l.decode(t, record))
	}
	return events
}

func (l *log) decode(t *rapid.T, record eventstore.Record) domain.Recorded {
	r, err := l.codec.Decode(context.Background(), record)
	if err != nil {
		t.Fatal(err)
	}
	again, err := l.codec.Encode(context.Background(), r.Stream, r.ID, r.Event, r.Metadata)
	if err != nil || !bytes.Equal(again.Data, record.Data) || !bytes.Equal(again.Metadata, record.Metadata) {
		t.Fatalf("%s was\n%s %s\nand became\n%s %s (%v)", record.Type, record.Data, record.Metadata, again.Data,
			again.Metadata, err)
	}
	return r
}
