package projections

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rapport-crm/rapport/domain"
)

// Reader answers the questions of apps from the read models.
type Reader struct {
	pool *pgxpool.Pool
	// progress is that of the engine in this process, if there is one.
	progress *progress
	// log is what persons are folded from where no table has what is asked; that of the engine.
	log     logReader
	samples *samples
	// alike remembers that names that are spelt alike can be looked for.
	alike atomic.Bool
}

// NewReader answers a reader over a database; engine, in the same process, lets it see progress at once
// and may be nil. It does not need the database to be up. Close it.
func NewReader(ctx context.Context, databaseURL string, engine *Engine) (*Reader, error) {
	config, err := pgxpool.ParseConfig(databaseURL)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	config.ConnConfig.RuntimeParams["search_path"] = liveSchema
	config.ConnConfig.RuntimeParams["timezone"] = "UTC"
	config.ConnConfig.RuntimeParams["application_name"] = "rapport queries"
	config.ConnConfig.ConnectTimeout = 2 * time.Second
	config.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		readDays(conn.TypeMap())
		return nil
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	r := &Reader{pool: pool, samples: newSamples()}
	if engine != nil {
		r.progress, r.log = engine.progress, logReader{engine.config.Store, engine.config.Codec}
	}
	return r, nil
}

// Close releases the connections.
func (r *Reader) Close() { r.pool.Close() }

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
	CustomerID      uuid.UUID       `json:"customer_id" db:"customer_id"`
	Kind            string          `json:"kind" db:"kind"`
	Name            *string         `json:"name" db:"name"`
	Country         *string         `json:"country" db:"country"`
	Locale          *string         `json:"locale" db:"locale"`
	ExternalIDs     json.RawMessage `json:"external_ids" db:"external_ids"`
	RegisteredOn    domain.Day      `json:"registered_on" db:"registered_on"`
	Stage           *string         `json:"stage" db:"stage"`
	StageSince      *domain.Day     `json:"stage_since" db:"stage_since"`
	Segments        []string        `json:"segments" db:"segments"`
	FirstPurchaseOn *domain.Day     `json:"first_purchase_on" db:"first_purchase_on"`
	LastPurchaseOn  *domain.Day     `json:"last_purchase_on" db:"last_purchase_on"`
	Orders          int64           `json:"orders" db:"orders"`
	PurchaseDays    int64           `json:"purchase_days" db:"purchase_days"`
	Returns         int64           `json:"returns" db:"returns"`
	Frequency       int64           `json:"frequency" db:"frequency"`
	RecencyDays     *int64          `json:"recency_days" db:"recency_days"`
	Currency        *string         `json:"currency" db:"currency"`
	GrossRevenue    int64           `json:"gross_revenue_minor" db:"gross_revenue_minor"`
	ReturnsValue    int64           `json:"returns_value_minor" db:"returns_value_minor"`
	NetRevenue      int64           `json:"net_revenue_minor" db:"net_revenue_minor"`
	Interactions    int64           `json:"interactions" db:"interactions"`
	LastContactOn   *domain.Day     `json:"last_contact_on" db:"last_contact_on"`
	BusinessDate    *domain.Day     `json:"business_date" db:"business_date"`
	ErasedOn        *domain.Day     `json:"erased_on" db:"erased_on"` // nothing personal of them is left since
	Revision        int64           `json:"revision" db:"revision"`   // of the customer's stream, as far as projected
}

// TimelineEntry is one touchpoint: a row of crm.customer_timeline.
type TimelineEntry struct {
	CustomerID uuid.UUID `json:"customer_id" db:"customer_id"`
	// RecordedFor is the absorbed customer whose it is, while a merge lasts; null where it is the customer's own.
	RecordedFor *uuid.UUID `json:"recorded_for" db:"recorded_for"`
	Revision    int64      `json:"revision" db:"revision"`
	Position    int64      `json:"position" db:"position"`
	OccurredAt  time.Time  `json:"occurred_at" db:"occurred_at"`
	RecordedAt  time.Time  `json:"recorded_at" db:"recorded_at"`
	Type        string     `json:"type" db:"type"`
	Summary     string     `json:"summary" db:"summary"`
	// IDs are those of what it tells of, by the names that the event gives them, such as purchase_id.
	IDs         map[string]uuid.UUID `json:"ids" db:"ids" doc:"Ids of what it tells of, by their names in the event, such as purchase_id"`
	AmountMinor *int64               `json:"amount_minor" db:"amount_minor"`
	Currency    *string              `json:"currency" db:"currency"`
	Actor       *string              `json:"actor" db:"actor"`
	Source      *string              `json:"source" db:"source"`
	Department  *string              `json:"department" db:"department"`
	Channel     *string              `json:"channel" db:"channel"`
	// Voided says that it was recorded by mistake: it does not count. VoidedBy is the position of the fact that says so,
	// CorrectedBy that of the one that was recorded in its stead.
	Voided      bool   `json:"voided" db:"voided"`
	VoidedBy    *int64 `json:"voided_by" db:"voided_by"`
	CorrectedBy *int64 `json:"corrected_by" db:"corrected_by"`
}

