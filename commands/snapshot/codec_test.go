package snapshot

import (
	"bytes"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// shape has every kind of thing that states are made of.
type shape struct {
	Flag    bool
	Small   int8
	Number  int64
	Whole   uint64
	Share   float64
	Text    string
	ID      uuid.UUID
	Bytes   []byte
	At      time.Time
	By      *time.Time
	Words   []string
	Pair    [2]string
	Set     map[uuid.UUID]struct{}
	Parts   map[string]*part
	Days    map[part]int
	hidden  map[uuid.UUID]*part
	shared  map[uuid.UUID]*part
	nothing *part
}

type part struct {
	Name string
	n    int32
}

func draw(t *rapid.T) shape {
	text := rapid.StringN(0, 8, 40)
	id := rapid.Map(rapid.SliceOfN(rapid.Byte(), 16, 16), func(b []byte) uuid.UUID { return uuid.UUID(b) })
	parts := rapid.Custom(func(t *rapid.T) part { return part{text.Draw(t, "name"), rapid.Int32().Draw(t, "n")} })
	at := rapid.Custom(func(t *rapid.T) time.Time {
		at := time.Unix(rapid.Int64Range(-1e10, 1e10).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns"))
		if rapid.Bool().Draw(t, "elsewhere") {
			return at.In(time.FixedZone("", rapid.IntRange(-12, 14).Draw(t, "hours")*3600))
		}
		return at.UTC()
	})
	s := shape{
		Flag: rapid.Bool().Draw(t, "flag"), Small: rapid.Int8().Draw(t, "small"), Number: rapid.Int64().Draw(t, "number"),
		Whole: rapid.Uint64().Draw(t, "whole"), Share: rapid.Float64().Draw(t, "share"), Text: text.Draw(t, "text"),
		ID: id.Draw(t, "id"), Bytes: rapid.SliceOfN(rapid.Byte(), 0, 9).Draw(t, "bytes"), At: at.Draw(t, "at"),
		Words: rapid.SliceOfN(text, 0, 5).Draw(t, "words"), Pair: [2]string{text.Draw(t, "a"), text.Draw(t, "b")},
		Parts:   rapid.MapOfN(text, rapid.Ptr(parts, true), 0, 12).Draw(t, "parts"),
		Days:    rapid.MapOfN(parts, rapid.Int(), 0, 3).Draw(t, "days"),
		hidden:  rapid.MapOfN(id, rapid.Ptr(parts, false), 0, 20).Draw(t, "hidden"),
		nothing: nil, // as such a pointer is kept too
	}
	if rapid.Bool().Draw(t, "more") {
		by := at.Draw(t, "by")
		s.By, s.Set, s.shared = &by, map[uuid.UUID]struct{}{s.ID: {}}, map[uuid.UUID]*part{}
		for id, p := range s.hidden {
			s.shared[id] = p
		}
	}
	if rapid.Bool().Draw(t, "none") {
		s.Parts, s.Words, s.Bytes = nil, nil, nil
	}
	return s
}

// What comes back is what went in, to the last nil, and two pointers to one thing are that again.
func TestRoundTrip(t *testing.T) {
	codec := NewCodec[shape]()
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		var out shape
		if err := codec.Decode(codec.Append(nil, &in), &out); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(in, out) {
			t.Fatalf("went in:\n%+v\ncame out:\n%+v", in, out)
		}
		for id, p := range out.shared {
			if out.hidden[id] != p {
				t.Fatal("one thing became two")
			}
		}
		if !bytes.Equal(codec.Canonical(&in), codec.Canonical(&out)) {
			t.Fatal("equal values have other canonical bytes")
		}
	})
}

// Bytes that are cut off or changed are refused or read as something else, but never panic.
func TestMalformed(t *testing.T) {
	codec := NewCodec[shape]()
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		b := codec.Append(nil, &in)
		cut := rapid.IntRange(0, len(b)-1).Draw(t, "cut")
		var out shape
		if err := codec.Decode(b[:cut], &out); err == nil || !reflect.ValueOf(out).IsZero() {
			t.Fatalf("the first %d of %d bytes were read as %+v (%v)", cut, len(b), out, err)
		}
		b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		_ = codec.Decode(b, &out)
	})
}

func TestLayout(t *testing.T) {
	type inner struct{ A, B int }
	type other struct{ B, A int }
	one := NewCodec[map[string][]struct{ In inner }]().Layout()
	if again := NewCodec[map[string][]struct{ In inner }]().Layout(); again != one {
		t.Error("one type has two layouts")
	}
	if swapped := NewCodec[map[string][]struct{ In other }]().Layout(); swapped == one {
		t.Error("two types have one layout")
	}
	defer func() {
		if recover() == nil {
			t.Error("a func was taken")
		}
	}()
	NewCodec[struct{ F func() }]()
}

// The estimate is near what the allocator says.
func TestSize(t *testing.T) {
	codec := NewCodec[shape]()
	make1 := func(i int) *shape {
		s := &shape{Parts: map[string]*part{}, hidden: map[uuid.UUID]*part{}, Set: map[uuid.UUID]struct{}{}}
		for j := range 3 + i%40 {
			id := uuid.New()
			p := &part{Name: string(bytes.Repeat([]byte{'x'}, j))}
			s.Parts[id.String()], s.hidden[id] = p, &part{}
			s.Set[id] = struct{}{}
			s.Words = append(s.Words, id.String())
		}
		return s
	}
	const many = 2000
	all := make([]*shape, many)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range all {
		all[i] = make1(i)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	taken, estimated := float64(after.HeapAlloc-before.HeapAlloc), 0.0
	for _, s := range all {
		estimated += float64(codec.Size(s))
	}
	if ratio := estimated / taken; ratio < 0.75 || ratio > 1.33 {
		t.Errorf("%.0f bytes were estimated, %.0f taken", estimated, taken)
	}
	runtime.KeepAlive(all)
}

func BenchmarkCodec(b *testing.B) {
	type bought struct {
		digest    uint64
		place     int
		currency  string
		reporting string
		total     int64
		lines     []struct {
			sku string
			q   int64
		}
	}
	type state struct {
		purchases map[uuid.UUID]*bought
		seen      map[uuid.UUID]uint64
	}
	s := state{map[uuid.UUID]*bought{}, map[uuid.UUID]uint64{}}
	for i := range 20 {
		p := &bought{digest: 1 << 60, place: i, currency: "EUR", reporting: "EUR", total: 4711}
		p.lines = append(p.lines, struct {
			sku string
			q   int64
		}{"85123A", 6})
		s.purchases[uuid.New()], s.seen[uuid.New()] = p, 1<<61
	}
	codec := NewCodec[state]()
	bytes := codec.Append(nil, &s)
	b.Run("append", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			bytes = codec.Append(bytes[:0], &s)
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var out state
			if err := codec.Decode(bytes, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("size", func(b *testing.B) {
		for b.Loop() {
			codec.Size(&s)
		}
	})
}
