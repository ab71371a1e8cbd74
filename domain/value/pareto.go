package value

import "math"

// paretoNBD is the Pareto/NBD model: Schmittlein, Morrison and Colombo, Counting Your Customers: Who Are They and What
// Will They Do Next?, Management Science 33 (1987), in the form of Fader and Hardie, A Note on Deriving the
// Pareto/NBD Model and Related Expressions (2005).
type paretoNBD struct{ r, alpha, s, beta float64 }

func (m paretoNBD) parameters() Parameters {
	return Parameters{R: m.r, Alpha: m.alpha, S: m.s, Beta: m.beta}
}

// Alive implements Buying: Fader and Hardie, eq. 36.
func (m paretoNBD) Alive(h History) float64 { return 1 / (1 + math.Exp(m.logGone(h))) }

// logGone is the logarithm of the odds that the customer left since the last purchase.
func (m paretoNBD) logGone(h History) float64 {
	all := m.r + m.s + h.X
	after, before := m.logArea(h.X, h.TX), m.logArea(h.X, h.T)
	if after <= before { // no time in which to leave
		return math.Inf(-1)
	}
	return math.Log(m.s/all) + (m.r+h.X)*math.Log(m.alpha+h.T) + m.s*math.Log(m.beta+h.T) +
		after + math.Log(-math.Expm1(before-after))
}

// logArea is the logarithm of one of the two terms of A0 (Fader and Hardie, eqs. 20 and 21), at an age y. Euler's
// transformation leaves a function that neither overflows nor cancels out.
func (m paretoNBD) logArea(x, y float64) float64 {
	all := m.r + m.s + x
	most, least, b, d := m.alpha, m.beta, m.s+1, m.r+x
	if m.alpha < m.beta {
		most, least, b, d = m.beta, m.alpha, m.r+x, m.s+1
	}
	z := (most - least) / (most + y)
	return (1-b)*math.Log1p(-z) - math.Log(gaussFraction(d, all, z)) - all*math.Log(most+y)
}

// gaussFraction answers 1/2F1(1, d; c + 1; z), for 0 < d < c + 1 and 0 ≤ z < 1: the continued fraction of Gauss (NIST
// Digital Library of Mathematical Functions, 15.7.5), evaluated forwards by Lentz's method. Near z = 1 it takes the
// square root of the terms that the series would.
func gaussFraction(d, c, z float64) float64 {
	f, numerator, denominator := 1.0, 1.0, 0.0
	for n := 0.0; n < maxTerms; n++ {
		for _, t := range [2]float64{(d + n) * (c + n) / ((c + 2*n) * (c + 2*n + 1)),
			(n + 1) * (c - d + n + 1) / ((c + 2*n + 1) * (c + 2*n + 2))} {
			numerator = 1 - t*z/numerator
			denominator = 1 / (1 - t*z*denominator)
			f *= numerator * denominator
		}
		if math.Abs(numerator*denominator-1) < 1e-15 {
			break
		}
	}
	return f
}

// WhileAlive implements Buying: Fader and Hardie, eq. 41, without P(alive), and undisturbed by S = 1.
func (m paretoNBD) WhileAlive(h History, weeks float64) float64 {
	return (m.r + h.X) * (m.beta + h.T) / (m.alpha + h.T) * -powerSum(m.s-1, -math.Log1p(weeks/(m.beta+h.T)))
}

// New implements Buying: Fader and Hardie, eq. 27.
func (m paretoNBD) New(weeks float64) float64 { return m.WhileAlive(History{}, weeks) }

// logLikelihood is the sum of the logarithms of Fader and Hardie, eq. 18.
func (m paretoNBD) logLikelihood(patterns []Pattern) float64 {
	sum := 0.0
	base := m.r*math.Log(m.alpha) + m.s*math.Log(m.beta) - lgamma(m.r)
	for i := range patterns {
		p := &patterns[i]
		sum += p.N * (base + lgamma(m.r+p.X) - (m.r+p.X)*math.Log(m.alpha+p.T) - m.s*math.Log(m.beta+p.T) +
			softplus(m.logGone(p.History)))
	}
	return sum
}
