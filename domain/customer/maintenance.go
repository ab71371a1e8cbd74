package customer

import (
	"bytes"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Maintenance is what we do to an asset so that it goes on: preventive, or reactive, for a breakdown. It may be
// planned for a day. A plan whose day is over is missed, and can still be performed, late.

// ScheduleMaintenance asks to plan work on a component of an asset.
type ScheduleMaintenance struct {
	MaintenanceID uuid.UUID  `json:"maintenance_id"`
	AssetID       uuid.UUID  `json:"asset_id"`
	Component     string     `json:"component"`
	DueOn         domain.Day `json:"due_on"`
}

func (ScheduleMaintenance) Needs() Needs { return Needs{} }

// Decide accepts each MaintenanceID once.
func (c ScheduleMaintenance) Decide(s *State, g Given) ([]Event, error) {
	if err := checkComponent(c.Component); err != nil {
		return nil, err
	}
	if c.DueOn < g.On || c.DueOn > g.On+maxPlanDays {
		return nil, ErrMaintenanceDueOn
	}
	e := MaintenanceScheduled{MaintenanceID: c.MaintenanceID, AssetID: c.AssetID, Component: c.Component, DueOn: c.DueOn}
	if plan := s.assets.plans[c.MaintenanceID]; plan != nil {
		if plan.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrReportOtherwise.At("maintenance_id")
	}
	if fresh, err := s.fresh(g, c.AssetID, c.MaintenanceID, "maintenance_id", e.digest()); !fresh {
		return nil, err
	}
	return []Event{e}, nil
}

// MaintenanceScheduled is the fact that work on a component of an asset was planned.
type MaintenanceScheduled struct {
	MaintenanceID uuid.UUID  `json:"maintenance_id"`
	AssetID       uuid.UUID  `json:"asset_id"`
	Component     string     `json:"component"`
	DueOn         domain.Day `json:"due_on"` // last day on which it is in time
}

func (MaintenanceScheduled) EventType() string { return "customer.maintenance_scheduled.v1" }

func (e MaintenanceScheduled) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aMaintenance, e.MaintenanceID, m)
	remember(&s.assets.plans, e.MaintenanceID, &maintenancePlan{digest: e.digest(), part: part{e.AssetID, e.Component}})
	remember(&s.assets.open, e.MaintenanceID, e.DueOn)
}

// Summary implements Told.
func (e MaintenanceScheduled) Summary() string {
	return "maintenance was planned for " + e.DueOn.String()
}

func (e MaintenanceScheduled) digest() domain.Digest {
	return domain.NewDigest().Text("plan").ID(e.AssetID).Text(e.Component).Int(int64(e.DueOn))
}

// MaintenanceKind says what work was for.
type MaintenanceKind string

const (
	Preventive MaintenanceKind = "preventive" // nothing had failed
	Reactive   MaintenanceKind = "reactive"   // for a breakdown
)

// PerformMaintenance asks to remember work on a component of an asset. Under the id of a plan it carries that
// out; under another it was not planned.
type PerformMaintenance struct {
	MaintenanceID uuid.UUID  `json:"maintenance_id"`
	AssetID       uuid.UUID  `json:"asset_id"`
	Component     string     `json:"component"`
	BreakdownID   *uuid.UUID `json:"breakdown_id,omitempty"`
}

func (PerformMaintenance) Needs() Needs { return Needs{} }

// Decide calls the work reactive where it is for a breakdown, which must be one of the same component.
func (c PerformMaintenance) Decide(s *State, g Given) ([]Event, error) {
	if err := checkComponent(c.Component); err != nil {
		return nil, err
	}
	e := MaintenancePerformed{MaintenanceID: c.MaintenanceID, AssetID: c.AssetID, Component: c.Component,
		Kind: Preventive, BreakdownID: c.BreakdownID}
	if fresh, err := s.fresh(g, c.AssetID, c.MaintenanceID, "maintenance_id", e.digest()); !fresh {
		return nil, err
	}
	of := part{c.AssetID, c.Component}
	if c.BreakdownID != nil {
		if broken, ok := s.assets.breakdowns[*c.BreakdownID]; !ok || broken != of {
			return nil, ErrBreakdownUnknown
		}
		e.Kind = Reactive
	}
	if plan := s.assets.plans[c.MaintenanceID]; plan != nil {
		switch {
		case plan.part != of:
			return nil, ErrMaintenanceOther
		case plan.cancelled:
			return nil, ErrMaintenanceCancelled
		}
		if err := s.began.notBefore(aMaintenance, c.MaintenanceID, g); err != nil {
			return nil, err
		}
		e.Planned, e.Late = true, plan.missed
	}
	return []Event{e}, nil
}

// MaintenancePerformed is the fact that we worked on a component of an asset.
type MaintenancePerformed struct {
	MaintenanceID uuid.UUID       `json:"maintenance_id"`
	AssetID       uuid.UUID       `json:"asset_id"`
	Component     string          `json:"component"`
	Kind          MaintenanceKind `json:"kind"`                   // preventive, or reactive: for a breakdown
	BreakdownID   *uuid.UUID      `json:"breakdown_id,omitempty"` // what it repaired
	Planned       bool            `json:"planned,omitempty"`      // it carried out a plan
	Late          bool            `json:"late,omitempty"`         // which had been missed
}

func (MaintenancePerformed) EventType() string { return "customer.maintenance_performed.v1" }

