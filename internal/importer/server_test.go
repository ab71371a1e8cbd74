package importer_test

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/client"
)

// testServer is a server in this process, over a log in memory and without read models.
type testServer struct {
	URL string
	log *embedded.Log
}

// serve runs a server until the test ends.
func serve(t *testing.T) *testServer {
	t.Helper()
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	service := commands.New(log, eventstore.NewCodec(), commands.Options{
		Now: func() time.Time { return time.Date(2022, 2, 3, 0, 0, 0, 0, time.UTC) }})
	handler := api.New(api.Config{Local: true, Commands: service, Logger: slog.New(slog.DiscardHandler)})
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return &testServer{URL: server.URL, log: log}
}

// client answers a client of the server.
func (s *testServer) client(t *testing.T, o client.Options) *client.Client {
	t.Helper()
	c, err := client.New(s.URL, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// recorded answers all events in the order of the log.
func (s *testServer) recorded(t *testing.T) []domain.Recorded {
	t.Helper()
	codec := eventstore.NewCodec()
	var out []domain.Recorded
	for record, err := range s.log.ReadAll(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		event, err := codec.Decode(t.Context(), record)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, event)
	}
	return out
}

// streams answers what each stream tells: when each event occurred, and what it says.
func (s *testServer) streams(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, r := range s.recorded(t) {
		text := fmt.Sprintf("%s %s %+v", r.Metadata.OccurredAt, r.Event.EventType(), r.Event)
		out[r.Stream] = append(out[r.Stream], text)
	}
	return out
}

// counted returns what counts for each customer but registrations, in the order in which it happened.
func (s *testServer) counted(t *testing.T) map[string][]string {
	t.Helper()
	all, out := s.recorded(t), map[string][]string{}
	for _, r := range all {
		id, ok := customer.IDOf(r.Stream)
		if _, known := out[r.Stream]; !ok || known {
			continue
		}
		out[r.Stream] = []string{}
		for _, f := range customer.Facts(id, all) {
			if _, registered := f.Event.(customer.Registered); !registered {
				out[r.Stream] = append(out[r.Stream], fmt.Sprintf("%s %s %+v", f.Metadata.OccurredAt, f.Event.EventType(), f.Event))
			}
		}
		slices.Sort(out[r.Stream])
	}
	return out
}
