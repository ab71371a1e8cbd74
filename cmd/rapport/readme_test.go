package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/internal/postgres"
)

// example is a block of shell commands in a document, with what that says that they print.
type example struct {
	where  string // file and line
	script string
	prints string // … stands for anything within a line; on a line of its own, for any lines
}

var fences = regexp.MustCompile("(?ms)(^<!-- not run: [^\n]+ -->\n)?^```(\\w+)\n(.*?)^```$")

// examples answers the shell blocks of a document, but those that it says are not run.
func examples(t *testing.T, name string) (all []example) {
	t.Helper()
	document, follows := readDocument(t, name), false
	for _, m := range fences.FindAllStringSubmatchIndex(document, -1) {
		language, text := document[m[4]:m[5]], document[m[6]:m[7]]
		switch {
		case language == "sh" && m[2] < 0:
			where := fmt.Sprintf("%s:%d", name, 1+strings.Count(document[:m[6]], "\n"))
			all = append(all, example{where: where, script: text})
			follows = true
			continue
		case (language == "text" || language == "json") && follows:
			all[len(all)-1].prints = text
		}
		follows = false
	}
	return all
}

func readDocument(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// firstLook starts what make run starts, in a folder that looks like a checkout after it, and waits until
// it says what to try.
func firstLook(t *testing.T) (p *process, folder string) {
	t.Helper()
	program, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	folder = t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, filepath.Join(folder, "bin", "rapport")); err != nil {
		t.Fatal(err)
	}
	p = launch(t, filepath.Join(folder, "rapport-data"), "demo", "--listen", "127.0.0.1:0")
	p.until("the demo says what to try", func() (bool, string) {
		return strings.Contains(p.out.String(), "Ctrl-C"), p.out.String()
	})
	return p, folder
}

// shell runs a script in a folder and answers what it printed.
func shell(t *testing.T, folder, script string, variables ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-eu", "-o", "pipefail", "-c", script)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), variables...)
	if psql := postgres.Psql(ctx); filepath.IsAbs(psql) {
		cmd.Env = append(cmd.Env, "PATH="+filepath.Dir(psql)+":"+os.Getenv("PATH"))
	} else if _, err := exec.LookPath(psql); err != nil {
		t.Fatalf("the examples use psql: %v", err)
	}
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("%w: %s", err, problems.String())
	}
	return out.String(), nil
}

// TestLongFirstLook runs, as printed, what the first start says to try, then the examples of the documents.
func TestLongFirstLook(t *testing.T) {
	p, folder := firstLook(t)
	t.Run("what to try", func(t *testing.T) { tryNext(t, p, folder) })
	t.Run("analysts see crm alone", func(t *testing.T) { lookAround(t, folder) })
	t.Run("documents", func(t *testing.T) { tryDocuments(t, p, folder) })
}

// tryDocuments runs all examples in one shell.
func tryDocuments(t *testing.T, p *process, folder string) {
	var all []example
	for _, name := range []string{"README.md", "docs/tutorial-app.md", "docs/tutorial-desk.md", "docs/tutorial-marketer.md", "docs/tutorial-analyst.md",
		"docs/tutorial-auditor.md", "docs/tutorial-operator.md", "docs/import.md", "docs/operations.md"} {
		all = append(all, examples(t, name)...)
	}
	if len(all) < 40 {
		t.Fatalf("only %d examples were found", len(all))
	}
	const mark = "--- next example ---\n"
	var script strings.Builder
	for _, e := range all {
		script.WriteString(e.script + "echo '" + strings.TrimSpace(mark) + "'\n")
	}
	out, err := shell(t, folder, strings.ReplaceAll(script.String(), "127.0.0.1:8080", p.address),
		"RAPPORT_SERVER=http://"+p.address)
	printed := strings.Split(out, mark)
	if err != nil {
		t.Fatalf("%s: %v\n%s", all[len(printed)-1].where, err, printed[len(printed)-1])
	}
	for i, e := range all {
		switch {
		case e.prints != "":
			if !e.pattern().MatchString(words(printed[i])) {
				t.Errorf("%s prints\n%s\nwhich is not\n%s", e.where, printed[i], e.prints)
			}
		case !e.onlySettles() && strings.TrimSpace(printed[i]) == "":
			t.Errorf("%s prints nothing", e.where)
		case strings.Contains(printed[i], `"about:blank"`):
			t.Errorf("%s is refused:\n%s", e.where, printed[i])
		}
	}
}

