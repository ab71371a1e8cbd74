package snapshot

import (
	"encoding/binary"
	"math/bits"
	"reflect"
	"sync"
	"time"
	"unsafe"
)

type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

// pointee is what a pointer points to: a struct and its first field have one address.
type pointee struct {
	at    unsafe.Pointer
	coder *coder
}

type writer struct {
	b        []byte
	sorted   bool
	pointers map[pointee]int
}

var writers = sync.Pool{New: func() any { return &writer{pointers: map[pointee]int{}} }}

// pointed returns a pointee's number, from 0, and whether it was written before.
func (w *writer) pointed(p pointee) (int, bool) {
	n, ok := w.pointers[p]
	if ok {
		return n, true
	}
	n = len(w.pointers)
	w.pointers[p] = n
	return n, false
}

func (w *writer) uvarint(n uint64) { w.b = binary.AppendUvarint(w.b, n) }
func (w *writer) varint(n int64)   { w.b = binary.AppendVarint(w.b, n) }

func (w *writer) text(s string) {
	w.uvarint(uint64(len(s)))
	w.b = append(w.b, s...)
}

// reader goes through bytes until they end, or prove bad.
type reader struct {
	b        []byte
	bad      bool
	pointers []pointee
	slabs    map[*coder]*slab
	words    [256]string // read before, by their first, last and number of bytes
}

// slab is memory for values of one type that are pointed to: one allocation serves many of them.
type slab struct {
	next unsafe.Pointer
	left int
	size int // of the next slab
}

func (r *reader) allocate(c *coder, t reflect.Type, size uintptr) unsafe.Pointer {
	s := r.slabs[c]
	if s == nil {
		if r.slabs == nil {
			r.slabs = map[*coder]*slab{}
		}
		s = &slab{size: 1}
		r.slabs[c] = s
	}
	if s.left == 0 {
		s.next, s.left = reflect.MakeSlice(reflect.SliceOf(t), s.size, s.size).UnsafePointer(), s.size
		s.size = min(2*s.size, 32)
	}
	at := s.next
	if s.left--; s.left > 0 {
		s.next = unsafe.Add(s.next, size)
	}
	return at
}

// take returns the next n bytes, or nil where there are not so many.
func (r *reader) take(n uintptr) []byte {
	if r.bad || n > uintptr(len(r.b)) {
		r.bad = true
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.b)
	if r.bad || size <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) varint() int64 {
	n := r.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

// text reads a string. Short ones, such as currencies and SKUs, are often the same.
func (r *reader) text() string {
	b := r.take(uintptr(r.uvarint()))
	if len(b) == 0 || len(b) > 32 {
		return string(b)
	}
	word := &r.words[(b[0]*31 + b[len(b)-1]*7 + byte(len(b)))]
	if *word != string(b) {
		*word = string(b)
	}
	return *word
}

// count reads the number of elements of a map or slice; false where it is nil. Elements have at least a byte each, but
// for empty structs.
func (r *reader) count() (int, bool) {
	n := r.uvarint()
	if n == 0 || r.bad {
		return 0, false
	}
	if n-1 > uint64(len(r.b))+1 {
		r.bad = true
		return 0, false
	}
	return int(n - 1), true
}

// A time is its seconds, nanoseconds and zone; a reading of the monotonic clock is left off.
func encodeTime(w *writer, p unsafe.Pointer) {
	t := *(*time.Time)(p)
	w.varint(t.Unix())
	w.uvarint(uint64(t.Nanosecond()))
	switch t.Location() {
	case time.UTC:
		w.uvarint(zoneUTC)
	case time.Local:
		w.uvarint(zoneLocal)
	default:
		name, offset := t.Zone()
		w.uvarint(zoneFixed)
		w.text(name)
		w.varint(int64(offset))
	}
}

const (
	zoneUTC = iota
	zoneLocal
	zoneFixed
)

func decodeTime(r *reader, p unsafe.Pointer) {
	t := time.Unix(r.varint(), int64(r.uvarint()))
	switch r.uvarint() {
	case zoneUTC:
		t = t.UTC()
	case zoneLocal:
	case zoneFixed:
		name := r.text()
		t = t.In(time.FixedZone(name, int(r.varint())))
	default:
		r.bad = true
	}
	*(*time.Time)(p) = t
}

// mayPoint reports whether values of a type point to memory of their own.
func mayPoint(t reflect.Type) bool {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return false
	case t.Kind() == reflect.Array:
		return mayPoint(t.Elem())
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			if mayPoint(t.Field(i).Type) {
				return true
			}
		}
		return false
	}
	return t.Kind() == reflect.String || t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Pointer
}

// allocated rounds a size up about as Go's allocator does.
func allocated(n uintptr) int64 {
	switch {
	case n <= 8:
		return int64(n+7) &^ 7
	case n <= 512:
		return int64(n+15) &^ 15
	}
	step := int64(1) << (bits.Len64(uint64(n-1)) - 4) // classes are an eighth apart
	return (int64(n) + step - 1) &^ (step - 1)
}

// mapBytes estimates what Go's maps take: groups of eight slots with a control byte each, filled to seven eighths.
func mapBytes(entries int, slot uintptr) int64 {
	const header = 48
	groups := 1
	if entries > 8 {
		groups = 1 << bits.Len(uint((entries*8/7-1)/8))
	}
	return header + int64(groups)*allocated(8+8*slot)
}
