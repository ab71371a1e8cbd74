package projections

import (
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/segment"
)

// Segments keeps who belongs to which segment, from when to when, and why. The OFFSET in its indicators has all
// customers read in the order of the disk: in that of the members, a million of them take five times as long.
var Segments = Projector{
	Name:   "segments",
	Tables: tables{segmentRows, stayRows},
	Schema: `
CREATE INDEX ON segment_membership (customer_id) WHERE valid_to IS NULL; -- the segments in which a customer is now
CREATE INDEX ON segment_membership (segment, customer_id) WHERE valid_to IS NULL; -- the members of a segment now, page by page
CREATE INDEX ON segment_membership (segment, valid_from) WHERE valid_to IS NULL; -- who entered a segment lately, and who has been in it for how long
-- Indicators of each segment in force, by its members at present. Money is in minor units of the reporting currency.
CREATE VIEW segment_kpi AS
SELECT e.segment, -- the segment
	count(s.customer_id) AS members, -- customers who belong to it
	count(s.customer_id)::numeric / nullif(t.customers, 0) AS member_share, -- of all customers, 0 to 1
	count(s.customer_id) FILTER (WHERE s.orders > 0) AS buyers, -- members who ever bought
	coalesce(sum(s.orders), 0)::bigint AS orders, -- their purchases
	coalesce(sum(s.gross_revenue_minor), 0)::bigint AS gross_revenue_minor, -- sum of these
	coalesce(sum(s.net_revenue_minor), 0)::bigint AS net_revenue_minor, -- less returns
	sum(s.net_revenue_minor) / nullif(t.net_revenue_minor, 0) AS revenue_share, -- net_revenue_minor of that of all who ever bought, 0 to 1
	sum(s.margin_minor)::bigint AS margin_minor, -- revenue less cost of goods over the lines whose cost is known; null where none is
	sum(s.net_revenue_minor) / nullif(count(s.customer_id), 0) AS net_revenue_mean_minor, -- for each member
	sum(s.gross_revenue_minor) / nullif(sum(s.orders), 0) AS avg_order_value_minor, -- mean gross revenue per purchase
	avg(greatest(d.business_date - s.last_purchase_on, 0)) FILTER (WHERE s.orders > 0) AS recency_days_mean -- mean days since the last purchase of the buyers, at the business date
FROM (SELECT segment FROM segment_definition WHERE status = 'active') e
	CROSS JOIN business_date d
	CROSS JOIN (SELECT count(*) AS customers,
		(SELECT sum(net_revenue_minor) FROM rfm_figures) AS net_revenue_minor FROM customer_summary) t
	LEFT JOIN segment_membership m ON m.segment = e.segment AND m.valid_to IS NULL
	LEFT JOIN (SELECT customer_id, orders, gross_revenue_minor, net_revenue_minor, margin_minor, last_purchase_on
		FROM customer_summary OFFSET 0) s ON s.customer_id = m.customer_id
GROUP BY e.segment, t.customers, t.net_revenue_minor;
`,
	On: []Handler{
		OnLog(func(e segment.Defined, _ domain.Recorded, p *page) error { return p.defineSegment(e) }),
		OnLog(func(e segment.Retired, _ domain.Recorded, p *page) error {
			return p.endDefinition(e.Name, int64(e.Version), "retired")
		}),
	},
}

type segmentRow struct {
	Segment   string      `db:"segment,key" note:"its name"`
	Version   int64       `db:"version,key" note:"counts from 1"`
	Title     *string     `db:"title" note:"what people call it"`
	Rule      string      `db:"rule" note:"CEL expression over the catalogue of facts; who makes it true belongs"`
	Status    string      `db:"status" among:"active,superseded,retired" note:"whether it is in force"`
	DefinedOn *domain.Day `db:"defined_on" note:"business date from which it was in force"`
	EndedOn   *domain.Day `db:"ended_on" note:"business date until which it was; null while it is"`
}

type segmentKey struct {
	segment string
	version int64
}

var segmentRows = keyedRows("segment_definition",
	"Every version of every segment's definition.", func(k segmentKey) segmentRow {
		return segmentRow{Segment: k.segment, Version: k.version}
	})

func (p *page) defineSegment(e segment.Defined) error {
	if err := p.endDefinition(e.Name, int64(e.Version)-1, "superseded"); err != nil {
		return err
	}
	row, err := rowIn(p, segmentRows, segmentKey{e.Name, int64(e.Version)})
	if err != nil {
		return err
	}
	row.Title, row.Rule, row.Status, row.DefinedOn = optional(e.Title), e.Rule, "active", p.today()
	return nil
}

// endDefinition ends the definition that is in force, if there is one.
func (p *page) endDefinition(name string, version int64, status string) error {
	if version < 1 {
		return nil
	}
	row, err := rowIn(p, segmentRows, segmentKey{name, version})
	if err == nil && row.Status == "active" {
		row.Status, row.EndedOn = status, p.today()
	}
	return err
}

// Entered implements judgement.Journal.
func (j journal) Entered(segment string, s judgement.Stay, because map[string]any) error {
	facts, err := evidence(because)
	if err != nil {
		return err
	}
	key := stayKey{segment, s.From}
	draftIn[stayKey](j.fold, stayRows).put(key, &stayRow{Segment: segment, CustomerID: j.id, ValidFrom: s.From,
		Version: s.Version, Evidence: facts})
	return nil
}

// Left implements judgement.Journal.
func (j journal) Left(segment string, s judgement.Stay, on domain.Day) { j.until(segment, s, &on) }

// Remained implements judgement.Journal.
func (j journal) Remained(segment string, s judgement.Stay) { j.until(segment, s, nil) }

func (j journal) until(segment string, s judgement.Stay, on *domain.Day) {
	d, key := draftIn[stayKey](j.fold, stayRows), stayKey{segment, s.From}
	if row := d.rows[key]; row != nil {
		row.ValidTo = on
		d.put(key, row)
	}
}

// StayTakenBack implements judgement.Journal.
func (j journal) StayTakenBack(segment string, s judgement.Stay) {
	draftIn[stayKey](j.fold, stayRows).remove(stayKey{segment, s.From})
}

// Crossed implements judgement.Journal. Other systems are told at the end of a person's turn.
func (j journal) Crossed(string, *judgement.Segment, bool) {}

type stayRow struct {
	Segment    string          `db:"segment,key" note:"the segment"`
	CustomerID uuid.UUID       `db:"customer_id,key" note:"who"`
	ValidFrom  domain.Day      `db:"valid_from,key" note:"first business day at whose end they belonged"`
	ValidTo    *domain.Day     `db:"valid_to" check:"valid_to > valid_from" note:"first business day at whose end they did not any more; null while they belong"`
	Version    int64           `db:"version" note:"version of the definition that decided"`
	Evidence   json.RawMessage `db:"evidence" note:"Personal: the facts that the rule speaks of, as they were when it began to hold"`
}

var stayRows = kept[stayRow]("segment_membership",
	"Who belonged to which segment: a row for each stay.")

// stayKey is a stay of one person.
type stayKey struct {
	segment string
	from    domain.Day
}
