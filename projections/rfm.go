package projections

import (
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
)

// RFM ranks customers by recency, frequency and monetary value. The ranks follow from the figures alone: days
// that pass change nobody's order, so nothing is written when a day closes, and the view finds the few
// customers at whom a score begins by walking the indexes of the figures.
var RFM = Projector{
	Name:   "rfm",
	Tables: tables{rfmSchemeRows, rfmRows},
	Schema: `
INSERT INTO rfm_scheme (version, groups, segments) VALUES (0, 5, '` + builtInSegments + `');
CREATE INDEX ON rfm_figures (last_purchase_on, customer_id); -- where each r_score ends, without sorting everybody
CREATE INDEX ON rfm_figures (purchase_days, customer_id); -- where each f_score ends
CREATE INDEX ON rfm_figures (net_revenue_minor, customer_id); -- where each m_score ends
-- Where the RFM scores end: a row for each score but the lowest, with the last of those who would have it if equals were told apart by their ids.
CREATE VIEW rfm_boundary AS
WITH RECURSIVE cut AS (
	SELECT k, groups, (k * n + groups - 1) / groups - ((k - 1) * n + groups - 1) / groups AS ranks
	FROM (SELECT groups FROM rfm_scheme ORDER BY version DESC LIMIT 1) scheme,
		(SELECT count(*) AS n FROM rfm_figures) ranked, generate_series(1, groups - 1) k
), r AS (
	SELECT 0::bigint AS k, date 'infinity' AS figure, uuid 'ffffffff-ffff-ffff-ffff-ffffffffffff' AS id
	UNION ALL
	SELECT cut.k, best.* FROM r JOIN cut ON cut.k = r.k + 1 CROSS JOIN LATERAL (SELECT last_purchase_on, customer_id
		FROM rfm_figures WHERE (last_purchase_on, customer_id) <= (r.figure, r.id)
		ORDER BY last_purchase_on DESC, customer_id DESC OFFSET greatest(cut.ranks - (cut.k = 1)::int, 0) LIMIT 1) best
), f AS (
	SELECT 0::bigint AS k, 9223372036854775807 AS figure, uuid 'ffffffff-ffff-ffff-ffff-ffffffffffff' AS id
	UNION ALL
	SELECT cut.k, best.* FROM f JOIN cut ON cut.k = f.k + 1 CROSS JOIN LATERAL (SELECT purchase_days, customer_id
		FROM rfm_figures WHERE (purchase_days, customer_id) <= (f.figure, f.id)
		ORDER BY purchase_days DESC, customer_id DESC OFFSET greatest(cut.ranks - (cut.k = 1)::int, 0) LIMIT 1) best
), m AS (
	SELECT 0::bigint AS k, 9223372036854775807 AS figure, uuid 'ffffffff-ffff-ffff-ffff-ffffffffffff' AS id
	UNION ALL
	SELECT cut.k, best.* FROM m JOIN cut ON cut.k = m.k + 1 CROSS JOIN LATERAL (SELECT net_revenue_minor, customer_id
		FROM rfm_figures WHERE (net_revenue_minor, customer_id) <= (m.figure, m.id)
		ORDER BY net_revenue_minor DESC, customer_id DESC OFFSET greatest(cut.ranks - (cut.k = 1)::int, 0) LIMIT 1) best
)
SELECT cut.groups - cut.k + 1 AS score, -- the score
	r.figure AS last_purchase_on, -- who bought last on this day or later has at least this r_score
	f.figure AS purchase_days, -- who bought on so many days or more has at least this f_score
	m.figure AS net_revenue_minor -- whose purchases less returns come to this or more has at least this m_score, minor units
FROM cut JOIN r USING (k) JOIN f USING (k) JOIN m USING (k);
-- RFM: customers ranked by recency, frequency and monetary value; one row for each who bought. Of n customers one than whom i are better has the score groups - floor(groups * i / n): equals have equal scores.
CREATE VIEW rfm AS
WITH b AS MATERIALIZED (
	SELECT r[1] AS r1, r[2] AS r2, r[3] AS r3, r[4] AS r4, f[1] AS f1, f[2] AS f2, f[3] AS f3, f[4] AS f4,
		m[1] AS m1, m[2] AS m2, m[3] AS m3, m[4] AS m4,
		groups - boundaries AS least, groups, names, version, business_date
	FROM (SELECT count(*) AS boundaries, array_agg(last_purchase_on ORDER BY score DESC) AS r,
			array_agg(purchase_days ORDER BY score DESC) AS f, array_agg(net_revenue_minor ORDER BY score DESC) AS m
			FROM rfm_boundary) boundary,
		(SELECT version, groups, ARRAY(SELECT name FROM jsonb_array_elements(segments) WITH ORDINALITY AS rows (names, r),
			jsonb_array_elements_text(rows.names) WITH ORDINALITY AS cells (name, fm) ORDER BY r, fm) AS names
			FROM rfm_scheme ORDER BY version DESC LIMIT 1) scheme,
		business_date
)
SELECT customer_id, -- who
	greatest(business_date - last_purchase_on, 0) AS recency_days, -- days since the last purchase at the business date
	purchase_days - 1 AS frequency, -- repeat purchases, as days with a purchase but the first
	net_revenue_minor AS monetary_minor, -- all purchases less returns, minor units of the reporting currency; unlike customer_value.monetary_value_minor, which is a mean
	r_score, -- rank by last purchase: 5 for the fifth who bought last, 1 for the fifth who did longest ago; of 4 in quartiles
	f_score, -- rank by frequency: 5 for the fifth who bought most often
	m_score, -- rank by monetary_minor: 5 for the fifth who brought most
	(f_score + m_score + 1) / 2 AS fm_score, -- mean of f_score and m_score, rounded up
	100 * r_score + 10 * f_score + m_score AS rfm_score, -- the three scores as digits: 555 is best
	names[(r_score - 1) * groups + (f_score + m_score + 1) / 2] AS rfm_segment, -- name of the cell of r_score and fm_score in the scheme: champions, loyal, potential_loyalist, new, promising, need_attention, about_to_sleep, at_risk, cannot_lose, hibernating or lost, unless another was published
	version AS scheme_version -- version of the scheme; 0 for the built-in one
FROM b CROSS JOIN rfm_figures CROSS JOIN LATERAL (SELECT
	-- OFFSET 0: each score is found once, however often it is used.
	CASE WHEN last_purchase_on >= r1 THEN groups
		WHEN last_purchase_on >= r2 THEN groups - 1
		WHEN last_purchase_on >= r3 THEN groups - 2
		WHEN last_purchase_on >= r4 THEN groups - 3 ELSE least END AS r_score,
	CASE WHEN purchase_days >= f1 THEN groups
		WHEN purchase_days >= f2 THEN groups - 1
		WHEN purchase_days >= f3 THEN groups - 2
		WHEN purchase_days >= f4 THEN groups - 3 ELSE least END AS f_score,
	CASE WHEN net_revenue_minor >= m1 THEN groups
		WHEN net_revenue_minor >= m2 THEN groups - 1
		WHEN net_revenue_minor >= m3 THEN groups - 2
		WHEN net_revenue_minor >= m4 THEN groups - 3 ELSE least END AS m_score
	OFFSET 0) scored;
`,
	On: []Handler{OnLog(func(e policy.Published, _ domain.Recorded, p *page) error {
		if e.RFM == nil {
			return nil
		}
		row := rfmSchemeRow{Version: int64(e.Version), Groups: int64(e.RFM.Groups), Segments: rfmSegments(*e.RFM)}
		row.PublishedOn = p.today()
		insert(p, rfmSchemeRows, row)
		return nil
	})},
}

