package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/files"
	"github.com/rapport-crm/rapport/internal/notary"
)

// beginning remembers whether the log had just begun when this server first saw it: what the server itself appends
// before the proof is there makes no old log of it. A file remembers it too until the proof is there, since the server
// may be killed before.
type beginning struct {
	store  eventstore.Store
	file   string
	logger *slog.Logger

	known atomic.Bool
	mu    sync.Mutex
	err   error     // what look returns, once it is known
	asked time.Time // when it could not be seen
	away  error
}

// lookAgain is how long it stands that the log cannot be seen.
const lookAgain = time.Second

// look returns nil where the log had just begun, and notary.ErrUnadopted where it had not. Any other error means that
// it cannot be seen yet.
func (b *beginning) look(ctx context.Context) error {
	if b.known.Load() {
		return b.err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.known.Load():
		return b.err
	case b.away != nil && time.Since(b.asked) < lookAgain:
		return b.away
	}
	young, err := b.see(ctx)
	if err != nil {
		b.asked, b.away = time.Now(), err
		return err
	}
	if !young {
		b.err = notary.ErrUnadopted
	}
	b.known.Store(true)
	return b.err
}

func (b *beginning) see(ctx context.Context) (isYoung bool, err error) {
	if _, err := os.Stat(b.file); err == nil {
		return true, nil
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	switch err := young(ctx, b.store); {
	case errors.Is(err, notary.ErrUnadopted):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("find out whether the log is new: %w: %w", eventstore.ErrUnavailable, err)
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(b.file), 0o700), files.Replace(b.file, "This log is new.\n", 0o600)); err != nil {
		b.logger.Warn("remember that the log is new", "error", err)
	}
	return true, nil
}

// end forgets: what the log is stands in the database.
func (b *beginning) end() {
	if err := os.Remove(b.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		b.logger.Warn("forget that the log was new", "error", err)
	}
}
