package api

import (
	"bytes"
	"fmt"
	"net/http"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/rapport-crm/rapport/domain"
)

// A body that was found wrong is read once more, member by member, so that the caller learns all that is wrong with it at once.

// maxFaults bounds how many of them are told.
const maxFaults = 50

// faultFinder collects what is wrong with a body.
type faultFinder struct {
	faults []Fault
}

// faultsOf returns the problem with a text of a shape, nil where there is none.
func faultsOf(text []byte, s *shape) *Problem {
	f := &faultFinder{}
	if m := s.member("body"); m == nil || !f.line(s, m.shape.elem, text) {
		f.value(s, text, "body")
	}
	if len(f.faults) == 0 {
		return nil
	}
	p := problem(http.StatusBadRequest, f.faults[0].Code, "%s", f.faults[0].Message)
	p.Errors = f.faults
	return p
}

// line looks at a line of a batch whose command has a body of its own, and reports whether it is such: beside the
// body nothing of the command is needed.
func (f *faultFinder) line(s, body *shape, text jsontext.Value) bool {
	for name, value := range f.members(text) {
		if name != "body" || value.Kind() == 'n' {
			continue
		}
		beside := *s
		beside.members = append([]member{}, s.members...)
		for i := range beside.members {
			beside.members[i].needed = false
			if beside.members[i].name == "body" {
				beside.members[i].shape = &shape{typ: reflect.TypeFor[jsontext.Value]()}
			}
		}
		f.value(&beside, text, "body")
		f.value(body, value, "body")
		return true
	}
	return false
}

func (f *faultFinder) add(at, code, message string) {
	if len(f.faults) < maxFaults {
		f.faults = append(f.faults, Fault{Location: at, Code: code, Message: message})
	}
}

func (f *faultFinder) value(s *shape, text jsontext.Value, at string) {
	switch {
	case len(f.faults) >= maxFaults:
	case s.elem != nil && s.typ.Kind() == reflect.Pointer:
		if text.Kind() != 'n' {
			f.value(s.elem, text, at)
		}
	case len(s.members) > 0 && text.Kind() == '{':
		f.object(s, text, at)
	case len(s.members) > 0 && text.Kind() == 'n':
		f.missing(s, map[string]bool{}, at)
	case s.elem != nil && s.typ.Kind() == reflect.Slice && text.Kind() == '[':
		f.list(s, text, at)
	case s.elem != nil && s.typ.Kind() == reflect.Map && text.Kind() == '{':
		for name, value := range f.members(text) {
			f.value(s.elem, value, within(at, name))
		}
	default:
		f.leaf(s, text, at)
	}
}

// leaf tries to read a value that is written as a whole.
func (f *faultFinder) leaf(s *shape, text jsontext.Value, at string) {
	into := reflect.New(s.typ)
	if err := json.Unmarshal(text, into.Interface(), strict); err != nil {
		p := unreadable(err, len(text))
		f.add(at, p.Code, p.Detail)
		return
	}
	if check := checkTexts(s.typ); check != nil && check(into.Elem()) {
		f.add(at, domain.ErrText.Code, "control characters are not allowed")
	}
}

func (f *faultFinder) object(s *shape, text jsontext.Value, at string) {
	sent := map[string]bool{}
	for name, value := range f.members(text) {
		m := s.member(name)
		if m == nil && s.open {
			continue
		}
		if m == nil {
			f.add(within(at, name), "field_unknown", fmt.Sprintf("there is no field %q here", clip(name)))
			continue
		}
		if value.Kind() == 'n' {
			continue // as good as left out
		}
		sent[name] = true
		f.value(m.shape, value, within(at, name))
	}
	f.missing(s, sent, at)
}

func (f *faultFinder) missing(s *shape, sent map[string]bool, at string) {
	for _, m := range s.members {
		if m.needed && !sent[m.name] {
			f.add(within(at, m.name), "field_missing", "this field is needed")
		}
	}
}

func (f *faultFinder) list(s *shape, text jsontext.Value, at string) {
	d := jsontext.NewDecoder(bytes.NewReader(text))
	_, _ = d.ReadToken() // the bracket; all of the text was found to be JSON before
	for i := 0; d.PeekKind() != ']'; i++ {
		value, err := d.ReadValue()
		if err != nil {
			return
		}
		f.value(s.elem, value, fmt.Sprintf("%s[%d]", at, i))
	}
}

// members yields those of an object, in the order in which they were sent.
func (f *faultFinder) members(object jsontext.Value) func(yield func(string, jsontext.Value) bool) {
	return func(yield func(string, jsontext.Value) bool) {
		if object.Kind() != '{' {
			return
		}
		d := jsontext.NewDecoder(bytes.NewReader(object))
		_, _ = d.ReadToken()
		for d.PeekKind() == '"' {
			token, err := d.ReadToken()
			if err != nil {
				return
			}
			name := token.String()
			value, err := d.ReadValue()
			if err != nil || !yield(name, value.Clone()) {
				return
			}
		}
	}
}

func (s *shape) member(name string) *member {
	for i := range s.members {
		if s.members[i].name == name {
			return &s.members[i]
		}
	}
	return nil
}

// within names a member of what stands at a place. Names that callers made up may be too long to repeat.
func within(at, name string) string {
	if len(at)+len(name) > maxLocation {
		return at + ".…"
	}
	return at + "." + name
}
