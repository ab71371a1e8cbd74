package integration_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"github.com/rapport-crm/rapport/internal/integration"
)

// broker is a NATS with a JetStream, at a port of its own.
type broker struct {
	*server.Server
	conn *nats.Conn
}

func startBroker(t *testing.T, port int) *broker {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: t.TempDir(),
		NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	go s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the broker does not start")
	}
	conn, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return &broker{s, conn}
}

// keep makes the stream that keeps what is published under a subject.
func (b *broker) keep(t *testing.T, subject string) nats.JetStreamContext {
	t.Helper()
	js, err := b.conn.JetStream()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.AddStream(&nats.StreamConfig{Name: "crm", Subjects: []string{subject}, Storage: nats.MemoryStorage}); err != nil {
		t.Fatal(err)
	}
	return js
}

// kept answers how many messages the stream has.
func kept(t *testing.T, js nats.JetStreamContext) uint64 {
	t.Helper()
	info, err := js.StreamInfo("crm")
	if err != nil {
		t.Fatal(err)
	}
	return info.State.Msgs
}

func TestAStreamKeepsEveryEventOnceAndInOrder(t *testing.T) {
	b := startBroker(t, -1)
	js := b.keep(t, "crm.segments")
	p := publish(t, b.ClientURL()+"/crm.segments", 150)
	p.until("delivered 150", counts)
	p.exec("UPDATE integration.subscription SET position = 0, seq = 0") // as if it had not been written down that they were taken
	p.until("delivered 300", counts)
	if n := kept(t, js); n != 150 {
		t.Errorf("the stream has %d messages of 150 events", n)
	}
	events, err := js.SubscribeSync("crm.segments", nats.OrderedConsumer())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 150 {
		m, err := events.NextMsg(10 * time.Second)
		if err != nil {
			t.Fatal(err)
		}
		var e struct {
			SpecVersion, ID string
			Data            struct{ Segment string }
		}
		if err := json.Unmarshal(m.Data, &e); err != nil {
			t.Fatal(err)
		}
		if e.SpecVersion != "1.0" || e.ID != numbered(i).String() || e.Data.Segment != fmt.Sprint("s", i) ||
			m.Header.Get(nats.MsgIdHdr) != e.ID || m.Header.Get("content-type") != "application/cloudevents+json" {
			t.Errorf("message %d: %v %s", i, m.Header, m.Data)
		}
	}
}

// signal is a log that tells of each attempt that failed.
type signal chan struct{}

func (s signal) Write(line []byte) (int, error) {
	select {
	case s <- struct{}{}:
	default:
	}
	return len(line), nil
}

func (s signal) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(s, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

func TestABrokerThatIsAwayLosesNothing(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	p, failed := fillOutbox(t, 3), make(signal, 1)
	p.run("nats://127.0.0.1:"+strconv.Itoa(port)+"/crm.segments",
		integration.Config{Attempts: 1_000_000, Logger: failed.logger()})
	<-failed
	b := startBroker(t, port) // without a stream, nobody keeps what is published
	<-failed
	js := b.keep(t, "crm.*")
	p.until("delivered 3", counts)
	if n := kept(t, js); n != 3 {
		t.Errorf("the stream has %d messages of 3 events", n)
	}
}

// Somebody who listens is no stream: only what a stream acknowledged is delivered.
func TestABrokerThatDoesNotAnswerIsGivenUp(t *testing.T) {
	b := startBroker(t, -1)
	if _, err := b.conn.Subscribe("crm.segments", func(*nats.Msg) {}); err != nil {
		t.Fatal(err)
	}
	if err := b.conn.Flush(); err != nil {
		t.Fatal(err)
	}
	p := fillOutbox(t, 1)
	p.run(b.ClientURL()+"/crm.segments", integration.Config{Attempts: 2, Timeout: 50 * time.Millisecond})
	p.until("dead 1", counts)
	p.until("sending message failed: nats: timeout", "SELECT error FROM integration.letter")
}

// A broker that takes the connection and says nothing keeps nobody from ending.
func TestABrokerThatHangsKeepsWhatIsPending(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			defer conn.Close() // with the listener, not before
		}
	}()
	p, failed := fillOutbox(t, 1), make(signal, 1)
	p.run("nats://"+l.Addr().String()+"/crm.segments",
		integration.Config{Attempts: 1_000_000, Timeout: 50 * time.Millisecond, Logger: failed.logger()})
	<-failed
	p.end()
	p.until("0 0", "SELECT concat_ws(' ', sum(delivered), (SELECT count(*) FROM integration.letter WHERE status = 'dead')) FROM integration.subscription")
}
