package value

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The sample's parameters as fitted here and as fitted elsewhere: they differ from the fourth digit on.
var (
	sampleBG     = newBetaGeometric(.2425945, 4.4136022, .7929219, 2.4259056, false)
	sampleMBG    = newBetaGeometric(.5248431, 6.1830854, .8913594, 1.6140022, true)
	samplePareto = paretoNBD{r: .553277, alpha: 10.577686, s: .606239, beta: 11.668723}
	sampleModels = map[Kind]Buying{BGNBD: sampleBG, MBGNBD: sampleMBG, ParetoNBD: samplePareto}
)

func TestWhatIsExpectedOfACustomer(t *testing.T) {
	busy := HistoryOf(26, 216, 217)
	near(t, "BG/NBD, 52 weeks", Expected(sampleBG, busy, 52), 25.75659, 5e-5)
	near(t, "BG/NBD, alive", sampleBG.Alive(busy), .9688523, 5e-6)
	near(t, "Pareto/NBD, 52 weeks", Expected(samplePareto, busy, 52), 25.45647, 1e-4)
	near(t, "Pareto/NBD, alive", samplePareto.Alive(busy), .997874, 1e-6)
	near(t, "BG/NBD, 39 weeks", Expected(sampleBG, History{X: 2, TX: 30.43, T: 38.86}, 39), 1.226, 2e-4)
	near(t, "BG/NBD, new", sampleBG.New(52), 1.444004, 1e-5)
	near(t, "Pareto/NBD, new", samplePareto.New(52), 1.473434, 1e-6)
	if p := sampleBG.Alive(History{T: 50}); p != 1 {
		t.Errorf("who never bought again had no occasion to leave, yet is alive with probability %g", p)
	}
	if p := sampleMBG.Alive(History{T: 50}); !(p > 0 && p < 1) {
		t.Errorf("who never bought again may have left at once, yet is alive with probability %g", p)
	}
}

// The values that the reference implementations check themselves by, where a plain formula overflows.
func TestNothingOverflows(t *testing.T) {
	bg := newBetaGeometric(.25, 4, .8, 2.5, false)
	near(t, "who buys all the time", bg.logLikelihood([]Pattern{{History{200, 38, 40}, 1}}), 100.7957, 1e-7)
	near(t, "who never bought again", bg.logLikelihood([]Pattern{{History{0, 0, 40}, 1}}), -.59947382, 1e-8)
	pareto := paretoNBD{r: .55, alpha: 10.58, s: .61, beta: 11.67}
	near(t, "132 purchases", Expected(pareto, History{132, 200, 200}, 10), 6.20605178896, 1e-11)
	near(t, "133 purchases", Expected(pareto, History{133, 200, 200}, 10), 6.25287224757, 1e-11)
	for kind, m := range sampleModels {
		for _, h := range []History{{5000, 300, 300}, {5000, 1, 3000}, {0, 0, 0}, {1, 0, 5000}} {
			alive, expected, l := m.Alive(h), Expected(m, h, 520), m.logLikelihood([]Pattern{{h, 1}})
			if !(alive >= 0 && alive <= 1) || !(expected >= 0 && expected < 1e5) || math.IsNaN(l) || math.IsInf(l, 0) {
				t.Errorf("%s %+v: alive %g, expected %g, log-likelihood %g", kind, h, alive, expected, l)
			}
		}
	}
}

// Where a formula divides by nothing, its neighbours tell what it means.
func TestSingularParametersAreLikeTheirNeighbours(t *testing.T) {
	const little = 1e-9
	h := History{X: 3, TX: 20, T: 30}
	near(t, "a = 1", Expected(newBetaGeometric(.5, 6, 1, 2, false), h, 52),
		Expected(newBetaGeometric(.5, 6, 1+little, 2, false), h, 52), 1e-7)
	near(t, "a + b = 1, no repeat purchase", newBetaGeometric(.5, 6, .4, .6, false).New(52),
		newBetaGeometric(.5, 6, .4, .6+little, false).New(52), 1e-7)
	near(t, "s = 1", Expected(paretoNBD{.5, 6, 1, 7}, h, 52), Expected(paretoNBD{.5, 6, 1 + little, 7}, h, 52), 1e-7)
	near(t, "alpha = beta", paretoNBD{.5, 6, .7, 6}.Alive(h), paretoNBD{.5, 6, .7, 6 + little}.Alive(h), 1e-7)
}

// Whoever has no history yet is as good as a new customer.
func TestNoHistorySaysNothing(t *testing.T) {
	for kind, m := range sampleModels {
		near(t, string(kind), Expected(m, History{}, 40), m.New(40), 1e-12)
	}
}

// Cumulative repeat purchases of the sample by the end of some weeks.
func TestTrackingIsAsPublished(t *testing.T) {
	sample := cdnow(t)
	weeks := []int64{20, 21, 22, 23, 24, 25, 78}
	actual := []float64{1359, 1414, 1484, 1517, 1573, 1672, 4339}
	expected := map[Kind][]float64{
		BGNBD:     {1312.458, 1387.346, 1460.392, 1531.713, 1601.418, 1669.6, 4165.66},
		ParetoNBD: {1308.856, 1385.275, 1459.923, 1532.906, 1604.32, 1674.253, 4275.39},
	}
	for i, week := range weeks {
		seen := 0.0
		for _, s := range sample {
			for _, day := range s.days[1:] {
				if day < week*daysPerWeek {
					seen++
				}
			}
		}
		if seen != actual[i] {
			t.Errorf("week %d: %g purchases, want %g", week, seen, actual[i])
		}
		for kind, want := range expected {
			sum := 0.0
			for _, s := range sample {
				if age := week*daysPerWeek - s.days[0]; age > 0 {
					sum += sampleModels[kind].New(float64(age) / daysPerWeek)
				}
			}
			near(t, string(kind), sum, want[i], 1e-4)
		}
	}
}