// Segment is a definition with the number of members now.
type Segment struct {
	Name      string      `json:"segment" db:"segment"`
	Version   int64       `json:"version" db:"version"`
	Title     *string     `json:"title" db:"title"`
	Rule      string      `json:"rule" db:"rule"`
	Status    string      `json:"status" db:"status"` // active or retired
	DefinedOn *domain.Day `json:"defined_on" db:"defined_on"`
	EndedOn   *domain.Day `json:"ended_on" db:"ended_on"`
	Members   int64       `json:"members" db:"members"`
	// State is filling until all customers were judged by the definition, then live; Progress is how many of them were,
	// 0 to 1.
	State    string  `json:"state" db:"state" enum:"filling,live"`
	Progress float64 `json:"progress" db:"progress"`
}

// Membership is one stay of a customer in a segment: [ValidFrom, ValidTo), open while ValidTo is null.
type Membership struct {
	Segment    string          `json:"segment" db:"segment"`
	CustomerID uuid.UUID       `json:"customer_id" db:"customer_id"`
	ValidFrom  domain.Day      `json:"valid_from" db:"valid_from"`
	ValidTo    *domain.Day     `json:"valid_to" db:"valid_to"`
	Version    int64           `json:"version" db:"version"`
	Evidence   json.RawMessage `json:"evidence" db:"evidence"`
	// Reach is only there where it is asked for.
	Reach *Reach `json:"reach,omitempty" db:"reach" doc:"By what they may be addressed now, where that was asked for"`
}

// Reach is by what a customer may be addressed for a purpose.
type Reach struct {
	Name          *string      `json:"name" doc:"What they are called"`
	Locale        *string      `json:"locale" doc:"BCP 47 tag"`
	Channels      []string     `json:"channels" nullable:"false" doc:"Those through which they allow to be addressed for that purpose"`
	ContactPoints []ReachPoint `json:"contact_points" nullable:"false" doc:"What can be used of theirs, what they prefer first; none where they allow no channel"`
}

// ReachPoint is by what a customer can be reached.
type ReachPoint struct {
	ContactPointID uuid.UUID   `json:"contact_point_id"`
	Kind           string      `json:"kind" doc:"email, phone, post, social or messenger"`
	Value          string      `json:"value"`
	Preferred      bool        `json:"preferred"`
	VerifiedOn     *domain.Day `json:"verified_on"`
}

// StageCount is how many customers stand on a stage of the ladder now.
type StageCount struct {
	Stage     string `json:"stage" db:"stage"`
	Customers int64  `json:"customers" db:"customers"`
}

// Transition is one step on the ladder: a row of crm.loyalty_stage_history.
type Transition struct {
	CustomerID    uuid.UUID       `json:"customer_id" db:"customer_id"`
	ChangedOn     domain.Day      `json:"changed_on" db:"changed_on"`
	FromStage     *string         `json:"from_stage" db:"from_stage"`
	ToStage       string          `json:"to_stage" db:"to_stage"`
	Reason        string          `json:"reason" db:"reason"`
	PolicyVersion int64           `json:"policy_version" db:"policy_version"`
	Evidence      json.RawMessage `json:"evidence" db:"evidence"`
}

// Status is how far the read models are: the row of crm.projection_status.
type Status struct {
	Position   int64     `json:"position" db:"position"`
	Head       int64     `json:"head" db:"head"`
	LagEvents  *int64    `json:"lag_events" db:"lag_events"`   // null: not known
	LagSeconds *float64  `json:"lag_seconds" db:"lag_seconds"` // null: not known
	Rate       float64   `json:"events_per_second" db:"events_per_second"`
	State      string    `json:"state" db:"state"` // live, catching_up, rebuilding, stopped, standby, log_changed, unavailable, unknown
	LastError  *string   `json:"last_error" db:"last_error"`
	UpdatedAt  time.Time `json:"updated_at" db:"updated_at"`   // when position, head and lag were measured, at one moment
	AgeSeconds float64   `json:"age_seconds" db:"age_seconds"` // how long ago that was
	// Filling is present while a change of the rules is not yet in the rows of all customers.
	Filling *FillStatus `json:"filling,omitempty" db:"-"`
	// RebuildError says why the last rebuild failed, until one succeeds.
	RebuildError *string `json:"rebuild_error,omitempty"`
	// Rebuild is present while a rebuild runs: how far it is.
	Rebuild *RebuildStatus `json:"rebuild,omitempty"`
}

// RebuildStatus is how far a rebuild beside the live tables is.
type RebuildStatus struct {
	Position  int64     `json:"position" db:"position"`
	Head      int64     `json:"head" db:"head"`
	StartedAt time.Time `json:"started_at" db:"started_at"`
}

// Failure is an event that a projector could not take: a row of crm.projection_failures.
type Failure struct {
	Position int64     `json:"position" db:"position"`
	Type     string    `json:"type" db:"type"`
	Stream   string    `json:"stream" db:"stream"`
	Error    string    `json:"error" db:"error"`
	Status   string    `json:"status" db:"status"` // stopped or skipped
	FailedAt time.Time `json:"failed_at" db:"failed_at"`
}
