package main

import (
	encoding "encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// Other applications' events in streams that are Rapport's own are passed over by commands, tokens, tables, history and
// bundles alike, and counted where the state of the server is told.
func TestForeignEventsChangeNothing(t *testing.T) {
	t.Parallel()
	log, node := newStoreLog(t), newStoreNode(t)
	node.serve(log)
	defer func() { node.end() }()
	data := filepath.Join(t.TempDir(), "data")
	flags := []string{"--eventstore", "esdb://" + node.address + "?tls=false"}
	p := serve(t, data, flags...)
	visit := func(stream string) {
		t.Helper()
		if _, err := log.Append(t.Context(), stream, eventstore.Any,
			[]eventstore.Proposed{{ID: uuid.New(), Type: "shop.visited", Data: []byte("not even JSON")}}); err != nil {
			t.Fatal(err)
		}
	}
	visit("access") // before there is any token: that makes nobody need one
	p.must("POST", "/v1/customers", `{"customer_id":"`+ada+`","kind":"person","country":"DE"}`, nil)
	visit("customer-" + ada)
	buy := `{"purchase_id":"00000000-0000-4000-8000-0000000000b1","currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"3.50"}]}`
	p.must("POST", "/v1/customers/"+ada+"/purchases", buy, nil)
	root := strings.TrimSpace(p.rapport("tokens", "issue", "--role", "admin", "--name", "root"))
	visit("access")
	visit("customer-" + ada)
	p.end(syscall.SIGTERM)

	p = serve(t, data, flags...)
	if _, why, err := withoutServer(t, []string{"RAPPORT_TOKEN="}, "tokens", "list", "--server", "http://"+p.address); err == nil {
		t.Errorf("nobody needs a token: %s", why)
	}
	for _, args := range [][]string{
		{"tokens", "issue", "--role", "auditor", "--name", "ann"},
		{"replay", ada},
		{"export", "--customer", ada, "--out", filepath.Join(t.TempDir(), "bundle")},
		{"verify"},
	} {
		if out, why, err := withoutServer(t, []string{"RAPPORT_TOKEN=" + root}, append(args, "--server", "http://"+p.address)...); err != nil {
			t.Errorf("rapport %v: %v\n%s%s", args, err, out, why)
		}
	}
	p.until("the foreign events are counted", func() (bool, string) {
		_, text := p.http("GET", "/readyz", "")
		return strings.Contains(string(text), "4 events of other applications stand in streams of Rapport's own"), string(text)
	})
	p.until("the tables are made", func() (bool, string) {
		got := p.sql("SELECT count(*) FROM pg_class WHERE relname = 'customer_360'")
		if len(got) == 1 && got[0] == "1" {
			got = p.sql("SELECT count(*) FROM crm.customer_360 WHERE orders = 1")
		}
		return len(got) == 1 && got[0] == "1", strings.Join(got, ";")
	})
	if got := p.sql("SELECT orders FROM crm.customer_360 WHERE customer_id = '" + ada + "'"); len(got) != 1 || got[0] != "1" {
		t.Errorf("the tables: %v", got)
	}
}

// Where a stream's index lost events that were counted, its history and bundles of it are refused, and say which.
func TestAnIndexThatLostEvents(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	p := serve(t, data)
	p.must("POST", "/v1/customers", `{"customer_id":"`+ada+`","kind":"person","country":"DE"}`, nil)
	p.must("POST", "/v1/customers", `{"customer_id":"`+uuid.NewString()+`","kind":"person","country":"DE"}`, nil)
	for range 3 {
		p.must("POST", "/v1/customers/"+ada+"/purchases", `{"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"3.50"}]}`, nil)
	}
	p.rapport("proof", "sign")
	p.end(syscall.SIGTERM)

	stream := "customer-" + ada
	db, err := pebble.Open(filepath.Join(data, "log"), &pebble.Options{FormatMajorVersion: pebble.FormatTableFormatV6})
	if err != nil {
		t.Fatal(err)
	}
	newest := encoding.BigEndian.AppendUint64(append(encoding.BigEndian.AppendUint16([]byte("s"), uint16(len(stream))), stream...), 3)
	value, closer, err := db.Get([]byte("h" + stream))
	if err != nil {
		t.Fatal(err)
	}
	head := append([]byte{}, value...)
	encoding.BigEndian.PutUint64(head[1:], 3)
	for _, err := range []error{closer.Close(), db.Delete(newest, pebble.Sync), db.Set([]byte("h"+stream), head, pebble.Sync), db.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(data, "snapshots")); err != nil {
		t.Fatal(err)
	}
	p = serve(t, data)
	for _, path := range []string{"/history", "/bundle", "/export"} {
		code, text := p.http("GET", "/v1/customers/"+ada+path, "")
		if code != 500 || !strings.Contains(string(text), "stream "+stream+" is not whole: revision 3 is hidden or missing") {
			t.Errorf("%s: %d %s", path, code, text)
		}
	}
}
