package projections

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

func TestRelationshipThreats(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-10")
	w.buys("ann", "2024-01-01", 100) // the relationship is older than the registration
	ann, complaint, question, promise, order, asset := streamOf("ann"), who("complaint"), who("question"), who("promise"),
		who("order"), who("asset")
	by := time.Date(2024, 1, 12, 9, 0, 0, 0, time.UTC)
	opened := customer.CaseOpened{CaseID: complaint, Type: customer.Complaint, Category: "noise", Priority: customer.Normal,
		OpenedOn: mustDay(t, "2024-01-11"), RespondBy: by, ResolveBy: by}
	w.append(ann, "2024-01-11", opened)
	opened.CaseID, opened.Type = question, customer.Question
	w.append(ann, "2024-01-11", opened)
	w.append(ann, "2024-01-12 23:00", customer.CaseBreached{CaseID: complaint, Clock: customer.ResponseClock, By: by},
		customer.CaseBreached{CaseID: complaint, Clock: customer.ResolutionClock, By: by})
	w.append(ann, "2024-01-12", customer.PromiseMade{PromiseID: promise, What: "call", DueOn: mustDay(t, "2024-01-13")})
	w.append(ann, "2024-01-13 23:59", customer.PromiseBroken{PromiseID: promise, Overdue: true})
	w.append(ann, "2024-01-14", bought(order, 100), customer.OrderPlaced{PurchaseID: order, Currency: "EUR",
		DeliverBy: ptr(mustDay(t, "2024-01-20"))})
	w.append(ann, "2024-02-01", customer.AssetInstalled{AssetID: asset, Model: "lift"}, customer.BreakdownReported{BreakdownID: who("failure"),
		AssetID: asset, Component: "door"})
	w.append(ann, "2024-03-30", scored(questionnaire.NPS, 7), scored(questionnaire.NPS, 6), scored(questionnaire.CSAT, 3), scored(questionnaire.CES, 3))
	w.append(ann, "2024-03-31", scored(questionnaire.NPS, 0)) // the 91st day
	w.closeDay("2024-01-20")
	w.settle()
	const threats = `SELECT threat, happened_on, day, settled, young FROM relationship_threats
		WHERE happened_on <= (SELECT business_date FROM business_date) ORDER BY happened_on, threat`
	expect(t, "by the day on which the order was due", w.text(threats), `
complaint 2024-01-11 10 false true
missed_target 2024-01-12 11 false true
broken_promise 2024-01-13 12 false true`)
	w.closeDay("2024-01-25")
	w.append(ann, "2024-01-26", customer.OrderDelivered{PurchaseID: order},
		customer.CaseResolved{CaseID: complaint, Type: customer.Complaint, Action: customer.CorrectiveAction})
	w.closeDay("2024-03-31")
	w.settle()
	expect(t, "when the relationship is not young any more", w.text(threats), `
complaint 2024-01-11 10 true false
missed_target 2024-01-12 11 false false
broken_promise 2024-01-13 12 false false
late_delivery 2024-01-21 20 true false
breakdown 2024-02-01 31 false false
low_score 2024-03-30 89 false false
low_score 2024-03-30 89 false false`)
	expect(t, "of what", w.text("SELECT count(*) FROM relationship_threats WHERE reference_id = ANY ($1)",
		[][16]byte{uuid.UUID(complaint), promise, order, who("failure")}), "5")
}
