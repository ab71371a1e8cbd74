package commands

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

func Test64WritersSpendTheSamePoints(t *testing.T) {
	store, err := embedded.Open(filepath.Join(t.TempDir(), "log"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	services := []*Service{newService(store), newService(store)}
	handle(t, services[0], of(register()))
	soon := domain.DayOf(noon, noon.Location()) + 1
	handle(t, services[0], of(customer.EarnPoints{LotID: uuid.UUID{1}, Points: 60}))
	handle(t, services[0], of(customer.EarnPoints{LotID: uuid.UUID{2}, Points: 50, ExpiresOn: &soon}))
	var accepted atomic.Int64
	var wg sync.WaitGroup
	for i := range 64 {
		spend := of(customer.SpendPoints{SpendID: uuid.UUID{3, byte(i)}, Points: 5})
		wg.Go(func() {
			// Each writer asks both processes, as one does who got no answer.
			_, first := services[i%2].Customers.Handle(context.Background(), spend)
			_, second := services[1-i%2].Customers.Handle(context.Background(), spend)
			if first == nil {
				accepted.Add(1)
			} else if !errors.Is(first, customer.ErrTooFewPoints) {
				t.Error(first)
			}
			if (first == nil) != (second == nil) {
				t.Errorf("the same spending was answered %v, and again %v", first, second)
			}
		})
	}
	wg.Wait()
	left := map[uuid.UUID]int64{}
	spends := map[uuid.UUID]bool{}
	for _, r := range recorded(t, store, customer.Stream(alice)) {
		switch e := r.Event.(type) {
		case customer.PointsEarned:
			left[e.LotID] = e.Points
		case customer.PointsSpent:
			if spends[e.SpendID] {
				t.Errorf("spending %s is in the log twice", e.SpendID)
			}
			spends[e.SpendID] = true
			for _, taken := range e.Taken {
				if left[taken.LotID] -= taken.Points; left[taken.LotID] < 0 {
					t.Fatalf("lot %s holds %d points", taken.LotID, left[taken.LotID])
				}
			}
		}
	}
	if len(spends) != 22 || accepted.Load() != 22 || left[uuid.UUID{1}] != 0 || left[uuid.UUID{2}] != 0 {
		t.Errorf("110 points, 5 a time: %d spendings in the log, %d accepted, %v left", len(spends), accepted.Load(), left)
	}
	sameFold(t, services[0], customer.Stream(alice))
}
