package integration_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/history"
	"github.com/rapport-crm/rapport/internal/integration"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/projections"
)

// receiver is another system. refuse says how to answer a delivery; zero takes it.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string
	heads  []http.Header
	refuse func(attempt int) int
	// refuseBody says by what is delivered whether it is not taken.
	refuseBody func(body string) bool
	tries      int
}

func newReceiver(t *testing.T, refuse func(attempt int) int) *receiver {
	r := &receiver{refuse: refuse}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, in *http.Request) {
		body, err := io.ReadAll(in.Body)
		if err != nil {
			t.Error(err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.tries++; refuse != nil {
			if status := r.refuse(r.tries); status != 0 {
				w.WriteHeader(status)
				return
			}
		}
		if r.refuseBody != nil && r.refuseBody(string(body)) {
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		r.bodies, r.heads = append(r.bodies, string(body)), append(r.heads, in.Header.Clone())
	}))
	t.Cleanup(r.Close)
	return r
}

// publisher is a log and an outbox with events, and a service that publishes them to a receiver.
type publisher struct {
	t     *testing.T
	url   string
	conn  *pgx.Conn
	store eventstore.Store
	codec *eventstore.Codec
	end   func()
}

func publish(t *testing.T, to string, events int) *publisher {
	t.Helper()
	p := fillOutbox(t, events)
	p.start(to)
	return p
}

func fillOutbox(t *testing.T, events int) *publisher {
	t.Helper()
	p := &publisher{t: t, url: postgrestest.Database(t), codec: eventstore.NewCodec()}
	conn, err := pgx.Connect(t.Context(), p.url)
	if err != nil {
		t.Fatal(err)
	}
	p.conn = conn
	t.Cleanup(func() { conn.Close(context.Background()) })
	if p.store, err = embedded.Open("log", embedded.Options{FS: vfs.NewMem()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.store.Close() })
	if err := pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error { return projections.OutboxTables.Migrate(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	p.exec("CREATE SCHEMA crm")
	p.exec(`CREATE TABLE crm.subscriptions (subscription text, version bigint, url text, types jsonb, rule text, secret bigint,
		previous_secret_until timestamptz, position bigint, published_on date, retired_on date)`)
	p.exec("INSERT INTO integration.checkpoint (position) VALUES (0)")
	p.exec("INSERT INTO integration.subscription (name, position) VALUES ('publish', 0)")
	for i := range events {
		p.announce(i, "segment.entered", fmt.Sprintf("s%d", i), i, "")
	}
	return p
}

// announce puts an event about a customer into the outbox, as the next in the log.
func (p *publisher) announce(n int, kind, segment string, customer int, more string) {
	p.t.Helper()
	p.exec("UPDATE integration.checkpoint SET position = position + 1")
	p.exec(`INSERT INTO integration.outbox (id, type, subject, data, position) SELECT $1, $2, $3, $4, position FROM integration.checkpoint`,
		numbered(n).String(), "rapport."+kind+".v1", numbered(customer).String(), fmt.Sprintf(`{"segment":%q%s}`, segment, more))
}

func (p *publisher) start(to string) {
	p.t.Helper()
	p.run(to, integration.Config{Attempts: 3, Logger: slog.New(slog.NewTextHandler(p.t.Output(), nil))})
}

// run publishes what is announced to a receiver, by a configuration, in haste.
func (p *publisher) run(to string, c integration.Config) {
	p.t.Helper()
	destination, err := integration.ParseDestination(to)
	if err != nil {
		p.t.Fatal(err)
	}
	own := integration.Subscription{Name: "publish", To: destination, Types: []string{"rapport.*"}, Secrets: [][]byte{[]byte("secret")}}
	if len(c.Configured) > 0 {
		own.Disclosure = c.Configured[0].Disclosure
	}
	if c.Configured = []integration.Subscription{own}; c.Retry == 0 {
		c.Retry, c.RetryMost = 5*time.Millisecond, 10*time.Millisecond
	}
	p.serve(c)
}

// serve sends to those who subscribe, by a configuration.
func (p *publisher) serve(c integration.Config) {
	p.t.Helper()
	c.DatabaseURL, c.Log, c.Poll = p.url, history.NewReader(p.store, p.codec), 5*time.Millisecond
	service, err := integration.New(p.t.Context(), c)
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- service.Run(ctx) }()
	p.end = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			p.t.Errorf("publish: %v", err)
		}
		service.Close()
	})
	p.t.Cleanup(p.end)
}

func (p *publisher) exec(sql string, args ...any) {
	p.t.Helper()
	if _, err := p.conn.Exec(p.t.Context(), sql, args...); err != nil {
		p.t.Fatal(err)
	}
}

func numbered(i int) uuid.UUID { return uuid.NewSHA1(uuid.Nil, []byte(fmt.Sprint(i))) }

// until waits for what a query answers.
func (p *publisher) until(want, sql string) {
	p.t.Helper()
	deadline := time.NewTimer(20 * time.Second)
	defer deadline.Stop()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		got := p.told(sql)
		if got == want {
			return
		}
		select {
		case <-look.C:
		case <-deadline.C:
			p.t.Fatalf("%s: %s, want %s", sql, got, want)
		}
	}
}

