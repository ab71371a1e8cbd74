package facts

import (
	"math"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/value"
)

// oldest is the age at which the models stop counting, in days: a hundred years.
const oldest = 36_525

// Buyer answers what the models of value need to know of the customer as of a business date; false before the first
// purchase. What was bought after that date counts at once.
func (v *Value) Buyer(on domain.Day) (value.Customer, bool) {
	if v.PurchaseDays == 0 {
		return value.Customer{}, false
	}
	lastAge, _ := v.TX()
	age := min(int64(max(on, v.LastPurchaseOn)-v.FirstPurchaseOn), max(oldest, lastAge))
	repeats := v.Frequency()
	c := value.Customer{History: value.HistoryOf(repeats, lastAge, age)}
	if repeats > 0 {
		first, _ := find(v.Days, v.FirstPurchaseOn)
		c.Mean = major(v.GrossMinor-v.Days[first].GrossMinor, v.Digits) / float64(repeats)
	}
	return c, true
}

// ChurnRisk answers how much at risk the customer is to be lost; false where nothing predicts it.
func (c *Customer) ChurnRisk(on domain.Day) (value.Risk, bool) {
	buyer, ok := c.Value.Buyer(on)
	if !ok || c.Predictor == nil {
		return "", false
	}
	return c.Predictor.Predict(buyer).Risk(), true
}

// NextChurnRisk answers the first day after a day on which the customer is at another risk; false if there is none.
func (c *Customer) NextChurnRisk(after domain.Day) (domain.Day, bool) {
	return churnRisk{}.next(c, after)
}

var predictionFacts = []Fact{
	{Name: "p_alive", Kind: Double, Unit: "probability",
		Doc:    "How likely the customer will ever buy again, by the model of value in force; absent without one.",
		fading: predicted(func(p *value.Predictor, c value.Customer, _ int) float64 { return decimals(p.Alive(c), 6) })},
	{Name: "expected_purchases_365d", Kind: Double, Unit: days,
		Doc: "On how many of the next 365 days the customer is expected to buy; absent without a model of value.",
		fading: predicted(func(p *value.Predictor, c value.Customer, _ int) float64 {
			return decimals(p.Predict(c).Purchases365, 6)
		})},
	{Name: "clv_12m", Kind: Double, Unit: money,
		Doc: "What the next twelve months with the customer are worth: less returns, discounted; absent without a model of value.",
		fading: predicted(func(p *value.Predictor, c value.Customer, digits int) float64 {
			return decimals(p.Predict(c).CLV12, digits)
		})},
	{Name: "churn_risk", Kind: String, Doc: `How much the customer is at risk to be lost: "low", "medium" or "high"; absent without a model of value.`,
		step: churnRisk{}},
}

// fading answers a figure as of a business date; false where the customer does not have it. While nothing happens to the
// customer, it falls with time or stays.
type fading func(c *Customer, on domain.Day) (float64, bool)

func predicted(figure func(p *value.Predictor, c value.Customer, digits int) float64) fading {
	return func(c *Customer, on domain.Day) (float64, bool) {
		buyer, ok := c.Value.Buyer(on)
		if !ok || c.Predictor == nil {
			return 0, false
		}
		return figure(c.Predictor, buyer, c.Value.Digits), true
	}
}

// decimals rounds, so that a figure that hardly changes does not seem to, and evidence can be read.
func decimals(v float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(v*scale) / scale
}

func (f fading) value(c *Customer, on domain.Day) (any, bool) {
	v, ok := f(c, on)
	return v, ok
}

// next answers the first day after a day on which the figure is another one.
func (f fading) next(c *Customer, after domain.Day) (domain.Day, bool) {
	return turn(after, func(on domain.Day) float64 {
		v, _ := f(c, on)
		return v
	}, 0)
}

// passes answers the first day after a day on which the figure stands otherwise to a number than on that day: above it,
// at it, or below it.
func (f fading) passes(c *Customer, after domain.Day, number float64) (domain.Day, bool) {
	return turn(after, func(on domain.Day) int {
		switch v, ok := f(c, on); {
		case !ok || v < number:
			return -1 // where it stays
		case v > number:
			return 1
		}
		return 0
	}, -1)
}

// churnRisk is the step of the risk.
type churnRisk struct{}

func (churnRisk) value(c *Customer, on domain.Day) (any, bool) {
	risk, ok := c.ChurnRisk(on)
	return string(risk), ok
}

func (churnRisk) next(c *Customer, after domain.Day) (domain.Day, bool) {
	return turn(after, func(on domain.Day) value.Risk {
		risk, ok := c.ChurnRisk(on)
		if !ok {
			return value.HighRisk
		}
		return risk
	}, value.HighRisk)
}

// turn answers the first day after a day on which f answers otherwise than on that day; false if there is none. With
// time, f goes through its answers in one direction, up to a last one, and stays there. So the day is found by looking at
// few: ever further ahead until the answer is another, then by halves.
func turn[T comparable](after domain.Day, f func(domain.Day) T, last T) (domain.Day, bool) {
	now := f(after)
	if now == last {
		return 0, false
	}
	farthest := domain.Day(min(oldest, math.MaxInt32-int64(after)))
	same, ahead := after, min(1, farthest)
	for f(after+ahead) == now {
		if ahead == farthest {
			return 0, false
		}
		same, ahead = after+ahead, min(2*ahead, farthest)
	}
	other := after + ahead
	for other-same > 1 {
		middle := same + (other-same)/2
		if f(middle) == now {
			same = middle
		} else {
			other = middle
		}
	}
	return other, true
}
