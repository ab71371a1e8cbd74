package projections

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/domain/segment"
)

// Segments keeps who belongs to which segment, from when to when, and why. The OFFSET in its indicators has all
// customers read in the order of the disk: in that of the members, a million of them take five times as long.
var Segments = Projector{
	Name: "segments",
	Schema: `
-- Every version of every segment's definition.
CREATE TABLE segment_definition (
	segment text NOT NULL, -- its name
	version bigint NOT NULL, -- counts from 1
	title text, -- what people call it
	rule text NOT NULL, -- CEL expression over the catalogue of facts; who makes it true belongs
	status text NOT NULL CHECK (status IN ('active', 'superseded', 'retired')), -- whether it is in force
	defined_on date, -- business date from which it was in force
	ended_on date, -- business date until which it was; null while it is
	PRIMARY KEY (segment, version)
);
-- Who belonged to which segment: a row for each stay.
CREATE TABLE segment_membership (
	segment text NOT NULL, -- the segment
	customer_id uuid NOT NULL, -- who
	valid_from date NOT NULL, -- first business day at whose end they belonged
	valid_to date CHECK (valid_to > valid_from), -- first business day at whose end they did not any more; null while they belong
	version bigint NOT NULL, -- version of the definition that decided
	evidence jsonb NOT NULL, -- Personal: the facts that the rule speaks of, as they were when it began to hold
	PRIMARY KEY (segment, customer_id, valid_from)
);
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
	CROSS JOIN (SELECT count(*) - (SELECT count(*) FROM customer_summary WHERE merged_into IS NOT NULL) AS customers,
		(SELECT sum(net_revenue_minor) FROM rfm_figures) AS net_revenue_minor FROM customer_summary) t
	LEFT JOIN segment_membership m ON m.segment = e.segment AND m.valid_to IS NULL
	LEFT JOIN (SELECT customer_id, orders, gross_revenue_minor, net_revenue_minor, margin_minor, last_purchase_on
		FROM customer_summary OFFSET 0) s ON s.customer_id = m.customer_id
GROUP BY e.segment, t.customers, t.net_revenue_minor;
`,
	On: []Handler{
		On(func(e segment.Defined, _ domain.Recorded, p *page) error { return p.defineSegment(e) }),
		On(func(e segment.Retired, _ domain.Recorded, p *page) error { return p.retireSegment(e) }),
	},
}

type segmentRow struct {
	Segment   string      `db:"segment"`
	Version   int64       `db:"version"`
	Title     *string     `db:"title"`
	Rule      string      `db:"rule"`
	Status    string      `db:"status"`
	DefinedOn *domain.Day `db:"defined_on"`
}

var segmentRows = added[segmentRow]("segment_definition")

func (p *page) defineSegment(e segment.Defined) error {
	rule, err := rules.Compile(e.Rule)
	if err != nil {
		return err
	}
	if err := p.flush(nil); err != nil {
		return err
	}
	if err := p.endDefinition(e.Name, "superseded"); err != nil {
		return err
	}
	row := segmentRow{Segment: e.Name, Version: int64(e.Version), Title: optional(e.Title), Rule: e.Rule,
		Status: "active"}
	if p.clock.started {
		on := p.clock.on
		row.DefinedOn = &on
	}
	if !p.replaying {
		add(p, segmentRows, row)
	}
	p.rules.Segments[e.Name] = &judgement.Segment{Version: int64(e.Version), Rule: rule}
	return p.judgeEveryone(judgement.ByRule)
}

func (p *page) retireSegment(e segment.Retired) error {
	if p.rules.Segments[e.Name] == nil {
		return fmt.Errorf("segment %q is retired but was never defined", e.Name)
	}
	if err := p.flush(nil); err != nil {
		return err
	}
	if err := p.endDefinition(e.Name, "retired"); err != nil {
		return err
	}
	p.rules.Segments[e.Name].Rule = judgement.Nobody
	if err := p.judgeEveryone(judgement.ByRule); err != nil {
		return err
	}
	delete(p.rules.Segments, e.Name)
	return nil
}

func (p *page) endDefinition(name, status string) error {
	if p.replaying {
		return nil
	}
	var on pgtype.Date
	if p.clock.started {
		on = date(&p.clock.on)
	}
	_, err := p.tx.Exec(p.ctx, `UPDATE segment_definition SET status = $2, ended_on = $3
		WHERE segment = $1 AND ended_on IS NULL AND status = 'active'`, name, status, on)
	if err != nil {
		return fmt.Errorf("end the definition of segment %s: %w", name, err)
	}
	return nil
}

