package bench

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// multiply writes what the tables hold of each customer again under other ids, so that a shop becomes one of so many times as many
// customers, with what each of them has. Sums over all customers stay as they are: they have as many rows in a large shop.
func (r *run) multiply(ctx context.Context, conn *pgx.Conn, times int) error {
	tables, err := namesOf(ctx, conn, 'r')
	if err != nil {
		return err
	}
	advance, end := r.progress(fmt.Sprintf("tables, %d times", times), len(tables))
	defer end()
	for _, name := range tables {
		t, err := readTable(ctx, conn, name)
		if err == nil {
			err = t.multiply(ctx, conn, times)
		}
		if err != nil {
			return fmt.Errorf("multiply %s: %w", name, err)
		}
		advance(1)
	}
	return nil
}

// alone are tables of customers whose rows stay as they are: looks stand in the order of the log.
var alone = []string{"personal_data_reads"}

func (t *madeTable) multiply(ctx context.Context, conn *pgx.Conn, times int) error {
	if slices.Contains(alone, t.name) || !slices.ContainsFunc(t.columns, func(c madeColumn) bool { return ofCustomers(c.Name) }) {
		return nil
	}
	keyed := slices.ContainsFunc(t.columns, func(c madeColumn) bool { return c.Type == "uuid" && slices.Contains(t.keys, c.Name) })
	names, values := make([]string, len(t.columns)), make([]string, len(t.columns))
	for i, c := range t.columns {
		name := pgx.Identifier{c.Name}.Sanitize()
		names[i], values[i] = name, name
		switch {
		case c.Type == "uuid":
			values[i] = "md5(" + name + "::text || time)::uuid"
		case !keyed && slices.Contains(t.keys, c.Name) && c.Type == "text":
			values[i] = name + " || '-' || time"
		case !keyed && slices.Contains(t.keys, c.Name) && c.Type == "bigint":
			values[i] = name + " + time * 1000000000"
		}
	}
	_, err := conn.Exec(ctx, fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %[1]s, generate_series(2, %[4]d) time ON CONFLICT DO NOTHING",
		t.name, strings.Join(names, ", "), strings.Join(values, ", "), times))
	if err == nil {
		_, err = conn.Exec(ctx, "VACUUM ANALYZE "+t.name)
	}
	return err
}

// ofCustomers reports whether a column names a customer.
func ofCustomers(column string) bool {
	return slices.Contains([]string{"customer_id", "absorbed_id", "survivor_id"}, column)
}
