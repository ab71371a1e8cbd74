package commands

import (
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
)

func TestReadsAreRecorded(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	one := access.PersonalDataRead{CustomerID: alice, Reader: "zoe", Role: "app", Operation: "getCustomer", Purpose: "T-1"}
	many := access.PersonalDataRead{Reader: "max", Role: "analyst", Operation: "getTable", Table: "customer_360"}
	const readers = 20
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			for _, e := range []access.PersonalDataRead{one, many} {
				if err := s.RecordRead(t.Context(), e, ""); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for stream, want := range map[string]access.PersonalDataRead{access.ReadsStream(alice): one, access.EveryonesReads: many} {
		found := recorded(t, store, stream)
		if len(found) != readers {
			t.Fatalf("%d reads in %s, want each of %d", len(found), stream, readers)
		}
		m := found[0].Metadata
		if diff := cmp.Diff(domain.Event(want), found[0].Event); diff != "" || m.Actor != want.Reader || !m.OccurredAt.Equal(noon) {
			t.Errorf("%s: %+v %s", stream, m, diff)
		}
	}
}

// What could not be recorded may not be shown.
func TestAReadThatCannotBeRecordedIsAnError(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	err := s.RecordRead(t.Context(), access.PersonalDataRead{CustomerID: alice, Reader: "zoe", Role: "app", Operation: "getCustomer"}, "")
	if !errors.Is(err, eventstore.ErrClosed) {
		t.Errorf("got %v", err)
	}
}
