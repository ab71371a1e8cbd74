package projections

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/domain/value"
)

// fitAsOf is a fit with parameters like those of the literature.
func fitAsOf(day domain.Day, kind value.Kind) value.Fitted {
	p := map[value.Kind]value.Parameters{
		value.BGNBD:     {R: .24, Alpha: 4.4, A: .79, B: 2.43},
		value.MBGNBD:    {R: .52, Alpha: 6.2, A: .89, B: 1.6},
		value.ParetoNBD: {R: .55, Alpha: 10.6, S: .61, Beta: 11.7},
	}
	return value.Fitted{Model: kind, Parameters: p[kind], TimeUnit: "week", AsOf: day, Currency: "EUR", Customers: 2357,
		Repeaters: 946, Spend: value.Spend{Model: value.GammaGamma, P: 6.25, Q: 3.74, V: 15.44, Mean: 35.2},
		ReturnedShare: .05, MonthlyDiscount: .01,
		Holdout: &value.Holdout{Days: 273, Actual: 1882, Expected: 1653, Error: -.12, MeanAbsoluteError: .79}}
}

func (w *world) fit(on string, kind value.Kind) value.Fitted {
	w.t.Helper()
	day, err := domain.ParseDay(on)
	if err != nil {
		w.t.Fatal(err)
	}
	e := fitAsOf(day, kind)
	w.append(value.Stream, on, e)
	return e
}

func TestPredictions(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.register("ann", "2024-01-01")
	w.register("bob", "2024-01-01")
	w.buys("ann", "2024-01-01", 9900) // the first day does not count
	w.buys("ann", "2024-02-05", 3000)
	w.buys("ann", "2024-02-05 18:00", 1000)
	w.buys("ann", "2024-03-04", 5000)
	w.closeDay("2024-04-01")
	w.settle()
	expect(t, "without a model", w.text("SELECT (SELECT count(*) FROM clv), (SELECT count(*) FROM churn_risk)"), "0 0")
	e := w.fit("2024-04-01", value.BGNBD)
	w.settle()
	p := e.Predictor()
	ann := value.Customer{History: value.HistoryOf(2, 63, 91), Mean: 45}
	want := p.Predict(ann)
	row := w.query(`SELECT p_alive, expected_purchases_30d, expected_purchases_90d, expected_purchases_365d,
		expected_avg_value_minor, clv_12m_minor, clv_36m_minor FROM clv WHERE customer_id = $1`, [16]byte(who("ann")))[0]
	for i, v := range []float64{want.Alive, want.Purchases30, want.Purchases90, want.Purchases365, want.Average * 100,
		want.CLV12 * 100, want.CLV36 * 100} {
		if got := row[i].(float64); math.Abs(got-v) > 1e-9*v || v == 0 {
			t.Errorf("figure %d is %g, want %g", i, got, v)
		}
	}
	const told = "SELECT model, model_version, as_of, historic_ltv_minor, currency FROM clv"
	expect(t, "ann alone bought", w.text(told), "bg_nbd 1 2024-04-01 18900 EUR")
	w.segment("alive", 1, "p_alive > 0.5 && clv_12m > 1.0")
	w.settle()
	x, err := w.reader.Explain(w.ctx, "alive", who("ann"))
	if v := x.Because.Parts[0].Values["p_alive"]; err != nil || !x.Belongs || !*x.Because.Holds ||
		v != math.Round(want.Alive*1e6)/1e6 {
		t.Errorf("%+v, %v", x, err)
	}
	rule, err := rules.Compile(`churn_risk in ["low", "medium", "high"]`)
	if err != nil {
		t.Fatal(err)
	}
	if sample, err := w.reader.Preview(w.ctx, rule, 10); err != nil || sample.Size != 1 {
		t.Errorf("%+v, %v", sample, err)
	}
	w.append(streamOf("ann"), "2024-04-20", refunded(900))
	w.closeDay("2024-04-20")
	w.settle()
	expect(t, "as of the day on which she returned something", w.text(told), "bg_nbd 1 2024-04-20 18000 EUR")
	w.append(streamOf("ann"), "2024-04-21", customer.InteractionRecorded{InteractionID: who("call"), Kind: "call", Direction: customer.Inbound})
	w.settle()
	expect(t, "a call says nothing of value", w.text(told), "bg_nbd 1 2024-04-20 18000 EUR")
	w.buys("ann", "2024-04-22", 100)
	w.fit("2024-04-22", value.ParetoNBD)
	w.settle()
	expect(t, "another model", w.text(told), "pareto_nbd 2 2024-04-22 18100 EUR")
	expect(t, "models", w.text(`SELECT version, model, n, holdout_days, holdout_error, round(new_customer_purchases_365d::numeric, 2)::float8,
		in_force_from, in_force_to FROM clv_model ORDER BY 1`), `
1 bg_nbd 2357 273 -0.12 1.44 2024-04-01 2024-04-20
2 pareto_nbd 2357 273 -0.12 1.46 2024-04-20 <nil>`)
}

