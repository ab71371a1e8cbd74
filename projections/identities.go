package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
)

// Identities keeps by what e-mail addresses, phone numbers and external ids customers are and were known.
var Identities = Projector{
	Name:   "identities",
	Tables: tables{identityRows},
	Schema: `
CREATE INDEX ON customer_identity (kind, value) WHERE unlinked_on IS NULL; -- whose an identity is
`,
	On: []Handler{
		On(func(e customer.Registered, _ domain.Recorded, p *fold) error {
			for _, key := range e.Claims() {
				if err := p.link(key); err != nil {
					return err
				}
			}
			return nil
		}),
		On(func(e customer.IdentityLinked, _ domain.Recorded, p *fold) error { return p.link(e.Key) }),
		On(func(e customer.IdentityUnlinked, _ domain.Recorded, p *fold) error {
			if e.Value == "" {
				return nil
			}
			on := p.day
			rowOf(p, identityRows, identityKey{p.id, e.Key}).UnlinkedOn = &on
			return nil
		}),
	},
}

// link remembers an identity; not one that nobody can read any more.
func (f *fold) link(key identity.Key) error {
	if key.Value == "" {
		return nil
	}
	row := rowOf(f, identityRows, identityKey{f.id, key})
	row.LinkedOn, row.UnlinkedOn = f.day, nil
	return nil
}

type identityRow struct {
	CustomerID  uuid.UUID   `db:"customer_id,key" note:"who"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
	Kind        string      `db:"kind,key" note:"email, phone or external"`
	System      string      `db:"system,key" note:"the system of an external id; empty for the others"`
	Value       string      `db:"value,key" note:"Personal: in normal form: addresses in lower case, numbers without punctuation"`
	LinkedOn    domain.Day  `db:"linked_on" note:"business day on which it was linked, the last time"`
	UnlinkedOn  *domain.Day `db:"unlinked_on" note:"business day on which it was unlinked; null while it is linked"`
}

type identityKey struct {
	customer uuid.UUID
	key      identity.Key
}

var identityRows = keyedRows("customer_identity",
	"By what each customer is or was known: one row for each identity that was ever linked to them.", func(k identityKey) identityRow {
		return identityRow{CustomerID: k.customer, Kind: string(k.key.Kind), System: k.key.System, Value: k.key.Value}
	})
