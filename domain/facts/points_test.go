package facts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
)

func TestPoints(t *testing.T) {
	a, b, c := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}
	first, second := domain.Day(140), domain.Day(150)
	of := func(lot uuid.UUID, points int64) []customer.LotPoints {
		return []customer.LotPoints{{LotID: lot, Points: points}}
	}
	story := []domaintest.Happening{
		{Event: customer.PointsEarned{LotID: a, Points: 30, ExpiresOn: &first}, On: 100},
		{Event: customer.PointsEarned{LotID: b, Points: 20, ExpiresOn: &second}, On: 100},
		{Event: customer.PointsEarned{LotID: c, Points: 10}, On: 100},
		{Event: customer.PointsSpent{Points: 5, Taken: of(a, 5)}, On: 101},
		{Event: customer.PointsReversed{LotID: b, Points: 20, Taken: of(b, 12), OwedPoints: 8}, On: 102},
		{Event: customer.PointsEarned{LotID: uuid.UUID{4}, Points: 8, RepaidPoints: 8, ExpiresOn: &first}, On: 103},
	}
	for _, k := range []struct {
		events   int
		on       domain.Day
		days     int
		want     []int64    // points_balance, points_earned, points_spent, points_expiring_in
		next     domain.Day // on which points_expiring_in changes; 0 for never
		deadline domain.Day
	}{
		{0, 100, 30, []int64{0, 0, 0, 0}, 0, 0},
		{3, 109, 30, []int64{60, 60, 0, 0}, 110, 140},
		{3, 110, 30, []int64{60, 60, 0, 30}, 120, 140},
		{4, 119, 30, []int64{55, 60, 5, 25}, 120, 140},
		{5, 120, 30, []int64{43, 40, 5, 33}, 0, 140},
		{6, 145, 30, []int64{43, 48, 5, 33}, 0, 140},
	} {
		folded := domaintest.Fold(story[:k.events])
		var got []int64
		for _, name := range []string{"points_balance", "points_earned", "points_spent", "points_expiring_in"} {
			v, _ := facts.Find(name).Value(&folded, k.on, k.days)
			got = append(got, v.(int64))
		}
		if diff := cmp.Diff(k.want, got); diff != "" {
			t.Errorf("after %d events, on %d:\n%s", k.events, k.on, diff)
		}
		if next, ok := facts.Find("points_expiring_in").NextChange(&folded, k.on, k.days); ok != (k.next != 0) || ok && next != k.next {
			t.Errorf("after %d events, on %d: next change %d, %v; want %d", k.events, k.on, next, ok, k.next)
		}
		if due, ok := folded.Deadlines.Next(); ok != (k.deadline != 0) || ok && due != k.deadline {
			t.Errorf("after %d events: due on %d, %v; want %d", k.events, due, ok, k.deadline)
		}
	}
	folded := domaintest.Fold(append(story, domaintest.Happening{Event: customer.PointsExpired{LotID: a, Points: 25}, On: 140}))
	if balance := folded.Points.Balance(); balance != 18 || folded.Points.Owed != 0 {
		t.Errorf("%d points, %d owed", balance, folded.Points.Owed)
	}
	if due, ok := folded.Deadlines.Next(); !ok || due != second {
		t.Errorf("due on %d, %v", due, ok)
	}
}
