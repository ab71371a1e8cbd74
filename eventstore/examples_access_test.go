package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

var accessExamples = []domain.Event{
	access.PersonalDataRead{CustomerID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c05"), Reader: "zoe", Role: "analyst",
		Operation: "getTable", Purpose: "complaint:4711", Table: "customer_360", Conditions: []access.Condition{
			{Column: "stage", Comparison: "=", Values: []string{"client"}, Withheld: 3}}},
}
