package projections

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

func TestCases(t *testing.T) {
	for _, remembered := range []int{0, 1} { // rows stay in memory; hardly any does
		w := newWorld(t, func(c *Config) { c.Memory = remembered })
		w.start()
		w.register("ann", "2024-01-01")
		ann := streamOf("ann")
		w.segment("unhappy", 1, "complaints_open > 0 || complaints_in(7) > 1")
		noise, again, question := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}
		opened := func(id uuid.UUID, kind customer.CaseType, at string, repeat *uuid.UUID) customer.CaseOpened {
			when, err := time.Parse("2006-01-02 15:04", at)
			if err != nil {
				t.Fatal(err)
			}
			return customer.CaseOpened{CaseID: id, Type: kind, Category: "noise", Priority: customer.Normal,
				OpenedOn: mustDay(t, at[:10]), RespondBy: when.Add(8 * time.Hour), ResolveBy: when.Add(72 * time.Hour), RepeatOf: repeat}
		}
		first := opened(noise, customer.Complaint, "2024-01-02 10:00", nil)
		w.append(ann, "2024-01-02 10:00", first)
		w.append(ann, "2024-01-02 11:00", customer.CaseAssigned{CaseID: noise, Assignee: "zoe", Queue: "lifts"})
		w.settle()
		w.append(ann, "2024-01-02 12:00", customer.CasePaused{CaseID: noise, RespondLeftS: ptr(int64(6 * 3600)), ResolveLeftS: ptr(int64(70 * 3600))})
		w.closeDay("2024-01-02")
		w.settle()
		if due, err := w.reader.Due(w.ctx, mustDay(t, "2024-02-01")); err != nil || len(due) != 0 {
			t.Errorf("due while paused: %v, %v", due, err)
		}
		clocks := func() string {
			return w.text(`SELECT clock, target_s, due_at, ran_s, running_since IS NOT NULL, ended_at, breached, breached_on
				FROM case_clock WHERE case_id = $1 ORDER BY clock DESC`, [16]byte(noise))
		}
		expect(t, "clocks that stand", clocks(), `
response 28800 <nil> 7200 false <nil> false <nil>
resolution 259200 <nil> 7200 false <nil> false <nil>`)
		respond, resolve := first.RespondBy.AddDate(0, 0, 2), first.ResolveBy.AddDate(0, 0, 2)
		w.append(ann, "2024-01-04 12:00", customer.CaseResumed{CaseID: noise, RespondBy: &respond, ResolveBy: &resolve})
		w.settle()
		if due, err := w.reader.Due(w.ctx, mustDay(t, "2024-02-01")); err != nil || due[who("ann")] != mustDay(t, "2024-01-04") {
			t.Errorf("due: %v, %v", due, err)
		}
		w.append(ann, "2024-01-04 23:59", customer.CaseBreached{CaseID: noise, Clock: customer.ResponseClock, By: respond})
		w.append(ann, "2024-01-05 12:00", customer.CaseResponded{CaseID: noise, ResponseID: uuid.UUID{4}, First: true})
		w.append(ann, "2024-01-05 13:00", customer.CaseEscalated{CaseID: noise, To: "head"})
		w.append(ann, "2024-01-05 14:00", customer.CaseResolved{CaseID: noise, Type: customer.Complaint, RootCause: "dry bearing",
			Action: customer.PreventiveAction, Compensation: &customer.Granted{AmountMinor: 2500, Currency: "EUR"}})
		w.append(ann, "2024-01-05 15:00", opened(question, customer.Question, "2024-01-05 15:00", nil))
		w.append(ann, "2024-01-05 15:30", customer.CaseResolved{CaseID: question, Type: customer.Question,
			Action: customer.CorrectiveAction, FirstContact: true})
		w.append(ann, "2024-01-05 16:00", customer.CaseClosed{CaseID: question})
		w.closeDay("2024-01-05")
		w.settle()
		expect(t, "clocks that ended", clocks(), `
response 28800 <nil> 93600 false 2024-01-05 true 2024-01-04
resolution 259200 <nil> 100800 false 2024-01-05 false <nil>`)
		expect(t, "case_current", w.text(`SELECT type, state, queue, assignee, escalated_to, responses, resolved_on, root_cause, action,
			first_contact, compensation_minor, compensation_currency FROM case_current ORDER BY opened_at`), `
complaint resolved lifts zoe head 1 2024-01-05 dry bearing preventive false 2500 EUR
question closed <nil> <nil> <nil> 0 2024-01-05 <nil> corrective true <nil> <nil>`)
		w.append(ann, "2024-01-06 10:00", opened(again, customer.Complaint, "2024-01-06 10:00", &noise))
		w.append(ann, "2024-01-06 11:00", customer.CaseReopened{CaseID: noise, Type: customer.Complaint, ResolveBy: &resolve})
		w.closeDay("2024-01-06")
		w.settle()
		expect(t, "complaint_recurrence", w.text(`SELECT category, complaints, customers, repeats, repeat_share::float8, open, prevented,
			last_opened_on FROM complaint_recurrence`), "noise 2 1 1 0.5 2 1 2024-01-06")
		w.append(ann, "2024-01-06 12:00", customer.CaseResolved{CaseID: noise, Type: customer.Complaint, RootCause: "dry bearing",
			Action: customer.PreventiveAction})
		w.append(ann, "2024-01-07 12:00", customer.CaseResolved{CaseID: again, Type: customer.Complaint, RootCause: "dry bearing",
			Action: customer.PreventiveAction})
		w.closeDay("2024-01-12")
		w.settle()
		expect(t, "service_kpi_daily", w.text(`SELECT day, opened, complaints, repeats, resolved, first_contact_share::float8,
			reopened_share::float8, reopened, resolution_s_mean::float8, response_s_mean::float8, breaches, backlog FROM service_kpi_daily ORDER BY day`), `
2024-01-02 1 1 0 0 <nil> <nil> 0 <nil> <nil> 0 1
2024-01-04 0 0 0 0 <nil> <nil> 0 <nil> <nil> 1 1
2024-01-05 1 0 0 2 0.5 0.5 0 51300 47700 0 0
2024-01-06 1 1 1 1 0 0 1 104400 <nil> 0 1
2024-01-07 0 0 0 1 0 0 0 93600 93600 0 0`)
		w.append(ann, "2024-01-12 12:00", customer.ComplaintRated{CaseID: noise, Distributive: 1, Procedural: 4, Interactional: 7})
		w.append(ann, "2024-01-13 12:00", customer.ComplaintRated{CaseID: again, Distributive: 2, Procedural: 4, Interactional: 6})
		w.settle()
		expect(t, "complaint_justice", w.text(`SELECT category, month, ratings, distributive_mean::float8, procedural_mean::float8,
			interactional_mean::float8, justice_mean::float8 FROM complaint_justice`), "noise 2024-01-01 2 1.5 4 6.5 4")
		expect(t, "case_resolution", w.text(`SELECT resolved_on, resolution_s, first_contact, reopened_on, rated_on, distributive
			FROM case_resolution WHERE case_id = $1 ORDER BY number`, [16]byte(noise)), `
2024-01-05 100800 false 2024-01-06 <nil> <nil>
2024-01-06 104400 false <nil> 2024-01-12 1`)
		expect(t, "unhappy", w.text("SELECT valid_from, valid_to FROM segment_membership ORDER BY 1"), `
2024-01-02 2024-01-05
2024-01-06 2024-01-09`)
	}
}

func ptr[T any](v T) *T { return &v }