// The level of the risk changes on the day that was foretold, and on no other, also when days go by at one go or the
// engine begins anew.
func TestTheRiskGrowsOnItsDay(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.segment("fading", 1, `churn_risk != "low"`)
	w.register("ann", "2024-01-01")
	for _, day := range []string{"2024-01-01", "2024-01-15", "2024-02-01"} {
		w.buys("ann", day, 2000)
	}
	w.closeDay("2024-02-01")
	p := w.fit("2024-02-01", value.BGNBD).Predictor()
	var want string
	first, err := domain.ParseDay("2024-01-01")
	if err != nil {
		t.Fatal(err)
	}
	level := value.Risk("")
	for age := int64(31); age < 2000; age++ {
		if now := p.Predict(value.Customer{History: value.HistoryOf(2, 31, age)}).Risk(); now != level {
			level = now
			want += fmt.Sprintln(level, first+domain.Day(age))
		}
	}
	got := ""
	look := func() {
		got += w.text("SELECT level, as_of FROM churn_risk")
	}
	w.settle()
	look()
	for range 2 {
		on := w.query("SELECT worsens_on - 1 FROM churn_risk")[0][0]
		w.closeDay(w.text("SELECT worsens_on - 1 FROM churn_risk")[:10])
		w.settle()
		before := w.text("SELECT level FROM churn_risk")
		next := w.text("SELECT worsens_on FROM churn_risk")[:10]
		w.stop()
		w.start()
		w.closeDay(next)
		w.settle()
		if now := w.text("SELECT level FROM churn_risk"); now == before {
			t.Errorf("the day after %v the level is %s still", on, now)
		}
		look()
	}
	expect(t, "levels", got, want)
	expect(t, "nothing comes after", w.text("SELECT worsens_on FROM churn_risk"), "<nil>")
	var reasons []value.Sign
	if err := json.Unmarshal([]byte(w.text("SELECT reasons::text FROM churn_risk")), &reasons); err != nil {
		t.Fatal(err)
	}
	if len(reasons) == 0 || reasons[0].Value >= reasons[0].Below {
		t.Errorf("%+v", reasons)
	}
	expect(t, "the segment followed", w.text("SELECT count(*) FROM segment_membership WHERE valid_to IS NULL"), "1")
	live := w.checksums()
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(live, w.checksums()); diff != "" {
		t.Errorf("rebuilt:\n%s", diff)
	}
}

// Closing a day looks at those whose answer changes then, not at all of whom something is predicted.
func TestPredictionsCostNothingOnQuietDays(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("alive", 1, "p_alive >= 0.8")
	for i := range 200 {
		name := fmt.Sprint(i)
		w.register(name, "2024-01-01")
		w.buys(name, "2024-01-01", 100)
		w.buys(name, fmt.Sprintf("2024-01-%02d", 2+i%20), 100)
	}
	w.closeDay("2024-01-31")
	w.fit("2024-01-31", value.BGNBD)
	w.settle()
	judged := func() int {
		w.engine.mu.Lock()
		defer w.engine.mu.Unlock()
		return w.engine.writer.models.judged
	}
	before := judged()
	for day := 1; day <= 29; day++ {
		w.closeDay(fmt.Sprintf("2024-02-%02d", day))
	}
	w.settle()
	changed := w.query(`SELECT (SELECT count(*) FROM segment_membership WHERE valid_to > '2024-01-31') +
		(SELECT count(*) FROM churn_risk WHERE as_of > '2024-01-31')`)[0][0].(int64)
	if n := int64(judged() - before); n == 0 || n > changed {
		t.Errorf("%d judgements for %d changes", n, changed)
	}
}
