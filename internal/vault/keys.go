package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/rapport-crm/rapport/eventstore"
)

// key is a customer's key, open.
type key struct{ aead tink.AEAD }

func (k key) Seal(plain, binding []byte) ([]byte, error) { return k.aead.Encrypt(plain, binding) }

func (k key) Open(sealed, binding []byte) ([]byte, error) { return k.aead.Decrypt(sealed, binding) }

// destroyed is the key of a customer that was destroyed.
type destroyed struct{}

func (destroyed) Seal(_, _ []byte) ([]byte, error) { return nil, eventstore.ErrKeyDestroyed }

func (destroyed) Open(_, _ []byte) ([]byte, error) { return nil, eventstore.ErrKeyDestroyed }

// Key answers a customer's key, durably made if they had none yet.
func (v *Vault) Key(ctx context.Context, customer uuid.UUID) (eventstore.Key, error) {
	k, epoch := v.cache.get(customer)
	if k != nil {
		return k, nil
	}
	o, err := v.unlocked(ctx)
	if err != nil {
		return nil, err
	}
	// Who is not remembered has no key, more often than not: one is made beforehand, and given up if they have.
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make a customer's key: %w", err)
	}
	d := &demand{customer: customer, done: make(chan struct{})}
	if d.keyset, err = wrap(handle, o.aead, customer[:]); err != nil {
		return nil, err
	}
	if err := v.demand(ctx, d); err != nil {
		return nil, err
	}
	if bytes.Equal(d.found, d.keyset) {
		k, err = open(handle)
	} else {
		k, err = v.openRow(ctx, customer, d.found)
	}
	if err != nil {
		return nil, err
	}
	v.cache.put(customer, k, epoch)
	return k, nil
}

// Keys answers the keys of customers, in their order; nil where there is none. It makes none.
func (v *Vault) Keys(ctx context.Context, customers []uuid.UUID) ([]eventstore.Key, error) {
	keys := make([]eventstore.Key, len(customers))
	var missing []uuid.UUID
	var epoch uint64
	places := map[uuid.UUID]int{}
	for i, customer := range customers {
		k, now := v.cache.get(customer)
		if keys[i] = k; k == nil {
			if missing == nil {
				epoch = now
			}
			missing = append(missing, customer)
			places[customer] = i
		}
	}
	if len(missing) == 0 {
		return keys, nil
	}
	if _, err := v.unlocked(ctx); err != nil {
		return nil, err
	}
	rows, err := v.pool.Query(ctx, "SELECT customer_id, keyset FROM vault.keys WHERE customer_id = ANY($1)", missing)
	if err != nil {
		return nil, fault("read keys", err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[row])
	if err != nil {
		return nil, fault("read keys", err)
	}
	for _, r := range found {
		k, err := v.openRow(ctx, r.Customer, r.Keyset)
		if err != nil {
			return nil, err
		}
		keys[places[r.Customer]] = k
		v.cache.put(r.Customer, k, epoch)
	}
	return keys, nil
}

// row is a customer's; without a keyset their key was destroyed.
type row struct {
	Customer uuid.UUID
	Keyset   []byte
}

// openRow opens a customer's keyset. Another process may have renewed the vault's key a moment ago.
func (v *Vault) openRow(ctx context.Context, customer uuid.UUID, wrapped []byte) (eventstore.Key, error) {
	if wrapped == nil {
		return destroyed{}, nil
	}
	handle, err := v.unwrap(ctx, customer, wrapped)
	if err != nil {
		v.unlockAnew()
		handle, err = v.unwrap(ctx, customer, wrapped)
	}
	if err != nil {
		return nil, fmt.Errorf("open the key of customer %s: %w", customer, err)
	}
	return open(handle)
}

func (v *Vault) unwrap(ctx context.Context, customer uuid.UUID, wrapped []byte) (*keyset.Handle, error) {
	o, err := v.unlocked(ctx)
	if err != nil {
		return nil, err
	}
	return unwrap(wrapped, o.aead, customer[:])
}

func open(handle *keyset.Handle) (eventstore.Key, error) {
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, err
	}
	return key{primitive}, nil
}

// Forget drops what is remembered of a customer's key.
func (v *Vault) Forget(customer uuid.UUID) { v.cache.forget(customer) }

