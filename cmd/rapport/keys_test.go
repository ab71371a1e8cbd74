package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What a server takes in of a person is nowhere to be read but in its tables and answers; its keys are renewed while it
// runs, and the master key between two runs.
func TestKeys(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	p := serve(t, data, "--log-level", "debug")
	const ann, bob = "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01", "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d02"
	register := func(id, name string) {
		p.must("POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person","name":"`+name+`"}`, nil)
	}
	say := func(text string) {
		p.must("POST", "/v1/customers/"+ann+"/interactions", `{"kind":"call","direction":"inbound","text":"`+text+`"}`, nil)
	}
	told := func(words ...string) {
		t.Helper()
		_, history := p.http("GET", "/v1/customers/"+ann+"/history", "")
		for _, word := range words {
			if !bytes.Contains(history, []byte(word)) {
				t.Errorf("the history does not tell %q: %s", word, history)
			}
		}
	}
	keys := func(args ...string) string {
		t.Helper()
		var out, log strings.Builder
		if code := run(t.Context(), append(append([]string{"keys"}, args...), "--data", data), streams{&out, &log}); code != 0 {
			t.Errorf("keys %v: exit code %d: %s", args, code, log.String())
		}
		return out.String()
	}
	register(ann, "Zoeplanted Example")
	p.must("POST", "/v1/customers/"+ann+"/identities", `{"kind":"email","value":"zoeplanted@example.org"}`, nil)
	say("zoeplanted-1")
	if said := keys("status"); !strings.Contains(said, "customers' keys      1 ") ||
		!strings.Contains(said, filepath.Join(data, "master.key")) {
		t.Error(said)
	}
	keys("rotate", "--customer", ann)
	say("zoeplanted-2")
	if said := keys("rotate", "--all"); !strings.Contains(said, "and 1 customers' keys were renewed") {
		t.Error(said)
	}
	register(bob, "Zoeplanted Other")
	say("zoeplanted-3")
	told("Zoeplanted Example", "zoeplanted-1", "zoeplanted-2", "zoeplanted-3")
	refusesToRun(t, 1, "the customer has no key", "keys", "rotate", "--customer", "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d03", "--data", data)
	p.settled()
	_, metrics := p.http("GET", "/metrics", "")
	next := filepath.Join(t.TempDir(), "next.key")
	keys("rotate", "--master", next)
	say("zoeplanted-4")
	p.end(syscall.SIGTERM)

	clean := func(where string, text []byte) {
		if bytes.Contains(bytes.ToLower(text), []byte("zoeplanted")) {
			t.Errorf("%s holds what is personal", where)
		}
	}
	clean("a metric", metrics)
	clean("the log output", []byte(p.log.String()))
	clean("the output", []byte(p.out.String()))
	err := filepath.WalkDir(filepath.Join(data, "log"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		clean(path, text)
		return err
	})
	if err != nil {
		t.Error(err)
	}

	refusesToRun(t, 1, "is not the master key of this vault, which was "+next, "serve", "--listen", "127.0.0.1:0", "--data", data)
	if err := os.Remove(filepath.Join(data, "master.key")); err != nil {
		t.Fatal(err)
	}
	refusesToRun(t, 1, "is missing, while the vault holds keys", "serve", "--listen", "127.0.0.1:0", "--data", data)
	p = serve(t, data, "--master-key", next)
	say("zoeplanted-5")
	told("Zoeplanted Example", "zoeplanted-1", "zoeplanted-2", "zoeplanted-3", "zoeplanted-4", "zoeplanted-5")
	if status, answer := p.http("POST", "/v1/customers/"+bob+"/identities", `{"kind":"email","value":"zoeplanted@example.org"}`); status != 409 {
		t.Errorf("an identity that is taken: %d %s", status, answer)
	}
}
