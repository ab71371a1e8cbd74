// Package snapshot keeps folded states on the local disk, so that they need not be folded again. It decides how a
// state becomes bytes, and which of them stay within a bound. It must not know what the states mean. All of it is a
// cache: whatever is missing, damaged or of another version of the code is folded from the log again.
package snapshot

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unsafe"
)

// Codec turns values of T into bytes and back, with all that they hold: unexported fields, nil or empty maps and
// slices as they are, and two pointers to one value as that. The bytes mean something only to the same layout of T.
// A T with a func, chan, interface or complex number in it panics when the codec is made.
type Codec[T any] struct {
	root   *coder
	layout string
}

// NewCodec makes a codec. It reflects on T once; later calls go by what it found.
func NewCodec[T any]() *Codec[T] {
	t := reflect.TypeFor[T]()
	return &Codec[T]{root: (&builder{coders: map[reflect.Type]*coder{}}).of(t), layout: layoutOf(t)}
}

// NewSizes makes a codec for Size alone. It takes any T, and leaves out what interfaces and channels hold.
func NewSizes[T any]() *Codec[T] {
	return &Codec[T]{root: (&builder{coders: map[reflect.Type]*coder{}, sizesOnly: true}).of(reflect.TypeFor[T]())}
}

// Layout returns a digest of T's layout: names, types and order of all fields, however deep.
func (c *Codec[T]) Layout() string { return c.layout }

// Append adds v's bytes to b.
func (c *Codec[T]) Append(b []byte, v *T) []byte {
	w := writers.Get().(*writer)
	w.b = b
	c.root.encode(w, unsafe.Pointer(v))
	b, w.b = w.b, nil
	clear(w.pointers)
	writers.Put(w)
	return b
}

// Canonical returns v's bytes in an order that does not depend on how Go iterates maps, to compare them.
func (c *Codec[T]) Canonical(v *T) []byte {
	w := writer{sorted: true, pointers: map[pointee]int{}}
	c.root.encode(&w, unsafe.Pointer(v))
	return w.b
}

// Decode fills v, which must be zero, from bytes of Append. It fails where they are not that.
func (c *Codec[T]) Decode(b []byte, v *T) error {
	r := reader{b: b}
	c.root.decode(&r, unsafe.Pointer(v))
	if !r.bad && len(r.b) == 0 {
		return nil
	}
	var zero T
	*v = zero
	return errMalformed
}

// Size estimates the bytes of memory that v takes, with all that it points to.
func (c *Codec[T]) Size(v *T) int64 {
	return int64(unsafe.Sizeof(*v)) + c.root.heldBy(unsafe.Pointer(v))
}

var errMalformed = errors.New("the bytes are no snapshot of this type")

// coder knows one type. held is nil for a type that points to nothing.
type coder struct {
	encode func(*writer, unsafe.Pointer)
	decode func(*reader, unsafe.Pointer)
	held   func(unsafe.Pointer) int64 // bytes that a value points to, beside its own
}

func (c *coder) heldBy(p unsafe.Pointer) int64 {
	if c.held == nil {
		return 0
	}
	return c.held(p)
}

type builder struct {
	coders    map[reflect.Type]*coder
	sizesOnly bool
}

func (b *builder) of(t reflect.Type) *coder {
	if c, ok := b.coders[t]; ok {
		return c // perhaps not filled yet: a type may hold itself
	}
	c := &coder{}
	b.coders[t] = c
	switch {
	case t == reflect.TypeFor[time.Time]():
		c.encode, c.decode = encodeTime, decodeTime
		return c
	case t.Kind() == reflect.Array && t.Elem().Size() == 1, isFixed(t.Kind()):
		n := t.Size()
		c.encode = func(w *writer, p unsafe.Pointer) { w.b = append(w.b, unsafe.Slice((*byte)(p), n)...) }
		c.decode = func(r *reader, p unsafe.Pointer) { copy(unsafe.Slice((*byte)(p), n), r.take(n)) }
		return c
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		c.encode = func(w *writer, p unsafe.Pointer) { w.varint(*(*int64)(p)) }
		c.decode = func(r *reader, p unsafe.Pointer) { *(*int64)(p) = r.varint() }
	case reflect.Int32:
		c.encode = func(w *writer, p unsafe.Pointer) { w.varint(int64(*(*int32)(p))) }
		c.decode = func(r *reader, p unsafe.Pointer) { *(*int32)(p) = int32(r.varint()) }
	case reflect.String:
		c.encode = func(w *writer, p unsafe.Pointer) { w.text(*(*string)(p)) }
		c.decode = func(r *reader, p unsafe.Pointer) { *(*string)(p) = r.text() }
		c.held = func(p unsafe.Pointer) int64 { return allocated(uintptr(len(*(*string)(p)))) }
	case reflect.Struct:
		b.aStruct(c, t)
	case reflect.Array:
		b.anArray(c, t)
	case reflect.Slice:
		b.aSlice(c, t)
	case reflect.Map:
		b.aMap(c, t)
	case reflect.Pointer:
		b.aPointer(c, t)
	default:
		if b.sizesOnly {
			return c
		}
		panic(fmt.Sprintf("a %s cannot be in a snapshot", t))
	}
	return c
}

