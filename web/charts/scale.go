package charts

import "math"

// scale maps numbers from low to high to places from a to b.
type scale struct{ low, high, a, b float64 }

func (s scale) at(v float64) float64 {
	if s.high == s.low {
		return (s.a + s.b) / 2
	}
	return s.a + (v-s.low)/(s.high-s.low)*(s.b-s.a)
}

// extent is the least and the largest of numbers.
type extent struct {
	low, high float64
	any       bool
}

func (e *extent) add(v float64) {
	switch {
	case !finite(v):
	case !e.any:
		e.low, e.high, e.any = v, v, true
	default:
		e.low, e.high = min(e.low, v), max(e.high, v)
	}
}

// ticks returns round numbers that hold the extent between the first and the last of them, about n.
func (e extent) ticks(n int) []float64 {
	low, high := e.low, e.high
	if !e.any {
		low, high = 0, 1
	}
	if low == high {
		switch {
		case low > 0:
			low = 0
		case low < 0:
			high = 0
		default:
			high = 1
		}
	}
	step := roundStep(high/float64(n) - low/float64(n))
	first, last := math.Floor(low/step), math.Ceil(high/step)
	var all []float64
	for i := first; i <= last && len(all) < 1000; i++ {
		all = append(all, clean(i*step, step))
	}
	return all
}

// roundStep returns the least of 1, 2, 2.5 and 5 times a power of ten that is at least so large.
func roundStep(least float64) float64 {
	if !finite(least) || least <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(least)))
	if power == 0 {
		return least
	}
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= least*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// clean takes off what is left of a sum by rounding: 0.30000000000000004 is 0.3.
func clean(v, step float64) float64 {
	digits := math.Pow(10, 3-math.Floor(math.Log10(step)))
	if rounded := math.Round(v*digits) / digits; finite(rounded) {
		return rounded
	}
	return v
}
