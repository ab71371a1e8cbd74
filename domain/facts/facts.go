// Package facts folds what happened to a customer into what rules may speak of and what tables show: the
// catalogue of facts. It is pure. It must not know rules, storage or the clock: the day on which a fact is
// asked for comes in with the question.
package facts

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/value"
)

// Customer is everything that the catalogue can say of one customer. Its JSON form is the memory that the
// projections keep between pages; the id is the memory's key and not part of it.
type Customer struct {
	ID            uuid.UUID     `json:"-"`
	Profile       Profile       `json:"profile,omitzero"`
	Attributes    Attributes    `json:"attributes,omitempty"`
	ContactPoints ContactPoints `json:"contact_points,omitempty"`
	Roles         []string      `json:"roles,omitempty"`         // sorted
	Relationships int64         `json:"relationships,omitempty"` // declared of the customer and not ended
	Insights      int64         `json:"insights,omitempty"`      // that stand
	ArchivedOn    *domain.Day   `json:"archived_on,omitempty"`   // while the customer is set aside
	Value         Value         `json:"value,omitzero"`
	Tastes        Tastes        `json:"tastes,omitempty"`
	Contacts      Contacts      `json:"contacts,omitzero"`
	Promises      Promises      `json:"promises,omitzero"`
	Orders        Orders        `json:"orders,omitzero"`
	// Cancelled are the purchases whose orders were cancelled, as was foreseen.
	Cancelled  map[uuid.UUID]bool `json:"cancelled,omitempty"`
	Offers     Offers             `json:"offers,omitzero"`
	Leads      Leads              `json:"leads,omitzero"`
	Pipeline   Pipeline           `json:"pipeline,omitzero"`
	Assets     Assets             `json:"assets,omitzero"`
	Cases      Cases              `json:"cases,omitzero"`
	Surveys    Surveys            `json:"surveys,omitzero"`
	Campaigns  Campaigns          `json:"campaigns,omitzero"`
	Points     Points             `json:"points,omitzero"`
	Referrals  Referrals          `json:"referrals,omitzero"`
	Agreements Agreements         `json:"agreements,omitempty"`
	Work       Work               `json:"work,omitzero"`
	Consents   Consents           `json:"consents,omitempty"`
	// Deadlines are the days at whose end something of the customer falls due.
	Deadlines Deadlines `json:"deadlines,omitempty"`
	// Events counts what happened; LastEventOn is the newest day on which something did, once Events > 0.
	Events      int64      `json:"events,omitempty"`
	LastEventOn domain.Day `json:"last_event_on,omitzero"`
	// Predictor is the model of value in force, nil while there is none. It is the same for all: whoever asks for
	// facts that it predicts sets it.
	Predictor *value.Predictor `json:"-"`
}

