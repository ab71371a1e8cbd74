package snapshot

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/google/uuid"
)

// Options of a Store.
type Options struct {
	Dir     string // whose files are all the store's
	Version string // of the code: what another version wrote is removed
	Bytes   int64  // that the files may take together
	// Room reports whether the disk has room for so many bytes; nil where it need not be asked.
	Room   func(bytes int64) bool
	Logger *slog.Logger
}

// Store keeps the newest value of each id in a folder, within a bound: a ring of files that are only appended to, of
// which the oldest goes when the bound is reached. Nothing is synced. It never fails: what cannot be written or read
// is not there. Two processes may use one folder; each writes files of its own.
type Store struct {
	o           Options
	fileBytes   int64 // a file takes no more values beyond this
	writing     sync.Mutex
	complaining sync.Once

	mu     sync.Mutex
	index  map[uuid.UUID]place
	files  map[uint32]*file
	order  []uint32 // of the files, the oldest first
	bytes  int64
	newest *file // that this process writes; nil before the first value, and after a fault
	closed bool

	scan sync.WaitGroup
}

// place is where a value's record stands.
type place struct{ file, at, size uint32 }

func (p place) before(q place) bool { return p.file < q.file || p.file == q.file && p.at < q.at }

type file struct {
	*os.File
	number uint32
	own    bool // written by this process
	size   int64
	ids    []uuid.UUID // of the records in it
}

// A record is the checksum of all that follows it, the id, the value's size, and the value.
const recordHeader = 4 + 16 + 4

const suffix = ".snapshots"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Open opens the store in a folder, which it makes at need. What the folder holds already is found in the background.
func Open(o Options) (*Store, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of snapshots: %w", err)
	}
	s := &Store{o: o, fileBytes: min(max(o.Bytes/16, 64<<10), 64<<20), index: map[uuid.UUID]place{}, files: map[uint32]*file{}}
	names, err := filepath.Glob(filepath.Join(o.Dir, "*"+suffix))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if f, ok := s.reopen(name); ok {
			s.add(f)
		} else {
			_ = os.Remove(name)
		}
	}
	s.mu.Lock()
	s.trim()
	found := slices.Clone(s.order)
	s.mu.Unlock()
	s.scan.Go(func() {
		for _, number := range slices.Backward(found) {
			s.find(number)
		}
	})
	return s, nil
}

// Found returns once what the folder held is found.
func (s *Store) Found() { s.scan.Wait() }

// Close ends what is under way. The files stay.
func (s *Store) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.scan.Wait()
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		_ = f.Close()
	}
	clear(s.files)
	clear(s.index)
	s.newest = nil
}

// Get returns the newest value of an id, and whether this process wrote it.
func (s *Store) Get(id uuid.UUID) (value []byte, own, ok bool) {
	s.mu.Lock()
	at, ok := s.index[id]
	f := s.files[at.file]
	s.mu.Unlock()
	if !ok || f == nil {
		return nil, false, false
	}
	record := make([]byte, at.size)
	_, err := f.ReadAt(record, int64(at.at)) // which fails where the file was closed meanwhile
	if err != nil || binary.BigEndian.Uint32(record) != crc32.Checksum(record[4:], castagnoli) ||
		!bytes.Equal(record[4:20], id[:]) {
		return nil, false, false
	}
	return record[recordHeader:], f.own, true
}

// Put keeps a value in place of an earlier one, if it can.
func (s *Store) Put(id uuid.UUID, value []byte) {
	size := int64(recordHeader + len(value))
	if size > s.fileBytes {
		return
	}
	record := make([]byte, 4, size)
	record = append(record, id[:]...)
	record = binary.BigEndian.AppendUint32(record, uint32(len(value)))
	record = append(record, value...)
	binary.BigEndian.PutUint32(record, crc32.Checksum(record[4:], castagnoli))

	s.writing.Lock()
	defer s.writing.Unlock()
	f, err := s.writable(size)
	if err == nil && f != nil {
		_, err = f.WriteAt(record, f.size)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.newest = nil
		s.complaining.Do(func() { s.o.Logger.Warn("snapshots cannot be written; commands go on without", "error", err) })
		return
	}
	if f == nil {
		return
	}
	s.index[id] = place{f.number, uint32(f.size), uint32(size)}
	f.ids = append(f.ids, id)
	f.size += size
	s.bytes += size
	s.trim()
}

