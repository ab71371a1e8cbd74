package projections

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/domain/value"
)

// scored is a survey with one answer.
func scored(kind questionnaire.Kind, n int) customer.SurveyAnswered {
	return customer.SurveyAnswered{SurveyID: uuid.New(), Questionnaire: string(kind), Version: 1, Kind: kind,
		Answers: []questionnaire.Answer{{Item: "q", Value: n}}}
}

// names replaces ids by the names of a story, sorted by name.
func (w *world) named(sql string, names ...string) (text string) {
	w.t.Helper()
	for _, name := range names {
		for _, row := range w.query(sql+" WHERE customer_id = $1", [16]byte(who(name))) {
			text += name
			for _, v := range row {
				text += fmt.Sprint(" ", v)
			}
			text += "\n"
		}
	}
	return text
}

func TestValueScorecard(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	for i, day := range []string{"2024-01-05", "2024-02-02", "2024-03-01", "2024-04-05", "2024-05-03"} {
		w.buys("steady", day, 10000)
		w.buys("small", day, int64(1000+i))
		w.buys("gone", "2023-0"+day[6:], 15000)
	}
	w.buys("once", "2024-05-01", 90000)
	w.buys("stray", "2024-05-01", 100)
	w.closeDay("2024-05-06")
	w.settle()
	const judged = "SELECT actual_high, potential_high, risk_high, advice FROM customer_value_scorecard"
	expect(t, "without a model", w.named(judged, "once", "stray"), "")
	w.fit("2024-05-06", value.BGNBD)
	w.settle()
	expect(t, "with one", w.named(judged, "gone", "once", "small", "steady", "stray"), `
gone true false true protect
once true false false reactivate
small false false false observe
steady true true false keep
stray false false false observe`)
	expect(t, "at risk", w.text(`SELECT count(*), bool_and(abs(at_risk_minor - potential_minor * (1 - p_alive) / p_alive) < 0.001)
		FROM customer_value_scorecard`), "5 true")
}

func TestLoyaltyMatrix(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	for _, name := range []string{"ann", "bob", "cyd", "dan", "eve", "fay"} {
		w.register(name, "2023-01-01")
	}
	for i, day := range []string{"2023-02-01", "2023-03-01", "2024-01-10"} {
		w.buys("ann", day, 100)
		w.buys("bob", day, 100)
		if i < 2 {
			w.buys("eve", day, 100) // often, but long ago by the end
			w.buys("eve", day[:8]+"02", 100)
		}
	}
	w.append(streamOf("ann"), "2024-01-11", scored(questionnaire.NPS, 9))
	w.append(streamOf("ann"), "2024-01-10", scored(questionnaire.CSAT, 1)) // heard of later, said before
	w.append(streamOf("bob"), "2024-01-11", scored(questionnaire.CSAT, 5))
	w.append(streamOf("bob"), "2024-01-12", scored(questionnaire.NPS, 8))
	w.append(streamOf("cyd"), "2024-01-12", scored(questionnaire.CSAT, 4))
	w.append(streamOf("dan"), "2024-01-12", scored(questionnaire.CES, 7)) // says nothing of attitude
	w.append(streamOf("eve"), "2024-01-12", scored(questionnaire.CSAT, 3))
	w.append(streamOf("fay"), "2024-01-12", scored(questionnaire.NPS, 10))
	w.closeDay("2024-02-29")
	w.settle()
	const kinds = "SELECT attitude_by, score, purchase_days, recency_days, loyalty FROM loyalty_matrix"
	expect(t, "kinds", w.named(kinds, "ann", "bob", "cyd", "dan", "eve", "fay"), `
ann nps 9 3 50 true
bob nps 8 3 50 spurious
cyd csat 4 0 <nil> latent
eve csat 3 4 364 spurious
fay nps 10 0 <nil> latent`)
	w.append(streamOf("fay"), "2024-03-01", customer.Merged{Into: who("eve")})
	w.closeDay("2024-03-01")
	w.settle()
	expect(t, "a day later, and merged", w.named(kinds, "eve", "fay"), "eve nps 10 4 365 latent")
	w.append(streamOf("eve"), "2024-03-01", scored(questionnaire.NPS, 0))
	w.settle()
	expect(t, "neither", w.named(kinds, "eve"), "eve nps 0 4 365 none")
}

func TestNeglectedCustomers(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	for i := range 20 {
		name := fmt.Sprint(i)
		w.register(name, "2024-01-01")
		w.buys(name, "2024-01-02", int64(100*(i+1)))
	}
	w.append(streamOf("19"), "2024-01-20", customer.InteractionRecorded{InteractionID: uuid.New(), Kind: "call",
		Direction: customer.Outbound})
	w.append(streamOf("18"), "2024-01-03", customer.InteractionRecorded{InteractionID: uuid.New(), Kind: "call",
		Direction: customer.Inbound})
	const neglected = "SELECT days_without_contact FROM neglected_customers"
	everyone := make([]string, 20)
	for i := range everyone {
		everyone[i] = fmt.Sprint(i)
	}
	w.closeDay("2024-03-30")
	w.settle()
	expect(t, "89 days", w.named(neglected, everyone...), "")
	w.closeDay("2024-04-01")
	w.settle()
	expect(t, "the best fifth, but whoever was spoken with", w.named(neglected, everyone...), "16 91\n17 91")
	w.closeDay("2024-04-02")
	w.settle()
	expect(t, "a day later", w.named(neglected, everyone...), "16 92\n17 92\n18 90")
}

func TestBuyingHabits(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	sold := func(name, category string, list, paid int64) {
		e := bought(uuid.New(), paid)
		e.Lines[0].Category, e.Lines[0].ListMinor = category, &list
		w.append(streamOf(name), "2024-01-02", e)
	}
	sold("ann", "tea", 1000, 500)
	sold("ann", "cups", 1000, 1100) // above the list: no discount
	sold("bob", "tea", 2000, 2000)
	sold("bob", "", 100, 100)
	w.buys("cyd", "2024-01-02", 100)
	w.register("dan", "2024-01-02")
	w.settle()
	const habits = `SELECT round(discount_share, 4)::text, round(price_sensitivity, 4)::text, categories,
		cross_buying_index::float8 FROM buying_habits`
	expect(t, "habits", w.named(habits, "ann", "bob", "cyd", "dan"), `
ann 0.2381 2.0476 2 1
bob 0.0000 0.0000 1 0.5
cyd 0.0000 0.0000 0 0`)
	w.append(streamOf("bob"), "2024-01-03", customer.Merged{Into: who("ann")})
	w.settle()
	expect(t, "merged", w.named(habits, "ann", "bob", "cyd"), "ann 0.1190 1.0238 2 1\ncyd 0.0000 0.0000 0 0")
}
