package customer

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

// A survey is one time that the customer answered a questionnaire, by the version that they were asked.

// AnswerSurvey asks to remember what the customer answered.
type AnswerSurvey struct {
	SurveyID      uuid.UUID              `json:"survey_id"`
	Questionnaire string                 `json:"questionnaire"`
	Version       int                    `json:"version"`
	Answers       []questionnaire.Answer `json:"answers"`
	Comment       string                 `json:"comment,omitempty"`
}

func (c AnswerSurvey) Needs() Needs {
	return Needs{Questionnaire: QuestionnaireNeed{ID: c.Questionnaire, Version: c.Version}}
}

// Decide accepts each SurveyID once, and answers only as the questionnaire's version allows them.
func (c AnswerSurvey) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.SurveyID == uuid.Nil:
		return nil, ErrSurveyID
	case g.Needs.Questionnaire.Template == nil:
		return nil, ErrQuestionnaireUnknown
	}
	if err := checkText(c.Comment, 20_000, "comment"); err != nil {
		return nil, err
	}
	answers, err := g.Needs.Questionnaire.Template.Arrange(c.Answers)
	if err != nil {
		return nil, err
	}
	e := SurveyAnswered{SurveyID: c.SurveyID, Questionnaire: c.Questionnaire, Version: c.Version,
		Kind: g.Needs.Questionnaire.Template.Kind, Answers: answers, Comment: c.Comment}
	if known, ok := s.surveys[c.SurveyID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrSurveyOtherwise
	}
	return []Event{e}, nil
}

// SurveyAnswered is the fact that the customer answered a questionnaire.
type SurveyAnswered struct {
	SurveyID      uuid.UUID              `json:"survey_id"`
	Questionnaire string                 `json:"questionnaire"`
	Version       int                    `json:"version"` // of the questionnaire, from 1
	Kind          questionnaire.Kind     `json:"kind"`    // nps, csat, ces, servqual, kano, …
	Answers       []questionnaire.Answer `json:"answers"` // in the order of the items
	Comment       string                 `json:"comment,omitempty" personal:"true"`
}

func (SurveyAnswered) EventType() string { return "customer.survey_answered.v1" }

func (e SurveyAnswered) Evolve(s *State, _ domain.Metadata) {
	remember(&s.surveys, e.SurveyID, e.digest())
}

// Summary implements Told.
func (e SurveyAnswered) Summary() string {
	name := strings.ReplaceAll(string(e.Kind), "_", " ")
	switch e.Kind {
	case questionnaire.NPS, questionnaire.CSAT, questionnaire.CES, questionnaire.SERVQUAL, questionnaire.ECSI:
		name = strings.ToUpper(name)
	}
	if score, ok := e.Score(); ok {
		return fmt.Sprintf("answered a survey: %s %d", name, score)
	}
	return "answered a survey: " + name
}

// Score answers what a survey of one item (NPS, CSAT, CES) came to; false for other kinds.
func (e SurveyAnswered) Score() (int, bool) {
	switch e.Kind {
	case questionnaire.NPS, questionnaire.CSAT, questionnaire.CES:
		if len(e.Answers) == 1 {
			return e.Answers[0].Value, true
		}
	}
	return 0, false
}

func (e SurveyAnswered) digest() domain.Digest {
	d := domain.NewDigest().Text(e.Questionnaire).Int(int64(e.Version)).Text(e.Comment)
	for _, a := range e.Answers {
		d = d.Text(a.Item).Text(a.Aspect).Int(int64(a.Value))
	}
	return d
}

var (
	ErrSurveyID = &domain.Rejection{Kind: domain.Invalid, Code: "survey_id_missing", Field: "survey_id",
		Reason: "name the survey by a UUID"}
	ErrQuestionnaireUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "questionnaire_unknown",
		Field: "questionnaire", Reason: "no such version of such a questionnaire: publish it first"}
	ErrSurveyOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "survey_answered_otherwise",
		Field: "survey_id", Reason: "this survey was answered before, otherwise"}
)
