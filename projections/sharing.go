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
	Name: "sharing",
	Schema: `
-- Every time that data about a customer went to somebody outside.
CREATE TABLE data_shared (
	customer_id uuid NOT NULL, -- about whom
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	share_id uuid NOT NULL, -- the sharing
	recipient text, -- with whom, a partner by name
	recipient_id uuid, -- or another customer
	purpose text NOT NULL, -- what for
	fields jsonb NOT NULL, -- what was shared, a list of names
	legal_basis text NOT NULL, -- on what ground
	shared_on date NOT NULL, -- business day
	source text, -- the system that sent it
	department text, -- that shared it
	actor text, -- who shared it
	PRIMARY KEY (customer_id, share_id),
	CHECK ((recipient IS NULL) <> (recipient_id IS NULL))
);
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
	CustomerID  uuid.UUID       `db:"customer_id"`
	ShareID     uuid.UUID       `db:"share_id"`
	Recipient   *string         `db:"recipient"`
	RecipientID *uuid.UUID      `db:"recipient_id"`
	Purpose     string          `db:"purpose"`
	Fields      json.RawMessage `db:"fields"`
	LegalBasis  string          `db:"legal_basis"`
	SharedOn    domain.Day      `db:"shared_on"`
	Source      *string         `db:"source"`
	Department  *string         `db:"department"`
	Actor       *string         `db:"actor"`
	RecordedFor *uuid.UUID      `db:"recorded_for"`
}

var sharedRows = added[sharedRow]("data_shared", 2)
