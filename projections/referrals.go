package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Referrals keeps who brought whom, and who recommended us in public.
var Referrals = Projector{
	Name: "referrals",
	Schema: `
-- Every referral that a customer made: who brought whom.
CREATE TABLE referrals (
	customer_id uuid NOT NULL, -- who referred
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	referral_id uuid NOT NULL, -- the referral
	via text, -- by what means
	made_on date NOT NULL, -- business day of the referral
	converted_on date, -- business day on which it was known to have brought a customer; null until then
	referred_id uuid, -- the customer who was brought
	purchase_id uuid, -- theirs, by which it is known
	department text, -- that recorded the referral
	channel text, -- through which
	PRIMARY KEY (customer_id, referral_id)
);
CREATE INDEX ON referrals (referred_id) WHERE referred_id IS NOT NULL; -- who brought a customer
-- Every recommendation in public.
CREATE TABLE testimonials (
	customer_id uuid NOT NULL, -- who recommended us
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	testimonial_id uuid NOT NULL, -- the recommendation
	published_in text NOT NULL, -- where
	content text, -- Personal: what they said
	given_on date NOT NULL, -- business day
	PRIMARY KEY (customer_id, testimonial_id)
);
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
	CustomerID  uuid.UUID   `db:"customer_id"`
	ReferralID  uuid.UUID   `db:"referral_id"`
	Via         *string     `db:"via"`
	MadeOn      domain.Day  `db:"made_on"`
	ConvertedOn *domain.Day `db:"converted_on"`
	ReferredID  *uuid.UUID  `db:"referred_id"`
	PurchaseID  *uuid.UUID  `db:"purchase_id"`
	Department  *string     `db:"department"`
	Channel     *string     `db:"channel"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
}

type testimonialRow struct {
	CustomerID    uuid.UUID  `db:"customer_id"`
	TestimonialID uuid.UUID  `db:"testimonial_id"`
	Where         string     `db:"published_in"`
	Content       *string    `db:"content"`
	GivenOn       domain.Day `db:"given_on"`
	RecordedFor   *uuid.UUID `db:"recorded_for"`
}

type referralKey struct{ customer, referral uuid.UUID }

var (
	referralRows = keyedRows("referrals", 2, func(k referralKey) referralRow {
		return referralRow{CustomerID: k.customer, ReferralID: k.referral}
	})
	testimonialRows = added[testimonialRow]("testimonials", 2)
)
