package api

import (
	"bytes"
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
)

// commandRoute serves a command. Commands are served here rather than through huma's generic path: so that a
// route and a line of a batch are read by the same code, and for speed.
func (s *server) commandRoute(c *command) {
	s.byName[c.name] = c
	s.documented(s.operation(c), c.roles, func(w http.ResponseWriter, r *http.Request) int { return s.serveCommand(w, r, c) })
}

func (s *server) serveCommand(w http.ResponseWriter, r *http.Request, c *command) int {
	limit := s.limits.Request
	if c.long {
		limit = s.limits.BatchTime
		s.allow(w, limit)
	}
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	defer cancel()
	call, result, err := s.carryOut(ctx, w, r, c)
	if err != nil {
		there, ok := s.alreadyThere(ctx, call, err)
		if !ok {
			return s.refuse(w, err, c.locate)
		}
		result = there
	}
	status := statusOf(result)
	h := w.Header()
	callerOf(ctx).pace.written(result.Position)
	if preferred, ok := preferredWait(r.Header); ok {
		if s.waitWritten(ctx, result.Position, preferred) {
			h["Preference-Applied"] = []string{"wait"}
		}
	}
	h["Content-Type"] = jsonType
	h["Etag"] = []string{etag(result.Revision)}
	b := buffers.Get().(*bytes.Buffer)
	defer putBuffer(b)
	b.WriteByte('{')
	call.writeAnswer(b, result)
	b.WriteString("}\n")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the caller may be gone
	return status
}

// allow gives an answer more time than the server gives others.
func (s *server) allow(w http.ResponseWriter, limit time.Duration) {
	// Not every writer can: then the server's own limits hold.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(limit + s.limits.Stalled))
}

func (s *server) carryOut(ctx context.Context, w http.ResponseWriter, r *http.Request, c *command) (*call,
	commands.Answer, error) {
	b := buffers.Get().(*bytes.Buffer)
	defer putBuffer(b)
	if err := readBody(b, w, r, s.limits.Body, "application/json", c.bodiless); err != nil {
		return nil, commands.Answer{}, err
	}
	text := b.Bytes()
	if len(text) == 0 && c.bodiless {
		text = []byte("{}")
	}
	on, err := conditionsOf(r.Header)
	if err != nil {
		return nil, commands.Answer{}, err
	}
	on.caller, on.named = callerOf(ctx), s.named
	param := ""
	if c.param != "" {
		if param, err = pathParam(r, c.param); err != nil {
			return nil, commands.Answer{}, err
		}
	}
	if c.second != "" {
		second, err := pathParam(r, c.second)
		if err != nil {
			return nil, commands.Answer{}, err
		}
		if c == registerCustomerBy && strings.Contains(param, "/") {
			return nil, commands.Answer{}, malformed("path.system", "system_malformed", "a system's name has no slash in it here")
		}
		param += "/" + second
	}
	order, err := c.read(text, on, param)
	if err != nil {
		return nil, commands.Answer{}, err
	}
	result := c.handle(ctx, s.commands, order.subject.stream, []*call{order})[0]
	return order, result.Answer, result.Err
}

// pathParam answers a parameter as it was before it was escaped for the path.
func pathParam(r *http.Request, name string) (string, error) {
	value := chi.URLParam(r, name)
	if r.URL.RawPath == "" {
		return value, nil // the path was found unescaped
	}
	value, err := url.PathUnescape(value)
	if err != nil {
		return "", malformed("path."+name, name+"_malformed", "the path is not escaped as it should be")
	}
	return value, nil
}

// conditionsOf reads the headers that commands take.
func conditionsOf(h http.Header) (on conditions, err error) {
	on.key = h.Get("Idempotency-Key")
	match := h.Get("If-Match")
	if match == "" {
		return on, nil
	}
	number, _, _ := strings.Cut(trimQuotes(match), ".") // behind the point a read says what it showed
	revision, err := strconv.ParseUint(number, 10, 63)
	if err != nil || len(h["If-Match"]) > 1 {
		return on, malformed("header.If-Match", "if_match_malformed", `If-Match takes one revision, such as "12"`)
	}
	on.ifRevision = &revision
	return on, nil
}

func trimQuotes(s string) string {
	if len(s) > 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return ""
}

func etag(revision uint64) string { return `"` + strconv.FormatUint(revision, 10) + `"` }

func statusOf(a commands.Answer) int {
	if a.Appended > 0 {
		return http.StatusCreated
	}
	return http.StatusOK
}

// writeAnswer writes the members of the answer. All values are plain: ids, names and numbers.
func (c *call) writeAnswer(b *bytes.Buffer, a commands.Answer) {
	b.WriteString(`"` + c.subject.field + `":"` + c.subject.value + `"`)
	if c.made != uuid.Nil {
		b.WriteString(`,"` + c.idField + `":"` + c.made.String() + `"`)
	}
	b.WriteString(`,"revision":`)
	b.Write(strconv.AppendUint(b.AvailableBuffer(), a.Revision, 10))
	b.WriteString(`,"position":`)
	b.Write(strconv.AppendUint(b.AvailableBuffer(), a.Position, 10))
}

// locate answers where a caller wrote what the domain calls a field.
func (c *command) locate(field string) string {
	switch field {
	case c.param, "revision": // none says one in its body
		return "path." + field
	case "idempotency_key":
		return "header.Idempotency-Key"
	case "if_revision":
		return "header.If-Match"
	}
	if c == correctFact && field != "reason" && field != "as" {
		return "body.as." + field
	}
	return "body." + field
}

var jsonType = []string{"application/json"}

// readBody reads a request's body, of one media type. A page elsewhere on the web cannot make a browser send
// that type without asking, so it cannot send commands either.
func readBody(b *bytes.Buffer, w http.ResponseWriter, r *http.Request, limit int64, media string, optional bool) error {
	if r.ContentLength > limit {
		return tooLarge(limit)
	}
	given := r.Header.Get("Content-Type")
	if given != media && (given != "" || !optional) {
		if kind, _, err := mime.ParseMediaType(given); err != nil || kind != media {
			return problem(http.StatusUnsupportedMediaType, "media_type_unsupported", "send %s as Content-Type", media).
				at("header.Content-Type")
		}
	}
	if r.ContentLength > 0 {
		b.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(http.MaxBytesReader(w, r.Body, limit)); err != nil {
		var beyond *http.MaxBytesError
		if errors.As(err, &beyond) {
			return tooLarge(limit)
		}
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return problem(http.StatusRequestTimeout, "body_slow", "the body took too long to arrive")
		}
		if errors.Is(err, errNotPacked) {
			return malformed("body", "body_undecodable", "%s", errNotPacked)
		}
		return malformed("body", "body_incomplete", "the body ended early")
	}
	return nil
}

func tooLarge(limit int64) *Problem {
	return problem(http.StatusRequestEntityTooLarge, "body_too_large", "at most %d bytes fit in one request", limit).
		at("body")
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// putBuffer keeps a buffer for later, unless it grew so much that it would hold memory for nothing.
func putBuffer(b *bytes.Buffer) {
	if b.Cap() <= 64<<10 {
		b.Reset()
		buffers.Put(b)
	}
}

func (s *server) panicked(w http.ResponseWriter, r *http.Request, cause any) {
	writeProblem(w, unforeseen(cause, s.logger, "method", r.Method, "path", r.URL.Path, "stack", string(debug.Stack())))
}
