package value

import "math"

// betaGeometric is the BG/NBD model: Fader, Hardie and Lee, "Counting Your Customers" the Easy Way: An Alternative
// to the Pareto/NBD Model, Marketing Science 24 (2005). Where fromStart holds it is the MBG/NBD model, in which
// customers may leave right after their first purchase too: Batislam, Denizel and Filiztekin, Empirical validation
// and comparison of models for customer base analysis, Int. J. of Research in Marketing 24 (2007). Whoever is alive
// has then survived one more occasion to leave, so that much of it is the BG/NBD with B + 1.
type betaGeometric struct {
	r, alpha, a, b float64
	fromStart      bool
	survived       float64 // B of whoever is alive, before repeat purchases
}

func newBetaGeometric(r, alpha, a, b float64, fromStart bool) betaGeometric {
	m := betaGeometric{r: r, alpha: alpha, a: a, b: b, fromStart: fromStart, survived: b}
	if fromStart {
		m.survived = b + 1
	}
	return m
}

func (m betaGeometric) parameters() Parameters {
	return Parameters{R: m.r, Alpha: m.alpha, A: m.a, B: m.b}
}

// Alive implements Buying. In the BG/NBD whoever has not bought again had no occasion to leave: 1.
func (m betaGeometric) Alive(h History) float64 {
	if h.X == 0 && !m.fromStart {
		return 1
	}
	return 1 / (1 + math.Exp(m.logGone(h)))
}

// logGone is the logarithm of the odds that the customer left at the last purchase: the sum in the denominator of
// Fader, Hardie and Lee, eq. 10.
func (m betaGeometric) logGone(h History) float64 {
	return math.Log(m.a/(m.survived+h.X-1)) + (m.r+h.X)*math.Log((m.alpha+h.T)/(m.alpha+h.TX))
}

// WhileAlive implements Buying: Fader, Hardie and Lee, eq. 10 without its denominator, which is Alive. Euler's
// transformation of its hypergeometric function leaves small parameters, so that nothing overflows, and the division
// by A − 1 is done in a way that A = 1 does not disturb.
func (m betaGeometric) WhileAlive(h History, weeks float64) float64 {
	z := weeks / (m.alpha + h.T + weeks)
	left := math.Log1p(-z)
	e, c, d := m.a-1, m.a+m.survived+h.X-1, m.a+m.survived-1-m.r
	// c/e × (2F1(e, d; c; z) − 1), term by term, less a factor of which logScale is the logarithm: where customers hardly
	// differ in how they leave, the sum is beyond all numbers and what it is multiplied by is too small for one.
	term, sum, logScale := d*z, d*z, 0.0
	for n := 1.0; n < maxTerms && math.Abs(term) > negligible*math.Abs(sum); n++ {
		term *= (e + n) * (d + n) / ((c + n) * (n + 1)) * z
		if sum += term; math.Abs(sum) > huge {
			term, sum, logScale = term/huge, sum/huge, logScale+logHuge
		}
	}
	return -c*powerSum(e, left) - math.Exp(e*left+logScale)*sum
}

const huge = 1e200

var logHuge = math.Log(huge)

// New implements Buying: Fader, Hardie and Lee, eq. 9.
func (m betaGeometric) New(weeks float64) float64 {
	expected := m.WhileAlive(History{}, weeks)
	if m.fromStart {
		expected *= m.b / (m.a + m.b)
	}
	return expected
}

// logLikelihood is the sum of the logarithms of Fader, Hardie and Lee, eq. 6, and of its like for the MBG/NBD. What
// depends on x alone is computed once for the patterns that share it, which follow each other.
func (m betaGeometric) logLikelihood(patterns []Pattern) float64 {
	sum, x, common := 0.0, -1.0, 0.0
	base := m.r*math.Log(m.alpha) - lgamma(m.r) + lgamma(m.a+m.b) - lgamma(m.b)
	for i := range patterns {
		p := &patterns[i]
		if p.X != x {
			x = p.X
			common = base + lgamma(m.r+x) + lgamma(m.survived+x) - lgamma(m.a+m.survived+x)
		}
		l := common - (m.r+x)*math.Log(m.alpha+p.T)
		if x > 0 || m.fromStart {
			l += softplus(m.logGone(p.History))
		}
		sum += p.N * l
	}
	return sum
}

// softplus is ln(1 + exp v).
func softplus(v float64) float64 {
	if v > 0 {
		return v + math.Log1p(math.Exp(-v))
	}
	return math.Log1p(math.Exp(v))
}
