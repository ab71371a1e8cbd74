package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
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
		Beliefs: history.Beliefs{Stage: new("customer"), StageSince: new(domain.Day(19783)), StageReason: new("own_doing"),
			PolicyVersion: new(int64(1)), Evidence: map[string]any{"recency_days": 3, "orders": 2, "latest_nps": nil},
			Tier:     &history.BelievedTier{Tier: "gold", Since: 19783, PolicyVersion: 2, Evidence: map[string]any{"orders": 2}},
			Segments: []history.Belonging{{Segment: "recent", Since: 19790, Version: 3, Evidence: map[string]any{"recency_days": 1}}},
			Value: &history.BelievedValue{CLV12: 1234.5, Currency: "EUR", Alive: .9, Risk: "low", AsOf: 19790, ModelVersion: 2,
				FitPosition: 7}},
		Timeline: history.Timeline{Entries: []history.Entry{
			entry(0, "2024-03-01T09:00:00Z", "2024-03-01T09:00:00Z", `{"actor":"ann","channel":"web"}`, "registered as a person"),
			entry(1, "2024-03-05T23:30:00Z", "2024-03-05T23:30:00Z", `{"department":"sales","channel":"store"}`,
				"bought 1 line for 10.00 EUR (invoice A)"),
			entry(2, "2024-03-01T16:05:00Z", "2024-03-08T10:00:00Z", `{}`, "bought 1 line for 2.50 EUR"),
			entry(3, "2024-03-06T08:00:00Z", "2024-03-06T08:00:00Z", `{"department":"service","actor":"zoe"}`, "a complaint was made"),
		}}}
	var told strings.Builder
	if err := tell(&told, h); err != nil {
		t.Fatal(err)
	}
	const want = `customer     01000000-0000-0000-0000-000000000000
name         Ann
as of        2024-03-18 (business date), revision 3, log position 9
stage        customer since 2024-03-01 (own_doing), by version 1 of the ladder: orders 2, recency_days 3
tier         gold since 2024-03-01, by version 2 of the tiers: orders 2
segment      recent since 2024-03-08, by its version 3: recency_days 1
value        12.35 EUR in 12 months, alive with probability 0.900, risk low; as of 2024-03-08 by fit 2 at log position 7
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

func TestADifferenceIsTold(t *testing.T) {
	d := history.Difference{From: history.Moment{CustomerID: uuid.UUID{1}}, To: history.Moment{CustomerID: uuid.UUID{1},
		Known: true, Revision: 3, Position: 9, BusinessDate: 19800},
		Figures: []history.Change{{Name: "name", To: "Ann"}, {Name: "orders", From: 1.0, To: 3.0}},
		Left:    []history.Belonging{{Segment: "new", Since: 19783, Version: 1, Evidence: map[string]any{"orders": 1}}},
		Entered: []history.Belonging{{Segment: "recent", Since: 19790, Version: 3, Evidence: map[string]any{"recency_days": 1}}},
		Rules:   []history.RuleChanged{{Rule: "segment recent", To: &history.RuleVersion{Version: 3, Position: 8}}},
		Timeline: history.Timeline{EntriesTotal: 1, Entries: []history.Entry{{Summary: "bought 1 line for 2.50 EUR",
			OccurredAt: domain.Day(19790).Time()}}}}
	var told strings.Builder
	if err := tellDifference(&told, d); err != nil {
		t.Fatal(err)
	}
	const want = `customer  01000000-0000-0000-0000-000000000000
from      nothing of the customer counted
to        2024-03-18 (business date), revision 3, log position 9

figures
  name    none → Ann
  orders  1 → 3

segments
  left new        version 1, since 2024-03-01: orders 1
  entered recent  version 3, since 2024-03-08: recency_days 1

rules
  segment recent  none → version 3 at log position 8

1 facts more
  2024-03-08 00:00  bought 1 line for 2.50 EUR
`
	if diff := cmp.Diff(want, told.String()); diff != "" {
		t.Error(diff)
	}
}

func TestMomentsOfAComparison(t *testing.T) {
	for text, want := range map[string]string{"": "as_of ", "2024-03-01": "as_of 2024-03-02T00:00:00Z",
		"2024-03-01T10:00:00+01:00": "as_of 2024-03-01T10:00:00+01:00", "known:2024-03-01": "known_at 2024-03-02T00:00:00Z",
		"revision:5": "revision 5", "position:17": "position 17"} {
		name, value, err := placeOf(text)
		if got := name + " " + value; err != nil || got != want {
			t.Errorf("%q: %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"yesterday", "revision:-1", "position:x", "known:then"} {
		if _, _, err := placeOf(text); err == nil {
			t.Errorf("%q is a moment", text)
		}
	}
}
