package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
)

// Who follows the log gets every event once, in order, however often they are cut off: each event has its position, and they
// go on behind the last that they have. What is personal in an event is left out, so that following shows nobody to anybody.

const (
	eventStream = "text/event-stream"
	// followedAtOnce is how many events of the log are read at once, and mostEvents how many an answer has.
	followedAtOnce = 100
	mostEvents     = 1000
	// heartbeat is how often who follows hears something, so that both ends know that the connection stands.
	heartbeat = 15 * time.Second
	// mostFollowers is how many follow a stream at once; others are refused.
	mostFollowers = 1000
)

// follow is what is asked of the log.
type follow struct {
	after     eventstore.Position
	types     []string // names, or beginnings of names with a star behind
	customers []string // their streams
	limit     int
	wait      time.Duration
	access    bool // events about who may do what, and who looked
}

// told is an event as it is answered.
type told struct {
	Position   uint64     `json:"position" doc:"Its place in the log, to follow from"`
	ID         uuid.UUID  `json:"id"`
	Type       string     `json:"type" example:"customer.purchase_recorded.v1"`
	Stream     string     `json:"stream"`
	Revision   uint64     `json:"revision" doc:"Its place in the stream"`
	CustomerID *uuid.UUID `json:"customer_id" doc:"Whose stream it stands in; null where it is of no customer"`
	Of         *uuid.UUID `json:"of" doc:"The absorbed customer whose thing it concerns; null where there is none"`
	OccurredAt time.Time  `json:"occurred_at"`
	RecordedAt time.Time  `json:"recorded_at"`
	Actor      string     `json:"actor,omitempty"`
	Source     string     `json:"source,omitempty"`
	Department string     `json:"department,omitempty"`
	Channel    string     `json:"channel,omitempty"`
	CommandID  uuid.UUID  `json:"command_id" doc:"The command that led to it"`
	// CorrelationID is that of the request.
	CorrelationID uuid.UUID    `json:"correlation_id" doc:"What it belongs to: the X-Request-Id by which the command came, or what follows from that"`
	Data          domain.Event `json:"data" doc:"The event, as docs/events.md describes it; what is personal in it is empty"`
}

func (s *server) eventRoutes() {
	events := &huma.Schema{Type: huma.TypeArray, Items: s.toldSchema(), MaxItems: ptr(mostEvents)}
	page := s.schemaNamed("EventPage", &huma.Schema{Type: huma.TypeObject, Required: []string{"events", "position", "caught_up"},
		AdditionalProperties: false, Properties: map[string]*huma.Schema{"events": events,
			"position":  {Type: huma.TypeInteger, Format: "int64", Description: "Follow from here"},
			"caught_up": {Type: huma.TypeBoolean, Description: "Nothing more was there"}}})
	text, number := huma.TypeString, &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: ptr(0.0)}
	param := func(name, in, about string, schema *huma.Schema) *huma.Param {
		return &huma.Param{Name: name, In: in, Description: about, Schema: schema}
	}
	op := &huma.Operation{OperationID: "followEvents", Method: http.MethodGet, Path: "/v1/events", Tags: []string{"events"},
		Summary: "Follow the log",
		Description: "The events behind a position, in order; with `wait_s` the answer waits for the next one. Asked for as " +
			"text/event-stream, events are sent as they are recorded, each with its position as id: who is cut off comes again with it as " +
			"Last-Event-ID, and misses and doubles nothing. What is personal is left out of events. Who takes nothing for too long is cut off.",
		Parameters: []*huma.Param{
			param("position", "query", "Begin behind it; 0: at the beginning", number),
			param("types", "query", "Names of types, separated by commas; a star at the end stands for any ending: customer.case_*",
				&huma.Schema{Type: text, MaxLength: ptr(1000)}),
			{Name: "customer_id", In: "query", Description: "Only of these customers' streams", Explode: ptr(true),
				Schema: &huma.Schema{Type: huma.TypeArray, MaxItems: ptr(50), Items: &huma.Schema{Type: text, Format: "uuid"}}},
			param("limit", "query", "How many events at most", &huma.Schema{Type: huma.TypeInteger, Minimum: ptr(1.0), Maximum: ptr(float64(mostEvents))}),
			param("wait_s", "query", "How long to wait for an event, s", &huma.Schema{Type: huma.TypeInteger, Minimum: ptr(0.0), Maximum: ptr(30.0)}),
			param("Last-Event-ID", "header", "The id of the last event that was received: goes before position", number)},
		Responses: map[string]*huma.Response{"200": {Description: "Events", Content: map[string]*huma.MediaType{
			"application/json": {Schema: page}, eventStream: {Schema: streamed()}}}}}
	followers := make(chan struct{}, mostFollowers)
	s.documented(op, access.Apps|access.Auditors, func(w http.ResponseWriter, r *http.Request) int {
		f, err := readFollow(r)
		if err != nil {
			return s.refuse(w, err, inQuery)
		}
		f.access = access.Auditors.IncludeAny(callerOf(r.Context()).roles)
		if strings.Contains(r.Header.Get("Accept"), eventStream) {
			select {
			case followers <- struct{}{}:
				defer func() { <-followers }()
				return s.streamEvents(w, r, f)
			default:
				return s.refuse(w, problem(http.StatusServiceUnavailable, "followers_too_many", "as many follow the log as may").retry(10), nil)
			}
		}
		return s.pollEvents(w, r, f)
	})
}

