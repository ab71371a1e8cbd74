package eventstore_test

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

var accessExamples = []domain.Event{
	access.TokenIssued{TokenID: uuid.UUID{7}, Name: "web shop", Role: access.App, Hash: strings.Repeat("0a", 32),
		ExpiresAt: time.Date(2025, 5, 1, 12, 0, 0, 0, time.UTC)},
	access.TokenRevoked{TokenID: uuid.UUID{7}},
	access.PersonalDataRead{CustomerID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c05"), Reader: "zoe", Role: "analyst",
		Operation: "getTable", Purpose: "complaint:4711", Table: "customer_360", Conditions: []access.Condition{
			{Column: "stage", Comparison: "=", Values: []string{"client"}, Withheld: 3}}},
}
