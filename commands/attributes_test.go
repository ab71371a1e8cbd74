package commands

import (
	"testing"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func TestEachDepartmentSpeaksForItself(t *testing.T) {
	store := newLog(t)
	s := newService(store)
	handle(t, s, of(register()))
	say := func(department, value string) Answer {
		t.Helper()
		r := of(customer.SetAttribute{Name: "income", Value: value})
		r.Metadata = domain.Metadata{Department: department, Source: "call centre"}
		return handle(t, s, r)
	}
	say("sales", "high")
	say("service", "low")
	if a := say("sales", "high"); a.Appended != 0 {
		t.Errorf("sales said it twice: %+v", a)
	}
	handle(t, s, of(customer.ResolveAttribute{Name: "income", Keep: "service"}))
	last := recorded(t, store, customer.Stream(alice))
	set, resolved := last[1].Event.(customer.AttributeSet), last[3].Event.(customer.AttributeResolved)
	if set.Department != "sales" || set.Source != "call centre" || len(last) != 4 ||
		resolved.Value != "low" || resolved.Overruled[0] != "sales" {
		t.Errorf("recorded %+v, %+v", set, resolved)
	}
}
