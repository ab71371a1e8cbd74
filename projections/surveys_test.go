package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

func TestSurveys(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("promoters", 1, "latest_nps >= 9 && days_since_nps <= 1")
	for _, q := range []questionnaire.Published{
		{ID: "nps", Version: 1, Template: questionnaire.Template{Kind: questionnaire.NPS,
			Items: []questionnaire.Item{{Item: "q", Max: 10}}}},
		{ID: "trust", Version: 1, Template: questionnaire.Template{Kind: questionnaire.RelationshipQuality,
			Title: "Trust", Items: []questionnaire.Item{{Item: "a", Dimension: "trust", Min: 1, Max: 5},
				{Item: "b", Dimension: "trust", Min: 0, Max: 10, Text: "Do you?", Optional: true}}}},
	} {
		w.append(questionnaire.Stream(q.ID), "2024-01-01", q)
	}
	w.register("ann", "2024-01-01")
	w.register("bob", "2024-01-01")
	w.closeDay("2024-01-01")
	answered := func(name, on, q string, kind questionnaire.Kind, answers ...questionnaire.Answer) {
		w.append(streamOf(name), on, customer.SurveyAnswered{SurveyID: uuid.New(), Questionnaire: q, Version: 1, Kind: kind,
			Answers: answers})
	}
	score := func(n int) questionnaire.Answer { return questionnaire.Answer{Item: "q", Value: n} }
	answered("ann", "2024-01-03", "nps", questionnaire.NPS, score(9))
	answered("ann", "2024-01-02", "nps", questionnaire.NPS, score(0)) // heard of later
	answered("bob", "2024-01-03", "nps", questionnaire.NPS, score(6))
	answered("bob", "2024-01-03", "nps", questionnaire.NPS, score(8))
	answered("bob", "2024-01-03", "nps", questionnaire.NPS, score(10))
	answered("ann", "2024-01-03", "sat", questionnaire.CSAT, score(4))
	answered("bob", "2024-01-03", "sat", questionnaire.CSAT, score(3))
	answered("ann", "2024-01-03", "effort", questionnaire.CES, score(7))
	answered("bob", "2024-01-03", "effort", questionnaire.CES, score(4))
	answered("ann", "2024-01-03", "trust", questionnaire.RelationshipQuality, questionnaire.Answer{Item: "a", Value: 5},
		questionnaire.Answer{Item: "b", Value: 5})
	w.closeDay("2024-01-03")
	w.settle()
	expect(t, "nps", w.text(`SELECT answered_on, answers, promoters, passives, detractors, round(nps, 1)::text
		FROM nps_daily ORDER BY 1`), `
2024-01-02 1 0 0 1 -100.0
2024-01-03 4 2 1 1 25.0`)
	expect(t, "csat", w.text("SELECT answered_on, answers, satisfied, csat::int, mean_score::float FROM csat_daily"),
		"2024-01-03 2 1 50 3.5")
	expect(t, "ces", w.text("SELECT answered_on, answers, at_ease, ces::float FROM ces_daily"), "2024-01-03 2 1 5.5")
	expect(t, "dimension", w.text("SELECT kind, dimension, answers, mean_value::float, index::int FROM survey_dimension"),
		"relationship_quality trust 2 5 75")
	expect(t, "relationship quality", w.text("SELECT questionnaire, dimension, index::int FROM relationship_quality"), "trust trust 75")
	expect(t, "other indices", w.text("SELECT (SELECT count(*) FROM ecsi_index), (SELECT count(*) FROM six_markets)"), "0 0")
	expect(t, "items", w.text(`SELECT place, item, question, min, max, optional FROM questionnaire_items
		WHERE questionnaire = 'trust' ORDER BY place`), `
1 a <nil> 1 5 false
2 b Do you? 0 10 true`)
	promoters := "SELECT count(*) FROM segment_membership WHERE valid_to IS NULL"
	expect(t, "promoters", w.text(promoters), "2")
	w.closeDay("2024-01-05")
	w.settle()
	expect(t, "promoters of long ago", w.text(promoters), "0")
}

// TestKanoTable asks every pair of answers once: the standard evaluation table.
func TestKanoTable(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	for f := 1; f <= 5; f++ {
		for d := 1; d <= 5; d++ {
			w.append(streamOf("ann"), "2024-01-02", customer.SurveyAnswered{SurveyID: uuid.New(), Questionnaire: "kano",
				Version: 1, Kind: questionnaire.Kano, Answers: []questionnaire.Answer{
					{Item: string(rune('0' + f)), Aspect: "functional", Value: f},
					{Item: string(rune('0' + f)), Aspect: "dysfunctional", Value: d}}})
		}
	}
	w.settle()
	expect(t, "by functional answer", w.text(`SELECT item, questionable, attractive, one_dimensional, must_be, indifferent,
		reverse, category, round(better, 2)::text, round(worse, 2)::text FROM kano_category ORDER BY item`), `
1 1 3 1 0 0 0 A 1.00 -0.25
2 0 0 0 1 3 1 I 0.00 -0.25
3 0 0 0 1 3 1 I 0.00 -0.25
4 0 0 0 1 3 1 I 0.00 -0.25
5 1 0 0 0 0 4 R <nil> <nil>`)
}
