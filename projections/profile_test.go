package projections

import (
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// profile answers what somebody learns of a customer on a day: in rounds of twenty days, everything begins that can be
// learnt, and some of it ends again.
func profile(name string, d, on domain.Day) []domain.Event {
	round, step := d/20, d%20
	id := func(noun byte) uuid.UUID { return uuid.UUID{noun, byte(round), name[0]} }
	values := []string{"high", "low", "mid"}
	income := func(department string, n domain.Day) customer.AttributeSet {
		return attribute("income", department, values[(round+n)%3], "0.5", on)
	}
	expires := on + 3
	passing := attribute("mood", "", "good", "1", on)
	passing.ExpiresOn = &expires
	other := who(string('0' + (name[0]-'0'+1)%5))
	if round == 0 {
		return nil // it did not begin on the same day for all
	}
	switch step {
	case 1:
		return []domain.Event{income("sales", 0), customer.RoleAssigned{Role: "payer", AssignedOn: on}}
	case 3:
		return []domain.Event{income("service", 1), customer.InsightRecorded{InsightID: id(1), Statement: "drinks tea",
			Confidence: decimal.One, Evidence: []int64{0}}}
	case 5:
		sales, service := income("sales", 0), income("service", 1)
		return []domain.Event{customer.AttributeResolved{Name: "income", Value: sales.Value, Upheld: []string{sales.Department},
			Overruled: []string{service.Department}}, passing}
	case 7:
		return []domain.Event{customer.ContactPointAdded{ContactPointID: id(2), Kind: "phone", Value: "+441632960961"},
			customer.ContactPointPreferred{ContactPointID: id(2)}, customer.ContactPointVerified{ContactPointID: id(2), Method: "call"}}
	case 8:
		return []domain.Event{customer.AttributeExpired{AttributeKey: passing.AttributeKey, ExpiredOn: on}}
	case 9:
		return []domain.Event{customer.RelationshipDeclared{RelationshipID: id(3), OtherID: other, Kind: "household"},
			customer.RoleEnded{Role: "payer", AssignedOn: on - 8, EndedOn: on}}
	case 11:
		return []domain.Event{customer.AttributeRemoved{AttributeKey: income("sales", 0).AttributeKey, RemovedOn: on},
			customer.DataShared{ShareID: id(4), Recipient: "a carrier", Purpose: "delivery", Fields: []string{"name"}, LegalBasis: "contract"}}
	case 13:
		return []domain.Event{customer.ContactPointRemoved{ContactPointID: id(2), Reason: "moved"}}
	case 15:
		return []domain.Event{customer.RelationshipEnded{RelationshipID: id(3)}, customer.InsightRetracted{InsightID: id(1), Reason: "coffee"}}
	}
	return nil
}
