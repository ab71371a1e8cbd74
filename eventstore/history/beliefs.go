package history

import (
	"maps"
	"math"
	"slices"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/value"
)

// Beliefs are what the system held to be true of the customer, by the rules in force. What ranks customers among each
// other, as RFM scores do, does not follow from one customer's history, and is left out.
type Beliefs struct {
	// Stage is absent while no ladder was in force. Evidence are the facts that decide it, as of the business date.
	Stage         *string        `json:"stage"`
	StageSince    *domain.Day    `json:"stage_since"`
	StageReason   *string        `json:"stage_reason"`
	PolicyVersion *int64         `json:"policy_version"` // of the ladder
	Evidence      map[string]any `json:"evidence,omitempty"`
	Tier          *BelievedTier  `json:"tier"` // absent while there were no tiers
	Segments      []Belonging    `json:"segments"`
	Value         *BelievedValue `json:"value"` // absent before the first purchase or model
	Rules         InForce        `json:"rules"`
}

// BelievedTier is the customer's tier of the loyalty programme.
type BelievedTier struct {
	Tier          string         `json:"tier"`
	Since         domain.Day     `json:"since"`
	PolicyVersion int64          `json:"policy_version"` // of the tiers that put them there
	Evidence      map[string]any `json:"evidence"`       // the facts that decide it, as of the business date
}

// Belonging is a segment that the customer belonged to.
type Belonging struct {
	Segment  string         `json:"segment"`
	Since    domain.Day     `json:"since"`
	Version  int64          `json:"version"`  // of the definition that decided
	Position uint64         `json:"position"` // of that definition, in the log
	Evidence map[string]any `json:"evidence"` // the facts that the rule speaks of, as they were when the stay began
}

// BelievedValue is what the model of value in force predicted. Money is in minor units of the reporting currency.
type BelievedValue struct {
	Model        string     `json:"model"`
	ModelVersion int64      `json:"model_version"`
	FitPosition  uint64     `json:"fit_position"` // of the fit, in the log
	AsOf         domain.Day `json:"as_of"`        // the business date for which the prediction holds
	Alive        float64    `json:"p_alive"`
	Purchases30  float64    `json:"expected_purchases_30d"`
	Purchases90  float64    `json:"expected_purchases_90d"`
	Purchases365 float64    `json:"expected_purchases_365d"`
	Average      float64    `json:"expected_avg_value_minor"`
	CLV12        float64    `json:"clv_12m_minor"`
	CLV36        float64    `json:"clv_36m_minor"`
	HistoricLTV  int64      `json:"historic_ltv_minor"`
	Currency     string     `json:"currency"`

	Risk      value.Risk   `json:"churn_risk"`
	RiskAsOf  domain.Day   `json:"churn_risk_as_of"` // the business date on which they came to it
	Reasons   []value.Sign `json:"churn_reasons"`
	WorsensOn *domain.Day  `json:"worsens_on"`
}

// InForce are the versions of the rules that were in force, by name.
type InForce struct {
	Policies   map[string]RuleVersion `json:"policies"`
	Segments   map[string]RuleVersion `json:"segments"`
	ValueModel *RuleVersion           `json:"value_model"`
}

// RuleVersion is a version of a rule, and the position in the log from which it was in force.
type RuleVersion struct {
	Version  int64  `json:"version"`
	Position uint64 `json:"position"`
}

// believed answers what life has come to.
func (l *life) believed() Beliefs {
	b := Beliefs{Segments: []Belonging{}, Value: l.value, Rules: l.inForce}
	if s := l.standing.Stage; s != nil {
		b.Stage, b.StageSince, b.StageReason, b.PolicyVersion = &s.Stage, &s.Since, &s.Reason, &s.Version
		b.Evidence = l.rules.Ladders[judgement.Stages].Evidence(&l.facts, l.date)
	}
	if s := l.standing.Tier; s != nil {
		b.Tier = &BelievedTier{Tier: s.Stage, Since: s.Since, Evidence: l.rules.Ladders[judgement.Tiers].Evidence(&l.facts, l.date)}
		if n := len(l.promotions); n > 0 {
			b.Tier.PolicyVersion = l.promotions[n-1].Version
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.standing.In)) {
		in := l.standing.In[name]
		b.Segments = append(b.Segments, Belonging{Segment: name, Since: in.From, Version: in.Version,
			Position: l.inForce.Segments[name].Position, Evidence: l.reasons[stay{name, in.From}]})
	}
	return b
}

// stay identifies a membership.
type stay struct {
	segment string
	from    domain.Day
}

// Stepped implements judgement.Journal.
func (l *life) Stepped(scale judgement.Scale, s judgement.Step) error {
	l.StepTakenBack(scale, s.On)
	if scale == judgement.Tiers {
		l.promotions = append(l.promotions, s)
	}
	return nil
}

// StepTakenBack implements judgement.Journal.
func (l *life) StepTakenBack(scale judgement.Scale, on domain.Day) {
	if n := len(l.promotions); scale == judgement.Tiers && n > 0 && l.promotions[n-1].On == on {
		l.promotions = l.promotions[:n-1]
	}
}

// Entered implements judgement.Journal. The reasons outlast the stay, since the same day may take back that it ended.
func (l *life) Entered(segment string, s judgement.Stay, evidence map[string]any) error {
	l.reasons[stay{segment, s.From}] = evidence
	return nil
}

// Predicted implements judgement.Journal.
func (l *life) Predicted(on domain.Day, p value.Prediction) {
	bought, minor := &l.facts.Value, math.Pow10(l.facts.Value.Digits)
	l.value = &BelievedValue{Model: string(l.rules.Model.Model), ModelVersion: l.rules.Model.Version,
		FitPosition: l.inForce.ValueModel.Position, AsOf: on, Alive: p.Alive, Purchases30: p.Purchases30,
		Purchases90: p.Purchases90, Purchases365: p.Purchases365, Average: p.Average * minor, CLV12: p.CLV12 * minor,
		CLV36: p.CLV36 * minor, HistoricLTV: bought.NetMinor, Currency: string(bought.Currency)}
}

// Risked implements judgement.Journal.
func (l *life) Risked(on domain.Day, p value.Prediction, next *domain.Day) {
	l.value.RiskAsOf, l.value.WorsensOn = on, next
	l.value.Risk, l.value.Reasons = p.Signs()
}
