package face_test

import (
	"context"
	"fmt"
	"io"
	"math"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
)

// purchase is an event of the usual size.
func purchase() esdb.EventData {
	e := event("x")
	e.Data = []byte(`{"purchase_id":"6f1c0f0e-5a51-4d55-9d8f-0d4c7f7a9a11","currency":"GBP","lines":[` +
		`{"sku":"85123A","name":"WHITE HANGING HEART T-LIGHT HOLDER","quantity":"6","unit_price":"2.55"}]}`)
	e.Metadata = []byte(`{"command_id":"0191a0b0-7c3e-7e3c-8a55-3b2f7f0a1b2c","source":"shop"}`)
	return e
}

// BenchmarkAppend appends an event a call through the official client, durably, each writer to its streams.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 64, 256} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			n := start(b, options{dir: b.TempDir()})
			var left atomic.Int64
			left.Store(int64(b.N))
			var all sync.WaitGroup
			b.ResetTimer()
			for w := range writers {
				all.Go(func() {
					for left.Add(-1) >= 0 {
						_, err := n.AppendToStream(context.Background(), fmt.Sprintf("customer-%d", w),
							esdb.AppendToStreamOptions{}, purchase())
						if err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
		})
	}
}

// BenchmarkReadAll reads the log through the official client.
func BenchmarkReadAll(b *testing.B) {
	n := start(b, options{})
	filled := fill(b, n, 20_000)
	b.ResetTimer()
	for read := 0; read < b.N; read += filled {
		all, err := n.ReadAll(context.Background(), esdb.ReadAllOptions{}, math.MaxUint64)
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = all.Recv()
		}
		if err != io.EOF {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((b.N+filled-1)/filled*filled)/b.Elapsed().Seconds(), "events/s")
}

func fill(b *testing.B, n *node, count int) int {
	b.Helper()
	const at = 1000
	page := make([]esdb.EventData, at)
	for i := range page {
		page[i] = purchase()
	}
	for i := range count / at {
		_, err := n.AppendToStream(context.Background(), fmt.Sprint(i), esdb.AppendToStreamOptions{}, page...)
		if err != nil {
			b.Fatal(err)
		}
	}
	return count
}

// BenchmarkDelivery takes the time from an append to the event in the hands of a live subscriber.
func BenchmarkDelivery(b *testing.B) {
	n := start(b, options{})
	sub, err := n.SubscribeToAll(context.Background(), esdb.SubscribeToAllOptions{From: esdb.Start{}})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = sub.Close() }()
	if e := sub.Recv(); e.CaughtUp == nil {
		b.Fatalf("the subscription tells %+v", e)
	}
	for b.Loop() {
		_, err := n.AppendToStream(context.Background(), "s", esdb.AppendToStreamOptions{}, purchase())
		if err != nil {
			b.Fatal(err)
		}
		if e := sub.Recv(); e.EventAppeared == nil {
			b.Fatalf("the subscription tells %+v", e)
		}
	}
}
