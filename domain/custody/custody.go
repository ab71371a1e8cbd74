// Package custody says who vouches for the log: that a person accepted a log of which nothing was written down, that
// another key signs its heads from now on, and that a person goes on without revisions that are missing. It must not know
// how a log is proven or read.
package custody

import "github.com/rapport-crm/rapport/domain"

// Stream holds the facts.
const Stream = "proof"

type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Given   = domain.Given[Needs]
)

// State is the gaps that were accepted.
type State struct {
	accepted []Gap
}

// Guard implements domain.StateOf: every command may be the first.
func (s *State) Guard(domain.Needs) error { return nil }

// LogAdopted is the fact that a person accepted the log as it stood, though nothing that was written down proved it:
// heads signed before need not fit it.
type LogAdopted struct {
	Reason string `json:"reason"`           // why, in that person's words
	By     string `json:"by"`               // the operating system's account that did it
	Head   string `json:"head"`             // the signed head of the log as it was accepted, a note
	Before string `json:"before,omitempty"` // the newest head that was signed before, if it was still known
}

func (LogAdopted) EventType() string { return "proof.log_adopted.v1" }

func (LogAdopted) Evolve(*State, domain.Metadata) {}

// KeyChanged is the fact that another key signs heads from now on.
type KeyChanged struct {
	Statement string `json:"statement"` // a note that both keys signed, with both of their public halves
}

func (KeyChanged) EventType() string { return "proof.key_changed.v1" }

func (KeyChanged) Evolve(*State, domain.Metadata) {}
