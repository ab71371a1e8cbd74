package domaintest_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain/domaintest"
)

// undrawn are the commands that nobody asks for but the engine itself, to carry out another one, one that needs
// more customers than there are here, those that say who may ask, and one that needs a log with gaps.
var undrawn = []string{"access.IssueToken", "access.RevokeToken", "customer.Merge", "customer.Split", "customer.PassDay",
	"customer.Guide", "custody.AcceptGaps", "identity.Claim", "identity.Release",
	"value.Fit"}

// A command that is not drawn is a command for which no law is checked.
func TestEveryCommandIsDrawn(t *testing.T) {
	drawn := slices.Clone(undrawn)
	for _, c := range domaintest.Commands {
		drawn = append(drawn, reflect.TypeOf(c).String())
	}
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range decides.FindAllSubmatch(source, -1) {
			name := filepath.Base(filepath.Dir(file)) + "." + string(m[1])
			if !slices.Contains(drawn, name) {
				t.Errorf("%s is a command: enter it in Commands (words.go)", name)
			}
			declared++
		}
	}
	if declared != len(drawn) {
		t.Errorf("%d commands are declared, %d are drawn or known not to be", declared, len(drawn))
	}
}

var decides = regexp.MustCompile(`(?m)^func \((?:\w+ )?(\w+)\) Decide\(`)
