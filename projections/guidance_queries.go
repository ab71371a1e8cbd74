package projections

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/guidance"
)

// GuidanceTerms are a version of a guidance: a row of crm.guidance_definition.
type GuidanceTerms struct {
	Name          string     `json:"guidance" db:"guidance"`
	Version       int64      `json:"version" db:"version"`
	Segment       string     `json:"segment" db:"segment"`
	Action        string     `json:"action" db:"action"`
	Reason        string     `json:"reason" db:"reason"`
	Assignee      string     `json:"assignee" db:"assignee"`
	Department    *string    `json:"for_department" db:"department"`
	DueDays       int64      `json:"due_days" db:"due_days"`
	CooldownDays  int64      `json:"cooldown_days" db:"cooldown_days"`
	Suggests      *string    `json:"suggests" db:"suggests"`
	ExpectedValue *string    `json:"expected_value" db:"expected_value"`
	Outcome       string     `json:"outcome" db:"outcome"`
	OutcomeDays   int64      `json:"outcome_days" db:"outcome_days"`
	Status        string     `json:"status" db:"status"` // active or retired
	Since         domain.Day `json:"since" db:"since"`
}

// GuidanceInForce is the latest version of a guidance, and what came of what that version recommended.
type GuidanceInForce struct {
	GuidanceTerms
	Issued         int64    `json:"issued" db:"issued"`
	Open           int64    `json:"open" db:"open"`
	Accepted       int64    `json:"accepted" db:"accepted"`
	Dismissed      int64    `json:"dismissed" db:"dismissed"`
	Overdue        int64    `json:"overdue" db:"overdue"`
	AcceptanceRate *float64 `json:"acceptance_rate" db:"acceptance_rate"` // accepted / (accepted + dismissed)
	Measured       int64    `json:"measured" db:"measured"`
	Successes      int64    `json:"successes" db:"successes"`
	SuccessRate    *float64 `json:"success_rate" db:"success_rate"` // successes / measured
	RevenueMinor   int64    `json:"revenue_minor" db:"revenue_minor"`
	ExpectedMinor  int64    `json:"expected_minor" db:"expected_minor"`
}

const (
	guidanceTerms = `g.guidance, g.version, g.segment, g.action, g.reason, g.assignee, g.department, g.due_days,
	g.cooldown_days, g.suggests, g.expected_value, g.outcome, g.outcome_days, g.status, g.since`

	guidanceInForce = `SELECT ` + guidanceTerms + `, o.issued, o.open, o.accepted, o.dismissed, o.overdue, o.acceptance_rate,
	o.measured, o.successes, o.success_rate, o.revenue_minor, o.expected_minor
	FROM guidance_definition g JOIN guidance_outcome o USING (guidance, version)`

	allGuidanceSQL = guidanceInForce + `
	WHERE (guidance, version) IN (SELECT guidance, max(version) FROM guidance_definition GROUP BY guidance) ORDER BY guidance`

	// What is asked for is said of the outcome, which then reads no other recommendations.
	guidanceSQL = guidanceInForce + `
	WHERE o.guidance = @name AND o.version = (SELECT max(version) FROM guidance_definition WHERE guidance = @name)`
)

// AllGuidance answers the latest version of every guidance, by name.
func (r *Reader) AllGuidance(ctx context.Context) ([]GuidanceInForce, error) {
	return all[GuidanceInForce](ctx, r, allGuidanceSQL, pgx.NamedArgs{})
}

// Guidance answers the latest version of a guidance; ErrNotFound.
func (r *Reader) Guidance(ctx context.Context, name string) (GuidanceInForce, error) {
	return one[GuidanceInForce](ctx, r, guidanceSQL, pgx.NamedArgs{"name": name})
}

// GuidanceDue is a stay in a segment for which a guidance has recommended nothing yet: a row of crm.guidance_due.
type GuidanceDue struct {
	Guidance   string     `db:"guidance"`
	Version    int64      `db:"version"`
	CustomerID uuid.UUID  `db:"customer_id"`
	StayFrom   domain.Day `db:"stay_from"`
}

