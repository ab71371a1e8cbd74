package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Points keeps the accounts of loyalty points: what they hold, in which lots, and how it came to that.
var Points = Projector{
	Name: "points",
	Schema: `
-- Every account of loyalty points: balance - owed = earned - spent - expired - reversed.
CREATE TABLE loyalty_account (
	customer_id uuid PRIMARY KEY, -- whose
	balance bigint NOT NULL CHECK (balance >= 0), -- points that can be spent: what the lots hold
	owed bigint NOT NULL CHECK (owed >= 0), -- points that went with a return after they were spent: the next ones earned pay them
	earned bigint NOT NULL, -- points ever earned
	spent bigint NOT NULL, -- points ever spent
	expired bigint NOT NULL, -- points that expired, or lapsed when the customer was erased
	reversed bigint NOT NULL, -- points that went with the return of the purchase that had earned them
	last_earned_on date, -- business day on which points were last earned
	last_spent_on date -- business day on which points were last spent
);
-- Every lot of points: points = open_points + spent + expired + reversed + repaid.
CREATE TABLE points_lots (
	customer_id uuid NOT NULL, -- whose
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	lot_id uuid NOT NULL, -- the lot
	points bigint NOT NULL, -- as earned
	open_points bigint NOT NULL CHECK (open_points >= 0), -- that it still holds
	spent bigint NOT NULL, -- points spent out of it
	expired bigint NOT NULL, -- points that expired in it, or lapsed when the customer was erased
	reversed bigint NOT NULL, -- points taken out of it by returns, whichever lot those concerned
	repaid bigint NOT NULL, -- points of it that paid what was owed
	earned_on date NOT NULL, -- business day on which it was earned
	expires_on date, -- last business day on which it can be spent; null where it does not expire
	purchase_id uuid, -- purchase that earned it
	earned_for text, -- Personal: what earned it
	PRIMARY KEY (customer_id, lot_id)
);
CREATE INDEX ON points_lots (expires_on) WHERE open_points > 0; -- the points that expire next
CREATE INDEX ON points_lots (expires_on, lot_id); -- all points, by when they expire
-- Every movement of points into a lot or out of it. A customer's rows sum up to their balance.
CREATE TABLE points_ledger (
	customer_id uuid NOT NULL, -- whose
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	position bigint NOT NULL, -- place in the log of the fact that moved the points
	revision bigint NOT NULL, -- of the customer's stream: the fact that moved the points
	lot_id uuid NOT NULL, -- the lot
	kind text NOT NULL CHECK (kind IN ('earned', 'repaid', 'spent', 'reversed', 'expired', 'erased')), -- earned, repaid, spent, reversed or expired; erased where they lapsed when the customer was erased
	points bigint NOT NULL, -- into the lot if positive, out of it if negative
	moved_on date NOT NULL, -- business day
	document_id uuid, -- the purchase that earned, the spending, or the return
	spent_for text, -- Personal: what the customer got
	department text, -- that recorded it
	actor text, -- who did
	PRIMARY KEY (customer_id, position, lot_id, kind)
);
CREATE INDEX ON points_ledger (moved_on); -- the points that moved in a span of days
-- The points that customers can still spend, by the month in which they expire.
CREATE VIEW points_liability AS
SELECT date_trunc('month', expires_on)::date AS expires_in, -- first day of the month; null for points that do not expire
	sum(open_points)::bigint AS open_points, -- points that can be spent
	count(*) AS lots, -- lots that hold them
	count(DISTINCT customer_id) AS customers -- whose they are
FROM points_lots WHERE open_points > 0 GROUP BY 1;
`,
	On: []Handler{
		On(func(e customer.PointsEarned, r domain.Recorded, p *fold) error { return p.earnPoints(e, r) }),
		On(func(e customer.PointsSpent, r domain.Recorded, p *fold) error {
			account := p.account()
			account.Spent += e.Points
			account.LastSpentOn = later(account.LastSpentOn, p.day)
			move := movement{kind: "spent", document: &e.SpendID, spentFor: e.For, lot: func(l *lotRow) *int64 { return &l.Spent }}
			return p.movePoints(account, e.Taken, move, r)
		}),
		On(func(e customer.PointsReversed, r domain.Recorded, p *fold) error {
			account := p.account()
			account.Reversed += e.Points
			account.Owed += e.OwedPoints
			move := movement{kind: "reversed", document: &e.ReturnID, lot: func(l *lotRow) *int64 { return &l.Reversed }}
			return p.movePoints(account, e.Taken, move, r)
		}),
		On(func(e customer.PointsExpired, r domain.Recorded, p *fold) error {
			account := p.account()
			account.Expired += e.Points
			move := movement{kind: "expired", lot: func(l *lotRow) *int64 { return &l.Expired }}
			return p.movePoints(account, []customer.LotPoints{customer.LotPoints(e)}, move, r)
		}),
		On(func(_ customer.Erased, r domain.Recorded, p *fold) error {
			var left []customer.LotPoints
			err := each(p, lotRows, func(row *lotRow) error {
				if row.Open > 0 {
					left = append(left, customer.LotPoints{LotID: row.LotID, Points: row.Open})
				}
				return nil
			})
			if err != nil || len(left) == 0 {
				return err
			}
			account := p.account()
			account.Expired += account.Balance
			return p.movePoints(account, left, movement{kind: "erased", lot: func(l *lotRow) *int64 { return &l.Expired }}, r)
		}),
	},
}

