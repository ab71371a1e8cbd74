package vault_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/internal/vault"
)

var ann, bob = uuid.UUID{1}, uuid.UUID{2}

func config(t *testing.T) vault.Config {
	return vault.Config{DatabaseURL: postgrestest.Database(t), Master: vault.Master{Key: filepath.Join(t.TempDir(), "master.key")}}
}

func openVault(t *testing.T, c vault.Config) *vault.Vault {
	t.Helper()
	v, err := vault.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Close)
	return v
}

// seal seals a word for a customer.
func seal(t *testing.T, v *vault.Vault, customer uuid.UUID) []byte {
	t.Helper()
	k, err := v.Key(t.Context(), customer)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := k.Seal([]byte("word"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

// opens tells whether the customer's key, as the vault has it, opens what was sealed.
func opens(t *testing.T, v *vault.Vault, customer uuid.UUID, sealed []byte) error {
	t.Helper()
	keys, err := v.Keys(t.Context(), []uuid.UUID{customer})
	if err != nil {
		return err
	}
	if keys[0] == nil {
		return errors.New("no key")
	}
	_, err = keys[0].Open(sealed, nil)
	return err
}

func query(t *testing.T, url, sql string) (answer string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), sql).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// Many ask for the keys of the same customers at once, in two processes: each customer has one key.
func TestOneKeyForEachCustomer(t *testing.T) {
	c := config(t)
	vaults := []*vault.Vault{openVault(t, c), openVault(t, c)}
	var mu sync.Mutex
	var sealed [][]byte
	var asking sync.WaitGroup
	for i := range 64 {
		asking.Go(func() {
			k, err := vaults[i%2].Key(t.Context(), uuid.UUID{byte(i % 8)})
			if err != nil {
				t.Error(err)
				return
			}
			s, err := k.Seal([]byte("word"), nil)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			sealed = append(sealed, append([]byte{byte(i % 8)}, s...))
		})
	}
	asking.Wait()
	later := openVault(t, c)
	for _, s := range sealed {
		if err := opens(t, later, uuid.UUID{s[0]}, s[1:]); err != nil {
			t.Error(err)
		}
	}
	if n := query(t, c.DatabaseURL, "SELECT count(*)::text FROM vault.keys"); n != "8" {
		t.Errorf("%s keys", n)
	}
}

// A process that ends between making a key and appending the event leaves a key that the next one uses.
func TestAKeyIsKeptBeforeItIsUsed(t *testing.T) {
	c := config(t)
	first := openVault(t, c)
	sealed := seal(t, first, ann)
	first.Close()
	next := openVault(t, c)
	if err := opens(t, next, ann, sealed); err != nil {
		t.Error(err)
	}
	if err := opens(t, next, ann, seal(t, next, ann)); err != nil {
		t.Error(err)
	}
	if n := query(t, c.DatabaseURL, "SELECT count(*)::text FROM vault.keys"); n != "1" {
		t.Errorf("%s keys", n)
	}
}

func TestMasterKey(t *testing.T) {
	c := config(t)
	v := openVault(t, c)
	sealed := seal(t, v, ann)
	v.Close()
	if info, err := os.Stat(c.Master.Key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the master key is %v (%v)", info.Mode(), err)
	}
	refused := func(words string, c vault.Config) {
		t.Helper()
		err := openVault(t, c).Unlock(t.Context())
		if err == nil || !strings.Contains(err.Error(), words) || errors.Is(err, eventstore.ErrUnavailable) {
			t.Errorf("%v, want %q", err, words)
		}
	}
	other := c
	other.Master.Key = filepath.Join(t.TempDir(), "other.key")
	refused("is missing, while the vault holds keys", other)
	if _, err := os.Stat(other.Master.Key); !os.IsNotExist(err) {
		t.Errorf("a master key was made that belongs to nothing: %v", err)
	}
	if err := openVault(t, vault.Config{DatabaseURL: postgrestest.Database(t), Master: other.Master}).Unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
	refused("is not the master key of this vault, which was "+c.Master.Key, other)
	if err := os.Chmod(c.Master.Key, 0o640); err != nil {
		t.Fatal(err)
	}
	refused("may be read by others", c)
	if err := os.Chmod(c.Master.Key, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := opens(t, openVault(t, c), ann, sealed); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(c.Master.Key, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("is not a master key", c)
	other.Master.Key = "hcvault://127.0.0.1/transit/keys/rapport"
	refused("no key management service is known", other)
	query(t, c.DatabaseURL, "DELETE FROM vault.kek RETURNING master")
	refused("restore both from one backup", c)
}

// Keys, the vault's own and the master key are renewed while others use them; what was sealed stays readable.
func TestRotation(t *testing.T) {
	c := config(t)
	running, tool := openVault(t, c), openVault(t, c)
	anns, bobs := seal(t, running, ann), seal(t, running, bob)
	secret, err := running.Pseudonyms(t.Context())
	if err != nil || len(secret) != 32 {
		t.Fatal(secret, err)
	}
	if err := tool.RotateAll(t.Context(), func(renewed int) {
		if renewed != 2 {
			t.Errorf("%d renewed", renewed)
		}
	}); err != nil {
		t.Fatal(err)
	}
	carol := uuid.UUID{3}
	carols := seal(t, tool, carol) // wrapped by the new key of the vault
	newer := seal(t, tool, ann)
	if err := opens(t, running, carol, carols); err != nil {
		t.Error(err)
	}
	next := c
	next.Master.Key = filepath.Join(t.TempDir(), "next.key")
	if err := tool.RotateMaster(t.Context(), next.Master); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(c.Master.Key); err != nil {
		t.Fatal(err)
	}
	running.Forget(ann)
	for name, v := range map[string]*vault.Vault{"running": running, "tool": tool, "next": openVault(t, next)} {
		for customer, sealed := range map[uuid.UUID][][]byte{ann: {anns, newer}, bob: {bobs}, carol: {carols}} {
			for _, s := range sealed {
				if err := opens(t, v, customer, s); err != nil {
					t.Errorf("%s, customer %s: %v", name, customer, err)
				}
			}
		}
		again, err := v.Pseudonyms(t.Context())
		if err != nil || string(again) != string(secret) {
			t.Errorf("%s: the secret of the pseudonyms has changed (%v)", name, err)
		}
	}
	if err := tool.Rotate(t.Context(), uuid.New()); !errors.Is(err, vault.ErrNoKey) {
		t.Errorf("renewed a key that nobody has: %v", err)
	}
	s, err := openVault(t, next).Status(t.Context())
	if err != nil || s.Customers != 3 || s.Destroyed != 0 || s.RotatedAt == nil || s.MasterRotatedAt == nil ||
		s.Master != next.Master.Key || s.OldestKey == nil {
		t.Errorf("%+v, %v", s, err)
	}
}

// untilHeard waits until the vault has heard that a key which it had open was destroyed.
func untilHeard(t *testing.T, v *vault.Vault, customer uuid.UUID, sealed []byte) {
	t.Helper()
	for err := error(nil); !errors.Is(err, eventstore.ErrKeyDestroyed); err = opens(t, v, customer, sealed) {
		if err := t.Context().Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// A key that one process destroys is forgotten by the others, though they had it open.
func TestDestructionIsHeard(t *testing.T) {
	c := config(t)
	here, there := openVault(t, c), openVault(t, c)
	sealed := seal(t, here, ann)
	if err := opens(t, here, ann, sealed); err != nil {
		t.Fatal(err)
	}
	if err := there.Destroy(t.Context(), ann); err != nil {
		t.Fatal(err)
	}
	untilHeard(t, here, ann, sealed)
	if err := there.Destroy(t.Context(), bob); err != nil { // who never had one
		t.Fatal(err)
	}
	if k, err := here.Key(t.Context(), bob); err != nil {
		t.Error(err)
	} else if _, err := k.Seal(nil, nil); !errors.Is(err, eventstore.ErrKeyDestroyed) {
		t.Errorf("a key was made for who was erased: %v", err)
	}
	if s, err := here.Status(t.Context()); err != nil || s.Customers != 0 || s.Destroyed != 2 {
		t.Errorf("%+v, %v", s, err)
	}
}

// wire leads to a database until it is cut.
type wire struct {
	net.Listener
	mu    sync.Mutex
	ends  []net.Conn
	isCut bool
}

// wired answers the database's URL by way of a wire.
func wired(t *testing.T, database string) (*wire, string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{}
	if w.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.cut)
	to := u.Host
	go func() {
		for {
			near, err := w.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", to)
			if err != nil || !w.holds(near, far) {
				near.Close()
				continue
			}
			go func() { _, _ = io.Copy(far, near) }()
			go func() { _, _ = io.Copy(near, far) }()
		}
	}()
	u.Host = w.Addr().String()
	return w, u.String()
}

func (w *wire) holds(ends ...net.Conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ends = append(w.ends, ends...)
	return !w.isCut
}

func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.isCut = true
	w.Close()
	for _, end := range w.ends {
		end.Close()
	}
}

// Without the database, keys that are open go on, and others are said to be unavailable for now.
func TestDatabaseAway(t *testing.T) {
	c := config(t)
	there := openVault(t, c)
	w, url := wired(t, c.DatabaseURL)
	c.DatabaseURL = url
	v, carol := openVault(t, c), uuid.UUID{3}
	carols := seal(t, v, carol)
	if err := there.Destroy(t.Context(), carol); err != nil {
		t.Fatal(err)
	}
	untilHeard(t, v, carol, carols) // it listens by now, so nothing is forgotten for its sake
	sealed := seal(t, v, ann)
	w.cut()
	if err := opens(t, v, ann, sealed); err != nil {
		t.Errorf("a key that was open: %v", err)
	}
	if _, err := v.Key(t.Context(), bob); !errors.Is(err, eventstore.ErrVaultUnavailable) {
		t.Errorf("Key: %v", err)
	}
	if _, err := v.Keys(t.Context(), []uuid.UUID{ann, bob}); !errors.Is(err, eventstore.ErrVaultUnavailable) {
		t.Errorf("Keys: %v", err)
	}
	if err := v.Destroy(t.Context(), bob); !errors.Is(err, eventstore.ErrVaultUnavailable) {
		t.Errorf("Destroy: %v", err)
	}
	if err := openVault(t, c).Unlock(t.Context()); !errors.Is(err, eventstore.ErrVaultUnavailable) {
		t.Errorf("Unlock: %v", err)
	}
}