const guidanceDueSQL = `SELECT guidance, version, customer_id, stay_from FROM guidance_due
	ORDER BY stay_from, guidance, customer_id`

// GuidanceDue answers for whom guidance is due, who wait longest first: so many at most, leaving out those in skip.
func (r *Reader) GuidanceDue(ctx context.Context, skip map[GuidanceDue]struct{}, limit int) ([]GuidanceDue, error) {
	rows, err := r.pool.Query(ctx, guidanceDueSQL)
	if err != nil {
		return nil, unavailable(err)
	}
	defer rows.Close()
	var due []GuidanceDue
	for len(due) < limit && rows.Next() {
		one, err := pgx.RowToStructByName[GuidanceDue](rows)
		if err != nil {
			return nil, fmt.Errorf("read guidance that is due: %w", err)
		}
		if _, skipped := skip[one]; !skipped {
			due = append(due, one)
		}
	}
	rows.Close()
	return due, unavailable(rows.Err())
}

// Advice is a guidance for a customer, with all that goes into what it recommends.
type Advice struct {
	GuidanceDue
	Terms guidance.Defined
	Case  guidance.Case
}

type adviceRow struct {
	N int64 `db:"n"`
	GuidanceTerms
	Evidence       json.RawMessage `db:"evidence"`
	SegmentVersion int64           `db:"segment_version"`
	BusinessDate   domain.Day      `db:"business_date"`
	Currency       *string         `db:"currency"`
}

const adviceSQL = `SELECT d.n, ` + guidanceTerms + `, s.evidence, s.version AS segment_version, b.business_date,
	b.currency
	FROM unnest(@guidance::text[], @version::bigint[], @customer::uuid[], @stay::date[]) WITH ORDINALITY
		AS d (guidance, version, customer_id, stay_from, n)
	JOIN guidance_definition g ON g.guidance = d.guidance AND g.version = d.version
	JOIN segment_membership s ON s.segment = g.segment AND s.customer_id = d.customer_id AND s.valid_from = d.stay_from
		AND s.valid_to IS NULL
	CROSS JOIN business_date b
	ORDER BY d.n`

