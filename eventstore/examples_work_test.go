package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func workExamples() []domain.Event {
	recommendation, handover := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c17"), uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c18")
	return []domain.Event{
		customer.RecommendationIssued{RecommendationID: recommendation, Assignee: "bob", Action: "offer a service contract",
			Reason: "the machine breaks down often", Evidence: []string{"3 breakdowns in 90 days"}, DueOn: 15034},
		customer.RecommendationAccepted{RecommendationID: recommendation},
		customer.RecommendationDismissed{RecommendationID: recommendation, Reason: "they sell the machine"},
		customer.RecommendationOverdue{RecommendationID: recommendation},
		customer.HandedOver{HandoverID: handover, From: "sales", To: "service", What: "install the machine"},
		customer.HandoverAccepted{HandoverID: handover},
	}
}
