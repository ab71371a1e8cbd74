package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/webhook"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/notary"
	"github.com/rapport-crm/rapport/internal/tokenmark"
	"github.com/rapport-crm/rapport/projections"
)

// Problem is why a request was not answered, as RFC 9457 has it. Code is what a program tests.
type Problem struct {
	Type   string  `json:"type" doc:"Always about:blank: the code tells the kinds of problem apart"`
	Title  string  `json:"title" doc:"The status in words"`
	Status int     `json:"status"`
	Detail string  `json:"detail,omitempty" doc:"What is wrong, in a sentence"`
	Code   string  `json:"code" doc:"What is wrong, for programs" example:"quantity_out_of_range"`
	Errors []Fault `json:"errors,omitempty" doc:"The fields that are to blame"`
	// Existing is the id of what stands in the way.
	Existing string `json:"existing,omitempty" doc:"The id of what stands in the way, such as the owner of an e-mail address"`
	// Instance names the occurrence in the server's log, where the answer cannot tell more.
	Instance string `json:"instance,omitempty" doc:"Names an internal error in the server's log"`

	retryAfter int    // seconds; 0 where trying again does not help
	challenge  string // how to say who one is
}

// Fault is what is wrong with one field.
type Fault struct {
	Location string `json:"location" doc:"In body, path, query or header" example:"body.lines[0].quantity"`
	Code     string `json:"code,omitempty" doc:"What is wrong with it, for programs" example:"quantity_out_of_range"`
	Message  string `json:"message"`
}

func (p *Problem) Error() string { return p.Detail }

// GetStatus makes a Problem an error that huma answers as it is.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders implements huma.HeadersError.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	return h
}

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

func problem(status int, code, detail string, args ...any) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code,
		Detail: fmt.Sprintf(detail, args...)}
}

// malformed is a problem with a field that cannot be read at all.
func malformed(location, code, detail string, args ...any) *Problem {
	return problem(http.StatusBadRequest, code, detail, args...).at(location)
}

func (p *Problem) at(location string) *Problem {
	p.Errors = append(p.Errors, Fault{Location: location, Code: p.Code, Message: p.Detail})
	return p
}

func (p *Problem) retry(seconds int) *Problem {
	p.retryAfter = seconds
	return p
}

// statuses maps what the domain refuses to HTTP.
var statuses = map[domain.Kind]int{
	domain.Refused:  http.StatusUnprocessableEntity,
	domain.Invalid:  http.StatusUnprocessableEntity,
	domain.Unknown:  http.StatusNotFound,
	domain.Conflict: http.StatusConflict,
	domain.Stale:    http.StatusPreconditionFailed,
	domain.Gone:     http.StatusGone,
	domain.Large:    http.StatusRequestEntityTooLarge,
}

var errNotConfigured = errors.New("nothing of the kind was published")

// faults maps errors that are nobody's refusal to HTTP, in the order in which they are looked for.
var faults = []struct {
	is     error
	status int
	code   string
	detail string
	retry  int
}{
	{commands.ErrHalted, http.StatusServiceUnavailable, "log_changed",
		"the log is not the one that was written down, so no commands are carried out: rapport verify names what differs", 0},
	{tokenmark.ErrShortened, http.StatusServiceUnavailable, "access_shortened",
		"the log has lost events about tokens, so nobody is let in: restore it, or see rapport proof adopt", 0},
	{tokenmark.ErrUnknown, http.StatusServiceUnavailable, "access_unknown",
		"whether tokens were ever issued cannot be read now, so nobody is let in", 1},
	{eventstore.ErrWrongRevision, http.StatusServiceUnavailable, "contended",
		"too many write to the same stream at once", 1},
	{eventstore.ErrFull, http.StatusServiceUnavailable, "disk_full",
		"the disk of the event store is full, so nothing was recorded: repeat the command when there is room", 10},
	{eventstore.ErrReadOnly, http.StatusServiceUnavailable, "event_store_read_only",
		"a write to the event store failed, and it takes no more until the server is restarted; the command may have " +
			"been carried out: repeat it then under the same key or id", 10},
	{eventstore.ErrVaultUnavailable, http.StatusServiceUnavailable, "vault_unavailable",
		"the vault that holds the customers' keys does not answer, so what is personal can be neither sealed nor read; nothing " +
			"was recorded", 1},
	{eventstore.ErrChanged, http.StatusServiceUnavailable, "log_changed",
		"the log is not the one that was read before: it went back, or another took its place. Nothing is recorded until the " +
			"newer one is back or a person decided; the log of this server tells more", 60},
	{eventstore.ErrUnusable, http.StatusServiceUnavailable, "event_store_unusable",
		"the event store does not let this server do that: a right is missing, or its version does not do; the log of this " +
			"server says what to change", 60},
	{eventstore.ErrTooLarge, http.StatusRequestEntityTooLarge, "event_store_limit",
		"what is to be recorded is larger than the event store takes at once: divide it, or let the store take more", 0},
	{eventstore.ErrKeyLost, http.StatusServiceUnavailable, "vault_mismatch",
		"the vault and the log do not fit: it has not the key by which something was sealed. Restore the vault's backup that belongs to this log", 0},
	{eventstore.ErrUnavailable, http.StatusServiceUnavailable, "event_store_unavailable",
		"the event store does not answer; a command may have been carried out: repeat it under the same key or id", 1},
	{eventstore.ErrClosed, http.StatusServiceUnavailable, "shutting_down", "the server is about to end", 1},
	{webhook.ErrUnsigned, http.StatusUnauthorized, "delivery_unsigned", "the delivery is not signed as the webhook says", 0},
	{webhook.ErrSignature, http.StatusUnauthorized, "signature_wrong", "the signature is not that of the delivery", 0},
	{webhook.ErrSignatureTime, http.StatusUnauthorized, "signature_time_off",
		"the time of the signature is not near enough to now", 0},
	{webhook.ErrBusy, http.StatusTooManyRequests, "too_many_deliveries",
		"too many deliveries of this webhook wait to be understood", 1},
	{webhook.ErrPayload, http.StatusBadRequest, "json_malformed", "the payload is not one JSON value", 0},
	{access.ErrIssuerAway, http.StatusServiceUnavailable, "issuer_unavailable",
		"the issuer of such tokens cannot be reached, so nobody can tell whose this one is", 5},
	{commands.ErrNobody, http.StatusNotFound, "not_found", "there is no such customer", 0},
	{errNotConfigured, http.StatusNotFound, "not_configured", "nothing of the kind was published yet", 0},
	{projections.ErrNotFound, http.StatusNotFound, "not_found", "the read models know no such thing (yet)", 0},
	{projections.ErrUnavailable, http.StatusServiceUnavailable, "read_models_unavailable",
		"the read models cannot be read now; commands are carried out all the same", 1},
	{projections.ErrBehind, http.StatusServiceUnavailable, "read_models_behind",
		"the read models have not reached that position yet", 1},
	{projections.ErrRebuilding, http.StatusConflict, "rebuilding", "the read models are being rebuilt already", 0},
	{projections.ErrStandby, http.StatusConflict, "standby", "another process keeps the read models: ask that one", 0},
	{proof.ErrBroken, http.StatusInternalServerError, "proof_broken",
		"the log is not what was written down of it: the log of this server and rapport verify tell more", 0},
	{notary.ErrNotSigned, http.StatusNotFound, "not_signed", "no signed head tells of it yet: sign one by POST /v1/proof/heads", 0},
	{notary.ErrNotFound, http.StatusNotFound, "not_found", "the log, or its signed heads, have no such thing", 0},
	{notary.ErrStandby, http.StatusConflict, "standby", "another process signs heads: ask that one", 0},
	{notary.ErrUnavailable, http.StatusServiceUnavailable, "proof_unavailable",
		"what proves the log cannot be read now; commands are carried out all the same", 1},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "timeout",
		"the request took too long; a command may have been carried out: repeat it under the same key or id", 1},
	{context.Canceled, http.StatusServiceUnavailable, "canceled", "the request was given up", 1},
}

