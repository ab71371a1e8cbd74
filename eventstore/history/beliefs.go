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

// believed returns what the walk has come to.
func (p *person) believed() Beliefs {
	b := Beliefs{Segments: []Belonging{}, Value: p.value, Rules: p.inForce}
	if s := p.Stage; s != nil {
		b.Stage, b.StageSince, b.StageReason, b.PolicyVersion = &s.Stage, &s.Since, &s.Reason, &s.Version
		b.Evidence = p.RulesNow(p.timeline).Ladders[judgement.Stages].Evidence(&p.Facts, p.on())
	}
	if s := p.Tier; s != nil {
		b.Tier = &BelievedTier{Tier: s.Stage, Since: s.Since, Evidence: p.RulesNow(p.timeline).Ladders[judgement.Tiers].Evidence(&p.Facts, p.on())}
		if n := len(p.promotions); n > 0 {
			b.Tier.PolicyVersion = p.promotions[n-1].Version
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.In)) {
		in := p.In[name]
		b.Segments = append(b.Segments, Belonging{Segment: name, Since: in.From, Version: in.Version,
			Position: p.inForce.Segments[name].Position, Evidence: p.reasons[stay{name, in.From}]})
	}
	return b
}

// stay identifies a membership.
type stay struct {
	segment string
	from    domain.Day
}

// Stepped implements judgement.Journal.
func (p *person) Stepped(scale judgement.Scale, s judgement.Step) error {
	p.StepTakenBack(scale, s.On)
	if scale == judgement.Tiers {
		p.promotions = append(p.promotions, s)
	}
	return nil
}

// StepTakenBack implements judgement.Journal.
func (p *person) StepTakenBack(scale judgement.Scale, on domain.Day) {
	if n := len(p.promotions); scale == judgement.Tiers && n > 0 && p.promotions[n-1].On == on {
		p.promotions = p.promotions[:n-1]
	}
}

// Entered implements judgement.Journal. The reasons outlast the stay, since the same day may take back that it ended.
func (p *person) Entered(segment string, s judgement.Stay, evidence map[string]any) error {
	p.reasons[stay{segment, s.From}] = evidence
	return nil
}

// Predicted implements judgement.Journal.
func (p *person) Predicted(on domain.Day, of value.Prediction) {
	bought, minor := &p.Facts.Value, math.Pow10(p.Facts.Value.Digits)
	model := p.RulesNow(p.timeline).Model
	p.value = &BelievedValue{Model: string(model.Model), ModelVersion: model.Version, FitPosition: model.Position, AsOf: on, Alive: of.Alive, Purchases30: of.Purchases30,
		Purchases90: of.Purchases90, Purchases365: of.Purchases365, Average: of.Average * minor, CLV12: of.CLV12 * minor,
		CLV36: of.CLV36 * minor, HistoricLTV: bought.NetMinor, Currency: string(bought.Currency)}
}

// Risked implements judgement.Journal.
func (p *person) Risked(on domain.Day, of value.Prediction, next *domain.Day) {
	p.value.RiskAsOf, p.value.WorsensOn = on, next
	p.value.Risk, p.value.Reasons = of.Signs()
}
