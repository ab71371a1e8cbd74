package main

import (
	numbers "encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2"

	"github.com/rapport-crm/rapport/eventstore/proof"
)

// A log verifies as long as nobody touches it, and a bundle verifies elsewhere, by the public key alone.
func TestProof(t *testing.T) {
	dir, heads := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "heads")
	p := serve(t, dir, "--heads-to", heads)
	const ann = "00000000-0000-4000-8000-00000000a11c"
	p.must("POST", "/v1/customers", `{"customer_id":"`+ann+`","kind":"person","name":"Ann Example"}`, nil)
	var bought struct{ Position uint64 }
	p.must("POST", "/v1/customers/"+ann+"/purchases",
		`{"currency":"EUR","lines":[{"sku":"A","quantity":"1","unit_price":"12.50"}]}`, &bought)

	elsewhere := t.TempDir()
	key, head, bundle := filepath.Join(elsewhere, "key"), filepath.Join(elsewhere, "head"), filepath.Join(elsewhere, "bundle")
	for file, text := range map[string]string{key: p.rapport("proof", "key"), head: p.rapport("proof", "sign")} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.rapport("export", "--customer", ann, "--out", bundle)
	p.until("the head is published", func() (bool, string) {
		there, err := filepath.Glob(filepath.Join(heads, "head-*.txt"))
		return len(there) > 0, fmt.Sprint(there, err)
	})
	p.rapport("verify", "--head", head, "--head", heads, "--key", key, "--leaves")
	if out, err := p.try(t.Context(), "verify", "--key", otherKey(t)); err == nil {
		t.Errorf("the server has another key:\n%s", out)
	}
	p.end(syscall.SIGTERM)

	if code, out := told(t, "verify", bundle, "--key", key); code != 0 || !strings.Contains(out, "2 events, all that the stream had, just as they stand") {
		t.Errorf("the bundle: %d\n%s", code, out)
	}
	if code, out := told(t, "replay", "--bundle", bundle, "--key", key); code != 0 || !strings.Contains(out, "12.50") {
		t.Errorf("replayed from the bundle: %d\n%s", code, out)
	}
	text, err := os.ReadFile(bundle)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)/2] ^= 1
	if err := os.WriteFile(bundle, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := told(t, "verify", bundle, "--key", key); code != 3 {
		t.Errorf("a changed bundle: %d\n%s", code, out)
	}
	if code, out := told(t, "replay", "--bundle", bundle, "--key", key); code != 3 || out != "" {
		t.Errorf("replayed from a changed bundle: %d\n%s", code, out)
	}

	if code, out := told(t, "verify", "--data", dir, "--head", head); code != 0 {
		t.Fatalf("untouched: %d\n%s", code, out)
	}
	if code, out := told(t, "verify", "--data", dir, "--head", head, "--heads-only"); code != 0 {
		t.Fatalf("by heads alone: %d\n%s", code, out)
	}
	if code, out := told(t, "verify", "--data", dir, "--heads-only"); code != 1 {
		t.Fatalf("by nothing: %d\n%s", code, out)
	}
	forge(t, filepath.Join(dir, "log"), bought.Position, "12.50", "02.50")
	code, out := told(t, "verify", "--data", dir, "--json")
	var report proof.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if code != 3 || report.Differences != 1 || report.Findings[0].Kind != proof.Altered || uint64(report.Findings[0].Position) != bought.Position {
		t.Errorf("%d: %+v, want position %d altered", code, report, bought.Position)
	}

	if code, out := told(t, "verify", "--data", dir, "--head", elsewhere+"/head", "--heads-only", "--json"); code != 3 || !strings.Contains(out, "rewritten") {
		t.Errorf("by heads alone: %d\n%s", code, out)
	}
	p = serve(t, dir) // it says so by itself
	p.until("the server finds out", func() (bool, string) {
		code, body := p.http("GET", "/readyz", "")
		return code == 503 && strings.Contains(string(body), "is not the one that was there"), string(body)
	})
	if code, body := p.http("POST", "/v1/customers", `{"kind":"person"}`); code != 503 || !strings.Contains(string(body), "log_changed") {
		t.Errorf("a command on a broken log: %d %s", code, body)
	}
	if code, body := p.http("POST", "/v1/proof/heads", ""); code != 500 || !strings.Contains(string(body), "proof_broken") {
		t.Errorf("a head of a broken log: %d %s", code, body)
	}
	if out, err := p.try(t.Context(), "verify"); err == nil || !strings.Contains(out, "altered") {
		t.Errorf("the running server: %v\n%s", err, out)
	}
}

func otherKey(t *testing.T) string {
	t.Helper()
	k, err := proof.LoadKey(filepath.Join(t.TempDir(), "proof.key"))
	if err != nil {
		t.Fatal(err)
	}
	return k.Verifier
}

// told runs a command in this process, and answers its exit code and what it printed.
func told(t *testing.T, args ...string) (code int, out string) {
	t.Helper()
	var printed, said strings.Builder
	code = run(t.Context(), args, streams{&printed, &said})
	if code == 2 {
		t.Fatalf("rapport %v: %s", args, said.String())
	}
	return code, printed.String()
}

// forge changes the text of an event as somebody would who knows how the log's files are written, checksums and all.
func forge(t *testing.T, dir string, position uint64, from, to string) {
	t.Helper()
	db, err := pebble.Open(dir, &pebble.Options{FormatMajorVersion: pebble.FormatTableFormatV6})
	if err != nil {
		t.Fatal(err)
	}
	key := numbers.BigEndian.AppendUint64([]byte("e"), position)
	value, closer, err := db.Get(key)
	if err != nil {
		t.Fatal(err)
	}
	forged := []byte(strings.Replace(string(value), from, to, 1))
	if string(forged) == string(value) {
		t.Fatalf("no %q in the event at position %d", from, position)
	}
	table := crc32.MakeTable(crc32.Castagnoli)
	numbers.BigEndian.PutUint32(forged, crc32.Update(crc32.Checksum(key[1:], table), table, forged[4:]))
	for _, err := range []error{closer.Close(), db.Set(key, forged, pebble.Sync), db.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
}
