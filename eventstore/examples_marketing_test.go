package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

var marketingConsent = customer.ConsentKey{Purpose: "marketing", Channel: "email"}

// marketingExamples are those of consents, questionnaires and surveys.
var marketingExamples = []domain.Event{
	customer.ConsentGranted{ConsentKey: marketingConsent, LegalBasis: "consent", TextVersion: "2011-1",
		ExpiresOn: point(domain.Day(15034)), GrantedOn: 15000},
	customer.ConsentWithdrawn{ConsentKey: marketingConsent, WithdrawnOn: 15010},
	customer.ConsentExpired{ConsentKey: marketingConsent, ExpiredOn: 15034},
	customer.SurveyAnswered{SurveyID: uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c20"), Questionnaire: "service",
		Version: 1, Kind: questionnaire.SERVQUAL, Answers: []questionnaire.Answer{
			{Item: "on-time", Aspect: "expectation", Value: 7}, {Item: "on-time", Aspect: "perception", Value: 5}},
		Comment: "Nearly"},
	questionnaire.Published{ID: "service", Version: 1, Template: questionnaire.Template{Kind: questionnaire.SERVQUAL,
		Title: "Service quality", Items: []questionnaire.Item{{Item: "on-time", Text: "They keep their dates",
			Dimension: "reliability", Min: 1, Max: 7, Optional: true}}}},
}