// isFixed reports whether values are written as they are in memory: those whose bits are as good as random, or few.
func isFixed(k reflect.Kind) bool {
	switch k {
	case reflect.Bool, reflect.Int8, reflect.Uint8, reflect.Int16, reflect.Uint16, reflect.Uint32, reflect.Uint,
		reflect.Uint64, reflect.Float32, reflect.Float64:
		return true
	}
	return false
}

func (b *builder) aStruct(c *coder, t reflect.Type) {
	type field struct {
		*coder
		at uintptr
	}
	fields := make([]field, t.NumField())
	points := false
	for i := range fields {
		f := t.Field(i)
		fields[i] = field{b.of(f.Type), f.Offset}
		points = points || mayPoint(f.Type)
	}
	c.encode = func(w *writer, p unsafe.Pointer) {
		for _, f := range fields {
			f.encode(w, unsafe.Add(p, f.at))
		}
	}
	c.decode = func(r *reader, p unsafe.Pointer) {
		for _, f := range fields {
			f.decode(r, unsafe.Add(p, f.at))
		}
	}
	if points {
		c.held = func(p unsafe.Pointer) (bytes int64) {
			for _, f := range fields {
				bytes += f.heldBy(unsafe.Add(p, f.at))
			}
			return bytes
		}
	}
}

func (b *builder) anArray(c *coder, t reflect.Type) {
	elem, size, n := b.of(t.Elem()), t.Elem().Size(), t.Len()
	c.encode = func(w *writer, p unsafe.Pointer) {
		for i := range n {
			elem.encode(w, unsafe.Add(p, uintptr(i)*size))
		}
	}
	c.decode = func(r *reader, p unsafe.Pointer) {
		for i := range n {
			elem.decode(r, unsafe.Add(p, uintptr(i)*size))
		}
	}
	if mayPoint(t.Elem()) {
		c.held = func(p unsafe.Pointer) (bytes int64) {
			for i := range n {
				bytes += elem.heldBy(unsafe.Add(p, uintptr(i)*size))
			}
			return bytes
		}
	}
}

func (b *builder) aSlice(c *coder, t reflect.Type) {
	elem, size := b.of(t.Elem()), t.Elem().Size()
	points := mayPoint(t.Elem())
	c.encode = func(w *writer, p unsafe.Pointer) {
		s := (*sliceHeader)(p)
		if s.data == nil {
			w.uvarint(0)
			return
		}
		w.uvarint(uint64(s.len) + 1)
		for i := range s.len {
			elem.encode(w, unsafe.Add(s.data, uintptr(i)*size))
		}
	}
	c.decode = func(r *reader, p unsafe.Pointer) {
		n, ok := r.count()
		if !ok {
			return
		}
		v := reflect.MakeSlice(t, n, n)
		reflect.NewAt(t, p).Elem().Set(v)
		for i := 0; i < n && !r.bad; i++ {
			elem.decode(r, unsafe.Add((*sliceHeader)(p).data, uintptr(i)*size))
		}
	}
	c.held = func(p unsafe.Pointer) int64 {
		s := (*sliceHeader)(p)
		bytes := allocated(uintptr(s.cap) * size)
		for i := 0; points && i < s.len; i++ {
			bytes += elem.heldBy(unsafe.Add(s.data, uintptr(i)*size))
		}
		return bytes
	}
}

