package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Consents keeps for what customers may be addressed, through which channels, and for what they might before.
var Consents = Projector{
	Name:   "consents",
	Tables: tables{consentRows, consentHistoryRows},
	Schema: `
CREATE INDEX ON consent_current (purpose, channel, state); -- who may be addressed for a purpose through a channel, and who not
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
func (f *fold) consentEnds(key customer.ConsentKey, on domain.Day, by string) error {
	row := rowOf(f, consentRows, consentKey{f.id, key})
	if err := f.endConsent(row, on, by); err != nil {
		return err
	}
	row.State, row.Since = by, on
	return nil
}

// endConsent closes the grant in force, if there is one.
func (f *fold) endConsent(row *consentRow, on domain.Day, by string) error {
	if row.State != "granted" {
		return nil
	}
	grant := rowOf(f, consentHistoryRows, grantKey{f.id, row.grant})
	grant.ValidTo, grant.EndedBy = &on, &by
	return nil
}

type consentRow struct {
	CustomerID  uuid.UUID   `db:"customer_id,key" note:"whose"`
	Purpose     string      `db:"purpose,key" note:"what for: marketing, profiling, …"`
	Channel     string      `db:"channel,key" note:"through which: email, sms, …"`
	State       string      `db:"state" among:"granted,withdrawn,expired,erased" note:"granted, withdrawn or expired; erased where it was granted when the customer was erased"`
	Since       domain.Day  `db:"since" note:"first business day of that state"`
	LegalBasis  string      `db:"legal_basis" note:"on what ground it was granted last"`
	TextVersion string      `db:"text_version" note:"of the text by which they were asked last"`
	ExpiresOn   *domain.Day `db:"expires_on" note:"last business day on which it holds; null: until withdrawn"`
	Revision    int64       `db:"revision" note:"place of the latest grant in the customer's stream"`

	grant int64 // place in the log of the latest grant
}

type consentKey struct {
	customer uuid.UUID
	consent  customer.ConsentKey
}

var consentRows = keyedRows("consent_current",
	"Each consent as it stands: a row for each purpose and channel that a customer was ever asked for.", func(k consentKey) consentRow {
		return consentRow{CustomerID: k.customer, Purpose: k.consent.Purpose, Channel: k.consent.Channel}
	})

type consentHistoryRow struct {
	CustomerID  uuid.UUID   `db:"customer_id,key" note:"whose"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
	Position    int64       `db:"position,key" note:"place in the log of the grant"`
	Revision    int64       `db:"revision" note:"place of the grant in the customer's stream"`
	Purpose     string      `db:"purpose" note:"what for"`
	Channel     string      `db:"channel" note:"through which"`
	LegalBasis  string      `db:"legal_basis" note:"on what ground"`
	TextVersion string      `db:"text_version" note:"of the text by which they were asked"`
	ExpiresOn   *domain.Day `db:"expires_on" note:"last business day on which it was to hold; null: until withdrawn"`
	ValidFrom   domain.Day  `db:"valid_from" note:"first business day on which it held"`
	ValidTo     *domain.Day `db:"valid_to" check:"valid_to >= valid_from" note:"first business day on which it did not any more; null while it holds"`
	EndedBy     *string     `db:"ended_by" among:"replaced,withdrawn,expired,erased" note:"what ended it"`
	Actor       *string     `db:"actor" note:"who recorded the grant"`
	Source      *string     `db:"source" note:"the system that it came through"`
	Department  *string     `db:"department" note:"whose"`
}

type grantKey struct {
	customer uuid.UUID
	position int64
}

var consentHistoryRows = keyedRows("consent_history",
	"Every consent that ever held: a row for each grant, by its terms.", func(k grantKey) consentHistoryRow {
		return consentHistoryRow{CustomerID: k.customer, Position: k.position}
	})