// builtInSegments are those of the scheme that holds before any is published.
var builtInSegments = string(rfmSegments(policy.DefaultRFM()))

func rfmSegments(s policy.RFM) json.RawMessage {
	text, err := json.Marshal(s.Segments)
	if err != nil {
		panic(err) // names are texts
	}
	return text
}

type rfmSchemeRow struct {
	Version     int64           `db:"version,key" note:"counts from 1"`
	Groups      int64           `db:"groups" note:"scores go from 1 to this: 5 for quintiles, 4 for quartiles"`
	Segments    json.RawMessage `db:"segments" note:"names of the segments: a list for each r_score from 1, in it a name for each fm_score from 1"`
	PublishedOn *domain.Day     `db:"published_on" note:"business date from which it is in force"`
}

var rfmSchemeRows = added[rfmSchemeRow]("rfm_scheme",
	"The RFM scheme, every version that was in force; version 0 holds until one is published.")

type rfmRow struct {
	CustomerID     uuid.UUID  `db:"customer_id,key" note:"who"`
	LastPurchaseOn domain.Day `db:"last_purchase_on" note:"business day of the last purchase"`
	PurchaseDays   int64      `db:"purchase_days" note:"distinct days with a purchase"`
	NetMinor       int64      `db:"net_revenue_minor" note:"purchases less returns, minor units of the reporting currency"`
}

var rfmRows = kept[rfmRow]("rfm_figures",
	"What RFM ranks customers by: one row for each who bought; those who were merged are in the survivor's. Read rfm instead.")

// rank keeps what a person is ranked by.
func (f *fold) rank() {
	v := &f.Facts.Value
	d := draftIn[single](f, rfmRows)
	on, bought := v.LastPurchase()
	if !bought {
		d.remove(single{})
		return
	}
	row := rfmRow{f.id, on, v.PurchaseDays, v.NetMinor}
	if was := d.rows[single{}]; was == nil || *was != row {
		d.put(single{}, &row)
	}
}
