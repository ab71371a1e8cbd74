package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func pointsExamples() []domain.Event {
	purchase := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c01")
	lot := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c10")
	taken := []customer.LotPoints{{LotID: lot, Points: 40}}
	return []domain.Event{
		customer.PointsEarned{LotID: lot, Points: 120, ExpiresOn: point(domain.Day(15400)), PurchaseID: &purchase,
			For: "a birthday", RepaidPoints: 5},
		customer.PointsSpent{SpendID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c11"), Points: 40, For: "a mug",
			Taken: taken},
		customer.PointsReversed{ReturnID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c02"), LotID: lot, Points: 50,
			Taken: taken, OwedPoints: 10},
		customer.PointsExpired{LotID: lot, Points: 40},
	}
}
