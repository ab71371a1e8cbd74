package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

// What is written compiles wherever it goes, and its stories come out. The files are laid over the tree, which stays as it is.
func TestLongANounIsAdded(t *testing.T) {
	n, err := newNoun("site_visit", "")
	if err != nil {
		t.Fatal(err)
	}
	files, err := n.files(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	over := struct{ Replace map[string]string }{map[string]string{}}
	dir := t.TempDir()
	top, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		at := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		if err := os.WriteFile(at, text, 0o600); err != nil {
			t.Fatal(err)
		}
		over.Replace[filepath.Join(top, filepath.FromSlash(name))] = at
	}
	text, err := json.Marshal(over)
	if err != nil {
		t.Fatal(err)
	}
	overlay := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"build", "-overlay", overlay, "-o", filepath.Join(dir, "rapport"), "./cmd/rapport"},
		{"test", "-overlay", overlay, "./domain/customer"},
	} {
		command := exec.CommandContext(t.Context(), "go", args...)
		command.Dir = top
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	command := exec.CommandContext(t.Context(), filepath.Join(dir, "rapport"), "openapi")
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, operation := range []string{`"record_site_visit"`, `"/v1/customers/{customer_id}/site-visits"`, `"/v1/site-visits"`} {
		if !strings.Contains(string(out), operation) {
			t.Errorf("the document has no %s", operation)
		}
	}
}

func TestNouns(t *testing.T) {
	for name, plural := range map[string]string{"visit": "visits", "site_visit": "site_visits", "delivery": "deliveries", "box": "boxes", "toy": "toys"} {
		if n, err := newNoun(name, ""); err != nil || n.Plural != plural {
			t.Errorf("%s: %s, %v", name, n.Plural, err)
		}
	}
	for _, name := range []string{"", "Visit", "site-visit", "visit2", "_x"} {
		if _, err := newNoun(name, ""); err == nil {
			t.Errorf("%q is a noun", name)
		}
	}
	n, _ := newNoun("promise", "")
	if _, err := n.files(os.DirFS(root)); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("a noun that is there: %v", err)
	}
}
