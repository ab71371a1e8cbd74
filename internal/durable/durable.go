// Package durable makes what a database keeps that cannot be made anew from the log, such as keys and what is still to be
// announced, and brings what an older program made up to this one.
package durable

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Part is some tables of one schema. A schema may have parts of several packages.
type Part struct {
	Schema string
	Name   string
	// Migrations are numbered from 1. Each is carried out once, in the order of the numbers, and never changed after it was
	// released: what is to be otherwise is another one.
	Migrations []string
}

// ErrNewer: a newer program made it, and this one does not know what that did.
var ErrNewer = errors.New("it was written by a newer version of rapport")

// lock is the advisory lock of whoever migrates.
const lock = 0x6475726162 // "durab"

// Migrate carries out what was not yet: all of it, or with tx nothing. One process at a time does; others wait for it.
// Where nothing is to be done, it only looks.
func (p Part) Migrate(ctx context.Context, tx pgx.Tx) error {
	done, err := p.done(ctx, tx)
	if err == nil && done < len(p.Migrations) {
		done, err = p.begin(ctx, tx)
	}
	if err == nil && done > len(p.Migrations) {
		err = fmt.Errorf("%w: it has migration %d, this program knows %d: start that version", ErrNewer, done, len(p.Migrations))
	}
	for number := done + 1; err == nil && number <= len(p.Migrations); number++ {
		if _, err = tx.Exec(ctx, p.Migrations[number-1]); err == nil {
			_, err = tx.Exec(ctx, "INSERT INTO "+p.table()+" (part, number) VALUES ($1, $2)", p.Name, number)
		}
		if err != nil {
			err = fmt.Errorf("migration %d: %w", number, err)
		}
	}
	if err != nil {
		return fmt.Errorf("bring %s in the schema %s up to date: %w", p.Name, p.Schema, err)
	}
	return nil
}

func (p Part) table() string { return pgx.Identifier{p.Schema, "migrations"}.Sanitize() }

// done returns the number of the last migration that was carried out, 0 for none.
func (p Part) done(ctx context.Context, tx pgx.Tx) (number int, err error) {
	var there bool
	if err = tx.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", p.table()).Scan(&there); err == nil && there {
		err = tx.QueryRow(ctx, "SELECT coalesce(max(number), 0) FROM "+p.table()+" WHERE part = $1", p.Name).Scan(&number)
	}
	return number, err
}

// begin waits for others who migrate, and returns what they left to do.
func (p Part) begin(ctx context.Context, tx pgx.Tx) (int, error) {
	schema, table := pgx.Identifier{p.Schema}.Sanitize(), p.table()
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(lock)); err != nil {
		return 0, err
	}
	_, err := tx.Exec(ctx, `CREATE SCHEMA IF NOT EXISTS `+schema+`;
		CREATE TABLE IF NOT EXISTS `+table+` (
			part text NOT NULL,
			number integer NOT NULL,
			carried_out_at timestamptz NOT NULL DEFAULT clock_timestamp(),
			PRIMARY KEY (part, number)
		);
		COMMENT ON TABLE `+table+` IS 'What was done to this schema by which versions of rapport: never change it.'`)
	if err != nil {
		return 0, err
	}
	return p.done(ctx, tx)
}
