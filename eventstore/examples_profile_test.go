package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func profileExamples() []domain.Event {
	income := customer.AttributeKey{Name: "income", Department: "sales"}
	relationship := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c63")
	insight := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c65")
	contact := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c61")
	return []domain.Event{
		customer.AttributeSet{AttributeKey: income, Value: "high", Source: "call centre", Confidence: number("0.8"),
			ValidFrom: 15034, ExpiresOn: point(domain.Day(15400))},
		customer.AttributeRemoved{AttributeKey: income, RemovedOn: 15100},
		customer.AttributeExpired{AttributeKey: income, ExpiredOn: 15400},
		customer.AttributeResolved{Name: "income", Value: "high", Upheld: []string{"sales"}, Overruled: []string{"service"},
			Reason: "a pay slip"},
		customer.ContactPointAdded{ContactPointID: contact, Kind: "post",
			Value: "High Street 1, c/o Bob, AB1 2CD Anytown, Kent, GB", Label: "work", Address: &customer.Address{Street: "High Street 1",
				More: "c/o Bob", PostalCode: "AB1 2CD", City: "Anytown", Region: "Kent", Country: "GB"}},
		customer.ContactPointPreferred{ContactPointID: contact,
			Instead: point(uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c62"))},
		customer.ContactPointVerified{ContactPointID: contact, Method: "link"},
		customer.ContactPointRemoved{ContactPointID: contact, Reason: "left the company"},
		customer.Archived{Reason: "moved away", Rule: "dormant"},
		customer.Restored{Reason: "came back"},
		customer.RoleAssigned{Role: "payer", AssignedOn: 15034},
		customer.RoleEnded{Role: "payer", AssignedOn: 15034, EndedOn: 15100, Reason: "retired"},
		customer.RelationshipDeclared{RelationshipID: relationship, Kind: "employee_of", Since: point(domain.Day(15000)),
			OtherID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c64")},
		customer.RelationshipEnded{RelationshipID: relationship, Reason: "changed jobs"},
		customer.InsightRecorded{InsightID: insight, Statement: "plans to move", Kind: "need", Confidence: number("0.7"),
			Evidence: []int64{3, 7}, Links: []string{"minutes/17"}},
		customer.InsightRetracted{InsightID: insight, Reason: "it was the neighbour"},
		customer.DataShared{ShareID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c66"), Recipient: "Carrier Ltd",
			RecipientID: point(uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c67")), Purpose: "delivery",
			Fields: []string{"address", "name"}, LegalBasis: "contract"},
	}
}
