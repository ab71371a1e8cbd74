package lease

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Status is who holds the lease, as everybody sees it.
type Status struct {
	Epoch int64 // rises by one with each that takes it
	// Held is false where it was released, or where the heartbeat is too old.
	Held bool
	// The holder, or the last one.
	Logic        int
	Program      string
	Host         string
	PID          int
	Since        time.Time
	HeartbeatAge time.Duration // by the database's clock
}

// Waiting returns why a process of this Logic stands by.
func (s Status) Waiting(logic int) string {
	by := fmt.Sprintf("process %d on %s (version %s, logic %d)", s.PID, s.Host, s.Program, s.Logic)
	switch {
	case logic < s.Logic && s.Held:
		return fmt.Sprintf("%s holds the lease, and this program is older (logic %d): it does not take over", by, logic)
	case logic < s.Logic:
		return fmt.Sprintf("the lease was held by a newer program, %s, and this one is older (logic %d): it does not "+
			"rebuild the read models for itself", by, logic)
	}
	return by + " holds the lease"
}

// Querier is a connection, a pool or a transaction.
type Querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Read returns who holds the lease of that name, or the zero Status where nobody asked for it yet.
func Read(ctx context.Context, db Querier, name string) (s Status, err error) {
	var age float64
	err = db.QueryRow(ctx, readLease, name).Scan(&s.Epoch, &s.Held, &s.Logic, &s.Program, &s.Host, &s.PID, &s.Since, &age)
	switch {
	case errors.Is(err, pgx.ErrNoRows), code(err) == undefinedTable:
		return Status{}, nil
	case err != nil:
		return Status{}, fmt.Errorf("read the lease: %w", err)
	}
	s.HeartbeatAge = time.Duration(age * float64(time.Second))
	return s, nil
}

const undefinedTable = "42P01"
