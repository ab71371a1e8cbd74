package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

var answerSurvey = declare(customers, ofCustomer(declaration[customer.AnswerSurvey]{
	Name: "answer_survey", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/surveys",
	Summary: "Answer a survey",
	Description: "Remembers what the customer answered, checked against the version of the questionnaire that they were " +
		"asked.",
	Fields: map[string]string{
		"survey_id":        "Names the survey; without it, one follows from the Idempotency-Key, or is new",
		"questionnaire":    "What was asked",
		"version":          "In which version, from 1",
		"answers":          "One for each item, or for each of its aspects",
		"answers[].item":   "The item of the questionnaire",
		"answers[].aspect": "expectation or perception (servqual), functional or dysfunctional (kano); absent for other kinds",
		"answers[].value":  "On the item's scale",
		"comment":          "What the customer added in words",
	},
	Example: `{"questionnaire":"shop-nps","version":1,"answers":[{"item":"recommend","value":9}]}`,
	IDField: "survey_id",
	ID:      func(c *customer.AnswerSurvey) *uuid.UUID { return &c.SurveyID },
}))
