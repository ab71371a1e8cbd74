package docs

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// refusal is one that the code declares.
type refusal struct{ code, kind, field, reason, where string }

// statuses are those of the kinds, as the API answers.
var statuses = map[string]int{"Refused": 422, "Invalid": 422, "Unknown": 404, "Conflict": 409, "Stale": 412, "Gone": 410, "Large": 413}

// refusals finds all rejections that the domain and the commands declare.
func refusals(t *testing.T) (all []refusal) {
	t.Helper()
	for _, root := range []string{"../domain", "../commands"} {
		eachSource(t, root, func(name string) bool { return !strings.HasSuffix(name, "_test.go") }, func(path string, source []byte) {
			file, err := parser.ParseFile(token.NewFileSet(), path, source, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if literal, ok := n.(*ast.CompositeLit); ok && identifierOf(literal.Type) == "Rejection" && len(literal.Elts) > 0 {
					all = append(all, refusalOf(literal, strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")))
				}
				return true
			})
		})
	}
	slices.SortFunc(all, func(a, b refusal) int { return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.where, b.where)) })
	return all
}

func refusalOf(literal *ast.CompositeLit, where string) refusal {
	r := refusal{where: where}
	for _, e := range literal.Elts {
		member := e.(*ast.KeyValueExpr)
		switch identifierOf(member.Key) {
		case "Kind":
			r.kind = identifierOf(member.Value)
		case "Code":
			r.code = textOf(member.Value)
		case "Field":
			r.field = textOf(member.Value)
		case "Reason":
			r.reason = textOf(member.Value)
		}
	}
	return r
}

func identifierOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// textOf returns what a constant text says; what is filled in at run time is told by dots.
func textOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		if err == nil {
			return text
		}
	case *ast.BinaryExpr:
		return textOf(e.X) + textOf(e.Y)
	case *ast.CallExpr:
		return regexp.MustCompile("%[a-z]").ReplaceAllString(textOf(e.Args[0]), "…")
	}
	return "…"
}

func TestRefusals(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Refusals\n\n" +
		"A command that is refused leaves nothing. The answer is a problem (RFC 9457) whose `code` is one of these; where a member is to\n" +
		"blame, `errors` names it. What cannot be read at all is answered 400, see [http.md](http.md). Which rule is behind one says\n" +
		"[decisions.md](decisions.md).\n\n" +
		"This page follows from the code: `go test ./docs -update` writes it.\n\n" +
		"| code | status | because | about | declared in |\n|---|---|---|---|---|\n")
	for _, r := range refusals(t) {
		if statuses[r.kind] == 0 || r.code == "" || r.reason == "" {
			t.Errorf("%+v: not understood", r)
		}
		about := ""
		if r.field != "" {
			about = "`" + r.field + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %d | %s | %s | `%s` |\n", r.code, statuses[r.kind], strings.ReplaceAll(r.reason, "|", "\\|"), about, r.where)
	}
	check(t, "refusals.md", b.String())
}

// What decisions.md says of refusals and of tests, there is.
func TestDecisionsNameWhatThereIs(t *testing.T) {
	text, err := os.ReadFile("decisions.md")
	if err != nil {
		t.Fatal(err)
	}
	codes, tests := map[string]bool{}, map[string]bool{}
	for _, r := range refusals(t) {
		codes[r.code] = true
	}
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	eachSource(t, "..", func(name string) bool { return strings.HasSuffix(name, "_test.go") }, func(_ string, source []byte) {
		for _, m := range declared.FindAllSubmatch(source, -1) {
			tests[string(m[1])] = true
		}
	})
	named := 0
	for _, m := range regexp.MustCompile("`([A-Za-z_]+)`").FindAllStringSubmatch(string(text), -1) {
		switch name := m[1]; {
		case strings.HasPrefix(name, "Test"):
			if named++; !tests[name] {
				t.Errorf("there is no test %s", name)
			}
		case strings.Contains(name, "_") && !codes[name] && !strings.Contains(notRefusals, " "+name+" "):
			t.Errorf("nothing is refused with %s", name)
		}
	}
	if named < 50 {
		t.Errorf("%d tests are named", named)
	}
}

// notRefusals are other names in decisions.md: members, and problems of reading.
const notRefusals = " occurred_at recorded_for field_missing parameter_malformed stream_not_whole known_at "

// eachSource visits the Go files below a folder.
func eachSource(t *testing.T, root string, wanted func(name string) bool, visit func(path string, source []byte)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || !wanted(path) {
			return err
		}
		source, err := os.ReadFile(path)
		if err == nil {
			visit(path, source)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
