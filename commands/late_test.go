package commands

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// What the calendar recorded when a day was over is withdrawn when it is told later what happened in time, and nothing
// else is. What falls due then falls due again.
func TestTheCalendarWithdrawsWhatALateFactShows(t *testing.T) {
	began := noon.AddDate(0, 0, -20)
	day := func(n int) domain.Day { return domain.DayOf(began, time.UTC) + domain.Day(n) }
	last := day(3)
	one := uuid.UUID{1}
	offer := customer.ProposeOffer{OfferID: one, OfferTerms: customer.OfferTerms{SKU: "tea", Reason: "likes tea", DiscountPercent: new(decimal.Ten), ValidUntil: last}}
	redeem := purchase(1)
	redeem.OfferID = &one
	asset := customer.InstallAsset{AssetID: uuid.UUID{2}, Model: "L4", InstalledOn: day(-9)}
	for name, c := range map[string]struct {
		given []customer.Command
		late  customer.Command
		fell  string // what the calendar recorded, and what counts then
		then  string
	}{
		"a promise was kept": {[]customer.Command{customer.MakePromise{PromiseID: one, What: "a call", DueOn: last}},
			customer.KeepPromise{PromiseID: one}, "promise_made promise_broken", "promise_made promise_kept"},
		"a promise was broken before its day": {[]customer.Command{customer.MakePromise{PromiseID: one, What: "a call", DueOn: last}},
			customer.BreakPromise{PromiseID: one}, "promise_made promise_broken", "promise_made promise_broken"},
		"one of two promises was kept": {[]customer.Command{customer.MakePromise{PromiseID: one, What: "a call", DueOn: last},
			customer.MakePromise{PromiseID: uuid.UUID{3}, What: "a visit", DueOn: last}}, customer.KeepPromise{PromiseID: one},
			"promise_made promise_made promise_broken promise_broken", "promise_made promise_made promise_broken promise_kept"},
		"an offer was accepted": {[]customer.Command{offer}, customer.AcceptOffer{OfferID: one},
			"offer_proposed offer_expired", "offer_proposed offer_accepted"},
		"an offer was rejected": {[]customer.Command{offer}, customer.RejectOffer{OfferID: one},
			"offer_proposed offer_expired", "offer_proposed offer_rejected"},
		"an offer was redeemed": {[]customer.Command{offer}, redeem,
			"offer_proposed offer_expired", "offer_proposed purchase_recorded offer_redeemed"},
		"points were spent": {[]customer.Command{customer.EarnPoints{LotID: one, Points: 80, ExpiresOn: &last}}, customer.SpendPoints{SpendID: one, Points: 80},
			"points_earned points_expired", "points_earned points_spent"},
		"some points were spent": {[]customer.Command{customer.EarnPoints{LotID: one, Points: 80, ExpiresOn: &last}}, customer.SpendPoints{SpendID: one, Points: 50},
			"points_earned points_expired", "points_earned points_spent points_expired"},
		"a consent was withdrawn": {[]customer.Command{customer.GrantConsent{Purpose: "marketing", Through: "email", LegalBasis: "consent", TextVersion: "1", ExpiresOn: &last}},
			withdraw, "consent_granted consent_expired", "consent_granted consent_withdrawn"},
		"an attribute was taken back": {[]customer.Command{customer.SetAttribute{Name: "income", Value: "high", ExpiresOn: &last}},
			customer.RemoveAttribute{Name: "income"}, "attribute_set attribute_expired", "attribute_set attribute_removed"},
		"a case was answered": {[]customer.Command{customer.OpenCase{CaseID: one, Type: customer.Question}}, customer.RespondToCase{CaseID: one, ResponseID: one},
			"case_opened case_breached case_breached", "case_opened case_breached case_responded"},
		"a case was resolved": {[]customer.Command{customer.OpenCase{CaseID: one, Type: customer.Question}}, customer.ResolveCase{CaseID: one, Action: customer.CorrectiveAction},
			"case_opened case_breached case_breached", "case_opened case_resolved"},
		"maintenance was performed": {[]customer.Command{asset, customer.ScheduleMaintenance{MaintenanceID: one, AssetID: asset.AssetID, Component: "belt", DueOn: last}},
			customer.PerformMaintenance{MaintenanceID: one, AssetID: asset.AssetID, Component: "belt"},
			"asset_installed maintenance_scheduled maintenance_missed", "asset_installed maintenance_scheduled maintenance_performed"},
		"a recommendation was accepted": {[]customer.Command{customer.IssueRecommendation{RecommendationID: one, Assignee: "bob", Action: "a call", Reason: "quiet", DueOn: last}},
			customer.AcceptRecommendation{RecommendationID: one}, "recommendation_issued recommendation_overdue", "recommendation_issued recommendation_accepted"},
		"an agreement ended": {[]customer.Command{customer.SignAgreement{AgreementID: one, Kind: "framework", StartsOn: day(0), EndsOn: &last}},
			customer.EndAgreement{AgreementID: one}, "agreement_signed agreement_ended", "agreement_signed agreement_ended"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(newLog(t))
			tell := func(s *Service, at time.Time, c customer.Command) Answer {
				r := of(c)
				r.Metadata.OccurredAt = at
				return handle(t, s, r)
			}
			tell(s, began, register())
			for _, c := range c.given {
				tell(s, began, c)
			}
			if _, err := s.Calendar.Handle(t.Context(), closing(day(6))); err != nil {
				t.Fatal(err)
			}
			other := newService(s.log.store) // which reads all from the log
			expectCounting(t, s, c.fell)
			tell(s, began.Add(time.Hour), c.late)
			if a := tell(other, began.Add(time.Hour), c.late); a.Appended > 0 {
				t.Errorf("told again, it is something new: %+v", a)
			}
			if err := s.PassDay(t.Context()); err != nil {
				t.Fatal(err)
			}
			expectCounting(t, s, c.then)
			if err := checkFolds(s.Customers, newService(s.log.store).Customers, customer.Stream(alice)); err != nil {
				t.Error(err)
			}
			for _, r := range recorded(t, s.log.store, customer.Stream(alice)) {
				if _, void := r.Event.(customer.FactVoided); void && r.Metadata.Actor != "system" {
					t.Errorf("it is withdrawn by %q", r.Metadata.Actor)
				}
			}
		})
	}
}