func (p *fold) account() *accountRow { return rowOf(p, accountRows, p.id) }

func (p *fold) earnPoints(e customer.PointsEarned, r domain.Recorded) error {
	account := p.account()
	account.Earned += e.Points
	account.Owed -= e.RepaidPoints
	account.Balance += e.Points
	account.LastEarnedOn = later(account.LastEarnedOn, p.day)
	lot := rowOf(p, lotRows, lotKey{p.id, e.LotID})
	lot.Points, lot.Open, lot.EarnedOn, lot.ExpiresOn = e.Points, e.Points, p.day, e.ExpiresOn
	lot.PurchaseID, lot.For = e.PurchaseID, optional(e.For)
	add(p, ledgerRows, p.ledgerRow(r, e.LotID, "earned", e.Points, e.PurchaseID, ""))
	if e.RepaidPoints == 0 {
		return nil
	}
	repaid := []customer.LotPoints{{LotID: e.LotID, Points: e.RepaidPoints}}
	return p.movePoints(account, repaid, movement{kind: "repaid", lot: func(l *lotRow) *int64 { return &l.Repaid }}, r)
}

// movement is why points leave lots, and where a lot counts it.
type movement struct {
	kind     string
	document *uuid.UUID
	spentFor string
	lot      func(*lotRow) *int64
}

// movePoints takes points out of lots. What was earned under two ids of a person counts once, so a lot may hold less than
// was taken from it: what was spent beyond is owed.
func (p *fold) movePoints(account *accountRow, taken []customer.LotPoints, m movement, r domain.Recorded) error {
	for _, t := range taken {
		lot := rowOf(p, lotRows, lotKey{p.id, t.LotID})
		points := min(t.Points, lot.Open)
		if m.kind == "spent" {
			account.Owed += t.Points - points
		}
		if points == 0 {
			continue
		}
		lot.Open -= points
		*m.lot(lot) += points
		account.Balance -= points
		add(p, ledgerRows, p.ledgerRow(r, t.LotID, m.kind, -points, m.document, m.spentFor))
	}
	return nil
}

func (p *fold) ledgerRow(r domain.Recorded, lot uuid.UUID, kind string, points int64, document *uuid.UUID,
	spentFor string) ledgerRow {
	return ledgerRow{CustomerID: p.id, Position: int64(r.Position), Revision: int64(r.Revision), LotID: lot, Kind: kind, Points: points, MovedOn: p.day,
		DocumentID: document, For: optional(spentFor), Department: optional(r.Metadata.Department),
		Actor: optional(r.Metadata.Actor)}
}

// later answers the later of two days, the first of which may be missing.
func later(a *domain.Day, b domain.Day) *domain.Day {
	if a != nil && *a > b {
		return a
	}
	return &b
}

type accountRow struct {
	CustomerID   uuid.UUID   `db:"customer_id"`
	Balance      int64       `db:"balance"`
	Owed         int64       `db:"owed"`
	Earned       int64       `db:"earned"`
	Spent        int64       `db:"spent"`
	Expired      int64       `db:"expired"`
	Reversed     int64       `db:"reversed"`
	LastEarnedOn *domain.Day `db:"last_earned_on"`
	LastSpentOn  *domain.Day `db:"last_spent_on"`
}

type lotRow struct {
	CustomerID  uuid.UUID   `db:"customer_id"`
	LotID       uuid.UUID   `db:"lot_id"`
	Points      int64       `db:"points"`
	Open        int64       `db:"open_points"`
	Spent       int64       `db:"spent"`
	Expired     int64       `db:"expired"`
	Reversed    int64       `db:"reversed"`
	Repaid      int64       `db:"repaid"`
	EarnedOn    domain.Day  `db:"earned_on"`
	ExpiresOn   *domain.Day `db:"expires_on"`
	PurchaseID  *uuid.UUID  `db:"purchase_id"`
	For         *string     `db:"earned_for"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
}

type ledgerRow struct {
	CustomerID  uuid.UUID  `db:"customer_id"`
	Position    int64      `db:"position"`
	LotID       uuid.UUID  `db:"lot_id"`
	Kind        string     `db:"kind"`
	Revision    int64      `db:"revision"`
	Points      int64      `db:"points"`
	MovedOn     domain.Day `db:"moved_on"`
	DocumentID  *uuid.UUID `db:"document_id"`
	For         *string    `db:"spent_for"`
	Department  *string    `db:"department"`
	Actor       *string    `db:"actor"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
}

type lotKey struct{ customer, lot uuid.UUID }

var (
	accountRows = keyedRows("loyalty_account", 1, func(id uuid.UUID) accountRow { return accountRow{CustomerID: id} })
	lotRows     = keyedRows("points_lots", 2, func(k lotKey) lotRow {
		return lotRow{CustomerID: k.customer, LotID: k.lot}
	})
	ledgerRows = added[ledgerRow]("points_ledger", 4)
)
