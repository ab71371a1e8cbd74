package notary_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/notary"
)

// place answers the stream and the revision of the event at the doctor's position.
func (d *doctor) place() (stream string, revision uint64) {
	b := d.get(d.at)
	return string(b[bodyAt : bodyAt+int(binary.BigEndian.Uint16(b[37:]))]), binary.BigEndian.Uint64(b[revisionAt:])
}

func (d *doctor) head(stream string, change func(b []byte)) {
	d.t.Helper()
	value, closer, err := d.db.Get([]byte("h" + stream))
	d.check(err)
	b := slices.Clone(value)
	d.check(closer.Close())
	change(b)
	d.check(d.db.Set([]byte("h"+stream), b, nil))
}

// ofTheIndex change what the log finds a stream's events by, and leave the events as they are. They answer what the
// finding must name beside its kind.
var ofTheIndex = map[string]func(*doctor) string{
	"an entry removed": func(d *doctor) string {
		stream, revision := d.place()
		d.check(d.db.Delete(indexKey(stream, revision), nil))
		return stream
	},
	"an entry leads to another event": func(d *doctor) string {
		stream, revision := d.place()
		d.check(d.db.Set(indexKey(stream, revision), eventKey(1 + d.at%d.size)[1:], nil))
		return stream
	},
	"an entry leads nowhere": func(d *doctor) string {
		stream, revision := d.place()
		d.check(d.db.Set(indexKey(stream, revision), eventKey(d.size + 7)[1:], nil))
		return stream
	},
	"an entry too many": func(d *doctor) string {
		stream, revision := d.place()
		d.check(d.db.Set(indexKey(stream, revision+1000), eventKey(d.at)[1:], nil))
		return stream
	},
	"two entries swapped": func(d *doctor) string {
		stream, revision := d.place()
		other := (revision + 1) % 7
		if other == revision {
			other++
		}
		one, two := d.entry(stream, revision), d.entry(stream, other)
		d.check(d.db.Set(indexKey(stream, revision), two, nil))
		d.check(d.db.Set(indexKey(stream, other), one, nil))
		return stream
	},
	"the newest events taken out, and the head set back": func(d *doctor) string {
		stream, _ := d.place()
		n := uint64(1 + d.r.IntN(5))
		d.head(stream, func(b []byte) {
			count := binary.BigEndian.Uint64(b[1:])
			binary.BigEndian.PutUint64(b[1:], count-n)
			for i := range n {
				d.check(d.db.Delete(indexKey(stream, count-1-i), nil))
			}
		})
		return stream
	},
	"a head set back or forth": func(d *doctor) string {
		stream, _ := d.place()
		d.head(stream, func(b []byte) { b[8] ^= byte(1 + d.r.IntN(255)) })
		return stream
	},
	"a head removed": func(d *doctor) string {
		stream, _ := d.place()
		d.check(d.db.Delete([]byte("h"+stream), nil))
		return stream
	},
	"a head of a stream that there is not": func(d *doctor) string {
		b := make([]byte, 33)
		b[8] = byte(1 + d.r.IntN(255))
		d.check(d.db.Set([]byte("hnobody"), b, nil))
		return "nobody"
	},
}

func (d *doctor) entry(stream string, revision uint64) []byte {
	d.t.Helper()
	value, closer, err := d.db.Get(indexKey(stream, revision))
	d.check(err)
	b := slices.Clone(value)
	d.check(closer.Close())
	return b
}

// ofTheDatabase change what was written down, by SQL in which $ is a number drawn at random.
var ofTheDatabase = map[string]string{
	"a hash of an event":          "UPDATE proof.tiles SET hashes = set_byte(hashes, $ % length(hashes), (get_byte(hashes, $ % length(hashes)) + 1) % 256) WHERE level = 0 AND number = $ % 2",
	"a hash above":                "UPDATE proof.tiles SET hashes = set_byte(hashes, $ % length(hashes), (get_byte(hashes, $ % length(hashes)) + 1) % 256) WHERE level = 1",
	"a position":                  "UPDATE proof.tiles SET positions = set_byte(positions, $ % length(positions), 2) WHERE level = 0 AND number = $ % 2",
	"a tile's first position":     "UPDATE proof.tiles SET first_position = first_position + 1 WHERE level = 0 AND number = $ % 2",
	"a tile removed":              "DELETE FROM proof.tiles WHERE level = 0 AND number = $ % 2",
	"the tile above removed":      "DELETE FROM proof.tiles WHERE level = 1",
	"the last hashes cut off":     "UPDATE proof.tiles SET hashes = substring(hashes FOR 32 * 20), positions = substring(positions FOR 19) WHERE level = 0 AND number = 1",
	"the root":                    "UPDATE proof.checkpoint SET root = set_byte(root, $ % 32, (get_byte(root, $ % 32) + 1) % 256)",
	"how far the tree is":         "UPDATE proof.checkpoint SET size = size + 1 + $ % 9",
	"a head's text":               "UPDATE proof.heads SET note = overlay(note PLACING 'x' FROM 1 + $ % 60 FOR 1) WHERE size = (SELECT max(size) FROM proof.heads)",
	"a head's signature":          "UPDATE proof.heads SET note = regexp_replace(note, '....\n$', 'AAAA' || chr(10)) WHERE size = (SELECT min(size) FROM proof.heads)",
	"a head under another's size": "UPDATE proof.heads h SET note = (SELECT note || ' ' FROM proof.heads o WHERE o.size > h.size LIMIT 1) WHERE size = (SELECT min(size) FROM proof.heads)",
	"a count of a stream":         "UPDATE proof.counts SET entries = set_byte(entries, length(entries) - 1, (get_byte(entries, length(entries) - 1) + 1 + $ % 200) % 256) WHERE bucket = (SELECT bucket FROM proof.counts ORDER BY bucket OFFSET $ % 3 LIMIT 1)",
	"a stream's name":             "UPDATE proof.counts SET entries = set_byte(entries, $ % 32, (get_byte(entries, $ % 32) + 1) % 256) WHERE bucket = (SELECT min(bucket) FROM proof.counts)",
	"a stream's count removed":    "DELETE FROM proof.counts WHERE bucket = (SELECT bucket FROM proof.counts ORDER BY bucket OFFSET $ % 3 LIMIT 1)",
	"a stream counted that is no": "INSERT INTO proof.counts SELECT $ % 65536, entries FROM proof.counts LIMIT 1 ON CONFLICT (bucket) DO UPDATE SET entries = ''",
}

