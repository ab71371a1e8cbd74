package embedded

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// fault remembers the first write that failed. From then on the disk's state is uncertain, and nothing more
// is written: opening the log again goes through Pebble's recovery, as after a crash.
type fault struct {
	logger *slog.Logger
	mu     sync.Mutex
	first  error
	found  chan struct{} // closed once there is a first
	down   chan struct{} // closed by shut
	opened atomic.Bool

	damaged sync.Map // the files that were told to be damaged
}

func newFault(logger *slog.Logger) *fault {
	return &fault{logger: logger, found: make(chan struct{}), down: make(chan struct{})}
}

func (f *fault) err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.first
}

// note remembers an error, if it is the first.
func (f *fault) note(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.first == nil {
		f.first = err
		close(f.found)
		f.logger.Error("the event log cannot be written and is read-only until it is opened again", "error", err)
	}
}

// shut ends the waits of hold; call it once, before closing Pebble.
func (f *fault) shut() { close(f.down) }

// hold slows down Pebble, which repeats a failed flush or compaction at once and for ever.
func (f *fault) hold() {
	select {
	case <-f.down:
	case <-time.After(time.Second):
	}
}

func (f *fault) listener() *pebble.EventListener {
	return &pebble.EventListener{
		BackgroundError: func(err error) { f.note(fmt.Errorf("in the background: %w", err)) },
		DataCorruption: func(info pebble.DataCorruptionInfo) {
			if _, told := f.damaged.LoadOrStore(info.Path, true); !told { // at every read
				f.logger.Error("the event log is damaged", "file", info.Path, "error", info.Details)
			}
		},
	}
}

// guardedFS notes the first failed write in a fault, and from then on leaves the disk as it is: nothing is
// written, renamed or removed, as if the power had failed.
//
// Pebble panics, in part beyond recovery, when its write-ahead log or its manifest fails. So only sorted
// tables, whose faults it can bear, tell it, and while it opens not even they, since it would try again for
// ever. All else is made to seem well: the writer asks the fault before it acknowledges anything, and Open
// before it answers.
type guardedFS struct {
	vfs.FS
	fault *fault
	// readOnly: the log is only read, which needs no lock where none can be made, as on a medium that cannot be written.
	readOnly bool
}

// Unwrap implements vfs.FS.
func (g guardedFS) Unwrap() vfs.FS { return g.FS }

// Lock implements vfs.FS. It tells a lock that is taken from a file that cannot be made.
func (g guardedFS) Lock(name string) (io.Closer, error) {
	lock, err := g.FS.Lock(name)
	if err != nil && g.readOnly && (errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)) {
		return io.NopCloser(nil), nil
	}
	if path := (*fs.PathError)(nil); err == nil || errors.As(err, &path) {
		return lock, err
	}
	return nil, fmt.Errorf("%w by another process: stop that one, or choose another directory (%w)", ErrLocked, err)
}

// MkdirAll implements vfs.FS. The log is for nobody else to read.
func (g guardedFS) MkdirAll(dir string, _ fs.FileMode) error { return g.FS.MkdirAll(dir, 0o700) }

// Create implements vfs.FS.
func (g guardedFS) Create(name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	return g.file(name, func() (vfs.File, error) { return g.FS.Create(name, category) })
}

// ReuseForWrite implements vfs.FS.
func (g guardedFS) ReuseForWrite(oldName, newName string, category vfs.DiskWriteCategory) (vfs.File, error) {
	return g.file(newName, func() (vfs.File, error) { return g.FS.ReuseForWrite(oldName, newName, category) })
}

// OpenDir implements vfs.FS. A directory is opened to be synced.
func (g guardedFS) OpenDir(name string) (vfs.File, error) {
	file, err := g.FS.OpenDir(name)
	if err != nil {
		return nil, err
	}
	return &guardedFile{File: file, fault: g.fault, quiet: true}, nil
}

// Rename implements vfs.FS.
func (g guardedFS) Rename(oldName, newName string) error {
	if g.fault.err() == nil {
		if err := g.FS.Rename(oldName, newName); err != nil {
			g.fault.note(err)
		}
	}
	return nil
}

// Remove implements vfs.FS. What cannot be removed is no fault.
func (g guardedFS) Remove(name string) error {
	if g.fault.err() != nil {
		return nil
	}
	return g.FS.Remove(name)
}

func (g guardedFS) file(name string, open func() (vfs.File, error)) (vfs.File, error) {
	quiet := !strings.HasSuffix(name, ".sst") || !g.fault.opened.Load()
	err := g.fault.err()
	if err == nil {
		var file vfs.File
		if file, err = open(); err == nil {
			return &guardedFile{File: file, fault: g.fault, quiet: quiet}, nil
		}
		g.fault.note(err)
	}
	if quiet {
		return vfs.NewMem().Create("nowhere", vfs.WriteCategoryUnspecified)
	}
	g.fault.hold()
	return nil, err
}

// guardedFile notes failed writes. A quiet one hides them from Pebble.
type guardedFile struct {
	vfs.File
	fault *fault
	quiet bool
}

func (f *guardedFile) do(write func() error) error {
	err := f.fault.err()
	if err == nil {
		if err = write(); err != nil {
			f.fault.note(err)
		}
	}
	if f.quiet {
		return nil
	}
	return err
}

// Write implements vfs.File.
func (f *guardedFile) Write(p []byte) (int, error) {
	if err := f.do(func() error { _, err := f.File.Write(p); return err }); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Sync implements vfs.File.
func (f *guardedFile) Sync() error { return f.do(f.File.Sync) }

// SyncData implements vfs.File.
func (f *guardedFile) SyncData() error { return f.do(f.File.SyncData) }

// SyncTo implements vfs.File.
func (f *guardedFile) SyncTo(length int64) (full bool, err error) {
	err = f.do(func() error { full, err = f.File.SyncTo(length); return err })
	return full, err
}

// Preallocate implements vfs.File.
func (f *guardedFile) Preallocate(offset, length int64) error {
	return f.do(func() error { return f.File.Preallocate(offset, length) })
}

// Close implements vfs.File. It always closes.
func (f *guardedFile) Close() error {
	err := f.File.Close()
	if err != nil {
		f.fault.note(err)
	}
	if f.quiet {
		return nil
	}
	return err
}

// pebbleLogger passes on what goes wrong. Pebble would end the process where it calls Fatalf.
type pebbleLogger struct {
	fault  *fault
	logger *slog.Logger
}

// Infof implements pebble.Logger.
func (pebbleLogger) Infof(string, ...any) {}

// Errorf implements pebble.Logger.
func (p pebbleLogger) Errorf(format string, args ...any) {
	p.logger.Warn("event log: " + fmt.Sprintf(format, args...))
}

// Fatalf implements pebble.Logger.
func (p pebbleLogger) Fatalf(format string, args ...any) { p.fault.note(fmt.Errorf(format, args...)) }
