package value

// Risk says how likely a customer is lost, or as good as lost.
type Risk string

const (
	LowRisk    Risk = "low"
	MediumRisk Risk = "medium"
	HighRisk   Risk = "high"
)

// Sign is a figure that is below where it should be.
type Sign struct {
	Figure string  `json:"figure"` // the fact of that name
	Value  float64 `json:"value"`
	Below  float64 `json:"below"`
}

// limits are below what figure a customer is at risk. The chance to be alive alone would say nothing of who bought but
// once: in the BG/NBD they are alive for ever.
var limits = []struct {
	risk             Risk
	alive, purchases float64
}{{HighRisk, 0.3, 0.1}, {MediumRisk, 0.7, 0.5}}

// Risk answers how much at risk the customer is. Since both figures fall with time, it never shrinks while nothing is
// bought.
func (p Prediction) Risk() Risk {
	risk, _ := p.Signs()
	return risk
}

// Signs answers the risk, and what makes it one.
func (p Prediction) Signs() (Risk, []Sign) {
	for _, l := range limits {
		var signs []Sign
		if p.Alive < l.alive {
			signs = append(signs, Sign{"p_alive", p.Alive, l.alive})
		}
		if p.Purchases365 < l.purchases {
			signs = append(signs, Sign{"expected_purchases_365d", p.Purchases365, l.purchases})
		}
		if signs != nil {
			return l.risk, signs
		}
	}
	return LowRisk, []Sign{}
}
