package embedded_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// payload has about the size of a purchase with three lines.
var payload = fmt.Appendf(nil, `{"purchase_id":"%s","lines":[%[2]s,%[2]s,%[2]s]}`, uuid.Nil,
	`{"sku":"85123A","name":"WHITE HANGING HEART T-LIGHT HOLDER","quantity":"6","unit_price":"2.55"}`)

func proposed(n int) []eventstore.Proposed {
	events := make([]eventstore.Proposed, n)
	for i := range events {
		events[i] = eventstore.Proposed{ID: uuid.New(), Type: "customer.purchase_recorded.v1", Data: payload,
			Metadata: []byte(`{"source":"bench","occurred_at":"2011-03-01T10:00:00Z"}`)}
	}
	return events
}

func openBench(b *testing.B) *embedded.Log {
	b.Helper()
	log, err := embedded.Open(b.TempDir(), embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := log.Close(); err != nil {
			b.Error(err)
		}
	})
	return log
}

// BenchmarkAppend: each writer appends to a stream of its own, expecting the revision that it knows.
func BenchmarkAppend(b *testing.B) {
	for _, size := range []int{1, 10} {
		for _, writers := range []int{1, 64, 256} {
			b.Run(fmt.Sprintf("events=%d/writers=%d", size, writers), func(b *testing.B) {
				log := openBench(b)
				var calls atomic.Int64
				done := make(chan error, writers)
				b.ResetTimer()
				for w := range writers {
					go func() {
						expected := eventstore.NoStream
						for calls.Add(1) <= int64(b.N) {
							a, err := log.Append(context.Background(), fmt.Sprintf("customer-%d", w), expected, proposed(size))
							if err != nil {
								done <- err
								return
							}
							expected = eventstore.Exactly(a.Revision)
						}
						done <- nil
					}()
				}
				for range writers {
					if err := <-done; err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N*size)/b.Elapsed().Seconds(), "events/s")
			})
		}
	}
}

func BenchmarkReadAll(b *testing.B) {
	log := openBench(b)
	const events = 200_000
	for n := 0; n < events; n += 1000 {
		_, err := log.Append(context.Background(), fmt.Sprintf("customer-%d", n%7000), eventstore.Any, proposed(1000))
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	read := 0
	for read < b.N {
		for _, err := range log.ReadAll(context.Background(), 0) {
			if err != nil {
				b.Fatal(err)
			}
			if read++; read == b.N {
				break
			}
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkReadStream reads a busy customer's 10,000 events, which lie among those of many others.
func BenchmarkReadStream(b *testing.B) {
	log := openBench(b)
	const events = 10_000
	for range events / 10 {
		for _, stream := range []string{"customer-busy", "customer-other"} {
			if _, err := log.Append(context.Background(), stream, eventstore.Any, proposed(10)); err != nil {
				b.Fatal(err)
			}
		}
	}
	for b.Loop() {
		n := 0
		for _, err := range log.ReadStream(context.Background(), "customer-busy", 0) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != events {
			b.Fatalf("read %d events", n)
		}
	}
	b.ReportMetric(float64(b.N*events)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkFollow appends one event at a time, and waits until a number of followers has seen it.
func BenchmarkFollow(b *testing.B) {
	for _, followers := range []int{1, 100} {
		b.Run(fmt.Sprintf("followers=%d", followers), func(b *testing.B) {
			log := openBench(b)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			seen := make(chan struct{})
			for range followers {
				go func() {
					for page := range log.Follow(ctx, 0, 100) {
						for range page.Records {
							seen <- struct{}{}
						}
					}
				}()
			}
			for b.Loop() {
				if _, err := log.Append(ctx, "customer-1", eventstore.Any, proposed(1)); err != nil {
					b.Fatal(err)
				}
				for range followers {
					<-seen
				}
			}
		})
	}
}
