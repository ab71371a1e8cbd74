package eventstore

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// personal says where the events of a type keep what is personal: in the fields that are tagged personal:"true",
// within structs, lists and what is pointed at as well. It is a tree, whose leaves are those fields; nil where a
// type has none.
type personal []personalField

type personalField struct {
	index int
	name  string   // on the wire; empty for a struct whose members stand among the others
	inner personal // nil for a leaf
}

// personalOf finds the personal fields of a struct type.
func personalOf(t reflect.Type) personal {
	var found personal
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == sealedMember {
			panic(fmt.Sprintf("%s.%s takes the name of what is sealed", t, f.Name))
		}
		if f.Tag.Get("personal") == "true" {
			found = append(found, personalField{index: i, name: name})
		} else if inner := structWithin(f.Type); inner != nil {
			if inner := personalOf(inner); inner != nil {
				found = append(found, personalField{index: i, name: name, inner: inner})
			}
		}
	}
	return found
}

// structWithin answers the struct of ours that a type is, points at or lists; nil where there is none.
func structWithin(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || !strings.HasPrefix(t.PkgPath(), modulePath) {
		return nil
	}
	return t
}

const modulePath = "github.com/rapport-crm/rapport/"

// each visits the personal fields of a struct, with their paths on the wire, such as answers[0].question. The
// path is the visitor's only until it returns.
func (p personal) each(of reflect.Value, path []byte, visit func(path []byte, field reflect.Value)) {
	for _, f := range p {
		v, at := of.Field(f.index), path
		if f.name != "" {
			if len(at) > 0 {
				at = append(at, '.')
			}
			at = append(at, f.name...)
		}
		if f.inner != nil {
			f.inner.within(v, at, visit)
		} else {
			visit(at, v)
		}
	}
}

func (p personal) within(v reflect.Value, path []byte, visit func(path []byte, field reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			p.within(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			p.within(v.Index(i), append(strconv.AppendInt(append(path, '['), int64(i), 10), ']'), visit)
		}
	default:
		p.each(v, path, visit)
	}
}

// own makes what lies on the way to the personal fields the event's alone, so that it can be changed.
func (p personal) own(of reflect.Value) {
	for _, f := range p {
		if f.inner != nil {
			f.inner.ownWithin(of.Field(f.index))
		}
	}
}

func (p personal) ownWithin(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			own := reflect.New(v.Type().Elem())
			own.Elem().Set(v.Elem())
			v.Set(own)
			p.ownWithin(own.Elem())
		}
	case reflect.Slice:
		if v.Len() > 0 {
			own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(own, v)
			v.Set(own)
			for i := range own.Len() {
				p.ownWithin(own.Index(i))
			}
		}
	default:
		p.own(v)
	}
}

// redact empties the personal fields.
func (p personal) redact(event reflect.Value) {
	p.each(event, nil, func(_ []byte, field reflect.Value) { field.SetZero() })
}
