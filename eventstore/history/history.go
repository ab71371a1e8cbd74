// Package history replays one customer from the log alone: what happened, what it comes to, and where the
// customer stood, now or at any moment of the past. It is the auditor's answer, so it must not know read
// models: whoever doubts a table can hold it against this.
package history

import (
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/eventstore"
)

// Query asks for a customer as they are now, or as of a moment. AsOf is business time: what had occurred
// by then counts, whenever it was recorded, as if it had been known at once. KnownAt is record time: what the log held
// by then counts. Revision is a place in the customer's stream, Position one in the log: the log as it was right after
// that event counts. Whatever is given applies together.
type Query struct {
	AsOf     *time.Time
	KnownAt  *time.Time
	Revision *uint64
	Position *eventstore.Position
	// After and Limit choose among the entries: those behind a position of the log, at most so many; all for 0. The
	// rest of the answer is about all of them.
	After eventstore.Position
	Limit int
}

// History is one customer as the log tells. Its figures have the names and units of crm.customer_360.
type History struct {
	// CustomerID is who stands for the customer that was asked for, after a merge.
	CustomerID uuid.UUID `json:"customer_id"`
	// StandsFor are the others for whom they stand; what happened to them counts too.
	StandsFor []uuid.UUID `json:"stands_for"`
	// Revision is that of the newest event of the customer's stream that was looked at.
	Revision uint64 `json:"revision"`
	// Position is the place in the log on which the answer rests: asked for that place, it is the same for ever.
	Position uint64 `json:"position"`
	// BusinessDate is the day on which the ages, windows and beliefs rest: the last one that was over.
	BusinessDate domain.Day `json:"business_date"`
	TimeZone     string     `json:"time_zone"`
	Profile
	Figures
	Beliefs
	// Facts are those of the catalogue that stand without a number of days or a name; absent ones are left out.
	Facts map[string]any `json:"facts"`
	Timeline
}

// Timeline is what counted, in the order of the log: how much of it there is, and the part that was asked for.
type Timeline struct {
	EntriesTotal int     `json:"entries_total"`
	Entries      []Entry `json:"entries"`
	// NextCursor asks for the part after this one; absent when there is none.
	NextCursor string `json:"next_cursor,omitempty"`
}

// Profile is who the customer is; absent before registration.
type Profile struct {
	Kind                *string               `json:"kind"`
	Name                *string               `json:"name"`
	Country             *string               `json:"country"`
	Locale              *string               `json:"locale"`
	ExternalIDs         []customer.ExternalID `json:"external_ids"`
	RegisteredOn        *domain.Day           `json:"registered_on"`
	AcquisitionSource   *string               `json:"acquisition_source"`
	AcquisitionCampaign *string               `json:"acquisition_campaign"`
	ArchivedOn          *domain.Day           `json:"archived_on"`
	ErasedOn            *domain.Day           `json:"erased_on"`
}

// Figures is what the customer did, in numbers. Money is in minor units of Currency, that of the books.
type Figures struct {
	FirstPurchaseOn      *domain.Day `json:"first_purchase_on"`
	LastPurchaseOn       *domain.Day `json:"last_purchase_on"`
	Orders               int64       `json:"orders"`
	PurchaseDays         int64       `json:"purchase_days"`
	Returns              int64       `json:"returns"`
	Frequency            int64       `json:"frequency"`
	TX                   *int64      `json:"t_x"`
	TAge                 *int64      `json:"t_age"`
	RecencyDays          *int64      `json:"recency_days"`
	MonetaryValue        *float64    `json:"monetary_value_minor"`
	AvgOrderValue        *float64    `json:"avg_order_value_minor"`
	AvgInterpurchaseDays *float64    `json:"avg_interpurchase_days"`
	Currency             *string     `json:"currency"`
	GrossRevenue         int64       `json:"gross_revenue_minor"`
	ReturnsValue         int64       `json:"returns_value_minor"`
	NetRevenue           int64       `json:"net_revenue_minor"`
	Margin               *int64      `json:"margin_minor"`
	Interactions         int64       `json:"interactions"`
	LastContactOn        *domain.Day `json:"last_contact_on"`
	LastEventOn          *domain.Day `json:"last_event_on"`
}

// Entry is one event of the customer, or of somebody for whom they stand, with a line that says what happened.
type Entry struct {
	CustomerID uuid.UUID `json:"customer_id"`
	EventID    uuid.UUID `json:"event_id"`
	Revision   uint64    `json:"revision"`
	Position   uint64    `json:"position"`
	OccurredAt time.Time `json:"occurred_at"`
	RecordedAt time.Time `json:"recorded_at"`
	Type       string    `json:"type"`
	Summary    string    `json:"summary"`
	// VoidedBy is the position of the fact that voided this one, which does not count any more.
	VoidedBy uint64 `json:"voided_by,omitempty"`
	// CorrectedBy is the position of the fact that was recorded in its stead.
	CorrectedBy uint64          `json:"corrected_by,omitempty"`
	Metadata    json.RawMessage `json:"metadata"`
	Data        json.RawMessage `json:"data"`
}

