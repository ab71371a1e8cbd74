package api

import (
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rapport-crm/rapport/domain/access"
)

// The reference at /docs is written from the OpenAPI document by the server, so it needs no script and nothing
// from elsewhere.

//go:embed docs.html
var docsPage string

var docsTemplate = template.Must(template.New("docs").Parse(docsPage))

// docsCSP lets the page use the style that it brings along.
var docsCSP = []string{"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}

type docsTag struct {
	Name       string
	Operations []docsOperation
}

type docsOperation struct {
	*huma.Operation
	Roles   string
	Fields  []docsField
	Example string
}

type docsField struct{ Name, In, Form, Description string }

func (s *server) docsRoutes() {
	tags := s.docsTags()
	s.route(http.MethodGet, "/docs", access.Public, func(w http.ResponseWriter, r *http.Request) int {
		w.Header()["Content-Security-Policy"] = docsCSP
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		info := s.huma.OpenAPI().Info
		_ = docsTemplate.Execute(w, map[string]any{"Info": info, "Tags": tags}) // the reader may be gone
		return http.StatusOK
	})
}

// docsTags answers the operations by tag, in the order of paths.
func (s *server) docsTags() []docsTag {
	doc := s.huma.OpenAPI()
	paths := make([]string, 0, len(doc.Paths))
	for path := range doc.Paths {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	var tags []docsTag
	for _, path := range paths {
		item := doc.Paths[path]
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op == nil {
				continue
			}
			i := slices.IndexFunc(tags, func(t docsTag) bool { return t.Name == op.Tags[0] })
			if i < 0 {
				i, tags = len(tags), append(tags, docsTag{Name: op.Tags[0]})
			}
			tags[i].Operations = append(tags[i].Operations, s.docsOperation(op))
		}
	}
	return tags
}

func (s *server) docsOperation(op *huma.Operation) docsOperation {
	out := docsOperation{Operation: op, Roles: s.roles[op.Method+" "+op.Path].String()}
	for _, p := range op.Parameters {
		out.Fields = append(out.Fields, docsField{p.Name, p.In, form(p.Schema), p.Description})
	}
	if op.RequestBody == nil {
		return out
	}
	for _, media := range op.RequestBody.Content {
		out.Fields = append(out.Fields, s.docsFields("", media.Schema)...)
		switch example := media.Example.(type) {
		case string:
			out.Example = example
		case interface{ MarshalJSON() ([]byte, error) }:
			text, _ := example.MarshalJSON()
			out.Example = string(text)
		}
	}
	return out
}

func (s *server) docsFields(prefix string, schema *huma.Schema) (fields []docsField) {
	r := s.huma.OpenAPI().Components.Schemas
	schema = resolved(r, schema)
	names := make([]string, 0, len(schema.Properties))
	for name := range schema.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		member := resolved(r, schema.Properties[name])
		kind := form(member)
		if slices.Contains(schema.Required, name) {
			kind += ", required"
		}
		fields = append(fields, docsField{prefix + name, "body", kind, schema.Properties[name].Description})
		if member.Items != nil {
			fields = append(fields, s.docsFields(prefix+name+"[].", member.Items)...)
		} else if len(member.Properties) > 0 {
			fields = append(fields, s.docsFields(prefix+name+".", member)...)
		}
	}
	return fields
}

func form(s *huma.Schema) string {
	switch {
	case len(s.OneOf) > 0:
		return "one of several"
	case s.Format != "":
		return s.Format
	}
	return strings.TrimSpace(s.Type)
}
