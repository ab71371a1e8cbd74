package value

import (
	"math"
)

// Kind names a model of repeat buying.
type Kind string

// The models that there are.
const (
	BGNBD     Kind = "bg_nbd"
	MBGNBD    Kind = "mbg_nbd"
	ParetoNBD Kind = "pareto_nbd"
)

// kinds lists them in the order in which one stands in for another that cannot be fitted.
var kinds = []Kind{BGNBD, MBGNBD, ParetoNBD}

// Parameters are those of a model of repeat buying, the time in weeks. While alive, customers buy at random, at
// rates that are gamma distributed among them: shape R, rate Alpha. After each purchase they may leave, with
// probabilities that are beta distributed: A, B (BG/NBD, MBG/NBD). Or they leave at any time, at rates that are
// gamma distributed: shape S, rate Beta (Pareto/NBD).
type Parameters struct {
	R     float64 `json:"r"`
	Alpha float64 `json:"alpha"`
	A     float64 `json:"a,omitzero"`
	B     float64 `json:"b,omitzero"`
	S     float64 `json:"s,omitzero"`
	Beta  float64 `json:"beta,omitzero"`
}

// Buying is a model of repeat buying with its parameters.
//
// A customer's expected purchases are Alive × WhileAlive. For a customer who buys nothing, time lets both Alive
// and that product fall, never rise: with f the likelihood of what happened if the customer is alive, and w ≥ 0
// what is expected of them given their rates, d/dT ln E[w] = −E_w[λ + μ] + P(alive) E[λ | alive], and E_w[λ] ≥
// E[λ | alive], since w grows with λ (in the BG/NBD μ is 0). The rules rely on that.
type Buying interface {
	// Alive answers the probability that a customer with that history will ever buy again.
	Alive(h History) float64
	// WhileAlive answers how many purchases are expected in the next weeks, if the customer is alive.
	WhileAlive(h History, weeks float64) float64
	// New answers how many repeat purchases are expected of a new customer in the first weeks.
	New(weeks float64) float64

	parameters() Parameters
	logLikelihood(patterns []Pattern) float64
}

// buying makes a model of four positive numbers, in the order in which its parameters are listed.
func buying(kind Kind, v []float64) Buying {
	switch kind {
	case BGNBD:
		return newBetaGeometric(v[0], v[1], v[2], v[3], false)
	case MBGNBD:
		return newBetaGeometric(v[0], v[1], v[2], v[3], true)
	case ParetoNBD:
		return paretoNBD{r: v[0], alpha: v[1], s: v[2], beta: v[3]}
	}
	return nil
}

// NewBuying answers a model with its parameters; nil where there is no model of that kind.
func NewBuying(kind Kind, p Parameters) Buying {
	if kind == ParetoNBD {
		return buying(kind, []float64{p.R, p.Alpha, p.S, p.Beta})
	}
	return buying(kind, []float64{p.R, p.Alpha, p.A, p.B})
}

// Expected answers how many purchases are expected of a customer in the next weeks.
func Expected(b Buying, h History, weeks float64) float64 { return b.Alive(h) * b.WhileAlive(h, weeks) }

// lgamma is ln Γ(v) for v > 0.
func lgamma(v float64) float64 {
	l, _ := math.Lgamma(v)
	return l
}

// powerSum is (exp(e·l) − 1)/e, which is l where e is 0.
func powerSum(e, l float64) float64 {
	if e == 0 {
		return l
	}
	return math.Expm1(e*l) / e
}

// A series ends when its terms do not count any more; at worst it is cut off.
const (
	negligible = 1e-16
	maxTerms   = 20_000
)
