package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Agreements keeps what customers and we agreed on, and until when it binds.
var Agreements = Projector{
	Name: "agreements",
	Schema: `
-- Every agreement with a customer.
CREATE TABLE agreements (
	customer_id uuid NOT NULL, -- with whom
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	agreement_id uuid NOT NULL, -- the agreement
	kind text NOT NULL, -- framework, partnership, co_creation, …
	signed_on date NOT NULL, -- business day
	starts_on date NOT NULL, -- first day on which it is in force
	ends_on date, -- last day as agreed; null where none was
	state text NOT NULL CHECK (state IN ('signed', 'ended', 'expired')), -- signed until it is ended or its last day is over
	ended_on date, -- business day on which it was ended or expired
	reason text, -- Personal: why it was ended
	department text, -- that signed it
	actor text, -- who did
	PRIMARY KEY (customer_id, agreement_id)
);
CREATE INDEX ON agreements (ends_on) WHERE state = 'signed'; -- which agreements end soon
CREATE INDEX ON agreements (signed_on); -- the agreements of a span of days
`,
	On: []Handler{
		On(func(e customer.AgreementSigned, r domain.Recorded, p *fold) error {
			row := rowOf(p, agreementRows, agreementKey{p.id, e.AgreementID})
			row.Kind, row.SignedOn, row.StartsOn, row.EndsOn, row.State = e.Kind, p.day, e.StartsOn, e.EndsOn, "signed"
			row.Department, row.Actor = optional(r.Metadata.Department), optional(r.Metadata.Actor)
			return nil
		}),
		On(func(e customer.AgreementEnded, _ domain.Recorded, p *fold) error {
			row := rowOf(p, agreementRows, agreementKey{p.id, e.AgreementID})
			on := p.day
			row.State, row.EndedOn, row.Reason = "ended", &on, optional(e.Reason)
			if e.Expired {
				row.State = "expired"
			}
			return nil
		}),
	},
}

type agreementRow struct {
	CustomerID  uuid.UUID   `db:"customer_id"`
	AgreementID uuid.UUID   `db:"agreement_id"`
	Kind        string      `db:"kind"`
	SignedOn    domain.Day  `db:"signed_on"`
	StartsOn    domain.Day  `db:"starts_on"`
	EndsOn      *domain.Day `db:"ends_on"`
	State       string      `db:"state"`
	EndedOn     *domain.Day `db:"ended_on"`
	Reason      *string     `db:"reason"`
	Department  *string     `db:"department"`
	Actor       *string     `db:"actor"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
}

type agreementKey struct{ customer, agreement uuid.UUID }

var agreementRows = keyedRows("agreements", 2, func(k agreementKey) agreementRow {
	return agreementRow{CustomerID: k.customer, AgreementID: k.agreement}
})
