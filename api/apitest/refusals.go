// Package apitest tells the domain's stories over HTTP. It must not know what they are about.
package apitest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// Suite is the stories of one kind of stream.
type Suite[S any, N domain.Needing] struct {
	Stories []domaintest.Story[S, N]
	// Stream is the one that they tell of; empty where each tells of a customer of its own.
	Stream string
	// Now is what time it is; some day in 2030, long after all that stories tell of, unless it is given.
	Now time.Time
	// Asked is what apps ask for, the last of which is refused, by the rejection's code. It is for rejections of which
	// stories tell by what is no app's command.
	Asked map[string][]Ask
	// Unreachable says why apps cannot provoke a rejection, by its code.
	Unreachable map[string]string
}

// Ask is one request.
type Ask struct{ Method, Path, Body string }

// Refusals tells every story of a refusal over HTTP: what was given stands in the log, what is asked is asked on its
// route. The answer has to be a problem of status 4xx, and nothing may be appended. Every rejection that the
// package under test declares has to be provoked by one of them, or be Unreachable.
func (s Suite[S, N]) Refusals(t *testing.T) {
	t.Helper()
	if s.Now.IsZero() {
		s.Now = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	}
	told, servers := map[string]bool{}, servers{}
	for n, story := range s.Stories {
		command, given := domaintest.Circumstances(story.When)
		route, ok := api.RouteOf(command)
		if !ok || story.Refused == nil {
			continue
		}
		stream := cmp.Or(s.Stream, customer.Stream(uuid.NewSHA1(uuid.NameSpaceOID, []byte(story.Name))))
		r := newRequest(t, stream, command, route)
		putBack(r, given)
		w := servers.with(t, s.Now, r.given, s.Stream != "", n)
		t.Run(story.Name, func(t *testing.T) {
			w.given(t, stream, asEvents(story.Given), longAgo)
			w.mergedInto(t, stream, asEvents(story.Given))
			told[w.provoke(t, r, story.Refused)] = true
		})
	}
	for code, asks := range s.Asked {
		t.Run(code, func(t *testing.T) { told[newWorld(t, s.Now).askAll(t, asks)] = true })
	}
	for _, code := range domaintest.Declared(t) {
		reason, listed := s.Unreachable[code]
		switch {
		case told[code] && listed:
			t.Errorf("apps can provoke %s, though it is said that they cannot: %s", code, reason)
		case !told[code] && !listed:
			t.Errorf("no story provokes %s over HTTP", code)
		}
		delete(s.Unreachable, code)
	}
	for code := range s.Unreachable {
		t.Errorf("%s is not declared here", code)
	}
}

// provoke answers the code of the rejection.
func (w *world) provoke(t *testing.T, r *request, refused *domain.Rejection) string {
	before := w.head(t)
	ask := Ask{r.route.Method, r.path, r.body()}
	status, problem := w.ask(t, ask)
	if id := r.route.IDField; id != "" && refused.Field == id && r.members[id] == nil && problem.Code != refused.Code {
		return refused.Code // where apps give no id, one is made for them
	}
	if problem.Code == "field_missing" && problem.Errors[0].Location == "body."+refused.Field && r.members[refused.Field] == nil {
		problem.Code = refused.Code // an id that is left out is missed before the domain is asked
	}
	w.checkRefused(t, ask, before, status, problem)
	return problem.Code
}

// askAll answers the code of the last request's rejection.
func (w *world) askAll(t *testing.T, asks []Ask) string {
	last := len(asks) - 1
	for _, ask := range asks[:last] {
		if status, problem := w.ask(t, ask); status/100 != 2 {
			t.Fatalf("%+v: %d %+v", ask, status, problem)
		}
	}
	before := w.head(t)
	status, problem := w.ask(t, asks[last])
	w.checkRefused(t, asks[last], before, status, problem)
	return problem.Code
}

func (w *world) checkRefused(t *testing.T, ask Ask, before eventstore.Position, status int, problem api.Problem) {
	if status/100 != 4 || problem.Status != status {
		t.Errorf("%+v: %d %+v", ask, status, problem)
	}
	if after := w.head(t); after != before {
		t.Errorf("something was appended: the log grew from %d to %d", before, after)
	}
}

