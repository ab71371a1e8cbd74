package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore/history"
)

func TestAHistoryIsToldDayByDay(t *testing.T) {
	moment := func(s string) time.Time {
		m, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	entry := func(revision uint64, occurred, recorded, metadata, summary string) history.Entry {
		return history.Entry{Revision: revision, OccurredAt: moment(occurred), RecordedAt: moment(recorded),
			Metadata: []byte(metadata), Summary: summary}
	}
	h := history.History{CustomerID: uuid.UUID{1}, Revision: 3, Position: 9, BusinessDate: 19800, TimeZone: "Europe/Berlin",
		Profile: history.Profile{Name: new("Ann")},
		Figures: history.Figures{Orders: 2, PurchaseDays: 2, Currency: new("EUR"), GrossRevenue: 1250, ReturnsValue: 250,
			NetRevenue: 1000},
		Beliefs: history.Beliefs{Stage: new("customer"), PolicyVersion: new(int64(1)),
			Evidence: map[string]any{"recency_days": 3, "orders": 2, "latest_nps": nil}},
		Entries: []history.Entry{
			entry(0, "2024-03-01T09:00:00Z", "2024-03-01T09:00:00Z", `{"actor":"ann","channel":"web"}`, "registered as a person"),
			entry(1, "2024-03-05T23:30:00Z", "2024-03-05T23:30:00Z", `{"department":"sales","channel":"store"}`,
				"bought 1 line for 10.00 EUR (invoice A)"),
			entry(2, "2024-03-01T16:05:00Z", "2024-03-08T10:00:00Z", `{}`, "bought 1 line for 2.50 EUR"),
			entry(3, "2024-03-06T08:00:00Z", "2024-03-06T08:00:00Z", `{"department":"service","actor":"zoe"}`, "a complaint was made"),
		}}
	var told strings.Builder
	if err := tell(&told, h); err != nil {
		t.Fatal(err)
	}
	const want = `customer     01000000-0000-0000-0000-000000000000
name         Ann
as of        2024-03-18 (business date), revision 3, log position 9
stage        customer, by version 1 of the ladder: orders 2, recency_days 3
bought       2 times on 2 days
net revenue  10.00 EUR: 12.50 bought, 2.50 returned

2024-03-01 Friday
  10:00  0  registered as a person      web, ann
  17:05  2  bought 1 line for 2.50 EUR  recorded 2024-03-08 11:00

2024-03-06 Wednesday
  00:30  1  bought 1 line for 10.00 EUR (invoice A)  sales, store
  09:00  3  a complaint was made                     service, zoe

4 facts on 2 days
`
	if diff := cmp.Diff(want, told.String()); diff != "" {
		t.Error(diff)
	}
}
