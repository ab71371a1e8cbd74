package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/esdb/esdbtest"
	"github.com/rapport-crm/rapport/eventstore/face"
)

// storeNode is an event store for a Rapport that has none of its own. Its log can be put in another's place.
type storeNode struct {
	t       *testing.T
	address string
	end     func()
}

func newStoreNode(t *testing.T) *storeNode {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return &storeNode{t: t, address: l.Addr().String()}
}

func newStoreLog(t *testing.T) *embedded.Log {
	t.Helper()
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	return log
}

// serve makes the node serve a log from now on.
func (n *storeNode) serve(log *embedded.Log) {
	n.t.Helper()
	l, err := net.Listen("tcp", n.address)
	for deadline := time.Now().Add(10 * time.Second); err != nil && time.Now().Before(deadline); {
		l, err = net.Listen("tcp", n.address)
	}
	if err != nil {
		n.t.Fatal(err)
	}
	server := face.New(log, face.Options{Logger: slog.New(slog.DiscardHandler), Grace: time.Millisecond})
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(l) // it ends when it is closed
	}()
	n.end = func() { server.Close(); <-served }
}

// copyOf answers a log with the first events of another.
func copyOf(t *testing.T, log *embedded.Log, upTo eventstore.Position) *embedded.Log {
	t.Helper()
	copied := newStoreLog(t)
	for r, err := range log.Scan(t.Context(), 1, false) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Position > upTo {
			break
		}
		at, err := copied.Append(t.Context(), r.Stream, eventstore.Any,
			[]eventstore.Proposed{{ID: r.ID, Type: r.Type, Data: r.Data, Metadata: r.Metadata}})
		if err != nil || at.Position != r.Position {
			t.Fatalf("position %d was copied to %d: %v", r.Position, at.Position, err)
		}
	}
	return copied
}

// inProcess runs a command in this process, and answers its exit code and all that it said.
func inProcess(t *testing.T, args ...string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	code := run(ctx, args, streams{out: &out, err: &out})
	return code, out.String()
}

// A server on an EventStoreDB that takes as much at once as one does by default: a batch is recorded in as many appends as
// it needs; a database that is put back to an earlier copy stops commands until the newer one is back; an auditor
// reads the log without the server; events that are hidden are named.
func TestOnEventStoreDB(t *testing.T) {
	t.Parallel()
	const takes = 1 << 20
	log, node := newStoreLog(t), newStoreNode(t)
	node.serve(log)
	defer func() { node.end() }()
	between := esdbtest.Serve(t, node.address, esdbtest.Rules{MaxAppendSize: takes})
	connection := "esdb://" + between.Address + "?tls=false"
	p := serve(t, filepath.Join(t.TempDir(), "data"), "--eventstore", connection)

	p.must("POST", "/v1/customers", `{"customer_id":"`+ada+`","kind":"person","name":"Ada"}`, nil)
	_, answers := p.send("POST", "/v1/batch", manyPurchases(1500, 20), "Content-Type: application/x-ndjson")
	lines := strings.Split(strings.TrimSpace(answers), "\n")
	for i, line := range lines {
		var answer struct{ Status int }
		if err := json.Unmarshal([]byte(line), &answer); err != nil || answer.Status != http.StatusCreated {
			t.Fatalf("line %d of the batch: %s", i+1, line)
		}
	}
	if n := between.Largest(); len(lines) != 1500 || n < takes/2 || n > takes {
		t.Errorf("%d answers, the largest append had %d bytes; want 1500, and more than half of %d", len(lines), n, takes)
	}
	p.settled()

	folder := t.TempDir()
	key, head := filepath.Join(folder, "key.txt"), filepath.Join(folder, "head.txt")
	for file, text := range map[string]string{key: p.rapport("proof", "key"), head: p.rapport("proof", "sign")} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	earlier, err := log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wentBack(t, p, node, log, copyOf(t, log, earlier-3))
	readByAnAuditor(t, connection, key, head)

	// Now somebody hides all but the newest events of the customer.
	if _, err := log.Append(t.Context(), "$$"+customer.Stream(uuid.MustParse(ada)), eventstore.NoStream,
		[]eventstore.Proposed{{ID: uuid.New(), Type: "$metadata", Data: []byte(`{"$maxCount":3}`)}}); err != nil {
		t.Fatal(err)
	}
	bundle := filepath.Join(folder, "hidden.bundle")
	for _, c := range []struct {
		code int
		args []string
	}{
		{3, []string{"verify", "--eventstore", connection, "--key", key, "--head", head}},
		{1, []string{"replay", "--eventstore", connection, ada}},
		{1, []string{"export", "--eventstore", connection, "--customer", ada, "--key", key, "--head", head, "--out", bundle}},
	} {
		code, said := inProcess(t, c.args...)
		if code != c.code || !strings.Contains(said, "customer-"+ada+" is not whole: revisions 0 to 1497 are hidden or missing") {
			t.Errorf("rapport %s with hidden events: %d\n%s", c.args[0], code, said)
		}
	}
	if code, text := p.http("GET", "/v1/customers/"+ada+"/history", ""); code != 500 || !strings.Contains(string(text), "stream_not_whole") {
		t.Errorf("the history of a stream that hides events: %d %s", code, text)
	}
}