// demands are the keys that are to be made: those that come while others are written go together.
type demands struct {
	sync.Mutex
	waiting []*demand
	writing bool
}

type demand struct {
	customer uuid.UUID
	keyset   []byte // wrapped, to be kept if the customer has none
	done     chan struct{}
	found    []byte // what the customer has now; nil where it was destroyed
	err      error
}

const demandsMost = 1000 // in one statement

// demand waits until the customer has a key.
func (v *Vault) demand(ctx context.Context, d *demand) error {
	q := &v.demands
	q.Lock()
	q.waiting = append(q.waiting, d)
	if !q.writing {
		q.writing = true
		v.running.Go(v.writeDemands)
	}
	q.Unlock()
	select {
	case <-d.done:
		return d.err
	case <-ctx.Done():
		return fmt.Errorf("wait for a key: %w", ctx.Err())
	}
}

func (v *Vault) writeDemands() {
	q := &v.demands
	for {
		q.Lock()
		batch := q.waiting[:min(len(q.waiting), demandsMost)]
		q.waiting = slices.Clone(q.waiting[len(batch):])
		q.writing = len(batch) > 0
		q.Unlock()
		if len(batch) == 0 {
			return
		}
		err := v.write(batch)
		for _, d := range batch {
			d.err = err
			close(d.done)
		}
	}
}

// write makes the keys that are missing, and answers what each customer has then. Most have none: the others, and
// those who are in a batch twice, are looked up.
func (v *Vault) write(batch []*demand) error {
	ctx, cancel := context.WithTimeout(v.closing, patience)
	defer cancel()
	customers, keysets := make([]uuid.UUID, len(batch)), make([][]byte, len(batch))
	for i, d := range batch {
		customers[i], keysets[i] = d.customer, d.keyset
	}
	has, err := v.rows(ctx, `INSERT INTO vault.keys (customer_id, keyset) SELECT * FROM unnest($1::uuid[], $2::bytea[])
		ON CONFLICT (customer_id) DO NOTHING RETURNING customer_id, keyset`, customers, keysets)
	if err == nil && len(has) < len(batch) {
		has, err = v.rows(ctx, "SELECT customer_id, keyset FROM vault.keys WHERE customer_id = ANY($1)", customers)
	}
	if err != nil {
		return fault("make customers' keys", err)
	}
	for _, d := range batch {
		d.found = has[d.customer]
	}
	return nil
}

// rows answers the wrapped keysets of customers.
func (v *Vault) rows(ctx context.Context, sql string, args ...any) (map[uuid.UUID][]byte, error) {
	rows, err := v.pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	found := map[uuid.UUID][]byte{}
	var r row
	_, err = pgx.ForEachRow(rows, []any{&r.Customer, &r.Keyset}, func() error {
		found[r.Customer] = r.Keyset
		return nil
	})
	return found, err
}

// Destroy makes what was sealed for a customer unreadable for ever, and no new key is made for them. Destroying
// twice is harmless.
func (v *Vault) Destroy(ctx context.Context, customer uuid.UUID) error {
	if err := v.Unlock(ctx); err != nil {
		return err
	}
	b := &pgx.Batch{}
	b.Queue(`INSERT INTO vault.keys (customer_id, destroyed_at) VALUES ($1, now())
		ON CONFLICT (customer_id) DO UPDATE SET keyset = NULL, destroyed_at = now()
		WHERE keys.destroyed_at IS NULL`, customer)
	b.Queue("SELECT pg_notify($1, $2)", channel, customer.String())
	if err := v.pool.SendBatch(ctx, b).Close(); err != nil {
		return fault("destroy a customer's key", err)
	}
	v.cache.forget(customer)
	return nil
}

// wrap answers a keyset encrypted, and bound to what it is for.
func wrap(handle *keyset.Handle, by tink.AEAD, binding []byte) ([]byte, error) {
	var out bytes.Buffer
	if err := handle.WriteWithAssociatedData(keyset.NewBinaryWriter(&out), by, binding); err != nil {
		return nil, fmt.Errorf("wrap a key: %w", err)
	}
	return out.Bytes(), nil
}

func unwrap(wrapped []byte, by tink.AEAD, binding []byte) (*keyset.Handle, error) {
	return keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(wrapped)), by, binding)
}

// isBroken tells a connection that broke from other errors.
func isBroken(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, context.Canceled)
}
