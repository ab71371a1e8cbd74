package commands

import (
	"context"
	"errors"
	"testing"

	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
)

func TestAFitIsDecidedOnWhatWasBought(t *testing.T) {
	var asked []value.Fit
	base := value.Base{AsOf: 19_800, Currency: "EUR"}
	often := []int64{0, 0, 0, 0, 0, 1, 1, 2, 4, 11}
	for i := range int64(300) {
		age, repeats := 100+i%97, often[i%10]
		last := min(repeats, 1) * age * (i%7 + 1) / 8
		base.Customers = append(base.Customers, value.Customer{History: value.HistoryOf(repeats, last, age), Mean: float64(10 + i%13)})
	}
	s := New(newLog(t), eventstore.NewCodec(), Options{Purchases: func(_ context.Context, f value.Fit) (value.Base, error) {
		asked = append(asked, f)
		return base, nil
	}})
	fit := func(c value.Fit) (Answer, error) {
		return s.ValueModel.Handle(t.Context(), Request[value.State, value.Needs]{Stream: value.Stream, Command: c})
	}
	if a, err := fit(value.Fit{}); err != nil || a.Appended != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	if a, err := fit(value.Fit{}); err != nil || a.Appended != 0 {
		t.Errorf("the same again: %+v, %v", a, err)
	}
	if _, err := fit(value.Fit{Model: "crystal_ball"}); !errors.Is(err, value.ErrModel) || len(asked) != 2 {
		t.Errorf("a senseless fit: %v; asked %d times what was bought", err, len(asked))
	}
	base.Customers = nil
	if _, err := fit(value.Fit{}); !errors.Is(err, value.ErrFewRepeaters) {
		t.Errorf("nobody bought: %v", err)
	}
	if _, err := newService(newLog(t)).ValueModel.Handle(t.Context(), Request[value.State, value.Needs]{Stream: value.Stream,
		Command: value.Fit{}}); !errors.Is(err, errNoPurchases) {
		t.Errorf("without a way to look at purchases: %v", err)
	}
}
