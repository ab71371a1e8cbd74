package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/api"
)

// Each command is named alike everywhere: its operation, the schemas of its body and answer, and its line of a batch.
func TestTheDocumentNamesItsSchemas(t *testing.T) {
	text, err := api.Document("1.2.3", false)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Command     string `json:"x-command"`
			RequestBody struct {
				Content map[string]struct {
					Schema struct {
						Ref string `json:"$ref"`
					}
				}
			}
		}
		Components struct {
			Schemas map[string]struct {
				Discriminator struct{ Mapping map[string]string }
				Required      []string
			}
		}
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	lines := doc.Components.Schemas["BatchLine"].Discriminator.Mapping
	commands := 0
	for path, item := range doc.Paths {
		for method, op := range item {
			if strings.ContainsAny(op.OperationID, "_- ") || op.OperationID == "" {
				t.Errorf("%s %s is named %q", method, path, op.OperationID)
			}
			if op.Command == "" {
				continue
			}
			commands++
			name := strings.ToUpper(op.OperationID[:1]) + op.OperationID[1:]
			if got := op.RequestBody.Content["application/json"].Schema.Ref; got != "#/components/schemas/"+name {
				t.Errorf("the body of %s is %s", op.OperationID, got)
			}
			if lines[op.Command] != "#/components/schemas/"+name+"Line" {
				t.Errorf("a line of %s is %s", op.Command, lines[op.Command])
			}
			for _, schema := range []string{name, name + "Answer", name + "Line"} {
				if _, known := doc.Components.Schemas[schema]; !known {
					t.Errorf("there is no %s", schema)
				}
			}
		}
	}
	if commands < 100 || len(lines) != commands {
		t.Errorf("%d commands, %d lines", commands, len(lines))
	}
}

// Tools that read OpenAPI 3.0 find no type that it has not.
func TestTheOlderDocumentKnowsNoTypeOfNull(t *testing.T) {
	text, err := api.Document("1.2.3", true)
	if err != nil {
		t.Fatal(err)
	}
	for _, newer := range []string{`"type": "null"`, `"type": [`, `"examples": [`} {
		if strings.Contains(string(text), newer) {
			t.Errorf("it has %s", newer)
		}
	}
	if !strings.Contains(string(text), `"openapi": "3.0.3"`) {
		t.Errorf("it begins with %.100s", text)
	}
}
