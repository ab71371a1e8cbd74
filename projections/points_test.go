package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestPoints(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	may, err := domain.ParseDay("2024-05-20")
	if err != nil {
		t.Fatal(err)
	}
	june := may + 20
	a, b, c, purchase, refund := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}, uuid.UUID{4}, uuid.UUID{5}
	of := func(lot uuid.UUID, points int64) customer.LotPoints {
		return customer.LotPoints{LotID: lot, Points: points}
	}
	w.append(streamOf("ann"), "2024-01-02",
		customer.PointsEarned{LotID: a, Points: 30, ExpiresOn: &may, PurchaseID: &purchase},
		customer.PointsEarned{LotID: b, Points: 50, ExpiresOn: &june})
	w.append(streamOf("ann"), "2024-01-04",
		customer.PointsSpent{SpendID: uuid.UUID{6}, Points: 70, For: "a mug", Taken: []customer.LotPoints{of(a, 30), of(b, 40)}})
	w.settle()
	w.append(streamOf("ann"), "2024-01-05", customer.PointsReversed{ReturnID: refund, LotID: a, Points: 30,
		Taken: []customer.LotPoints{of(b, 10)}, OwedPoints: 20})
	w.append(streamOf("ann"), "2024-01-06", customer.PointsEarned{LotID: c, Points: 25, RepaidPoints: 20})
	w.register("bob", "2024-01-01")
	w.append(streamOf("bob"), "2024-01-02", customer.PointsEarned{LotID: a, Points: 7, ExpiresOn: &may},
		customer.PointsEarned{LotID: b, Points: 9, ExpiresOn: &june})
	w.append(streamOf("bob"), "2024-05-20 23:59", customer.PointsExpired{LotID: a, Points: 7})
	w.settle()
	expect(t, "accounts", w.text(`SELECT balance, owed, earned, spent, expired, reversed, last_earned_on, last_spent_on
		FROM loyalty_account ORDER BY balance`), `
5 0 105 70 0 30 2024-01-06 2024-01-04
9 0 16 0 7 0 2024-01-02 <nil>`)
	expect(t, "lots", w.text(`SELECT points, open_points, spent, expired, reversed, repaid, earned_on, expires_on
		FROM points_lots WHERE customer_id = $1 ORDER BY lot_id`, [16]byte(who("ann"))), `
30 0 30 0 0 0 2024-01-02 2024-05-20
50 0 40 0 10 0 2024-01-02 2024-06-09
25 5 0 0 0 20 2024-01-06 <nil>`)
	expect(t, "ledger", w.text(`SELECT revision, kind, points, moved_on, spent_for FROM points_ledger
		WHERE customer_id = $1 ORDER BY revision, lot_id, kind`, [16]byte(who("ann"))), `
1 earned 30 2024-01-02 <nil>
2 earned 50 2024-01-02 <nil>
3 spent -30 2024-01-04 a mug
3 spent -40 2024-01-04 a mug
4 reversed -10 2024-01-05 <nil>
5 earned 25 2024-01-06 <nil>
5 repaid -20 2024-01-06 <nil>`)
	expect(t, "liability", w.text("SELECT * FROM points_liability ORDER BY expires_in"), `
2024-06-01 9 1 1
<nil> 5 1 1`)
	for _, wrong := range []string{
		"SELECT count(*) FROM loyalty_account WHERE balance - owed <> earned - spent - expired - reversed",
		"SELECT count(*) FROM points_lots WHERE points <> open_points + spent + expired + reversed + repaid",
		`SELECT count(*) FROM loyalty_account a WHERE balance <>
			(SELECT sum(points) FROM points_ledger l WHERE l.customer_id = a.customer_id)`,
	} {
		expect(t, wrong, w.text(wrong), "\n0")
	}
	next, err := w.reader.Due(w.ctx, june)
	if err != nil || len(next) != 1 || next[who("bob")] != june {
		t.Errorf("due: %v, %v", next, err)
	}
}
