package lease_test

import (
	"errors"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/projections/lease"
)

// wire is a way to the database that can be cut: what is sent is swallowed, and neither end hears that.
type wire struct {
	url string

	mu   sync.Mutex
	cut  bool
	wait *sync.Cond
}

func stretch(t *testing.T, database string) *wire {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	behind := u.Host
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	u.Host = l.Addr().String()
	w := &wire{url: u.String()}
	w.wait = sync.NewCond(&w.mu)
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", behind)
			if err != nil {
				near.Close()
				continue
			}
			go w.carry(near, far)
			go w.carry(far, near)
		}
	}()
	return w
}

func (w *wire) carry(to, from net.Conn) {
	buffer := make([]byte, 1<<16)
	for {
		n, err := from.Read(buffer)
		w.mu.Lock()
		for w.cut {
			w.wait.Wait()
		}
		w.mu.Unlock()
		if err != nil {
			to.Close()
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			from.Close()
			_, _ = io.Copy(io.Discard, from)
			return
		}
	}
}

func (w *wire) set(cut bool) {
	w.mu.Lock()
	w.cut = cut
	w.mu.Unlock()
	w.wait.Broadcast()
}

// The holder is cut off in the middle of a transaction. It learns by itself that it lost, before another has the
// lease; what it sends when the wire is mended comes too late.
func TestTakeoverFromCutOff(t *testing.T) {
	t.Parallel()
	url := postgrestest.Database(t)
	w := stretch(t, url)
	db := connect(t, url)
	run(t, db, "CREATE TABLE shelf (by text)")
	run(t, db, "INSERT INTO shelf VALUES ('nobody')")
	first := hold(t, open(t, w.url, lease.Options{}))
	tx, err := connect(t, w.url).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Fence(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "UPDATE shelf SET by = 'first'"); err != nil {
		t.Fatal(err)
	}
	w.set(true)
	cut := time.Now()
	taken := make(chan *lease.Held)
	go func() {
		h, err := open(t, url, lease.Options{}).Hold(t.Context())
		if err != nil {
			t.Error(err)
		}
		taken <- h
	}()
	var second *lease.Held
	select {
	case <-first.Done():
		t.Logf("the holder knew after %v", time.Since(cut).Round(time.Millisecond))
		second = <-taken
	case second = <-taken:
		t.Error("another had the lease before the holder knew that it lost it")
	}
	defer second.Release()
	if err := fenced(t.Context(), db, second, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE shelf SET by = 'second'")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(cut); took > takeover {
		t.Errorf("the takeover took %v", took)
	}
	if err := ended(t, first, takeover); !errors.Is(err, lease.ErrLost) {
		t.Errorf("the holder was told %v", err)
	}
	w.set(false)
	if err := tx.Commit(t.Context()); err == nil {
		t.Error("a transaction from before the takeover was committed after it")
	}
	if err := fenced(t.Context(), connect(t, w.url), first, nothing); !errors.Is(err, lease.ErrLost) {
		t.Errorf("who lost the lease gets through the fence: %v", err)
	}
	var by string
	if err := db.QueryRow(t.Context(), "SELECT by FROM shelf").Scan(&by); err != nil || by != "second" {
		t.Errorf("the row is by %s (%v)", by, err)
	}
}
