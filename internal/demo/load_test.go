package demo_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/demo"
)

// serve runs a server over a log in memory, without read models, and answers a client of it.
func serve(t *testing.T) *client.Client {
	t.Helper()
	logger := slog.New(slog.DiscardHandler)
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem(), Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(api.New(api.Config{Local: true, Logger: logger,
		Commands: commands.New(log, eventstore.NewCodec(), commands.Options{})}))
	t.Cleanup(server.Close)
	c, err := client.New(server.URL, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAServerTakesWhatDepartmentsDo(t *testing.T) {
	c := serve(t)
	o := demo.Options{Customers: 150, Until: 20_000, Departments: true}
	first, err := demo.Load(t.Context(), c, o, io.Discard)
	if err != nil || first.Refused > 0 || first.Appended < 3000 {
		t.Fatalf("%+v, %v", first, err)
	}
}

func TestAServerTakesEverythingOnce(t *testing.T) {
	c := serve(t)
	o := demo.Options{Customers: 150, Until: 20_000}
	var progress strings.Builder
	first, err := demo.Load(t.Context(), c, o, &progress)
	if err != nil || first.Refused > 0 || first.Known > 0 || first.Appended != first.Commands {
		t.Fatalf("%+v, %v", first, err)
	}
	if !strings.HasPrefix(progress.String(), "making up customers: ") {
		t.Errorf("progress was %q", &progress)
	}
	second, err := demo.Load(t.Context(), c, o, io.Discard)
	if err != nil || second.Refused > 0 || second.Appended > 0 || second.Known != first.Commands {
		t.Errorf("%+v, %v", second, err)
	}
	for _, s := range demo.Segments { // a definition that differs in nothing but the title is the second event
		var answer struct{ Revision int }
		err := c.Do(t.Context(), http.MethodPut, "/v1/segments/"+s.Name, map[string]string{"rule": s.Rule}, &answer)
		if err != nil || answer.Revision != 1 {
			t.Errorf("%s is at revision %d, %v", s.Name, answer.Revision, err)
		}
	}
}
