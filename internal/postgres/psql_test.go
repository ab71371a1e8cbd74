package postgres

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestPsql(t *testing.T) {
	onPath := t.TempDir()
	if err := os.WriteFile(filepath.Join(onPath, "psql"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", onPath)
	if got := Psql(t.Context()); got != "psql" {
		t.Errorf("with psql on the PATH: %s", got)
	}
	t.Setenv("PATH", t.TempDir())
	got := Psql(t.Context())
	if got == "psql" {
		t.Skip("the server binaries of this machine have no psql beside them")
	}
	if out, err := exec.Command(got, "--version").Output(); err != nil || !strings.Contains(string(out), "PostgreSQL") {
		t.Errorf("%s --version: %s, %v", got, out, err)
	}
}
