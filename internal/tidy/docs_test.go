package tidy

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func mustFind(t *testing.T, name string) file {
	t.Helper()
	files := textFiles(t)
	at := slices.IndexFunc(files, func(f file) bool { return f.path == name })
	if at < 0 {
		t.Fatalf("there is no %s", name)
	}
	return files[at]
}

// Every library that our code imports was chosen for a reason, which stands in docs/dependencies.md.
func TestDependenciesAreExplained(t *testing.T) {
	required := regexp.MustCompile(`(?m)^\t(\S+) v\S+( // indirect)?$`).FindAllStringSubmatch(
		string(mustFind(t, "go.mod").content), -1)
	imported := map[string]bool{}
	for _, f := range goFiles(t) {
		for _, name := range f.imports() {
			for _, module := range required {
				if within(name, module[1]) {
					imported[module[1]] = true
				}
			}
		}
	}
	explained := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(\\S+)` \\|").FindAllSubmatch(
		mustFind(t, "docs/dependencies.md").content, -1) {
		explained[string(row[1])] = true
	}
	for _, module := range slices.Sorted(maps.Keys(imported)) {
		if !explained[module] {
			t.Errorf("docs/dependencies.md does not say why we depend on %s", module)
		}
	}
	for _, module := range slices.Sorted(maps.Keys(explained)) {
		if !imported[module] {
			t.Errorf("docs/dependencies.md explains %s, which nothing imports", module)
		}
	}
}

// A record of a decision is short, or nobody reads it; and numbered without gaps, or one seems to be missing.
func TestDecisionRecords(t *testing.T) {
	const linesMax = 40
	numbered := regexp.MustCompile(`^(\d{4})-[a-z0-9-]+\.md$`)
	var numbers []string
	for _, f := range textFiles(t) {
		if f.folder() != "docs/adr" {
			continue
		}
		m := numbered.FindStringSubmatch(path.Base(f.path))
		if m == nil {
			t.Errorf("%s: a record is named like 0001-what-was-decided.md", f.path)
			continue
		}
		numbers = append(numbers, m[1])
		if f.lines() > linesMax {
			t.Errorf("%s has %d lines, more than %d", f.path, f.lines(), linesMax)
		}
		if !bytes.HasPrefix(f.content, []byte("# "+strings.TrimLeft(m[1], "0")+". ")) {
			t.Errorf("%s: its title must begin with its number", f.path)
		}
	}
	for i, number := range slices.Sorted(slices.Values(numbers)) {
		if want := fmt.Sprintf("%04d", i+1); number != want {
			t.Errorf("record %s stands where %s is due", number, want)
		}
	}
	if len(numbers) == 0 {
		t.Error("there are no records in docs/adr")
	}
}
