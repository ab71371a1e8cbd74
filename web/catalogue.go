package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/rapport-crm/rapport/domain/access"
)

// catalogue knows what can be asked for, from the API's own document: so a new command has a form without a word here.
type catalogue struct {
	api  http.Handler
	once sync.Once
	err  error
	all  map[string]*command // by their names
	tags []string            // in the order of the document
}

// command is something that can be done.
type command struct {
	Name, Method, Path string
	Tag                string
	Summary, Explained string
	Params             []string // in the path
	Roles              access.Roles
	Repeatable         bool // it takes an idempotency key
	Body               *field
	example            map[string]any
}

// field is a member of a command's body.
type field struct {
	Name, Path  string
	Help        string
	Kind        string // text, long, number, decimal, bool, date, moment, uuid, choice, list, texts, object, json
	Required    bool
	Options     []string // of a choice; else what is usual
	MaxLength   int
	Min, Max    string
	Pattern     string
	Fields      []*field // of an object, or of each thing in a list
	Placeholder string
}

// openAPI is as much of the document as forms need.
type openAPI struct {
	Paths      map[string]map[string]operation `json:"paths"`
	Components struct {
		Schemas map[string]*schema `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	OperationID string                `json:"operationId"`
	Command     string                `json:"x-command"` // where it is one
	Summary     string                `json:"summary"`
	Description string                `json:"description"`
	Tags        []string              `json:"tags"`
	Security    []map[string][]string `json:"security"`
	Parameters  []struct {
		Name string `json:"name"`
		In   string `json:"in"`
	} `json:"parameters"`
	RequestBody *struct {
		Content map[string]struct {
			Schema  *schema         `json:"schema"`
			Example json.RawMessage `json:"example"`
		} `json:"content"`
	} `json:"requestBody"`
}

type schema struct {
	Ref         string             `json:"$ref"`
	Type        any                `json:"type"`
	Format      string             `json:"format"`
	Description string             `json:"description"`
	Enum        []any              `json:"enum"`
	MaxLength   int                `json:"maxLength"`
	Minimum     *float64           `json:"minimum"`
	Maximum     *float64           `json:"maximum"`
	Pattern     string             `json:"pattern"`
	OneOf       []*schema          `json:"oneOf"`
	Items       *schema            `json:"items"`
	Properties  map[string]*schema `json:"properties"`
	Required    []string           `json:"required"`
	Additional  any                `json:"additionalProperties"`
}

// load reads the document, once.
func (c *catalogue) load() error {
	c.once.Do(func() {
		r, err := http.NewRequest(http.MethodGet, "/openapi.json", nil)
		if err != nil {
			c.err = err
			return
		}
		out := (&asker{api: c.api}).do(r)
		var doc openAPI
		if err := json.Unmarshal(out.body.Bytes(), &doc); err != nil {
			c.err = fmt.Errorf("read the API's document: %w", err)
			return
		}
		c.all = map[string]*command{}
		for path, item := range doc.Paths {
			for method, op := range item {
				if one := doc.command(method, path, op); one != nil {
					c.all[one.Name] = one
				}
			}
		}
		for _, one := range c.all {
			if !slices.Contains(c.tags, one.Tag) {
				c.tags = append(c.tags, one.Tag)
			}
		}
		slices.Sort(c.tags)
	})
	return c.err
}

// notForms are asked for by programs.
var notForms = []string{"batch", "cleanFiles", "receiveHook", "deliverWebhook"}

// command returns what can be done by an operation; nil where it is none for a form.
func (d *openAPI) command(method, path string, op operation) *command {
	if method == "get" || slices.Contains(notForms, op.OperationID) || strings.HasPrefix(path, "/v1/hooks/") {
		return nil
	}
	c := &command{Name: cmp.Or(op.Command, op.OperationID), Method: strings.ToUpper(method), Path: path, Summary: op.Summary, Explained: op.Description}
	if len(op.Tags) > 0 {
		c.Tag = op.Tags[0]
	}
	for _, s := range op.Security {
		for _, roles := range s {
			for _, role := range roles {
				if i := slices.Index(access.AllRoles, access.Role(role)); i >= 0 {
					c.Roles |= 1 << i
				}
			}
		}
	}
	for _, p := range op.Parameters {
		switch {
		case p.In == "path":
			c.Params = append(c.Params, p.Name)
		case p.Name == "Idempotency-Key":
			c.Repeatable = true
		}
	}
	if op.RequestBody != nil {
		media, ok := op.RequestBody.Content["application/json"]
		if !ok || media.Schema == nil {
			return nil
		}
		_ = json.Unmarshal(media.Example, &c.example) // there may be none
		c.Body = d.field("", "", media.Schema, 0)
		c.Body.Fields = slices.DeleteFunc(c.Body.Fields, func(f *field) bool { return slices.Contains(c.Params, f.Name) })
		c.Body.order(c.example)
	}
	return c
}

func (d *openAPI) resolve(s *schema) *schema {
	for s.Ref != "" {
		next := d.Components.Schemas[s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]]
		if next == nil {
			return &schema{}
		}
		s = next
	}
	return s
}

func (s *schema) kind() string {
	switch t := s.Type.(type) {
	case string:
		return t
	case []any:
		for _, one := range t {
			if one != "null" {
				return fmt.Sprint(one)
			}
		}
	}
	return ""
}

// deepest is how far forms go into each other; what lies deeper is written as JSON.
const deepest = 3

func (d *openAPI) field(name, path string, from *schema, depth int) *field {
	s := d.resolve(from)
	f := &field{Name: name, Path: path, Help: from.Description, MaxLength: s.MaxLength, Pattern: s.Pattern}
	if f.Help == "" {
		f.Help = s.Description
	}
	if s.Minimum != nil {
		f.Min = fmt.Sprint(*s.Minimum)
	}
	if s.Maximum != nil {
		f.Max = fmt.Sprint(*s.Maximum)
	}
	for _, v := range s.Enum {
		f.Options = append(f.Options, fmt.Sprint(v))
	}
	switch kind := s.kind(); {
	case s.Format == "decimal":
		f.Kind = "decimal"
	case len(s.Enum) > 0:
		f.Kind = "choice"
	case kind == "boolean":
		f.Kind = "bool"
	case kind == "integer" || kind == "number":
		f.Kind = "number"
	case kind == "array" && s.Items != nil:
		d.list(f, s, depth)
	case kind == "object" && len(s.Properties) > 0 && depth < deepest:
		f.Kind, f.Fields = "object", d.members(s, path, depth)
	case kind == "object" || kind == "" || kind == "array":
		f.Kind = "json"
	default:
		f.Kind = map[string]string{"date": "date", "date-time": "moment", "uuid": "uuid"}[s.Format]
		if f.Kind == "" {
			f.Kind, f.Options = "text", usual(name)
			if all := alternativesIn(f.Help); len(all) > 0 {
				f.Kind, f.Options = "choice", all
			}
		}
		if slices.Contains(longTexts, name) {
			f.Kind = "long"
		}
	}
	return f
}

// longTexts are written in more than a line.
var longTexts = []string{"text", "comment", "statement", "rule", "commands", "reason", "subject", "what"}

func (d *openAPI) list(f *field, s *schema, depth int) {
	items := d.resolve(s.Items)
	switch kind := items.kind(); {
	case kind == "object" && len(items.Properties) > 0 && depth < deepest:
		f.Kind, f.Fields = "list", d.members(items, "", depth+1)
	case kind == "string" || kind == "integer" || kind == "number":
		f.Kind = "texts"
		if kind != "string" {
			f.Pattern = "number"
		}
	default:
		f.Kind = "json"
	}
}

func (d *openAPI) members(s *schema, path string, depth int) (all []*field) {
	for name, member := range s.Properties {
		at := name
		if path != "" {
			at = path + "." + name
		}
		if name == "$schema" {
			continue
		}
		one := d.field(name, at, member, depth+1)
		one.Required = slices.Contains(s.Required, name)
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b *field) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// last are the members that all commands have; they stand at the end.
var last = []string{"occurred_at", "department", "channel", "actor", "source"}

// order puts first what is needed, then as the example has it.
func (f *field) order(example map[string]any) {
	rank := func(one *field) int {
		_, shown := example[one.Name]
		switch at := slices.Index(last, one.Name); {
		case at >= 0:
			return 10 + at
		case one.Required:
			return 0
		case shown:
			return 1
		case one.Kind == "uuid":
			return 3
		}
		return 2
	}
	slices.SortStableFunc(f.Fields, func(a, b *field) int { return rank(a) - rank(b) })
	for _, one := range f.Fields {
		if len(one.Fields) > 0 {
			one.order(inner(example[one.Name]))
		}
	}
}

func inner(of any) map[string]any {
	if list, ok := of.([]any); ok && len(list) > 0 {
		of = list[0]
	}
	out, _ := of.(map[string]any)
	return out
}

var (
	alternatives = regexp.MustCompile(`^((?:[a-z_]+, )*[a-z_]+) or ([a-z_]+)(?:$|[;,.])`)
	asides       = regexp.MustCompile(` \([^)]*\)`)
)

// alternativesIn are the values that a description names, where it names all: "person or organisation".
func alternativesIn(help string) []string {
	found := alternatives.FindStringSubmatch(asides.ReplaceAllString(help, ""))
	if found == nil {
		return nil
	}
	return append(strings.Split(found[1], ", "), found[2])
}

// usual are values that are suggested for a member; others are taken as well.
func usual(name string) []string {
	switch name {
	case "department", "for_department", "from", "to":
		return []string{"sales", "service", "marketing"}
	case "channel", "through":
		return []string{"web", "store", "phone", "email", "chat", "post"}
	case "currency":
		return []string{"EUR", "USD", "GBP", "CHF"}
	}
	return nil
}
