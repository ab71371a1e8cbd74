package api

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"
	"github.com/go-json-experiment/json"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/webhook"
)

// A delivery is what another system sends to a webhook, in its own form. It is carried out like a batch of the
// commands that the webhook's mapping makes of it, each under a key that follows from the sender's id of the
// delivery. What is not signed, or not understood as a whole, leaves nothing.

// hooks are the webhooks as they were when they were last looked at, with what a definition does not tell.
type hooks struct {
	commands *commands.Service
	mu       sync.Mutex
	byName   map[string]*hook
}

type hook struct {
	webhook.Published
	revision    uint64
	publishedAt time.Time
	mapping     *webhook.Mapping
	pace        *pace
}

// inForce answers a webhook as the log has it now.
func (h *hooks) inForce(ctx context.Context, name string) (*hook, error) {
	if !domain.Nameable(name) {
		return nil, webhook.ErrUnknown
	}
	newest, ok, err := h.commands.Newest(ctx, webhook.Stream(name))
	if err != nil {
		return nil, err
	}
	published, inForce := newest.Event.(webhook.Published)
	if !ok || !inForce {
		return nil, webhook.ErrUnknown
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	known := h.byName[name]
	if known != nil && known.revision == newest.Revision {
		return known, nil
	}
	mapping, err := webhook.Compile(published.Key, published.Commands)
	if err != nil {
		return nil, fmt.Errorf("the mapping of webhook %s, which was accepted once: %w", name, err)
	}
	next := &hook{Published: published, revision: newest.Revision, publishedAt: newest.RecordedAt, mapping: mapping,
		pace: &pace{}}
	if known != nil {
		next.pace = known.pace
	}
	h.byName[name] = next
	return next, nil
}

func (s *server) hookRoute() {
	const path = "/v1/hooks/{webhook}"
	// A delivery proves by its signature whose it is.
	s.documented(s.hookOperation(path), access.Public, func(w http.ResponseWriter, r *http.Request) int {
		ctx, cancel := context.WithTimeout(r.Context(), s.limits.Request)
		defer cancel()
		items, text, err := s.deliver(ctx, w, r)
		if err == nil {
			err = s.firstRefusal(items)
		}
		if err != nil {
			return s.refuse(w, err, nil)
		}
		status := http.StatusNoContent
		if len(items) > 0 {
			w.Header()["Content-Type"] = []string{ndjson}
			status = http.StatusOK
		}
		if slices.ContainsFunc(items, func(it *item) bool { return it.result.Answer.Appended > 0 }) {
			status = http.StatusCreated
		}
		w.WriteHeader(status)
		_, _ = w.Write(text) // the caller may be gone
		return status
	})
}

// firstRefusal answers the problem with the first command that was not carried out. Its place is said, since the
// sender does not know the commands.
func (s *server) firstRefusal(items []*item) error {
	for _, it := range items {
		if it.result.Err != nil {
			p := *problemOf(it.result.Err, nil, s.logger)
			p.Detail = fmt.Sprintf("command %d of %d: %s", it.number, len(items), p.Detail)
			return &p
		}
	}
	return nil
}

// deliver carries out a delivery, and answers its commands and a line on each. An error leaves nothing.
func (s *server) deliver(ctx context.Context, w http.ResponseWriter, r *http.Request) ([]*item, []byte, error) {
	h, err := s.hooks.inForce(ctx, chi.URLParam(r, "webhook"))
	if err != nil {
		return nil, nil, err
	}
	// Not every writer can: then the server's own limit holds.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.limits.Request))
	var b bytes.Buffer
	if err := readBody(&b, w, r, s.limits.Body, "application/json", false); err != nil {
		return nil, nil, err
	}
	secrets := s.secrets(h.Secret)
	if len(secrets) == 0 {
		return nil, nil, problem(http.StatusServiceUnavailable, "webhook_secret_missing",
			"the server has not got the secret that this webhook names").retry(60)
	}
	if err := h.Signature.Check(secrets, r.Header.Get, b.Bytes(), s.now()); err != nil {
		return nil, nil, err
	}
	if wait := h.pace.take(h.PerMinute, s.now()); wait > 0 {
		return nil, nil, problem(http.StatusTooManyRequests, "too_many_deliveries",
			"this webhook takes %d deliveries a minute", h.PerMinute).retry(seconds(wait))
	}
	items, err := s.mapped(ctx, h, b.Bytes(), r.Header)
	if err == nil {
		err = s.firstRefusal(items)
	}
	if err != nil {
		return nil, nil, err
	}
	select {
	case s.batches <- struct{}{}:
		defer func() { <-s.batches }()
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	var text bytes.Buffer
	s.carryOutWaves(ctx, items, &answers{server: s, w: bufio.NewWriter(&text), flush: func() error { return nil },
		counts: map[int]int{}})
	return items, text.Bytes(), nil
}

// mapped answers the commands of a payload. Those that cannot be read hold their problem already.
func (s *server) mapped(ctx context.Context, h *hook, payload []byte, header http.Header) ([]*item, error) {
	headers := make(map[string]string, len(header))
	for name, values := range header {
		if name != "Authorization" && name != "Cookie" { // they open doors, and have no business in the log
			headers[strings.ToLower(name)] = values[0]
		}
	}
	delivery, err := h.mapping.Map(ctx, payload, headers)
	if err != nil {
		return nil, err
	}
	asks := caller{principal: "webhook:" + h.Webhook, roles: []access.Role{access.App}, correlation: callerOf(ctx).correlation}
	items := make([]*item, len(delivery.Commands))
	for i, command := range delivery.Commands {
		items[i] = &item{number: i + 1}
		if command["idempotency_key"] == nil {
			command["idempotency_key"] = fmt.Sprintf("webhook %s %s %d", h.Webhook, delivery.Key, i+1)
		}
		said := command
		if body, ok := command["body"].(map[string]any); ok {
			said = body
		}
		if said["source"] == nil {
			said["source"] = h.Webhook
		}
		text, err := json.Marshal(command)
		if err != nil {
			return nil, fmt.Errorf("write a command of webhook %s: %w", h.Webhook, err)
		}
		call, err := s.parseLine(text, asks)
		if err == nil {
			if _, ok := customer.IDOf(call.subject.stream); !ok {
				err = problem(http.StatusUnprocessableEntity, "command_not_of_a_customer",
					"a delivery may only lead to commands of customers, not to %s", call.command.name)
			}
		}
		items[i].call, items[i].result.Err = call, err
	}
	return items, nil
}

func (s *server) hookOperation(path string) *huma.Operation {
	text := &huma.Schema{Type: huma.TypeString}
	anything := &huma.Schema{Description: "Whatever the sender sends"}
	op := &huma.Operation{OperationID: "deliver", Method: http.MethodPost, Path: path, Tags: []string{"webhooks"},
		Summary: "Take a delivery of another system",
		Description: "Carries out the commands that the webhook's mapping makes of the payload, once for each id of a " +
			"delivery. Answered by a line each, as in a batch, or with 204 where there are none. Where one is refused, the " +
			"answer is the problem with the first; the others are carried out, once however often they are delivered.",
		Parameters: []*huma.Param{{Name: "webhook", In: "path", Required: true, Schema: text}},
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {
			Schema: anything}}},
		Responses: map[string]*huma.Response{
			"200": {Description: "It was so already", Content: map[string]*huma.MediaType{ndjson: byLines(s.lineSchema())}},
			"201": {Description: "Something was appended", Content: map[string]*huma.MediaType{ndjson: byLines(s.lineSchema())}},
			"204": {Description: "The delivery means nothing here"}}}
	for _, status := range []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusGone,
		http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity,
		http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		op.Responses[fmt.Sprint(status)] = problemResponse(s.huma.OpenAPI().Components.Schemas, status)
	}
	return op
}