var (
	spaces     = regexp.MustCompile(`[ \t]+`)
	assignment = regexp.MustCompile(`^\w+=`)
)

// words makes the widths of columns the same.
func words(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimSpace(spaces.ReplaceAllString(line, " ")) + "\n")
	}
	return b.String()
}

func (e example) pattern() *regexp.Regexp {
	p := regexp.QuoteMeta(words(e.prints))
	p = regexp.MustCompile(`(?m)^…$\n`).ReplaceAllString(p, `(?s:.*)`)
	return regexp.MustCompile(`\A` + strings.ReplaceAll(p, "…", ".*") + `\z`)
}

// onlySettles tells whether the example does nothing but set variables.
func (e example) onlySettles() bool {
	for line := range strings.Lines(e.script) {
		if !assignment.MatchString(line) {
			return false
		}
	}
	return true
}

func tryNext(t *testing.T, p *process, folder string) {
	tried := 0
	for line := range strings.Lines(p.out.String()) {
		command, ok := strings.CutPrefix(line, "  ")
		if !ok || strings.HasPrefix(command, "#") {
			continue
		}
		tried++
		out, err := shell(t, folder, command)
		if err != nil || strings.TrimSpace(out) == "" || strings.Contains(out, `"about:blank"`) {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	}
	if tried < 5 {
		t.Errorf("only %d commands in\n%s", tried, p.out)
	}
}

// lookAround asks, as an analyst, which schemas are open to them; the server keeps keys and proofs beside.
func lookAround(t *testing.T, folder string) {
	const schemas = `SELECT nspname, has_schema_privilege(oid, 'USAGE') FROM pg_namespace
		WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema' ORDER BY 1`
	out, err := shell(t, folder, `psql "$(cat rapport-data/postgres-analyst.url)" -At -c "`+schemas+`"`)
	if want := "crm|t\nerasure|f\nintegration|f\nproof|f\npublic|f\nrapport_engine|f\nvault|f\n"; err != nil || out != want {
		t.Errorf("an analyst sees %q, want %q (%v)", out, want, err)
	}
	info, err := os.Stat(filepath.Join(folder, "rapport-data", "postgres-analyst.url"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the analysts' connection string: %v, %v", info, err)
	}
}

// The table of configuration has every flag of serve and demo, and the variable beside it; the README stays short.
func TestEveryFlagIsDocumented(t *testing.T) {
	if n := strings.Count(readDocument(t, "README.md"), "\n"); n > 160 {
		t.Errorf("the README has %d lines: move what is not for the first five minutes to docs", n)
	}
	table := readDocument(t, "docs/configuration.md")
	named := 0
	for _, command := range new(commandLine).parser().Model.Children {
		if command.Name != "serve" && command.Name != "demo" {
			continue
		}
		for _, group := range command.AllFlags(true) {
			for _, flag := range group {
				if slices.Contains([]string{"help", "version"}, flag.Name) {
					continue
				}
				named++
				if row := fmt.Sprintf("| `--%s` | `%s` |", flag.Name, flag.Envs[0]); !strings.Contains(table, row) {
					t.Errorf("docs/configuration.md has no row %s", row)
				}
			}
		}
	}
	if named < 20 {
		t.Errorf("serve and demo have only %d flags", named)
	}
}

// What the documents link to in the repository exists.
func TestLinks(t *testing.T) {
	links := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	documents, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	followed := 0
	for _, path := range append(documents, "../../README.md", "../../CHANGELOG.md") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range links.FindAllSubmatch(text, -1) {
			followed++
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), string(m[1]))); err != nil {
				t.Errorf("%s links to nothing: %v", path, err)
			}
		}
	}
	if followed < 10 {
		t.Errorf("only %d links were found", followed)
	}
}