// toldSchema is what an event looks like. Its data are one of many shapes.
func (s *server) toldSchema() *huma.Schema {
	out := huma.SchemaFromType(s.huma.OpenAPI().Components.Schemas, reflect.TypeFor[told]())
	out.Properties["data"] = &huma.Schema{Type: huma.TypeObject, Nullable: true, AdditionalProperties: true,
		Description: "The event, as docs/events.md describes it; what is personal in it is empty. Null where this server does not know the type"}
	sayNullsOf(out, reflect.TypeFor[told]())
	return s.schemaNamed("Event", out)
}

func readFollow(r *http.Request) (f follow, err error) {
	f.limit = followedAtOnce
	number := func(location, text string, least, most uint64) (uint64, error) {
		n, err := strconv.ParseUint(text, 10, 63)
		if err != nil || n < least || n > most {
			return 0, malformed(location, "parameter_malformed", "this is a number from %d to %d", least, most)
		}
		return n, nil
	}
	for name, values := range r.URL.Query() {
		at, n := "query."+name, uint64(0)
		if len(values) > 1 && name != "customer_id" {
			return f, malformed(at, "parameter_repeated", "%s is given once", name)
		}
		switch name {
		case "position":
			n, err = number(at, values[0], 0, 1<<62)
			f.after = eventstore.Position(n)
		case "limit":
			n, err = number(at, values[0], 1, mostEvents)
			f.limit = int(n)
		case "wait_s":
			n, err = number(at, values[0], 0, 30)
			f.wait = time.Duration(n) * time.Second
		case "types":
			f.types = strings.Split(values[0], ",")
		case "customer_id":
			for _, text := range values {
				id, err := canonicalID(text)
				if err != nil || len(values) > 50 {
					return f, malformed(at, "customer_id_malformed", "customers are named by UUIDs, 50 at most")
				}
				f.customers = append(f.customers, customer.Stream(id))
			}
		default:
			err = malformed(at, "filter_unknown", "events know no parameter %s", name)
		}
		if err != nil {
			return f, err
		}
	}
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		n, err := number("header.Last-Event-ID", last, 0, 1<<62)
		if err != nil {
			return f, err
		}
		f.after = eventstore.Position(n)
	}
	return f, nil
}

// wants reports whether an event is one that was asked for.
func (f *follow) wants(e *history.Told) bool {
	if strings.HasPrefix(e.Type, "access.") && !f.access || strings.HasPrefix(e.Type, "identity.") {
		return false
	}
	if len(f.customers) > 0 && !slices.Contains(f.customers, e.Stream) {
		return false
	}
	return len(f.types) == 0 || subscription.Matches(f.types, e.Type)
}

func writeTold(b *bytes.Buffer, e *history.Told) error {
	out := told{Position: e.Position, ID: e.ID, Type: e.Type, Stream: e.Stream, Revision: e.Revision, OccurredAt: e.Metadata.OccurredAt,
		RecordedAt: e.RecordedAt, Actor: e.Metadata.Actor, Source: e.Metadata.Source, Department: e.Metadata.Department,
		Channel: e.Metadata.Channel, CommandID: e.Metadata.CommandID, CorrelationID: e.Metadata.CorrelationID, Data: e.Event}
	if id, ok := customer.IDOf(e.Stream); ok {
		out.CustomerID = &id
	}
	if e.Metadata.Of != uuid.Nil {
		out.Of = &e.Metadata.Of
	}
	return json.MarshalWrite(b, out)
}

