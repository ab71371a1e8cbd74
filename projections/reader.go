package projections

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rapport-crm/rapport/domain"
)

// Reader answers the questions of apps from the read models.
type Reader struct {
	pool *pgxpool.Pool
}

var (
	// ErrNotFound: the read models know no such thing (yet).
	ErrNotFound = errors.New("not found in the read models")
	// ErrBehind: the read models did not reach a position in time.
	ErrBehind = errors.New("the read models have not reached that position yet")
	// ErrUnavailable: PostgreSQL does not answer.
	ErrUnavailable = errors.New("the read models are not available")
)

// Customer360 is one customer at a glance: a row of crm.customer_360.
type Customer360 struct {
	CustomerID      uuid.UUID       `json:"customer_id"`
	Kind            string          `json:"kind"`
	Name            *string         `json:"name"`
	Country         *string         `json:"country"`
	Locale          *string         `json:"locale"`
	ExternalIDs     json.RawMessage `json:"external_ids"`
	RegisteredOn    domain.Day      `json:"registered_on"`
	Stage           *string         `json:"stage"`
	StageSince      *domain.Day     `json:"stage_since"`
	Segments        []string        `json:"segments"`
	FirstPurchaseOn *domain.Day     `json:"first_purchase_on"`
	LastPurchaseOn  *domain.Day     `json:"last_purchase_on"`
	Orders          int64           `json:"orders"`
	PurchaseDays    int64           `json:"purchase_days"`
	Returns         int64           `json:"returns"`
	Frequency       int64           `json:"frequency"`
	RecencyDays     *int64          `json:"recency_days"`
	Currency        *string         `json:"currency"`
	GrossRevenue    int64           `json:"gross_revenue_minor"`
	ReturnsValue    int64           `json:"returns_value_minor"`
	NetRevenue      int64           `json:"net_revenue_minor"`
	Interactions    int64           `json:"interactions"`
	LastContactOn   *domain.Day     `json:"last_contact_on"`
	BusinessDate    *domain.Day     `json:"business_date"`
	Revision        int64           `json:"revision"` // of the customer's stream, as far as projected
}

// TimelineEntry is one touchpoint: a row of crm.customer_timeline.
type TimelineEntry struct {
	CustomerID  uuid.UUID `json:"customer_id"`
	Revision    int64     `json:"revision"`
	Position    int64     `json:"position"`
	OccurredAt  time.Time `json:"occurred_at"`
	RecordedAt  time.Time `json:"recorded_at"`
	Type        string    `json:"type"`
	Summary     string    `json:"summary"`
	AmountMinor *int64    `json:"amount_minor"`
	Currency    *string   `json:"currency"`
	Actor       *string   `json:"actor"`
	Source      *string   `json:"source"`
	Department  *string   `json:"department"`
	Channel     *string   `json:"channel"`
}

// Segment is a definition with the number of members now.
type Segment struct {
	Name      string      `json:"segment"`
	Version   int64       `json:"version"`
	Title     *string     `json:"title"`
	Rule      string      `json:"rule"`
	Status    string      `json:"status"` // active or retired
	DefinedOn domain.Day  `json:"defined_on"`
	RetiredOn *domain.Day `json:"retired_on"`
	Members   int64       `json:"members"`
}

// Membership is one stay of a customer in a segment: [ValidFrom, ValidTo), open while ValidTo is null.
type Membership struct {
	Segment    string          `json:"segment"`
	CustomerID uuid.UUID       `json:"customer_id"`
	ValidFrom  domain.Day      `json:"valid_from"`
	ValidTo    *domain.Day     `json:"valid_to"`
	Version    int64           `json:"version"`
	Evidence   json.RawMessage `json:"evidence"`
}

// StageCount is how many customers stand on a stage of the ladder now.
type StageCount struct {
	Stage     string `json:"stage"`
	Customers int64  `json:"customers"`
}

