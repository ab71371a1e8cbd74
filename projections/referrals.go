package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Referrals keeps who brought whom, and who recommended us in public.
var Referrals = Projector{
	Name:   "referrals",
	Tables: tables{referralRows, testimonialRows},
	Schema: `
CREATE INDEX ON referrals (referred_id) WHERE referred_id IS NOT NULL; -- who brought a customer
`,
	On: []Handler{
		On(func(e customer.ReferralMade, r domain.Recorded, p *fold) error {
			row := rowOf(p, referralRows, referralKey{p.id, e.ReferralID})
			row.Via, row.MadeOn = optional(e.Via), p.day
			row.Department, row.Channel = optional(r.Metadata.Department), optional(r.Metadata.Channel)
			return nil
		}),
		On(func(e customer.ReferralConverted, _ domain.Recorded, p *fold) error {
			row := rowOf(p, referralRows, referralKey{p.id, e.ReferralID})
			on := p.day
			row.ConvertedOn, row.ReferredID, row.PurchaseID = &on, &e.ReferredID, e.PurchaseID
			return nil
		}),
		On(func(e customer.TestimonialGiven, _ domain.Recorded, p *fold) error {
			add(p, testimonialRows, testimonialRow{CustomerID: p.id, TestimonialID: e.TestimonialID, Where: e.Where,
				Content: optional(e.Text), GivenOn: p.day})
			return nil
		}),
	},
}

type referralRow struct {
	CustomerID  uuid.UUID   `db:"customer_id,key" note:"who referred"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
	ReferralID  uuid.UUID   `db:"referral_id,key" note:"the referral"`
	Via         *string     `db:"via" note:"by what means"`
	MadeOn      domain.Day  `db:"made_on" note:"business day of the referral"`
	ConvertedOn *domain.Day `db:"converted_on" note:"business day on which it was known to have brought a customer; null until then"`
	ReferredID  *uuid.UUID  `db:"referred_id" note:"the customer who was brought"`
	PurchaseID  *uuid.UUID  `db:"purchase_id" note:"theirs, by which it is known"`
	Department  *string     `db:"department" note:"that recorded the referral"`
	Channel     *string     `db:"channel" note:"through which"`
}

type testimonialRow struct {
	CustomerID    uuid.UUID  `db:"customer_id,key" note:"who recommended us"`
	RecordedFor   *uuid.UUID `db:"recorded_for"`
	TestimonialID uuid.UUID  `db:"testimonial_id,key" note:"the recommendation"`
	Where         string     `db:"published_in" note:"where"`
	Content       *string    `db:"content" note:"Personal: what they said"`
	GivenOn       domain.Day `db:"given_on" note:"business day"`
}

type referralKey struct{ customer, referral uuid.UUID }

var (
	referralRows = keyedRows("referrals",
		"Every referral that a customer made: who brought whom.", func(k referralKey) referralRow {
			return referralRow{CustomerID: k.customer, ReferralID: k.referral}
		})
	testimonialRows = added[testimonialRow]("testimonials",
		"Every recommendation in public.")
)
