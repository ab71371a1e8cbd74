package api

import (
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

// textCheck reports whether a text within a value of one type has control characters.
type textCheck func(v reflect.Value) bool

// checkTexts builds the check of a type, once; nil where there are no texts in it.
func checkTexts(t reflect.Type) textCheck {
	if isLeaf(t) {
		return nil // it has a form of its own
	}
	switch t.Kind() {
	case reflect.String:
		return func(v reflect.Value) bool { return controlled(v.String()) }
	case reflect.Pointer:
		inner := checkTexts(t.Elem())
		if inner == nil {
			return nil
		}
		return func(v reflect.Value) bool { return !v.IsNil() && inner(v.Elem()) }
	case reflect.Slice:
		inner := checkTexts(t.Elem())
		if inner == nil {
			return nil
		}
		return func(v reflect.Value) bool {
			for i := range v.Len() {
				if inner(v.Index(i)) {
					return true
				}
			}
			return false
		}
	case reflect.Struct:
		return checkStruct(t)
	}
	return nil
}

func checkStruct(t reflect.Type) textCheck {
	var members []int
	var checks []textCheck
	for i := range t.NumField() {
		f := t.Field(i)
		if jsonName(f) == "-" || !f.IsExported() && !f.Anonymous {
			continue
		}
		if check := checkTexts(f.Type); check != nil {
			members, checks = append(members, i), append(checks, check)
		}
	}
	if len(checks) == 0 {
		return nil
	}
	return func(v reflect.Value) bool {
		for i, check := range checks {
			if check(v.Field(members[i])) {
				return true
			}
		}
		return false
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
