package history_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/history"
)

// log is a real log in memory whose clock the test sets.
type log struct {
	t     *testing.T
	store eventstore.Store
	codec *eventstore.Codec
	now   time.Time
}

func newLog(t *testing.T) *log {
	l := &log{t: t, codec: eventstore.NewCodec()}
	store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem(), Now: func() time.Time { return l.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	l.store = store
	return l
}

// add records an event that occurred at a moment, at another.
func (l *log) add(stream string, e domain.Event, occurred, recorded string) {
	l.t.Helper()
	l.now = moment(recorded)
	p, err := l.codec.Encode(context.Background(), stream, uuid.New(), e, domain.Metadata{Actor: "till", OccurredAt: moment(occurred)})
	if err != nil {
		l.t.Fatal(err)
	}
	if _, err := l.store.Append(context.Background(), stream, eventstore.Any, []eventstore.Proposed{p}); err != nil {
		l.t.Fatal(err)
	}
}

func (l *log) replay(q history.Query) history.History {
	l.t.Helper()
	h, err := history.NewReader(l.store, l.codec).Replay(context.Background(), ann, q)
	if err != nil {
		l.t.Fatal(err)
	}
	return h
}

func (l *log) refused(q history.Query) error {
	_, err := history.NewReader(l.store, l.codec).Replay(context.Background(), ann, q)
	return err
}

func moment(s string) time.Time {
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	panic("no moment: " + s)
}

func at(s string) *time.Time { t := moment(s); return &t }

func day(s string) domain.Day { d, _ := domain.ParseDay(s); return d }

var ann = uuid.MustParse("0b9a8f3c-1f63-4a51-9d2b-0a1b2c3d4e5f")

func bought(minor int64, reference string) customer.PurchaseRecorded {
	return customer.PurchaseRecorded{PurchaseID: uuid.New(), Currency: "EUR", ReportingCurrency: "EUR",
		Reference: reference, Lines: make([]customer.PurchasedLine, 1), TotalMinor: minor, ReportingTotalMinor: minor}
}

func ladder(version int, stages ...policy.Stage) policy.Published {
	return policy.Published{Policy: policy.LadderName, Version: version, Ladder: &policy.Ladder{Stages: stages}}
}

// story is one customer's year, days closed as they passed but for the last, a late record, two ladders.
func story(t *testing.T) *log {
	l := newLog(t)
	stream := customer.Stream(ann)
	def := policy.DefaultLadder()
	l.add(business.Stream, business.TimeZoneSet{TimeZone: "Europe/Berlin"}, "2024-01-01", "2024-01-01")
	l.add(policy.Stream(policy.LadderName), ladder(1, def.Stages...), "2024-01-01", "2024-01-01")
	l.add(stream, customer.Registered{Kind: customer.Person, Name: "Ann", ExternalIDs: []customer.ExternalID{
		{System: "shop", ID: "1"}}}, "2024-01-10T09:00", "2024-01-10T09:00")
	l.add(stream, bought(1000, "A"), "2024-01-10T09:30", "2024-01-10T09:30")
	l.add(calendar.Stream, calendar.DayClosed{Date: day("2024-01-31")}, "2024-02-01", "2024-02-01")
	l.add(stream, bought(500, "C"), "2024-02-20T23:30", "2024-02-21T10:00") // the 21st in Berlin
	l.add(calendar.Stream, calendar.DayClosed{Date: day("2024-02-29")}, "2024-03-01", "2024-03-01")
	l.add(stream, bought(250, "B"), "2024-01-15T10:00", "2024-03-05T10:00") // recorded late
	l.add(stream, customer.ReturnRecorded{ReturnID: uuid.New(), Currency: "EUR", ReportingCurrency: "EUR",
		Lines: make([]customer.ReturnedLine, 1), TotalMinor: 100, ReportingTotalMinor: 100},
		"2024-03-06T10:00", "2024-03-06T10:00")
	l.add(calendar.Stream, calendar.DayClosed{Date: day("2024-03-31")}, "2024-04-01", "2024-04-01")
	l.add(policy.Stream(policy.LadderName), ladder(2, policy.Stage{Name: "anybody", Rule: "true"}),
		"2024-04-02", "2024-04-02")
	l.add(stream, customer.InteractionRecorded{InteractionID: uuid.New(), Kind: "call", Direction: customer.Inbound},
		"2024-04-03T10:00", "2024-04-03T10:00")
	return l
}

func TestReplay(t *testing.T) {
	l := story(t)
	for _, k := range []struct {
		name  string
		query history.Query
		// what of the answer is told: business date, references counted, net, recency, days with a purchase,
		// stage and version of the ladder
		want string
	}{
		{"now", history.Query{}, "2024-03-31 revision 5: 6 entries, net 1650, recency 39 on 3 days, anybody v2"},
		{"as of a moment", history.Query{AsOf: at("2024-03-01T00:00:00+01:00")},
			"2024-02-29 revision 5: 4 entries, net 1750, recency 8 on 3 days, client v1"},
		{"as of a second before", history.Query{AsOf: at("2024-02-29T23:59:59+01:00")},
			"2024-02-28 revision 5: 4 entries, net 1750, recency 7 on 3 days, client v1"},
		{"as of the moment itself", history.Query{AsOf: at("2024-01-10T09:30")},
			"2024-01-09 revision 5: 2 entries, net 1000, recency 0 on 1 days, customer v1"},
		{"as of a day not closed yet", history.Query{AsOf: at("2025-04-10T00:00:00+02:00")},
			"2025-04-09 revision 5: 6 entries, net 1650, recency 413 on 3 days, anybody v2"},
		{"as of then, as known then", history.Query{AsOf: at("2024-03-01T00:00:00+01:00"), KnownAt: at("2024-03-01")},
			"2024-02-29 revision 2: 3 entries, net 1500, recency 8 on 2 days, customer v1"},
		{"as known then", history.Query{KnownAt: at("2024-03-05T09:59")},
			"2024-02-29 revision 2: 3 entries, net 1500, recency 8 on 2 days, customer v1"},
		{"as known before any day was closed", history.Query{KnownAt: at("2024-01-20")},
			"2024-01-10 revision 1: 2 entries, net 1000, recency 0 on 1 days, customer v1"},
		{"right after a revision", history.Query{Revision: new(uint64(4))},
			"2024-02-29 revision 4: 5 entries, net 1650, recency 8 on 3 days, client v1"},
		{"right after the first revision", history.Query{Revision: new(uint64(0))},
			"2024-01-10 revision 0: 1 entries, net 0, recency - on 0 days, prospect v1"},
	} {
		t.Run(k.name, func(t *testing.T) {
			h := l.replay(k.query)
			recency := "-"
			if h.RecencyDays != nil {
				recency = fmt.Sprint(*h.RecencyDays)
			}
			got := fmt.Sprintf("%s revision %d: %d entries, net %d, recency %s on %d days, %s v%d", h.BusinessDate,
				h.Revision, len(h.Entries), h.NetRevenue, recency, h.PurchaseDays, *h.Stage, *h.PolicyVersion)
			if got != k.want {
				t.Errorf("got  %s\nwant %s", got, k.want)
			}
		})
	}
}

func TestReplayTellsEverything(t *testing.T) {
	h := story(t).replay(history.Query{AsOf: at("2024-03-01T00:00:00+01:00")})
	entries, facts := h.Entries, h.Facts
	h.Entries, h.Facts = nil, nil
	want := history.History{CustomerID: ann, StandsFor: []uuid.UUID{}, Revision: 5, Position: 12, BusinessDate: day("2024-02-29"), TimeZone: "Europe/Berlin",
		Profile: history.Profile{Kind: new("person"), Name: new("Ann"), ExternalIDs: []customer.ExternalID{
			{System: "shop", ID: "1"}}, RegisteredOn: new(day("2024-01-10"))},
		Figures: history.Figures{FirstPurchaseOn: new(day("2024-01-10")), LastPurchaseOn: new(day("2024-02-21")),
			Orders: 3, PurchaseDays: 3, Frequency: 2, TX: new(int64(42)), TAge: new(int64(50)), RecencyDays: new(int64(8)),
			MonetaryValue: new(375.0), AvgOrderValue: new(1750.0 / 3), AvgInterpurchaseDays: new(21.0), Currency: new("EUR"),
			GrossRevenue: 1750, NetRevenue: 1750, LastEventOn: new(day("2024-02-21"))},
		Beliefs: history.Beliefs{Stage: new("client"), StageSince: new(day("2024-02-21")), StageReason: new("own_doing"),
			PolicyVersion: new(int64(1)), Segments: []history.Belonging{},
			Rules: history.InForce{Policies: map[string]history.RuleVersion{"ladder": {Version: 1, Position: 2}},
				Segments: map[string]history.RuleVersion{}},
			Evidence: map[string]any{"orders": int64(3), "recency_days": int64(8), "purchase_days_in(365)": int64(3),
				"agreement_in_force": false, "referrals_converted": int64(0), "recommended_publicly": false, "latest_csat": nil,
				"days_since_csat": nil, "latest_nps": nil, "days_since_nps": nil}},
		Timeline: history.Timeline{EntriesTotal: 4}}
	if diff := cmp.Diff(want, h); diff != "" {
		t.Error(diff)
	}
	if facts["avg_order_value"] != 17.5/3 || facts["t_age"] != int64(50) || facts["promises_open"] != int64(0) {
		t.Errorf("facts: %v", facts)
	}
	if _, there := facts["orders_in"]; there {
		t.Error("a window without days is told")
	}
	var told []string
	for _, e := range entries {
		told = append(told, fmt.Sprintf("%d %s %s %s", e.Revision, e.OccurredAt.UTC().Format("01-02"),
			e.RecordedAt.UTC().Format("01-02"), e.Summary))
	}
	if diff := cmp.Diff([]string{
		"0 01-10 01-10 registered as a person",
		"1 01-10 01-10 bought 1 line for 10.00 EUR (invoice A)",
		"2 02-20 02-21 bought 1 line for 5.00 EUR (invoice C)",
		"3 01-15 03-05 bought 1 line for 2.50 EUR (invoice B)",
	}, told); diff != "" {
		t.Error(diff)
	}
	var data customer.PurchaseRecorded
	var metadata domain.Metadata
	last := entries[3]
	if err := errors.Join(json.Unmarshal(last.Data, &data), json.Unmarshal(last.Metadata, &metadata)); err != nil {
		t.Fatal(err)
	}
	if data.Reference != "B" || metadata.Actor != "till" || last.Type != data.EventType() || last.EventID == uuid.Nil {
		t.Errorf("%+v", last)
	}
	if entries[0].Position >= last.Position {
		t.Errorf("positions do not grow: %d, %d", entries[0].Position, last.Position)
	}
}

func TestReplayRefused(t *testing.T) {
	if err := newLog(t).refused(history.Query{}); !errors.Is(err, customer.ErrUnknown) {
		t.Errorf("an empty log: %v", err)
	}
	l := story(t)
	for name, k := range map[string]struct {
		query history.Query
		want  error
	}{
		"as of before anything":    {history.Query{AsOf: at("2024-01-10T08:59")}, customer.ErrUnknown},
		"as known before anything": {history.Query{KnownAt: at("2024-01-10T08:59")}, customer.ErrUnknown},
		"beyond the stream":        {history.Query{Revision: new(uint64(6))}, history.ErrRevisionUnknown},
		"beyond what was known": {history.Query{Revision: new(uint64(5)), KnownAt: at("2024-04-01")},
			history.ErrRevisionUnknown},
	} {
		if err := l.refused(k.query); !errors.Is(err, k.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := history.NewReader(l.store, l.codec).Replay(ctx, ann, history.Query{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller who left: %v", err)
	}
}

func TestReplayWithoutLadder(t *testing.T) {
	l := newLog(t)
	l.add(customer.Stream(ann), bought(1, ""), "2024-01-10", "2024-01-10")
	h := l.replay(history.Query{})
	if h.Stage != nil || h.PolicyVersion != nil || h.Kind != nil || h.TimeZone != "UTC" || h.Orders != 1 {
		t.Errorf("%+v", h)
	}
}

// A ladder may speak of what a model predicted: the one that was in force then.
func TestReplayPredictsByTheModelOfThen(t *testing.T) {
	l := story(t)
	l.add(policy.Stream(policy.LadderName), ladder(3, policy.Stage{Name: "alive", Rule: "p_alive > 0.2"},
		policy.Stage{Name: "gone", Rule: "p_alive <= 0.2"}, policy.Stage{Name: "unknown", Rule: "true"}), "2024-04-04", "2024-04-04")
	model := value.Fitted{Model: value.MBGNBD, Parameters: value.Parameters{R: .5, Alpha: 6, A: .9, B: 1.6},
		Spend: value.Spend{Model: value.PlainMean, Mean: 10}}
	l.add(value.Stream, model, "2024-04-05", "2024-04-05")
	for query, want := range map[history.Query]string{
		{}: "alive", {KnownAt: at("2024-04-04T12:00")}: "unknown", {AsOf: at("2030-01-01T00:00")}: "gone",
	} {
		if h := l.replay(query); *h.Stage != want {
			t.Errorf("%+v: %s with %v, want %s", query, *h.Stage, h.Evidence, want)
		}
	}
}

// An event that cannot be read would make the figures wrong, so nothing is answered.
func TestReplayStopsAtTheUnreadable(t *testing.T) {
	l := story(t)
	l.now = moment("2024-05-01")
	_, err := l.store.Append(context.Background(), customer.Stream(ann), eventstore.Any, []eventstore.Proposed{
		{ID: uuid.New(), Type: "customer.cloned.v1", Data: []byte("{}"), Metadata: []byte("{}")}})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.refused(history.Query{}); !errors.Is(err, eventstore.ErrUnknownType) {
		t.Error(err)
	}
}
