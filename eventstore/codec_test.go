package eventstore_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/domain/webhook"
	"github.com/rapport-crm/rapport/eventstore"
)

var update = flag.Bool("update", false, "write testdata anew from the examples")

func number(s string) decimal.Decimal { return decimal.MustParse(s) }

func point[T any](v T) *T { return &v }

// examples has an event of every type, with every field filled.
var examples = slices.Concat(
	profileExamples(),
	caseExamples(),
	workExamples(),
	campaignExamples,
	loyalExamples(),
	assetExamples(),
	pointsExamples(),
	marketingExamples,
	firstExamples,
	valueExamples,
	opportunityExamples,
	leadExamples,
	offerExamples,
	productExamples,
	orderExamples,
	accessExamples,
	custodyExamples,
)

var firstExamples = []domain.Event{
	business.CurrencySet{Currency: "GBP"},
	business.TimeZoneSet{TimeZone: "Europe/London"},
	calendar.DayClosed{Date: 15034},
	customer.Registered{
		Kind: customer.Person, Name: "Zoë Example", Country: "United Kingdom", Locale: "en-GB",
		ExternalIDs: []customer.ExternalID{{System: "shop", ID: "12346"}},
		Acquired: &customer.Acquisition{Source: "fair", Campaign: "spring", Cost: point(number("12.50")),
			Currency: "GBP"},
	},
	customer.ProfileChanged{Kind: customer.Organisation, Name: "Zoë Example Ltd", Country: "DE", Locale: "de-DE"},
	customer.PurchaseRecorded{
		PurchaseID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c01"), Reference: "536365", Currency: "EUR",
		Rate: point(number("0.8561")), ReportingCurrency: "GBP",
		Lines: []customer.PurchasedLine{{
			Line: customer.Line{SKU: "85123A", Name: "T-light holder", Category: "home", Quantity: number("6"),
				UnitPrice: number("2.550"), ListPrice: point(number("2.95")), UnitCost: point(number("1.1")),
				Purpose: "gift"},
			AmountMinor: 1530, ReportingMinor: 1310, ListMinor: point(int64(1400)), CostMinor: point(int64(565)),
		}},
		TotalMinor: 1530, ReportingTotalMinor: 1310, PaymentMethod: "card",
	},
	customer.ReturnRecorded{
		ReturnID:   uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c02"),
		PurchaseID: point(uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c01")), Reference: "C536379",
		Currency: "EUR", Rate: point(number("0.8561")), ReportingCurrency: "GBP",
		Lines: []customer.ReturnedLine{{
			ReturnLine: customer.ReturnLine{SKU: "85123A", Name: "T-light holder", Quantity: number("1.5"),
				UnitPrice: number("2.55")},
			AmountMinor: 382, ReportingMinor: 327,
		}},
		TotalMinor: 382, ReportingTotalMinor: 327, Reason: "broken", MoneyOnly: true,
	},
	customer.FactVoided{Revision: 7, In: uuid.UUID{2}, Reason: "typed twice"},
	customer.InteractionRecorded{
		InteractionID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c03"), Kind: "call", Direction: "inbound",
		Subject: "delivery", Text: "Where is it? <soon>", DurationS: 95,
	},
	customer.InterviewHeld{InterviewID: uuid.UUID{1}, Topic: "moving house", DurationS: 1800,
		Answers: []customer.InterviewAnswer{{Question: "When?", Answer: "in spring"}}},
	customer.PromiseMade{PromiseID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c04"), What: "a call back", DueOn: 15034},
	customer.PromiseKept{PromiseID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c04")},
	customer.PromiseBroken{PromiseID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c04"), Reason: "forgot", Overdue: true},
	customer.Erased{Reason: "consent_withdrawn", SurvivorID: uuid.UUID{2}, AbsorbedIDs: []uuid.UUID{{1}}},
	customer.Absorbed{AbsorbedID: uuid.UUID{1}, SurvivorID: uuid.UUID{2}, Reason: "same address"},
	customer.Separated{AbsorbedID: uuid.UUID{1}, SurvivorID: uuid.UUID{2}, Reason: "father and son"},
	customer.Merged{Into: uuid.UUID{2}},
	customer.SplitOff{From: uuid.UUID{2}},
	customer.MergeBegun{AbsorbedID: uuid.UUID{1}},
	customer.IdentityLinked{Key: identity.Key{Kind: identity.External, System: "shop", Value: "12346"}},
	customer.IdentityUnlinked{Key: identity.Key{Kind: identity.External, System: "shop", Value: "12346"}},
	identity.Claimed{CustomerID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c05")},
	identity.Released{CustomerID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c05")},
	policy.Published{Policy: policy.LadderName, Version: 2, Ladder: &policy.Ladder{Stages: []policy.Stage{
		{Name: "lost", Rule: "recency_days > 365", Away: true},
	}}, Service: &customer.ServiceTerms{RepeatDays: 90,
		Targets: []customer.ServiceTarget{{Type: customer.Complaint, Priority: customer.High, FirstResponseS: 3600,
			NextResponseS: 7200, ResolutionS: 86400}},
		Compensation: []customer.CompensationLimit{{Actor: "zoe", Department: "service", Escalated: true, Amount: number("250")}},
	}, RFM: &policy.RFM{Groups: 4, Segments: [][]string{{"lost", "at_risk"}, {"new", "champions"}}},
		Costs: &policy.Costs{Currency: "EUR", Activities: []policy.ActivityCost{
			{Activity: policy.Interaction, Kind: "call", Cost: number("4.50")}}},
		PriceBands: &policy.PriceBands{Currency: "EUR",
			Bands: []policy.PriceBand{{Name: "middle", From: number("4.50"), Below: new(number("9"))}},
			Categories: []policy.CategoryBands{{Category: "tea",
				Bands: []policy.PriceBand{{Name: "middle", From: number("15"), Below: new(number("40"))}}}}},
		Retention: &policy.Retention{Rules: []policy.RetentionRule{
			{Rule: "dormant", Segment: "vip", SegmentVersion: 3, AfterDays: 1095, Action: policy.ArchiveAction}}},
		Phones: &policy.Phones{Region: "DE"}},
	segment.Defined{Name: "vip", Version: 3, Title: "Very important", Rule: "net_revenue >= 1000.0"},
	segment.Retired{Name: "vip", Version: 3},
	subscription.Published{Subscription: "desk", Version: 2, Title: "Help desk", Secret: 1, Terms: subscription.Terms{
		URL: "https://desk.example.com/rapport", Types: []string{"customer.case_*", subscription.SegmentEntered}, Rule: "orders >= 2"}},
	subscription.SecretRotated{Subscription: "desk", Version: 2, Secret: 2, PreviousUntil: time.Date(2024, 3, 2, 10, 0, 0, 0, time.UTC)},
	subscription.Retired{Subscription: "desk", Version: 2},
	webhook.Published{Webhook: "shop", Version: 2, Title: "Web shop", Terms: webhook.Terms{Secret: "SHOP",
		Signature: webhook.Signature{Header: "X-Signature", Prefix: "sha256=", Encoding: "hex",
			TimestampHeader: "X-Timestamp", ToleranceS: 300},
		Key: "payload.id", Commands: "[payload.command]", PerMinute: 600}},
	webhook.Retired{Webhook: "shop", Version: 2},
}

var metadata = domain.Metadata{
	CommandID: uuid.UUID{1}, CommandDigest: "9f86d081", CorrelationID: uuid.UUID{2}, CausationID: uuid.UUID{3},
	Actor: "zoe", Source: "shop", Principal: "token:07000000-0000-0000-0000-000000000000", Department: "sales", Channel: "web",
	OccurredAt: time.Date(2011, 3, 1, 10, 26, 0, 0, time.UTC),
}

var sameDecimal = cmp.Comparer(func(a, b decimal.Decimal) bool { return a == b })

// stream is a customer's.
const stream = "customer-3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c99"

func golden(eventType string) string { return filepath.Join("testdata", eventType+".json") }

func TestGolden(t *testing.T) {
	codec := eventstore.NewCodec()
	for _, e := range examples {
		t.Run(e.EventType(), func(t *testing.T) {
			p, err := codec.Encode(t.Context(), stream, uuid.UUID{9}, e, metadata)
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				var indented bytes.Buffer
				if err := json.Indent(&indented, append(p.Data, '\n'), "", "  "); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden(p.Type), indented.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			file, err := os.ReadFile(golden(p.Type))
			if err != nil {
				t.Fatalf("%v: write it by go test ./eventstore -update", err)
			}
			var wire bytes.Buffer
			if err := json.Compact(&wire, file); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(wire.String(), string(p.Data)); diff != "" {
				t.Errorf("what is written differs from the golden file (-golden +written):\n%s", diff)
			}
			r, err := codec.Decode(t.Context(), eventstore.Record{Type: p.Type, Data: file, Metadata: p.Metadata})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(e, r.Event, sameDecimal); diff != "" {
				t.Errorf("what is read differs from the example (-example +read):\n%s", diff)
			}
			if diff := cmp.Diff(metadata, r.Metadata); diff != "" {
				t.Errorf("metadata (-written +read):\n%s", diff)
			}
		})
	}
}

// TestEveryType: each type that is written has one example with every field filled, and each golden file,
// of whatever age, can be read.
func TestEveryType(t *testing.T) {
	var types, exampleTypes []string
	for _, e := range eventstore.Types {
		types = append(types, e.EventType())
	}
	for _, e := range examples {
		exampleTypes = append(exampleTypes, e.EventType())
		if field := emptyField(reflect.ValueOf(e), e.EventType()); field != "" {
			t.Errorf("the example leaves %s empty", field)
		}
	}
	slices.Sort(types)
	slices.Sort(exampleTypes)
	if diff := cmp.Diff(types, exampleTypes); diff != "" {
		t.Errorf("examples (-types +examples):\n%s", diff)
	}
	files, err := filepath.Glob(golden("*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := eventstore.Record{Type: strings.TrimSuffix(filepath.Base(file), ".json"), Data: data, Metadata: []byte(`{}`)}
		if _, err := eventstore.NewCodec().Decode(t.Context(), r); err != nil {
			t.Errorf("what was once written cannot be read any more: %v", err)
		}
	}
}

// emptyField names a field, at any depth, that has its zero value.
func emptyField(v reflect.Value, name string) string {
	if v.IsZero() {
		return name
	}
	if _, ok := v.Interface().(encoding.TextMarshaler); ok {
		return ""
	}
	switch v.Kind() {
	case reflect.Pointer:
		return emptyField(v.Elem(), name)
	case reflect.Slice:
		return emptyField(v.Index(0), name+"[0]")
	case reflect.Struct:
		for i := range v.NumField() {
			if field := emptyField(v.Field(i), name+"."+v.Type().Field(i).Name); field != "" {
				return field
			}
		}
	}
	return ""
}

func TestUpcast(t *testing.T) {
	codec := eventstore.NewCodec()
	type retiredV0 struct {
		Segment string `json:"segment"`
	}
	eventstore.Upcast(codec, "segment.retired.v0", func(old retiredV0) domain.Event {
		return segment.Retired{Name: old.Segment, Version: 1}
	})
	if !slices.Contains(codec.TypeNames(), "segment.retired.v0") {
		t.Errorf("types are %v", codec.TypeNames())
	}
	r := eventstore.Record{Type: "segment.retired.v0", Data: []byte(`{"segment":"vip"}`), Metadata: []byte(`{}`)}
	got, err := codec.Decode(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if want := (segment.Retired{Name: "vip", Version: 1}); got.Event != want {
		t.Errorf("read %+v, want %+v", got.Event, want)
	}
	r.Data = []byte(`{"segment":1}`)
	if _, err := codec.Decode(t.Context(), r); err == nil {
		t.Error("read an old event that is malformed")
	}
	defer func() {
		if recover() == nil {
			t.Error("registered a type twice")
		}
	}()
	eventstore.Upcast(codec, "segment.retired.v1", func(e segment.Retired) domain.Event { return e })
}

type unheardOf struct{}

func (unheardOf) EventType() string { return "unheard.of.v1" }

func TestUnknownType(t *testing.T) {
	codec := eventstore.NewCodec()
	if _, err := codec.Encode(t.Context(), stream, uuid.New(), unheardOf{}, metadata); !errors.Is(err, eventstore.ErrUnknownType) {
		t.Errorf("Encode: %v", err)
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	r := eventstore.Record{ID: uuid.UUID{1}, Type: "unheard.of.v1", Stream: "customer-1", Revision: 4, Position: 7,
		RecordedAt: at}
	got, err := codec.Decode(t.Context(), r)
	if !errors.Is(err, eventstore.ErrUnknownType) || !strings.Contains(err.Error(), "unheard.of.v1 at position 7") {
		t.Errorf("Decode: %v", err)
	}
	want := domain.Recorded{ID: r.ID, Stream: r.Stream, Revision: 4, Position: 7, RecordedAt: at}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("where it stands (-want +got):\n%s", diff)
	}
}

func TestMalformed(t *testing.T) {
	for name, r := range map[string]eventstore.Record{
		"data":     {Type: "segment.retired.v1", Data: []byte(`{"version":"3"}`), Metadata: []byte(`{}`)},
		"no data":  {Type: "segment.retired.v1", Metadata: []byte(`{}`)},
		"metadata": {Type: "segment.retired.v1", Data: []byte(`{}`), Metadata: []byte(`{"occurred_at":"once"}`)},
	} {
		r.Position = 7
		if _, err := eventstore.NewCodec().Decode(t.Context(), r); err == nil || !strings.Contains(err.Error(), "position 7") {
			t.Errorf("%s: %v, want an error that names position 7", name, err)
		}
	}
}

// FuzzDecode: nothing in the log makes a reader panic, and what was read can be written again.
func FuzzDecode(f *testing.F) {
	codec := eventstore.NewCodec()
	for _, e := range examples {
		p, err := codec.Encode(f.Context(), stream, uuid.UUID{9}, e, metadata)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(p.Type, p.Data, p.Metadata)
	}
	f.Fuzz(func(t *testing.T, eventType string, data, metadata []byte) {
		r, err := codec.Decode(t.Context(), eventstore.Record{Type: eventType, Data: data, Metadata: metadata})
		if err != nil {
			return
		}
		p, err := codec.Encode(t.Context(), stream, uuid.UUID{9}, r.Event, r.Metadata)
		if err != nil {
			t.Fatalf("cannot write again what was read from %s: %v", data, err)
		}
		if r, err = codec.Decode(t.Context(), eventstore.Record{Type: p.Type, Data: p.Data, Metadata: p.Metadata}); err != nil {
			t.Fatalf("cannot read again what was written as %s: %v", p.Data, err)
		}
		again, err := codec.Encode(t.Context(), stream, uuid.UUID{9}, r.Event, r.Metadata)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p, again); diff != "" {
			t.Errorf("written again (-first +again):\n%s", diff)
		}
	})
}
