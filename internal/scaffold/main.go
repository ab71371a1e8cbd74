// Command scaffold adds a noun to what is recorded and read of customers: its command and event with their stories, its table,
// its route and its list, and a line in each list of such things. What it writes compiles and passes; what the noun
// means is left to write. CONTRIBUTING says how to go on.
package main

import (
	"embed"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"text/template"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "scaffold:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 || len(args) > 2 {
		return errors.New("name the noun, and where that does not end in s the word for many: make noun NAME=site_visit")
	}
	n, err := newNoun(args[0], strings.Join(args[1:], ""))
	if err != nil {
		return err
	}
	files, err := n.files(os.DirFS("."))
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.FromSlash(name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

//go:embed templates
var templates embed.FS

// insertion is a line, or some, to be put into a file that lists things.
type insertion struct{ file, before, text string }

// insertions are where nouns of customers are listed.
var insertions = []insertion{
	{"domain/customer/customer.go", "\tshares          map[", "\t{{.Var}} map[uuid.UUID]domain.Digest\n"},
	{"domain/customer/customer_test.go", "\t\tsharing(),\n", "\t\t{{.Var}}(),\n"},
	{"domain/customer/named.go", "\tcase DataShared:\n", "\tcase {{.Type}}Recorded:\n\t\tid = e.{{.Type}}ID\n"},
	{"domain/domaintest/words.go", "\tcustomer.ShareData{},\n", "\tcustomer.Record{{.Type}}{},\n"},
	{"eventstore/types.go", "\tcustomer.DataShared{},\n", "\tcustomer.{{.Type}}Recorded{},\n"},
	{"eventstore/examples_profile_test.go", "\t\tcustomer.DataShared{",
		"\t\tcustomer.{{.Type}}Recorded{ {{- .Type}}ID: insight, What: \"as agreed\"},\n"},
	{"projections/projector.go", "\tSharing,\n", "\t{{.Types}},\n"},
	{"projections/goldens_test.go", "}\n\n// Every table has rows", "\t{customer.Stream(uuid.UUID{4}), \"registered {{.Name}}_recorded\"},\n"},
	{"projections/queries/profile.go", "\t{Name: \"insights\"", `	{Name: "{{.Path}}", Item: "{{.Type}}", Tag: "{{.WordsPlural}}", Table: "{{.Plural}}", Owner: "customer_id", Key: []string{"{{.Name}}_id"},
		Summary: "List {{.WordsPlural}} of customers", Filters: []Filter{updatedAfter("customer_id")}},
`},
	{"api/command.go", "\tshareData,\n", "\trecord{{.Type}},\n"},
	{"api/document.go", "\t\"insights\":", "\t\"{{.WordsPlural}}\": \"The {{.WordsPlural}} of a customer\",\n"},
}

// created are the templates of new files, by where these go.
var created = map[string]string{
	"domain/customer/{{.Plural}}.go":      "domain.go.tmpl",
	"domain/customer/{{.Plural}}_test.go": "stories.go.tmpl",
	"projections/{{.Plural}}.go":          "projection.go.tmpl",
	"api/{{.Plural}}.go":                  "api.go.tmpl",
}

var logicLine = regexp.MustCompile(`(?m)^const Logic = (\d+)$`)

// files returns what is to be written, by name. It fails where a file is there already, or a list is not where it was.
func (n noun) files(tree fs.FS) (map[string][]byte, error) {
	out := map[string][]byte{}
	for name, source := range created {
		file := n.fill(name)
		if _, err := fs.Stat(tree, file); err == nil {
			return nil, fmt.Errorf("%s is there already", file)
		}
		text, err := templates.ReadFile("templates/" + source)
		if err != nil {
			return nil, err
		}
		out[file] = []byte(n.fill(string(text)))
	}
	for _, in := range insertions {
		text, err := fs.ReadFile(tree, in.file)
		if err != nil {
			return nil, err
		}
		before, after, found := strings.Cut(string(text), in.before)
		if !found {
			return nil, fmt.Errorf("%s has no %q to put a line before", in.file, in.before)
		}
		out[in.file] = []byte(before + n.fill(in.text) + in.before + after)
	}
	const logic = "projections/logic.go"
	text, err := fs.ReadFile(tree, logic)
	if err != nil {
		return nil, err
	}
	out[logic] = logicLine.ReplaceAllFunc(text, func(line []byte) []byte {
		version, _ := strconv.Atoi(string(logicLine.FindSubmatch(line)[1])) // it is digits
		return fmt.Appendf(nil, "const Logic = %d", version+1)
	})
	for name := range out {
		if out[name], err = format.Source(out[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return out, nil
}

// fill fills a template in.
func (n noun) fill(text string) string {
	var b strings.Builder
	if err := template.Must(template.New("").Parse(text)).Execute(&b, n); err != nil {
		panic(err) // each names what a noun has
	}
	return b.String()
}
