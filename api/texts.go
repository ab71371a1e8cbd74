package api

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
)

// controlled tells whether a text has control characters other than those between lines. How long a text may be,
// the domain decides; that none moves the cursor of whoever reads it in a terminal is decided here.
func controlled(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 0x20 && c < 0x7f, c > 0x7f && c != 0xc2, c == '\n', c == '\r', c == '\t':
		case c == 0xc2 && i+1 < len(s) && s[i+1] >= 0xa0: // U+0080 to U+009F are control characters, too
		default:
			return true
		}
	}
	return false
}

// textCheck looks at every text within a value of one type, and answers where one has control characters
// (".lines[0].name").
type textCheck func(v reflect.Value) (path string, found bool)

// checkTexts builds the check of a type, once; nil where there are no texts in it.
func checkTexts(t reflect.Type) textCheck {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return nil // it has a form of its own
	}
	switch t.Kind() {
	case reflect.String:
		return func(v reflect.Value) (string, bool) { return "", controlled(v.String()) }
	case reflect.Pointer:
		inner := checkTexts(t.Elem())
		if inner == nil {
			return nil
		}
		return func(v reflect.Value) (string, bool) {
			if v.IsNil() {
				return "", false
			}
			return inner(v.Elem())
		}
	case reflect.Slice:
		inner := checkTexts(t.Elem())
		if inner == nil {
			return nil
		}
		return func(v reflect.Value) (string, bool) {
			for i := range v.Len() {
				if path, found := inner(v.Index(i)); found {
					return fmt.Sprintf("[%d]%s", i, path), true
				}
			}
			return "", false
		}
	case reflect.Struct:
		return checkStruct(t)
	}
	return nil
}

func checkStruct(t reflect.Type) textCheck {
	type member struct {
		index int
		name  string // empty where the field's members stand among the struct's own
		check textCheck
	}
	var members []member
	for i := range t.NumField() {
		f := t.Field(i)
		name := jsonName(f)
		if name == "-" || !f.IsExported() && !f.Anonymous {
			continue
		}
		if check := checkTexts(f.Type); check != nil {
			members = append(members, member{i, name, check})
		}
	}
	if len(members) == 0 {
		return nil
	}
	return func(v reflect.Value) (string, bool) {
		for _, m := range members {
			path, found := m.check(v.Field(m.index))
			switch {
			case !found:
			case m.name == "":
				return path, true
			default:
				return "." + m.name + path, true
			}
		}
		return "", false
	}
}

// jsonName answers the field's name on the wire, empty where its members are promoted, - where it has none.
func jsonName(f reflect.StructField) string {
	name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" && !f.Anonymous && options != "embed" {
		return f.Name
	}
	return name
}
