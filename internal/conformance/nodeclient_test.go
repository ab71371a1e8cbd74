package conformance

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/eventstore/face"
)

// nodeClient is the official client for Node by which the scenes were played to a real server.
const nodeClient = "@eventstore/db-client@6.2.1"

// scenesFolder is the variable that names a folder with scenes for the Node client (semantics.mjs), and with what a real
// server answered to each.
const scenesFolder = "RAPPORT_CONFORMANCE_SCENES"

// otherwise are the scenes to which the face answers in another way than EventStoreDB, as docs/eventstore.md says.
var otherwise = map[string]string{
	"again | after abc, ca expecting any":            "wrong-expected-version(actual 2) | 0a 1b 2c", // there the call times out
	"again | after abc, ca expecting stream_exists":  "wrong-expected-version(actual 2) | 0a 1b 2c",
	"batch | 2 MiB by BatchAppend":                   "next 7 | 0? 1? 2? 3? 4? 5? 6? 7?", // 4 MiB fit in an append
	"limits | two of 600 KiB":                        "next 1 | 2 read",
	"limits | an empty type":                         "unknown 3 | stream-not-found",
	"limits | a stream name empty":                   "unknown 3 | unknown 3",
	"reborn | undeleted by its metadata":             "0x 1y 2z",                    // there only later
	"follow | a stream that is tombstoned meanwhile": "0a caught-up stream-deleted", // there with the tombstone before
}

// TestNodeClient plays the scenes with the official Node client, and compares the answers with a real server's.
func TestNodeClient(t *testing.T) {
	onlyIfAsked(t)
	folder := os.Getenv(scenesFolder)
	if folder == "" {
		t.Skipf("%s names no folder with scenes", scenesFolder)
	}
	needs(t, "node", "npm")
	dir := t.TempDir()
	npmInstall(t, dir, nodeClient)
	recorded, err := os.ReadFile(filepath.Join(folder, "eventstoredb-23.10.6.txt"))
	if err != nil {
		t.Fatal(err)
	}
	out := run(t, dir, nil, 0, "node", filepath.Join(folder, "semantics.mjs"), dir,
		"esdb://"+serve(t, face.Options{}, nil)+"?tls=false")
	want, got := lines(recorded), lines(out)
	if len(got) != len(want) || len(want) < 250 {
		t.Fatalf("%d answers, %d were recorded", len(got), len(want))
	}
	for i, line := range want {
		scene := strings.Join(strings.SplitN(line, " | ", 3)[:2], " | ")
		if own, ok := otherwise[scene]; ok {
			line = scene + " | " + own
		}
		if got[i] != line && !(strings.HasPrefix(scene, "follow") && samePlaces(got[i], line)) {
			t.Errorf("answered  %s\nnot       %s", got[i], line)
		}
	}
	t.Logf("%d scenes, %d of them answered in our own way", len(got), len(otherwise))
}

// needs ends the test where a program is not there: who asked for conformance is not to believe that it was shown.
func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("the Node client needs %s: %v", program, err)
		}
	}
}

func npmInstall(t *testing.T, dir string, packages ...string) {
	t.Helper()
	run(t, dir, nil, 0, "npm", append([]string{"install", "--silent", "--no-audit", "--no-fund", "--prefix", dir}, packages...)...)
}

func lines(text []byte) []string { return strings.Split(strings.TrimSpace(string(text)), "\n") }

// samePlaces reports whether two lines differ in nothing but when the subscription had caught up, which an event of the same
// moment may come before or after.
func samePlaces(a, b string) bool {
	without := func(line string) []string {
		return slices.DeleteFunc(strings.Fields(line), func(word string) bool { return word == "caught-up" })
	}
	return strings.Contains(a, "caught-up") == strings.Contains(b, "caught-up") && slices.Equal(without(a), without(b))
}
