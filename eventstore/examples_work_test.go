package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/guidance"
)

func workExamples() []domain.Event {
	recommendation, handover := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c17"), uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c18")
	return []domain.Event{
		customer.RecommendationIssued{RecommendationID: recommendation, Assignee: "bob", Action: "offer a service contract",
			Reason: "the machine breaks down often", Evidence: []string{"3 breakdowns in 90 days"}, DueOn: 15034, Guided: &customer.Guided{
				Guidance: "keep", Version: 2, Segment: "fragile", SegmentVersion: 3, StayFrom: 15020, Category: "contracts",
				ExpectedMinor: point(int64(1250)), Currency: "EUR", Outcome: customer.PurchaseOutcome, OutcomeDays: 30}},
		customer.RecommendationAccepted{RecommendationID: recommendation},
		customer.RecommendationDismissed{RecommendationID: recommendation, Reason: "they sell the machine"},
		customer.RecommendationOverdue{RecommendationID: recommendation},
		guidance.Defined{Name: "keep", Version: 2, Terms: guidance.Terms{Segment: "fragile", Action: "offer a service contract",
			Reason: "their machines break down often", Assignee: "service sales", ForDepartment: "service", DueDays: 7,
			CooldownDays: 90, Suggests: guidance.Category, ExpectedValue: "0.1 * avg_order_value",
			Outcome: customer.PurchaseOutcome, OutcomeDays: 30}},
		guidance.Retired{Name: "keep", Version: 2},
		customer.HandedOver{HandoverID: handover, From: "sales", To: "service", What: "install the machine"},
		customer.HandoverAccepted{HandoverID: handover},
	}
}