func asEvents[S any](given []domain.EventOf[S]) []domain.Event {
	events := make([]domain.Event, len(given))
	for i, e := range given {
		events[i] = e
	}
	return events
}

// world is a server over a log of its own.
type world struct {
	store  eventstore.Store
	codec  *eventstore.Codec
	server *httptest.Server
}

// servers are the worlds of a suite, by what was given in other streams than the stories'.
type servers map[string]*world

// with answers a world in which that is given; one for this story alone, where its stream is that of others too.
func (s servers) with(t *testing.T, now time.Time, facts []given, alone bool, story int) *world {
	t.Helper()
	key := fmt.Sprintf("%+v", facts)
	if alone {
		key = fmt.Sprint(story)
	}
	if w := s[key]; w != nil {
		return w
	}
	w := newWorld(t, now)
	for _, g := range facts {
		w.given(t, g.stream, g.events, now)
	}
	s[key] = w
	return w
}

func newWorld(t *testing.T, now time.Time) *world {
	t.Helper()
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{store: log, codec: eventstore.NewCodec()}
	clock := func() time.Time { return now }
	handler := api.New(api.Config{Now: clock, Head: log.Head, Local: true, Logger: slog.New(slog.DiscardHandler),
		Commands: commands.New(log, w.codec, commands.Options{Now: clock, Purchases: nobody})})
	document, err := DocumentOf(handler)
	if err != nil {
		t.Fatal(err)
	}
	w.server = httptest.NewServer(document.Watch(t, handler))
	t.Cleanup(func() {
		w.server.Close()
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// nobody bought anything.
func nobody(context.Context, value.Fit) (value.Base, error) { return value.Base{}, nil }

// longAgo is before all that stories tell of, so that what they ask for comes after what was given.
var longAgo = time.Unix(0, 0)

// given appends facts, which happened at a moment unless the story says when.
func (w *world) given(t *testing.T, stream string, events []domain.Event, at time.Time) {
	t.Helper()
	for _, e := range events {
		at := at
		e, moment, told := domaintest.Moment(e)
		if told {
			at = moment
		}
		p, err := w.codec.Encode(t.Context(), stream, uuid.New(), e, domain.Metadata{CommandID: uuid.New(), OccurredAt: at})
		if err == nil {
			_, err = w.store.Append(t.Context(), stream, eventstore.Any, []eventstore.Proposed{p})
		}
		if err != nil {
			t.Fatalf("append %s to %s: %v", e.EventType(), stream, err)
		}
	}
}

// mergedInto lets the survivors know of the merges that a customer's stream tells of.
func (w *world) mergedInto(t *testing.T, stream string, events []domain.Event) {
	t.Helper()
	id, _ := customer.IDOf(stream)
	for _, e := range events {
		if merged, ok := e.(customer.Merged); ok {
			w.given(t, customer.Stream(merged.Into), []domain.Event{customer.Absorbed{AbsorbedID: id, SurvivorID: merged.Into}}, longAgo)
		}
	}
}

func (w *world) head(t *testing.T) eventstore.Position {
	t.Helper()
	head, err := w.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head
}

// ask answers the status, and the problem if it is one.
func (w *world) ask(t *testing.T, ask Ask) (int, api.Problem) {
	t.Helper()
	asked, err := http.NewRequestWithContext(t.Context(), ask.Method, w.server.URL+ask.Path, strings.NewReader(ask.Body))
	if err != nil {
		t.Fatal(err)
	}
	asked.Header.Set("Content-Type", "application/json")
	answer, err := w.server.Client().Do(asked)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var problem api.Problem
	if answer.StatusCode/100 == 2 {
		return answer.StatusCode, problem
	}
	if got := answer.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("%d is no problem but %s: %s", answer.StatusCode, got, text)
	}
	if err := json.Unmarshal(text, &problem); err != nil {
		t.Fatalf("read %s: %v", text, err)
	}
	return answer.StatusCode, problem
}