// pollEvents answers what is there, and waits for it where there is nothing.
func (s *server) pollEvents(w http.ResponseWriter, r *http.Request, f follow) int {
	s.allow(w, s.limits.Request+f.wait)
	ctx, cancel := context.WithTimeout(r.Context(), s.limits.Request+f.wait)
	defer cancel()
	waited := time.Now().Add(f.wait)
	var b bytes.Buffer
	b.WriteString(`{"events":[`)
	position, caughtUp, events := f.after, false, 0
	waiting, stop := context.WithCancel(ctx)
	defer stop()
	for run, err := range s.replays.Follow(waiting, f.after, min(f.limit, followedAtOnce)) {
		if err != nil && waiting.Err() != nil && ctx.Err() == nil {
			break // the time to wait is over
		}
		if err != nil {
			return s.refuse(w, err, inQuery)
		}
		for i := range run.Events {
			if !f.wants(&run.Events[i]) {
				continue
			}
			if events++; events > 1 {
				b.WriteByte(',')
			}
			if err := writeTold(&b, &run.Events[i]); err != nil {
				return s.refuse(w, err, inQuery)
			}
		}
		position, caughtUp = run.Next, run.CaughtUp
		if events > 0 || caughtUp && !time.Now().Before(waited) {
			break
		}
		if caughtUp {
			time.AfterFunc(time.Until(waited), stop)
		}
	}
	fmt.Fprintf(&b, "],\"position\":%d,\"caught_up\":%t}\n", position, caughtUp)
	w.Header()["Content-Type"] = jsonType
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(b.Bytes()) // the caller may be gone
	return http.StatusOK
}

// streamEvents sends events as they are recorded, until who follows is gone, or takes nothing for too long.
func (s *server) streamEvents(w http.ResponseWriter, r *http.Request, f follow) int {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	w.Header().Set("Content-Type", eventStream)
	w.Header().Set("X-Accel-Buffering", "no")
	control := http.NewResponseController(w)
	send := func(text []byte) error {
		// Not every writer can: then the server's own limits hold.
		_ = control.SetWriteDeadline(time.Now().Add(s.limits.Stalled))
		_, err := w.Write(text)
		return errors.Join(err, control.Flush())
	}
	runs := make(chan history.Followed)
	ended := make(chan error, 1)
	go func() {
		for run, err := range s.replays.Follow(ctx, f.after, followedAtOnce) {
			if err != nil {
				ended <- err
				return
			}
			select {
			case runs <- run:
			case <-ctx.Done():
				ended <- ctx.Err()
				return
			}
		}
		ended <- ctx.Err()
	}()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	err := send([]byte(": following\n\n"))
	var b bytes.Buffer
	for err == nil {
		b.Reset()
		select {
		case <-beat.C:
			b.WriteString(": still here\n\n")
		case run := <-runs:
			err = writeRun(&b, &f, run)
		case err = <-ended:
			if s.ctx.Err() == nil && r.Context().Err() == nil {
				b.Reset()
				b.WriteString("event: error\ndata: ")
				_ = problemOf(err, nil, s.logger).write(&b)
				b.WriteString("\n\n")
				_ = send(b.Bytes())
			}
			return http.StatusOK
		}
		if err == nil && b.Len() > 0 {
			err = send(b.Bytes())
		}
	}
	if r.Context().Err() == nil {
		s.logger.Warn("who follows the log was cut off: nothing was taken in time", "caller", callerOf(r.Context()).principal, "error", err)
	}
	return http.StatusOK
}

// writeRun writes events as a browser's EventSource reads them. An id without data moves on who follows.
func writeRun(b *bytes.Buffer, f *follow, run history.Followed) error {
	last := eventstore.Position(0)
	for i := range run.Events {
		e := &run.Events[i]
		if !f.wants(e) {
			continue
		}
		fmt.Fprintf(b, "id: %d\nevent: %s\ndata: ", e.Position, e.Type)
		if err := writeTold(b, e); err != nil {
			return err
		}
		b.WriteString("\n\n")
		last = eventstore.Position(e.Position)
	}
	if len(run.Events) > 0 && last != run.Next {
		fmt.Fprintf(b, "id: %d\n\n", run.Next)
	}
	return nil
}
