package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Surveys keeps what customers answered, and the scores that the field reads from it.
var Surveys = Projector{
	Name:    "surveys",
	OneFact: true,
	Tables:  tables{surveyRows, surveyAnswerRows},
	Schema: `
CREATE INDEX ON surveys (questionnaire, version); -- the answers to a questionnaire
CREATE INDEX ON surveys (kind, answered_on); -- the answers of a kind in a span of days
CREATE INDEX ON surveys (answered_on); -- the answers of a span of days
-- Net promoter score of the answers of each day.
CREATE VIEW nps_daily AS
SELECT answered_on, -- business day
	questionnaire, -- by which they were asked
	count(*) AS answers, -- answers
	count(*) FILTER (WHERE score >= 9) AS promoters, -- those of 9 and 10
	count(*) FILTER (WHERE score BETWEEN 7 AND 8) AS passives, -- those of 7 and 8
	count(*) FILTER (WHERE score <= 6) AS detractors, -- those of 0 to 6
	(100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(*)) AS nps -- share of promoters less that of detractors, percentage points
FROM surveys WHERE kind = 'nps' GROUP BY 1, 2;
-- Customer satisfaction by the answers of each day.
CREATE VIEW csat_daily AS
SELECT answered_on, -- business day
	questionnaire, -- by which they were asked
	count(*) AS answers, -- answers
	count(*) FILTER (WHERE score >= 4) AS satisfied, -- those of 4 and 5
	(100.0 * count(*) FILTER (WHERE score >= 4) / count(*)) AS csat, -- share of the satisfied, percent
	avg(score) AS mean_score -- mean answer, 1 to 5
FROM surveys WHERE kind = 'csat' GROUP BY 1, 2;
-- Customer effort by the answers of each day.
CREATE VIEW ces_daily AS
SELECT answered_on, -- business day
	questionnaire, -- by which they were asked
	count(*) AS answers, -- answers
	count(*) FILTER (WHERE score >= 5) AS at_ease, -- those of 5 to 7
	avg(score) AS ces -- mean answer, 1 (hard) to 7 (easy)
FROM surveys WHERE kind = 'ces' GROUP BY 1, 2;
-- SERVQUAL gaps, perception less expectation: a row for each item, one for each dimension, and one for all.
CREATE VIEW servqual_score AS
SELECT s.questionnaire, -- the questionnaire
	s.version, -- its version
	CASE grouping(i.dimension, e.item) WHEN 3 THEN 'all' WHEN 1 THEN 'dimension' ELSE 'item' END AS level, -- what the row is about: item, dimension or all
	i.dimension, -- the dimension; null for all, and for an item that has none
	e.item, -- the item; null for a dimension and for all
	count(*) AS answers, -- pairs of answers
	avg(e.value) AS expectation, -- mean expectation, on the items' scale
	avg(q.value) AS perception, -- mean perception, on the items' scale
	avg(q.value - e.value) AS gap -- mean gap; negative where customers get less than they expect
FROM surveys s
	JOIN survey_answers e ON e.customer_id = s.customer_id AND e.survey_id = s.survey_id AND e.aspect = 'expectation'
	JOIN survey_answers q ON q.customer_id = s.customer_id AND q.survey_id = s.survey_id AND q.item = e.item
		AND q.aspect = 'perception'
	JOIN questionnaire_items i ON i.questionnaire = s.questionnaire AND i.version = s.version AND i.item = e.item
WHERE s.kind = 'servqual'
GROUP BY s.questionnaire, s.version, GROUPING SETS ((i.dimension, e.item), (i.dimension), ())
HAVING grouping(i.dimension, e.item) <> 1 OR i.dimension IS NOT NULL;
-- Kano categories of features by the standard evaluation table: a row for each item of a questionnaire.
CREATE VIEW kano_category AS
SELECT questionnaire, -- the questionnaire
	version, -- its version
	item, -- the feature
	count(*) AS answers, -- pairs of answers
	count(*) FILTER (WHERE category = 'A') AS attractive, -- A: its presence delights, its absence is forgiven
	count(*) FILTER (WHERE category = 'O') AS one_dimensional, -- O: the more, the better
	count(*) FILTER (WHERE category = 'M') AS must_be, -- M: its absence annoys, its presence goes unnoticed
	count(*) FILTER (WHERE category = 'I') AS indifferent, -- I: it does not matter
	count(*) FILTER (WHERE category = 'R') AS reverse, -- R: its absence is preferred
	count(*) FILTER (WHERE category = 'Q') AS questionable, -- Q: the answers contradict each other
	(array_agg(category ORDER BY of_category DESC, position(category IN 'MOAIRQ')))[1] AS category, -- the most frequent one; of equals, the first of M, O, A, I, R, Q
	(count(*) FILTER (WHERE category IN ('A', 'O')))::numeric / nullif(count(*) FILTER (WHERE category IN ('A', 'O', 'M', 'I')), 0) AS better, -- how much its presence can satisfy, 0 to 1: (A + O) / (A + O + M + I)
	-(count(*) FILTER (WHERE category IN ('O', 'M')))::numeric / nullif(count(*) FILTER (WHERE category IN ('A', 'O', 'M', 'I')), 0) AS worse -- how much its absence can dissatisfy, 0 to -1: -(O + M) / (A + O + M + I)
FROM (SELECT *, count(*) OVER (PARTITION BY questionnaire, version, item, category) AS of_category FROM (
	SELECT s.questionnaire, s.version, f.item, CASE
		WHEN f.value = d.value AND f.value IN (1, 5) THEN 'Q'
		WHEN f.value = 1 AND d.value = 5 THEN 'O'
		WHEN f.value = 1 THEN 'A'
		WHEN f.value = 5 OR d.value = 1 THEN 'R'
		WHEN d.value = 5 THEN 'M'
		ELSE 'I' END AS category
	FROM surveys s
		JOIN survey_answers f ON f.customer_id = s.customer_id AND f.survey_id = s.survey_id AND f.aspect = 'functional'
		JOIN survey_answers d ON d.customer_id = s.customer_id AND d.survey_id = s.survey_id AND d.item = f.item
			AND d.aspect = 'dysfunctional'
	WHERE s.kind = 'kano') judged) counted
GROUP BY questionnaire, version, item;
-- Mean answers by dimension where items are asked plainly: ECSI, relationship quality, six markets, maturity.
CREATE VIEW survey_dimension AS
SELECT s.kind, -- ecsi, relationship_quality, six_markets or maturity
	s.questionnaire, -- the questionnaire
	s.version, -- its version
	i.dimension, -- the dimension
	count(*) AS answers, -- answers to its items
	avg(a.value) AS mean_value, -- mean answer, on the items' scale
	100 * avg((a.value - i.min)::numeric / (i.max - i.min)) AS index -- unweighted mean on a scale from 0 to 100
FROM surveys s
	JOIN survey_answers a ON a.customer_id = s.customer_id AND a.survey_id = s.survey_id
	JOIN questionnaire_items i ON i.questionnaire = s.questionnaire AND i.version = s.version AND i.item = a.item
WHERE s.kind IN ('ecsi', 'relationship_quality', 'six_markets', 'maturity')
GROUP BY 1, 2, 3, 4;
-- The European customer satisfaction index: a row for each of its dimensions, such as image, expectations, quality, value, satisfaction and loyalty.
CREATE VIEW ecsi_index AS
SELECT questionnaire, -- the questionnaire
	version, -- its version
	dimension, -- the dimension
	answers, -- answers to its items
	mean_value, -- mean answer, on the items' scale
	index -- unweighted mean on a scale from 0 to 100
FROM survey_dimension WHERE kind = 'ecsi';
-- The quality of relationships: a row for each dimension, such as trust, commitment, communication, cooperation, power and dependence.
CREATE VIEW relationship_quality AS
SELECT questionnaire, -- the questionnaire
	version, -- its version
	dimension, -- the dimension
	answers, -- answers to its items
	mean_value, -- mean answer, on the items' scale
	index -- unweighted mean on a scale from 0 to 100
FROM survey_dimension WHERE kind = 'relationship_quality';
-- The six markets of relationship marketing: a row for each, such as customer, referral, supplier, recruitment, influence and internal markets.
CREATE VIEW six_markets AS
SELECT questionnaire, -- the questionnaire
	version, -- its version
	dimension, -- the dimension
	answers, -- answers to its items
	mean_value, -- mean answer, on the items' scale
	index -- unweighted mean on a scale from 0 to 100
FROM survey_dimension WHERE kind = 'six_markets';
`,
	On: []Handler{On(func(e customer.SurveyAnswered, r domain.Recorded, p *fold) error {
		row := surveyRow{CustomerID: p.id, SurveyID: e.SurveyID, Questionnaire: e.Questionnaire,
			Version: int64(e.Version), Kind: string(e.Kind), AnsweredOn: p.day, Comment: optional(e.Comment),
			Department: optional(r.Metadata.Department), Channel: optional(r.Metadata.Channel)}
		if score, ok := e.Score(); ok {
			n := int64(score)
			row.Score = &n
		}
		add(p, surveyRows, row)
		for _, a := range e.Answers {
			add(p, surveyAnswerRows, surveyAnswerRow{CustomerID: p.id, SurveyID: e.SurveyID, Item: a.Item,
				Aspect: a.Aspect, Value: int64(a.Value)})
		}
		return nil
	})},
}

