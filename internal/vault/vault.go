// Package vault keeps the keys that seal what is personal in the log: one for each customer, in PostgreSQL's schema
// vault, wrapped by the vault's own key, which a master key wraps that is kept elsewhere. It decides when a key
// is made, renewed or destroyed, and must not know what is sealed.
package vault

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/rapport-crm/rapport/eventstore"
)

// Config is what a Vault needs. DatabaseURL and Master must be given.
type Config struct {
	DatabaseURL string
	Master      Master
	Cached      int // keys kept open in memory; 20,000 unless it is said
	Logger      *slog.Logger
}

// Vault is an eventstore.Vault on PostgreSQL. It is safe for concurrent use, and so is one database for many
// processes: each hears of keys that another one renewed or destroyed.
type Vault struct {
	config  Config
	pool    *pgxpool.Pool
	cache   *cache
	demands demands

	unlocking sync.Mutex
	opened    atomic.Pointer[opened] // nil until the master key has unlocked the vault
	stale     atomic.Bool            // the vault's key may have been renewed since

	closing context.Context
	close   context.CancelFunc
	running sync.WaitGroup
}

var _ eventstore.Vault = (*Vault)(nil)

// opened is what the master key unlocks.
type opened struct {
	keyset     *keyset.Handle
	aead       tink.AEAD
	pseudonyms []byte
}

// Open answers a vault that unlocks itself when it is first needed: the database may come later. Unlock tells
// at once whether that works.
func Open(c Config) (*Vault, error) {
	if c.Cached == 0 {
		c.Cached = 20_000
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	config, err := pgxpool.ParseConfig(c.DatabaseURL)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	config.MaxConns = 4
	config.ConnConfig.ConnectTimeout = 5 * time.Second
	// A key must be on disk before an event is sealed by it, whatever the server's default is.
	config.ConnConfig.RuntimeParams["synchronous_commit"] = "on"
	v := &Vault{config: c, cache: newCache(c.Cached)}
	v.closing, v.close = context.WithCancel(context.Background())
	if v.pool, err = pgxpool.NewWithConfig(v.closing, config); err != nil {
		return nil, fmt.Errorf("open the vault: %w", err)
	}
	v.running.Go(v.listen)
	return v, nil
}

// Close ends what is under way.
func (v *Vault) Close() {
	v.close()
	v.running.Wait()
	v.pool.Close()
}

// Unlock makes the vault ready, and makes what is missing in an empty database. It fails with
// eventstore.ErrVaultUnavailable while the database is away, and with what is to be done where the master key is
// not the one that belongs to this vault.
func (v *Vault) Unlock(ctx context.Context) error {
	_, err := v.unlocked(ctx)
	return err
}

// Pseudonyms answers the secret by which names are made that must not tell whose they are. It never changes.
func (v *Vault) Pseudonyms(ctx context.Context) ([]byte, error) {
	o := v.opened.Load()
	if o == nil {
		var err error
		if o, err = v.unlocked(ctx); err != nil {
			return nil, err
		}
	}
	return o.pseudonyms, nil
}

// patience is how long the database may take for anything that is asked of it.
const patience = 10 * time.Second

func (v *Vault) unlocked(ctx context.Context) (*opened, error) {
	if o := v.opened.Load(); o != nil && !v.stale.Load() {
		return o, nil
	}
	v.unlocking.Lock()
	defer v.unlocking.Unlock()
	before := v.opened.Load()
	if before != nil && !v.stale.Load() {
		return before, nil
	}
	v.stale.Store(false)
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var o *opened
	err := pgx.BeginFunc(ctx, v.pool, func(tx pgx.Tx) error {
		if err := kept.Migrate(ctx, tx); err != nil {
			return err
		}
		var err error
		o, err = v.unlock(ctx, tx)
		return err
	})
	if err != nil {
		err = fault("unlock the vault", err)
	}
	if err != nil && before == nil {
		return nil, err
	}
	if err != nil { // as when another master key is to be used from the next start on
		v.config.Logger.Warn("the vault stays unlocked by the key that it had", "error", err)
		return before, nil
	}
	v.opened.Store(o)
	return o, nil
}

// unlockAnew makes the vault look at its own key again before that is next used: it may have been renewed.
func (v *Vault) unlockAnew() { v.stale.Store(true) }

// What the wrapped parts are bound to.
const (
	kekBinding        = "rapport vault"
	pseudonymsBinding = "rapport pseudonyms"
)

func (v *Vault) unlock(ctx context.Context, tx pgx.Tx) (*opened, error) {
	var wrapped, pseudonyms []byte
	var wrappedBy string
	var used bool
	err := tx.QueryRow(ctx, "SELECT keyset, pseudonyms, master FROM vault.kek").Scan(&wrapped, &pseudonyms, &wrappedBy)
	if errors.Is(err, pgx.ErrNoRows) {
		if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM vault.keys)").Scan(&used); err != nil {
			return nil, err
		}
		if used {
			return nil, errors.New("vault.kek is empty while vault.keys is not: restore both from one backup")
		}
		return v.found(ctx, tx)
	}
	if err != nil {
		return nil, err
	}
	master, err := v.config.Master.open()
	if err != nil {
		return nil, err
	}
	o := &opened{}
	if o.keyset, err = unwrap(wrapped, master, []byte(kekBinding)); err != nil {
		return nil, fmt.Errorf("%s is not the master key of this vault, which was %s: name it by --master-key (%w)",
			v.config.Master.Key, wrappedBy, err)
	}
	if o.aead, err = aead.New(o.keyset); err != nil {
		return nil, err
	}
	o.pseudonyms, err = o.aead.Decrypt(pseudonyms, []byte(pseudonymsBinding))
	return o, err
}

