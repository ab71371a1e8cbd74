package api

import (
	"bufio"
	"bytes"
	"context"
	"net/http"
	"reflect"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/access"
)

// A batch is many commands in one request: NDJSON, a line each, answered by a line each. A bad line is refused
// alone. Commands on one stream are carried out in order and appended together, those on different streams at
// once; a barrier command waits for all lines before it, and all after it wait.

// line is one command of a batch. What it says stands beside the command's name, or in a body of its own.
type line[C any] struct {
	Name           string   `json:"command,omitempty"`
	IdempotencyKey string   `json:"idempotency_key,omitempty"`
	IfRevision     *uint64  `json:"if_revision,omitempty"`
	Body           *body[C] `json:"body,omitempty"`
	body[C]
}

// content returns what is said about the command.
func (l *line[C]) content() any {
	if l.Body != nil {
		return l.Body
	}
	return &l.body
}

func (l *line[C]) said() (*body[C], error) {
	if l.Body == nil {
		return &l.body, nil
	}
	id := l.CustomerID
	l.CustomerID = uuid.Nil
	if !reflect.ValueOf(&l.body).Elem().IsZero() {
		return nil, malformed("body", "body_twice", "the command stands in body or beside it, not in both")
	}
	switch l.Body.CustomerID {
	case uuid.Nil:
		l.Body.CustomerID = id
	case id:
	default:
		if id != uuid.Nil {
			return nil, malformed("body.customer_id", "customer_id_differs", "the body names another customer than the line")
		}
	}
	return l.Body, nil
}

// item is a line on its way.
type item struct {
	number int // in the request, from 1
	call   *call
	result commands.Result
	group  *group // nil where there is nothing to wait for
}

// group is what goes to one stream at once.
type group struct {
	stream string
	items  []*item
	done   chan struct{}
}

const ndjson = "application/x-ndjson"

func (s *server) batchRoute() {
	s.documented(s.batchOperation(), access.Apps, func(w http.ResponseWriter, r *http.Request) int {
		ctx, cancel := context.WithTimeout(r.Context(), s.limits.BatchTime)
		defer cancel()
		if err := s.serveBatch(ctx, w, r); err != nil {
			return s.refuse(w, err, nil)
		}
		return http.StatusOK
	})
}

func (s *server) serveBatch(ctx context.Context, w http.ResponseWriter, r *http.Request) error {
	select {
	case s.batches <- struct{}{}:
		defer func() { <-s.batches }()
	case <-ctx.Done():
		return ctx.Err()
	}
	control := http.NewResponseController(w)
	// Not every writer can: then the server's own limits hold.
	_ = control.SetReadDeadline(time.Now().Add(s.limits.BatchTime))
	_ = control.SetWriteDeadline(time.Now().Add(s.limits.BatchTime + time.Minute))
	var b bytes.Buffer
	if err := readBody(&b, w, r, s.limits.Batch, ndjson, false); err != nil {
		return err
	}
	asks := callerOf(ctx)
	items, err := s.parse(b.Bytes(), asks)
	if err != nil {
		return err
	}
	asks.pace.owe(len(items) - 1)
	w.Header()["Content-Type"] = []string{ndjson}
	w.WriteHeader(http.StatusOK)
	out := &answers{server: s, w: bufio.NewWriterSize(w, 32<<10), flush: control.Flush, counts: map[int]int{}}
	s.carryOutWaves(ctx, items, out)
	for _, it := range items {
		asks.pace.written(it.result.Answer.Position)
	}
	return nil
}

// carryOutWaves carries out all items and answers them in their order.
func (s *server) carryOutWaves(ctx context.Context, items []*item, out *answers) {
	for len(items) > 0 {
		n := wave(items)
		s.carryOutAll(ctx, items[:n], out)
		items = items[n:]
	}
	out.end()
}

