// Package history replays one customer from the log alone: what happened, what it comes to, and where the
// customer stood, now or at any moment of the past. It is the auditor's answer, so it must not know read
// models: whoever doubts a table can hold it against this.
package history

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/eventstore"
)

// Query asks for a customer as they are now, or as of a moment. AsOf is business time: what had occurred
// by then counts, whenever it was recorded. KnownAt is record time: what the log held by then counts.
// Revision is a place in the customer's stream: the log as it was right after that event counts. Whatever
// is given applies together.
type Query struct {
	AsOf     *time.Time
	KnownAt  *time.Time
	Revision *uint64
}

// History is one customer as the log tells. Its figures have the names and units of crm.customer_360.
type History struct {
	CustomerID uuid.UUID `json:"customer_id"`
	// Revision and Position are those of the newest event of the customer that was looked at.
	Revision uint64 `json:"revision"`
	Position uint64 `json:"position"`
	// BusinessDate is the day on which the ages, windows and the stage rest: the last one that was over.
	BusinessDate domain.Day `json:"business_date"`
	TimeZone     string     `json:"time_zone"`
	Profile
	Figures
	// Stage is absent while no ladder was in force. Evidence are the facts that decided it.
	Stage         *string        `json:"stage"`
	PolicyVersion *int           `json:"policy_version"`
	Evidence      map[string]any `json:"evidence,omitempty"`
	Entries       []Entry        `json:"entries"` // what counted, in the order of the log
}

// Profile is who the customer is; absent before registration.
type Profile struct {
	Kind         *string               `json:"kind"`
	Name         *string               `json:"name"`
	Country      *string               `json:"country"`
	Locale       *string               `json:"locale"`
	ExternalIDs  []customer.ExternalID `json:"external_ids"`
	RegisteredOn *domain.Day           `json:"registered_on"`
}

// Figures is what the customer did, in numbers. Money is in minor units of Currency, that of the books.
type Figures struct {
	FirstPurchaseOn *domain.Day `json:"first_purchase_on"`
	LastPurchaseOn  *domain.Day `json:"last_purchase_on"`
	Orders          int64       `json:"orders"`
	PurchaseDays    int64       `json:"purchase_days"`
	Returns         int64       `json:"returns"`
	Frequency       int64       `json:"frequency"`
	RecencyDays     *int64      `json:"recency_days"`
	Currency        *string     `json:"currency"`
	GrossRevenue    int64       `json:"gross_revenue_minor"`
	ReturnsValue    int64       `json:"returns_value_minor"`
	NetRevenue      int64       `json:"net_revenue_minor"`
	Margin          *int64      `json:"margin_minor"`
	Interactions    int64       `json:"interactions"`
	LastContactOn   *domain.Day `json:"last_contact_on"`
}

// Entry is one event of the customer as the log holds it, with a line that says what happened.
type Entry struct {
	EventID    uuid.UUID       `json:"event_id"`
	Revision   uint64          `json:"revision"`
	Position   uint64          `json:"position"`
	OccurredAt time.Time       `json:"occurred_at"`
	RecordedAt time.Time       `json:"recorded_at"`
	Type       string          `json:"type"`
	Summary    string          `json:"summary"`
	Metadata   json.RawMessage `json:"metadata"`
	Data       json.RawMessage `json:"data"`
}

// ErrRevisionUnknown: the customer's stream does not reach that far.
var ErrRevisionUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "revision_unknown", Field: "revision",
	Reason: "the customer's history has no such revision"}

// Replay folds a customer from the log. It fails with customer.ErrUnknown where nothing of the customer
// counts, with ErrRevisionUnknown, and with the log's own errors.
func Replay(ctx context.Context, store eventstore.Store, codec *eventstore.Codec, id uuid.UUID, q Query) (
	History, error) {
	log := &replay{store: store, codec: codec, query: q}
	if err := log.readTimeZone(ctx); err != nil {
		return History{}, err
	}
	h := History{CustomerID: id, TimeZone: log.zone.String()}
	c := &facts.Customer{ID: id}
	if err := log.readCustomer(ctx, &h, c); err != nil {
		return History{}, err
	}
	if len(h.Entries) == 0 {
		return History{}, customer.ErrUnknown
	}
	if err := log.readBusinessDate(ctx, c); err != nil {
		return History{}, err
	}
	h.BusinessDate = log.businessDate
	h.Profile, h.Figures = profileOf(c), figuresOf(c, log.businessDate)
	return h, log.stand(ctx, &h, c)
}

// readCustomer folds what counts into c and lists it.
func (l *replay) readCustomer(ctx context.Context, h *History, c *facts.Customer) error {
	stream, found := customer.Stream(h.CustomerID), false
	for record, err := range l.store.ReadStream(ctx, stream, 0) {
		if err != nil {
			return fmt.Errorf("read %s: %w", stream, err)
		}
		if !l.known(record) {
			break
		}
		r, err := l.codec.Decode(ctx, record)
		if err != nil {
			return fmt.Errorf("read %s: %w", stream, err)
		}
		h.Revision, h.Position = r.Revision, r.Position
		if l.query.AsOf == nil || !r.Metadata.OccurredAt.After(*l.query.AsOf) {
			c.Apply(r, domain.DayOf(r.Metadata.OccurredAt, l.zone))
			h.Entries = append(h.Entries, entryOf(r, record))
		}
		if found = l.query.Revision != nil && *l.query.Revision == r.Revision; found {
			l.until = record.Position
			break
		}
	}
	if l.query.Revision != nil && !found {
		return ErrRevisionUnknown
	}
	return nil
}

func entryOf(r domain.Recorded, record eventstore.Record) Entry {
	e := Entry{EventID: r.ID, Revision: r.Revision, Position: r.Position, OccurredAt: r.Metadata.OccurredAt,
		RecordedAt: r.RecordedAt, Type: record.Type, Metadata: record.Metadata, Data: record.Data}
	if told, ok := r.Event.(customer.Told); ok {
		e.Summary = told.Summary()
	}
	return e
}

func profileOf(c *facts.Customer) Profile {
	p := &c.Profile
	return Profile{Kind: unlessEmpty(string(p.Kind)), Name: unlessEmpty(p.Name), Country: unlessEmpty(p.Country),
		Locale: unlessEmpty(p.Locale), ExternalIDs: append([]customer.ExternalID{}, p.ExternalIDs...),
		RegisteredOn: ifThere(p.Registered())}
}

func figuresOf(c *facts.Customer, on domain.Day) Figures {
	v := &c.Value
	return Figures{FirstPurchaseOn: ifThere(v.FirstPurchase()), LastPurchaseOn: ifThere(v.LastPurchase()),
		Orders: v.Orders, PurchaseDays: v.PurchaseDays, Returns: v.Returns, Frequency: v.Frequency(),
		RecencyDays: ifThere(v.RecencyDays(on)), Currency: unlessEmpty(string(v.Currency)),
		GrossRevenue: v.GrossMinor, ReturnsValue: v.ReturnsMinor, NetRevenue: v.NetMinor,
		Margin: ifThere(v.MarginMinor()), Interactions: c.Contacts.Interactions,
		LastContactOn: ifThere(c.Contacts.LastContact())}
}

func ifThere[V any](v V, ok bool) *V {
	if !ok {
		return nil
	}
	return &v
}

func unlessEmpty(s string) *string { return ifThere(s, s != "") }
