package commands

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"log/slog"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands/snapshot"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
)

// A customer's state that leaves the memory is kept as a snapshot, so that the next command costs one read and the
// facts that are newer, however long the history is. A snapshot is only a cache. One that this process wrote counts as
// much as a state in memory: an append checks the revision. One of an earlier process counts once the log still has
// its newest event at its place; the log may be another one, or one that was restored.
//
// States hold what is personal. Where a customer's facts are sealed, so is their snapshot, by a key of its own that
// stands beside it, sealed by the customer's key in the vault: with that, it is gone for good, also from copies of the
// disk, and from other processes' folders.

// snapshots are states behind the memory.
type snapshots[S any] interface {
	// lock makes sure that the entry can be saved sealed, if it must be.
	lock(ctx context.Context, e *entry[S])
	save(e *entry[S])
	// load fills an empty entry. It reports whether that may be decided on as a state in memory may.
	load(ctx context.Context, e *entry[S]) (current bool)
	// forget makes a stream's state unknown.
	forget(stream string)
}

// kept is what an entry knows of its snapshot.
type kept struct {
	looked   bool   // for one, since the entry was made
	unproven bool   // the state came from one, and was not compared with the log yet
	until    uint64 // the revision up to which facts are in it
	lock     []byte // the snapshot's key, sealed by the customer's; nil while there is none
}

// SnapshotOptions of Snapshots.
type SnapshotOptions struct {
	Dir   string // whose files are all theirs
	Bytes int64  // of the disk that they may take together
	// Vault has the customers' keys; nil where nothing is sealed.
	Vault eventstore.Vault
	// Room reports whether the disk has room for so many bytes; nil where it need not be asked.
	Room   func(bytes int64) bool
	Logger *slog.Logger
}

// Snapshots are customers' states on the local disk. One Service may use them at a time.
type Snapshots struct {
	store  *snapshot.Store
	codec  *snapshot.Codec[folded[customer.State]]
	vault  eventstore.Vault
	secret [32]byte // from which this process derives the snapshots' keys; in memory alone
}

var _ snapshots[customer.State] = (*Snapshots)(nil)

// OpenSnapshots opens the snapshots in a folder, which it makes at need, and removes those of another version of the
// code.
func OpenSnapshots(o SnapshotOptions) (*Snapshots, error) {
	s := &Snapshots{codec: snapshot.NewCodec[folded[customer.State]](), vault: o.Vault}
	if _, err := rand.Read(s.secret[:]); err != nil {
		return nil, err
	}
	var err error
	s.store, err = snapshot.Open(snapshot.Options{Dir: o.Dir, Bytes: o.Bytes, Room: o.Room, Logger: o.Logger,
		Version: fmt.Sprintf("%d %s", customer.Fold, s.codec.Layout())})
	return s, err
}

// Found returns once all snapshots of earlier processes are found; until then those customers are read from the log.
func (s *Snapshots) Found() { s.store.Found() }

// Close ends what is under way. The snapshots stay for the next process.
func (s *Snapshots) Close() { s.store.Close() }

// fewest is how many facts a state must have for a snapshot to be worth its while.
const fewest = 4

// outgrewSnapshot reports whether so much is newer than the snapshot that it is written before the state leaves the
// memory: a process that is killed leaves no other.
func (e *entry[S]) outgrewSnapshot() bool { return e.next >= e.until+256+e.next/16 }

func (e *entry[S]) save() {
	if behind := e.cache.behind; behind != nil && e.loaded && !e.apart && e.events == nil && e.next >= fewest && e.next > e.until {
		behind.save(e)
		e.until = e.next
	}
}

// recall fills an entry from its snapshot, if there is one, and reports whether the state may be decided on as one in
// memory may.
func (h *Handler[S, N]) recall(ctx context.Context, e *entry[S]) (current bool) {
	if h.cache.behind == nil || e.looked || e.loaded || e.next > 0 {
		return false
	}
	e.looked = true
	return h.cache.behind.load(ctx, e)
}

// secure makes sure that the entry can leave the memory.
func (h *Handler[S, N]) secure(ctx context.Context, e *entry[S]) {
	if behind := h.cache.behind; behind != nil && e.loaded && e.sealed && e.kept.lock == nil {
		behind.lock(ctx, e)
	}
}