// Advise answers what goes into the recommendations that are due. Whose stay ended meanwhile is left out, and so is
// for whom the guidance has nothing to suggest.
func (r *Reader) Advise(ctx context.Context, due []GuidanceDue) ([]Advice, error) {
	var names []string
	var versions []int64
	var customers [][16]byte
	var stays []domain.Day
	for _, d := range due {
		names, versions = append(names, d.Guidance), append(versions, d.Version)
		customers, stays = append(customers, d.CustomerID), append(stays, d.StayFrom)
	}
	rows, err := all[adviceRow](ctx, r, adviceSQL, pgx.NamedArgs{"guidance": names, "version": versions,
		"customer": customers, "stay": dates(stays)})
	if err != nil {
		return nil, err
	}
	known, favourites := make([]facts.Customer, len(rows)), map[string]struct{}{}
	err = r.look(ctx, func(v *view) error {
		for i, row := range rows {
			f, err := v.person(ctx, due[row.N-1].CustomerID)
			if err != nil {
				return err
			}
			known[i] = f.Facts
			if favourite, ok := f.Facts.Tastes.Favourite(); ok && row.Suggests != nil {
				favourites[favourite] = struct{}{}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	affinities, err := r.affinities(ctx, slices.Collect(maps.Keys(favourites)))
	if err != nil {
		return nil, err
	}
	var out []Advice
	for i, row := range rows {
		a := Advice{GuidanceDue: due[row.N-1], Terms: row.defined()}
		if a.Case, err = row.about(a.GuidanceDue, a.Terms, &known[i]); err != nil {
			return nil, err
		}
		if row.Suggests != nil {
			if a.Case.Affinity = suggestion(affinities, known[i].Tastes); a.Case.Affinity == nil {
				continue
			}
		}
		out = append(out, a)
	}
	return out, nil
}

func (g *GuidanceTerms) defined() guidance.Defined {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	return guidance.Defined{Name: g.Name, Version: int(g.Version), Terms: guidance.Terms{Segment: g.Segment, Action: g.Action,
		Reason: g.Reason, Assignee: g.Assignee, ForDepartment: text(g.Department), DueDays: int(g.DueDays),
		CooldownDays: int(g.CooldownDays), Suggests: guidance.Suggestion(text(g.Suggests)),
		ExpectedValue: text(g.ExpectedValue), Outcome: customer.Outcome(g.Outcome), OutcomeDays: int(g.OutcomeDays)}}
}

// about says what is known of a customer to whom a guidance applies.
func (row *adviceRow) about(due GuidanceDue, terms guidance.Defined, known *facts.Customer) (guidance.Case, error) {
	c := guidance.Case{CustomerID: due.CustomerID, SegmentVersion: int(row.SegmentVersion), StayFrom: due.StayFrom}
	if err := json.Unmarshal(row.Evidence, &c.Evidence); err != nil {
		return c, fmt.Errorf("evidence of segment %s for customer %s: %w", terms.Segment, due.CustomerID, err)
	}
	number, err := terms.Expects()
	if err != nil {
		return c, fmt.Errorf("guidance %s: %w", terms.Name, err)
	}
	if number == nil {
		return c, nil
	}
	maps.Copy(c.Evidence, number.Evidence(known, row.BusinessDate))
	if value, ok := number.Value(known, row.BusinessDate); ok && row.Currency != nil {
		c.Currency = domain.Currency(*row.Currency)
		c.ExpectedMinor = minor(value, c.Currency)
	}
	return c, nil
}

// minor answers an amount in major units, as a model has it, in minor units; nil where it fits no money.
func minor(major float64, c domain.Currency) *int64 {
	digits, err := c.MinorDigits()
	scaled := math.Round(major * math.Pow10(digits))
	if err != nil || math.Abs(scaled) > 1e15 {
		return nil
	}
	exact := int64(scaled)
	return &exact
}

// affinityRow is a row of crm.category_affinity.
type affinityRow struct {
	Category  string  `db:"category"`
	Other     string  `db:"other_category"`
	Customers int64   `db:"customers"`
	Both      int64   `db:"both_customers"`
	Lift      float64 `db:"lift"`
}

// fewestBoth is how many customers have to buy of two categories for one to be suggested because of the other.
const fewestBoth = 5

const affinitySQL = `SELECT category, other_category, customers, both_customers, lift FROM category_affinity
	WHERE category = ANY(@categories) AND both_customers >= @fewest AND lift > 1`

// affinities answers what goes with each category, what does so most first.
func (r *Reader) affinities(ctx context.Context, categories []string) (map[string][]affinityRow, error) {
	if len(categories) == 0 {
		return nil, nil
	}
	rows, err := all[affinityRow](ctx, r, affinitySQL, pgx.NamedArgs{"categories": categories, "fewest": fewestBoth})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b affinityRow) int {
		return cmp.Or(cmp.Compare(b.Lift, a.Lift), cmp.Compare(a.Other, b.Other))
	})
	out := map[string][]affinityRow{}
	for _, row := range rows {
		out[row.Category] = append(out[row.Category], row)
	}
	return out, nil
}

// suggestion is the category that goes best with the customer's favourite and that they do not buy; nil where there
// is none.
func suggestion(affinities map[string][]affinityRow, tastes facts.Tastes) *guidance.Affinity {
	favourite, _ := tastes.Favourite()
	for _, a := range affinities[favourite] {
		if _, known := tastes[a.Other]; !known {
			return &guidance.Affinity{Category: a.Category, Other: a.Other, Customers: a.Customers, Both: a.Both, Lift: a.Lift}
		}
	}
	return nil
}
