package customer

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Nothing ends, is paid, answered, returned or kept before it began: by moment, since several things happen on a day.

// thing is what begins and goes on: an id alone does not do, since other systems use one id for a purchase and its case.
type thing struct {
	noun noun
	id   uuid.UUID
}

type noun uint8

const (
	aCase  noun = iota
	aPhase      // of a case: paused, resumed, resolved or reopened
	anOrder
	anOffer
	aPromise
	aRecommendation
	aHandover
	anAgreement
	aRelationship
	aReferral
	aContactPoint
	aMessage
	aMaintenance
)

// beginnings are the moments at which things began.
type beginnings map[thing]time.Time

func (b *beginnings) begin(n noun, id uuid.UUID, m domain.Metadata) {
	if m.OccurredAt.IsZero() {
		return
	}
	if *b == nil {
		*b = beginnings{}
	}
	(*b)[thing{n, id}] = m.OccurredAt
}

// notBefore refuses what is told to have happened to a thing before it began.
func (b beginnings) notBefore(n noun, id uuid.UUID, g Given) error {
	if began := b[thing{n, id}]; early(began, g) {
		return ErrBeforeBegan.Because("it began at %s", began.Format(time.RFC3339))
	}
	return nil
}

// early reports whether something happened before a moment. The clocks of two servers may differ by a little, so what
// happens now is not held against what another server took for now.
func early(moment time.Time, g Given) bool {
	when := g.When
	if !g.Dated {
		when = when.Add(clockSlack)
	}
	return when.Before(moment)
}

const clockSlack = time.Minute

// ErrBeforeBegan refuses an end before its beginning.
var ErrBeforeBegan = &domain.Rejection{Kind: domain.Refused, Code: "occurred_before_began", Field: "occurred_at",
	Reason: "this cannot have happened before what it is about began"}
