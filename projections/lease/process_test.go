package lease_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/projections/lease"
)

// takeover is what is promised, from the moment at which the holder hangs.
const takeover = 15 * time.Second

// The test's binary is also the process that holds the lease and is stopped or killed.
func TestMain(m *testing.M) {
	if url := os.Getenv("RAPPORT_TEST_HOLDER"); url != "" {
		ttl, err := time.ParseDuration(os.Getenv("RAPPORT_TEST_TTL"))
		if err == nil {
			err = beHolder(url, ttl, os.Getenv("RAPPORT_TEST_WORK"))
		}
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// beHolder holds the lease again and again. Its work is "count": it counts up in transactions of its own; or "page":
// it begins one transaction, and ends it when a line comes in.
func beHolder(url string, ttl time.Duration, work string) error {
	ctx := context.Background()
	l, err := lease.Open(url, lease.Options{Name: "read-models", TTL: ttl})
	if err != nil {
		return err
	}
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return err
	}
	l.Harden(config)
	for {
		h, err := l.Hold(ctx)
		if err != nil {
			return err
		}
		conn, err := pgx.ConnectConfig(ctx, config)
		if err != nil {
			return err
		}
		if work == "page" {
			return writePage(ctx, conn, h)
		}
		for err == nil {
			err = fenced(ctx, conn, h, func(tx pgx.Tx) error { return count(ctx, tx, h.Epoch()) })
		}
		fmt.Println("lost:", err)
		h.Release()
		conn.Close(ctx)
	}
}

func count(ctx context.Context, tx pgx.Tx, epoch int64) error {
	_, err := tx.Exec(ctx, "WITH n AS (UPDATE counter SET n = n + 1 RETURNING n) INSERT INTO counted SELECT n, $1 FROM n", epoch)
	return err
}

func writePage(ctx context.Context, conn *pgx.Conn, h *lease.Held) error {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	if err := h.Fence(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "UPDATE shelf SET by = 'first'"); err != nil {
		return err
	}
	fmt.Println("open")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	fmt.Println("committed:", tx.Commit(ctx))
	again, err := pgx.ConnectConfig(ctx, conn.Config())
	if err != nil {
		return err
	}
	fmt.Println("next:", fenced(ctx, again, h, nothing))
	<-h.Done()
	fmt.Println("lost:", h.Err())
	return io.EOF
}

type process struct {
	cmd   *exec.Cmd
	in    io.Writer
	lines *bufio.Scanner
}

func startHolder(t *testing.T, url string, ttl time.Duration, work string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "RAPPORT_TEST_HOLDER="+url, "RAPPORT_TEST_TTL="+ttl.String(), "RAPPORT_TEST_WORK="+work)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return &process{cmd, in, bufio.NewScanner(out)}
}

func (p *process) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// says waits for a line that begins so, and returns the rest of it.
func (p *process) says(t *testing.T, prefix string) string {
	t.Helper()
	for p.lines.Scan() {
		if rest, ok := strings.CutPrefix(p.lines.Text(), prefix); ok {
			return rest
		}
		t.Errorf("the process said %q instead of %q", p.lines.Text(), prefix)
	}
	t.Fatalf("the process ended without %q", prefix)
	return ""
}

// The holder is stopped in the middle of a transaction that has rows locked which the next one must write.
func TestTakeoverFromStopped(t *testing.T) {
	t.Parallel()
	url := postgrestest.Database(t)
	db := connect(t, url)
	run(t, db, "CREATE TABLE shelf (by text)")
	run(t, db, "INSERT INTO shelf VALUES ('nobody')")
	p := startHolder(t, url, 0, "page")
	p.says(t, "open")
	p.signal(t, syscall.SIGSTOP)
	stopped := time.Now()
	h := hold(t, open(t, url, lease.Options{}))
	write := func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE shelf SET by = 'second'")
		return err
	}
	if err := fenced(t.Context(), db, h, write); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(stopped); took > takeover {
		t.Errorf("the takeover took %v", took)
	} else {
		t.Logf("wrote %v after the holder was stopped", took.Round(time.Millisecond))
	}
	p.signal(t, syscall.SIGCONT)
	fmt.Fprintln(p.in)
	if said := p.says(t, "committed:"); said == " <nil>" {
		t.Error("the transaction that was open at the takeover was committed")
	}
	if said := p.says(t, "next:"); !strings.Contains(said, lease.ErrLost.Error()) {
		t.Errorf("the next transaction of who lost the lease: %s", said)
	}
	if said := p.says(t, "lost:"); !strings.Contains(said, lease.ErrLost.Error()) {
		t.Errorf("who lost the lease was told:%s", said)
	}
	var by string
	if err := db.QueryRow(t.Context(), "SELECT by FROM shelf").Scan(&by); err != nil || by != "second" {
		t.Errorf("the row is by %s (%v)", by, err)
	}
}

// A killed holder's lease ends with its connections: a restart does not wait for the TTL.
func TestTakeoverFromKilled(t *testing.T) {
	t.Parallel()
	url := postgrestest.Database(t)
	db := connect(t, url)
	run(t, db, "CREATE TABLE shelf (by text)")
	p := startHolder(t, url, time.Hour, "page")
	p.says(t, "open")
	p.signal(t, syscall.SIGKILL)
	killed := time.Now()
	h := hold(t, open(t, url, lease.Options{}))
	if took := time.Since(killed); took > takeover {
		t.Errorf("the takeover took %v", took)
	}
	if err := fenced(t.Context(), db, h, nothing); err != nil {
		t.Error(err)
	}
}

// Processes that are stopped, woken and killed at random race for the lease. Each counts up in one row, so that the
// numbers tell in which order their transactions were committed: no older epoch may stand behind a newer one.
func TestRace(t *testing.T) {
	t.Parallel()
	url := postgrestest.Database(t)
	db := connect(t, url)
	run(t, db, "CREATE TABLE counter (n bigint)")
	run(t, db, "CREATE TABLE counted (n bigint PRIMARY KEY, epoch bigint)")
	run(t, db, "INSERT INTO counter VALUES (0)")
	var racing [3]*process
	for i := range racing {
		racing[i] = startHolder(t, url, short, "count")
	}
	written := func() (n int) {
		if err := db.QueryRow(t.Context(), "SELECT count(DISTINCT epoch) FROM counted").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for round := range 8 {
		waitUntil(t, func() bool { return written() > round })
		holder := read(t, db).PID
		i := slices.IndexFunc(racing[:], func(p *process) bool { return p.cmd.Process.Pid == holder })
		if i < 0 {
			continue // it was killed a moment ago
		}
		if rand.IntN(3) == 0 {
			racing[i].signal(t, syscall.SIGKILL)
			racing[i] = startHolder(t, url, short, "count")
			continue
		}
		racing[i].signal(t, syscall.SIGSTOP)
		waitUntil(t, func() bool { return read(t, db).PID != holder })
		racing[i].signal(t, syscall.SIGCONT)
	}
	rows, err := db.Query(t.Context(), "SELECT n, epoch FROM counted ORDER BY n")
	if err != nil {
		t.Fatal(err)
	}
	var n, epoch, last, want int64
	if _, err := pgx.ForEachRow(rows, []any{&n, &epoch}, func() error {
		want++
		if n != want {
			return fmt.Errorf("number %d follows on %d", n, want-1)
		}
		if epoch < last {
			return fmt.Errorf("at %d, epoch %d wrote behind epoch %d", n, epoch, last)
		}
		last = epoch
		return nil
	}); err != nil {
		t.Error(err)
	}
	t.Logf("%d transactions by %d holders", want, written())
}
