package commands

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

// Terms count from when they are published: what runs already keeps the clocks that it has.
func TestCasesFollowTheTermsInForce(t *testing.T) {
	s := newService(newLog(t))
	handle(t, s, of(register()))
	publish := func(hours int64) {
		t.Helper()
		terms := customer.DefaultServiceTerms()
		terms.Compensation = []customer.CompensationLimit{{Department: "service", Amount: decimal.Hundred}}
		for i := range terms.Targets {
			terms.Targets[i].FirstResponseS, terms.Targets[i].NextResponseS, terms.Targets[i].ResolutionS = 3600*hours, 3600*hours, 36_000*hours
		}
		_, err := s.Policies.Handle(t.Context(), Request[policy.State, policy.Needs]{Stream: policy.Stream(policy.ServiceName),
			Command: policy.PublishService{Service: terms}})
		if err != nil {
			t.Fatal(err)
		}
	}
	at := time.Date(2024, 4, 20, 12, 0, 0, 0, time.UTC)
	ask := func(c customer.Command, department string) request {
		r := of(c)
		r.Metadata.OccurredAt, r.Metadata.Department = at, department
		return r
	}
	handle(t, s, ask(customer.OpenCase{CaseID: uuid.UUID{1}, Type: customer.Incident}, ""))
	publish(2)
	handle(t, s, ask(customer.OpenCase{CaseID: uuid.UUID{2}, Type: customer.Incident}, ""))
	handle(t, s, ask(customer.RespondToCase{CaseID: uuid.UUID{2}, ResponseID: uuid.UUID{3}}, ""))
	handle(t, s, ask(customer.ReplyToCase{CaseID: uuid.UUID{2}, ReplyID: uuid.UUID{4}}, ""))
	publish(1)
	handle(t, s, ask(customer.OpenCase{CaseID: uuid.UUID{5}, Type: customer.Incident}, ""))
	resolve := customer.ResolveCase{CaseID: uuid.UUID{5}, Action: customer.CorrectiveAction,
		Compensation: &customer.Compensation{Amount: decimal.One, Currency: "EUR"}}
	refused(t, s, ask(resolve, "sales"), customer.ErrCompensationLimit)
	handle(t, s, ask(resolve, "service"))
	type clock struct {
		By      string
		Version int
	}
	var clocks []clock
	for _, r := range recorded(t, s.log.store, customer.Stream(alice)) {
		switch e := r.Event.(type) {
		case customer.CaseOpened:
			clocks = append(clocks, clock{e.RespondBy.Format("15:04"), e.PolicyVersion})
		case customer.CaseReplied:
			clocks = append(clocks, clock{e.NextBy.Format("15:04"), e.PolicyVersion})
		case customer.CaseResolved:
			clocks = append(clocks, clock{string(e.Compensation.ReportingCurrency), e.PolicyVersion})
		}
	}
	if diff := cmp.Diff([]clock{{"20:00", 0}, {"14:00", 1}, {"14:00", 1}, {"13:00", 2}, {"EUR", 2}}, clocks); diff != "" {
		t.Error(diff)
	}
}
