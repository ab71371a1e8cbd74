package history_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/history"
)

// BenchmarkReplay replays a customer of 10,000 events in ten years, every day of which was closed, with 100 segments, the
// default ladder and a model of value in force.
func BenchmarkReplay(b *testing.B) {
	store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	codec := eventstore.NewCodec()
	busyCustomer(b, store, codec)
	reader := history.NewReader(store, codec)
	if err := reader.Warm(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		h, err := reader.Replay(context.Background(), ann, history.Query{Limit: 1000})
		if err != nil || h.EntriesTotal != 10_001 || len(h.Segments) < 10 {
			b.Fatalf("%d entries, %d segments: %v", h.EntriesTotal, len(h.Segments), err)
		}
	}
}

func busyCustomer(b *testing.B, store eventstore.Store, codec *eventstore.Codec) {
	add := func(stream string, at time.Time, events ...domain.Event) {
		var batch []eventstore.Proposed
		for _, e := range events {
			p, err := codec.Encode(context.Background(), stream, uuid.New(), e, domain.Metadata{OccurredAt: at})
			if err != nil {
				b.Fatal(err)
			}
			batch = append(batch, p)
		}
		if _, err := store.Append(context.Background(), stream, eventstore.Any, batch); err != nil {
			b.Fatal(err)
		}
	}
	began := moment("2014-01-01")
	standard := policy.DefaultLadder()
	add(policy.Stream(policy.LadderName), began, ladder(1, standard.Stages...))
	for i := range 100 {
		name := fmt.Sprint("segment", i)
		rule := []string{"recency_days <= %d", "orders_in(%d) >= 2 && net_revenue_in(365) > 100.0", "days_since_contact > %d || churn_risk == \"high\"",
			"p_alive > 0.%02d && orders > 3", "purchase_days_in(30) >= %d"}[i%5]
		add(segment.Stream(name), began, segment.Defined{Name: name, Version: 1, Rule: fmt.Sprintf(rule, 2+i)})
	}
	add(customer.Stream(ann), began, customer.Registered{Kind: customer.Person})
	const days = 3650
	for d, left := 0, 10_000; d < days; d++ {
		at := began.AddDate(0, 0, d)
		if d == 100 {
			add(value.Stream, at, value.Fitted{Model: value.MBGNBD, Parameters: value.Parameters{R: .5, Alpha: 6, A: .9, B: 1.6},
				Spend: value.Spend{Model: value.PlainMean, Mean: 10}})
		}
		var happened []domain.Event
		for range min(left, 3-d%2) { // 2 or 3 a day
			left--
			switch left % 4 {
			case 0:
				happened = append(happened, customer.InteractionRecorded{InteractionID: uuid.New(), Kind: "call", Direction: customer.Inbound})
			default:
				happened = append(happened, bought(int64(1000+left%700), ""))
			}
		}
		if d == days-1 {
			for range left {
				happened = append(happened, bought(100, ""))
			}
		}
		if len(happened) > 0 {
			add(customer.Stream(ann), at, happened...)
		}
		add(calendar.Stream, at, calendar.DayClosed{Date: domain.DayOf(at, time.UTC)})
	}
}
