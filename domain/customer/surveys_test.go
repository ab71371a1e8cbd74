package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

func surveys() []story {
	asked := questionnaire.Template{Kind: questionnaire.NPS, Items: []questionnaire.Item{{Item: "q", Max: 10}}}
	fromOne := questionnaire.Template{Kind: questionnaire.CSAT, Items: []questionnaire.Item{{Item: "q", Min: 1, Max: 5}}}
	answer := func(change func(*customer.AnswerSurvey)) customer.Command {
		c := customer.AnswerSurvey{SurveyID: id(9), Questionnaire: "shop", Version: 2,
			Answers: []questionnaire.Answer{{Item: "q", Value: 9}}, Comment: "Gladly"}
		change(&c)
		return domaintest.In(c, func(g *customer.Given) { g.Needs.Questionnaire.Template = &asked })
	}
	same := func(*customer.AnswerSurvey) {}
	answered := customer.SurveyAnswered{SurveyID: id(9), Questionnaire: "shop", Version: 2, Kind: questionnaire.NPS,
		Answers: []questionnaire.Answer{{Item: "q", Value: 9}}, Comment: "Gladly"}
	return []story{
		{Name: "answering", Given: ann(), When: answer(same), Then: []customer.Event{answered}},
		{Name: "answering again", Given: ann(answered), When: answer(same)},
		{Name: "answering otherwise", Given: ann(answered), Refused: customer.ErrSurveyOtherwise,
			When: answer(func(c *customer.AnswerSurvey) { c.Answers = []questionnaire.Answer{{Item: "q", Value: 8}} })},
		{Name: "nobody answers", When: answer(same), Refused: customer.ErrUnknown},
		{Name: "no survey id", Given: ann(), Refused: customer.ErrSurveyID,
			When: answer(func(c *customer.AnswerSurvey) { c.SurveyID = uuid.Nil })},
		{Name: "what was never asked", Given: ann(), Refused: customer.ErrQuestionnaireUnknown,
			When: customer.AnswerSurvey{SurveyID: id(9), Questionnaire: "shop", Version: 3}},
		{Name: "without a number, on a scale that begins at 1", Given: ann(), Refused: questionnaire.ErrValue.At("answers[0].value"),
			When: domaintest.In(customer.AnswerSurvey{SurveyID: id(9), Questionnaire: "shop", Version: 2, Answers: []questionnaire.Answer{{Item: "q"}}},
				func(g *customer.Given) { g.Needs.Questionnaire.Template = &fromOne })},
		{Name: "off the scale", Given: ann(), Refused: questionnaire.ErrValue.At("answers[0].value"),
			When: answer(func(c *customer.AnswerSurvey) { c.Answers = []questionnaire.Answer{{Item: "q", Value: 11}} })},
		{Name: "a comment with NUL", Given: ann(), Refused: domain.ErrText.At("comment"),
			When: answer(func(c *customer.AnswerSurvey) { c.Comment = "\x00" })},
	}
}
