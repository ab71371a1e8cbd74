package customer_test

import (
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

// moments are stories of what is told to have happened before what it is about began, by an hour of the same day.
func moments() []story {
	const today = domain.Day(19800)
	began := today.Time().Add(12 * time.Hour)
	at := func(hours int, c customer.Command) customer.Command {
		return domaintest.In(c, func(g *customer.Given) {
			g.When, g.On, g.Dated = began.Add(time.Duration(hours)*time.Hour), today, true
			g.Reporting = ""
		})
	}
	then := func(e customer.Event) customer.Event { return domaintest.Happened(began, e) }
	refused := func(name string, given []customer.Event, c customer.Command) story {
		return story{Name: name + " before it began", Given: given, When: at(-1, c), Refused: customer.ErrBeforeBegan}
	}
	purchase, other := id(1), id(2)
	question := customer.CaseOpened{CaseID: id(20), Type: customer.Question, Priority: customer.Normal, OpenedOn: today,
		RespondBy: began.Add(time.Hour), ResolveBy: began.Add(24 * time.Hour)}
	resolve := customer.ResolveCase{CaseID: id(20), Action: customer.CorrectiveAction}
	resolved := customer.CaseResolved{CaseID: id(20), Type: customer.Question, Action: customer.CorrectiveAction}
	opened := ann(then(question))
	placed := ann(cups(), then(customer.OrderPlaced{PurchaseID: id(1), Currency: "EUR", Worth: customer.Worth{AmountMinor: 1100, ReportingMinor: 1100}}))
	promised := ann(then(customer.PromiseMade{PromiseID: id(21), What: "a call", DueOn: today + 9}))
	offered := ann(then(customer.OfferProposed{OfferID: id(22), On: today,
		OfferTerms: customer.OfferTerms{SKU: "tea", Reason: "quiet", ValidUntil: today + 9}}))
	asset := ann(customer.AssetInstalled{AssetID: id(23), Model: "L4", InstalledOn: today + 1})
	contact := ann(then(customer.ContactPointAdded{ContactPointID: id(24), Kind: "post", Value: "1 High Street"}))
	marketing := customer.ConsentKey{Purpose: "marketing", Channel: "email"}
	grant := customer.GrantConsent{Purpose: "marketing", Through: "email", LegalBasis: "consent", TextVersion: "1"}
	granted := customer.ConsentGranted{ConsentKey: marketing, LegalBasis: "consent", TextVersion: "1", GrantedOn: today}
	withdrawn := then(customer.ConsentWithdrawn{ConsentKey: marketing, WithdrawnOn: today})
	deal := then(customer.OpportunityOpened{OpportunityID: id(25), Stage: "prospecting", Currency: "EUR", ReportingCurrency: "EUR", On: today})
	return []story{
		refused("a case is resolved", opened, resolve),
		refused("a case is answered", opened, customer.RespondToCase{CaseID: id(20), ResponseID: id(5)}),
		refused("a case is assigned", opened, customer.AssignCase{CaseID: id(20), Assignee: "bob"}),
		refused("a case is paused", opened, customer.PauseCase{CaseID: id(20)}),
		refused("a case is escalated", opened, customer.EscalateCase{CaseID: id(20), To: "the head"}),
		refused("a pause ends", ann(question, then(customer.CasePaused{CaseID: id(20)})), customer.ResumeCase{CaseID: id(20)}),
		refused("a case is reopened", ann(question, then(resolved)), customer.ReopenCase{CaseID: id(20)}),
		refused("a case is closed", ann(question, then(resolved)), customer.CloseCase{CaseID: id(20)}),
		refused("a case is resolved once more", ann(question, resolved, then(customer.CaseReopened{CaseID: id(20), Type: customer.Question})), resolve),
		refused("an order is paid", placed, customer.PayOrder{PaymentID: id(5), PurchaseID: id(1), Amount: number("4.50")}),
		refused("an order is shipped", placed, customer.ShipOrder{PurchaseID: id(1)}),
		refused("an order is delivered", placed, customer.DeliverOrder{PurchaseID: id(1)}),
		refused("an order is cancelled", placed, customer.CancelOrder{PurchaseID: id(1)}),
		refused("a purchase comes back", ann(then(cups())), bring(back("cup", "1", "2.00"))),
		refused("a purchase is refunded", ann(then(cups())), customer.RefundPurchase{RefundID: id(9), PurchaseID: purchase, Amount: number("1")}),
		refused("a promise is kept", promised, customer.KeepPromise{PromiseID: id(21)}),
		refused("a promise is broken", promised, customer.BreakPromise{PromiseID: id(21)}),
		refused("an offer is accepted", offered, customer.AcceptOffer{OfferID: id(22)}),
		refused("an offer is rejected", offered, customer.RejectOffer{OfferID: id(22)}),
		refused("an asset is used", asset, customer.ReportUsage{AssetID: id(23), ReadingID: id(5), Total: number("1"), Unit: "h"}),
		refused("an asset is retired", asset, customer.RetireAsset{AssetID: id(23)}),
		refused("a contact point is verified", contact, customer.VerifyContactPoint{ContactPointID: id(24), Method: "letter"}),
		refused("a contact point is removed", contact, customer.RemoveContactPoint{ContactPointID: id(24)}),
		refused("a relationship ends", ann(then(customer.RelationshipDeclared{RelationshipID: id(26), OtherID: other, Kind: "household"})),
			customer.EndRelationship{RelationshipID: id(26)}),
		refused("an agreement ends", ann(then(customer.AgreementSigned{AgreementID: id(27), Kind: "framework", StartsOn: today})),
			customer.EndAgreement{AgreementID: id(27)}),
		refused("a hand-over is accepted", ann(then(customer.HandedOver{HandoverID: id(28), From: "sales", To: "service", What: "a visit"})),
			customer.AcceptHandover{HandoverID: id(28)}),
		refused("a recommendation is accepted", ann(then(customer.RecommendationIssued{RecommendationID: id(29), Assignee: "bob",
			Action: "a call", Reason: "quiet", DueOn: today + 9})), customer.AcceptRecommendation{RecommendationID: id(29)}),
		{Name: "a case is resolved in the moment in which it is opened", Given: opened, When: at(0, resolve),
			Then: []customer.Event{customer.CaseResolved{CaseID: id(20), Type: customer.Question, Action: customer.CorrectiveAction,
				FirstContact: true, LeftS: seconds(24)}}},
		{Name: "a grant that is told after a later withdrawal of the day", Given: ann(granted, withdrawn), When: at(-6, grant),
			Refused: customer.ErrConsentEarlier},
		{Name: "a grant after the withdrawal of the day", Given: ann(granted, withdrawn), When: at(1, grant), Then: []customer.Event{granted}},
		{Name: "a withdrawal that is told after a later grant of the day", Given: ann(then(granted)),
			When: at(-1, customer.WithdrawConsent{Purpose: "marketing", Through: "email"}), Refused: customer.ErrConsentEarlier},
		{Name: "an opportunity moves before it was opened that day", Given: ann(deal),
			When: at(-1, customer.MoveOpportunity{OpportunityID: id(25), Stage: "negotiating"}), Refused: customer.ErrOpportunityEarlier},
	}
}
