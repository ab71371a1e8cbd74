package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Agreements keeps what customers and we agreed on, and until when it binds.
var Agreements = Projector{
	Name:   "agreements",
	Tables: tables{agreementRows},
	Schema: `
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
	CustomerID  uuid.UUID   `db:"customer_id,key" note:"with whom"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
	AgreementID uuid.UUID   `db:"agreement_id,key" note:"the agreement"`
	Kind        string      `db:"kind" note:"framework, partnership, co_creation, …"`
	SignedOn    domain.Day  `db:"signed_on" note:"business day"`
	StartsOn    domain.Day  `db:"starts_on" note:"first day on which it is in force"`
	EndsOn      *domain.Day `db:"ends_on" note:"last day as agreed; null where none was"`
	State       string      `db:"state" among:"signed,ended,expired" note:"signed until it is ended or its last day is over"`
	EndedOn     *domain.Day `db:"ended_on" note:"business day on which it was ended or expired"`
	Reason      *string     `db:"reason" note:"Personal: why it was ended"`
	Department  *string     `db:"department" note:"that signed it"`
	Actor       *string     `db:"actor" note:"who did"`
}

type agreementKey struct{ customer, agreement uuid.UUID }

var agreementRows = keyedRows("agreements",
	"Every agreement with a customer.", func(k agreementKey) agreementRow {
		return agreementRow{CustomerID: k.customer, AgreementID: k.agreement}
	})
