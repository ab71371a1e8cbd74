package projections

import (
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Assets keeps the equipment at customers: what stands where, how worn it is, what went wrong with it.
var Assets = Projector{
	Name:   "assets",
	Tables: tables{assetRows, componentRows, defectRows, breakdownRows},
	Schema: `
CREATE INDEX ON defects (found_on); -- the errors of a span of days
CREATE INDEX ON breakdowns (failed_on); -- the breakdowns of a span of days
-- How each asset fares at the business date: one row for each.
CREATE VIEW asset_health AS
SELECT a.customer_id, -- where it stands
	a.asset_id, -- the asset
	a.model, -- what it is
	a.serial, -- Personal: as the maker numbers it
	a.installed_on, -- its age counts from this day
	greatest(coalesce(a.retired_on, (SELECT business_date FROM business_date)) - a.installed_on, 0) AS age_days, -- age in days; of a retired asset, as it was retired
	a.usage_total, -- what its meter showed last, in usage_unit
	a.usage_unit, -- such as hours
	c.wear, -- of its most worn component, from 0, as new, to 1, worn out
	coalesce(c.defects, 0) AS defects, -- errors that it showed without breaking down
	coalesce(c.breakdowns, 0) AS breakdowns, -- how often a component failed
	c.last_breakdown_at, -- when one failed last
	coalesce(c.maintenances, 0) AS maintenances, -- how often we worked on it
	c.last_maintenance_at, -- when we last did
	c.next_due_on, -- first day on which planned maintenance falls due
	coalesce(c.overdue, 0) AS overdue, -- plans that were missed, and neither performed nor cancelled since
	CASE WHEN a.retired_on IS NOT NULL THEN 'retired' WHEN c.broken THEN 'broken_down'
		WHEN c.overdue > 0 THEN 'overdue' ELSE 'in_service' END AS state -- retired; broken_down: a failed component was not worked on since; overdue: maintenance was missed; in_service
FROM assets a
LEFT JOIN (SELECT customer_id, asset_id, max(wear) AS wear, sum(defects)::bigint AS defects,
		sum(breakdowns)::bigint AS breakdowns, max(last_breakdown_at) AS last_breakdown_at,
		sum(maintenances)::bigint AS maintenances, max(last_maintenance_at) AS last_maintenance_at,
		bool_or(last_breakdown_at > coalesce(last_maintenance_at, '-infinity')) AS broken,
		min(next_due_on) AS next_due_on, sum(overdue)::bigint AS overdue
	FROM (SELECT customer_id, asset_id, wear, 0 AS defects, breakdowns, last_breakdown_at, maintenances, last_maintenance_at,
			NULL::date AS next_due_on, 0 AS overdue FROM asset_components
		UNION ALL SELECT customer_id, asset_id, NULL, 1, 0, NULL, 0, NULL, NULL, 0 FROM defects
		UNION ALL SELECT customer_id, asset_id, NULL, 0, 0, NULL, 0, NULL, CASE state WHEN 'planned' THEN due_on END,
			(state = 'missed')::integer FROM maintenance WHERE state IN ('planned', 'missed')) told
	GROUP BY customer_id, asset_id) c USING (customer_id, asset_id);
-- How reliable each asset that ever broke down or was worked on is: one row for each. Components that failed at the same moment are one stop. Over several assets, divide sum(span_days) by sum(gaps).
CREATE VIEW breakdown_stats AS
SELECT a.customer_id, -- where it stands
	a.asset_id, -- the asset
	a.model, -- what it is
	coalesce(b.breakdowns, 0) AS breakdowns, -- components that failed
	coalesce(b.stops, 0) AS stops, -- moments at which any failed
	b.first_failed_at, -- the first of them
	b.last_failed_at, -- the last of them
	b.span_days, -- days between those; null before the second
	greatest(coalesce(b.stops, 0) - 1, 0) AS gaps, -- between one stop and the next
	b.span_days / nullif(b.stops - 1, 0) AS mean_days_between_failures, -- null before the second stop
	coalesce(m.preventive, 0) AS preventive, -- maintenance while nothing had failed
	coalesce(m.reactive, 0) AS reactive, -- maintenance for a breakdown
	m.preventive::numeric / nullif(m.preventive + m.reactive, 0) AS proactive_share -- share of the preventive, 0 to 1
FROM assets a
LEFT JOIN (SELECT customer_id, asset_id, count(*) AS breakdowns, count(DISTINCT failed_at) AS stops,
		min(failed_at) AS first_failed_at, max(failed_at) AS last_failed_at,
		nullif(extract(epoch FROM max(failed_at) - min(failed_at)) / 86400, 0) AS span_days
	FROM breakdowns GROUP BY 1, 2) b USING (customer_id, asset_id)
LEFT JOIN (SELECT customer_id, asset_id, count(*) FILTER (WHERE kind = 'preventive') AS preventive,
		count(*) FILTER (WHERE kind = 'reactive') AS reactive
	FROM maintenance WHERE state = 'performed' GROUP BY 1, 2) m USING (customer_id, asset_id)
WHERE b.breakdowns > 0 OR m.preventive + m.reactive > 0;
`,
	On: []Handler{
		On(func(e customer.AssetInstalled, _ domain.Recorded, p *fold) error {
			return p.changeAsset(e.AssetID, func(row *assetRow) {
				row.Model, row.Serial, row.InstalledOn = e.Model, optional(e.Serial), e.InstalledOn
			})
		}),
		On(func(e customer.UsageReported, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.changeAsset(e.AssetID, func(row *assetRow) {
				row.UsageTotal, row.UsageUnit, row.UsageOn = &e.Total, &e.Unit, &on
			})
		}),
		On(func(e customer.AssetRetired, _ domain.Recorded, p *fold) error {
			on := p.day
			return p.changeAsset(e.AssetID, func(row *assetRow) {
				row.RetiredOn, row.RetiredReason, row.ReplacedBy = &on, optional(e.Reason), e.ReplacedBy
			})
		}),
		On(func(e customer.WearMeasured, r domain.Recorded, p *fold) error {
			return p.changeComponent(e.AssetID, e.Component, func(row *componentRow) {
				if newest(&row.WearAt, r) {
					row.Wear = &e.Wear
				}
			})
		}),
		On(func(e customer.DefectFound, r domain.Recorded, p *fold) error {
			add(p, defectRows, defectRow{CustomerID: p.id, DefectID: e.DefectID, AssetID: e.AssetID, Code: e.Code,
				Component: optional(e.Component), FoundAt: r.Metadata.OccurredAt, FoundOn: p.day})
			return nil
		}),
		On(func(e customer.BreakdownReported, r domain.Recorded, p *fold) error {
			row := rowOf(p, breakdownRows, breakdownKey{p.id, e.BreakdownID})
			row.AssetID, row.Component = e.AssetID, e.Component
			row.FailedAt, row.FailedOn = r.Metadata.OccurredAt, p.day
			return p.changeComponent(e.AssetID, e.Component, func(row *componentRow) {
				row.Breakdowns++
				newest(&row.LastBreakdownAt, r)
			})
		}),
	},
}

func (f *fold) changeAsset(id uuid.UUID, change func(*assetRow)) error {
	change(rowOf(f, assetRows, assetKey{f.id, id}))
	return nil
}

func (f *fold) changeComponent(asset uuid.UUID, component string, change func(*componentRow)) error {
	change(rowOf(f, componentRows, componentKey{f.id, asset, component}))
	return nil
}

// newest moves a column on to when an event occurred, unless it knows of a later one, and tells whether it did.
// What occurred at the same moment counts in the order of the log. Columns hold whole microseconds.
func newest(known **time.Time, r domain.Recorded) bool {
	at := r.Metadata.OccurredAt.Truncate(time.Microsecond)
	if *known != nil && at.Before(**known) {
		return false
	}
	*known = &at
	return true
}

type assetRow struct {
	CustomerID    uuid.UUID        `db:"customer_id,key" note:"where it stands"`
	RecordedFor   *uuid.UUID       `db:"recorded_for"`
	AssetID       uuid.UUID        `db:"asset_id,key" note:"the asset"`
	Model         string           `db:"model" note:"what it is"`
	Serial        *string          `db:"serial" note:"Personal: as the maker numbers it"`
	InstalledOn   domain.Day       `db:"installed_on" note:"its age counts from this day"`
	UsageTotal    *decimal.Decimal `db:"usage_total" note:"what its meter showed last, in usage_unit"`
	UsageUnit     *string          `db:"usage_unit" note:"such as hours"`
	UsageOn       *domain.Day      `db:"usage_on" note:"business day of that reading"`
	RetiredOn     *domain.Day      `db:"retired_on" note:"business day from which it serves no more"`
	RetiredReason *string          `db:"retired_reason" note:"Personal: why"`
	ReplacedBy    *uuid.UUID       `db:"replaced_by" note:"the asset that took its place"`
}

type componentRow struct {
	CustomerID        uuid.UUID        `db:"customer_id,key" note:"where the asset stands"`
	RecordedFor       *uuid.UUID       `db:"recorded_for"`
	AssetID           uuid.UUID        `db:"asset_id,key" note:"the asset"`
	Component         string           `db:"component,key" note:"part of it"`
	Wear              *decimal.Decimal `db:"wear" note:"latest measurement, from 0, as new, to 1, worn out"`
	WearAt            *time.Time       `db:"wear_at" note:"when that was measured"`
	Breakdowns        int64            `db:"breakdowns" note:"how often it failed"`
	LastBreakdownAt   *time.Time       `db:"last_breakdown_at" note:"when it failed last"`
	Maintenances      int64            `db:"maintenances" note:"how often we worked on it"`
	LastMaintenanceAt *time.Time       `db:"last_maintenance_at" note:"when we last did"`
}

type defectRow struct {
	CustomerID  uuid.UUID  `db:"customer_id,key" note:"where the asset stands"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
	DefectID    uuid.UUID  `db:"defect_id,key" note:"the defect"`
	AssetID     uuid.UUID  `db:"asset_id" note:"the asset"`
	Code        string     `db:"code" note:"as the maker names the error"`
	Component   *string    `db:"component" note:"where it was, if known"`
	FoundAt     time.Time  `db:"found_at" note:"when it was found"`
	FoundOn     domain.Day `db:"found_on" note:"on which business day"`
}

type breakdownRow struct {
	CustomerID    uuid.UUID  `db:"customer_id,key" note:"where the asset stands"`
	RecordedFor   *uuid.UUID `db:"recorded_for"`
	BreakdownID   uuid.UUID  `db:"breakdown_id,key" note:"the breakdown"`
	AssetID       uuid.UUID  `db:"asset_id" note:"the asset"`
	Component     string     `db:"component" note:"what failed"`
	FailedAt      time.Time  `db:"failed_at" note:"when"`
	FailedOn      domain.Day `db:"failed_on" note:"on which business day"`
	RepairedAt    *time.Time `db:"repaired_at" note:"when the maintenance for it was first performed"`
	MaintenanceID *uuid.UUID `db:"maintenance_id" note:"that maintenance"`
}

type (
	assetKey     struct{ customer, asset uuid.UUID }
	componentKey struct {
		customer, asset uuid.UUID
		component       string
	}
	breakdownKey struct{ customer, breakdown uuid.UUID }
)

var (
	assetRows = keyedRows("assets",
		"The equipment at customers, as it was installed. Read asset_health for how it fares.", func(k assetKey) assetRow {
			return assetRow{CustomerID: k.customer, AssetID: k.asset}
		})
	componentRows = keyedRows("asset_components",
		"The components of the assets, as far as anything was told of them.", func(k componentKey) componentRow {
			return componentRow{CustomerID: k.customer, AssetID: k.asset, Component: k.component}
		})
	breakdownRows = keyedRows("breakdowns",
		"Every failure of a component of an asset.", func(k breakdownKey) breakdownRow {
			return breakdownRow{CustomerID: k.customer, BreakdownID: k.breakdown}
		})
	defectRows = added[defectRow]("defects",
		"Every error that an asset showed without breaking down.")
)
