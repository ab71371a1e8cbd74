package domain

import "fmt"

// Kind says how a refusal is to be understood; the API maps each to one HTTP status.
type Kind int

const (
	// Refused: well formed, but a business rule forbids it.
	Refused Kind = iota
	// Invalid: the input makes no sense whatever the state.
	Invalid
	// Unknown: it speaks of something that does not exist.
	Unknown
	// Conflict: it contradicts what was recorded before.
	Conflict
	// Stale: the caller decided on a revision that is no longer the latest.
	Stale
	// Gone: it speaks of what was there once, and never will be again.
	Gone
	// Large: it is more than can be recorded at once.
	Large
)

// Rejection is a refusal that the caller can understand and mend. A refused command leaves no event.
type Rejection struct {
	Kind   Kind
	Code   string // stable, snake_case: what a program tests
	Field  string // the input's path, as the caller wrote it ("lines[2].quantity"); may be empty
	Reason string // a sentence for a person
	// Existing is the id of what stands in the way, where there is such a thing.
	Existing string
}

func (r *Rejection) Error() string {
	if r.Field == "" {
		return r.Reason
	}
	return r.Field + ": " + r.Reason
}

// Is makes errors.Is compare rejections by code.
func (r *Rejection) Is(target error) bool {
	t, ok := target.(*Rejection)
	return ok && t.Code == r.Code
}

// At answers the same rejection about a field of the input.
func (r *Rejection) At(field string, args ...any) *Rejection {
	c := *r
	c.Field = fmt.Sprintf(field, args...)
	return &c
}

// Because answers the same rejection with a more exact reason.
func (r *Rejection) Because(reason string, args ...any) *Rejection {
	c := *r
	c.Reason = fmt.Sprintf(reason, args...)
	return &c
}
