package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// What a purchase costs beyond an empty handler, without the network: decoding, deciding, appending.
func BenchmarkHandlers(b *testing.B) {
	w := newWorld(b)
	var ids [256]string
	for i := range ids {
		ids[i] = uuid.New().String()
		w.must(201, "POST", "/v1/customers", `{"customer_id":"`+ids[i]+`","kind":"person"}`)
	}
	w.must(201, "POST", purchases(ids[0]), bought(0))
	empty := chi.NewRouter()
	empty.Post("/v1/customers/{customer_id}/purchases", func(http.ResponseWriter, *http.Request) {})
	var n atomic.Uint64
	for _, h := range []struct {
		name    string
		handler http.Handler
		status  int
	}{{"empty", empty, 200}, {"purchase", w.server, 201}} {
		b.Run(h.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetParallelism(32)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					i := n.Add(1)
					body := fmt.Appendf(nil, `{"purchase_id":"00000000-0000-4000-a000-%012x","currency":"EUR",`+
						`"lines":[{"sku":"tea","name":"Green tea","quantity":2,"unit_price":"3.50"}]}`, i)
					r := httptest.NewRequest("POST", purchases(ids[i%256]), bytes.NewReader(body))
					r.Host = "localhost"
					r.Header.Set("Content-Type", "application/json")
					recorder := httptest.NewRecorder()
					if h.handler.ServeHTTP(recorder, r); recorder.Code != h.status {
						b.Errorf("%d %s", recorder.Code, recorder.Body)
					}
				}
			})
		})
	}
}

// What it costs that a look at a customer is recorded before it is answered, on a disk: an answer to HEAD is made
// alike, and not recorded.
func BenchmarkCustomerView(b *testing.B) {
	log, err := embedded.Open(b.TempDir(), embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { log.Close() })
	f := followingOver(b, log, postgrestest.Database(b))
	f.must(201, "POST", "/v1/customers", registration)
	f.after("/v1/segments")
	for _, readers := range []int{1, 32} {
		for _, method := range []string{"HEAD", "GET"} {
			b.Run(fmt.Sprintf("%s/%d", method, readers), func(b *testing.B) {
				b.SetParallelism(readers)
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						recorder := httptest.NewRecorder()
						f.server.ServeHTTP(recorder, httptest.NewRequest(method, "/v1/customers/"+alice, nil))
						if recorder.Code != 200 {
							b.Errorf("%d %s", recorder.Code, recorder.Body)
						}
					}
				})
			})
		}
	}
}

// A batch of purchases of many customers.
func BenchmarkBatch(b *testing.B) {
	w := newWorld(b)
	const size = 1000
	var body bytes.Buffer
	for i := range size {
		id := numbered(i)
		w.must(201, "POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person"}`)
	}
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		body.Reset()
		for i := range size {
			n++
			fmt.Fprintf(&body, `{"command":"record_purchase","customer_id":"%s","body":{"purchase_id":"00000000-0000-4000-a000-%012x",`+
				`"currency":"EUR","lines":[{"sku":"tea","name":"Green tea","quantity":2,"unit_price":"3.50"}]}}`+"\n", numbered(i), n)
		}
		w.must(200, "POST", "/v1/batch", body.String(), "Content-Type: application/x-ndjson")
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/size, "ns/command")
}
