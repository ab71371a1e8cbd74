package projections

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// piles is into how many piles records are sorted.
const piles = 256

// spoolMemory is how much of the piles is held in memory, bytes; the rest is in files.
const spoolMemory = 48 << 20

// spool sorts the records of customers' streams into piles, all of one customer into one, in the order of the log. Each
// pile can then be folded by itself. What memory does not hold is in files until close, as the log has it: what is
// personal stays sealed.
type spool struct {
	folder  string // of all spools; a folder of its own is made in it when there is more than memory holds
	own     string
	waiting [piles][]byte
	held    int // bytes that wait
	events  [piles]int
	bytes   [piles]int64
}

// pileOf returns the pile of a customer: always the same.
func pileOf(id uuid.UUID) int {
	h := fnv.New64a()
	_, _ = h.Write(id[:]) // never fails
	return int(h.Sum64() % piles)
}

func (s *spool) add(id uuid.UUID, r *eventstore.Record) error {
	n := pileOf(id)
	before := len(s.waiting[n])
	s.waiting[n] = appendRecord(s.waiting[n], r)
	grown := len(s.waiting[n]) - before
	s.events[n]++
	s.bytes[n] += int64(grown)
	if s.held += grown; s.held > spoolMemory {
		return s.spill()
	}
	return nil
}

// spill moves what waits into the files of the piles.
func (s *spool) spill() (err error) {
	if s.own == "" {
		if s.own, err = os.MkdirTemp(s.folder, spoolPrefix); err != nil {
			return fmt.Errorf("make room for a rebuild: %w", err)
		}
	}
	for n := range s.waiting {
		f, err := os.OpenFile(s.file(n), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err == nil {
			_, err = f.Write(s.waiting[n])
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			return fmt.Errorf("sort the log for a rebuild: %w", err)
		}
		s.waiting[n] = s.waiting[n][:0]
	}
	s.held = 0
	return nil
}

const spoolPrefix = "rapport-rebuild-"

func (s *spool) file(n int) string { return filepath.Join(s.own, strconv.Itoa(n)) }

// read returns the records of a pile, in the order of the log.
func (s *spool) read(n int) (records []eventstore.Record, err error) {
	var text []byte
	if s.own != "" {
		if text, err = os.ReadFile(s.file(n)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read what was sorted for a rebuild: %w", err)
		}
	}
	text = append(text, s.waiting[n]...)
	records = make([]eventstore.Record, s.events[n])
	names := map[string]string{} // each stream and type once
	for i := range records {
		if text, err = readRecord(text, &records[i], names); err != nil {
			return nil, fmt.Errorf("read what was sorted for a rebuild: pile %d, record %d: %w", n, i, err)
		}
	}
	return records, nil
}

// total returns how many records were added.
func (s *spool) total() (n int) {
	for _, events := range s.events {
		n += events
	}
	return n
}

// close removes the files.
func (s *spool) close() error {
	if s.own == "" {
		return nil
	}
	return os.RemoveAll(s.own)
}

// removeSpools removes what rebuilds left in a folder that were cut off.
func removeSpools(folder string) error {
	left, err := filepath.Glob(filepath.Join(folder, spoolPrefix+"*"))
	for _, dir := range left {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return err
}

func appendRecord(out []byte, r *eventstore.Record) []byte {
	out = binary.AppendUvarint(out, uint64(r.Position))
	out = binary.AppendUvarint(out, r.Revision)
	out = binary.AppendVarint(out, r.RecordedAt.UnixNano())
	out = append(out, r.ID[:]...)
	for _, part := range [][]byte{[]byte(r.Stream), []byte(r.Type), r.Data, r.Metadata} {
		out = binary.AppendUvarint(out, uint64(len(part)))
		out = append(out, part...)
	}
	return out
}

var errCutOff = errors.New("it ends within a record")

// readRecord reads a record back, with the names that were read before.
func readRecord(text []byte, r *eventstore.Record, names map[string]string) (rest []byte, err error) {
	position, n := binary.Uvarint(text)
	if n <= 0 {
		return nil, errCutOff
	}
	text = text[n:]
	if r.Revision, n = binary.Uvarint(text); n <= 0 {
		return nil, errCutOff
	}
	text = text[n:]
	at, n := binary.Varint(text)
	if n <= 0 || len(text) < n+len(r.ID) {
		return nil, errCutOff
	}
	text = text[n+copy(r.ID[:], text[n:]):]
	r.Position, r.RecordedAt = eventstore.Position(position), time.Unix(0, at).UTC()
	var parts [4][]byte
	for i := range parts {
		size, n := binary.Uvarint(text)
		if n <= 0 || uint64(len(text)-n) < size {
			return nil, errCutOff
		}
		end := n + int(size)
		parts[i], text = text[n:end:end], text[end:]
	}
	r.Stream, r.Type, r.Data, r.Metadata = once(names, parts[0]), once(names, parts[1]), parts[2], parts[3]
	return text, nil
}

func once(names map[string]string, text []byte) string {
	name, known := names[string(text)]
	if !known {
		name = string(text)
		names[name] = name
	}
	return name
}
