package projections

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/rules"
)

// Explanation says why a customer belongs to a segment, or why not.
type Explanation struct {
	Segment    string    `json:"segment"`
	Version    int64     `json:"version"`
	Rule       string    `json:"rule"`
	CustomerID uuid.UUID `json:"customer_id"` // after a merge, who stands for the customer asked for
	Belongs    bool      `json:"belongs"`
	// Since is when the present stay began.
	Since        *domain.Day `json:"since"`
	BusinessDate domain.Day  `json:"business_date"` // on which the values rest
	Position     int64       `json:"position"`      // in the log, on which the answer rests
	Because      rules.Part  `json:"because"`
}

const explainSQL = `SELECT m.customer_id, d.rule, d.version, d.status, s.valid_from, m.state, b.business_date, c.position, ` + modelSQL + `
	FROM customer_memory m CROSS JOIN business_date b CROSS JOIN projection_checkpoint c
	JOIN LATERAL (SELECT rule, version, status FROM segment_definition WHERE segment = @name
		ORDER BY version DESC LIMIT 1) d ON true
	LEFT JOIN segment_membership s ON s.segment = @name AND s.customer_id = m.customer_id AND s.valid_to IS NULL
	WHERE m.customer_id = coalesce((SELECT merged_into FROM customer_summary WHERE customer_id = @id), @id)`

// Explain answers which parts of a segment's rule hold for a customer, with which values; ErrNotFound.
func (r *Reader) Explain(ctx context.Context, segment string, id uuid.UUID) (Explanation, error) {
	x := Explanation{Segment: segment}
	var status string
	var since, on *time.Time
	var state, model []byte
	err := r.pool.QueryRow(ctx, explainSQL, pgx.NamedArgs{"name": segment, "id": [16]byte(id)}).
		Scan(&x.CustomerID, &x.Rule, &x.Version, &status, &since, &state, &on, &x.Position, &model)
	if err != nil {
		return x, unavailable(err)
	}
	if x.BusinessDate, err = businessDay(on); err != nil {
		return x, err
	}
	if since != nil {
		day := domain.DayOf(*since, time.UTC)
		x.Belongs, x.Since = true, &day
	}
	inForce, err := readModel(model)
	if err != nil {
		return x, err
	}
	c, err := recallWith(inForce, x.CustomerID, state)
	if err != nil {
		return x, err
	}
	rule := judgement.Nobody // holds for a retired segment
	if status == "active" {
		if rule, err = rules.Compile(x.Rule); err != nil {
			return x, fmt.Errorf("segment %s: %w", segment, err)
		}
	}
	x.Because, err = rule.Explain(&c.Facts, x.BusinessDate)
	return x, err
}

// businessDay is the business date as the table has it; there is one as soon as anything happened.
func businessDay(on *time.Time) (domain.Day, error) {
	if on == nil {
		return 0, errors.New("customers without a business date")
	}
	return domain.DayOf(*on, time.UTC), nil
}

// Preview is what a rule would come to if it were a segment's.
type Preview struct {
	Rule         string     `json:"rule"`
	BusinessDate domain.Day `json:"business_date"` // on which the answers rest
	Position     int64      `json:"position"`      // in the log, on which the answer rests
	Customers    int64      `json:"customers"`     // that there are
	Judged       int64      `json:"judged"`        // of them, picked at random where it is not all
	Held         int64      `json:"held"`          // of those judged
	// Size is how many customers the rule holds for: exactly where all were judged, else estimated, with the
	// bounds of the 95 % interval (Wilson, 1927).
	Size     int64  `json:"size"`
	SizeLow  int64  `json:"size_low"`
	SizeHigh int64  `json:"size_high"`
	Exact    bool   `json:"exact"`
	Sample   []Held `json:"sample"` // some for whom it holds
}

// Held is a customer for whom a rule holds, with the facts that it speaks of.
type Held struct {
	CustomerID uuid.UUID      `json:"customer_id"`
	Evidence   map[string]any `json:"evidence"`
}

// previewed is how many customers a preview judges at most, more or less.
const previewed = 20_000

const (
	previewClockSQL = `SELECT b.business_date, c.position,
		(SELECT count(*) FROM customer_summary WHERE merged_into IS NULL), ` + modelSQL + `
		FROM business_date b CROSS JOIN projection_checkpoint c`
	// The seed is fixed, so that asking again about other rules looks at the same customers.
	previewSQL = `SELECT m.customer_id, m.state FROM customer_memory m TABLESAMPLE BERNOULLI ($1) REPEATABLE (1)`
)

// Preview judges customers by a rule that need not be a segment's: all of them, or enough to tell its size.
func (r *Reader) Preview(ctx context.Context, rule *rules.Rule, sample int) (Preview, error) {
	out := Preview{Rule: rule.String(), Sample: []Held{}}
	err := pgx.BeginTxFunc(ctx, r.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly},
		func(tx pgx.Tx) error {
			var on *time.Time
			var model []byte
			if err := tx.QueryRow(ctx, previewClockSQL).Scan(&on, &out.Position, &out.Customers, &model); err != nil {
				return err
			}
			if out.Customers == 0 {
				return nil
			}
			var err error
			if out.BusinessDate, err = businessDay(on); err != nil {
				return err
			}
			inForce, err := readModel(model)
			if err != nil {
				return err
			}
			rows, err := tx.Query(ctx, previewSQL, min(100, 100*float64(previewed)/float64(out.Customers)))
			if err != nil {
				return err
			}
			var id uuid.UUID
			var state []byte
			_, err = pgx.ForEachRow(rows, []any{&id, &state}, func() error {
				c, err := recallWith(inForce, id, state)
				if err != nil || c.Into != nil {
					return err
				}
				out.Judged++
				if !rule.Holds(&c.Facts, out.BusinessDate) {
					return nil
				}
				if out.Held++; len(out.Sample) < sample {
					out.Sample = append(out.Sample, Held{id, rule.Evidence(&c.Facts, out.BusinessDate)})
				}
				return nil
			})
			return err
		})
	out.estimate()
	return out, unavailable(err)
}

// estimate tells from the customers that were judged for how many of all the rule holds.
func (p *Preview) estimate() {
	p.Exact = p.Judged == p.Customers
	if p.Exact {
		p.Size, p.SizeLow, p.SizeHigh = p.Held, p.Held, p.Held
		return
	}
	if p.Judged == 0 {
		p.SizeHigh = p.Customers
		return
	}
	const z = 1.959964 // of the normal distribution, two-sided 95 %
	n, all := float64(p.Judged), float64(p.Customers)
	share := float64(p.Held) / n
	middle := (share + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(share*(1-share)/n+z*z/(4*n*n))
	p.Size = int64(math.Round(share * all))
	p.SizeLow = max(p.Held, int64(math.Floor((middle-half)*all)))
	p.SizeHigh = min(p.Customers-(p.Judged-p.Held), int64(math.Ceil((middle+half)*all)))
}
