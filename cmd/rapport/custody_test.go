package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rapport-crm/rapport/eventstore/proof"
)

// A log whose proof is gone, and one whose key is, is not signed anew without a person's word, which is an event.
func TestLongAnOldLogNeedsAPersonsWord(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	p := serve(t, dir)
	const ann = "00000000-0000-4000-8000-00000000a11c"
	var registered struct{ Position uint64 }
	p.must("POST", "/v1/customers", `{"customer_id":"`+ann+`","kind":"person","country":"DE"}`, &registered)
	head := filepath.Join(t.TempDir(), "head")
	if err := os.WriteFile(head, []byte(p.rapport("proof", "sign")), 0o600); err != nil {
		t.Fatal(err)
	}
	oldKey := p.rapport("proof", "key")
	p.sql(`DROP SCHEMA proof CASCADE`)
	p.end(syscall.SIGTERM)
	forge(t, filepath.Join(dir, "log"), registered.Position, `"DE"`, `"FR"`)

	refused := func(want string) {
		t.Helper()
		if _, why, err := withoutServer(t, nil, "serve", "--data", dir, "--listen", "127.0.0.1:0"); err == nil || !strings.Contains(why, want) {
			t.Fatalf("%v: %s", err, why)
		}
	}
	refused("rapport proof adopt --reason")
	if code, _ := told(t, "proof", "adopt", "--data", dir, "--reason", "the database was lost on 3 May"); code != 0 {
		t.Fatalf("adopt: %d", code)
	}
	p = serve(t, dir)
	p.rapport("verify")
	if out, err := p.try(t.Context(), "verify", "--head", head); err == nil || !strings.Contains(out, "rewritten") {
		t.Errorf("against the head that was kept: %v\n%s", err, out)
	}
	p.end(syscall.SIGTERM)

	key := filepath.Join(dir, "proof.key")
	text, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	refused("put the copy of " + key + " back")
	if err := os.WriteFile(key, text, 0o644); err != nil {
		t.Fatal(err)
	}
	refused("chmod 600")
	if err := os.Chmod(key, 0o600); err != nil {
		t.Fatal(err)
	}

	code, newKey := told(t, "proof", "rotate", "--data", dir)
	if code != 0 || newKey == oldKey || !strings.HasPrefix(newKey, strings.SplitN(oldKey, "+", 2)[0]) {
		t.Fatalf("%d: %s, before it %s", code, newKey, oldKey)
	}
	p = serve(t, dir)
	p.rapport("proof", "sign")
	for _, trusted := range []string{oldKey, newKey} {
		p.rapport("verify", "--key", strings.TrimSpace(trusted), "--leaves")
	}
	changes := filepath.Join(t.TempDir(), "changes")
	if err := os.WriteFile(changes, []byte(p.rapport("proof", "key", "--changes")), 0o600); err != nil {
		t.Fatal(err)
	}
	bundle := filepath.Join(t.TempDir(), "bundle")
	p.rapport("export", "--customer", ann, "--out", bundle)
	if code, out := told(t, "verify", bundle, "--key", strings.TrimSpace(oldKey), "--changes", changes); code != 0 {
		t.Errorf("by the old key, with the change: %d\n%s", code, out)
	}
	if code, out := told(t, "verify", bundle, "--key", strings.TrimSpace(oldKey)); code != 3 {
		t.Errorf("by the old key, without the change: %d\n%s", code, out)
	}
	p.end(syscall.SIGTERM)
	code, out := told(t, "verify", "--data", dir, "--json")
	var report proof.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != 0 || report.Heads < 3 {
		t.Errorf("%d: %v\n%s", code, err, out)
	}
}

// What a container sets for its server changes nothing about what else runs there.
func TestVariablesAreTheServersOwn(t *testing.T) {
	t.Setenv("RAPPORT_VERSION", "1.2.3")
	t.Setenv("RAPPORT_DATA", t.TempDir())
	t.Setenv("RAPPORT_HEAD", "nothing")
	for _, args := range [][]string{{"verify", "--server", "http://127.0.0.1:1"}, {"projections", "status", "--server", "http://127.0.0.1:1"}} {
		var printed, said strings.Builder
		code := run(t.Context(), args, streams{&printed, &said})
		if code != 1 || !strings.Contains(said.String(), "start one with rapport serve") || printed.Len() > 0 {
			t.Errorf("%v: %d %s%s", args, code, printed.String(), said.String())
		}
	}
	t.Setenv("RAPPORT_SERVER", "http://127.0.0.1:2")
	var said strings.Builder
	if run(t.Context(), []string{"proof", "status"}, streams{&said, &said}); !strings.Contains(said.String(), "127.0.0.1:2") {
		t.Errorf("RAPPORT_SERVER: %s", said.String())
	}
	if code := run(t.Context(), []string{"keys", "status"}, streams{&said, &said}); code != 1 || !strings.Contains(said.String(), os.Getenv("RAPPORT_DATA")) {
		t.Errorf("RAPPORT_DATA: %d %s", code, said.String())
	}
}
