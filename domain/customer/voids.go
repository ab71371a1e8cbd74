package customer

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A void says that a fact was recorded by mistake. The fact stays in the log, struck out; everything is as if it had
// not been.

// FactVoided is the fact that an earlier one was recorded by mistake.
type FactVoided struct {
	Revision uint64    `json:"revision"`                         // of the voided fact
	In       uuid.UUID `json:"in,omitzero"`                      // the customer in whose stream that stands, where it is another
	Reason   string    `json:"reason,omitempty" personal:"true"` // why
}

// Of reports whether a fact is the one that is voided here, in a stream.
func (e FactVoided) Of(stream string, r *domain.Recorded) bool {
	return e.place(stream) == place{r.Stream, r.Revision}
}

func (e FactVoided) place(stream string) place {
	if e.In != uuid.Nil {
		stream = Stream(e.In)
	}
	return place{stream, e.Revision}
}

func (FactVoided) EventType() string { return "customer.fact_voided.v1" }

// Evolve changes nothing: a state is folded anew without the voided fact.
func (FactVoided) Evolve(*State, domain.Metadata) {}

// Summary implements Told.
func (e FactVoided) Summary() string { return "a fact was voided: it was recorded by mistake" }
