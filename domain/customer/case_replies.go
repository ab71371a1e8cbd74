package customer

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A reply is what the customer writes or says about a case that is open. After we have answered, it starts the
// clock for the next response, unless the customer waits for one already.

// ReplyToCase asks to remember that the customer wrote again.
type ReplyToCase struct {
	CaseID  uuid.UUID `json:"case_id"`
	ReplyID uuid.UUID `json:"reply_id"`
}

func (ReplyToCase) Needs() Needs { return needsTerms() }

// Decide accepts each ReplyID once. While a case is paused, the clock stands with all of its time left.
func (c ReplyToCase) Decide(s *State, g Given) ([]Event, error) {
	if c.ReplyID == uuid.Nil {
		return nil, ErrReplyID
	}
	if of, ok := s.cases.replies[c.ReplyID]; ok {
		if of == c.CaseID {
			return nil, nil
		}
		return nil, ErrReplyOtherwise
	}
	k, err := s.openCase(c.CaseID, g)
	if err != nil {
		return nil, err
	}
	e := CaseReplied{CaseID: c.CaseID, ReplyID: c.ReplyID}
	if k.awaited || k.responses == 0 && !k.reopened {
		return []Event{e}, nil
	}
	target, _ := g.Needs.Service.terms().Target(k.kind, k.priority)
	e.Awaits, e.PolicyVersion = true, g.Needs.Service.Version
	if k.paused {
		e.NextLeftS = &target.NextResponseS
	} else {
		by := after(g.When, target.NextResponseS)
		e.NextBy = &by
	}
	return []Event{e}, nil
}

// CaseReplied is the fact that the customer wrote again.
type CaseReplied struct {
	CaseID    uuid.UUID  `json:"case_id"`
	ReplyID   uuid.UUID  `json:"reply_id"`
	Awaits    bool       `json:"awaits,omitempty"`      // it started the clock for the next response
	NextBy    *time.Time `json:"next_by,omitempty"`     // when that runs out, in the business's time zone
	NextLeftS *int64     `json:"next_left_s,omitempty"` // what that has left, s; of a case that is paused
	// PolicyVersion is that of the terms of service that set the clock; absent for the default ones.
	PolicyVersion int `json:"policy_version,omitempty"`
}

func (CaseReplied) EventType() string { return "customer.case_replied.v1" }

func (e CaseReplied) Evolve(s *State, _ domain.Metadata) {
	remember(&s.cases.replies, e.ReplyID, e.CaseID)
	s.cases.change(e.CaseID, func(k *caseState) {
		k.cameBack = k.cameBack || k.responses > 0
		if !e.Awaits {
			return
		}
		k.awaited, k.next = true, runs(e.NextBy)
		if e.NextLeftS != nil {
			k.next = stands(e.NextLeftS)
		}
	})
}

// Summary implements Told.
func (e CaseReplied) Summary() string { return "the customer wrote again about a case" }

// after answers the moment so many seconds later.
func after(when time.Time, seconds int64) time.Time {
	return when.Add(time.Duration(seconds) * time.Second)
}

var (
	ErrReplyID = &domain.Rejection{Kind: domain.Invalid, Code: "reply_id_missing", Field: "reply_id",
		Reason: "name the reply by a UUID"}
	ErrReplyOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "reply_made_otherwise", Field: "reply_id",
		Reason: "this reply was made to another case"}
)