// manyPurchases is a batch of purchases by one customer.
func manyPurchases(n, lines int) string {
	var batch strings.Builder
	for i := range n {
		fmt.Fprintf(&batch, `{"command":"record_purchase","customer_id":%q,"purchase_id":%q,"currency":"EUR","lines":[`, ada, uuid.New())
		for j := range lines {
			if j > 0 {
				batch.WriteByte(',')
			}
			fmt.Fprintf(&batch, `{"sku":"tea-%d-%d","quantity":1,"unit_price":"3.50"}`, i, j)
		}
		batch.WriteString("]}\n")
	}
	return batch.String()
}

// wentBack puts an earlier copy of the log in its place, and the log back again.
func wentBack(t *testing.T, p *process, node *storeNode, log, copied *embedded.Log) {
	t.Helper()
	before, err := copied.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	node.end()
	node.serve(copied)
	register := func() (int, string) {
		code, text := p.http("POST", "/v1/customers", `{"kind":"person","name":"Bo"}`)
		return code, string(text)
	}
	p.until("a command is refused since the log went back", func() (bool, string) {
		code, text := register()
		if code == 201 {
			t.Fatal("a command was carried out on a log that went back")
		}
		return code == 503 && strings.Contains(text, `"log_changed"`), text
	})
	if after, err := copied.Head(t.Context()); after != before || err != nil {
		t.Errorf("the copy ends at %d (%v), want %d: something was appended", after, err, before)
	}
	node.end()
	node.serve(log)
	p.until("the newer log is back", func() (bool, string) {
		code, text := register()
		return code == 201, text
	})
}

// readByAnAuditor reads the log without a server, as a user who may only read.
func readByAnAuditor(t *testing.T, connection, key, head string) {
	t.Helper()
	code, said := inProcess(t, "replay", "--eventstore", connection, ada)
	if code != 0 || !strings.Contains(said, "1500 times on") || strings.Contains(said, "Ada") {
		t.Errorf("replay: %d\n%s", code, said)
	}
	code, said = inProcess(t, "verify", "--eventstore", connection, "--key", key, "--head", head)
	if code != 0 || !strings.Contains(said, "stand under 1 signed heads") {
		t.Errorf("verify: %d\n%s", code, said)
	}
	if code, said = inProcess(t, "verify", "--eventstore", connection, "--key", key); code != 1 || !strings.Contains(said, "--head") {
		t.Errorf("verify without anything to hold the log against: %d\n%s", code, said)
	}
	bundle := filepath.Join(t.TempDir(), "ada.bundle")
	if code, said = inProcess(t, "export", "--eventstore", connection, "--customer", ada, "--key", key, "--head", head, "--out", bundle); code != 0 {
		t.Fatalf("export: %d\n%s", code, said)
	}
	if code, said = inProcess(t, "verify", bundle, "--key", key); code != 0 || !strings.Contains(said, "1501 events, all that the stream had") {
		t.Errorf("verify the bundle: %d\n%s", code, said)
	}
}

// A server does not start on an EventStoreDB that it cannot use, and says what to change.
func TestStartsOnlyWithTheRightsItNeeds(t *testing.T) {
	node := newStoreNode(t)
	node.serve(newStoreLog(t))
	defer func() { node.end() }()
	for name, c := range map[string]struct {
		rules esdbtest.Rules
		says  []string
	}{
		"may not read $all": {esdbtest.Rules{MayNotReadAll: true}, []string{"may not read $all", `{"$acl":{"$r":["$admins","rapport"]}}`}},
		"may not write":     {esdbtest.Rules{MayNotWrite: true}, []string{"may not write", "$settings"}},
		"too old":           {esdbtest.Rules{Version: "22.10.0"}, []string{"22.10.0", "23.10 or newer"}},
		"a version in work": {esdbtest.Rules{Version: "24.10.4-prerelease"}, []string{"suffix", "released version"}},
	} {
		t.Run(name, func(t *testing.T) {
			between := esdbtest.Serve(t, node.address, c.rules)
			code, said := inProcess(t, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--eventstore", "esdb://"+between.Address+"?tls=false")
			if code != 1 {
				t.Errorf("exit code %d", code)
			}
			for _, word := range c.says {
				if !strings.Contains(said, word) {
					t.Errorf("%q is not said in:\n%s", word, said)
				}
			}
		})
	}
}