// Apply takes one more fact of the customer into account, in the order of the log; day is the day of its
// occurred_at in the business's time zone, which may be earlier than what was applied before.
func (c *Customer) Apply(r domain.Recorded, day domain.Day) {
	switch e := r.Event.(type) {
	case customer.MergeBegun, customer.Absorbed, customer.Separated, customer.Merged, customer.SplitOff, customer.FactVoided:
		return // says who the customer is or what counts, not what happened to them
	case customer.Erased:
		if r.Stream == customer.Stream(c.ID) {
			c.ends()
		}
		return
	case customer.Registered:
		c.Profile.registered(e, day)
	case customer.ProfileChanged:
		c.Profile.changed(e)
	case customer.AttributeSet, customer.AttributeRemoved, customer.AttributeExpired, customer.AttributeResolved:
		c.attributed(e)
	case customer.ContactPointAdded, customer.ContactPointVerified, customer.ContactPointRemoved:
		c.reachable(e)
	case customer.RoleAssigned, customer.RoleEnded, customer.RelationshipDeclared, customer.RelationshipEnded:
		c.stood(e)
	case customer.InsightRecorded:
		c.Insights++
	case customer.InsightRetracted:
		c.Insights--
	case customer.Archived:
		c.ArchivedOn = &day
	case customer.Restored:
		c.ArchivedOn = nil
	case customer.PurchaseRecorded:
		if c.InVain(e) {
			c.Value.reportIn(e.ReportingCurrency)
			break
		}
		c.Value.bought(e, day)
		c.tasted(e)
	case customer.ReturnRecorded:
		if !c.InVain(e) {
			c.Value.returned(e, day)
		}
		c.Orders.refunded(e)
	case customer.InteractionRecorded, customer.InterviewHeld:
		c.Contacts.interacted(day)
	case customer.PointsEarned:
		c.earned(e)
	case customer.PointsSpent:
		c.spent(e)
	case customer.PointsReversed:
		c.reversed(e)
	case customer.PointsExpired:
		c.expired(e)
	case customer.AssetInstalled, customer.AssetRetired, customer.DefectFound, customer.BreakdownReported,
		customer.MaintenanceScheduled, customer.MaintenanceMissed, customer.MaintenancePerformed,
		customer.MaintenanceCancelled:
		c.served(e, day)
	case customer.CaseOpened, customer.CaseResponded, customer.CasePaused, customer.CaseResumed, customer.CaseBreached,
		customer.CaseResolved, customer.CaseReopened, customer.CaseReplied:
		c.helped(e, day)
	case customer.LeadCaptured, customer.LeadAccepted, customer.LeadRejected:
		c.Leads.happened(e, day)
	case customer.OpportunityOpened:
		c.Pipeline.opened(e)
	case customer.OpportunityRevalued:
		c.Pipeline.revalued(e)
	case customer.OpportunityWon:
		c.Pipeline.won(e)
	case customer.OpportunityLost:
		c.Pipeline.lost(e)
	case customer.OfferProposed, customer.OfferAccepted, customer.OfferRejected, customer.OfferExpired, customer.OfferRedeemed:
		c.offered(e, day)
	case customer.ReferralMade:
		c.Referrals.Made++
	case customer.ReferralConverted:
		c.Referrals.Converted++
	case customer.TestimonialGiven:
		c.Referrals.Testimonials++
	case customer.AgreementSigned:
		c.signed(e)
	case customer.AgreementEnded:
		c.ended(e)
	case customer.OrderPlaced:
		c.Orders.placed(e, c.Value.Digits)
	case customer.OrderPaid:
		c.Orders.settled(e.PurchaseID, e.ReportingMinor)
	case customer.OrderDelivered:
		c.Orders.Undelivered--
	case customer.OrderCancelled:
		c.Orders.cancelled(e)
	case customer.RecommendationIssued:
		c.Work.Recommendations++
		c.Deadlines.set("recommendation", e.RecommendationID, e.DueOn)
	case customer.RecommendationAccepted:
		c.Work.Recommendations--
		c.Deadlines.clear("recommendation", e.RecommendationID)
	case customer.RecommendationDismissed:
		c.Work.Recommendations--
		c.Deadlines.clear("recommendation", e.RecommendationID)
	case customer.RecommendationOverdue:
		c.Deadlines.clear("recommendation", e.RecommendationID)
	case customer.HandedOver:
		c.Work.Handovers++
	case customer.HandoverAccepted:
		c.Work.Handovers--
	case customer.PromiseMade:
		c.Promises.Open++
		c.Deadlines.set("promise", e.PromiseID, e.DueOn)
	case customer.PromiseKept:
		c.Promises.Open--
		c.Promises.Kept++
		c.Deadlines.clear("promise", e.PromiseID)
	case customer.PromiseBroken:
		c.Promises.Open--
		c.Promises.Broken++
		c.Deadlines.clear("promise", e.PromiseID)
	case customer.CampaignAssigned, customer.CampaignMessageSent, customer.CampaignMessageOpened,
		customer.CampaignMessageClicked:
		c.Campaigns.met(e, day)
	case customer.SurveyAnswered:
		c.Surveys.answered(e, day)
	case customer.ConsentGranted:
		c.consented(e)
	case customer.ConsentWithdrawn:
		c.consentEnded(e.ConsentKey)
	case customer.ConsentExpired:
		c.consentEnded(e.ConsentKey)
	}
	if c.Events == 0 || day > c.LastEventOn {
		c.LastEventOn = day
	}
	c.Events++
}

// Touched answers the newest day on which something of the customer happened; false before anything did.
func (c *Customer) Touched() (domain.Day, bool) { return c.LastEventOn, c.Events > 0 }

// ends ends what is open of a customer who was erased.
func (c *Customer) ends() {
	c.Deadlines = nil // nothing falls due any more
	c.Cases.Open, c.Cases.OpenComplaints = 0, 0
	c.Promises.Open, c.Offers.Open, c.Assets.Overdue = 0, 0, 0
	c.Leads.Erased += c.Leads.open()
	c.Pipeline.Open, c.Consents, c.Work = nil, nil, Work{}
	for _, lot := range c.Points.Lots {
		c.Points.Expired += lot.Left
	}
	c.Points.Lots = nil
}
