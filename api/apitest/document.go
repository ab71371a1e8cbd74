package apitest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/govalues/decimal"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Document is an OpenAPI document against which answers are held.
type Document struct {
	paths    map[string]map[string]operation
	compiler *jsonschema.Compiler
	mutex    sync.Mutex
	schemas  map[string]*jsonschema.Schema // by where they stand in the document
}

type operation struct {
	Responses map[string]struct {
		Content map[string]json.RawMessage `json:"content"`
	} `json:"responses"`
}

// NewDocument reads an OpenAPI document of version 3.1, whose schemas are JSON Schema.
func NewDocument(text []byte) (*Document, error) {
	var read struct {
		Paths map[string]map[string]operation `json:"paths"`
	}
	if err := json.Unmarshal(text, &read); err != nil {
		return nil, fmt.Errorf("read the OpenAPI document: %w", err)
	}
	whole, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("read the OpenAPI document: %w", err)
	}
	d := &Document{paths: read.Paths, compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	d.compiler.AssertFormat()
	d.compiler.RegisterFormat(&jsonschema.Format{Name: "decimal", Validate: func(v any) error {
		if text, ok := v.(string); ok {
			_, err := decimal.Parse(text)
			return err
		}
		return nil
	}})
	if err := d.compiler.AddResource("openapi.json", whole); err != nil {
		return nil, fmt.Errorf("read the OpenAPI document: %w", err)
	}
	return d, nil
}

// Check returns what an answer has that the document does not allow. Pattern is the route's path, with its parameters in braces.
func (d *Document) Check(method, pattern string, status int, header http.Header, body []byte) error {
	op, known := d.paths[pattern][strings.ToLower(method)]
	if !known {
		return nil // documents, and paths that are not for programs
	}
	response, known := op.Responses[strconv.Itoa(status)]
	if !known {
		return fmt.Errorf("%s %s: no status %d", method, pattern, status)
	}
	if len(body) == 0 {
		return nil
	}
	media := header.Get("Content-Type")
	if _, known := response.Content[media]; !known {
		plain, _, err := mime.ParseMediaType(media)
		if err != nil {
			return fmt.Errorf("%s %s: content type: %w", method, pattern, err)
		}
		media = plain
	}
	if _, known := response.Content[media]; !known {
		return fmt.Errorf("%s %s: status %d does not come as %s", method, pattern, status, media)
	}
	of, texts := "schema", [][]byte{body}
	if strings.HasSuffix(media, "ndjson") {
		of, texts = "x-line", bytes.Split(bytes.TrimSpace(body), []byte("\n"))
	}
	schema, err := d.schema(fmt.Sprintf("openapi.json#/paths/%s/%s/responses/%d/content/%s/%s", pointer(pattern),
		strings.ToLower(method), status, pointer(media), of))
	if err != nil {
		return err
	}
	if !strings.HasSuffix(media, "json") {
		return nil
	}
	for _, text := range texts {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err == nil {
			err = schema.Validate(value)
		}
		if err != nil {
			return fmt.Errorf("%s %s %d: %.2000s: %w", method, pattern, status, text, err)
		}
	}
	return nil
}

func (d *Document) schema(at string) (*jsonschema.Schema, error) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.schemas[at] == nil {
		schema, err := d.compiler.Compile(at)
		if err != nil {
			return nil, fmt.Errorf("schema %s: %w", at, err)
		}
		d.schemas[at] = schema
	}
	return d.schemas[at], nil
}

// pointer escapes a part of a JSON pointer within a URL.
func pointer(part string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(part)
}

// Watch serves as next does, and fails the test where an answer is not one that the document allows.
func (d *Document) Watch(t testing.TB, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorder, route := httptest.NewRecorder(), chi.NewRouteContext()
		next.ServeHTTP(recorder, r.WithContext(context.WithValue(r.Context(), chi.RouteCtxKey, route)))
		if err := d.Check(r.Method, route.RoutePattern(), recorder.Code, recorder.Header(), recorder.Body.Bytes()); err != nil {
			t.Errorf("an answer that the document does not allow: %v", err)
		}
		for name, values := range recorder.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(recorder.Code)
		_, _ = w.Write(recorder.Body.Bytes()) // the caller may be gone
	})
}

// DocumentOf reads the document that a server serves.
func DocumentOf(server http.Handler) (*Document, error) {
	recorder := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/openapi.json", nil)
	r.Host = "localhost"
	server.ServeHTTP(recorder, r)
	return NewDocument(recorder.Body.Bytes())
}
