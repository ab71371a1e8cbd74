package customer

import (
	"slices"

	"github.com/govalues/decimal"
)

// The terms of service say how long service may take, how long a complaint is the same trouble again, and what
// whoever handles a case may grant for the customer's trouble. They are published as a policy: each fact that
// followed them names their version, and what runs already keeps the terms under which it began.

// ServiceTerms are terms of service.
type ServiceTerms struct {
	Targets      []ServiceTarget     `json:"targets"`      // the first that fits a case sets its clocks
	RepeatDays   int                 `json:"repeat_days"`  // for which a complaint of the same category is the same trouble again
	Compensation []CompensationLimit `json:"compensation"` // the first that fits says how much; where none fits, nothing
}

// ServiceTarget says within what time cases are answered and resolved, in seconds that run day and night.
type ServiceTarget struct {
	Type           CaseType `json:"type,omitempty"` // of the case; any, if empty
	Priority       Priority `json:"priority"`
	FirstResponseS int64    `json:"first_response_s"` // from when it is opened, s
	NextResponseS  int64    `json:"next_response_s"`  // from when the customer writes again, s
	ResolutionS    int64    `json:"resolution_s"`     // from when it is opened, s
}

// CompensationLimit says how much may be granted at once.
type CompensationLimit struct {
	Actor      string          `json:"actor,omitempty"`      // who grants it; anybody, if empty
	Department string          `json:"department,omitempty"` // of which department; any, if empty
	Escalated  bool            `json:"escalated,omitempty"`  // only once the case was escalated
	Amount     decimal.Decimal `json:"amount"`               // at most, major units of the reporting currency
}

// DefaultServiceTerms are those in force while none are published: version 0.
func DefaultServiceTerms() ServiceTerms {
	const hour, day = 3600, 24 * 3600
	return ServiceTerms{
		Targets: []ServiceTarget{
			{Priority: Urgent, FirstResponseS: hour, NextResponseS: hour, ResolutionS: 8 * hour},
			{Priority: High, FirstResponseS: 4 * hour, NextResponseS: 4 * hour, ResolutionS: day},
			{Priority: Normal, FirstResponseS: 8 * hour, NextResponseS: 8 * hour, ResolutionS: 3 * day},
			{Priority: Low, FirstResponseS: day, NextResponseS: day, ResolutionS: 7 * day},
		},
		RepeatDays: 90,
		Compensation: []CompensationLimit{
			{Escalated: true, Amount: decimal.MustNew(1000, 0)},
			{Amount: decimal.Hundred},
		},
	}
}

// CaseTypes and Priorities are those that there are; priorities from the least to the most pressing.
var (
	CaseTypes  = []CaseType{Question, Incident, Complaint, Service}
	Priorities = []Priority{Low, Normal, High, Urgent}
)

// Target answers the target of a case; false where the terms say nothing of such cases.
func (t *ServiceTerms) Target(kind CaseType, priority Priority) (ServiceTarget, bool) {
	at := slices.IndexFunc(t.Targets, func(s ServiceTarget) bool {
		return s.Priority == priority && (s.Type == "" || s.Type == kind)
	})
	if at < 0 {
		return ServiceTarget{}, false
	}
	return t.Targets[at], true
}

// limit answers what somebody may grant, in major units of the reporting currency.
func (t *ServiceTerms) limit(actor, department string, escalated bool) decimal.Decimal {
	for _, l := range t.Compensation {
		if (l.Actor == "" || l.Actor == actor) && (l.Department == "" || l.Department == department) &&
			(!l.Escalated || escalated) {
			return l.Amount
		}
	}
	return decimal.Zero
}
