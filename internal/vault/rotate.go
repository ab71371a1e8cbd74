package vault

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// Status is what the vault holds.
type Status struct {
	Customers       int64      `json:"customers"` // with a key
	Destroyed       int64      `json:"destroyed"` // whose key was destroyed
	OldestKey       *time.Time `json:"oldest_key,omitempty"`
	FoundedAt       time.Time  `json:"founded_at"`
	RotatedAt       *time.Time `json:"rotated_at,omitempty"` // the vault's own key
	Master          string     `json:"master"`
	MasterRotatedAt *time.Time `json:"master_rotated_at,omitempty"`
}

// Status counts the keys. OldestKey is when the one that was neither made nor renewed for the longest time was.
func (v *Vault) Status(ctx context.Context) (Status, error) {
	if err := v.Unlock(ctx); err != nil {
		return Status{}, err
	}
	rows, err := v.pool.Query(ctx, `SELECT count(keys.keyset), count(keys.destroyed_at),
		min(coalesce(keys.rotated_at, keys.created_at)) FILTER (WHERE keys.keyset IS NOT NULL),
		kek.created_at, kek.rotated_at, kek.master, kek.master_rotated_at
		FROM vault.kek LEFT JOIN vault.keys ON true
		GROUP BY kek.created_at, kek.rotated_at, kek.master, kek.master_rotated_at`)
	if err != nil {
		return Status{}, fault("count the keys", err)
	}
	s, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Status])
	if err != nil {
		return Status{}, fault("count the keys", err)
	}
	return s, nil
}

// ErrNoKey: nothing personal of the customer was sealed, or their key was destroyed.
var ErrNoKey = errors.New("the customer has no key")

// Rotate renews a customer's key: what is recorded from now on is sealed by the new one, and the old ones go on
// opening what they sealed.
func (v *Vault) Rotate(ctx context.Context, customer uuid.UUID) error {
	n, err := v.rotate(ctx, "SELECT customer_id, keyset FROM vault.keys WHERE customer_id = $1 AND keyset IS NOT NULL FOR UPDATE",
		customer)
	if err == nil && n.renewed == 0 {
		return fmt.Errorf("%w: %s", ErrNoKey, customer)
	}
	return err
}

// rotateMost is how many customers' keys are renewed in one transaction.
const rotateMost = 500

// RotateAll renews the vault's own key and every customer's; progress learns how many there were so far.
func (v *Vault) RotateAll(ctx context.Context, progress func(renewed int)) error {
	if err := v.rotateOwn(ctx); err != nil {
		return err
	}
	total := 0
	for after := uuid.Nil; ; {
		n, err := v.rotate(ctx, `SELECT customer_id, keyset FROM vault.keys WHERE customer_id > $1 AND keyset IS NOT NULL
			ORDER BY customer_id LIMIT $2 FOR UPDATE`, after, rotateMost)
		if err != nil || n.renewed == 0 {
			return err
		}
		total += n.renewed
		after = n.last
		progress(total)
	}
}

type rotated struct {
	renewed int
	last    uuid.UUID
}

// rotate renews the keys that a query finds and locks.
func (v *Vault) rotate(ctx context.Context, query string, args ...any) (n rotated, err error) {
	o, err := v.unlocked(ctx)
	if err != nil {
		return n, err
	}
	err = pgx.BeginFunc(ctx, v.pool, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, query, args...)
		if err != nil {
			return err
		}
		found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[row])
		if err != nil {
			return err
		}
		b := &pgx.Batch{}
		for _, r := range found {
			handle, err := unwrap(r.Keyset, o.aead, r.Customer[:])
			if err != nil {
				return fmt.Errorf("open the key of customer %s: %w", r.Customer, err)
			}
			renewed, err := renew(handle)
			if err != nil {
				return err
			}
			wrapped, err := wrap(renewed, o.aead, r.Customer[:])
			if err != nil {
				return err
			}
			b.Queue("UPDATE vault.keys SET keyset = $2, rotated_at = now() WHERE customer_id = $1", r.Customer, wrapped)
			b.Queue("SELECT pg_notify($1, $2)", channel, r.Customer.String())
			n = rotated{renewed: n.renewed + 1, last: r.Customer}
		}
		return tx.SendBatch(ctx, b).Close()
	})
	if err != nil {
		return rotated{}, fault("renew customers' keys", err)
	}
	return n, nil
}

// renew answers a keyset with a new primary key, in which the old ones stay.
func renew(handle *keyset.Handle) (*keyset.Handle, error) {
	manager := keyset.NewManagerFromHandle(handle)
	id, err := manager.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	if err := manager.SetPrimary(id); err != nil {
		return nil, err
	}
	return manager.Handle()
}

// rotateOwn renews the vault's own key.
func (v *Vault) rotateOwn(ctx context.Context) error {
	err := v.rewrap(ctx, "rotated_at", v.config.Master, func(o *opened) (*keyset.Handle, error) { return renew(o.keyset) })
	v.unlockAnew()
	return err
}

// RotateMaster wraps the vault's own key by another master key, which is the one to name from the next start on: a
// vault that is unlocked stays so. A file that is missing is made.
func (v *Vault) RotateMaster(ctx context.Context, to Master) error {
	return v.rewrap(ctx, "master_rotated_at", to, func(o *opened) (*keyset.Handle, error) { return o.keyset, nil })
}

// rewrap wraps the vault's own keyset, or what becomes of it, by a master key, and writes down when.
func (v *Vault) rewrap(ctx context.Context, when string, master Master, change func(*opened) (*keyset.Handle, error)) error {
	by, err := master.openOrMake()
	if err != nil {
		return err
	}
	err = pgx.BeginFunc(ctx, v.pool, func(tx pgx.Tx) error {
		if err := kept.Migrate(ctx, tx); err != nil {
			return err
		}
		o, err := v.unlock(ctx, tx)
		if err != nil {
			return err
		}
		handle, err := change(o)
		if err != nil {
			return err
		}
		wrapped, err := wrap(handle, by, []byte(kekBinding))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE vault.kek SET keyset = $1, master = $2, "+when+" = now()", wrapped, master.Key)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "SELECT pg_notify($1, $2)", channel, kekRenewed)
		return err
	})
	if err != nil {
		return fault("renew the vault's key", err)
	}
	return nil
}
