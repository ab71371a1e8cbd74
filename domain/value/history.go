// Package value predicts what customers will buy and what that is worth, and decides which model is in force: a
// model is fitted to the purchase histories of all customers, and a fit that makes sense is a fact. It is pure.
// It must not know where histories are kept, or who asks for a prediction.
package value

import (
	"cmp"
	"slices"
)

// daysPerWeek turns days into the models' unit of time, which is the week, as in the literature.
const daysPerWeek = 7

// History is what the models need to know of a customer's purchases. Purchases of one day count as one; the
// first day makes somebody a customer and is not counted.
type History struct {
	X  float64 // days with a repeat purchase
	TX float64 // age at the last purchase, in weeks since the first
	T  float64 // age now, in weeks since the first purchase
}

// HistoryOf makes a history of days: how many with a repeat purchase, and the ages at the last one and now.
func HistoryOf(repeats, lastAge, age int64) History {
	return History{X: float64(repeats), TX: float64(lastAge) / daysPerWeek, T: float64(age) / daysPerWeek}
}

// Pattern is a history that N customers share.
type Pattern struct {
	History
	N float64
}

// Patterns answers the distinct histories, sorted. There are far fewer of them than customers, and a likelihood
// depends on nothing else.
func Patterns(histories []History) []Pattern {
	counts := make(map[History]float64, len(histories)/2)
	for _, h := range histories {
		counts[h]++
	}
	patterns := make([]Pattern, 0, len(counts))
	for h, n := range counts {
		patterns = append(patterns, Pattern{h, n})
	}
	slices.SortFunc(patterns, func(a, b Pattern) int {
		return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.TX, b.TX), cmp.Compare(a.T, b.T))
	})
	return patterns
}

// Customer is a customer's history, and the mean of what they bought on the days of it that are counted, in major units
// of the reporting currency; 0 where none are.
type Customer struct {
	History
	Mean float64
}
