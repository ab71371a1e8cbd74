package projections

import (
	"context"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/value"
)

const (
	baseSQL = `SELECT c.position, d.business_date, d.currency,
		coalesce((SELECT min(purchased_on) FROM purchases WHERE purchased_on <= d.business_date AND NOT cancelled), d.business_date),
		coalesce((SELECT sum(reporting_total_minor) FROM purchases WHERE purchased_on <= d.business_date AND NOT cancelled), 0)::float8,
		coalesce((SELECT sum(reporting_total_minor) FROM returns WHERE returned_on <= d.business_date AND NOT cancelled), 0)::float8
		FROM projection_checkpoint c CROSS JOIN business_date d`
	// A row for each customer: days with a purchase, ages in days, and what was bought on the days but the first, all
	// of it and up to the day before those held out.
	buyersSQL = `WITH days AS (
			SELECT p.customer_id, p.purchased_on AS day, sum(p.reporting_total_minor)::float8 AS minor
			FROM purchases p WHERE p.purchased_on <= @as_of AND NOT p.cancelled GROUP BY 1, 2),
		ordered AS (SELECT customer_id, day, minor, min(day) OVER (PARTITION BY customer_id) AS first FROM days)
		SELECT count(*) - 1, max(day) - first, @as_of - first, sum(minor) FILTER (WHERE day > first),
			count(*) FILTER (WHERE day <= @until) - 1, max(day) FILTER (WHERE day <= @until) - first,
			sum(minor) FILTER (WHERE day > first AND day <= @until)
		FROM ordered GROUP BY customer_id, first ORDER BY customer_id`
)

// PurchaseBase answers what customers bought up to the business date, for a model of value to be fitted to.
func (r *Reader) PurchaseBase(ctx context.Context, asked value.Fit) (value.Base, error) {
	var base value.Base
	err := pgx.BeginTxFunc(ctx, r.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly},
		func(tx pgx.Tx) (err error) {
			base, err = purchaseBase(ctx, tx, asked)
			return err
		})
	return base, unavailable(err)
}

func purchaseBase(ctx context.Context, tx pgx.Tx, asked value.Fit) (base value.Base, err error) {
	var position int64
	var on, first *domain.Day
	var currency *string
	var bought, returned float64
	if err := tx.QueryRow(ctx, baseSQL).Scan(&position, &on, &currency, &first, &bought, &returned); err != nil {
		return base, err
	}
	base.Position = uint64(position)
	if on == nil {
		return base, nil // nothing ever happened
	}
	base.AsOf = *on
	if currency != nil {
		base.Currency = domain.Currency(*currency)
	}
	if bought > 0 {
		base.ReturnedShare = min(1, returned/bought)
	}
	base.HoldoutDays = asked.Holdout(int(*on - *first))
	digits, err := base.Currency.MinorDigits()
	if err != nil && base.Currency != "" {
		return base, fmt.Errorf("currency of the books: %w", err)
	}
	until := *on - domain.Day(base.HoldoutDays)
	rows, err := tx.Query(ctx, buyersSQL, pgx.NamedArgs{"as_of": date(on), "until": date(&until)})
	if err != nil {
		return base, err
	}
	var b buyer
	_, err = pgx.ForEachRow(rows, []any{&b.repeats, &b.lastAge, &b.age, &b.minor, &b.early, &b.earlyLast, &b.earlyMinor},
		func() error {
			b.into(&base, math.Pow10(digits))
			return nil
		})
	return base, err
}

// buyer is a row of buyersSQL.
type buyer struct {
	repeats, lastAge, age int64
	minor                 *float64
	early                 int64 // -1 where the first purchase is held out
	earlyLast             *int64
	earlyMinor            *float64
}

func (b *buyer) into(base *value.Base, scale float64) {
	base.Customers = append(base.Customers, buyerOf(b.repeats, b.lastAge, b.age, b.minor, scale))
	if base.HoldoutDays > 0 && b.early >= 0 {
		early := buyerOf(b.early, *b.earlyLast, b.age-int64(base.HoldoutDays), b.earlyMinor, scale)
		base.Tested = append(base.Tested, value.Tested{Customer: early, Later: float64(b.repeats - b.early)})
	}
}

func buyerOf(repeats, lastAge, age int64, minor *float64, scale float64) value.Customer {
	c := value.Customer{History: value.HistoryOf(repeats, lastAge, age)}
	if repeats > 0 {
		c.Mean = *minor / scale / float64(repeats)
	}
	return c
}
