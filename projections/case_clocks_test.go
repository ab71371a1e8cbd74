package projections

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

// A customer waits twice for a next response: once through a pause and in time, once in vain.
func TestNextResponses(t *testing.T) {
	for _, remembered := range []int{0, 1} { // rows stay in memory; hardly any does
		w := newWorld(t, func(c *Config) { c.Memory = remembered })
		w.start()
		w.register("ann", "2024-01-01")
		w.register("bob", "2024-01-01")
		ann, question := streamOf("ann"), uuid.UUID{1}
		at := func(text string) *time.Time {
			when, err := time.Parse("2006-01-02 15:04", text)
			if err != nil {
				t.Fatal(err)
			}
			return &when
		}
		w.append(ann, "2024-01-02 10:00", customer.CaseOpened{CaseID: question, Type: customer.Question, Priority: customer.Normal,
			OpenedOn: mustDay(t, "2024-01-02"), RespondBy: *at("2024-01-02 18:00"), ResolveBy: *at("2024-01-05 10:00"), PolicyVersion: 3})
		w.append(ann, "2024-01-02 10:30", customer.CaseReplied{CaseID: question, ReplyID: uuid.UUID{9}})
		w.append(ann, "2024-01-02 11:00", customer.CaseResponded{CaseID: question, ResponseID: uuid.UUID{2}, First: true})
		w.append(ann, "2024-01-02 12:00", customer.CaseReplied{CaseID: question, ReplyID: uuid.UUID{3}, Awaits: true,
			NextBy: at("2024-01-02 14:00"), PolicyVersion: 3})
		w.closeDay("2024-01-01")
		w.settle()
		due := func() string {
			days, err := w.reader.Due(w.ctx, mustDay(t, "2024-02-01"))
			if err != nil {
				t.Fatal(err)
			}
			if day, ok := days[who("ann")]; ok {
				return day.String()
			}
			return "never"
		}
		expect(t, "due", due(), "2024-01-02")
		w.append(ann, "2024-01-02 13:00", customer.CasePaused{CaseID: question, NextLeftS: ptr(int64(3600)), ResolveLeftS: ptr(int64(248400))})
		w.settle()
		expect(t, "due while paused", due(), "never")
		w.append(ann, "2024-01-03 09:00", customer.CaseResumed{CaseID: question, NextBy: at("2024-01-03 10:00"), ResolveBy: at("2024-01-06 06:00")})
		w.append(ann, "2024-01-03 09:30", customer.CaseResponded{CaseID: question, ResponseID: uuid.UUID{4}})
		w.append(ann, "2024-01-03 12:00", customer.CaseReplied{CaseID: question, ReplyID: uuid.UUID{5}, Awaits: true,
			NextBy: at("2024-01-03 14:00"), PolicyVersion: 3})
		w.append(ann, "2024-01-03 23:59", customer.CaseBreached{CaseID: question, Clock: customer.NextResponseClock, By: *at("2024-01-03 14:00")})
		w.append(ann, "2024-01-04 08:00", customer.CaseReplied{CaseID: question, ReplyID: uuid.UUID{6}})
		w.settle()
		w.append(ann, "2024-01-04 12:00", customer.CaseResponded{CaseID: question, ResponseID: uuid.UUID{7}})
		w.closeDay("2024-01-04")
		w.settle()
		expect(t, "due when it was answered", due(), "2024-01-06")
		expect(t, "clocks", w.text(`SELECT clock, number, target_s, due_at IS NULL, ran_s, ended_at, breached, breached_on
			FROM case_clock ORDER BY clock, number`), `
next_response 1 7200 true 5400 2024-01-03 false <nil>
next_response 2 7200 true 86400 2024-01-04 true 2024-01-03
resolution 1 259200 false 10800 <nil> false <nil>
response 1 28800 true 3600 2024-01-02 false <nil>`)
		expect(t, "the case", w.text("SELECT responses, replies, waits, policy_version FROM case_current"), "3 4 2 3")
		expect(t, "service_kpi_daily", w.text(`SELECT day, response_s_mean::float8, next_response_s_mean::float8, breaches, response_breaches,
			next_response_breaches, resolution_breaches, backlog FROM service_kpi_daily ORDER BY day`), `
2024-01-02 3600 <nil> 0 0 0 0 1
2024-01-03 <nil> 5400 1 0 1 0 1
2024-01-04 <nil> 86400 0 0 0 0 1`)
		live := w.checksums()
		if err := w.engine.Rebuild(w.ctx); err != nil {
			t.Fatal(err)
		}
		for table, sum := range w.checksums() {
			if live[table] != sum {
				t.Errorf("%s: %s live, %s rebuilt", table, live[table], sum)
			}
		}
	}
}
