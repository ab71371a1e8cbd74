package value

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/optimize"
)

// errNotConverged: no parameters make what was bought most likely, or only senseless ones do.
var errNotConverged = errors.New("does not converge")

// Parameters beyond these bounds say that the data do not tell them.
const leastParameter, mostParameter = 1e-5, 1e5

// fitBuying finds the parameters under which the histories are most likely, and the logarithm of that likelihood.
func fitBuying(kind Kind, patterns []Pattern) (Buying, float64, error) {
	ages, customers := 0.0, 0.0
	for i := range patterns {
		ages += patterns[i].N * patterns[i].T
		customers += patterns[i].N
	}
	scale := max(ages/customers/4, 1) // of the rates: a part of the mean age
	start := []float64{0.5, scale, 1, 2}
	if kind == ParetoNBD {
		start[2], start[3] = 0.5, scale
	}
	v, l, err := maximise(start, func(v []float64) float64 { return buying(kind, v).logLikelihood(patterns) })
	if err != nil {
		return nil, 0, err
	}
	return buying(kind, v), l, nil
}

// fitSpending does the same for what customers spend a time.
func fitSpending(spenders []spender) (gammaGamma, float64, error) {
	sum, customers := 0.0, 0.0
	for i := range spenders {
		sum += spenders[i].n * spenders[i].mean
		customers += spenders[i].n
	}
	start := []float64{2, 3, sum / customers}
	v, l, err := maximise(start, func(v []float64) float64 {
		return gammaGamma{p: v[0], q: v[1], v: v[2]}.logLikelihood(spenders)
	})
	if err != nil {
		return gammaGamma{}, 0, err
	}
	return gammaGamma{p: v[0], q: v[1], v: v[2]}, l, nil
}

// maximise climbs to the highest value of f over positive numbers, by the simplex method on their logarithms. It
// begins anew from where it arrived until that gains nothing, since a simplex may collapse before it is there.
func maximise(start []float64, f func([]float64) float64) ([]float64, float64, error) {
	at := make([]float64, len(start))
	for i := range start {
		at[i] = math.Log(start[i])
	}
	problem := optimize.Problem{Func: func(logs []float64) float64 {
		if l := f(exponentials(logs)); !math.IsNaN(l) {
			return -l
		}
		return math.Inf(1)
	}}
	const restarts, gain = 20, 1e-6
	best := math.Inf(1)
	for range restarts {
		found, err := optimize.Minimize(problem, at, &optimize.Settings{FuncEvaluations: 5000,
			Converger: &optimize.FunctionConverge{Absolute: 1e-10, Relative: 1e-13, Iterations: 60}},
			&optimize.NelderMead{SimplexSize: 0.3})
		if err != nil || math.IsInf(found.F, 0) {
			return nil, 0, errNotConverged
		}
		at = found.X
		if best-found.F < gain {
			return within(exponentials(at), -found.F)
		}
		best = found.F
	}
	return nil, 0, errNotConverged
}

func within(v []float64, l float64) ([]float64, float64, error) {
	for i := range v {
		if !(v[i] > leastParameter && v[i] < mostParameter) {
			return nil, 0, errNotConverged
		}
	}
	return v, l, nil
}

func exponentials(logs []float64) []float64 {
	v := make([]float64, len(logs))
	for i := range logs {
		v[i] = math.Exp(logs[i])
	}
	return v
}
