package projections

import (
	"testing"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestAssets(t *testing.T) {
	for _, remembered := range []int{0, 1} { // rows stay in memory; hardly any does
		w := newWorld(t, func(c *Config) { c.Memory = remembered })
		w.start()
		w.register("ann", "2024-01-01")
		ann := streamOf("ann")
		lift, pump, breakdown := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}
		w.append(ann, "2024-01-01", customer.AssetInstalled{AssetID: lift, Model: "L4", InstalledOn: mustDay(t, "2023-01-01")},
			customer.AssetInstalled{AssetID: pump, Model: "P1", InstalledOn: mustDay(t, "2023-12-31")})
		w.append(ann, "2024-01-10", customer.UsageReported{ReadingID: uuid.UUID{4}, AssetID: lift,
			Total: decimal.MustParse("1200.5"), Unit: "hours"})
		worn := func(n byte, wear string) customer.WearMeasured {
			return customer.WearMeasured{MeasurementID: uuid.UUID{5, n}, AssetID: lift, Component: "rope",
				Wear: decimal.MustParse(wear)}
		}
		w.append(ann, "2024-01-12", worn(1, "0.5"))
		w.settle()
		w.append(ann, "2024-01-11", worn(2, "0.25")) // late news of what was before
		w.append(ann, "2024-01-13", customer.DefectFound{DefectID: uuid.UUID{6}, AssetID: lift, Code: "E7"})
		w.append(ann, "2024-01-14 06:00", customer.BreakdownReported{BreakdownID: breakdown, AssetID: lift, Component: "rope"},
			customer.BreakdownReported{BreakdownID: uuid.UUID{7}, AssetID: lift, Component: "door"})
		w.closeDay("2024-01-14")
		w.settle()
		health := func() string {
			return w.text(`SELECT model, age_days, usage_total::float8, wear::float8, defects, breakdowns, maintenances, overdue,
				state FROM asset_health ORDER BY model`)
		}
		expect(t, "broken down", health(), `
L4 378 1200.5 0.5 1 2 0 0 broken_down
P1 14 <nil> <nil> 0 0 0 0 in_service`)
		w.append(ann, "2024-01-14 06:00", customer.MaintenancePerformed{MaintenanceID: uuid.UUID{8}, AssetID: lift,
			Component: "rope", Kind: customer.Reactive, BreakdownID: &breakdown},
			customer.MaintenancePerformed{MaintenanceID: uuid.UUID{9}, AssetID: lift, Component: "door", Kind: customer.Preventive},
			customer.MaintenancePerformed{MaintenanceID: uuid.UUID{10}, AssetID: lift, Component: "rope", Kind: customer.Preventive})
		w.append(ann, "2024-01-15", customer.AssetRetired{AssetID: pump})
		w.append(ann, "2024-01-16 18:00", customer.BreakdownReported{BreakdownID: uuid.UUID{11}, AssetID: lift, Component: "door"})
		w.append(ann, "2024-01-17", customer.MaintenancePerformed{MaintenanceID: uuid.UUID{12}, AssetID: lift,
			Component: "door", Kind: customer.Preventive})
		w.closeDay("2024-01-20")
		w.settle()
		expect(t, "repaired", health(), `
L4 384 1200.5 0.5 1 3 4 0 in_service
P1 15 <nil> <nil> 0 0 0 0 retired`)
		expect(t, "breakdowns", w.text("SELECT component, repaired_at, maintenance_id IS NULL FROM breakdowns ORDER BY failed_at, breakdown_id"), `
rope 2024-01-14 false
door <nil> true
door <nil> true`)
		expect(t, "breakdown_stats", w.text(`SELECT model, breakdowns, stops, gaps, mean_days_between_failures::float8, preventive, reactive,
			proactive_share::float8 FROM breakdown_stats`), "L4 3 2 1 2.5 3 1 0.75")
	}
}

func TestMaintenance(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	ann := streamOf("ann")
	lift := uuid.UUID{1}
	w.append(ann, "2024-01-01", customer.AssetInstalled{AssetID: lift, Model: "L4", InstalledOn: mustDay(t, "2023-01-01")})
	plan := func(n byte, due string) customer.MaintenanceScheduled {
		return customer.MaintenanceScheduled{MaintenanceID: uuid.UUID{n}, AssetID: lift, Component: "rope", DueOn: mustDay(t, due)}
	}
	w.append(ann, "2024-01-02", plan(2, "2024-01-05"), plan(3, "2024-01-06"), plan(4, "2024-01-09"), plan(5, "2024-01-08"))
	w.append(ann, "2024-01-05", customer.MaintenanceMissed{MaintenanceID: uuid.UUID{2}, AssetID: lift, Component: "rope"})
	w.append(ann, "2024-01-06", customer.MaintenanceMissed{MaintenanceID: uuid.UUID{3}, AssetID: lift, Component: "rope"})
	w.append(ann, "2024-01-06", customer.MaintenanceCancelled{MaintenanceID: uuid.UUID{5}, AssetID: lift})
	w.segment("overdue", 1, "maintenance_overdue > 1")
	w.closeDay("2024-01-06")
	w.settle()
	expect(t, "maintenance_due", w.text("SELECT model, component, due_on, days_left, state FROM maintenance_due ORDER BY due_on"), `
L4 rope 2024-01-05 -1 missed
L4 rope 2024-01-06 0 missed
L4 rope 2024-01-09 3 planned`)
	expect(t, "health", w.text("SELECT next_due_on, overdue, state FROM asset_health"), "2024-01-09 2 overdue")
	expect(t, "segment", w.text("SELECT valid_from, valid_to FROM segment_membership"), "2024-01-06 <nil>")
	if due, err := w.reader.Due(w.ctx, mustDay(t, "2024-02-01")); err != nil || due[who("ann")] != mustDay(t, "2024-01-09") {
		t.Errorf("due: %v, %v", due, err)
	}
	w.append(ann, "2024-01-07", customer.MaintenancePerformed{MaintenanceID: uuid.UUID{2}, AssetID: lift, Component: "rope",
		Kind: customer.Preventive, Planned: true, Late: true})
	w.append(ann, "2024-01-07", customer.MaintenancePerformed{MaintenanceID: uuid.UUID{4}, AssetID: lift, Component: "rope",
		Kind: customer.Preventive, Planned: true})
	w.closeDay("2024-01-07")
	w.settle()
	expect(t, "maintenance", w.text("SELECT state, planned_on, due_on, performed_on, kind, late FROM maintenance ORDER BY maintenance_id"), `
performed 2024-01-02 2024-01-05 2024-01-07 preventive true
missed 2024-01-02 2024-01-06 <nil> <nil> true
performed 2024-01-02 2024-01-09 2024-01-07 preventive false
cancelled 2024-01-02 2024-01-08 <nil> <nil> false`)
	expect(t, "segment", w.text("SELECT valid_from, valid_to FROM segment_membership"), "2024-01-06 2024-01-07")
	if due, err := w.reader.Due(w.ctx, mustDay(t, "2024-02-01")); err != nil || len(due) != 0 {
		t.Errorf("due: %v, %v", due, err)
	}
}

func mustDay(t *testing.T, text string) domain.Day {
	t.Helper()
	day, err := domain.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}
