package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Points keeps the accounts of loyalty points: what they hold, in which lots, and how it came to that.
var Points = Projector{
	Name:   "points",
	Tables: tables{accountRows, lotRows, ledgerRows},
	Schema: `
CREATE INDEX ON points_lots (expires_on) WHERE open_points > 0; -- the points that expire next
CREATE INDEX ON points_lots (expires_on, lot_id); -- all points, by when they expire
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

func (f *fold) account() *accountRow { return rowOf(f, accountRows, f.id) }

func (f *fold) earnPoints(e customer.PointsEarned, r domain.Recorded) error {
	account := f.account()
	account.Earned += e.Points
	account.Owed -= e.RepaidPoints
	account.Balance += e.Points
	account.LastEarnedOn = later(account.LastEarnedOn, f.day)
	lot := rowOf(f, lotRows, lotKey{f.id, e.LotID})
	lot.Points, lot.Open, lot.EarnedOn, lot.ExpiresOn = e.Points, e.Points, f.day, e.ExpiresOn
	lot.PurchaseID, lot.For = e.PurchaseID, optional(e.For)
	add(f, ledgerRows, f.ledgerRow(r, e.LotID, "earned", e.Points, e.PurchaseID, ""))
	if e.RepaidPoints == 0 {
		return nil
	}
	repaid := []customer.LotPoints{{LotID: e.LotID, Points: e.RepaidPoints}}
	return f.movePoints(account, repaid, movement{kind: "repaid", lot: func(l *lotRow) *int64 { return &l.Repaid }}, r)
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
func (f *fold) movePoints(account *accountRow, taken []customer.LotPoints, m movement, r domain.Recorded) error {
	for _, t := range taken {
		lot := rowOf(f, lotRows, lotKey{f.id, t.LotID})
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
		add(f, ledgerRows, f.ledgerRow(r, t.LotID, m.kind, -points, m.document, m.spentFor))
	}
	return nil
}

func (f *fold) ledgerRow(r domain.Recorded, lot uuid.UUID, kind string, points int64, document *uuid.UUID,
	spentFor string) ledgerRow {
	return ledgerRow{CustomerID: f.id, Position: int64(r.Position), Revision: int64(r.Revision), LotID: lot, Kind: kind, Points: points, MovedOn: f.day,
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
	CustomerID   uuid.UUID   `db:"customer_id,key" note:"whose"`
	Balance      int64       `db:"balance" check:"balance >= 0" note:"points that can be spent: what the lots hold"`
	Owed         int64       `db:"owed" check:"owed >= 0" note:"points that went with a return after they were spent: the next ones earned pay them"`
	Earned       int64       `db:"earned" note:"points ever earned"`
	Spent        int64       `db:"spent" note:"points ever spent"`
	Expired      int64       `db:"expired" note:"points that expired, or lapsed when the customer was erased"`
	Reversed     int64       `db:"reversed" note:"points that went with the return of the purchase that had earned them"`
	LastEarnedOn *domain.Day `db:"last_earned_on" note:"business day on which points were last earned"`
	LastSpentOn  *domain.Day `db:"last_spent_on" note:"business day on which points were last spent"`
}

type lotRow struct {
	CustomerID  uuid.UUID   `db:"customer_id,key" note:"whose"`
	RecordedFor *uuid.UUID  `db:"recorded_for"`
	LotID       uuid.UUID   `db:"lot_id,key" note:"the lot"`
	Points      int64       `db:"points" note:"as earned"`
	Open        int64       `db:"open_points" check:"open_points >= 0" note:"that it still holds"`
	Spent       int64       `db:"spent" note:"points spent out of it"`
	Expired     int64       `db:"expired" note:"points that expired in it, or lapsed when the customer was erased"`
	Reversed    int64       `db:"reversed" note:"points taken out of it by returns, whichever lot those concerned"`
	Repaid      int64       `db:"repaid" note:"points of it that paid what was owed"`
	EarnedOn    domain.Day  `db:"earned_on" note:"business day on which it was earned"`
	ExpiresOn   *domain.Day `db:"expires_on" note:"last business day on which it can be spent; null where it does not expire"`
	PurchaseID  *uuid.UUID  `db:"purchase_id" note:"purchase that earned it"`
	For         *string     `db:"earned_for" note:"Personal: what earned it"`
}

type ledgerRow struct {
	CustomerID  uuid.UUID  `db:"customer_id,key" note:"whose"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
	Position    int64      `db:"position,key" note:"place in the log of the fact that moved the points"`
	Revision    int64      `db:"revision" note:"of the customer's stream: the fact that moved the points"`
	LotID       uuid.UUID  `db:"lot_id,key" note:"the lot"`
	Kind        string     `db:"kind,key" among:"earned,repaid,spent,reversed,expired,erased" note:"earned, repaid, spent, reversed or expired; erased where they lapsed when the customer was erased"`
	Points      int64      `db:"points" note:"into the lot if positive, out of it if negative"`
	MovedOn     domain.Day `db:"moved_on" note:"business day"`
	DocumentID  *uuid.UUID `db:"document_id" note:"the purchase that earned, the spending, or the return"`
	For         *string    `db:"spent_for" note:"Personal: what the customer got"`
	Department  *string    `db:"department" note:"that recorded it"`
	Actor       *string    `db:"actor" note:"who did"`
}

type lotKey struct{ customer, lot uuid.UUID }

var (
	accountRows = keyedRows("loyalty_account",
		"Every account of loyalty points: balance - owed = earned - spent - expired - reversed.", func(id uuid.UUID) accountRow { return accountRow{CustomerID: id} })
	lotRows = keyedRows("points_lots",
		"Every lot of points: points = open_points + spent + expired + reversed + repaid.", func(k lotKey) lotRow {
			return lotRow{CustomerID: k.customer, LotID: k.lot}
		})
	ledgerRows = added[ledgerRow]("points_ledger",
		"Every movement of points into a lot or out of it. A customer's rows sum up to their balance.")
)