// Whatever is changed in the index of the log's streams, or in the database, is found and named: with those of
// TestDoctoredLog and TestClocks, 300 manipulations.
func TestManipulations(t *testing.T) {
	w, size, _, files := patient(t)
	names := slices.Sorted(maps.Keys(ofTheIndex))
	for n := range times(50, len(names)) {
		r := rand.New(rand.NewPCG(uint64(n), 5))
		disk := diskOf(t, files)
		d := &doctor{t: t, at: 1 + r.Uint64N(size), size: size, r: r}
		var err error
		d.db, err = pebble.Open(absolute(t), &pebble.Options{FS: disk, FormatMajorVersion: pebble.FormatTableFormatV6, LoggerAndTracer: quiet{}})
		d.check(err)
		name := names[n%len(names)]
		want := ofTheIndex[name](d)
		d.check(d.db.Close())
		report, err := w.examine(disk)
		if err != nil || !slices.ContainsFunc(report.Findings, func(f proof.Finding) bool {
			return f.Kind == proof.Misindexed && strings.Contains(f.Detail, want)
		}) {
			t.Errorf("%d: position %d, %s: want %s named, got %+v, %v", n, d.at, name, want, report, err)
		}
	}

	tables := []string{"tiles", "checkpoint", "heads", "counts"}
	for _, table := range tables {
		w.exec("CREATE TABLE kept_" + table + " AS TABLE proof." + table)
	}
	if report := w.verify(); !report.Intact() {
		t.Fatalf("untouched: %+v", report)
	}
	names = slices.Sorted(maps.Keys(ofTheDatabase))
	for n := range times(48, len(names)) {
		for _, table := range tables {
			w.exec("DELETE FROM proof." + table + "; INSERT INTO proof." + table + " TABLE kept_" + table)
		}
		name := names[n%len(names)]
		r := rand.New(rand.NewPCG(uint64(n), 9))
		w.exec(strings.ReplaceAll(ofTheDatabase[name], "$ %", fmt.Sprint(r.IntN(1<<20))+" %"))
		report, err := notary.Verify(t.Context(), w.url, proof.Verification{Log: w.log, Key: w.key.Check()})
		if err != nil && !errors.Is(err, proof.ErrBroken) || err == nil && report.Intact() {
			t.Errorf("%d: %s: %+v, %v", n, name, report, err)
		}
	}
}

// Times of recording that stepped back while the log grew are warnings that name the event, and no difference: the log
// is as it was written down. A time that was changed afterwards is one.
func TestClocks(t *testing.T) {
	w := newWorld(t)
	w.append("customer-1", 9)
	shift := func(at uint64, by time.Duration) {
		w.doctor(func(d *doctor) {
			b := d.get(at)
			micros := int64(binary.BigEndian.Uint64(b[recordedAt:]))
			binary.BigEndian.PutUint64(b[recordedAt:], uint64(micros+by.Microseconds()))
			d.put(at, b)
		})
	}
	shift(3, -time.Hour)
	shift(5, 48*time.Hour)
	shift(8, -500*time.Millisecond)
	w.start()
	w.sign()
	report := w.verify()
	got := map[eventstore.Position]bool{}
	for _, f := range report.Warnings {
		if f.Kind == proof.Backwards {
			got[f.Position] = true
		}
	}
	if want := map[eventstore.Position]bool{3: true, 6: true}; !report.Intact() || !maps.Equal(got, want) {
		t.Errorf("%+v, want warnings at %v", report, want)
	}
	w.stop()
	shift(2, time.Minute)
	if r := w.verify(); r.Intact() || r.Findings[0].Position != 2 || r.Findings[0].Kind != proof.Altered {
		t.Errorf("a time that was changed: %+v", r)
	}
}
