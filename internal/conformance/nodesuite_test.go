package conformance

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/eventstore/face"
)

// nodeTests is the variable that names a folder with the Node client's own tests: packages/test/src of a checkout.
const nodeTests = "RAPPORT_CONFORMANCE_NODE_TESTS"

// nodeRepository is where the tests are, at the client's tag. They do not come with its package.
const nodeRepository, nodeTag = "https://github.com/EventStore/EventStore-Client-NodeJS.git", "v6.2.1"

// nodeTools run TypeScript tests.
var nodeTools = []string{"jest@29.7.0", "esbuild@0.28.2"}

// TestNodeClientStreams runs the tests of streams of the official Node client, over TLS and with credentials. Each file of
// them has an empty log of its own.
func TestNodeClientStreams(t *testing.T) {
	onlyIfAsked(t)
	tests := nodeTestsFolder(t)
	needs(t, "node", "npm")
	dir := t.TempDir()
	for from, to := range map[string]string{filepath.Join(tests, "streams"): "src/streams", "testdata/nodeclient": "."} {
		if err := os.CopyFS(filepath.Join(dir, to), os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(filepath.Join(dir, "utils"), filepath.Join(dir, "src/utils")); err != nil {
		t.Fatal(err)
	}
	npmInstall(t, dir, append(nodeTools, nodeClient)...)

	files, err := filepath.Glob(filepath.Join(dir, "src/streams/*.test.ts"))
	if err != nil || len(files) < 14 {
		t.Fatalf("%d files of tests in %s, %v", len(files), tests, err)
	}
	config := certificate(t)
	servers := map[string]string{}
	for _, file := range files {
		servers[filepath.Base(file)] = serve(t, face.Options{TLS: config, Gate: gate}, nil)
	}
	authority := filepath.Join(dir, "ca.crt")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: config.Certificates[0].Certificate[0]})
	if err := os.WriteFile(authority, block, 0o600); err != nil {
		t.Fatal(err)
	}
	addresses, err := json.Marshal(servers)
	if err != nil {
		t.Fatal(err)
	}
	judge(t, run(t, dir, []string{"RAPPORT_NODES=" + string(addresses), "RAPPORT_NODE_CA=" + authority}, 1,
		"node", "node_modules/jest/bin/jest.js", "--ci", "--runInBand", "--json"))
}

// jestReport is what jest says of each file and each test.
type jestReport struct {
	TestResults []struct {
		Name             string
		Message          string
		AssertionResults []struct {
			FullName, Status string
			FailureMessages  []string
		}
	}
}

// judge holds the tests' results against the list of what is unsupported: a test that fails must be on it, and one that
// passes must not.
func judge(t *testing.T, results []byte) {
	t.Helper()
	var report jestReport
	if err := json.Unmarshal(results, &report); err != nil {
		t.Fatalf("jest: %v\n%s", err, results)
	}
	var expected map[string]string
	list, err := os.ReadFile("testdata/nodeclient_unsupported.json")
	if err == nil {
		err = json.Unmarshal(list, &expected)
	}
	if err != nil {
		t.Fatal(err)
	}
	seen, passed := map[string]bool{}, 0
	for _, file := range report.TestResults {
		name := strings.TrimSuffix(filepath.Base(file.Name), ".test.ts")
		if len(file.AssertionResults) == 0 {
			t.Errorf("%s did not run:\n%s", name, file.Message)
		}
		for _, test := range file.AssertionResults {
			id := name + ": " + test.FullName
			why, known := expected[id]
			seen[id] = true
			switch {
			case test.Status == "passed" && known:
				t.Errorf("%s passes: it is not unsupported any more", id)
			case test.Status == "passed":
				passed++
			case test.Status == "failed" && known:
				t.Logf("unsupported: %s: %s", id, why)
			case test.Status == "failed":
				t.Errorf("%s failed:\n%s", id, strings.Join(test.FailureMessages, "\n"))
			default:
				t.Logf("%s: %s", test.Status, id)
			}
		}
	}
	for id := range expected {
		if !seen[id] {
			t.Errorf("%s is listed as unsupported, and there is no such test", id)
		}
	}
	if passed < 90 {
		t.Errorf("only %d tests passed", passed)
	}
	t.Logf("%d tests passed, %d are unsupported", passed, len(expected))
}

// nodeTestsFolder returns the folder that has the client's tests: the one that is named, or a fresh checkout.
func nodeTestsFolder(t *testing.T) string {
	t.Helper()
	if folder := os.Getenv(nodeTests); folder != "" {
		return folder
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	dir := t.TempDir()
	clone := exec.CommandContext(ctx, "git", "clone", "--quiet", "--depth", "1", "--branch", nodeTag, nodeRepository, dir)
	clone.Env = append(os.Environ(), "GIT_TERMINAL_PROMPT=0")
	if said, err := clone.CombinedOutput(); err != nil {
		t.Skipf("SKIPPED, NOTHING WAS TESTED: %s names no folder with the Node client's tests, and git cannot fetch %s at %s: %v\n%s",
			nodeTests, nodeRepository, nodeTag, err, said)
	}
	return filepath.Join(dir, "packages/test/src")
}
