package value

import (
	"math"
	"sync"
)

// Predictor answers what a fit says of customers. It is safe for concurrent use.
type Predictor struct {
	Model    Kind
	buying   Buying
	spend    Spend
	kept     float64 // the part of what is bought that is not brought back
	discount float64 // a month

	// known is what was looked ahead: customers share it, and so do the days on which the same is asked.
	mu    sync.Mutex
	known map[History]ahead
}

// mostKnown bounds what a predictor remembers.
const mostKnown = 200_000

// Predictor makes a fit ready to be asked.
func (e Fitted) Predictor() *Predictor {
	return &Predictor{Model: e.Model, buying: NewBuying(e.Model, e.Parameters), spend: e.Spend,
		kept: 1 - e.ReturnedShare, discount: e.MonthlyDiscount}
}

// weeksPerMonth is that of a year of 365 days with twelve equal months.
const weeksPerMonth = 365.0 / 12 / daysPerWeek

// ahead is what is expected of customers who are alive. It is the same for all with as many purchases and the same age.
type ahead struct {
	purchases30, purchases90, purchases365 float64
	// discounted12 and discounted36 are purchases within that many months, worth the less the later they come.
	discounted12, discounted36 float64
}

// ahead answers what is expected of customers with as many purchases and that age, if they are alive.
func (p *Predictor) ahead(h History) ahead {
	h.TX = 0 // says no more of who is alive
	p.mu.Lock()
	a, known := p.known[h]
	p.mu.Unlock()
	if known {
		return a
	}
	a = ahead{purchases30: p.buying.WhileAlive(h, 30.0/daysPerWeek), purchases90: p.buying.WhileAlive(h, 90.0/daysPerWeek),
		purchases365: p.buying.WhileAlive(h, 365.0/daysPerWeek)}
	a.discounted12 = discounted(p.buying, h, 0, 12, weeksPerMonth, p.discount)
	a.discounted36 = a.discounted12 + discounted(p.buying, h, 12, 36, weeksPerMonth, p.discount)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known == nil || len(p.known) >= mostKnown {
		p.known = map[History]ahead{}
	}
	p.known[h] = a
	return a
}

// discounted adds up the purchases expected of a customer who is alive, from one month on up to another, each month's
// counted at its end: Fader, Hardie and Lee, RFM and CLV: Using Iso-Value Curves for Customer Base Analysis,
// Journal of Marketing Research 42 (2005), over a finite horizon.
func discounted(b Buying, h History, from, to int, weeksPerMonth, rate float64) float64 {
	sum, before := 0.0, b.WhileAlive(h, float64(from)*weeksPerMonth)
	for month := from + 1; month <= to; month++ {
		until := b.WhileAlive(h, float64(month)*weeksPerMonth)
		sum += (until - before) * math.Pow(1+rate, -float64(month))
		before = until
	}
	return sum
}

// Prediction is what is expected of a customer. Money is in major units of the reporting currency.
type Prediction struct {
	Alive                                  float64 // probability of ever buying again
	Purchases30, Purchases90, Purchases365 float64 // expected days with a purchase in the next days
	Average                                float64 // expected to be spent on such a day
	CLV12, CLV36                           float64 // value of the next months: less returns, discounted
}

// Predict answers what is expected of a customer.
func (p *Predictor) Predict(c Customer) Prediction {
	a, alive, average := p.ahead(c.History), p.Alive(c), p.Average(c)
	worth := alive * average * p.kept
	return Prediction{Alive: alive, Purchases30: alive * a.purchases30, Purchases90: alive * a.purchases90,
		Purchases365: alive * a.purchases365, Average: average, CLV12: worth * a.discounted12, CLV36: worth * a.discounted36}
}

// Horizon is what is expected of a customer in the next days: days with a purchase, and their value in major units of
// the reporting currency, less returns and discounted.
type Horizon struct {
	Days           int
	Purchases, CLV float64
}

// Within answers what is expected of a customer in the next days. Purchases after the last whole month are counted
// at the end of the days.
func (p *Predictor) Within(c Customer, days int) Horizon {
	h, alive := c.History, p.Alive(c)
	h.TX = 0 // says no more of who is alive
	months := float64(days) * 12 / 365
	whole := int(months)
	all := p.buying.WhileAlive(h, float64(days)/daysPerWeek)
	worth := discounted(p.buying, h, 0, whole, weeksPerMonth, p.discount) +
		(all-p.buying.WhileAlive(h, float64(whole)*weeksPerMonth))*math.Pow(1+p.discount, -months)
	return Horizon{Days: days, Purchases: alive * all, CLV: alive * p.Average(c) * p.kept * worth}
}

// Alive answers the probability that the customer will ever buy again.
func (p *Predictor) Alive(c Customer) float64 { return p.buying.Alive(c.History) }

// Average answers what the customer is expected to spend on a day with a purchase.
func (p *Predictor) Average(c Customer) float64 { return p.spend.average(c) }

// NewPurchases365 answers on how many of the first 365 days a new customer is expected to buy again.
func (p *Predictor) NewPurchases365() float64 { return p.buying.New(365.0 / daysPerWeek) }
