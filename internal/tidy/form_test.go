package tidy

import (
	"bytes"
	"go/ast"
	"go/format"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestFormatted(t *testing.T) {
	for _, f := range goFiles(t) {
		formatted, err := format.Source(f.content)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(formatted, f.content) {
			t.Errorf("%s is not formatted: make fmt", f.path)
		}
	}
}

// A file is to be read from top to bottom. About 300 lines are good; these are too many.
func TestFileLength(t *testing.T) {
	const linesMax, testLinesMax = 500, 700
	for _, f := range goFiles(t) {
		most := linesMax
		if f.isTest() {
			most = testLinesMax
		}
		if f.lines() > most && !f.isMade() {
			t.Errorf("%s has %d lines, more than %d: what are its two halves?", f.path, f.lines(), most)
		}
	}
}

// Whoever opens a package reads first what it decides and what it must not know.
func TestPackageComments(t *testing.T) {
	described, first := map[string]bool{}, map[string]string{}
	for _, f := range goFiles(t) {
		if f.isTest() {
			continue
		}
		first[f.folder()] = f.path
		if f.syntax.Doc == nil {
			continue
		}
		name := "Package " + f.syntax.Name.Name + " "
		if f.syntax.Name.Name == "main" {
			name = "Command "
		}
		if !strings.HasPrefix(f.syntax.Doc.Text(), name) {
			t.Errorf("%s: the package's comment must begin with %q", f.path, name)
		}
		described[f.folder()] = true
	}
	for folder, path := range first {
		if !described[folder] {
			t.Errorf("%s: no file of the package has a package comment", path)
		}
	}
}

// Names that say nothing about what is inside become the place for everything.
func TestPackageNames(t *testing.T) {
	empty := regexp.MustCompile(`^(utils?|commons?|helpers?|dtos?|models?|base|misc|shared|types|constants|mappers)$`)
	for _, f := range goFiles(t) {
		if name := f.syntax.Name.Name; empty.MatchString(name) {
			t.Errorf("%s: the name %q says nothing about what is inside", f.path, name)
		}
	}
}

// What is left to do belongs to the issues; where one machine keeps its files is nobody else's business. The
// expressions are written so that they do not find themselves.
func TestNothingLeftBehind(t *testing.T) {
	traces := map[string]*regexp.Regexp{
		"a note of something left to do": regexp.MustCompile(`\bTO[D]O\b|\bFIX[M]E\b`),
		"a path of one machine":          regexp.MustCompile(`/(wor[k]|roo[t]|home/[a-z]+|Users/[a-z]+)/`),
	}
	for _, f := range textFiles(t) {
		for number, line := range bytes.Split(f.content, []byte("\n")) {
			for what, trace := range traces {
				if found := trace.Find(line); found != nil {
					t.Errorf("%s:%d: %s: %s", f.path, number+1, what, found)
				}
			}
		}
	}
}

// A test waits for signals, or, where another process is involved, for a condition with a deadline.
func TestTestsDoNotSleep(t *testing.T) {
	for _, f := range goFiles(t) {
		if !f.isTest() || slices.Contains(f.imports(), "testing/synctest") { // whose clock is not ours
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Sleep" {
				if pkg, ok := s.X.(*ast.Ident); ok && pkg.Name == "time" {
					t.Errorf("%s: a test must not sleep", where(n))
				}
			}
			return true
		})
	}
}
