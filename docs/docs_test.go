// Package docs holds the tests that write the references of this folder from the code that they describe. They
// fail where the two differ; go test ./docs -update writes the references anew.
package docs

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the references anew")

// check holds a reference against what the code says, or writes it.
func check(t *testing.T, name, said string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(said), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v: write it by go test ./docs -update", err)
	}
	if diff := cmp.Diff(string(written), said); diff != "" {
		t.Errorf("docs/%s is not what the code says (-docs +code); go test ./docs -update writes it anew:\n%s", name, diff)
	}
}
