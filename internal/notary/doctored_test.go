package notary_test

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/notary"
)

// doctor is somebody who changes the files of a log while it does not run, and knows how they are written.
type doctor struct {
	t        *testing.T
	db       *pebble.DB
	at, size uint64 // the position to do it to, and that of the newest event
	r        *rand.Rand
}

func (d *doctor) check(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func eventKey(position uint64) []byte { return binary.BigEndian.AppendUint64([]byte("e"), position) }

func (d *doctor) get(position uint64) []byte {
	d.t.Helper()
	value, closer, err := d.db.Get(eventKey(position))
	d.check(err)
	b := slices.Clone(value)
	d.check(closer.Close())
	return b
}

// put writes an event with the checksum that it has in that place.
func (d *doctor) put(position uint64, b []byte) {
	d.t.Helper()
	table := crc32.MakeTable(crc32.Castagnoli)
	binary.BigEndian.PutUint32(b, crc32.Update(crc32.Checksum(eventKey(position)[1:], table), table, b[4:]))
	d.check(d.db.Set(eventKey(position), b, nil))
}

func (d *doctor) remove(position uint64) {
	d.t.Helper()
	d.check(d.db.Delete(eventKey(position), nil))
}

// Where the parts of an event stand: embedded/record.go.
const (
	recordedAt = 5
	revisionAt = 13
	idAt       = 21
	typeLength = 39
	bodyAt     = 45
)

// surgeries change something at a position, and answer which kinds of finding may name it.
var surgeries = map[string]func(*doctor) string{
	"a bit flipped": func(d *doctor) string {
		b := d.get(d.at)
		b[d.r.IntN(len(b))] ^= 1 << d.r.IntN(8)
		d.check(d.db.Set(eventKey(d.at), b, nil))
		return proof.Unreadable
	},
	"cut short": func(d *doctor) string {
		d.check(d.db.Set(eventKey(d.at), d.get(d.at)[:d.r.IntN(bodyAt)], nil))
		return proof.Unreadable
	},
	"lengths beyond the end": func(d *doctor) string {
		b := d.get(d.at)
		b[typeLength] = 0xff
		d.put(d.at, b)
		return proof.Unreadable
	},
	"texts changed": func(d *doctor) string {
		b := d.get(d.at)
		b[bodyAt+d.r.IntN(len(b)-bodyAt)] ^= 1
		d.put(d.at, b)
		return proof.Altered
	},
	"its time, revision or id": func(d *doctor) string {
		b := d.get(d.at)
		b[[]int{recordedAt + 7, revisionAt + 7, idAt + 3}[d.r.IntN(3)]] ^= 1
		d.put(d.at, b)
		return proof.Altered
	},
	"hidden as a system event": func(d *doctor) string {
		b := d.get(d.at)
		b[bodyAt+int(binary.BigEndian.Uint16(b[37:]))] = '$'
		d.put(d.at, b)
		return proof.Removed
	},
	"removed": func(d *doctor) string {
		d.remove(d.at)
		return proof.Removed
	},
	"cut off": func(d *doctor) string {
		for p := d.at; p <= d.size; p++ {
			d.remove(p)
		}
		return proof.Removed
	},
	"swapped": func(d *doctor) string {
		other := 1 + (d.at+d.r.Uint64N(d.size-1))%d.size
		a, b := d.get(d.at), d.get(other)
		d.put(d.at, b)
		d.put(other, a)
		return proof.Moved
	},
	"removed, and those behind moved up": func(d *doctor) string {
		for p := d.at; p < d.size; p++ {
			d.put(p, d.get(p+1))
		}
		d.remove(d.size)
		return proof.Removed + proof.Altered + proof.Moved
	},
	"put in": func(d *doctor) string {
		for p := d.size; p >= d.at; p-- {
			d.put(p+1, d.get(p))
		}
		b := d.get(d.at)
		b[idAt] ^= 1
		d.put(d.at, b)
		return proof.Altered + proof.Moved
	},
	"a foreign key before it": func(d *doctor) string {
		d.at = max(d.at, 2) // before the first it is never seen
		d.check(d.db.Set(append(eventKey(d.at-1), 0), []byte("?"), nil))
		return proof.Removed
	},
	"an event far beyond the end": func(d *doctor) string {
		d.remove(d.at)
		d.put(1<<60, d.get(1+d.at%d.size))
		d.check(d.db.Set(append(eventKey(1<<61), 0), []byte("?"), nil))
		return proof.Removed
	},
}

// patient is a log that was written down and signed, and its files when it was closed.
func patient(t *testing.T) (w *world, size uint64, want []eventstore.Record, files map[string]string) {
	w = newWorld(t)
	if err := w.log.Close(); err != nil {
		t.Fatal(err)
	}
	var err error // small tables, so that there are some, and a log before them
	if w.log, err = embedded.Open("log", embedded.Options{FS: w.disk, MemTableBytes: 64 << 10}); err != nil {
		t.Fatal(err)
	}
	w.padding = 4000
	w.start()
	for range 6 {
		for _, stream := range []string{"customer-1", "customer-2", "segment-x"} {
			size = uint64(w.append(stream, 17))
		}
		w.sign()
	}
	w.stop()
	want = w.records(t, w.log)
	if err := w.log.Close(); err != nil {
		t.Fatal(err)
	}
	files = w.files()
	w.open()
	return w, size, want, files
}

func (w *world) records(t *testing.T, log *embedded.Log) (all []eventstore.Record) {
	t.Helper()
	for r, err := range log.ReadAll(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// times returns how often something is tried: with -short, which is for the race detector, less often.
func times(all, short int) int {
	if testing.Short() {
		return short
	}
	return all
}

// Whatever somebody does to the log's own contents is found, and named.
func TestDoctoredLog(t *testing.T) {
	w, size, _, files := patient(t)
	names := slices.Sorted(maps.Keys(surgeries))
	for n := range times(200, 2*len(names)) {
		r := rand.New(rand.NewPCG(uint64(n), 3))
		disk := diskOf(t, files)
		d := &doctor{t: t, at: 1 + r.Uint64N(size), size: size, r: r}
		if n < 2*len(names) { // the first and the last of all
			d.at = []uint64{1, size}[n/len(names)]
		}
		var err error
		d.db, err = pebble.Open(absolute(t), &pebble.Options{FS: disk, FormatMajorVersion: pebble.FormatTableFormatV6, LoggerAndTracer: quiet{}})
		d.check(err)
		name := names[n%len(names)]
		kinds := surgeries[name](d)
		d.check(d.db.Close())
		report, err := w.examine(disk)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		at := slices.IndexFunc(report.Findings, func(f proof.Finding) bool { return f.Position == eventstore.Position(d.at) })
		if report.Intact() || at < 0 || !strings.Contains(kinds, report.Findings[at].Kind) {
			t.Errorf("%d: position %d, %s: want it %s, got %+v", n, d.at, name, kinds, report)
		}
	}
}

// Whatever bit of the log's files flips, either it is found, or it meant nothing: the log is read as it was written.
func TestDamagedFiles(t *testing.T) {
	w, _, want, files := patient(t)
	var tables, logs []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		files[name] = strings.TrimRight(files[name], "\x00") // room that was kept for more
		if strings.HasSuffix(name, ".sst") {
			tables = append(tables, name)
		} else if strings.HasSuffix(name, ".log") {
			logs = append(logs, name)
		}
	}
	if len(tables) == 0 || len(logs) == 0 || len(files[logs[len(logs)-1]]) < 1000 {
		t.Fatalf("there is not all that is to be damaged: %v", slices.Collect(maps.Keys(files)))
	}
	names := append(tables, logs[len(logs)-1]) // the others hold what stands in tables as well
	found, named := 0, 0
	flips := times(10, 4) // Pebble looks for the flipped bit of a damaged block for seconds, and longer under the race detector
	for n := range flips {
		r := rand.New(rand.NewPCG(uint64(n), 7))
		disk := diskOf(t, files)
		name := names[n%len(names)]
		b := []byte(files[name])
		b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		write(t, disk, name, string(b))
		report, err := w.examine(disk)
		switch {
		case err != nil: // it cannot be opened at all
			found++
		case !report.Intact():
			found++
			if report.Findings[0].Position > 0 {
				named++
			}
		default:
			log, err := embedded.Open("log", embedded.Options{FS: disk, ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, w.records(t, log)); diff != "" {
				t.Errorf("%s: not found, though the log is another:\n%s", name, diff)
			}
			if err := log.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	t.Logf("of %d flipped bits, %d were found, %d by their positions", flips, found, named)
	if found < flips/2 || named < flips/4 {
		t.Errorf("of %d flipped bits, %d were found, %d by their positions", flips, found, named)
	}
}

// examine verifies what a disk holds.
func (w *world) examine(disk vfs.FS) (proof.Report, error) {
	log, err := embedded.Open("log", embedded.Options{FS: disk, ReadOnly: true})
	if err != nil {
		return proof.Report{}, err
	}
	report, err := notary.Verify(w.t.Context(), w.url, proof.Verification{Log: log, Key: w.key.Check()})
	return report, errors.Join(err, log.Close())
}

// files answers all that the log's disk holds now.
func (w *world) files() map[string]string {
	w.t.Helper()
	dir := absolute(w.t)
	names, err := w.disk.List(dir)
	if err != nil {
		w.t.Fatal(err)
	}
	all := map[string]string{}
	for _, name := range names {
		file, err := w.disk.Open(filepath.Join(dir, name))
		if err != nil {
			w.t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err := errors.Join(err, file.Close()); err != nil {
			w.t.Fatal(err)
		}
		all[name] = string(text)
	}
	return all
}

func diskOf(t *testing.T, files map[string]string) *vfs.MemFS {
	t.Helper()
	disk := vfs.NewMem()
	if err := disk.MkdirAll(absolute(t), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		write(t, disk, name, text)
	}
	return disk
}

func write(t *testing.T, disk vfs.FS, name, text string) {
	t.Helper()
	file, err := disk.Create(filepath.Join(absolute(t), name), vfs.WriteCategoryUnspecified)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.WriteString(file, text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		t.Fatal(err)
	}
}

func absolute(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("log")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// quiet is a pebble.LoggerAndTracer that tells nothing.
type quiet struct{ pebble.LoggerAndTracer }

func (quiet) Infof(string, ...any)                   {}
func (quiet) Errorf(string, ...any)                  {}
func (quiet) Eventf(context.Context, string, ...any) {}
func (quiet) IsTracingEnabled(context.Context) bool  { return false }

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 3)) }
