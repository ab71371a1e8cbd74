package tidy

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// module is the path that our own packages begin with.
const module = "github.com/rapport-crm/rapport/"

// file is a text file of the repository.
type file struct {
	path    string // from the top, with slashes
	content []byte
	syntax  *ast.File // nil where it is not Go
}

func (f file) folder() string { return path.Dir(f.path) }
func (f file) isTest() bool   { return strings.HasSuffix(f.path, "_test.go") }
func (f file) isMade() bool   { return strings.Contains(f.path, ".gen.") } // by a program, to be read by none
func (f file) lines() int     { return bytes.Count(f.content, []byte("\n")) }

// imports lists what a Go file imports.
func (f file) imports() []string {
	var list []string
	for _, i := range f.syntax.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			panic(err) // the parser took it
		}
		list = append(list, name)
	}
	return list
}

var positions = token.NewFileSet()

// where says at which line of which file a piece of syntax stands.
func where(n ast.Node) string { return positions.Position(n.Pos()).String() }

var readRepository = sync.OnceValues(func() ([]file, error) {
	const top = "../.."
	var files []file
	err := filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{".git", "bin", "rapport-data", "node_modules"}, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || d.Name() == ".git" { // a file in a worktree of its own
			return nil
		}
		relative, err := filepath.Rel(top, name)
		if err != nil {
			return err
		}
		f := file{path: filepath.ToSlash(relative)}
		if f.content, err = os.ReadFile(name); err != nil {
			return err
		}
		if bytes.IndexByte(f.content, 0) >= 0 {
			return nil // not text
		}
		if strings.HasSuffix(f.path, ".go") {
			f.syntax, err = parser.ParseFile(positions, f.path, f.content, parser.ParseComments)
		}
		files = append(files, f)
		return err
	})
	return files, err
})

// textFiles answers every text file; goFiles those that hold Go.
func textFiles(t *testing.T) []file {
	t.Helper()
	files, err := readRepository()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func goFiles(t *testing.T) []file {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(textFiles(t)), func(f file) bool { return f.syntax == nil })
}
