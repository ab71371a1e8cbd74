package commands

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// order is a request made ready: all that does not depend on the state is settled.
type order[S any, N domain.Needing] struct {
	command    domain.CommandOf[S, N]
	given      domain.Given[N]
	metadata   domain.Metadata
	digest     string // of the command; empty without an idempotency key
	content    content
	ifRevision *uint64
	onlyFirst  bool
	alone      bool
	err        error // why it is refused whatever the state
}

// MaxKeyBytes bounds an idempotency key, and MaxMetadataBytes each text of the metadata.
const (
	MaxKeyBytes      = 256
	MaxMetadataBytes = 128
)

func (h *Handler[S, N]) prepare(ctx context.Context, stream string, r *Request[S, N], now time.Time,
	zoneOf func() (*time.Location, error)) order[S, N] {
	o := order[S, N]{command: r.Command, metadata: r.Metadata, ifRevision: r.IfRevision, onlyFirst: r.onlyFirst, alone: r.alone}
	if o.err = checkMetadata(r, now); o.err != nil {
		return o
	}
	m := &o.metadata
	m.CommandID, m.CommandDigest, m.Content = uuid.Nil, "", ""
	if r.IdempotencyKey != "" {
		m.CommandID = uuid.NewSHA1(keySpace, []byte(stream+"\x00"+r.IdempotencyKey))
		o.digest, o.err = h.digest(ctx, r.Command, m.OccurredAt)
		m.CommandDigest = o.digest
	} else {
		m.CommandID, o.err = uuid.NewV7()
	}
	if o.err == nil && !r.Command.Needs().Common().Itself {
		o.content, o.err = h.contentOf(ctx, r.Command, m)
		m.Content = o.content.String()
	}
	if m.OccurredAt.IsZero() {
		m.OccurredAt = now
	}
	m.OccurredAt = m.OccurredAt.UTC()
	if m.CorrelationID == uuid.Nil {
		m.CorrelationID = m.CommandID
	}
	if o.err == nil {
		o.given, o.err = h.given(ctx, stream, r, m, now, zoneOf)
	}
	return o
}

// given fills in all that a decision rests on but what the stream itself tells.
func (h *Handler[S, N]) given(ctx context.Context, stream string, r *Request[S, N], m *domain.Metadata, now time.Time,
	zoneOf func() (*time.Location, error)) (g domain.Given[N], err error) {
	g.Needs = r.Command.Needs()
	if h.lookUp != nil {
		if err := h.lookUp(ctx, &g.Needs); err != nil {
			return g, err
		}
	}
	if g.Zone, err = zoneOf(); err != nil {
		return g, err
	}
	g.Now, g.When, g.On = now.In(g.Zone), m.OccurredAt.In(g.Zone), domain.DayOf(m.OccurredAt, g.Zone)
	g.By, g.Dated = *m, !r.Metadata.OccurredAt.IsZero()
	g.ID, _ = customer.IDOf(stream)
	return g, nil
}

// keySpace is the namespace of command ids that are derived from idempotency keys. Never change it: the log
// holds such ids.
var keySpace = uuid.MustParse("3d6a1f0e-0b58-5d0e-8f5c-8b9d8a2f6c47")

// eventID returns the id of the command's i-th fact. For a command under a key, all that is said is part of it: two
// processes that carry out different commands under one key at once, or the same one with something else known of
// other streams, cannot take the other's events for their own.
func (o *order[S, N]) eventID(i int, fact domain.Event) (uuid.UUID, error) {
	name := binary.BigEndian.AppendUint32(make([]byte, 0, 64), uint32(i))
	if o.digest == "" {
		return uuid.NewSHA1(o.metadata.CommandID, name), nil
	}
	content, err := json.Marshal(fact)
	if err != nil {
		return uuid.Nil, fmt.Errorf("name a %s: %w", fact.EventType(), err)
	}
	name = binary.BigEndian.AppendUint64(append(name, o.digest...), uint64(o.metadata.OccurredAt.UnixNano()))
	return uuid.NewSHA1(o.metadata.CommandID, append(name, content...)), nil
}

// digest sums up what is asked: the command, and when it is said to have happened. Go's name of the command's
// type is part of it, so renaming one makes a repetition across the upgrade a conflict, and no more. So is a secret:
// what the command says is personal, and must not be found by trying what leads to the digest.
func (l *log) digest(ctx context.Context, command any, occurredAt time.Time) (string, error) {
	text, err := json.Marshal(command)
	if err != nil {
		return "", fmt.Errorf("sum up a %T: %w", command, err)
	}
	secret, err := l.pseudonyms(ctx)
	if err != nil {
		return "", fmt.Errorf("sum up a %T: %w", command, err)
	}
	hash := hmac.New(sha256.New, secret)
	fmt.Fprintf(hash, "%T\x00%s", command, text)
	if c, ok := command.(customer.CorrectFact); ok {
		fmt.Fprintf(hash, "\x00%T", c.As) // which its members do not say
	}
	if !occurredAt.IsZero() {
		fmt.Fprintf(hash, "\x00%d", occurredAt.UnixNano())
	}
	return hex.EncodeToString(hash.Sum(nil)[:8]), nil
}

func checkMetadata[S any, N domain.Needing](r *Request[S, N], now time.Time) error {
	m := &r.Metadata
	for _, text := range []struct{ field, value string }{
		{"actor", m.Actor}, {"source", m.Source}, {"department", m.Department}, {"channel", m.Channel},
	} {
		if err := domain.CheckText(text.value, MaxMetadataBytes); err != nil {
			return err.At("%s", text.field)
		}
	}
	switch {
	case len(r.IdempotencyKey) > MaxKeyBytes:
		return ErrKeyTooLong
	case m.OccurredAt.IsZero():
		return nil
	case m.OccurredAt.Sub(now) > 24*time.Hour:
		return ErrInFuture
	case m.OccurredAt.Before(earliest):
		return ErrTooEarly
	}
	return nil
}

var earliest = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

var (
	ErrInFuture = &domain.Rejection{Kind: domain.Invalid, Code: "occurred_at_in_future", Field: "occurred_at",
		Reason: "what has happened lies at most a day ahead of our clock"}
	ErrTooEarly = &domain.Rejection{Kind: domain.Invalid, Code: "occurred_at_too_early", Field: "occurred_at",
		Reason: "what has happened lies in 1900 or later"}
	ErrKeyTooLong = &domain.Rejection{Kind: domain.Invalid, Code: "idempotency_key_too_long",
		Field: "idempotency_key", Reason: fmt.Sprintf("at most %d bytes", MaxKeyBytes)}
)
