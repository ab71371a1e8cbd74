package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// buyTwice registers people, each of whom buys twice for 30.00, and answers who they are.
func (p *process) buyTwice(people int) []string {
	p.t.Helper()
	var ids []string
	for range people {
		id := uuid.NewString()
		p.must("POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person"}`, nil)
		for range 2 {
			p.buy(id, "30.00")
		}
		ids = append(ids, id)
	}
	return ids
}

func (p *process) buy(id, price string) {
	p.t.Helper()
	p.must("POST", "/v1/customers/"+id+"/purchases",
		`{"currency":"EUR","lines":[{"sku":"tea","category":"tea","quantity":1,"unit_price":"`+price+`"}]}`, nil)
}

// Guidance recommends once what is due, whatever happens to the process, and what comes of it is measured.
func TestGuidance(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := serve(t, data)
	before := p.buyTwice(1)[0] // they are in the segment when it is defined, on the day on which the guidance is
	p.must("PUT", "/v1/segments/regulars", `{"rule":"orders_in(30) >= 2"}`, nil)
	p.must("PUT", "/v1/guidance/thank", `{"segment":"regulars","action":"thank them","reason":"they come back","assignee":"bob",
		"for_department":"sales","due_days":7,"cooldown_days":30,"expected_value":"0.5 * avg_order_value",
		"outcome":"purchase","outcome_days":14}`, nil)
	issued := func(atLeast int) {
		p.until("enough is recommended", func() (bool, string) {
			var g struct{ Issued int }
			code, answer := p.http("GET", "/v1/guidance/thank", "")
			return code == 200 && json.Unmarshal(answer, &g) == nil && g.Issued >= atLeast, string(answer)
		})
	}
	issued(1)
	if diff := cmp.Diff([]string{before + "|bob|thank them|they come back|[avg_order_value: 30 orders_in(30): 2]|1500|EUR|guidance|sales|true|1"},
		p.sql(`SELECT customer_id::text, assignee, action, reason, evidence, expected_minor, expected_currency, actor, department,
			due_on = issued_on + 7 AND outcome_until = issued_on + 14, guidance_version FROM crm.recommendation`)); diff != "" {
		t.Fatal(diff)
	}

	const people = 60
	ids := append(p.buyTwice(people), before)
	issued(2) // and perhaps not all
	p.end(syscall.SIGKILL)
	p = serve(t, data)
	issued(people + 1)
	p.buy(ids[0], "5.00") // gives it a reason to look again
	p.settled()
	if diff := cmp.Diff([]string{fmt.Sprintf("%d|%d", people+1, people+1)}, p.sql(`SELECT count(*), count(DISTINCT customer_id)
		FROM crm.customer_timeline WHERE type = 'customer.recommendation_issued.v1'`)); diff != "" {
		t.Errorf("recommended more than once:\n%s", diff)
	}

	recommendation := p.sql("SELECT recommendation_id::text FROM crm.recommendation WHERE customer_id = $1", before)[0]
	p.must("POST", "/v1/customers/"+before+"/recommendations/accepted", `{"recommendation_id":"`+recommendation+`"}`, nil)
	p.buy(before, "12.50")
	p.settled()
	want := []string{fmt.Sprintf("%d|%d|1|1|2|2|1|1|1750|%d", people+1, people, 1500*(people+1))}
	if diff := cmp.Diff(want, p.sql(`SELECT issued, open, accepted, acceptance_rate, measured, successes, success_rate,
		accepted_success_rate, revenue_minor, expected_minor FROM crm.guidance_outcome`)); diff != "" {
		t.Errorf("outcome:\n%s", diff)
	}
	p.equalsRebuild()
	if log := p.log.String(); strings.Contains(log, "recommend what guidance says") {
		t.Errorf("it complained:\n%s", log)
	}
}