// The published values rest on weeks and dollars that were rounded to two decimals.
func TestSpendingAndValueAreAsPublished(t *testing.T) {
	rounded := func(v float64) float64 { return math.Round(v*100) / 100 }
	customers := asOf(cdnow(t), calibration)
	fitted := Spend{Model: GammaGamma, P: 6.24957, Q: 3.74422, V: 15.44352}
	for i, want := range []float64{24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17} {
		if got := fitted.average(customers[i]); math.Abs(got-want) > .01 {
			t.Errorf("customer %d spends %g, want %g", i+1, got, want)
		}
	}
	spend := Spend{Model: GammaGamma, P: 6.25, Q: 3.74, V: 15.44}
	want := map[int]float64{1: 36.285863, 2: 4.638877, 6: 283.5456}
	sum := 0.0
	for i, c := range customers {
		c.History = History{X: c.X, TX: rounded(c.TX), T: rounded(c.T)}
		c.Mean = rounded(c.Mean)
		worth := sampleBG.Alive(c.History) * spend.average(c) * discounted(sampleBG, c.History, 0, 12, 4.345, .01)
		sum += worth
		if value, ok := want[i+1]; ok {
			near(t, "CLV of 12 months", worth, value, 1e-7)
		}
	}
	near(t, "CLV of all", sum, 71538.01, 1e-5)
}

// Any horizon is told as the columns of the table tell theirs, and a longer one never promises less.
func TestAHorizonOfAnyDays(t *testing.T) {
	customers := asOf(cdnow(t), calibration)
	for kind, m := range sampleModels {
		p := &Predictor{Model: kind, buying: m, spend: Spend{Model: GammaGamma, P: 6.25, Q: 3.74, V: 15.44}, kept: .9, discount: .01}
		for _, c := range customers[:6] {
			known := p.Predict(c)
			for days, want := range map[int]float64{30: known.Purchases30, 90: known.Purchases90, 365: known.Purchases365} {
				near(t, "purchases", p.Within(c, days).Purchases, want, 1e-12)
			}
			near(t, "CLV of 12 months", p.Within(c, 365).CLV, known.CLV12, 1e-9)
			near(t, "CLV of 36 months", p.Within(c, 1095).CLV, known.CLV36, 1e-9)
			before := Horizon{}
			for _, days := range []int{1, 30, 31, 60, 61, 62, 400, 3650} {
				h := p.Within(c, days)
				if h.Days != days || !(h.Purchases > before.Purchases) || !(h.CLV > before.CLV) {
					t.Errorf("%s: %+v after %+v", kind, h, before)
				}
				before = h
			}
		}
	}
}

// The rules foresee the day on which a comparison turns by looking for it between two days. They may, since all that
// is predicted of a customer who buys nothing falls with time, or stays.
func TestPredictionsFallWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		positive := func(name string, least, most float64) float64 {
			return math.Exp(rapid.Float64Range(math.Log(least), math.Log(most)).Draw(t, name))
		}
		kind := rapid.SampledFrom(kinds).Draw(t, "model")
		m := buying(kind, []float64{positive("r", .05, 20), positive("alpha", .5, 100), positive("a or s", .05, 5),
			positive("b or beta", .05, 100)})
		p := Predictor{Model: kind, buying: m, spend: Spend{Model: PlainMean, Mean: 100}, kept: .9, discount: .01}
		last := rapid.Int64Range(0, 1000).Draw(t, "t_x")
		repeats := rapid.Int64Range(0, last).Draw(t, "x")
		if repeats == 0 {
			last = 0
		}
		before := [3]float64{math.Inf(1), math.Inf(1), math.Inf(1)}
		age := last + rapid.Int64Range(0, 400).Draw(t, "days since")
		for range 6 {
			c := Customer{History: HistoryOf(repeats, last, age), Mean: 50}
			predicted := p.Predict(c)
			now := [3]float64{predicted.Alive, predicted.Purchases365, predicted.CLV12}
			for i := range now {
				if !(now[i] <= before[i]*(1+1e-10)) {
					t.Fatalf("%s: at age %d figure %d rose from %g to %g", kind, age, i, before[i], now[i])
				}
			}
			before = now
			age += rapid.Int64Range(1, 100).Draw(t, "days")
		}
	})
}

// Where customers hardly differ in how they leave, the parameters are at the bounds of the fit; predictions are numbers
// all the same, and grow with the time ahead.
func TestPredictionsAtTheBounds(t *testing.T) {
	for _, kind := range []Kind{BGNBD, MBGNBD} {
		buying := NewBuying(kind, Parameters{R: .21, Alpha: .9, A: 163, B: 1000})
		for _, h := range []History{{}, {T: .15}, {X: 3, TX: 20, T: 30}} {
			before := 0.0
			for weeks := 1.0; weeks < 2000; weeks *= 2 {
				expected := buying.WhileAlive(h, weeks)
				if !(expected >= before) || expected > weeks*10 {
					t.Errorf("%s, %+v: %v in %v weeks, %v in half of them", kind, h, expected, weeks, before)
				}
				before = expected
			}
		}
	}
}