func (e MaintenancePerformed) Evolve(s *State, _ domain.Metadata) {
	remember(&s.assets.reports, e.MaintenanceID, e.digest())
	s.assets.end(e.MaintenanceID, func(plan *maintenancePlan) { plan.performed = true })
}

// Summary implements Told.
func (e MaintenancePerformed) Summary() string {
	if e.Kind == Reactive {
		return "an asset was repaired"
	}
	return "an asset was maintained"
}

func (e MaintenancePerformed) digest() domain.Digest {
	d := domain.NewDigest().Text("performed").ID(e.AssetID).Text(e.Component)
	if e.BreakdownID != nil {
		d = d.ID(*e.BreakdownID)
	}
	return d
}

// CancelMaintenance asks to give up a plan.
type CancelMaintenance struct {
	MaintenanceID uuid.UUID `json:"maintenance_id"`
}

func (CancelMaintenance) Needs() Needs { return Needs{} }

// Decide refuses to give up what was performed.
func (c CancelMaintenance) Decide(s *State, g Given) ([]Event, error) {
	plan := s.assets.plans[c.MaintenanceID]
	switch {
	case plan == nil:
		return nil, ErrMaintenanceUnknown
	case plan.performed:
		return nil, ErrMaintenancePerformed
	case plan.cancelled:
		return nil, nil
	}
	if err := s.began.notBefore(aMaintenance, c.MaintenanceID, g); err != nil {
		return nil, err
	}
	return []Event{MaintenanceCancelled{MaintenanceID: c.MaintenanceID, AssetID: plan.asset, Missed: plan.missed}}, nil
}

// MaintenanceCancelled is the fact that a plan was given up.
type MaintenanceCancelled struct {
	MaintenanceID uuid.UUID `json:"maintenance_id"`
	AssetID       uuid.UUID `json:"asset_id"`
	Missed        bool      `json:"missed,omitempty"` // its day was over
}

func (MaintenanceCancelled) EventType() string { return "customer.maintenance_cancelled.v1" }

func (e MaintenanceCancelled) Evolve(s *State, _ domain.Metadata) {
	s.assets.end(e.MaintenanceID, func(plan *maintenancePlan) { plan.cancelled = true })
}

// Summary implements Told.
func (e MaintenanceCancelled) Summary() string { return "planned maintenance was cancelled" }

// MaintenanceMissed is the fact that the day of a plan was over and it had not been carried out.
type MaintenanceMissed struct {
	MaintenanceID uuid.UUID `json:"maintenance_id"`
	AssetID       uuid.UUID `json:"asset_id"`
	Component     string    `json:"component"`
}

func (MaintenanceMissed) EventType() string { return "customer.maintenance_missed.v1" }

func (e MaintenanceMissed) Evolve(s *State, _ domain.Metadata) {
	s.assets.end(e.MaintenanceID, func(plan *maintenancePlan) { plan.missed = true })
}

// Summary implements Told.
func (e MaintenanceMissed) Summary() string { return "planned maintenance was missed: its day is over" }

type maintenancePlan struct {
	part
	digest                       domain.Digest
	missed, performed, cancelled bool
}

// end takes a plan from those that wait for their day.
func (a *assetsState) end(id uuid.UUID, change func(*maintenancePlan)) {
	delete(a.open, id)
	if plan := a.plans[id]; plan != nil {
		change(plan)
	}
}

// cancelled answers that what an asset still had before it is given up, in the order of the plans' ids.
func (a *assetsState) cancelled(asset uuid.UUID) (facts []Event) {
	for _, id := range slices.SortedFunc(maps.Keys(a.plans), compareIDs) {
		if plan := a.plans[id]; plan.asset == asset && !plan.performed && !plan.cancelled {
			facts = append(facts, MaintenanceCancelled{MaintenanceID: id, AssetID: asset, Missed: plan.missed})
		}
	}
	return facts
}

func (a *assetsState) next() (domain.Day, bool) { return firstDue(a.open) }

func (a *assetsState) fall(day domain.Day) []Event {
	return fallen(a.open, day, func(id uuid.UUID) Event {
		plan := a.plans[id]
		return MaintenanceMissed{MaintenanceID: id, AssetID: plan.asset, Component: plan.component}
	})
}

func compareIDs(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }

// maxPlanDays bounds how far ahead maintenance is planned: ten years.
const maxPlanDays = 3653

var (
	ErrMaintenanceDueOn = &domain.Rejection{Kind: domain.Invalid, Code: "maintenance_due_on_out_of_range",
		Field: "due_on", Reason: "maintenance falls due on the day it is planned or within ten years"}
	ErrMaintenanceUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "maintenance_unknown",
		Field: "maintenance_id", Reason: "no such maintenance was planned"}
	ErrMaintenanceOther = &domain.Rejection{Kind: domain.Refused, Code: "maintenance_of_another_part",
		Field: "maintenance_id", Reason: "this maintenance was planned for another asset or component"}
	ErrMaintenanceCancelled = &domain.Rejection{Kind: domain.Refused, Code: "maintenance_cancelled",
		Field: "maintenance_id", Reason: "this maintenance was cancelled"}
	ErrMaintenancePerformed = &domain.Rejection{Kind: domain.Refused, Code: "maintenance_performed",
		Field: "maintenance_id", Reason: "this maintenance was performed"}
	ErrBreakdownUnknown = &domain.Rejection{Kind: domain.Refused, Code: "breakdown_unknown", Field: "breakdown_id",
		Reason: "this component of the asset had no such breakdown"}
)
