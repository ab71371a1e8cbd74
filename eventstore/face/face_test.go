package face_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/cockroachdb/pebble/v2/vfs"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/face"
)

// patience is what a test gives a call that ought to answer at once.
const patience = 10 * time.Second

// node is a face over a log of its own, with an official client connected to it.
type node struct {
	*esdb.Client
	log     *embedded.Log
	server  *face.Server
	served  chan error // what Serve answered
	address string
}

type options struct {
	face.Options
	dir string // in memory by default
	now func() time.Time
}

func start(t testing.TB, o options) *node {
	t.Helper()
	onDisk := embedded.Options{Now: o.now}
	if o.dir == "" {
		onDisk.FS, o.dir = vfs.NewMem(), "log"
	}
	log, err := embedded.Open(o.dir, onDisk)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &node{log: log, server: face.New(log, o.Options), served: make(chan error, 1), address: l.Addr().String()}
	go func() { n.served <- n.server.Serve(l) }()
	n.Client = connect(t, "esdb://"+n.address+"?tls=false")
	t.Cleanup(func() {
		n.server.Close()
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

func connect(t testing.TB, url string) *esdb.Client {
	t.Helper()
	client, err := esdb.NewClient(configuration(t, url))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func configuration(t testing.TB, url string) *esdb.Configuration {
	t.Helper()
	c, err := esdb.ParseConnectionString(url)
	if err != nil {
		t.Fatal(err)
	}
	c.Logger = esdb.NoopLogging()
	return c
}

// dial connects past the official client, for what it never sends.
func (n *node) dial(t testing.TB) *grpc.ClientConn {
	t.Helper()
	conn, err := grpc.NewClient(n.address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// event is an event that carries a word.
func event(word string) esdb.EventData {
	return esdb.EventData{EventType: "said", ContentType: esdb.ContentTypeJson, Data: []byte(`"` + word + `"`),
		Metadata: []byte(`{}`)}
}

func events(words ...string) []esdb.EventData {
	out := make([]esdb.EventData, len(words))
	for i, w := range words {
		out[i] = event(w)
	}
	return out
}

func (n *node) append(t *testing.T, stream string, events ...esdb.EventData) *esdb.WriteResult {
	t.Helper()
	result, err := n.AppendToStream(t.Context(), stream, esdb.AppendToStreamOptions{}, events...)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// all drains a read.
func all(read *esdb.ReadStream, err error) ([]*esdb.RecordedEvent, error) {
	if err != nil {
		return nil, err
	}
	defer read.Close()
	var out []*esdb.RecordedEvent
	for {
		e, err := read.Recv()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		out = append(out, e.Event)
	}
}

// words answers what the events say, without the system's own.
func words(events []*esdb.RecordedEvent) string {
	out := ""
	for _, e := range events {
		if e.EventType[0] != '$' {
			out += string(e.Data[1 : len(e.Data)-1])
		}
	}
	return out
}

func codeOf(err error) esdb.ErrorCode {
	var e *esdb.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return -1
}

func TestCloseWaitsForNothingThatIsIdle(t *testing.T) {
	n := start(t, options{})
	n.append(t, "s", event("a"))
	n.server.Close()
	n.server.Close()
	if err := <-n.served; err != nil {
		t.Errorf("Serve ended with %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := all(n.ReadStream(ctx, "s", esdb.ReadStreamOptions{}, 1)); status.Code(err) != codes.Unavailable {
		t.Errorf("a read after Close: %v", err)
	}
}

func TestALogThatIsClosedIsUnavailable(t *testing.T) {
	n := start(t, options{})
	n.append(t, "s", event("a"))
	sub := n.toStream(t, "s", esdb.Start{})
	sub.hears("a!")
	if err := n.log.Close(); err != nil {
		t.Fatal(err)
	}
	sub.ends(codes.Unavailable)
	_, err := n.AppendToStream(patient(t), "s", esdb.AppendToStreamOptions{}, event("b"))
	if codeOf(err) != esdb.ErrorUnavailable {
		t.Errorf("an append: %v", err)
	}
	if _, err := all(n.ReadAll(patient(t), esdb.ReadAllOptions{}, 1)); codeOf(err) != esdb.ErrorUnavailable {
		t.Errorf("a read: %v", err)
	}
}

func TestCloseDoesNotWaitForAClientThatTakesNothing(t *testing.T) {
	n := start(t, options{Options: face.Options{Grace: time.Millisecond}})
	large := event(strings.Repeat("x", 1<<20-10))
	for range 20 {
		n.append(t, "s", large)
	}
	read, err := n.ReadAll(t.Context(), esdb.ReadAllOptions{}, 20)
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	if _, err := read.Recv(); err != nil {
		t.Fatal(err)
	}
	closed := make(chan struct{})
	go func() { defer close(closed); n.server.Close() }()
	select {
	case <-closed:
	case <-time.After(patience):
		t.Fatal("Close waits for a client that does not read")
	}
}
