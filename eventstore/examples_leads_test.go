package eventstore_test

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

var leadExamples = func() []domain.Event {
	id, opportunity := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c61"), uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c31")
	at := time.Date(2011, 3, 1, 10, 26, 0, 0, time.UTC)
	return []domain.Event{
		customer.LeadCaptured{LeadID: id, LeadSource: "fair", Campaign: "spring", Interest: "lamps for the hall",
			Owner: "Eve Example", At: at},
		customer.LeadQualified{LeadID: id, Score: point(80), Reason: "has a budget", At: at.Add(time.Hour)},
		customer.LeadAccepted{LeadID: id, OpportunityID: &opportunity, At: at.Add(26 * time.Hour)},
		customer.LeadRejected{LeadID: id, Reason: "no budget", At: at.Add(2 * time.Hour)},
	}
}()
