package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Consents keeps for what customers may be addressed, through which channels, and for what they might before.
var Consents = Projector{
	Name: "consents",
	Schema: `
-- Each consent as it stands: a row for each purpose and channel that a customer was ever asked for.
CREATE TABLE consent_current (
	customer_id uuid NOT NULL, -- whose
	purpose text NOT NULL, -- what for: marketing, profiling, …
	channel text NOT NULL, -- through which: email, sms, …
	state text NOT NULL CHECK (state IN ('granted', 'withdrawn', 'expired', 'erased')), -- granted, withdrawn or expired; erased where it was granted when the customer was erased
	since date NOT NULL, -- first business day of that state
	legal_basis text NOT NULL, -- on what ground it was granted last
	text_version text NOT NULL, -- of the text by which they were asked last
	expires_on date, -- last business day on which it holds; null: until withdrawn
	revision bigint NOT NULL, -- place of the latest grant in the customer's stream
	PRIMARY KEY (customer_id, purpose, channel)
);
CREATE INDEX ON consent_current (purpose, channel, state); -- who may be addressed for a purpose through a channel, and who not
-- Every consent that ever held: a row for each grant, by its terms.
CREATE TABLE consent_history (
	customer_id uuid NOT NULL, -- whose
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	position bigint NOT NULL, -- place in the log of the grant
	revision bigint NOT NULL, -- place of the grant in the customer's stream
	purpose text NOT NULL, -- what for
	channel text NOT NULL, -- through which
	legal_basis text NOT NULL, -- on what ground
	text_version text NOT NULL, -- of the text by which they were asked
	expires_on date, -- last business day on which it was to hold; null: until withdrawn
	valid_from date NOT NULL, -- first business day on which it held
	valid_to date CHECK (valid_to >= valid_from), -- first business day on which it did not any more; null while it holds
	ended_by text CHECK (ended_by IN ('replaced', 'withdrawn', 'expired', 'erased')), -- what ended it
	actor text, -- who recorded the grant
	source text, -- the system that it came through
	department text, -- whose
	PRIMARY KEY (customer_id, position)
);
CREATE INDEX ON consent_history (purpose, channel) WHERE valid_to IS NULL; -- who may be addressed for a purpose through a channel
`,
	On: []Handler{
		On(func(e customer.ConsentGranted, r domain.Recorded, p *fold) error {
			now := rowOf(p, consentRows, consentKey{p.id, e.ConsentKey})
			if err := p.endConsent(now, e.GrantedOn, "replaced"); err != nil {
				return err
			}
			then := rowOf(p, consentHistoryRows, grantKey{p.id, int64(r.Position)})
			now.State, now.Since, now.Revision, now.grant = "granted", e.GrantedOn, int64(r.Revision), int64(r.Position)
			now.LegalBasis, now.TextVersion, now.ExpiresOn = string(e.LegalBasis), e.TextVersion, e.ExpiresOn
			*then = consentHistoryRow{CustomerID: p.id, Position: now.grant, Revision: now.Revision, RecordedFor: p.recordedFor, Purpose: e.Purpose, Channel: e.Channel,
				LegalBasis: now.LegalBasis, TextVersion: now.TextVersion, ExpiresOn: e.ExpiresOn, ValidFrom: e.GrantedOn,
				Actor: optional(r.Metadata.Actor), Source: optional(r.Metadata.Source),
				Department: optional(r.Metadata.Department)}
			return nil
		}),
		On(func(e customer.ConsentWithdrawn, _ domain.Recorded, p *fold) error {
			return p.consentEnds(e.ConsentKey, e.WithdrawnOn, "withdrawn")
		}),
		On(func(e customer.ConsentExpired, _ domain.Recorded, p *fold) error {
			return p.consentEnds(e.ConsentKey, e.ExpiredOn+1, "expired")
		}),
		On(func(_ customer.Erased, _ domain.Recorded, p *fold) error {
			return each(p, consentRows, func(row *consentRow) error {
				if row.State != "granted" {
					return nil
				}
				return p.consentEnds(customer.ConsentKey{Purpose: row.Purpose, Channel: row.Channel}, max(p.day, row.Since), "erased")
			})
		}),
	},
}

// consentEnds turns a consent into one that does not hold from a day on.
func (p *fold) consentEnds(key customer.ConsentKey, on domain.Day, by string) error {
	row := rowOf(p, consentRows, consentKey{p.id, key})
	if err := p.endConsent(row, on, by); err != nil {
		return err
	}
	row.State, row.Since = by, on
	return nil
}

// endConsent closes the grant in force, if there is one.
func (p *fold) endConsent(row *consentRow, on domain.Day, by string) error {
	if row.State != "granted" {
		return nil
	}
	grant := rowOf(p, consentHistoryRows, grantKey{p.id, row.grant})
	grant.ValidTo, grant.EndedBy = &on, &by
	return nil
}

type consentRow struct {
	CustomerID  uuid.UUID   `db:"customer_id"`
	Purpose     string      `db:"purpose"`
	Channel     string      `db:"channel"`
	State       string      `db:"state"`
	Since       domain.Day  `db:"since"`
	LegalBasis  string      `db:"legal_basis"`
	TextVersion string      `db:"text_version"`
	ExpiresOn   *domain.Day `db:"expires_on"`
	Revision    int64       `db:"revision"`

	grant int64 // place in the log of the latest grant
}

type consentKey struct {
	customer uuid.UUID
	consent  customer.ConsentKey
}

var consentRows = keyedRows("consent_current", 3, func(k consentKey) consentRow {
	return consentRow{CustomerID: k.customer, Purpose: k.consent.Purpose, Channel: k.consent.Channel}
})

type consentHistoryRow struct {
	CustomerID  uuid.UUID   `db:"customer_id"`
	Position    int64       `db:"position"`
	Revision    int64       `db:"revision"`
	Purpose     string      `db:"purpose"`
	Channel     string      `db:"channel"`
	LegalBasis  string      `db:"legal_basis"`
	TextVersion string      `db:"text_version"`
	ExpiresOn   *domain.Day `db:"expires_on"`
	ValidFrom   domain.Day  `db:"valid_from"`
	ValidTo     *domain.Day `db:"valid_to"`
	EndedBy     *string     `db:"ended_by"`
	Actor       *string     `db:"actor"`
	Source      *string     `db:"source"`
	Department  *string     `db:"department"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
}

type grantKey struct {
	customer uuid.UUID
	position int64
}

var consentHistoryRows = keyedRows("consent_history", 2, func(k grantKey) consentHistoryRow {
	return consentHistoryRow{CustomerID: k.customer, Position: k.position}
})