// parse reads the lines. Those that cannot be read hold their problem already.
func (s *server) parse(text []byte, asks caller) ([]*item, error) {
	items := make([]*item, 0, min(s.limits.Lines, 1+bytes.Count(text, []byte{'\n'})))
	number := 0
	for line := range bytes.Lines(text) {
		number++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if len(items) == s.limits.Lines {
			return nil, problem(http.StatusRequestEntityTooLarge, "batch_too_long",
				"at most %d lines fit in one batch", s.limits.Lines)
		}
		it := &item{number: number}
		it.call, it.result.Err = s.parseLine(line, asks)
		items = append(items, it)
	}
	return items, nil
}

func (s *server) parseLine(text []byte, asks caller) (*call, error) {
	if len(text) > s.limits.Line {
		return nil, problem(http.StatusRequestEntityTooLarge, "line_too_large",
			"at most %d bytes fit in one line", s.limits.Line)
	}
	name, err := commandName(text)
	if err != nil {
		return nil, err
	}
	command := s.byName[name]
	if command == nil {
		return nil, malformed("body.command", "command_unknown", "there is no such command")
	}
	if !command.roles.IncludeAny(asks.roles) {
		return nil, forbidden(command.roles)
	}
	return command.line(text, conditions{caller: asks, named: s.named})
}

// named returns a command by its name; nil for none.
func (s *server) named(command string) *command { return s.byName[command] }

var commandPrefix = []byte(`{"command":"`)

// commandName finds the command's name: at once where it comes first, else by reading the line once more.
func commandName(text []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(text, commandPrefix); ok {
		if i := bytes.IndexByte(rest, '"'); i >= 0 {
			return string(rest[:i]), nil
		}
	}
	var named struct {
		Command string `json:"command"`
	}
	if err := json.Unmarshal(text, &named); err != nil {
		return "", unreadable(err, len(text))
	}
	return named.Command, nil
}

// wave answers how many of the items may be on their way at once: a barrier alone, or all up to the next one.
func wave(items []*item) int {
	for i, it := range items {
		if it.call != nil && it.call.command.barrier {
			return max(i, 1)
		}
	}
	return len(items)
}

// carryOutAll carries out what may be on its way at once, and answers each item as soon as those before it are
// answered.
func (s *server) carryOutAll(ctx context.Context, items []*item, out *answers) {
	groups := grouped(items)
	queue := make(chan *group, len(groups))
	for _, g := range groups {
		queue <- g
	}
	close(queue)
	var workers sync.WaitGroup
	for range min(len(groups), s.limits.Streams) {
		workers.Go(func() {
			for g := range queue {
				s.carryOutGroup(ctx, g)
			}
		})
	}
	for _, it := range items {
		out.wait(it.group)
		out.write(it)
	}
	workers.Wait()
}

// grouped sorts items by stream, in the order in which the streams come up.
func grouped(items []*item) []*group {
	var groups []*group
	byStream := map[string]*group{}
	for _, it := range items {
		if it.call == nil {
			continue
		}
		stream := it.call.subject.stream
		g := byStream[stream]
		if g == nil {
			g = &group{stream: stream, done: make(chan struct{})}
			byStream[stream], groups = g, append(groups, g)
		}
		g.items = append(g.items, it)
		it.group = g
	}
	return groups
}

func (s *server) carryOutGroup(ctx context.Context, g *group) {
	defer close(g.done)
	defer func() {
		if cause := recover(); cause != nil {
			p := unforeseen(cause, s.logger, "stream", g.stream, "stack", string(debug.Stack()))
			for _, it := range g.items {
				it.result = commands.Result{Err: p}
			}
		}
	}()
	calls := make([]*call, len(g.items))
	for i, it := range g.items {
		calls[i] = it.call
	}
	// All calls to a stream are of one aggregate, whatever the command.
	last := uint64(0)
	for i, result := range calls[0].command.handle(ctx, s.commands, g.stream, calls) {
		g.items[i].result = result
		if result.Err == nil {
			last = max(last, result.Answer.Position)
		}
	}
	// What is appended together is read together. A batch that is sent again knows each line's own place, which would be
	// another answer: so all lines of a stream are answered with the last one's.
	for _, it := range g.items {
		if it.result.Err == nil {
			it.result.Answer.Position = last
		}
	}
}

