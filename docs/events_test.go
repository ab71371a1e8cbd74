package docs

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/product"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/domain/webhook"
	"github.com/rapport-crm/rapport/eventstore"
)

const eventsIntro = `# Events

Every type of event that the log can hold. An event's data and metadata are JSON. Its type is its name for ever:
a released shape only gains optional members, and what needs another shape is a new type, ` + "`.v2`" + `, beside which
the old one stays readable. The log adds the event's id, stream, revision (its place in the stream, from 0),
position (its place in the whole log) and the time at which it was recorded.

Amounts whose names end in ` + "`_minor`" + ` are whole numbers of minor units (cents) of a currency. Decimals are texts, so
that nobody reads them as floats. Times are RFC 3339, dates as in 2024-05-01.

Members marked *sealed* are personal. The log does not hold them in their place but encrypted together, by a key of
that customer, in base64 as one member ` + "`sealed`" + ` at the end; whoever may read the event finds them in their place. Bound to
the event's stream, type and id, that member opens nowhere else. Once the customer's key is destroyed, they are empty.

This page follows from the code: ` + "`go test ./docs -update`" + ` writes it.
`

// streams says where the events of a package, or those of one type, are kept.
var streams = map[string]string{
	access.TokenIssued{}.EventType():      access.Stream,
	access.TokenRevoked{}.EventType():     access.Stream,
	access.PersonalDataRead{}.EventType(): "access-<uuid> or " + access.EveryonesReads,
	"business":                            business.Stream,
	"calendar":                            calendar.Stream,
	"campaign":                            campaign.StreamPrefix + "<name>",
	"custody":                             custody.Stream,
	"customer":                            customer.StreamPrefix + "<uuid>",
	"guidance":                            guidance.StreamPrefix + "<name>",
	"identity":                            identity.StreamPrefix + "<hash>",
	"policy":                              policy.StreamPrefix + "<name>",
	"product":                             product.StreamPrefix + "<sku>",
	"questionnaire":                       questionnaire.StreamPrefix + "<name>",
	"segment":                             segment.StreamPrefix + "<name>",
	"subscription":                        subscription.StreamPrefix + "<name>",
	"value":                               value.Stream,
	"webhook":                             webhook.StreamPrefix + "<name>",
}

func TestEvents(t *testing.T) {
	source := commentsOf(t, "../domain")
	var b strings.Builder
	b.WriteString(eventsIntro)
	b.WriteString("\n## Metadata\n\nCommon to all events.\n\n")
	writeMembers(&b, source, reflect.TypeFor[domain.Metadata]())
	for _, e := range eventstore.Types {
		of := reflect.TypeOf(e)
		folder := filepath.Base(of.PkgPath())
		stream := cmp.Or(streams[e.EventType()], streams[folder])
		if stream == "" {
			t.Errorf("in which stream is %s? Add %s to streams", e.EventType(), folder)
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\nStream `%s`.\n\n", e.EventType(), fact(source[nameOf(of)].doc), stream)
		writeMembers(&b, source, of)
		example, err := os.ReadFile(filepath.Join("../eventstore/testdata", e.EventType()+".json"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "\n```json\n%s```\n", example)
	}
	check(t, "events.md", b.String())
}

// commented is what the source says about a struct and its fields.
type commented struct {
	doc    string
	fields map[string]string
}

func nameOf(t reflect.Type) string { return filepath.Base(t.PkgPath()) + "." + t.Name() }

// commentsOf reads the comments on all structs below a folder.
func commentsOf(t *testing.T, folder string) map[string]commented {
	t.Helper()
	found := map[string]commented{}
	paths, err := filepath.Glob(folder + "/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	top, err := filepath.Glob(folder + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(top, paths...) {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			declaration, ok := d.(*ast.GenDecl)
			if !ok || declaration.Tok != token.TYPE {
				continue
			}
			for _, s := range declaration.Specs {
				spec := s.(*ast.TypeSpec)
				if of, ok := spec.Type.(*ast.StructType); ok {
					found[file.Name.Name+"."+spec.Name.Name] = commented{oneLine(declaration.Doc.Text()), fieldComments(of)}
				}
			}
		}
	}
	return found
}

func fieldComments(of *ast.StructType) map[string]string {
	comments := map[string]string{}
	for _, field := range of.Fields.List {
		for _, name := range field.Names {
			comments[name.Name] = oneLine(field.Doc.Text() + " " + field.Comment.Text())
		}
	}
	return comments
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

var factPhrase = regexp.MustCompile(`^\w+ is the fact that (\w)`)

// fact makes a sentence on its own of a comment on an event.
func fact(doc string) string {
	return factPhrase.ReplaceAllStringFunc(doc, func(begin string) string { return strings.ToUpper(begin[len(begin)-1:]) })
}

func writeMembers(b *strings.Builder, source map[string]commented, of reflect.Type) {
	b.WriteString("| member | form | | |\n|---|---|---|---|\n")
	eachMember("", source, of, func(name, form, presence, comment string) {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", name, form, presence, comment)
	})
}

// eachMember goes through the members that a struct has on the wire, and through theirs.
func eachMember(prefix string, source map[string]commented, of reflect.Type, yield func(name, form, presence, comment string)) {
	for i := range of.NumField() {
		field := of.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous && name == "" {
			eachMember(prefix, source, field.Type, yield)
			continue
		}
		presence := "always"
		if strings.Contains(options, "omit") {
			presence = "optional"
		}
		if field.Tag.Get("personal") == "true" {
			presence += ", sealed"
		}
		kind, inner, suffix := form(field.Type)
		yield(prefix+name, kind, presence, source[nameOf(of)].fields[field.Name])
		if inner != nil {
			eachMember(prefix+name+suffix, source, inner, yield)
		}
	}
}

// form answers what a value looks like on the wire; inner is the struct within, if there is one.
func form(t reflect.Type) (kind string, inner reflect.Type, suffix string) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[uuid.UUID]():
		return "UUID", nil, ""
	case reflect.TypeFor[decimal.Decimal]():
		return "decimal", nil, ""
	case reflect.TypeFor[time.Time]():
		return "time", nil, ""
	case reflect.TypeFor[domain.Day]():
		return "date", nil, ""
	}
	switch t.Kind() {
	case reflect.String:
		return "text", nil, ""
	case reflect.Bool:
		return "true or false", nil, ""
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return "whole number", nil, ""
	case reflect.Float64:
		return "number", nil, ""
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Struct {
			kind, _, _ := form(t.Elem())
			return "list of " + kind, nil, ""
		}
		return "list", t.Elem(), "[]."
	case reflect.Struct:
		return "object", t, "."
	}
	panic("no form on the wire is known for " + t.String())
}
