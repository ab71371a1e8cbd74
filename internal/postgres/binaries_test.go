package postgres

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakeInstallation makes binaries that tell a version.
func fakeInstallation(t *testing.T, version string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"postgres", "initdb", "pg_ctl"} {
		script := fmt.Sprintf("#!/bin/sh\necho '%s (PostgreSQL) %s'\n", name, version)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestNewestInstallationIsFound(t *testing.T) {
	old, beta := fakeInstallation(t, "9.6.24 (Debian 9.6.24-1)"), fakeInstallation(t, "18beta2")
	link := t.TempDir() // as on a PATH
	if err := os.Symlink(filepath.Join(beta, "postgres"), filepath.Join(link, "postgres")); err != nil {
		t.Fatal(err)
	}
	clientOnly := t.TempDir()
	found := installations(t.Context(), []string{clientOnly, old, link, beta, filepath.Join(old, "missing"), "."})
	if got, want := describe(found), fmt.Sprintf("found 18 in %s, 9 in %s", beta, old); got != want {
		t.Errorf("%s, want it to have %s", got, want)
	}
}

func TestChoice(t *testing.T) {
	i9, i14, i17 := installation{"/9", 9}, installation{"/14", 14}, installation{"/17", 17}
	for name, test := range map[string]struct {
		found  []installation
		wanted int
		chosen installation
		advice []string // words of the error
	}{
		"a new cluster takes the newest":       {[]installation{i17, i14}, 0, i17, nil},
		"a cluster keeps its version":          {[]installation{i17, i14}, 14, i14, nil},
		"none installed":                       {nil, 0, installation{}, []string{"make setup", "none found"}},
		"only one that is too old":             {[]installation{i9}, 0, installation{}, []string{"make setup", "9 in /9"}},
		"none of the version of the cluster":   {[]installation{i17}, 15, installation{}, []string{"postgresql-15", "17 in /17"}},
		"none at all for the existing cluster": {nil, 15, installation{}, []string{"postgresql-15", "none found"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := choose(test.found, test.wanted)
			if got != test.chosen || (err != nil) != (test.advice != nil) || err != nil && !errors.Is(err, ErrNotInstalled) {
				t.Fatalf("choose answers %v, %v", got, err)
			}
			for _, words := range test.advice {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("the error does not say %q: %v", words, err)
				}
			}
		})
	}
}
