package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestReferralsAndAgreements(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("partners", 1, "agreement_in_force")
	w.segment("speakers", 1, "recommended_publicly || referrals_converted > 0")
	w.register("ann", "2024-01-01")
	w.register("bob", "2024-01-01")
	a, b, purchase := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}
	w.append(streamOf("ann"), "2024-01-02", customer.ReferralMade{ReferralID: a, Via: "link"},
		customer.ReferralMade{ReferralID: b})
	w.settle()
	w.append(streamOf("ann"), "2024-01-09",
		customer.ReferralConverted{ReferralID: a, ReferredID: who("bob"), PurchaseID: &purchase})
	w.append(streamOf("bob"), "2024-01-11", customer.TestimonialGiven{TestimonialID: a, Where: "a fair", Text: "Go there"})
	starts, ends := dayOn(t, "2024-02-01"), dayOn(t, "2024-06-30")
	w.append(streamOf("ann"), "2024-01-20", customer.AgreementSigned{AgreementID: a, Kind: "framework", StartsOn: starts,
		EndsOn: &ends}, customer.AgreementSigned{AgreementID: b, Kind: "co_creation", StartsOn: starts + 10})
	w.settle()
	next, err := w.reader.Due(w.ctx, ends)
	if err != nil || len(next) != 1 || next[who("ann")] != ends {
		t.Errorf("due: %v, %v", next, err)
	}
	w.closeDay("2024-06-29")
	w.append(streamOf("ann"), "2024-06-30 23:59", customer.AgreementEnded{AgreementID: a, Expired: true})
	w.append(streamOf("ann"), "2024-07-05", customer.AgreementEnded{AgreementID: b, Reason: "done"})
	w.settle()
	expect(t, "referrals", w.text("SELECT via, made_on, converted_on, referred_id IS NOT NULL FROM referrals ORDER BY referral_id"), `
link 2024-01-02 2024-01-09 true
<nil> 2024-01-02 <nil> false`)
	expect(t, "who brought whom", w.text(`SELECT by.name, came.name FROM referrals r
		JOIN customer_360 by USING (customer_id) JOIN customer_360 came ON came.customer_id = r.referred_id`), "\nann bob")
	expect(t, "testimonials", w.text("SELECT published_in, content, given_on FROM testimonials"), "\na fair Go there 2024-01-11")
	expect(t, "agreements", w.text("SELECT kind, state, signed_on, starts_on, ends_on, ended_on, reason FROM agreements ORDER BY kind"), `
co_creation ended 2024-01-20 2024-02-11 <nil> 2024-07-05 done
framework expired 2024-01-20 2024-02-01 2024-06-30 2024-06-30 <nil>`)
	expect(t, "memberships", w.text(`SELECT segment, name, valid_from, valid_to, evidence FROM segment_membership
		JOIN customer_360 USING (customer_id) ORDER BY segment, name`), `
partners ann 2024-02-01 2024-07-05 map[agreement_in_force:true]
speakers ann 2024-01-09 <nil> map[recommended_publicly:false referrals_converted:1]
speakers bob 2024-01-11 <nil> map[recommended_publicly:true referrals_converted:0]`)
}

func dayOn(t *testing.T, date string) domain.Day {
	t.Helper()
	day, err := domain.ParseDay(date)
	if err != nil {
		t.Fatal(err)
	}
	return day
}
