package eventstore

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/questionnaire"
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
	customer.OrderPlaced{},
	customer.OrderPaid{},
	customer.OrderShipped{},
	customer.OrderDelivered{},
	customer.OrderCancelled{},
	customer.ReturnRecorded{},
	customer.Absorbed{},
	customer.Separated{},
	customer.Merged{},
	customer.SplitOff{},
	customer.IdentityLinked{},
	customer.IdentityUnlinked{},
	customer.InteractionRecorded{},
	customer.InterviewHeld{},
	customer.PromiseMade{},
	customer.PromiseKept{},
	customer.PromiseBroken{},
	customer.OpportunityOpened{},
	customer.OpportunityMoved{},
	customer.OpportunityRevalued{},
	customer.OpportunityWon{},
	customer.OpportunityLost{},
	customer.ConsentGranted{},
	customer.ConsentWithdrawn{},
	customer.ConsentExpired{},
	customer.SurveyAnswered{},
	customer.PointsEarned{},
	customer.PointsSpent{},
	customer.PointsReversed{},
	customer.PointsExpired{},
	customer.ReferralMade{},
	customer.ReferralConverted{},
	customer.TestimonialGiven{},
	customer.AgreementSigned{},
	customer.AgreementEnded{},
	identity.Claimed{},
	identity.Released{},
	customer.AssetInstalled{},
	customer.UsageReported{},
	customer.WearMeasured{},
	customer.DefectFound{},
	customer.BreakdownReported{},
	customer.MaintenanceScheduled{},
	customer.MaintenancePerformed{},
	customer.MaintenanceMissed{},
	customer.MaintenanceCancelled{},
	customer.AssetRetired{},
	policy.Published{},
	questionnaire.Published{},
	segment.Defined{},
	segment.Retired{},
}
