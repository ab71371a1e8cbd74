package projections

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Sharing keeps what data about customers went to whom outside.
var Sharing = Projector{
	Name:   "sharing",
	Tables: tables{sharedRows},
	Schema: `
CREATE INDEX ON data_shared (recipient); -- what a recipient was given
`,
	On: []Handler{On(func(e customer.DataShared, r domain.Recorded, p *fold) error {
		fields, err := json.Marshal(e.Fields)
		if err != nil {
			return fmt.Errorf("write down the fields: %w", err)
		}
		add(p, sharedRows, sharedRow{CustomerID: p.id, ShareID: e.ShareID, Recipient: optional(e.Recipient),
			RecipientID: e.RecipientID, Purpose: e.Purpose, Fields: fields, LegalBasis: string(e.LegalBasis), SharedOn: p.day,
			Source: optional(r.Metadata.Source), Department: optional(r.Metadata.Department), Actor: optional(r.Metadata.Actor)})
		return nil
	})},
}

type sharedRow struct {
	CustomerID  uuid.UUID       `db:"customer_id,key" note:"about whom"`
	RecordedFor *uuid.UUID      `db:"recorded_for"`
	ShareID     uuid.UUID       `db:"share_id,key" note:"the sharing"`
	Recipient   *string         `db:"recipient" note:"with whom, a partner by name"`
	RecipientID *uuid.UUID      `db:"recipient_id" check:"(recipient IS NULL) <> (recipient_id IS NULL)" note:"or another customer"`
	Purpose     string          `db:"purpose" note:"what for"`
	Fields      json.RawMessage `db:"fields" note:"what was shared, a list of names"`
	LegalBasis  string          `db:"legal_basis" note:"on what ground"`
	SharedOn    domain.Day      `db:"shared_on" note:"business day"`
	Source      *string         `db:"source" note:"the system that sent it"`
	Department  *string         `db:"department" note:"that shared it"`
	Actor       *string         `db:"actor" note:"who shared it"`
}

var sharedRows = added[sharedRow]("data_shared",
	"Every time that data about a customer went to somebody outside.")