// answers writes a line each. The caller may be gone; then the rest is carried out without being read.
type answers struct {
	server *server
	w      *bufio.Writer
	flush  func() error
	b      bytes.Buffer
	counts map[int]int // lines by status
}

// wait waits for a group; what is answered by then does not.
func (a *answers) wait(g *group) {
	if g == nil {
		return
	}
	select {
	case <-g.done:
		return
	default:
	}
	_ = a.w.Flush()
	_ = a.flush()
	<-g.done
}

func (a *answers) write(it *item) {
	b := &a.b
	b.Reset()
	b.WriteString(`{"line":`)
	b.Write(strconv.AppendInt(b.AvailableBuffer(), int64(it.number), 10))
	if it.call != nil && it.call.key != "" {
		b.WriteString(`,"idempotency_key":`)
		_ = json.MarshalWrite(b, it.call.key) // a buffer takes everything, and a key is a text
	}
	b.WriteString(`,"status":`)
	status := statusOf(it.result.Answer)
	if it.result.Err != nil {
		p := problemOf(it.result.Err, nil, a.server.logger)
		status = p.Status
		b.WriteString(strconv.Itoa(status))
		b.WriteString(`,"problem":`)
		_ = p.write(b) // a buffer takes everything, and a Problem is always JSON
	} else {
		b.WriteString(strconv.Itoa(status))
		b.WriteByte(',')
		it.call.writeAnswer(b, it.result.Answer)
	}
	b.WriteString("}\n")
	_, _ = a.w.Write(b.Bytes())
	a.counts[status]++
}

func (a *answers) end() {
	_ = a.w.Flush()
	for status, n := range a.counts {
		a.server.metrics.lines.WithLabelValues(strconv.Itoa(status)).Add(float64(n))
	}
}

func (s *server) batchOperation() *huma.Operation {
	names := make([]string, len(commandList))
	for i, c := range commandList {
		names[i] = c.name
	}
	body := byLines(s.batchLine())
	body.Example = `{"command":"record_interaction","customer_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d11","kind":"call","direction":"inbound"}` + "\n"
	op := &huma.Operation{OperationID: "batch", Method: http.MethodPost, Path: "/v1/batch", Tags: []string{"batch"},
		Summary: "Carry out many commands",
		Description: "NDJSON: a command a line, by its name, with what its own route takes in path, headers and body " +
			"(`customer_id`, `idempotency_key`, `if_revision`, and the members of the body, beside these or in `body`). " +
			"Answered by a line each, in order: the line's number, the status, and the answer or the problem. The " +
			"commands are " + strings.Join(names, ", ") + ". A line asks for no more than who asks may do.",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{ndjson: body}},
		Responses: map[string]*huma.Response{"200": {Description: "Each line is answered",
			Content: map[string]*huma.MediaType{ndjson: byLines(s.lineSchema())}}}}
	return op
}

// lineSchema is what each line of a batch is answered by.
func (s *server) lineSchema() *huma.Schema {
	id := &huma.Schema{Type: huma.TypeString, Format: "uuid"}
	number := &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: ptr(0.0)}
	return s.schemaNamed("BatchAnswer", &huma.Schema{Type: huma.TypeObject, Required: []string{"line", "status"},
		Description: "What became of a line: the command's own answer, or the problem with it",
		Properties: map[string]*huma.Schema{
			"line":            {Type: huma.TypeInteger, Format: "int64", Minimum: ptr(1.0), Description: "Its number, from 1"},
			"idempotency_key": {Type: huma.TypeString, Description: "The line's own, if it has one"},
			"status":          {Type: huma.TypeInteger, Description: "As its own route would answer it"},
			"customer_id":     id, "revision": number, "position": number,
			"problem": s.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")},
		AdditionalProperties: true})
}
