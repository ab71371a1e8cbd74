package value

import (
	"cmp"
	"math"
	"slices"
)

// spender is how often N customers bought again, and for how much on average, in major units.
type spender struct {
	x    float64 // days with a repeat purchase, at least 1
	mean float64 // of what was bought on such a day, more than 0
	n    float64
	// What follows from these, whatever the parameters.
	total, logTotal, logMean float64
}

// gammaGamma is the model of what a customer spends a time: Fader and Hardie, The Gamma-Gamma Model of Monetary Value
// (2013). What one customer spends varies with a gamma distribution of shape P; the customers' means vary too.
type gammaGamma struct{ p, q, v float64 }

// Mean answers what a customer spends on a day with a purchase, on average in the long run, given the mean of those
// x days that were seen (Fader and Hardie, eq. 5): what was seen counts the more, the more of it there is.
func (m gammaGamma) Mean(x, mean float64) float64 {
	return m.p * (m.v + x*mean) / (m.p*x + m.q - 1)
}

// logLikelihood is the sum of the logarithms of Fader and Hardie, eq. 1a. Those with the same x follow each other.
func (m gammaGamma) logLikelihood(spenders []spender) float64 {
	sum, x, common := 0.0, -1.0, 0.0
	base := m.q*math.Log(m.v) - lgamma(m.q)
	for i := range spenders {
		s := &spenders[i]
		px := m.p * s.x
		if s.x != x {
			x = s.x
			common = base + lgamma(px+m.q) - lgamma(px)
		}
		sum += s.n * (common + px*s.logTotal - s.logMean - (px+m.q)*math.Log(m.v+s.total))
	}
	return sum
}

// spendersOf answers what the customers say about spending, sorted.
func spendersOf(customers []Customer) []spender {
	type seen struct{ x, mean float64 }
	counts := map[seen]float64{}
	for i := range customers {
		if c := &customers[i]; c.X > 0 && c.Mean > 0 {
			counts[seen{c.X, c.Mean}]++
		}
	}
	out := make([]spender, 0, len(counts))
	for s, n := range counts {
		total := s.x * s.mean
		out = append(out, spender{x: s.x, mean: s.mean, n: n, total: total, logTotal: math.Log(total), logMean: math.Log(s.mean)})
	}
	slices.SortFunc(out, func(a, b spender) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.mean, b.mean)) })
	return out
}
