package policy

import (
	"cmp"
	"slices"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// ServiceName is the policy that holds the terms of service: how long it may take, when a complaint is made again, and
// what may be granted for the customer's trouble.
const ServiceName = "service"

// Service answers the terms of service in force and their version; nothing and 0 before the first.
func (s *State) Service() (version int, terms *customer.ServiceTerms) { return s.version, s.service }

// PublishService asks that terms of service be in force from now on.
type PublishService struct {
	Service customer.ServiceTerms `json:"service"`
}

func (PublishService) Needs() Needs { return founding() }

// Decide yields a new version unless the very same terms are in force. Every case needs a target, none that has to
// wait longer than one that is less pressing.
func (c PublishService) Decide(s *State, g Given) ([]Event, error) {
	t := c.Service
	if err := cmp.Or(checkTargets(t.Targets), checkOrder(&t)); err != nil {
		return nil, err
	}
	if t.RepeatDays < 0 || t.RepeatDays > maxRepeatDays {
		return nil, ErrRepeatDays
	}
	if err := checkCompensation(t.Compensation); err != nil {
		return nil, err
	}
	if s.service != nil && slices.Equal(s.service.Targets, t.Targets) && s.service.RepeatDays == t.RepeatDays &&
		slices.EqualFunc(s.service.Compensation, t.Compensation, sameLimit) {
		return nil, nil
	}
	return []Event{Published{Policy: ServiceName, Version: s.version + 1, Service: &t}}, nil
}

func checkTargets(targets []customer.ServiceTarget) error {
	type of struct {
		customer.CaseType
		customer.Priority
	}
	seen := map[of]bool{}
	for i, t := range targets {
		switch {
		case t.Type != "" && !slices.Contains(customer.CaseTypes, t.Type):
			return customer.ErrCaseType.At("service.targets[%d].type", i)
		case !slices.Contains(customer.Priorities, t.Priority):
			return customer.ErrPriority.At("service.targets[%d].priority", i)
		case seen[of{t.Type, t.Priority}] || seen[of{"", t.Priority}]:
			return ErrTargetIdle.At("service.targets[%d]", i)
		case !targetable(t.FirstResponseS):
			return ErrTarget.At("service.targets[%d].first_response_s", i)
		case !targetable(t.NextResponseS):
			return ErrTarget.At("service.targets[%d].next_response_s", i)
		case !targetable(t.ResolutionS):
			return ErrTarget.At("service.targets[%d].resolution_s", i)
		case t.FirstResponseS > t.ResolutionS || t.NextResponseS > t.ResolutionS:
			return ErrTargetOrder.At("service.targets[%d].resolution_s", i)
		}
		seen[of{t.Type, t.Priority}] = true
	}
	return nil
}

func targetable(seconds int64) bool { return seconds >= minTargetS && seconds <= maxTargetS }

// checkOrder goes through all cases that there can be, from the least to the most pressing.
func checkOrder(t *customer.ServiceTerms) error {
	for _, kind := range customer.CaseTypes {
		var less customer.ServiceTarget
		for i, priority := range customer.Priorities {
			target, ok := t.Target(kind, priority)
			if !ok {
				return ErrTargetMissing.Because("no target fits a %s of %s priority", kind, priority)
			}
			if i > 0 && (target.FirstResponseS > less.FirstResponseS || target.NextResponseS > less.NextResponseS ||
				target.ResolutionS > less.ResolutionS) {
				return ErrPriorityOrder.Because("a %s of %s priority has to wait longer than one of %s priority", kind, priority,
					less.Priority)
			}
			less = target
		}
	}
	return nil
}

func checkCompensation(limits []customer.CompensationLimit) error {
	if len(limits) > maxLimits {
		return ErrLimits
	}
	for i, l := range limits {
		if err := domain.CheckText(l.Actor, maxNameBytes); err != nil {
			return err.At("service.compensation[%d].actor", i)
		}
		if err := domain.CheckText(l.Department, maxNameBytes); err != nil {
			return err.At("service.compensation[%d].department", i)
		}
		if l.Amount.IsNeg() || l.Amount.Cmp(maxLimit) > 0 {
			return ErrLimit.At("service.compensation[%d].amount", i)
		}
	}
	return nil
}

func sameLimit(a, b customer.CompensationLimit) bool {
	return a.Actor == b.Actor && a.Department == b.Department && a.Escalated == b.Escalated && a.Amount.Cmp(b.Amount) == 0
}

const (
	minTargetS    = 60
	maxTargetS    = 366 * 24 * 3600
	maxRepeatDays = 3653 // ten years
	maxLimits     = 100
	maxNameBytes  = 128 // of an actor or a department, as events have them
)

// maxLimit bounds what may be granted at once, in major units.
var maxLimit = decimal.MustNew(1_000_000_000, 0)

var (
	ErrTarget = &domain.Rejection{Kind: domain.Invalid, Code: "service_target_out_of_range", Field: "service.targets",
		Reason: "a target is at least a minute and at most 366 days, in seconds"}
	ErrTargetIdle = &domain.Rejection{Kind: domain.Invalid, Code: "service_target_idle", Field: "service.targets",
		Reason: "a target before this one fits all that it fits"}
	ErrTargetOrder = &domain.Rejection{Kind: domain.Invalid, Code: "service_target_order", Field: "service.targets",
		Reason: "a response may take no longer than the resolution"}
	ErrTargetMissing = &domain.Rejection{Kind: domain.Invalid, Code: "service_target_missing", Field: "service.targets",
		Reason: "every case needs a target"}
	ErrPriorityOrder = &domain.Rejection{Kind: domain.Invalid, Code: "service_priority_order", Field: "service.targets",
		Reason: "what is more pressing may not have to wait longer"}
	ErrRepeatDays = &domain.Rejection{Kind: domain.Invalid, Code: "repeat_days_out_of_range", Field: "service.repeat_days",
		Reason: "complaints are repeats for 0 to 3653 days"}
	ErrLimits = &domain.Rejection{Kind: domain.Invalid, Code: "compensation_limits_too_many", Field: "service.compensation",
		Reason: "there are at most 100 limits"}
	ErrLimit = &domain.Rejection{Kind: domain.Invalid, Code: "compensation_limit_out_of_range", Field: "service.compensation",
		Reason: "a limit is 0 to 1,000,000,000"}
)