type surveyRow struct {
	CustomerID    uuid.UUID  `db:"customer_id,key" note:"who answered"`
	RecordedFor   *uuid.UUID `db:"recorded_for"`
	SurveyID      uuid.UUID  `db:"survey_id,key" note:"the survey"`
	Questionnaire string     `db:"questionnaire" note:"what was asked"`
	Version       int64      `db:"version" note:"in which version"`
	Kind          string     `db:"kind" note:"nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets or maturity"`
	AnsweredOn    domain.Day `db:"answered_on" note:"business day of the answers"`
	Score         *int64     `db:"score" note:"the one answer of nps (0 to 10), csat (1 to 5) and ces (1 to 7); null for other kinds"`
	Comment       *string    `db:"comment" note:"Personal: what they added in words"`
	Department    *string    `db:"department" note:"that asked"`
	Channel       *string    `db:"channel" note:"through which they answered"`
}

var surveyRows = added[surveyRow]("surveys",
	"Every time that a customer answered a questionnaire.")

type surveyAnswerRow struct {
	CustomerID  uuid.UUID  `db:"customer_id,key" note:"who answered"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
	SurveyID    uuid.UUID  `db:"survey_id,key" note:"the survey"`
	Item        string     `db:"item,key" note:"the item of the questionnaire"`
	Aspect      string     `db:"aspect,key" note:"expectation or perception, functional or dysfunctional; empty where an item has no aspects"`
	Value       int64      `db:"value" note:"the answer, on the item's scale"`
}

var surveyAnswerRows = added[surveyAnswerRow]("survey_answers",
	"What was answered to each item, and to each aspect of it.")