// told returns the one text of a query.
func (p *publisher) told(sql string) (text string) {
	p.t.Helper()
	if err := p.conn.QueryRow(p.t.Context(), sql).Scan(&text); err != nil {
		p.t.Fatal(err)
	}
	return text
}

const counts = `SELECT concat_ws(', ', 'dead ' || nullif((SELECT count(*) FROM integration.letter WHERE status = 'dead'), 0),
	'delivered ' || nullif(sum(delivered), 0), 'superseded ' || nullif(sum(superseded), 0),
	'waiting ' || nullif((SELECT count(*) FROM integration.letter WHERE status = 'waiting'), 0)) FROM integration.subscription`

func TestEventsArriveSignedAndInOrder(t *testing.T) {
	r := newReceiver(t, nil)
	p := publish(t, r.URL, 150)
	p.until("delivered 150", counts)
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, body := range r.bodies {
		var e struct {
			SpecVersion, ID, Source, Type, Subject string
			Time                                   time.Time
			Data                                   struct{ Segment string }
		}
		if err := json.Unmarshal([]byte(body), &e); err != nil {
			t.Fatal(err)
		}
		if e.SpecVersion != "1.0" || e.ID != numbered(i).String() || e.Subject != e.ID || e.Data.Segment != fmt.Sprint("s", i) ||
			e.Source != "rapport" || e.Time.IsZero() {
			t.Errorf("event %d: %s", i, body)
		}
		h := r.heads[i]
		want := "v1," + base64.StdEncoding.EncodeToString(
			integration.Sign([]byte("secret"), e.ID, h.Get("Webhook-Timestamp"), []byte(body)))
		if h.Get("Webhook-Id") != e.ID || h.Get("Webhook-Signature") != want ||
			h.Get("Content-Type") != "application/cloudevents+json" {
			t.Errorf("headers of event %d: %v", i, h)
		}
	}
}

// The example of the Standard Webhooks specification's reference libraries.
func TestSignature(t *testing.T) {
	secret, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	got := base64.StdEncoding.EncodeToString(integration.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
		[]byte(`{"test": 2432232314}`)))
	if want := "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestWhatIsRefusedIsTriedAgain(t *testing.T) {
	r := newReceiver(t, func(attempt int) int {
		if attempt < 3 {
			return http.StatusInternalServerError
		}
		return 0
	})
	p := publish(t, r.URL, 2)
	p.until("delivered 2", counts)
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.bodies) != 2 || r.tries != 4 {
		t.Errorf("%d attempts, %d taken", r.tries, len(r.bodies))
	}
}

func TestWhatIsNeverTakenIsSetAside(t *testing.T) {
	r := newReceiver(t, func(attempt int) int {
		if attempt == 1 || attempt == 3 || attempt == 4 {
			return http.StatusFound // where to is not asked
		}
		return 0
	})
	p := publish(t, r.URL, 2)
	p.until("dead 1, delivered 1", counts)
	p.until("the webhook answered 302 Found", "SELECT error FROM integration.letter WHERE status = 'dead'")
	p.exec("UPDATE integration.letter SET status = 'waiting', attempts = 0")
	p.until("delivered 2", counts)
}

// An end in the middle of the attempts is no reason to give up.
func TestAnEndLosesNothing(t *testing.T) {
	tried := make(chan struct{}, 100)
	away := newReceiver(t, func(int) int { tried <- struct{}{}; return http.StatusServiceUnavailable })
	p := publish(t, away.URL, 1)
	<-tried
	p.end()
	p.until("0 0", "SELECT concat_ws(' ', sum(delivered), (SELECT count(*) FROM integration.letter WHERE status = 'dead')) FROM integration.subscription")
	r := newReceiver(t, nil)
	p.start(r.URL)
	p.until("delivered 1", counts)
}

func TestSecret(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	made, err := integration.Secret(file)
	if err != nil || len(made) != 32 {
		t.Fatalf("made %d bytes, %v", len(made), err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	again, err := integration.Secret(file)
	if err != nil || string(again) != string(made) {
		t.Errorf("read again: %v", err)
	}
	if err := os.WriteFile(file, []byte("hunter2"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := integration.Secret(file); err == nil {
		t.Error("any text is a secret")
	}
}

func TestDestination(t *testing.T) {
	for text, signed := range map[string]bool{"http://a": true, "https://a/b?c=d": true, "nats://a:4222/b": false,
		"tls://user:secret@a/crm.segments": false, "amqp://a?exchange=crm": false, "amqps://user:secret@a:5671/shop?exchange=crm": false} {
		if d, err := integration.ParseDestination(text); err != nil || d.Signed() != signed {
			t.Errorf("%s: signed %t, %v", text, !signed, err)
		}
	}
	for _, bad := range []string{"", "https://", "://", "kafka://a/b", "nats://x", "nats://x/", "nats://x/a..b", "nats://x/a.*",
		"amqp://x/a", "amqp://x?exchange=", "amqp://x?exchange=a&b=c", "amqp://u:secret@x", "nats://x/a/b", "nats://x/a.>", "nats://x/a%20b", "nats://x/$JS.a", "nats://x/a?b=c", "nats://u:secret@x", "http://u:secret@x/%zz"} {
		if _, err := integration.ParseDestination(bad); err == nil {
			t.Errorf("%q is taken for a destination", bad)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q tells a password: %v", bad, err)
		}
	}
}
