package conformance

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/eventstore/face"
)

// goClient is the official client that Rapport itself uses; its source, tests included, comes by the module proxy.
const goClient = "github.com/EventStore/EventStore-Client-Go/v4"

const dataset = "compares positions in bytes and record times with those of a database that comes in EventStoreDB's own container alone"

// unsupported are the tests of streams that cannot pass, and why.
var unsupported = map[string]string{
	"TestStreams/ReadStreamTests/readStreamEventsForwardsFromZeroPosition":         dataset,
	"TestStreams/ReadStreamTests/readStreamEventsBackwardsFromEndPosition":         dataset,
	"TestStreams/SubscriptionTests/allSubscriptionWithFilterDeliversCorrectEvents": dataset,
	"TestExpectations/ReadAllTests/readAllEventsForwardsFromZeroPosition(":         dataset,
	"TestExpectations/ReadAllTests/readAllEventsForwardsFromNonZeroPosition":       dataset,
	"TestExpectations/ReadAllTests/readAllEventsBackwardsFromZeroPosition":         dataset,
	"TestExpectations/ReadAllTests/readAllEventsBackwardsFromNonZeroPosition":      dataset,
}

// ofStreams are the tests that are run.
const ofStreams = "^(TestStreams|TestExpectations|TestMisc|TestPositionParsing|TestConnectionString.*|Test.*Metadata.*)$" +
	"/^(AppendTests|ReadStreamTests|SubscriptionTests|DeleteTests|ConnectionTests|ReadAllTests|StreamPositionTests|.*Parsing.*)$"

// TestGoClient runs the tests of streams that come with the official Go client, without TLS and, those of appends, with it.
func TestGoClient(t *testing.T) {
	onlyIfAsked(t)
	client := goClientSource(t)
	address := serve(t, face.Options{}, nil)
	populated := serve(t, face.Options{}, map[string]int{"dataset20M-0": 6000, "dataset20M-1800": 2000})
	secured := serve(t, face.Options{TLS: certificate(t), Gate: gate}, map[string]int{"dataset20M-1800": 2000})

	passed := goTests(t, client, ofStreams, "RAPPORT_EMPTY="+address, "RAPPORT_POPULATED="+populated)
	if passed < 40 {
		t.Errorf("only %d tests were run", passed)
	}
	// Here credentials are shown, right ones and wrong ones, which is left out without TLS.
	passed = goTests(t, client, "^TestStreams$/^(AppendTests|ReadStreamTests|DeleteTests)$", "EVENTSTORE_INSECURE=false", "RAPPORT_EMPTY="+secured,
		"RAPPORT_POPULATED="+secured)
	if passed < 10 {
		t.Errorf("only %d tests were run over TLS", passed)
	}
}

// goClientSource copies the client's source, with a stand-in for what starts EventStoreDB in Docker.
func goClientSource(t *testing.T) string {
	t.Helper()
	where := strings.TrimSpace(string(run(t, ".", nil, 0, "go", "list", "-m", "-f", "{{.Dir}}", goClient)))
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(where)); err != nil {
		t.Fatal(err)
	}
	world, err := os.ReadFile("testdata/goclient_world.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "esdb", "containers_test.go"), world, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// goTests runs the client's tests, and returns how many passed. Each must, but for those that are unsupported, which must
// not: a reason that does not hold any more is no reason.
func goTests(t *testing.T, dir, which string, env ...string) (passed int) {
	t.Helper()
	env = append(env, "GOTOOLCHAIN=local", "GOFLAGS=-mod=mod")
	out := run(t, dir, env, 1, "go", "test", "-json", "-count=1", "-timeout", "5m", "-run", which, "./esdb")
	said := map[string]*strings.Builder{}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var e struct{ Action, Test, Output string }
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			continue // a line of the compiler
		}
		if said[e.Test] == nil {
			said[e.Test] = &strings.Builder{}
		}
		said[e.Test].WriteString(e.Output)
		_, known := unsupported[e.Test]
		switch {
		case e.Action == "pass" && known:
			t.Errorf("%s passes: it is not unsupported any more", e.Test)
		case e.Action == "pass":
			passed++
		case e.Action == "skip":
			t.Logf("skips itself: %s", e.Test)
		case e.Action == "fail" && !known && !holds(e.Test):
			t.Errorf("%s failed:\n%s", e.Test, said[e.Test])
		}
	}
	if passed == 0 {
		t.Fatalf("no test passed:\n%s", out)
	}
	return passed
}

// holds reports whether a test is a group of others, of which one is unsupported: it fails with that one.
func holds(group string) bool {
	if group == "" {
		return true // the package
	}
	for test := range unsupported {
		if strings.HasPrefix(test, group+"/") {
			return true
		}
	}
	return false
}
