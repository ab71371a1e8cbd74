// Package embedded is the log in one process, on Pebble. It decides what one writer at a time appends, and
// makes it durable. It must not know what the events mean, beyond EventStoreDB's own stream metadata.
//
// One goroutine writes: it takes whatever appends wait, commits them as one synced batch, and answers all.
// Readers see the log through views, each a snapshot of what is durable, so that nothing is ever shown that
// a crash could take back. After a failed write the log is read-only until it is opened anew.
package embedded

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/rapport-crm/rapport/eventstore"
)

var (
	// ErrLocked: another process, or another Log of this one, has the directory open.
	ErrLocked = errors.New("the data directory is in use")
	// ErrCorrupt: what the disk holds is not what was written. The error around it names the place.
	ErrCorrupt = errors.New("the log is damaged")
)

// Options of a Log. Zero fields take their defaults.
type Options struct {
	FS     vfs.FS           // where files live; the operating system's
	Now    func() time.Time // the clock that says when an event was recorded; time.Now
	Logger *slog.Logger     // slog.Default

	CacheBytes    int64  // memory for blocks read; 32 MiB
	MemTableBytes uint64 // memory for what is not in sorted files yet, taken up to three times, and as much of the disk; 6 MiB
	ReserveBytes  uint64 // appends are refused while the disk has less left; 64 MiB

	// ReadOnly opens a log that is there already and leaves its files as they are: every append fails with
	// eventstore.ErrReadOnly.
	ReadOnly bool
}

func (o *Options) setDefaults() {
	if o.FS == nil {
		o.FS = vfs.Default
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = 32 << 20
	}
	if o.MemTableBytes == 0 {
		o.MemTableBytes = 6 << 20
	}
	if o.ReserveBytes == 0 {
		o.ReserveBytes = 64 << 20
	}
}

// Log is an eventstore.Store in a directory. Its positions have no gaps.
type Log struct {
	options Options
	dir     string
	db      *pebble.DB
	fault   *fault
	crowd   *crowding
	writer  *writer

	mu      sync.Mutex
	current *view          // nil once closed
	views   sync.WaitGroup // those not closed yet
	closing sync.Once
	closed  error // of closing
}

var _ eventstore.Store = (*Log)(nil)

// Open opens the log in a directory, which it creates at need. ErrLocked when somebody else has it open.
func Open(dir string, o Options) (*Log, error) {
	o.setDefaults()
	log, err := open(dir, o)
	if err != nil {
		return nil, fmt.Errorf("open the event log in %s: %w", dir, err)
	}
	return log, nil
}

func open(dir string, o Options) (*Log, error) {
	dir, err := filepath.Abs(dir) // one name for one directory, or its lock would not be seen in this process
	if err != nil {
		return nil, err
	}
	l := &Log{options: o, dir: dir, fault: newFault(o.Logger), crowd: newCrowding()}
	if l.db, err = pebble.Open(dir, l.tuning()); err != nil {
		return nil, err
	}
	l.fault.opened.Store(true)
	if err = l.fault.err(); err == nil {
		err = l.checkFormat()
	}
	if err == nil {
		l.current, err = l.recoverView()
	}
	if err != nil {
		l.fault.shut()
		return nil, errors.Join(err, l.db.Close())
	}
	if o.ReadOnly {
		l.fault.first = errors.New("it was opened only to be read")
	}
	l.writer = newWriter(l)
	go l.writer.run()
	return l, nil
}

// tuning is Pebble's for a log: large sorted runs, few point reads, every write synced.
func (l *Log) tuning() *pebble.Options {
	p := &pebble.Options{
		FS:                          guardedFS{FS: l.options.FS, fault: l.fault, readOnly: l.options.ReadOnly},
		Logger:                      pebbleLogger{l.fault, l.options.Logger},
		EventListener:               l.crowd.listen(l.fault.listener()),
		FormatMajorVersion:          pebble.FormatTableFormatV6,
		CacheSize:                   l.options.CacheBytes + 2*int64(l.options.MemTableBytes), // which it makes room for
		MemTableSize:                l.options.MemTableBytes,
		MemTableStopWritesThreshold: unreachable,
		L0StopWritesThreshold:       unreachable,
		ReadOnly:                    l.options.ReadOnly,
		WALBytesPerSync:             1 << 20,
		BytesPerSync:                1 << 20,
	}
	for i := range p.Levels {
		p.Levels[i].BlockSize = 16 << 10
		p.Levels[i].FilterPolicy = bloom.FilterPolicy(10) // most heads that are asked for do not exist yet
	}
	return p
}

// checkFormat marks a new directory, and refuses one that something else has written.
func (l *Log) checkFormat() error {
	value, closer, err := l.db.Get(formatKey)
	if err == nil {
		defer closer.Close()
		if string(value) != format {
			return fmt.Errorf("it has format %q, this program reads %q", value, format)
		}
		return nil
	}
	if !errors.Is(err, pebble.ErrNotFound) {
		return err
	}
	it, err := l.db.NewIter(nil)
	if err != nil {
		return err
	}
	foreign := it.First()
	if err := it.Close(); err != nil {
		return err
	}
	if foreign {
		return errors.New("the directory holds something else")
	}
	if l.options.ReadOnly {
		return errors.New("the directory holds no log")
	}
	if err := l.db.Set(formatKey, []byte(format), pebble.Sync); err != nil {
		return err
	}
	return l.fault.err()
}

// Writable tells why nothing can be appended now: eventstore.ErrReadOnly, or eventstore.ErrFull while the disk
// has less left than the reserve.
func (l *Log) Writable() error {
	if err := l.fault.err(); err != nil {
		return fmt.Errorf("%w: %w", eventstore.ErrReadOnly, err)
	}
	disk, err := l.options.FS.GetDiskUsage(l.dir)
	if errors.Is(err, vfs.ErrUnsupported) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: how full is the disk: %w", eventstore.ErrUnavailable, err)
	}
	if reserve := l.options.ReserveBytes; disk.AvailBytes < reserve {
		return fmt.Errorf("%w: %d MiB are left of the disk of %s, and %d MiB are kept in reserve",
			eventstore.ErrFull, disk.AvailBytes>>20, l.dir, reserve>>20)
	}
	return nil
}

// Close implements eventstore.Store. Appends that the writer has not taken up fail with ErrClosed.
func (l *Log) Close() error {
	l.closing.Do(func() {
		l.fault.shut()
		l.writer.stop()
		l.publish(nil)
		l.views.Wait()
		l.closed = l.db.Close()
	})
	if l.closed != nil {
		return fmt.Errorf("close the event log in %s: %w", l.dir, l.closed)
	}
	return nil
}