var (
	// ErrRevisionUnknown: the customer's stream does not reach that far.
	ErrRevisionUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "revision_unknown", Field: "revision",
		Reason: "the customer's history has no such revision"}
	// ErrPositionUnknown: the log does not reach that far.
	ErrPositionUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "position_unknown", Field: "position",
		Reason: "the log does not reach that position"}
)

// timelineOf lists of some events those that a query asks for.
func timelineOf(events []domain.Recorded, struck map[uint64]customer.Strike, q Query) (Timeline, error) {
	t := Timeline{EntriesTotal: len(events), Entries: []Entry{}}
	from := sort.Search(len(events), func(i int) bool { return events[i].Position > uint64(q.After) })
	chosen := events[from:]
	if q.Limit > 0 && len(chosen) > q.Limit {
		chosen = chosen[:q.Limit]
		t.NextCursor = strconv.FormatUint(chosen[q.Limit-1].Position, 10)
	}
	for _, r := range chosen {
		e, err := entryOf(r)
		if err != nil {
			return t, err
		}
		e.VoidedBy, e.CorrectedBy = struck[r.Position].By, struck[r.Position].Instead
		t.Entries = append(t.Entries, e)
	}
	return t, nil
}

func entryOf(r domain.Recorded) (Entry, error) {
	id, _ := customer.IDOf(r.Stream)
	e := Entry{CustomerID: id, EventID: r.ID, Revision: r.Revision, Position: r.Position,
		OccurredAt: r.Metadata.OccurredAt, RecordedAt: r.RecordedAt, Type: r.Event.EventType()}
	if told, ok := r.Event.(customer.Told); ok {
		e.Summary = told.Summary()
	}
	var err error
	if e.Metadata, err = json.Marshal(r.Metadata); err == nil {
		e.Data, err = json.Marshal(r.Event)
	}
	if err != nil {
		return e, fmt.Errorf("write down %s at position %d: %w", e.Type, r.Position, err)
	}
	return e, nil
}

func profileOf(c *facts.Customer) Profile {
	p := &c.Profile
	out := Profile{Kind: unlessEmpty(string(p.Kind)), Name: unlessEmpty(p.Name), Country: unlessEmpty(p.Country),
		Locale: unlessEmpty(p.Locale), ExternalIDs: append([]customer.ExternalID{}, p.ExternalIDs...),
		RegisteredOn: ifThere(p.Registered()), ArchivedOn: c.ArchivedOn}
	if a := p.Acquired; a != nil {
		out.AcquisitionSource, out.AcquisitionCampaign = unlessEmpty(a.Source), unlessEmpty(a.Campaign)
	}
	return out
}

func figuresOf(c *facts.Customer, on domain.Day) Figures {
	v := &c.Value
	f := Figures{FirstPurchaseOn: ifThere(v.FirstPurchase()), LastPurchaseOn: ifThere(v.LastPurchase()),
		Orders: v.Orders, PurchaseDays: v.PurchaseDays, Returns: v.Returns, Frequency: v.Frequency(),
		TX: ifThere(v.TX()), TAge: ifThere(v.Age(on)), RecencyDays: ifThere(v.RecencyDays(on)),
		MonetaryValue: ratio(v.RepeatMinor(), v.Frequency()), AvgOrderValue: ratio(v.GrossMinor, v.Orders),
		Currency: unlessEmpty(string(v.Currency)), GrossRevenue: v.GrossMinor, ReturnsValue: v.ReturnsMinor,
		NetRevenue: v.NetMinor, Margin: ifThere(v.MarginMinor()), Interactions: c.Contacts.Interactions,
		LastContactOn: ifThere(c.Contacts.LastContact()), LastEventOn: ifThere(c.Touched())}
	if v.PurchaseDays == 1 {
		f.MonetaryValue = new(0.0)
	}
	if tx, ok := v.TX(); ok {
		f.AvgInterpurchaseDays = ratio(tx, v.Frequency())
	}
	return f
}

func ratio(sum, parts int64) *float64 {
	return ifThere(float64(sum)/float64(parts), parts != 0)
}

// factsOf answers the facts of the catalogue that need no number of days and no name.
func factsOf(c *facts.Customer, on domain.Day) map[string]any {
	values := map[string]any{}
	for i := range facts.Catalogue {
		f := &facts.Catalogue[i]
		if f.IsWindow() {
			continue
		}
		if v, ok := f.Value(c, on, 0); ok {
			values[f.Name] = v
		}
	}
	return values
}

func ifThere[V any](v V, ok bool) *V {
	if !ok {
		return nil
	}
	return &v
}

func unlessEmpty(s string) *string { return ifThere(s, s != "") }