func (p *page) loadSegments() error {
	rows, err := p.tx.Query(p.ctx, "SELECT segment, version, rule FROM segment_definition WHERE status = 'active'")
	if err != nil {
		return fmt.Errorf("read the segments: %w", err)
	}
	var name, rule string
	var version int64
	_, err = pgx.ForEachRow(rows, []any{&name, &version, &rule}, func() error {
		compiled, err := rules.Compile(rule)
		p.rules.Segments[name] = &judgement.Segment{Version: version, Rule: compiled}
		return err
	})
	if err != nil {
		return fmt.Errorf("read the segments: %w", err)
	}
	return nil
}

// Entered implements judgement.Journal.
func (j *journal) Entered(segment string, s judgement.Stay, because map[string]any) error {
	facts, err := evidence(because)
	if err != nil {
		return err
	}
	staysOf(j.page).begin(stayKey{segment, j.id, s.From}, s.Version, facts)
	return nil
}

// Left implements judgement.Journal.
func (j *journal) Left(segment string, s judgement.Stay, on domain.Day) {
	staysOf(j.page).end(stayKey{segment, j.id, s.From}, &on)
}

// Remained implements judgement.Journal.
func (j *journal) Remained(segment string, s judgement.Stay) {
	staysOf(j.page).end(stayKey{segment, j.id, s.From}, nil)
}

// StayTakenBack implements judgement.Journal.
func (j *journal) StayTakenBack(segment string, s judgement.Stay) {
	staysOf(j.page).takeBack(stayKey{segment, j.id, s.From})
}

// Crossed implements judgement.Journal.
func (j *journal) Crossed(segment string, of *judgement.Segment, belongs bool) {
	j.announce(j.id, j.of, segment, of, belongs)
}

type stayRow struct {
	Segment    string          `db:"segment"`
	CustomerID uuid.UUID       `db:"customer_id"`
	ValidFrom  domain.Day      `db:"valid_from"`
	ValidTo    *domain.Day     `db:"valid_to"`
	Version    int64           `db:"version"`
	Evidence   json.RawMessage `db:"evidence"`
}

var stayRows = kept[stayRow]("segment_membership", 3)

type stayKey struct {
	segment string
	id      uuid.UUID
	from    domain.Day
}

// staySet folds the stays of a page: one change a stay.
type staySet struct {
	stays map[stayKey]stayChange
}

// stayChange is what becomes of a stay: begun with evidence, ended or open again, or taken back.
type stayChange struct {
	begun    bool
	version  int64
	evidence json.RawMessage
	to       *domain.Day
	gone     bool
}

func staysOf(p *page) *staySet {
	return setOf(p, stayRows, func() *staySet { return &staySet{stays: map[stayKey]stayChange{}} })
}

func (s *staySet) begin(key stayKey, version int64, facts json.RawMessage) {
	s.stays[key] = stayChange{begun: true, version: version, evidence: facts}
}

func (s *staySet) end(key stayKey, to *domain.Day) {
	change := s.stays[key]
	change.to = to
	s.stays[key] = change
}

func (s *staySet) takeBack(key stayKey) { s.stays[key] = stayChange{gone: true} }

func (s *staySet) write(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
	begun := rowSet[stayRow]{table: stayRows}
	var gone, ended stayColumns
	for key, change := range s.stays {
		switch {
		case change.gone:
			gone.add(key, nil)
		case change.begun:
			begun.rows = append(begun.rows, stayRow{Segment: key.segment, CustomerID: key.id, ValidFrom: key.from,
				ValidTo: change.to, Version: change.version, Evidence: change.evidence})
		default:
			ended.add(key, change.to)
		}
	}
	clear(s.stays)
	if len(gone.segments) > 0 {
		b.Queue(`DELETE FROM segment_membership m
			USING unnest($1::text[], $2::uuid[], $3::date[]) AS d (segment, customer_id, valid_from)
			WHERE (m.segment, m.customer_id, m.valid_from) = (d.segment, d.customer_id, d.valid_from)`,
			gone.segments, gone.ids, gone.from)
	}
	if len(ended.segments) > 0 {
		b.Queue(`UPDATE segment_membership m SET valid_to = d.valid_to
			FROM unnest($1::text[], $2::uuid[], $3::date[], $4::date[]) AS d (segment, customer_id, valid_from, valid_to)
			WHERE (m.segment, m.customer_id, m.valid_from) = (d.segment, d.customer_id, d.valid_from)`,
			ended.segments, ended.ids, ended.from, ended.to)
	}
	slices.SortFunc(begun.rows, func(a, b stayRow) int { return slices.Compare(a.CustomerID[:], b.CustomerID[:]) })
	return begun.write(ctx, tx, b)
}

type stayColumns struct {
	segments []string
	ids      [][16]byte
	from, to []pgtype.Date
}

func (c *stayColumns) add(key stayKey, to *domain.Day) {
	c.segments, c.ids = append(c.segments, key.segment), append(c.ids, key.id)
	c.from, c.to = append(c.from, date(&key.from)), append(c.to, date(to))
}
