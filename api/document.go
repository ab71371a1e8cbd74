package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rapport-crm/rapport/domain/access"
)

// tagNotes says what the operations under a tag are about. Each tag has one.
var tagNotes = map[string]string{
	"access":         "Who may ask for what: tokens, and who the caller is",
	"agreements":     "What a customer and the business have agreed on",
	"assets":         "Equipment that customers have, with its use, wear, defects and maintenance",
	"attributes":     "What is known of a customer beside the usual, with where it comes from and until when it holds",
	"batch":          "Many commands in one request",
	"calendar":       "Days that are over",
	"campaigns":      "Campaigns, who takes part, and what became of their messages",
	"cases":          "Questions, incidents and complaints, with the clocks of their terms of service",
	"consents":       "What a customer has agreed to be asked, told or sent",
	"contact points": "E-mail and postal addresses and phone numbers",
	"customers":      "Who there is, whole or by what is known of them, and what is recorded of them",
	"events":         "The log itself, to follow",
	"guidance":       "What colleagues are recommended to do, and what became of it",
	"health":         "Whether the server does its work",
	"identities":     "How other systems know a customer",
	"insights":       "What colleagues concluded about a customer",
	"interactions":   "Calls, visits, messages and interviews",
	"leads":          "Who might become a customer",
	"loyalty":        "Stages and tiers of loyalty",
	"offers":         "What was offered to a customer, and what came of it",
	"opportunities":  "Sales that may come about",
	"orders":         "Orders from the basket to the delivery",
	"points":         "Points of loyalty, by lots",
	"policies":       "Rules of the business, each in versions",
	"products":       "What is sold, at which prices",
	"projections":    "The read models: how far they are, and whether they are what the log says",
	"promises":       "What customers were promised",
	"proof":          "That nobody altered the log",
	"purchases":      "What customers bought",
	"questionnaires": "What customers are asked in surveys",
	"referrals":      "Who brought whom, and what was said in public",
	"relationships":  "Who belongs to whom",
	"returns":        "What came back",
	"rules":          "The facts that rules speak of, and what a rule would come to",
	"segments":       "Named groups of customers, by a rule",
	"subscriptions":  "Events that are sent to other systems",
	"surveys":        "What customers answered",
	"tables":         "The tables of the read models, as they stand",
	"value":          "What customers are worth, by a model",
	"webhooks":       "What other systems send in a form of their own",
}

// complete enters into the document what follows from all operations together.
func (s *server) complete() {
	doc := s.huma.OpenAPI()
	doc.Servers = []*huma.Server{{URL: "/", Description: "The server that serves this document"}}
	for _, own := range []string{"ErrorModel", "ErrorDetail"} { // huma's; problems have ours
		delete(doc.Components.Schemas.Map(), own)
	}
	var tags []string
	for _, item := range doc.Paths {
		if item.Get != nil && item.Get.Responses["200"] != nil {
			item.Get.Responses["304"] = &huma.Response{Description: "What is named in If-None-Match is as it was"}
		}
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op != nil {
				tags = append(tags, op.Tags...)
			}
		}
	}
	slices.Sort(tags)
	for _, tag := range slices.Compact(tags) {
		if tagNotes[tag] == "" {
			panic("say in tagNotes what the operations under " + tag + " are about")
		}
		doc.Tags = append(doc.Tags, &huma.Tag{Name: tag, Description: tagNotes[tag]})
	}
}

// lineExtension names, beside the schema of a body, that of each of its lines: a schema in OpenAPI is one of the whole body.
const lineExtension = "x-line"

// byLines describes a body that is read line by line.
func byLines(line *huma.Schema) *huma.MediaType {
	return &huma.MediaType{Schema: streamed(), Extensions: map[string]any{lineExtension: line}}
}

// streamed is the schema of what a program reads as it comes. Generators of clients give it a reader.
func streamed() *huma.Schema { return &huma.Schema{Type: huma.TypeString, Format: "binary"} }

// Document returns the OpenAPI document of a version of the program: as 3.1, or as 3.0 for tools that read no newer one.
func Document(version string, older bool) ([]byte, error) {
	s := New(Config{Version: version}).(*server)
	if older {
		return s.olderDocument()
	}
	return json.MarshalIndent(s.huma.OpenAPI(), "", "  ")
}

// olderDocument is the document as OpenAPI 3.0 has it. There null is no type: what is of another schema or null is nullable.
func (s *server) olderDocument() ([]byte, error) {
	text, err := s.huma.OpenAPI().Downgrade()
	if err != nil {
		return nil, fmt.Errorf("write the document as OpenAPI 3.0: %w", err)
	}
	var doc any
	if err := json.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("write the document as OpenAPI 3.0: %w", err)
	}
	sayNullable(doc)
	return json.MarshalIndent(doc, "", "  ")
}

func sayNullable(v any) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			sayNullable(one)
		}
	case map[string]any:
		if of, ok := v["oneOf"].([]any); ok {
			rest := slices.DeleteFunc(slices.Clone(of), isNull)
			if len(rest) < len(of) {
				v["nullable"], v["oneOf"] = true, rest
			}
			if len(rest) == 1 {
				v["allOf"] = rest
				delete(v, "oneOf")
			}
		}
		for _, one := range v {
			sayNullable(one)
		}
	}
}

func isNull(schema any) bool {
	of, _ := schema.(map[string]any)
	return len(of) == 1 && (of["type"] == "null" || of["nullable"] == true)
}

// olderDocumentPath is where huma serves the document as OpenAPI 3.0; ours stands in its place.
const olderDocumentPath = openAPIPath + "-3.0.json"

func (s *server) olderDocumentRoute() {
	text := sync.OnceValues(s.olderDocument)
	s.route(http.MethodGet, olderDocumentPath, access.Public, func(w http.ResponseWriter, _ *http.Request) int {
		body, err := text()
		if err != nil {
			return s.refuse(w, err, nil)
		}
		w.Header().Set("Content-Type", "application/openapi+json")
		_, _ = w.Write(body) // the reader may be gone
		return http.StatusOK
	})
}