// found makes the vault's key and its secret.
func (v *Vault) found(ctx context.Context, tx pgx.Tx) (*opened, error) {
	master, err := v.config.Master.openOrMake()
	if err != nil {
		return nil, err
	}
	o := &opened{pseudonyms: make([]byte, 32)}
	rand.Read(o.pseudonyms)
	if o.keyset, err = keyset.NewHandle(aead.AES256GCMKeyTemplate()); err != nil {
		return nil, err
	}
	if o.aead, err = aead.New(o.keyset); err != nil {
		return nil, err
	}
	wrapped, err := wrap(o.keyset, master, []byte(kekBinding))
	if err != nil {
		return nil, err
	}
	sealed, err := o.aead.Encrypt(o.pseudonyms, []byte(pseudonymsBinding))
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, "INSERT INTO vault.kek (keyset, pseudonyms, master) VALUES ($1, $2, $3)", wrapped, sealed,
		v.config.Master.Key)
	return o, err
}

// channel is where processes tell each other that a customer's key, or the vault's own, is another one now.
const (
	channel    = "rapport_vault"
	kekRenewed = "kek"
)

// listen forgets what others renewed or destroyed. What was told while nobody listened is not known, so a new
// connection begins with nothing remembered.
func (v *Vault) listen() {
	for wait := time.Duration(0); ; wait = time.Second {
		select {
		case <-v.closing.Done():
			return
		case <-time.After(wait):
		}
		if err := v.hear(); v.closing.Err() == nil {
			v.config.Logger.Debug("the vault's notices cannot be heard", "error", err)
		}
	}
}

func (v *Vault) hear() error {
	conn, err := pgx.ConnectConfig(v.closing, v.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(v.closing, "LISTEN "+channel); err != nil {
		return err
	}
	v.unlockAnew()
	v.cache.clear()
	for {
		notice, err := conn.WaitForNotification(v.closing)
		if err != nil {
			return err
		}
		if id, err := uuid.Parse(notice.Payload); err == nil {
			v.cache.forget(id)
		} else {
			v.unlockAnew()
			_ = v.Unlock(v.closing) // while the master key that this process knows still does it; else tried again at need
		}
	}
}

// fault says what was being done, and tells a database that is away from other faults.
func fault(doing string, err error) error {
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	switch {
	case errors.As(err, &pg):
		switch pg.Code[:2] {
		case "08", "53", "57": // connection, resources, operator intervention
		default:
			return fmt.Errorf("%s: %w", doing, err)
		}
	case errors.As(err, &connect), pgconn.Timeout(err), pgconn.SafeToRetry(err), isBroken(err):
	default:
		return fmt.Errorf("%s: %w", doing, err)
	}
	return fmt.Errorf("%s: %w (%w)", doing, eventstore.ErrVaultUnavailable, err)
}
