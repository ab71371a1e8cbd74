package projections

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
)

// Recommendation is one that nobody answered yet: a row of crm.recommendation.
type Recommendation struct {
	CustomerID       uuid.UUID       `json:"customer_id" db:"customer_id"`
	RecommendationID uuid.UUID       `json:"recommendation_id" db:"recommendation_id"`
	Assignee         string          `json:"assignee" db:"assignee"`
	Action           string          `json:"action" db:"action"`
	Reason           string          `json:"reason" db:"reason"`
	Evidence         json.RawMessage `json:"evidence" db:"evidence"`
	IssuedOn         domain.Day      `json:"issued_on" db:"issued_on"`
	DueOn            domain.Day      `json:"due_on" db:"due_on"`
	Overdue          bool            `json:"overdue" db:"overdue"`
	Department       *string         `json:"department" db:"department"`
	Guidance         *string         `json:"guidance" db:"guidance"`
	Category         *string         `json:"category" db:"category"`
	ExpectedMinor    *int64          `json:"expected_minor" db:"expected_minor"`
	ExpectedCurrency *string         `json:"expected_currency" db:"expected_currency"`
}

const recommendationsSQL = `SELECT customer_id, recommendation_id, assignee, action, reason, evidence, issued_on, due_on, overdue,
	department, guidance, category, expected_minor, expected_currency
	FROM recommendation r WHERE state = 'open' AND (@assignee::text IS NULL OR assignee = @assignee)
		AND NOT EXISTS (SELECT FROM erasures e WHERE e.customer_id = r.customer_id)
	ORDER BY due_on, expected_minor DESC NULLS LAST, recommendation_id LIMIT @limit`

// Recommendations answers what a colleague (or everybody, where assignee is empty) has to answer: what is due first,
// and of that what is worth most, first.
func (r *Reader) Recommendations(ctx context.Context, assignee string, limit int) ([]Recommendation, error) {
	return all[Recommendation](ctx, r, recommendationsSQL, pgx.NamedArgs{"assignee": optional(assignee), "limit": limit})
}