// problemOf is the one place where errors become answers. What is not foreseen is logged under an id, and the
// answer tells the id alone. locate answers where the caller wrote a field; nil: in the body.
func problemOf(err error, locate func(field string) string, logger *slog.Logger) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var r *domain.Rejection
	if errors.As(err, &r) {
		p = problem(statuses[r.Kind], r.Code, "%s", r.Error())
		p.Existing = r.Existing
		if r.Field != "" {
			location := "body." + r.Field
			if locate != nil {
				location = locate(r.Field)
			}
			p.Errors = []Fault{{Location: location, Code: r.Code, Message: r.Reason}}
		}
		return p
	}
	if errors.Is(err, webhook.ErrUnmappable) {
		return problem(http.StatusUnprocessableEntity, "payload_unmappable", "%v", err)
	}
	if errors.Is(err, projections.ErrNoRoom) {
		return problem(http.StatusInsufficientStorage, "no_room", "%v; the tables are as they were", err)
	}
	if hole := (*eventstore.HoleError)(nil); errors.As(err, &hole) {
		logger.Error("a stream is not whole; nothing is decided on it, or shown of it", "error", err)
		return problem(http.StatusInternalServerError, "stream_not_whole", "%s; nothing is decided on it, or shown of it", hole)
	}
	if crooked := (*notary.CrookedError)(nil); errors.As(err, &crooked) && !errors.Is(err, commands.ErrHalted) {
		logger.Error("a stream is not the one that was written down; nothing is shown of it", "error", err)
		return problem(http.StatusInternalServerError, "stream_not_whole", "stream %s is not the one that was written down: %s; "+
			"nothing is shown of it", crooked.Stream, crooked)
	}
	for _, f := range faults {
		if errors.Is(err, f.is) {
			return problem(f.status, f.code, "%s", f.detail).retry(f.retry)
		}
	}
	return unforeseen(err, logger)
}

// refuse answers a request with what is wrong, and tells the status.
func (s *server) refuse(w http.ResponseWriter, err error, locate func(field string) string) int {
	p := problemOf(err, locate, s.logger)
	writeProblem(w, p)
	return p.Status
}

func unforeseen(err any, logger *slog.Logger, more ...any) *Problem {
	id := uuid.New().URN()
	logger.Error("unforeseen error", append([]any{"id", id, "error", err}, more...)...)
	p := problem(http.StatusInternalServerError, "internal",
		"something went wrong here; the server's log tells more under the id in instance")
	p.Instance = id
	return p
}

func writeProblem(w http.ResponseWriter, p *Problem) {
	h := w.Header()
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	if p.challenge != "" {
		h.Set("WWW-Authenticate", p.challenge)
	}
	h.Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	_ = p.write(w) // the connection may be gone; then nobody is there to be told
}

// write writes a problem as JSON. What it quotes of a request may be no text: that is replaced (U+FFFD).
func (p *Problem) write(w io.Writer) error {
	return json.MarshalWrite(w, p, jsontext.AllowInvalidUTF8(true))
}
