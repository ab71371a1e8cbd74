package eventstore

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/segment"
)

// Types lists every event that is written today. A new event is registered by a line here, and gets a
// golden file: go test ./eventstore -update.
var Types = []domain.Event{
	business.CurrencySet{},
	business.TimeZoneSet{},
	calendar.DayClosed{},
	customer.Registered{},
	customer.PurchaseRecorded{},
	customer.ReturnRecorded{},
	customer.IdentityLinked{},
	customer.IdentityUnlinked{},
	customer.InteractionRecorded{},
	customer.PromiseMade{},
	customer.PromiseKept{},
	customer.PromiseBroken{},
	customer.ConsentGranted{},
	customer.ConsentWithdrawn{},
	customer.ConsentExpired{},
	customer.PointsEarned{},
	customer.PointsSpent{},
	customer.PointsReversed{},
	customer.PointsExpired{},
	identity.Claimed{},
	identity.Released{},
	policy.Published{},
	segment.Defined{},
	segment.Retired{},
}