// Transition is one step on the ladder: a row of crm.loyalty_stage_history.
type Transition struct {
	CustomerID    uuid.UUID       `json:"customer_id"`
	ChangedOn     domain.Day      `json:"changed_on"`
	FromStage     *string         `json:"from_stage"`
	ToStage       string          `json:"to_stage"`
	Reason        string          `json:"reason"`
	PolicyVersion int64           `json:"policy_version"`
	Evidence      json.RawMessage `json:"evidence"`
}

// Status is how far the read models are: the row of crm.projection_status.
type Status struct {
	Position   int64     `json:"position"`
	Head       int64     `json:"head"`
	LagEvents  int64     `json:"lag_events"`
	LagSeconds float64   `json:"lag_seconds"`
	Rate       float64   `json:"events_per_second"`
	State      string    `json:"state"` // live, catching_up, rebuilding, stopped, standby
	LastError  *string   `json:"last_error"`
	UpdatedAt  time.Time `json:"updated_at"`
	// Rebuild is present while a rebuild runs: how far it is.
	Rebuild *RebuildStatus `json:"rebuild,omitempty"`
}

// RebuildStatus is how far a rebuild beside the live tables is.
type RebuildStatus struct {
	Position  int64     `json:"position"`
	Head      int64     `json:"head"`
	StartedAt time.Time `json:"started_at"`
}

// Checksum sums up the rows of one table, whatever their order.
type Checksum struct {
	Table  string `json:"table"`
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"`
}

// Failure is an event that a projector could not take: a row of crm.projection_failures.
type Failure struct {
	Position int64     `json:"position"`
	Type     string    `json:"type"`
	Stream   string    `json:"stream"`
	Error    string    `json:"error"`
	Status   string    `json:"status"` // stopped, skipped, replayed
	FailedAt time.Time `json:"failed_at"`
}

// Customer answers one customer at a glance; ErrNotFound.
func (r *Reader) Customer(ctx context.Context, id uuid.UUID) (Customer360, error) { panic("TODO") }

// Timeline answers a customer's touchpoints, newest first, beginning below a revision (nil: the newest).
func (r *Reader) Timeline(ctx context.Context, id uuid.UUID, below *int64, limit int) ([]TimelineEntry, error) {
	panic("TODO")
}

// Segments answers every definition in force or retired, by name.
func (r *Reader) Segments(ctx context.Context) ([]Segment, error) { panic("TODO") }

// Segment answers one definition; ErrNotFound.
func (r *Reader) Segment(ctx context.Context, name string) (Segment, error) { panic("TODO") }

// Members answers who belongs to a segment now, or on a day, by customer id beginning after one.
func (r *Reader) Members(ctx context.Context, name string, on *domain.Day, after uuid.UUID, limit int) ([]Membership, error) {
	panic("TODO")
}

// Stages counts customers by stage.
func (r *Reader) Stages(ctx context.Context) ([]StageCount, error) { panic("TODO") }

// TransitionQuery selects steps on the ladder; zero fields select everything. Rows come newest first.
type TransitionQuery struct {
	CustomerID uuid.UUID
	Reason     string
	From, To   string
	Since      *domain.Day
	Limit      int
}

// Transitions answers steps on the ladder.
func (r *Reader) Transitions(ctx context.Context, q TransitionQuery) ([]Transition, error) {
	panic("TODO")
}

// Status answers how far the read models are.
func (r *Reader) Status(ctx context.Context) (Status, error) { panic("TODO") }

// Failures answers the events that could not be taken.
func (r *Reader) Failures(ctx context.Context) ([]Failure, error) { panic("TODO") }

// WaitFor waits until the read models have reached a position; ErrBehind when ctx ends before.
func (r *Reader) WaitFor(ctx context.Context, position uint64) error { panic("TODO") }

// Checksums sums up every table of the read models.
func (r *Reader) Checksums(ctx context.Context) ([]Checksum, error) { panic("TODO") }
