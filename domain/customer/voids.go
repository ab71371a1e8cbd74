package customer

import "github.com/rapport-crm/rapport/domain"

// A void says that a fact was recorded by mistake. The fact stays in the log, struck out; everything is as if it had
// not been.

// FactVoided is the fact that an earlier one was recorded by mistake.
type FactVoided struct {
	Revision uint64 `json:"revision"`                         // of the voided fact, in the same stream
	Reason   string `json:"reason,omitempty" personal:"true"` // why
}

func (FactVoided) EventType() string { return "customer.fact_voided.v1" }

// Evolve changes nothing: a state is folded anew without the voided fact.
func (FactVoided) Evolve(*State, domain.Metadata) {}

// Summary implements Told.
func (e FactVoided) Summary() string { return "a fact was voided: it was recorded by mistake" }
