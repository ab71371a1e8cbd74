// Package embedded is the log in one process, on Pebble. It decides what one writer at a time appends and
// makes it durable. It must not know what the events mean, beyond EventStoreDB's own stream metadata.
package embedded

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/rapport-crm/rapport/eventstore"
)

// ErrLocked: another process, or another Log of this one, has the directory open.
var ErrLocked = errors.New("the data directory is in use")

// Options of a Log. Zero fields take their defaults.
type Options struct {
	FS     vfs.FS           // where files live; the operating system's
	Now    func() time.Time // the clock that says when an event was recorded; time.Now
	Logger *slog.Logger     // slog.Default
}

// Log is an eventstore.Store in a directory.
type Log struct{}

var _ eventstore.Store = (*Log)(nil)

// StreamState tells what there is of a stream.
type StreamState struct {
	Exists     bool   // it has an event, and is not deleted
	Tombstoned bool   // deleted for ever
	Last       uint64 // revision of its newest event, deleted or not
	First      uint64 // revision of its oldest event that is still shown
}

// Open opens the log in a directory, which it creates at need; ErrLocked.
func Open(dir string, o Options) (*Log, error) { panic("coming") }

// Append implements eventstore.Store.
func (l *Log) Append(ctx context.Context, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) (eventstore.Appended, error) {
	panic("coming")
}

// ReadStream implements eventstore.Store.
func (l *Log) ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error] {
	panic("coming")
}

// ReadStreamBackwards implements eventstore.Store.
func (l *Log) ReadStreamBackwards(ctx context.Context, stream string,
	from uint64) iter.Seq2[eventstore.Record, error] {
	panic("coming")
}

// ReadAll implements eventstore.Store.
func (l *Log) ReadAll(ctx context.Context, after eventstore.Position) iter.Seq2[eventstore.Record, error] {
	panic("coming")
}

// Follow implements eventstore.Store.
func (l *Log) Follow(ctx context.Context, after eventstore.Position, max int) iter.Seq2[eventstore.Page, error] {
	panic("coming")
}

// Head implements eventstore.Store.
func (l *Log) Head(ctx context.Context) (eventstore.Position, error) { panic("coming") }

// Distance implements eventstore.Store.
func (l *Log) Distance(ctx context.Context, after eventstore.Position, limit int) (int, error) {
	panic("coming")
}

// Close implements eventstore.Store.
func (l *Log) Close() error { panic("coming") }

// Scan reads the whole log, system events too, from a position (inclusive), upwards or downwards.
func (l *Log) Scan(ctx context.Context, from eventstore.Position,
	backwards bool) iter.Seq2[eventstore.Record, error] {
	panic("coming")
}

// ScanStream reads what a stream shows, system events too, from a revision (inclusive), upwards or
// downwards.
func (l *Log) ScanStream(ctx context.Context, stream string, from uint64,
	backwards bool) iter.Seq2[eventstore.Record, error] {
	panic("coming")
}

// StreamState answers what there is of a stream.
func (l *Log) StreamState(ctx context.Context, stream string) (StreamState, error) { panic("coming") }

// Wait returns once the log, system events included, reaches beyond a position.
func (l *Log) Wait(ctx context.Context, after eventstore.Position) error { panic("coming") }

// Delete makes a stream read as not found, as EventStoreDB's soft delete does: a later append goes on
// with the revision numbers.
func (l *Log) Delete(ctx context.Context, stream string, expected eventstore.Expected) (eventstore.Appended, error) {
	panic("coming")
}

// Tombstone deletes a stream for ever: appends to it fail with eventstore.ErrDeleted.
func (l *Log) Tombstone(ctx context.Context, stream string,
	expected eventstore.Expected) (eventstore.Appended, error) {
	panic("coming")
}
