package client_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// goGenerators write a client in Go from the document for OpenAPI 3.0, into a package api. Decoder is how theirs reads an answer of an
// operation.
var goGenerators = []struct {
	name, decoder string
	require       []string
	generate      []string
}{
	{"oapi-codegen", "Parse%sResponse", []string{"github.com/oapi-codegen/runtime v1.9.0"},
		[]string{"run", "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2", "-generate", "types,client", "-package", "api", "-o", "api/api.go"}},
	{"ogen", "decode%sResponse", []string{"github.com/ogen-go/ogen v1.24.0"},
		[]string{"run", "github.com/ogen-go/ogen/cmd/ogen@v1.24.0", "--loglevel", "error", "--target", "api", "--package", "api"}},
}

// tsGenerators write types in TypeScript from the document. Type is how theirs names an answer of an operation.
var tsGenerators = []struct {
	name, imports string
	generate      func(document string) []string
	named         func(a answer) string
}{
	{"openapi-typescript", `import type { operations } from "./openapi-typescript";`,
		func(d string) []string { return []string{"openapi-typescript", d, "-o", "openapi-typescript.ts"} },
		func(a answer) string {
			return fmt.Sprintf("operations[%q][\"responses\"][%d][\"content\"][%q]", a.op.ID, a.status, a.media)
		}},
	{"hey-api", `import type * as api from "./hey-api";`,
		func(d string) []string {
			return []string{"openapi-ts", "-i", d, "-o", "hey-api", "-c", "@hey-api/client-fetch"}
		},
		func(a answer) string {
			kind := "Responses"
			if a.status >= 400 {
				kind = "Errors"
			}
			name := acronyms.ReplaceAllStringFunc(pascal(a.op.ID), func(all string) string { return all[:1] + strings.ToLower(all[1:]) })
			return fmt.Sprintf("api.%s%s[%d]", name, kind, a.status)
		}},
	{"orval", `import type * as api from "./orval";`,
		func(d string) []string {
			return []string{"orval", "--input", d, "--output", "orval.ts", "--client", "fetch"}
		},
		func(a answer) string {
			form := ""
			if len(a.op.Responses[strconv.Itoa(a.status)].Content) > 1 {
				form = "ApplicationJson"
			}
			return fmt.Sprintf("api.%sResponse%d%s[\"data\"]", a.op.ID, a.status, form)
		}},
}

var acronyms = regexp.MustCompile(`[A-Z]{2,}$`)

func pascal(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// generatorsRead has each generator make of the document what it makes, and that read all answers: in Go by decoding them, in
// TypeScript by taking them for what the types say.
func generatorsRead(t *testing.T, doc *document, all []answer) {
	t.Helper()
	bin, err := filepath.Abs(filepath.Join(checks, "node_modules/.bin"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	config, err := os.ReadFile(filepath.Join(checks, "tsconfig.json"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "tsconfig.json"), config)
	for _, g := range tsGenerators {
		text := strings.Builder{}
		fmt.Fprintln(&text, g.imports)
		for i, a := range all {
			if strings.HasSuffix(a.media, "json") && !strings.HasSuffix(a.media, "ndjson") {
				fmt.Fprintf(&text, "export const answer%d: %s = %s;\n", i, g.named(a), a.body)
			}
		}
		write(t, filepath.Join(dir, g.name+"-answers.ts"), []byte(text.String()))
		args := g.generate(doc.newer)
		does(t, dir, nil, filepath.Join(bin, args[0]), args[1:]...)
	}
	does(t, dir, nil, filepath.Join(bin, "tsc"), "-p", dir)

	recorded := make([]map[string]any, len(all))
	for i, a := range all {
		recorded[i] = map[string]any{"id": a.op.ID, "status": a.status, "media": a.media, "body": string(a.body)}
	}
	text, err := json.Marshal(recorded)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "answers.json"), text)
	for _, g := range goGenerators {
		module := filepath.Join(dir, g.name)
		write(t, filepath.Join(module, "go.mod"), []byte("module generated\n\ngo 1.25\n\nrequire "+strings.Join(g.require, "\nrequire ")+"\n"))
		write(t, filepath.Join(module, "main.go"), []byte(decodesAll))
		table := strings.Builder{}
		table.WriteString("package api\n\nimport \"net/http\"\n\nvar Decoders = map[string]func(*http.Response) (any, error){\n")
		for _, op := range doc.operations {
			fmt.Fprintf(&table, "%q: func(r *http.Response) (any, error) { return "+g.decoder+"(r) },\n", op.ID, pascal(op.ID))
		}
		table.WriteString("}\n")
		write(t, filepath.Join(module, "api/table.go"), []byte(table.String()))
		env := []string{"GOFLAGS=-mod=mod", "GOWORK=off"}
		does(t, module, env, "go", append(g.generate, doc.older)...)
		said := does(t, module, env, "go", "run", ".", filepath.Join(dir, "answers.json"))
		t.Logf("%s: %s", g.name, said)
	}
}

// decodesAll is a program that decodes every answer of a file.
const decodesAll = `package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"generated/api"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var answers []struct {
		ID, Media, Body string
		Status          int
	}
	if err := json.Unmarshal(text, &answers); err != nil {
		panic(err)
	}
	wrong := 0
	for _, a := range answers {
		_, err := api.Decoders[a.ID](&http.Response{StatusCode: a.Status, Header: http.Header{"Content-Type": {a.Media}},
			Body: io.NopCloser(strings.NewReader(a.Body))})
		if err != nil {
			wrong++
			fmt.Printf("%s %d: %v: %.1000s\n", a.ID, a.Status, err, a.Body)
		}
	}
	if fmt.Printf("%d answers, %d of them not decoded\n", len(answers), wrong); wrong > 0 {
		os.Exit(1)
	}
}
`

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// does runs a program, which must succeed, and returns what it said.
func does(t *testing.T, dir string, env []string, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s %v: %v\n%.6000s", name, args, err, out)
	}
	return out
}
