package facts

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

// Surveys is what the customer answered last, by kind of survey.
type Surveys struct {
	NPS  *Answered `json:"nps,omitempty"`
	CSAT *Answered `json:"csat,omitempty"`
	CES  *Answered `json:"ces,omitempty"`
}

// Answered is the latest answer of a kind.
type Answered struct {
	On    domain.Day `json:"on"`
	Score int64      `json:"score"`
}

func (s *Surveys) answered(e customer.SurveyAnswered, day domain.Day) {
	score, ok := e.Score()
	if !ok {
		return
	}
	latest := map[questionnaire.Kind]**Answered{questionnaire.NPS: &s.NPS, questionnaire.CSAT: &s.CSAT,
		questionnaire.CES: &s.CES}[e.Kind]
	if *latest == nil || day >= (*latest).On {
		*latest = &Answered{On: day, Score: int64(score)}
	}
}

func (a *Answered) score() (any, bool) {
	if a == nil {
		return nil, false
	}
	return a.Score, true
}

func (a *Answered) day() (domain.Day, bool) {
	if a == nil {
		return 0, false
	}
	return a.On, true
}

var surveyFacts = []Fact{
	{Name: "latest_nps", Kind: Int, Unit: "0 to 10",
		Doc:    "How likely the customer said last that they would recommend us; absent without an answer.",
		static: func(c *Customer) (any, bool) { return c.Surveys.NPS.score() }},
	{Name: "days_since_nps", Kind: Int, Unit: days, Doc: "Days since that answer; absent without one.",
		since: func(c *Customer) (domain.Day, bool) { return c.Surveys.NPS.day() }},
	{Name: "latest_csat", Kind: Int, Unit: "1 to 5",
		Doc:    "How satisfied the customer said last that they were; absent without an answer.",
		static: func(c *Customer) (any, bool) { return c.Surveys.CSAT.score() }},
	{Name: "days_since_csat", Kind: Int, Unit: days, Doc: "Days since that answer; absent without one.",
		since: func(c *Customer) (domain.Day, bool) { return c.Surveys.CSAT.day() }},
	{Name: "latest_ces", Kind: Int, Unit: "1 to 7",
		Doc:    "How easy the customer said last that we made it; absent without an answer.",
		static: func(c *Customer) (any, bool) { return c.Surveys.CES.score() }},
	{Name: "days_since_ces", Kind: Int, Unit: days, Doc: "Days since that answer; absent without one.",
		since: func(c *Customer) (domain.Day, bool) { return c.Surveys.CES.day() }},
}
