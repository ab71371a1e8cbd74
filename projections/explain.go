package projections

import (
	"context"
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

const explainSQL = `SELECT d.rule, d.version, d.status, s.valid_from FROM (SELECT rule, version, status
	FROM segment_definition WHERE segment = @name ORDER BY version DESC LIMIT 1) d
	LEFT JOIN segment_membership s ON s.segment = @name AND s.customer_id = @id AND s.valid_to IS NULL`

// Explain returns which parts of a segment's rule hold for a customer, with which values; ErrNotFound.
func (r *Reader) Explain(ctx context.Context, segment string, id uuid.UUID) (Explanation, error) {
	x := Explanation{Segment: segment}
	err := r.look(ctx, func(v *view) error {
		f, err := v.person(ctx, id)
		if err != nil {
			return err
		}
		var status string
		x.CustomerID, x.Position, x.BusinessDate = f.id, int64(v.position), f.on(v.timeline)
		err = v.tx.QueryRow(ctx, explainSQL, pgx.NamedArgs{"name": segment, "id": [16]byte(f.id)}).
			Scan(&x.Rule, &x.Version, &status, &x.Since)
		if err != nil {
			return err
		}
		x.Belongs = x.Since != nil
		rule := judgement.Nobody // holds for a retired segment
		if status == "active" {
			if rule, err = rules.Compile(x.Rule); err != nil {
				return fmt.Errorf("segment %s: %w", segment, err)
			}
		}
		x.Because, err = rule.Explain(&f.Facts, x.BusinessDate)
		return err
	})
	return x, err
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

// Preview judges customers by a rule that need not be a segment's: all of them, or enough to tell its size. Of a large business
// it judges the more, the longer it may take, and more the next time.
func (r *Reader) Preview(ctx context.Context, rule *rules.Rule, sample int) (Preview, error) {
	out := Preview{Rule: rule.String(), Sample: []Held{}}
	if err := r.samples.take(ctx); err != nil {
		return out, err
	}
	defer r.samples.give()
	err := r.look(ctx, func(v *view) error {
		out.Position = int64(v.position)
		if err := v.tx.QueryRow(ctx, "SELECT count(*) FROM customer_summary").Scan(&out.Customers); err != nil {
			return err
		}
		if out.Customers == 0 {
			return nil
		}
		out.BusinessDate = v.timeline.Date
		ids, err := v.sample(ctx, out.Customers)
		if err == nil {
			err = r.samples.refresh(ctx, v)
		}
		if err != nil {
			return err
		}
		for began, i := time.Now(), 0; i < len(ids); i++ {
			f, remembered, err := r.samples.fold(ctx, v, ids[i])
			if err != nil {
				return err
			}
			out.Judged++
			if on := f.on(v.timeline); rule.Holds(&f.Facts, on) {
				if out.Held++; len(out.Sample) < sample {
					out.Sample = append(out.Sample, Held{ids[i], rule.Evidence(&f.Facts, on)})
				}
			}
			if !remembered && i+1 >= previewedLeast && time.Since(began) > previewTime {
				break
			}
		}
		return nil
	})
	out.estimate()
	return out, err
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
