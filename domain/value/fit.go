package value

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/optimize"
)

var (
	// errNotConverged: no parameters were found that make what was bought most likely.
	errNotConverged = errors.New("does not converge")
	// errImpossible: a customer cannot buy on more days than there are.
	errImpossible = errors.New("expects more days with a purchase than there are")
)

// Parameters are looked for within these bounds. Shapes at their upper bound say that customers hardly differ, which is
// as good a finding as any; beyond it, likelihoods are flat.
const least, mostShape, mostRate, mostMoney = 1e-5, 1e3, 1e4, 1e12

// fitBuying finds the parameters under which the histories are most likely, and the logarithm of that likelihood.
func fitBuying(kind Kind, patterns []Pattern) (Buying, float64, error) {
	ages, customers := 0.0, 0.0
	for i := range patterns {
		ages += patterns[i].N * patterns[i].T
		customers += patterns[i].N
	}
	scale := max(ages/customers/4, 1) // of the rates: a part of the mean age
	start, most := []float64{0.5, scale, 1, 2}, []float64{mostShape, mostRate, mostShape, mostShape}
	if kind == ParetoNBD {
		start[2], start[3], most[3] = 0.5, scale, mostRate
	}
	v, l, err := maximise(start, most, func(v []float64) float64 { return buying(kind, v).logLikelihood(patterns) })
	if err != nil {
		return nil, 0, err
	}
	m := buying(kind, v)
	for i := range patterns {
		if expected := m.WhileAlive(patterns[i].History, 365.0/daysPerWeek); !(expected <= 365) {
			return nil, 0, errImpossible
		}
	}
	return m, l, nil
}

// fitSpending does the same for what customers spend a time.
func fitSpending(spenders []spender) (gammaGamma, float64, error) {
	sum, customers := 0.0, 0.0
	for i := range spenders {
		sum += spenders[i].n * spenders[i].mean
		customers += spenders[i].n
	}
	start, most := []float64{2, 3, sum / customers}, []float64{mostShape, mostShape, mostMoney}
	v, l, err := maximise(start, most, func(v []float64) float64 {
		return gammaGamma{p: v[0], q: v[1], v: v[2]}.logLikelihood(spenders)
	})
	if err != nil {
		return gammaGamma{}, 0, err
	}
	return gammaGamma{p: v[0], q: v[1], v: v[2]}, l, nil
}

// maximise climbs to the highest value of f over positive numbers up to some, by the simplex method on their logarithms.
// It begins anew from where it arrived until that gains nothing, since a simplex may collapse before it is there.
func maximise(start, most []float64, f func([]float64) float64) ([]float64, float64, error) {
	at := make([]float64, len(start))
	for i := range start {
		at[i] = math.Log(start[i])
	}
	problem := optimize.Problem{Func: func(logs []float64) float64 {
		v := exponentials(logs)
		for i := range v {
			if v[i] < least || v[i] > most[i] {
				return math.Inf(1)
			}
		}
		if l := f(v); !math.IsNaN(l) {
			return -l
		}
		return math.Inf(1)
	}}
	const restarts, gain = 10, 1e-6
	best := math.Inf(1)
	for range restarts {
		found, err := optimize.Minimize(problem, at, &optimize.Settings{FuncEvaluations: 2000,
			Converger: &optimize.FunctionConverge{Absolute: 1e-10, Relative: 1e-13, Iterations: 60}},
			&optimize.NelderMead{SimplexSize: 0.3})
		if err != nil || math.IsInf(found.F, 0) {
			return nil, 0, errNotConverged
		}
		at = found.X
		if best-found.F < gain {
			return exponentials(at), -found.F, nil
		}
		best = found.F
	}
	return nil, 0, errNotConverged
}

func exponentials(logs []float64) []float64 {
	v := make([]float64, len(logs))
	for i := range logs {
		v[i] = math.Exp(logs[i])
	}
	return v
}
