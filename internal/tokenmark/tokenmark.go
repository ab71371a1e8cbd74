// Package tokenmark remembers beside the log that tokens were issued, and how many events said so: in a file of the
// data directory and in the database. So a log whose record of tokens was emptied, shortened or deleted never opens a
// server. It must not know what the events mean.
package tokenmark

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rapport-crm/rapport/internal/durable"
	"github.com/rapport-crm/rapport/internal/files"
)

var (
	// ErrShortened: the log has fewer events about tokens than it had.
	ErrShortened = errors.New("the stream access is shorter than it was, so a revoked token may count as valid again: " +
		"restore the log, or accept it as it is by rapport proof adopt --reason WHY")
	// ErrUnknown: it cannot be read whether tokens were ever issued.
	ErrUnknown = errors.New("whether tokens were ever issued cannot be read")
)

// Mark is the memory of one server. It is safe for concurrent use.
type Mark struct {
	file, databaseURL string
	logger            *slog.Logger

	mu     sync.Mutex
	read   bool   // both places were read
	ever   bool   // either place remembers that there were tokens
	events uint64 // the most that either place remembers
}

// New returns the mark of a data directory and a database. Without a database URL, the file is all.
func New(data, databaseURL string, logger *slog.Logger) *Mark {
	return &Mark{file: filepath.Join(data, "access.mark"), databaseURL: databaseURL, logger: logger}
}

// Check compares the number of events that the log has about tokens with what is remembered, and remembers more. It
// reports whether tokens were ever issued. ErrShortened when the log has fewer events than it had, ErrUnknown when a
// place of the memory cannot be read: then nobody may be let in without a token.
func (m *Mark) Check(ctx context.Context, events uint64) (ever bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.read {
		if err := m.recall(ctx); err != nil {
			return true, fmt.Errorf("%w: %w", ErrUnknown, err)
		}
	}
	switch {
	case events < m.events:
		return true, fmt.Errorf("%w (it has %d events of %d)", ErrShortened, events, m.events)
	case events > m.events:
		if err := m.remember(ctx, events); err != nil {
			m.logger.Warn("remember beside the log that tokens were issued", "error", err)
			return true, nil // it is tried again at the next look
		}
		m.events, m.ever = events, true
	}
	return m.ever, nil
}

// Reset makes both places remember a number of events, fewer or more, by a person's word. What was remembered as
// having tokens goes on to be so.
func (m *Mark) Reset(ctx context.Context, events uint64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.recall(ctx); err != nil || !m.ever && events == 0 {
		return err
	}
	m.read = false
	return m.remember(ctx, events)
}

// recall reads both places. That a place remembers a number, be it 0 after Reset, says that there were tokens.
func (m *Mark) recall(ctx context.Context) error {
	text, err := os.ReadFile(m.file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	m.events, m.ever = 0, err == nil
	if err == nil {
		if m.events, err = strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64); err != nil {
			return fmt.Errorf("%s holds no number", m.file)
		}
	}
	if m.databaseURL != "" {
		inDatabase, there, err := m.recalled(ctx)
		if err != nil {
			return err
		}
		m.events, m.ever = max(m.events, inDatabase), m.ever || there
	}
	m.read = true
	return nil
}

// kept is the place in the database.
var kept = durable.Part{Schema: "proof", Name: "access", Migrations: []string{`
CREATE TABLE IF NOT EXISTS proof.access (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	events bigint NOT NULL CHECK (events >= 0)
);
COMMENT ON TABLE proof.access IS 'That tokens were issued: a log that knows of none is not the one that was there.';
COMMENT ON COLUMN proof.access.one IS 'There is one row';
COMMENT ON COLUMN proof.access.events IS 'How many events the stream access had';
`}}

// remember writes the file first: it is what a server without its database still has.
func (m *Mark) remember(ctx context.Context, events uint64) error {
	if err := os.MkdirAll(filepath.Dir(m.file), 0o700); err != nil {
		return err
	}
	if err := files.Replace(m.file, strconv.FormatUint(events, 10)+"\n", 0o600); err != nil || m.databaseURL == "" {
		return err
	}
	return m.database(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			if err := kept.Migrate(ctx, tx); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `INSERT INTO proof.access (events) VALUES ($1)
				ON CONFLICT (one) DO UPDATE SET events = EXCLUDED.events`, int64(events))
			return err
		})
	})
}

// recalled returns the number that the database has, if there is one.
func (m *Mark) recalled(ctx context.Context) (events uint64, there bool, err error) {
	err = m.database(ctx, func(ctx context.Context, conn *pgx.Conn) error {
		return conn.QueryRow(ctx, "SELECT events FROM proof.access").Scan(&events)
	})
	var refused *pgconn.PgError
	switch {
	case errors.Is(err, pgx.ErrNoRows), errors.As(err, &refused) && (refused.Code == "42P01" || refused.Code == "3F000"):
		return 0, false, nil // nothing was remembered yet
	}
	return events, err == nil, err
}

// database does something over a connection of its own.
func (m *Mark) database(ctx context.Context, do func(context.Context, *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, m.databaseURL)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return do(ctx, conn)
}
