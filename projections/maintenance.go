package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Maintenance keeps the work on customers' equipment, planned and done.
var Maintenance = Projector{
	Name: "maintenance",
	Schema: `
-- All work on assets, planned and done.
CREATE TABLE maintenance (
	customer_id uuid NOT NULL, -- where the asset stands
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	maintenance_id uuid NOT NULL, -- the work
	asset_id uuid NOT NULL, -- the asset
	component text NOT NULL, -- what is worked on
	state text NOT NULL CHECK (state IN ('planned', 'missed', 'performed', 'cancelled', 'erased')), -- planned, missed, performed or cancelled; erased where it was before us when the customer was erased
	planned_on date, -- business day on which it was planned; null where it was not
	due_on date, -- last business day on which it is in time; null where it was not planned
	performed_at timestamptz, -- when it was performed
	performed_on date, -- on which business day
	kind text CHECK (kind IN ('preventive', 'reactive')), -- of what was performed: preventive, or reactive for a breakdown
	breakdown_id uuid, -- what it repaired
	late boolean NOT NULL, -- it was missed, whatever came after
	department text, -- that performed it
	actor text, -- who performed it
	PRIMARY KEY (customer_id, maintenance_id)
);
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

func (p *fold) changeMaintenance(id uuid.UUID, change func(*maintenanceRow)) error {
	change(rowOf(p, maintenanceRows, maintenanceKey{p.id, id}))
	return nil
}

// repaired tells the breakdown which maintenance was the first for it.
func (p *fold) repaired(e customer.MaintenancePerformed, r domain.Recorded) error {
	if e.BreakdownID == nil {
		return nil
	}
	row := rowOf(p, breakdownRows, breakdownKey{p.id, *e.BreakdownID})
	if row.RepairedAt == nil {
		row.RepairedAt, row.MaintenanceID = &r.Metadata.OccurredAt, &e.MaintenanceID
	}
	return nil
}

type maintenanceRow struct {
	CustomerID    uuid.UUID   `db:"customer_id"`
	MaintenanceID uuid.UUID   `db:"maintenance_id"`
	AssetID       uuid.UUID   `db:"asset_id"`
	Component     string      `db:"component"`
	State         string      `db:"state"`
	PlannedOn     *domain.Day `db:"planned_on"`
	DueOn         *domain.Day `db:"due_on"`
	PerformedAt   *time.Time  `db:"performed_at"`
	PerformedOn   *domain.Day `db:"performed_on"`
	Kind          *string     `db:"kind"`
	BreakdownID   *uuid.UUID  `db:"breakdown_id"`
	Late          bool        `db:"late"`
	Department    *string     `db:"department"`
	Actor         *string     `db:"actor"`
	RecordedFor   *uuid.UUID  `db:"recorded_for"`
}

type maintenanceKey struct{ customer, maintenance uuid.UUID }

var maintenanceRows = keyedRows("maintenance", 2, func(k maintenanceKey) maintenanceRow {
	return maintenanceRow{CustomerID: k.customer, MaintenanceID: k.maintenance}
})
