package commands

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

func TestAnswersAreCheckedAgainstTheVersionThatWasAsked(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	handle(t, s, of(register()))
	publish := func(kind questionnaire.Kind, min, max int) {
		t.Helper()
		_, err := s.Questionnaires.Handle(t.Context(), Request[questionnaire.State, questionnaire.Needs]{Stream: questionnaire.Stream("q"),
			Command: questionnaire.Publish{ID: "q", Template: questionnaire.Template{Kind: kind,
				Items: []questionnaire.Item{{Item: "a", Min: min, Max: max}}}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	answer := func(version, value int) request {
		return of(customer.AnswerSurvey{SurveyID: uuid.UUID{byte(version), byte(value)}, Questionnaire: "q", Version: version,
			Answers: []questionnaire.Answer{{Item: "a", Value: value}}})
	}
	refused(t, s, answer(1, 5), customer.ErrQuestionnaireUnknown)
	publish(questionnaire.CSAT, 1, 5)
	handle(t, s, answer(1, 5))
	refused(t, s, answer(1, 10), questionnaire.ErrValue)
	refused(t, s, answer(2, 10), customer.ErrQuestionnaireUnknown)
	publish(questionnaire.NPS, 0, 10)
	handle(t, s, answer(2, 10))
	refused(t, s, answer(1, 10), questionnaire.ErrValue)
	unnamed := answer(1, 5)
	unnamed.Command = customer.AnswerSurvey{SurveyID: uuid.UUID{9}, Questionnaire: "Q/", Version: 1}
	refused(t, s, unnamed, customer.ErrQuestionnaireUnknown)
	var kinds []questionnaire.Kind
	for _, r := range recorded(t, store, customer.Stream(alice)) {
		if e, ok := r.Event.(customer.SurveyAnswered); ok {
			kinds = append(kinds, e.Kind)
		}
	}
	if len(kinds) != 2 || kinds[0] != questionnaire.CSAT || kinds[1] != questionnaire.NPS {
		t.Errorf("answered %v", kinds)
	}
}
