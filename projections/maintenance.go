package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Maintenance keeps the work on customers' equipment, planned and done.
var Maintenance = Projector{
	Name:   "maintenance",
	Tables: tables{maintenanceRows},
	Schema: `
CREATE INDEX ON maintenance (due_on) WHERE state IN ('planned', 'missed'); -- the plans that fall due next, or were missed
CREATE INDEX ON maintenance (due_on, maintenance_id); -- all work that was planned, by when it was to be done
CREATE INDEX ON maintenance (performed_on); -- the work of a span of days
-- The maintenance that is before us: what is planned, and what was missed and not performed since. Not at those who were erased.
CREATE VIEW maintenance_due AS
SELECT m.customer_id, -- where the asset stands
	m.asset_id, -- the asset
	a.model, -- what it is
	m.maintenance_id, -- the work
	m.component, -- what is to be worked on
	m.due_on, -- last business day on which it is in time
	m.due_on - d.business_date AS days_left, -- until then; negative where the day is over
	m.state -- planned or missed
FROM maintenance m JOIN assets a USING (customer_id, asset_id) CROSS JOIN business_date d
WHERE m.state IN ('planned', 'missed');
`,
	On: []Handler{
		On(func(e customer.MaintenanceScheduled, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.changeMaintenance(e.MaintenanceID, func(row *maintenanceRow) {
				row.AssetID, row.Component, row.State = e.AssetID, e.Component, "planned"
				row.PlannedOn, row.DueOn = &on, &e.DueOn
			})
		}),
		On(func(e customer.MaintenanceMissed, _ domain.Recorded, p *fold) error {
			return p.changeMaintenance(e.MaintenanceID, func(row *maintenanceRow) { row.State, row.Late = "missed", true })
		}),
		On(func(e customer.MaintenanceCancelled, _ domain.Recorded, p *fold) error {
			return p.changeMaintenance(e.MaintenanceID, func(row *maintenanceRow) { row.State = "cancelled" })
		}),
		On(func(_ customer.Erased, _ domain.Recorded, p *fold) error {
			return each(p, maintenanceRows, func(row *maintenanceRow) error {
				if row.State == "planned" || row.State == "missed" {
					row.State = "erased"
				}
				return nil
			})
		}),
		On(func(e customer.MaintenancePerformed, r domain.Recorded, p *fold) error {
			on := p.day
			err := p.changeMaintenance(e.MaintenanceID, func(row *maintenanceRow) {
				row.AssetID, row.Component, row.State = e.AssetID, e.Component, "performed"
				row.PerformedAt, row.PerformedOn, row.Kind = &r.Metadata.OccurredAt, &on, optional(e.Kind)
				row.BreakdownID = e.BreakdownID
				row.Department, row.Actor = optional(r.Metadata.Department), optional(r.Metadata.Actor)
			})
			if err != nil {
				return err
			}
			if err := p.repaired(e, r); err != nil {
				return err
			}
			return p.changeComponent(e.AssetID, e.Component, func(row *componentRow) {
				row.Maintenances++
				newest(&row.LastMaintenanceAt, r)
			})
		}),
	},
}

func (f *fold) changeMaintenance(id uuid.UUID, change func(*maintenanceRow)) error {
	change(rowOf(f, maintenanceRows, maintenanceKey{f.id, id}))
	return nil
}

// repaired tells the breakdown which maintenance was the first for it.
func (f *fold) repaired(e customer.MaintenancePerformed, r domain.Recorded) error {
	if e.BreakdownID == nil {
		return nil
	}
	row := rowOf(f, breakdownRows, breakdownKey{f.id, *e.BreakdownID})
	if row.RepairedAt == nil {
		row.RepairedAt, row.MaintenanceID = &r.Metadata.OccurredAt, &e.MaintenanceID
	}
	return nil
}

type maintenanceRow struct {
	CustomerID    uuid.UUID   `db:"customer_id,key" note:"where the asset stands"`
	RecordedFor   *uuid.UUID  `db:"recorded_for"`
	MaintenanceID uuid.UUID   `db:"maintenance_id,key" note:"the work"`
	AssetID       uuid.UUID   `db:"asset_id" note:"the asset"`
	Component     string      `db:"component" note:"what is worked on"`
	State         string      `db:"state" among:"planned,missed,performed,cancelled,erased" note:"planned, missed, performed or cancelled; erased where it was before us when the customer was erased"`
	PlannedOn     *domain.Day `db:"planned_on" note:"business day on which it was planned; null where it was not"`
	DueOn         *domain.Day `db:"due_on" note:"last business day on which it is in time; null where it was not planned"`
	PerformedAt   *time.Time  `db:"performed_at" note:"when it was performed"`
	PerformedOn   *domain.Day `db:"performed_on" note:"on which business day"`
	Kind          *string     `db:"kind" among:"preventive,reactive" note:"of what was performed: preventive, or reactive for a breakdown"`
	BreakdownID   *uuid.UUID  `db:"breakdown_id" note:"what it repaired"`
	Late          bool        `db:"late" note:"it was missed, whatever came after"`
	Department    *string     `db:"department" note:"that performed it"`
	Actor         *string     `db:"actor" note:"who performed it"`
}

type maintenanceKey struct{ customer, maintenance uuid.UUID }

var maintenanceRows = keyedRows("maintenance",
	"All work on assets, planned and done.", func(k maintenanceKey) maintenanceRow {
		return maintenanceRow{CustomerID: k.customer, MaintenanceID: k.maintenance}
	})
