package demo

import (
	"math"
	"math/rand/v2"
)

// dice are the random choices of one customer, of whom they alone depend on.
type dice struct{ *rand.Rand }

func newDice(seed, customer uint64) dice { return dice{rand.New(rand.NewPCG(seed, customer))} }

// chance is true with probability p.
func (d dice) chance(p float64) bool { return d.Float64() < p }

// between answers a whole number from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// gamma draws from the gamma distribution with a shape of at least 1 and mean shape × scale (Marsaglia and
// Tsang, A simple method for generating gamma variables, 2000).
func (d dice) gamma(shape, scale float64) float64 {
	a := shape - 1.0/3
	c := 1 / math.Sqrt(9*a)
	for {
		x := d.NormFloat64()
		v := math.Pow(1+c*x, 3)
		if v > 0 && math.Log(1-d.Float64()) < x*x/2+a-a*v+a*math.Log(v) {
			return a * v * scale
		}
	}
}

// beta draws from the beta distribution, both parameters at least 1.
func (d dice) beta(a, b float64) float64 {
	x := d.gamma(a, 1)
	return x / (x + d.gamma(b, 1))
}

func pick[T any](d dice, from []T) T { return from[d.IntN(len(from))] }

// weighted picks by weights, of which there must be some.
func weighted[T any](d dice, from []T, weight func(T) int) T {
	sum := 0
	for _, x := range from {
		sum += weight(x)
	}
	n := d.IntN(sum)
	for _, x := range from {
		if n -= weight(x); n < 0 {
			return x
		}
	}
	panic("weights that do not add up")
}