func (b *builder) aMap(c *coder, t reflect.Type) {
	key, elem := b.of(t.Key()), b.of(t.Elem())
	points := mayPoint(t.Key()) || mayPoint(t.Elem())
	slot := t.Key().Size() + t.Elem().Size()
	each := func(p unsafe.Pointer, visit func(k, v unsafe.Pointer)) {
		k, v := reflect.New(t.Key()), reflect.New(t.Elem())
		for it := reflect.NewAt(t, p).Elem().MapRange(); it.Next(); {
			k.Elem().SetIterKey(it)
			v.Elem().SetIterValue(it)
			visit(k.UnsafePointer(), v.UnsafePointer())
		}
	}
	c.encode = func(w *writer, p unsafe.Pointer) {
		if *(*unsafe.Pointer)(p) == nil { // most are
			w.uvarint(0)
			return
		}
		m := reflect.NewAt(t, p).Elem()
		w.uvarint(uint64(m.Len()) + 1)
		if w.sorted {
			encodeSorted(w, m, key, elem)
			return
		}
		each(p, func(k, v unsafe.Pointer) { key.encode(w, k); elem.encode(w, v) })
	}
	c.decode = func(r *reader, p unsafe.Pointer) {
		n, ok := r.count()
		if !ok {
			return
		}
		m := reflect.MakeMapWithSize(t, n)
		k, v := reflect.New(t.Key()), reflect.New(t.Elem())
		for i := 0; i < n && !r.bad; i++ {
			k.Elem().SetZero()
			v.Elem().SetZero()
			key.decode(r, k.UnsafePointer())
			elem.decode(r, v.UnsafePointer())
			m.SetMapIndex(k.Elem(), v.Elem())
		}
		reflect.NewAt(t, p).Elem().Set(m)
	}
	c.held = func(p unsafe.Pointer) int64 {
		if *(*unsafe.Pointer)(p) == nil {
			return 0
		}
		bytes := mapBytes(reflect.NewAt(t, p).Elem().Len(), slot)
		if points {
			each(p, func(k, v unsafe.Pointer) { bytes += key.heldBy(k) + elem.heldBy(v) })
		}
		return bytes
	}
}

// encodeSorted writes a map's entries by the bytes of their keys.
func encodeSorted(w *writer, m reflect.Value, key, elem *coder) {
	type item struct {
		key   []byte
		value reflect.Value
	}
	items := make([]item, 0, m.Len())
	for it := m.MapRange(); it.Next(); {
		k, v := reflect.New(m.Type().Key()), reflect.New(m.Type().Elem())
		k.Elem().SetIterKey(it)
		v.Elem().SetIterValue(it)
		own := writer{sorted: true, pointers: map[pointee]int{}}
		key.encode(&own, k.UnsafePointer())
		items = append(items, item{own.b, v})
	}
	slices.SortFunc(items, func(a, b item) int { return slices.Compare(a.key, b.key) })
	for _, i := range items {
		w.b = append(w.b, i.key...)
		elem.encode(w, i.value.UnsafePointer())
	}
}

func (b *builder) aPointer(c *coder, t reflect.Type) {
	elem, size := b.of(t.Elem()), t.Elem().Size()
	c.encode = func(w *writer, p unsafe.Pointer) {
		to := *(*unsafe.Pointer)(p)
		if to == nil {
			w.uvarint(0)
			return
		}
		before, ok := w.pointed(pointee{to, elem})
		w.uvarint(1 + uint64(before))
		if !ok {
			elem.encode(w, to)
		}
	}
	c.decode = func(r *reader, p unsafe.Pointer) {
		n := r.uvarint()
		switch {
		case n == 0:
		case n == uint64(len(r.pointers))+1:
			to := r.allocate(elem, t.Elem(), size)
			r.pointers = append(r.pointers, pointee{to, elem})
			*(*unsafe.Pointer)(p) = to
			elem.decode(r, to)
		case n <= uint64(len(r.pointers)) && r.pointers[n-1].coder == elem:
			*(*unsafe.Pointer)(p) = r.pointers[n-1].at
		default:
			r.bad = true
		}
	}
	c.held = func(p unsafe.Pointer) int64 {
		to := *(*unsafe.Pointer)(p)
		if to == nil {
			return 0
		}
		return allocated(size) + elem.heldBy(to)
	}
}

// layoutOf digests a type.
func layoutOf(t reflect.Type) string {
	var text strings.Builder
	seen := map[reflect.Type]bool{}
	var describe func(reflect.Type)
	describe = func(t reflect.Type) {
		fmt.Fprintf(&text, "%s %s %d{", t, t.Kind(), t.Size())
		if !seen[t] && t != reflect.TypeFor[time.Time]() {
			seen[t] = true
			switch t.Kind() {
			case reflect.Map:
				describe(t.Key())
				describe(t.Elem())
			case reflect.Array, reflect.Slice, reflect.Pointer:
				describe(t.Elem())
			case reflect.Struct:
				for i := range t.NumField() {
					text.WriteString(t.Field(i).Name + " ")
					describe(t.Field(i).Type)
				}
			}
		}
		text.WriteString("}")
	}
	describe(t)
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text.String())))
}
