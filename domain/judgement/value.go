package judgement

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/value"
)

// Model is a fit of the model of value.
type Model struct {
	*value.Predictor
	Version  int64  // counts the fits, from 1
	Position uint64 // of the fit in the log
}

// Risk is what is remembered of a customer's predictions: on which business date they rest, and when the risk grows.
type Risk struct {
	On   domain.Day  `json:"on"`
	Next *domain.Day `json:"next,omitempty"`
}

// foresee predicts what the customer will buy, where that changed, and finds how much at risk they are to be lost.
func (j *judging) foresee(m *Model) {
	if m == nil {
		return
	}
	j.customer.Predictor = m.Predictor
	buyer, bought := j.customer.Value.Buyer(j.date)
	if !bought {
		return
	}
	anew := j.why == ByFit || j.Revalued || j.Risk == nil || j.Risk.On > j.date
	if anew || j.Risk.Next != nil && j.date >= *j.Risk.Next {
		prediction := m.Predict(buyer)
		if anew {
			j.journal.Predicted(j.date, prediction)
		}
		j.Risk = &Risk{On: j.date}
		if day, ok := j.customer.NextChurnRisk(j.date); ok {
			j.Risk.Next = &day
		}
		j.journal.Risked(j.date, prediction, j.Risk.Next)
	}
	j.Revalued = false
}
