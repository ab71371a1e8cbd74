// Package domain holds what the business knows and decides: facts (events), the commands that ask for
// them, and the rules between. It is pure: no clock, no randomness, no storage, no HTTP. Time, ids and
// rates come in with the command, so the same log and the same command always give the same answer.
package domain

import (
	"iter"
	"time"

	"github.com/google/uuid"
)

// Event is an immutable fact. EventType is its name on the wire, written by hand and never renamed.
type Event interface {
	EventType() string
}

// EventOf is a fact of the streams whose state is S. Evolve never fails: what happened, happened.
type EventOf[S any] interface {
	Event
	Evolve(*S, Metadata)
}

// Metadata travels with every event and says who recorded it, why, and when it happened.
type Metadata struct {
	// CommandID names the command that led here; with an idempotency key it is a function of that key.
	CommandID uuid.UUID `json:"command_id"`
	// CommandDigest tells a repeated command from another one under the same idempotency key.
	CommandDigest string    `json:"command_digest,omitempty"`
	Content       string    `json:"content,omitempty"`       // of a command that names things: tells it from another one of them
	CorrelationID uuid.UUID `json:"correlation_id,omitzero"` // what all this belongs to; the command, unless it is told
	CausationID   uuid.UUID `json:"causation_id,omitzero"`   // the event or command that led to the command
	Actor         string    `json:"actor,omitempty"`         // who did it
	Source        string    `json:"source,omitempty"`        // the system that it came through
	Principal     string    `json:"principal,omitempty"`     // who asked, as was proven: token:<uuid>, oidc:<subject> or webhook:<name>
	Department    string    `json:"department,omitempty"`    // sales, service, marketing, …
	Channel       string    `json:"channel,omitempty"`       // web, store, phone, email, …
	// OccurredAt is business time: when it happened, which may be long before it was recorded.
	OccurredAt time.Time `json:"occurred_at"`
	// Of is the absorbed customer whose thing a fact in the survivor's stream concerns; zero where it is the survivor's.
	Of uuid.UUID `json:"of,omitzero"`
}

// Recorded is a fact as the log remembers it.
type Recorded struct {
	Event    Event
	Metadata Metadata
	ID       uuid.UUID
	Stream   string
	// Revision counts from 0 within the stream, Position grows over the whole log.
	Revision   uint64
	Position   uint64
	RecordedAt time.Time
}

// Each yields where events stand, so that none is copied.
func Each(events []Recorded) iter.Seq[*Recorded] {
	return func(yield func(*Recorded) bool) {
		for i := range events {
			if !yield(&events[i]) {
				return
			}
		}
	}
}