// newer returns the events that the state does not know yet. A state that is not proven is compared first, with the
// event that it takes for the newest, and folded from the start where that is another one.
func (h *Handler[S, N]) newer(ctx context.Context, e *entry[S]) iter.Seq2[eventstore.Record, error] {
	if !e.unproven {
		return eventstore.ReadWhole(ctx, h.store, e.stream, e.next)
	}
	return func(yield func(eventstore.Record, error) bool) {
		proven, hole := false, (*eventstore.HoleError)(nil)
		for record, err := range eventstore.ReadWhole(ctx, h.store, e.stream, e.next-1) {
			switch {
			case errors.As(err, &hole) && !proven: // perhaps another log's
			case err != nil || proven:
				if !yield(record, err) || err != nil {
					return
				}
			case record.ID == e.newest && record.Revision == e.next-1 && uint64(record.Position) == e.position:
				proven, e.unproven = true, false
			default: // another log's
			}
			if !proven {
				break
			}
		}
		if proven || ctx.Err() != nil {
			return
		}
		e.drop()
		e.looked = true
		for record, err := range eventstore.ReadWhole(ctx, h.store, e.stream, 0) {
			if !yield(record, err) {
				return
			}
		}
	}
}

func (s *Snapshots) lock(ctx context.Context, e *entry[customer.State]) {
	id, ok := customer.IDOf(e.stream)
	if !ok || s.vault == nil {
		return
	}
	keys, err := s.vault.Keys(ctx, []uuid.UUID{id})
	if err != nil || keys[0] == nil {
		return
	}
	own := s.keyOf(id)
	if lock, err := keys[0].Seal(own[:], lockBinding(id)); err == nil && len(lock) < 256 {
		e.kept.lock = lock
	}
}

func (s *Snapshots) save(e *entry[customer.State]) {
	id, ok := customer.IDOf(e.stream)
	if !ok || e.state.Erased() || e.sealed && e.kept.lock == nil {
		return
	}
	if !e.sealed {
		s.store.Put(id, s.codec.Append([]byte{0}, &e.folded))
		return
	}
	value := append([]byte{byte(len(e.kept.lock))}, e.kept.lock...)
	plain := s.codec.Append(nil, &e.folded)
	aead := sealer(s.keyOf(id))
	nonce := make([]byte, aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return
	}
	value = append(value, nonce...)
	s.store.Put(id, aead.Seal(value, nonce, plain, id[:]))
}

func (s *Snapshots) load(ctx context.Context, e *entry[customer.State]) (current bool) {
	id, ok := customer.IDOf(e.stream)
	if !ok {
		return false
	}
	value, own, ok := s.store.Get(id)
	if !ok || len(value) == 0 {
		return false
	}
	sealed := int(value[0])
	lock, plain := value[1:], []byte(nil)
	if sealed == 0 {
		plain = lock
	} else if len(lock) > sealed {
		lock, plain = lock[:sealed], lock[sealed:]
		if plain, ok = s.open(ctx, id, lock, own, plain); !ok {
			return false
		}
	}
	if s.codec.Decode(plain, &e.folded) != nil || e.next == 0 || e.position == 0 {
		e.folded = folded[customer.State]{}
		return false
	}
	e.until = e.next
	if own && sealed > 0 {
		e.kept.lock = lock
	}
	e.loaded, e.unproven = own, !own
	return own
}

// open returns what is sealed in a snapshot. This process knows the keys of its own.
func (s *Snapshots) open(ctx context.Context, id uuid.UUID, lock []byte, own bool, sealed []byte) ([]byte, bool) {
	key := s.keyOf(id)
	if !own {
		if s.vault == nil {
			return nil, false
		}
		keys, err := s.vault.Keys(ctx, []uuid.UUID{id})
		if err != nil || keys[0] == nil {
			return nil, false
		}
		opened, err := keys[0].Open(lock, lockBinding(id))
		if err != nil || len(opened) != len(key) {
			return nil, false
		}
		key = [32]byte(opened)
	}
	aead := sealer(key)
	if len(sealed) < aead.NonceSize() {
		return nil, false
	}
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], id[:])
	return plain, err == nil
}

func (s *Snapshots) forget(stream string) {
	if id, ok := customer.IDOf(stream); ok {
		s.store.Forget(id)
	}
}

// keyOf derives the key of a customer's snapshots that this process writes.
func (s *Snapshots) keyOf(id uuid.UUID) (key [32]byte) {
	hash := hmac.New(sha256.New, s.secret[:])
	hash.Write(id[:])
	hash.Sum(key[:0])
	return key
}

func lockBinding(id uuid.UUID) []byte { return append([]byte("snapshot\x00"), id[:]...) }

func sealer(key [32]byte) cipher.AEAD {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // only if the key has another length
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// forgetSnapshot makes a stream's state unknown to the next who asks for it.
func (c *cache[S]) forgetSnapshot(stream string) {
	if c.behind != nil {
		c.behind.forget(stream)
	}
}
