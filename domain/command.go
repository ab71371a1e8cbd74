package domain

import (
	"time"

	"github.com/google/uuid"
)

// CommandOf asks for facts in a stream whose state is S. Needs declares what must hold, and be looked up, before it
// can be decided. Decide reads the state, never writes it, and returns the new facts: none when what is asked is
// already true, a *Rejection when it may not be. Whether there is what the command speaks of is asked before it,
// by Decide of this package.
type CommandOf[S any, N Needing] interface {
	Needs() N
	Decide(*S, Given[N]) ([]EventOf[S], error)
}

// Needs is what every command declares. A noun whose commands depend on other streams embeds it in Needs of its own.
type Needs struct {
	// Founds is set for a command that may begin the stream's history. Any other is refused on an empty stream.
	Founds bool
	// Outlasts is set for a command that makes sense once the stream's subject is gone, such as one that ends it.
	Outlasts bool
	// Itself is set for a command that is asked of this very id, also while another one stands for it.
	Itself bool
	// Priced is the currency that the command's amounts are in, for the books to take or to compare.
	Priced Currency
}

// Common returns what every command declares.
func (n Needs) Common() Needs { return n }

// Needing is the Needs of a noun.
type Needing interface {
	Common() Needs
}

// Given is what a decision rests on beside the state and the command's content. It is always filled.
type Given[N Needing] struct {
	Now  time.Time      // our clock, in Zone
	When time.Time      // when it happened, in Zone
	On   Day            // the business day on which it happened
	Zone *time.Location // in which days are counted
	By   Metadata       // who asks for it, for which department and through what system
	// Dated is set where the caller said when it happened; otherwise it is now.
	Dated  bool
	ID     uuid.UUID // of the customer whose stream it is; zero for streams of other nouns
	Of     uuid.UUID // of the absorbed customer of whom it was asked; zero where that is ID
	Events uint64    // in the stream
	// Reporting is the currency of the books; while they have none, that of the command, if it is priced.
	Reporting Currency
	// Needs are those of the command, with what was looked up filled in.
	Needs N
}

// Today returns the business day that it is now.
func (g *Given[N]) Today() Day { return DayOf(g.Now, g.Zone) }

// StateOf is a noun's state. Guard refuses a command for which there is nothing, or nothing any more, to decide on:
// the one place where a noun's existence is asked.
type StateOf[S any] interface {
	*S
	Guard(Needs) error
}

// Decide lets a command decide over a state, once the state's guard lets it pass.
func Decide[P StateOf[S], S any, N Needing](s P, c CommandOf[S, N], g Given[N]) ([]EventOf[S], error) {
	if err := s.Guard(g.Needs.Common()); err != nil {
		return nil, err
	}
	return c.Decide(s, g)
}
