package api

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// Members that nobody knows, names given twice, texts that are not UTF-8 and ids that name nothing are refused.
var strict = json.JoinOptions(json.RejectUnknownMembers(true), jsontext.AllowDuplicateNames(false),
	json.WithUnmarshalers(json.JoinUnmarshalers(json.UnmarshalFromFunc(readID), json.UnmarshalFromFunc(readTime))))

// readTime reads a time. The first moment of the year 1 is how Go says that there is none, so who sends it gets the one
// after it, which the domain refuses as any other that early.
func readTime(d *jsontext.Decoder, t *time.Time) error {
	value, err := d.ReadValue()
	if err != nil || value.Kind() == 'n' {
		return err
	}
	if value.Kind() != '"' {
		return errNoTime
	}
	if err := t.UnmarshalJSON(value); err != nil {
		return errNoTime
	}
	if t.IsZero() {
		*t = t.Add(1)
	}
	return nil
}

var errNoTime = errors.New("not a time")

// readID reads a UUID in its usual form. Null is as good as no id; the one of zeros, which programs send when
// they forget to make one, is none.
func readID(d *jsontext.Decoder, id *uuid.UUID) error {
	token, err := d.ReadToken()
	if err != nil || token.Kind() == 'n' {
		return err
	}
	if token.Kind() != '"' {
		return errNoID
	}
	if *id, err = canonicalID(token.String()); err != nil || *id == uuid.Nil {
		return errNoID
	}
	return nil
}

var errNoID = errors.New("not an id")

// checks is what is looked at in a body, or a line of a batch, when it has been read.
type checks struct {
	texts textCheck
	body  *shape // of what is said about the command
	whole *shape // of all that is read
}

// checksOf builds the checks of a type. Members named in exempt are made here, or stand elsewhere in the request.
func checksOf[T any](exempt ...string) checks {
	known := shapes{}
	return checks{
		texts: checkTexts(reflect.TypeFor[T]()),
		body:  known.of(reflect.TypeOf(contentOf(new(T))).Elem(), exempt...),
		whole: known.of(reflect.TypeFor[T](), exempt...),
	}
}

// contentOf returns the body within what was read.
func contentOf(read any) any {
	if l, ok := read.(interface{ content() any }); ok {
		return l.content()
	}
	return read
}

// decode reads JSON and checks it. Its errors are Problems that name all fields at fault.
func decode(text []byte, into any, c checks) error {
	err := json.Unmarshal(text, into, strict)
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return unreadable(err, len(text))
	}
	if err == nil && !c.body.blank(reflect.ValueOf(contentOf(into)).Elem()) &&
		(c.texts == nil || !c.texts(reflect.ValueOf(into).Elem())) {
		return nil
	}
	if p := faultsOf(text, c.whole); p != nil {
		return p
	}
	if err != nil {
		return unreadable(err, len(text))
	}
	return nil
}

// unreadable tells what about the JSON could not be read, and where.
func unreadable(err error, size int) *Problem {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		switch {
		case size == 0:
			return malformed("body", "json_malformed", "the body is empty; a JSON object is expected")
		case errors.Is(err, jsontext.ErrDuplicateName):
			return malformed(location(syntax.JSONPointer), "field_twice", "the field is there twice")
		}
		return malformed(location(syntax.JSONPointer), "json_malformed", "the body is not JSON: %v at byte %d", syntax.Err,
			syntax.ByteOffset)
	}
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) {
		return malformed("body", "json_malformed", "the body cannot be read")
	}
	at := location(semantic.JSONPointer)
	if errors.Is(err, json.ErrUnknownName) {
		return malformed(at, "field_unknown", "there is no field %q here", clip(semantic.JSONPointer.LastToken()))
	}
	if errors.Is(err, errNoID) {
		return malformed(at, "id_malformed", "an id is a UUID such as 0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d11")
	}
	if errors.Is(err, errNoTime) {
		return malformed(at, "time_malformed", "%s", forms[reflect.TypeFor[time.Time]()].is)
	}
	if form, ok := forms[semantic.GoType]; ok {
		return malformed(at, form.code, "%s", form.is)
	}
	return malformed(at, "field_malformed", "a JSON %s is not expected here%s", kindName(semantic.JSONKind),
		wanted(semantic.GoType))
}

// forms are those of values that are written as texts.
var forms = map[reflect.Type]struct{ code, is string }{
	reflect.TypeFor[decimal.Decimal](): {"number_malformed", "a decimal number is expected, such as 12.50, of at most 19 digits"},
	reflect.TypeFor[time.Time]():       {"time_malformed", "a time is written as in 2024-05-01T12:00:00Z"},
	reflect.TypeFor[domain.Day]():      {"date_malformed", "a date is written as in 2024-05-01"},
}

// clip keeps the beginning of a name.
func clip(name string) string {
	if len(name) <= maxLocation {
		return name
	}
	return strings.ToValidUTF8(name[:maxLocation], "") + "…"
}

func kindName(k jsontext.Kind) string {
	switch k {
	case 'n':
		return "null"
	case 't', 'f':
		return "boolean"
	case '"':
		return "text"
	case '0':
		return "number"
	case '{':
		return "object"
	case '[':
		return "array"
	}
	return "value"
}

func wanted(t reflect.Type) string {
	if t == nil {
		return ""
	}
	switch t.Kind() {
	case reflect.String:
		return ", but a text"
	case reflect.Bool:
		return ", but true or false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return ", but a whole number"
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return ", but a whole number of zero or more"
	case reflect.Slice:
		return ", but an array"
	case reflect.Struct:
		return ", but an object"
	}
	return ""
}

// maxLocation bounds, in bytes, what is repeated of names that a caller made up.
const maxLocation = 200

// location writes a JSON pointer as callers write fields: /lines/0/quantity is body.lines[0].quantity. What a
// line of a batch has within its own body stands in the body, too.
func location(p jsontext.Pointer) string {
	var b strings.Builder
	b.WriteString("body")
	first := true
	for token := range p.Tokens() {
		if b.Len()+len(token) > maxLocation {
			b.WriteString(".…")
			break
		}
		switch {
		case first && token == "body":
		case token != "" && strings.Trim(token, "0123456789") == "":
			fmt.Fprintf(&b, "[%s]", token)
		default:
			b.WriteString("." + token)
		}
		first = false
	}
	return b.String()
}

// canonicalID reads a UUID in its usual form only.
func canonicalID(s string) (uuid.UUID, error) {
	if len(s) != 36 {
		return uuid.Nil, errors.New("not a UUID")
	}
	return uuid.Parse(s)
}

// refuseReserved panics when a command has a member that has a meaning for every command: it would be hidden.
func refuseReserved[C any]() {
	reserved := map[string]bool{}
	for _, name := range memberNames(reflect.TypeFor[line[struct{}]]()) {
		reserved[name] = true
	}
	for _, name := range memberNames(reflect.TypeFor[C]()) {
		if reserved[name] {
			panic(fmt.Sprintf("%v has a member %s, which is reserved", reflect.TypeFor[C](), name))
		}
	}
}

// memberNames answers the names of a struct's members on the wire.
func memberNames(t reflect.Type) (names []string) {
	for i := range t.NumField() {
		f := t.Field(i)
		switch name := jsonName(f); {
		case name == "-", !f.IsExported() && !f.Anonymous:
		case name == "":
			names = append(names, memberNames(f.Type)...)
		default:
			names = append(names, name)
		}
	}
	return names
}