// What happened after its day was over withdraws nothing.
func TestALateFactOfALaterTimeWithdrawsNothing(t *testing.T) {
	s := newService(newLog(t))
	promised(t, s, domain.DayOf(noon, time.UTC))
	if _, err := s.Calendar.Handle(t.Context(), closing(domain.DayOf(noon, time.UTC)-1)); err != nil {
		t.Fatal(err)
	}
	keep := of(customer.KeepPromise{PromiseID: uuid.UUID{0: 1, 15: 0}})
	keep.Metadata.OccurredAt = noon.AddDate(0, 0, -8)
	refused(t, s, keep, customer.ErrPromiseBroken)
	keep.Metadata.OccurredAt = noon.AddDate(0, 0, -9)
	if a := handle(t, s, keep); a.Appended != 2 {
		t.Errorf("on the day itself: %+v, want a void and the fact", a)
	}
	if days := broken(t, s); len(days) != 3 {
		t.Errorf("promises broken: %v", days)
	}
}

// expectCounting compares the types of what counts for alice, as it happened, with those wanted.
func expectCounting(t *testing.T, s *Service, want string) {
	t.Helper()
	var got []string
	for _, r := range customer.Facts(alice, recorded(t, s.log.store, customer.Stream(alice)))[1:] {
		got = append(got, strings.TrimSuffix(strings.TrimPrefix(r.Event.EventType(), "customer."), ".v1"))
	}
	wanted := strings.Fields(want)
	slices.Sort(wanted)
	slices.Sort(got)
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("what counts (-want +got):\n%s", diff)
	}
}
