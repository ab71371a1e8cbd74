package erasure

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// A retention rule erases nobody at once. Who is due is planned first, by the clocks of the server and of the database,
// and erased when by both of them a period of grace is over and they are still due. So one clock that runs ahead, or a
// rule that was published by mistake, can be noticed before anybody is gone.

// Planned is a customer whom a retention rule is to erase.
type Planned struct {
	CustomerID    uuid.UUID `db:"customer_id"`
	Rule          string    `db:"rule"`
	PolicyVersion int64     `db:"policy_version"`
}

// due are the stays that end in an erasure, as the read models have them now.
const due = `FROM crm.retention_due v CROSS JOIN crm.business_date b
	WHERE v.action = 'erase' AND v.due_on <= b.last_closed_on`

const (
	planSQL = `INSERT INTO erasure.planned (customer_id, rule, policy_version, stay_from, planned_at)
	SELECT v.customer_id, v.rule, v.version, v.stay_from, @now ` + due + ` ON CONFLICT DO NOTHING`
	unplanSQL = `DELETE FROM erasure.planned p WHERE NOT EXISTS (SELECT ` + due + ` AND v.customer_id = p.customer_id
	AND v.rule = p.rule AND v.version = p.policy_version AND v.stay_from = p.stay_from)`
	ripeSQL = `SELECT p.customer_id, p.rule, p.policy_version FROM erasure.planned p
	JOIN (SELECT v.customer_id, v.rule, v.version, v.stay_from ` + due + `) d ON d.customer_id = p.customer_id
		AND d.rule = p.rule AND d.version = p.policy_version AND d.stay_from = p.stay_from
	WHERE p.planned_at <= @now::timestamptz - @grace::interval AND p.planned_at_database <= clock_timestamp() - @grace::interval
	ORDER BY p.planned_at, p.customer_id LIMIT @limit`
	waitingSQL  = `SELECT count(*), min(greatest(planned_at, planned_at_database)) FROM erasure.planned`
	calendarSQL = `SELECT coalesce((SELECT last_closed_on FROM crm.business_date)::text, '') || ' ' ||
	coalesce((SELECT max(version) FROM crm.retention_policy), 0)`
)

// Due returns a text that changes whenever others may have become due: with the closed day, and with the policy.
func (r *Runner) Due(ctx context.Context) (on string, err error) {
	if err = r.pool.QueryRow(ctx, calendarSQL).Scan(&on); err != nil {
		return "", fmt.Errorf("read the business date: %w", err)
	}
	return on, nil
}

// Plan plans whoever is due now, and forgets who is not due any more. It returns how many were not planned before.
func (r *Runner) Plan(ctx context.Context, now time.Time) (planned int64, err error) {
	if err := r.migrate(ctx); err != nil {
		return 0, err
	}
	if _, err := r.pool.Exec(ctx, unplanSQL); err != nil {
		return 0, fmt.Errorf("forget planned erasures: %w", err)
	}
	tag, err := r.pool.Exec(ctx, planSQL, pgx.NamedArgs{"now": now})
	if err != nil {
		return 0, fmt.Errorf("plan erasures: %w", err)
	}
	return tag.RowsAffected(), nil
}

// Ripe returns those planned whose period of grace is over by both clocks, and who are still due; at most limit of them.
func (r *Runner) Ripe(ctx context.Context, now time.Time, grace time.Duration, limit int) ([]Planned, error) {
	rows, err := r.pool.Query(ctx, ripeSQL, pgx.NamedArgs{"now": now, "grace": grace, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("look for planned erasures: %w", err)
	}
	ripe, err := pgx.CollectRows(rows, pgx.RowToStructByName[Planned])
	if err != nil {
		return nil, fmt.Errorf("look for planned erasures: %w", err)
	}
	return ripe, nil
}

// Waiting returns how many erasures are planned, and since when the first of them.
func (r *Runner) Waiting(ctx context.Context) (n int64, since *time.Time, err error) {
	if err = r.pool.QueryRow(ctx, waitingSQL).Scan(&n, &since); err != nil {
		return 0, nil, fmt.Errorf("count planned erasures: %w", err)
	}
	return n, since, nil
}
