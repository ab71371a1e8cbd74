package api

import (
	"encoding"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
)

// A member that is left out must not become a value that the caller never sent: a price of nothing, an answer of 0,
// erasure after 0 days. What is required follows from the same tags as the OpenAPI document.

// needed reports whether a member must be sent.
func needed(f reflect.StructField) bool {
	if said, ok := f.Tag.Lookup("required"); ok {
		return said == "true"
	}
	_, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	return !strings.Contains(options, "omitempty") && !strings.Contains(options, "omitzero")
}

// shape is what a type looks like on the wire.
type shape struct {
	typ     reflect.Type
	members []member // of a struct, promoted ones among them
	elem    *shape   // of a list, a map or a pointer
	open    bool     // it may have other members, which are looked at elsewhere
}

type member struct {
	name   string
	index  []int
	needed bool
	shape  *shape
}

// shapes builds each shape once, so that types may hold themselves.
type shapes map[reflect.Type]*shape

// of returns a type's shape. Exempt members of the outermost struct need not be sent.
func (s shapes) of(t reflect.Type, exempt ...string) *shape {
	if known := s[t]; known != nil {
		return known
	}
	out := &shape{typ: t}
	s[t] = out
	out.open = t == reflect.TypeFor[retold]()
	switch {
	case isLeaf(t) && !out.open:
	case t.Kind() == reflect.Struct:
		s.addMembers(out, t, nil, exempt)
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Map, t.Kind() == reflect.Pointer:
		out.elem = s.of(t.Elem())
	}
	return out
}

func (s shapes) addMembers(out *shape, t reflect.Type, index []int, exempt []string) {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(append([]int{}, index...), i)
		switch name := jsonName(f); {
		case name == "-", !f.IsExported() && !f.Anonymous:
		case name == "":
			s.addMembers(out, f.Type, at, exempt)
		default:
			isNeeded := needed(f)
			for _, free := range exempt {
				isNeeded = isNeeded && name != free
			}
			out.members = append(out.members, member{name, at, isNeeded, s.of(f.Type)})
		}
	}
}

// isLeaf reports whether a type has a form of its own, whatever it is made of.
func isLeaf(t reflect.Type) bool {
	pointer := reflect.PointerTo(t)
	return pointer.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) ||
		pointer.Implements(reflect.TypeFor[json.Unmarshaler]()) || pointer.Implements(reflect.TypeFor[json.UnmarshalerFrom]())
}

// blank reports whether a needed member has its zero value, so that it may not have been sent. It costs a glance.
func (s *shape) blank(v reflect.Value) bool {
	switch {
	case len(s.members) > 0:
		for _, m := range s.members {
			one := v.FieldByIndex(m.index)
			if m.needed && one.IsZero() || m.shape.blank(one) {
				return true
			}
		}
	case s.elem == nil:
	case v.Kind() == reflect.Pointer:
		return !v.IsNil() && s.elem.blank(v.Elem())
	case v.Kind() == reflect.Slice && s.elem.hasMembers():
		for i := range v.Len() {
			if s.elem.blank(v.Index(i)) {
				return true
			}
		}
	case v.Kind() == reflect.Map && s.elem.hasMembers():
		for _, one := range v.Seq2() {
			if s.elem.blank(one) {
				return true
			}
		}
	}
	return false
}

func (s *shape) hasMembers() bool { return len(s.members) > 0 || s.elem != nil && s.elem.hasMembers() }
