package policy

import (
	"slices"

	"github.com/rapport-crm/rapport/domain"
)

// RetentionName is the policy that says how long customers are kept: who has been in a segment for so many days is
// set aside or erased when a day is closed.
const RetentionName = "retention"

// Retention is rules of retention. Where several apply to a customer, each does what it says.
type Retention struct {
	Rules []RetentionRule `json:"rules"`
}

// RetentionRule says what becomes of those who stay in a segment.
type RetentionRule struct {
	Rule    string `json:"rule"`    // its name
	Segment string `json:"segment"` // for whoever belongs to it
	// SegmentVersion is filled in by whoever handles the command. Once the segment is redefined or retired, the rule rests
	// until it is published again.
	SegmentVersion int             `json:"segment_version" required:"false"` // the definition that the rule is for
	AfterDays      int             `json:"after_days"`                       // without a break in the segment
	Action         RetentionAction `json:"action"`                           // archive or erase
}

// RetentionAction is what becomes of a customer.
type RetentionAction string

const (
	ArchiveAction RetentionAction = "archive" // set aside
	EraseAction   RetentionAction = "erase"   // everything personal is destroyed
)

// PublishRetention asks that rules of retention be in force from now on; none ends them all.
type PublishRetention struct {
	Retention Retention `json:"retention"`
}

func (c PublishRetention) Needs() Needs {
	n := founding()
	for _, rule := range c.Retention.Rules {
		n.Segments = append(n.Segments, rule.Segment)
	}
	return n
}

// Decide yields a new version unless the very same rules are in force, for the same definitions of their segments.
func (c PublishRetention) Decide(s *State, g Given) ([]Event, error) {
	if len(c.Retention.Rules) > maxRetentionRules {
		return nil, ErrRetentionRules
	}
	rules := append([]RetentionRule{}, c.Retention.Rules...)
	seen := map[string]bool{}
	for i := range rules {
		r := &rules[i]
		version, inForce := g.Needs.Versions[r.Segment]
		switch {
		case !domain.Nameable(r.Rule) || seen[r.Rule]:
			return nil, ErrRetentionRule.At("retention.rules[%d].rule", i)
		case r.AfterDays < 0 || r.AfterDays > maxRetentionDays:
			return nil, ErrRetentionDays.At("retention.rules[%d].after_days", i)
		case r.Action == EraseAction && r.AfterDays < minErasureDays:
			return nil, ErrErasureDays.At("retention.rules[%d].after_days", i)
		case r.Action != ArchiveAction && r.Action != EraseAction:
			return nil, ErrRetentionAction.At("retention.rules[%d].action", i)
		case !inForce:
			return nil, ErrRetentionSegment.At("retention.rules[%d].segment", i)
		}
		seen[r.Rule], r.SegmentVersion = true, version
	}
	if slices.Equal(s.retention.Rules, rules) {
		return nil, nil
	}
	return []Event{Published{Policy: RetentionName, Version: s.version + 1, Retention: &Retention{Rules: rules}}}, nil
}

const (
	maxRetentionRules = 100
	maxRetentionDays  = 36600
	minErasureDays    = 30
)

var (
	ErrRetentionRules = &domain.Rejection{Kind: domain.Invalid, Code: "retention_rules_too_many", Field: "retention.rules",
		Reason: "there are at most 100 rules"}
	ErrRetentionRule = &domain.Rejection{Kind: domain.Invalid, Code: "retention_rule_malformed", Field: "retention.rules",
		Reason: "a rule has a name of its own: 1 to 63 of a-z, 0-9, _ and -, beginning with a letter"}
	ErrRetentionSegment = &domain.Rejection{Kind: domain.Refused, Code: "retention_segment_missing", Field: "retention.rules",
		Reason: "no such segment is in force"}
	ErrRetentionDays = &domain.Rejection{Kind: domain.Invalid, Code: "retention_days_out_of_range", Field: "retention.rules",
		Reason: "customers are kept for 0 to 36600 days in a segment"}
	ErrErasureDays = &domain.Rejection{Kind: domain.Refused, Code: "retention_erasure_too_soon", Field: "retention.rules",
		Reason: "nobody is erased before they have been in the segment for 30 days"}
	ErrRetentionAction = &domain.Rejection{Kind: domain.Invalid, Code: "retention_action_unknown", Field: "retention.rules",
		Reason: "what becomes of a customer is archive or erase"}
)
