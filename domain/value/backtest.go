package value

import (
	"fmt"
	"math"
)

// Holdout tells how well the model foresees what it has not seen: it is fitted to what happened before the last days,
// and asked how many purchases they would bring from whoever was a customer by then.
type Holdout struct {
	Days          int         `json:"days"` // how many are held out
	Model         Kind        `json:"model,omitempty"`
	Parameters    *Parameters `json:"parameters,omitempty"` // fitted to what came before
	LogLikelihood float64     `json:"log_likelihood,omitzero"`
	Spend         *Spend      `json:"spend,omitempty"`
	Customers     int64       `json:"customers"`          // those who had bought before
	Actual        float64     `json:"actual_purchases"`   // purchase days of theirs in the days held out
	Expected      float64     `json:"expected_purchases"` // of them, by the model
	// Error is expected less actual, over actual; MeanAbsoluteError is in purchase days a customer.
	Error             float64 `json:"relative_error,omitzero"`
	MeanAbsoluteError float64 `json:"mean_absolute_error,omitzero"`
	// Reason says why there is no answer.
	Reason string `json:"reason,omitempty"`
}

// Tested is a customer as of the day before the days held out, and on how many of those days they bought.
type Tested struct {
	Customer
	Later float64
}

func backtest(kind Kind, days int, tested []Tested) *Holdout {
	h := &Holdout{Days: days, Customers: int64(len(tested))}
	customers := make([]Customer, len(tested))
	for i := range tested {
		customers[i] = tested[i].Customer
		h.Actual += tested[i].Later
	}
	if n := repeaters(customers); n < LeastRepeaters {
		h.Reason = "too few customers had bought again before the days held out"
		return h
	}
	m, l, err := fitBuying(kind, patternsOf(customers))
	if err != nil {
		h.Reason = fmt.Sprintf("the model %s %v, by what came before the days held out", kind, err)
		return h
	}
	p, spend := m.parameters(), fitSpend(customers)
	h.Model, h.Parameters, h.LogLikelihood, h.Spend = kind, &p, l, &spend
	expected := map[History]float64{}
	for i := range tested {
		seen := tested[i].History
		e, known := expected[seen]
		if !known {
			e = Expected(m, seen, float64(days)/daysPerWeek)
			expected[seen] = e
		}
		h.Expected += e
		h.MeanAbsoluteError += math.Abs(e - tested[i].Later)
	}
	h.MeanAbsoluteError /= float64(len(tested))
	if h.Actual > 0 {
		h.Error = (h.Expected - h.Actual) / h.Actual
	}
	return h
}

func repeaters(customers []Customer) (n int64) {
	for i := range customers {
		if customers[i].X > 0 {
			n++
		}
	}
	return n
}

func patternsOf(customers []Customer) []Pattern {
	histories := make([]History, len(customers))
	for i := range customers {
		histories[i] = customers[i].History
	}
	return Patterns(histories)
}
