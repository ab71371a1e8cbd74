package value

// SpendModel names a model of what customers spend a time.
type SpendModel string

// Either the gamma-gamma model, or, where that cannot be fitted, plain means: a customer's own, or for who has none
// that of all.
const (
	GammaGamma SpendModel = "gamma_gamma"
	PlainMean  SpendModel = "mean"
)

// Spend is the part of a fit about what customers spend on a day with a purchase, in major units of the reporting
// currency.
type Spend struct {
	Model SpendModel `json:"model"`
	P     float64    `json:"p,omitzero"`
	Q     float64    `json:"q,omitzero"`
	V     float64    `json:"v,omitzero"`
	// Mean is what customers of whom nothing else is known spend; Customers are those whose repeat purchases say so.
	Mean          float64 `json:"mean"`
	Customers     int64   `json:"customers"`
	LogLikelihood float64 `json:"log_likelihood,omitzero"`
	// Fallback says why it is not the gamma-gamma model.
	Fallback string `json:"fallback,omitempty"`
}

func (s Spend) average(c Customer) float64 {
	if s.Model == GammaGamma {
		return gammaGamma{p: s.P, q: s.Q, v: s.V}.Mean(c.X, c.Mean)
	}
	if c.X > 0 {
		return c.Mean
	}
	return s.Mean
}

// fitSpend fits the gamma-gamma model, or says why not.
func fitSpend(customers []Customer) Spend {
	spenders := spendersOf(customers)
	s := Spend{Model: PlainMean}
	total, days, dearest := 0.0, 0.0, 0.0
	for i := range spenders {
		dearest = max(dearest, spenders[i].mean)
		total += spenders[i].n * spenders[i].total
		days += spenders[i].n * spenders[i].x
		s.Customers += int64(spenders[i].n)
	}
	if days > 0 {
		s.Mean = total / days
	}
	if s.Customers < LeastRepeaters {
		s.Fallback = "too few customers bought again for money"
		return s
	}
	m, l, err := fitSpending(spenders)
	switch {
	case err != nil:
		s.Fallback = "the gamma-gamma model does not converge"
	case m.q <= 1:
		s.Fallback = "the gamma-gamma model has no mean: q is 1 or less"
	case m.Mean(0, 0) > dearest:
		s.Fallback = "the gamma-gamma model expects more of everybody than anybody has spent"
	default:
		s.Model, s.P, s.Q, s.V, s.LogLikelihood = GammaGamma, m.p, m.q, m.v, l
		s.Mean = m.Mean(0, 0)
	}
	return s
}