// Forget removes an id's value. Its bytes stay in the files until these go.
func (s *Store) Forget(id uuid.UUID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.index, id)
}

// writable returns a file that takes so many bytes more; nil where the disk has no room, or the store is closed.
func (s *Store) writable(size int64) (*file, error) {
	s.mu.Lock()
	f, closed, next := s.newest, s.closed, uint32(1)
	if len(s.order) > 0 {
		next = s.order[len(s.order)-1] + 1
	}
	s.mu.Unlock()
	if closed {
		return nil, nil
	}
	if f != nil && f.size+size <= s.fileBytes {
		return f, nil
	}
	if s.o.Room != nil && !s.o.Room(s.fileBytes) {
		return nil, nil
	}
	for ; ; next++ {
		name := filepath.Join(s.o.Dir, fmt.Sprintf("%08d%s", next, suffix))
		out, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue // another process's
		}
		if err != nil {
			return nil, err
		}
		f = &file{File: out, number: next, own: true, size: int64(len(s.head()))}
		if _, err := out.Write(s.head()); err != nil {
			return nil, errors.Join(err, out.Close())
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.add(f)
		s.newest = f
		return f, nil
	}
}

// head is how files of this version begin.
func (s *Store) head() []byte { return []byte("rapport snapshots 1\n" + s.o.Version + "\n") }

// reopen returns a file that an earlier process wrote; false where it cannot be used.
func (s *Store) reopen(name string) (*file, bool) {
	f := &file{}
	if _, err := fmt.Sscanf(filepath.Base(name), "%d"+suffix, &f.number); err != nil {
		return nil, false
	}
	var err error
	if f.File, err = os.Open(name); err != nil {
		return nil, false
	}
	head := make([]byte, len(s.head()))
	info, err := f.Stat()
	if err == nil {
		f.size = info.Size()
		_, err = io.ReadFull(f, head)
	}
	if err != nil || !bytes.Equal(head, s.head()) || f.size > 1<<32-1 {
		_ = f.Close()
		return nil, false
	}
	return f, true
}

func (s *Store) add(f *file) {
	s.files[f.number] = f
	s.order = append(s.order, f.number)
	slices.SortFunc(s.order, cmp.Compare)
	s.bytes += f.size
}

// trim removes the oldest files while there are too many bytes.
func (s *Store) trim() {
	for s.bytes > s.o.Bytes && len(s.order) > 1 {
		f := s.files[s.order[0]]
		if f == s.newest {
			return
		}
		for _, id := range f.ids {
			if s.index[id].file == f.number {
				delete(s.index, id)
			}
		}
		delete(s.files, f.number)
		s.order = s.order[1:]
		s.bytes -= f.size
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
}

// find brings an earlier process's file into the index, as far as it is whole. Values are checked when they are read.
func (s *Store) find(number uint32) {
	s.mu.Lock()
	f := s.files[number]
	s.mu.Unlock()
	if f == nil {
		return
	}
	header := make([]byte, recordHeader)
	for at := int64(len(s.head())); at+recordHeader <= f.size; {
		if _, err := f.ReadAt(header, at); err != nil {
			return
		}
		id, size := uuid.UUID(header[4:20]), recordHeader+int64(binary.BigEndian.Uint32(header[20:]))
		if at+size > f.size || id == uuid.Nil {
			return
		}
		if !s.found(f, id, place{number, uint32(at), uint32(size)}) {
			return
		}
		at += size
	}
}

// found indexes a value unless a newer one is known; false where there is no need to go on.
func (s *Store) found(f *file, id uuid.UUID, at place) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.files[f.number] != f {
		return false
	}
	if known, ok := s.index[id]; !ok || known.before(at) {
		s.index[id] = at
	}
	f.ids = append(f.ids, id)
	return true
}
