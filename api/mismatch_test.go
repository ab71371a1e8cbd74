package api_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/internal/vault"
)

// A vault that does not belong to the log is said so, to commands and to readers.
func TestAVaultOfAnotherLog(t *testing.T) {
	store := newWorld(t).store
	with := func() *world {
		keys, err := vault.Open(vault.Config{DatabaseURL: postgrestest.Database(t), Master: vault.Master{Key: filepath.Join(t.TempDir(), "master.key")}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(keys.Close)
		codec := eventstore.NewSealingCodec(keys)
		return newWorldOver(t, store, func(c *api.Config) {
			c.Commands = commands.New(store, codec, commands.Options{Now: func() time.Time { return noon }})
			c.History = history.NewReader(store, codec)
		})
	}
	w := with()
	w.must(201, "POST", "/v1/customers", `{"customer_id":"`+alice+`","kind":"person","name":"Alice Example"}`)
	other := with()
	for path, body := range map[string]string{"/history": "", "/interactions": `{"kind":"call","direction":"inbound","text":"x"}`} {
		method := "GET"
		if body != "" {
			method = "POST"
		}
		if a := other.do(method, "/v1/customers/"+alice+path, body); a.StatusCode != 503 || a.json(t)["code"] != "vault_mismatch" {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.text)
		}
	}
}

// Lines of a batch that is sent again are answered with the same positions, whether the stream is in memory or not.
func TestBatchPositionsAreStable(t *testing.T) {
	w := newWorld(t)
	var lines []string
	lines = append(lines, about("register_customer", alice, `{"kind":"person"}`))
	for n := range 5 {
		lines = append(lines, about("record_purchase", alice, bought(n+1)))
	}
	position := func(answers []map[string]any) (all []any) {
		for _, a := range answers {
			all = append(all, a["position"])
		}
		return all
	}
	for i, line := range lines {
		lines[i] = `{"idempotency_key":"k` + string(rune('0'+i)) + `",` + line[1:]
	}
	first := position(w.batch(lines...))
	for name, again := range map[string]*world{"in memory": w, "from the log": newWorldOver(t, w.store)} {
		got := position(again.batch(lines...))
		for i := range first {
			if first[i] != got[i] || first[i] == nil {
				t.Errorf("%s: %v, at first %v", name, got, first)
				break
			}
		}
	}
}
