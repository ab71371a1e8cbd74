package customer

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Name is the id that a fact gives to what it begins, such as a purchase or a case.
type Name struct {
	EventType string
	ID        uuid.UUID
}

// Named returns the name under which a fact counts once, however often it was recorded of a person under different ids;
// false where it begins nothing of that kind.
func Named(e domain.Event) (Name, bool) {
	var id uuid.UUID
	switch e := e.(type) {
	case PurchaseRecorded:
		id = e.PurchaseID
	case ReturnRecorded:
		id = e.ReturnID
	case InteractionRecorded:
		id = e.InteractionID
	case SurveyAnswered:
		id = e.SurveyID
	case InterviewHeld:
		id = e.InterviewID
	case AgreementSigned:
		id = e.AgreementID
	case AssetInstalled:
		id = e.AssetID
	case DefectFound:
		id = e.DefectID
	case BreakdownReported:
		id = e.BreakdownID
	case CampaignMessageSent:
		id = e.MessageID
	case CaseOpened:
		id = e.CaseID
	case ContactPointAdded:
		id = e.ContactPointID
	case HandedOver:
		id = e.HandoverID
	case InsightRecorded:
		id = e.InsightID
	case LeadCaptured:
		id = e.LeadID
	case MaintenanceScheduled:
		id = e.MaintenanceID
	case OfferProposed:
		id = e.OfferID
	case OpportunityOpened:
		id = e.OpportunityID
	case OrderPaid:
		id = e.PaymentID
	case PointsEarned:
		id = e.LotID
	case PointsSpent:
		id = e.SpendID
	case PromiseMade:
		id = e.PromiseID
	case RecommendationIssued:
		id = e.RecommendationID
	case ReferralMade:
		id = e.ReferralID
	case TestimonialGiven:
		id = e.TestimonialID
	case RelationshipDeclared:
		id = e.RelationshipID
	case DataShared:
		id = e.ShareID
	default:
		return Name{}, false
	}
	return Name{e.EventType(), id}, true
}
