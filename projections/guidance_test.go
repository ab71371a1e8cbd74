package projections

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/value"
)

var keepWord = guidance.Defined{Name: "keep_word", Version: 1, Terms: guidance.Terms{Segment: "promised",
	Action: "do it", Reason: "we promised", Assignee: "bob", ForDepartment: "service", DueDays: 2, CooldownDays: 3,
	ExpectedValue: "0.125 * net_revenue", Outcome: customer.PurchaseOutcome, OutcomeDays: 10}}

// liveDay answers a day that is now, or so many days from now, as text.
func liveDay(ahead int) string { return time.Now().UTC().AddDate(0, 0, ahead).Format(time.DateOnly) }

// due says for whom guidance is due.
func (w *world) due() string {
	w.t.Helper()
	w.settle()
	names := map[uuid.UUID]string{who("ann"): "ann", who("bea"): "bea", who("cid"): "cid"}
	due, err := w.reader.GuidanceDue(w.ctx, nil, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, d := range due {
		out = append(out, fmt.Sprintf("%s %d %s", d.Guidance, d.Version, names[d.CustomerID]))
	}
	return strings.Join(out, ", ")
}

// advised records what is recommended to everybody for whom guidance is due.
func (w *world) advised(at string) {
	w.t.Helper()
	w.settle()
	due, err := w.reader.GuidanceDue(w.ctx, nil, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	all, err := w.reader.Advise(w.ctx, due)
	if err != nil || len(all) != len(due) {
		w.t.Fatalf("%d of %d: %v", len(all), len(due), err)
	}
	for _, a := range all {
		c := a.Terms.Recommend(a.Case, dayOn(w.t, at))
		w.append(customer.Stream(a.CustomerID), at, customer.RecommendationIssued{RecommendationID: c.RecommendationID,
			Assignee: c.Assignee, Action: c.Action, Reason: c.Reason, Evidence: c.Evidence, DueOn: c.DueOn, Guided: &c.By})
	}
}

func (w *world) promised(name, at string, n byte) {
	w.append(streamOf(name), at, customer.PromiseMade{PromiseID: uuid.UUID{n}, What: "a call", DueOn: 40_000})
}

func (w *world) kept(name, at string, n byte) {
	w.append(streamOf(name), at, customer.PromiseKept{PromiseID: uuid.UUID{n}})
}

func TestGuidanceDue(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.append(business.Stream, "2024-01-01", business.CurrencySet{Currency: "EUR"})
	w.segment("promised", 1, "promises_open > 0")
	w.register("ann", "2024-01-01")
	w.promised("ann", "2024-01-02", 1)
	w.append(guidance.Stream("keep_word"), "2024-01-02", keepWord)
	w.register("bea", "2024-01-05")
	w.promised("bea", "2024-01-05", 1)
	expect(t, "nothing in a log of the past", w.due(), "")

	w.register("cid", liveDay(0))
	w.buys("cid", liveDay(0), 1000)
	w.promised("cid", liveDay(0), 1)
	expect(t, "whose stay began since", w.due(), "keep_word 1 cid")
	due, err := w.reader.GuidanceDue(w.ctx, nil, 100)
	if err != nil {
		t.Fatal(err)
	}
	if skipped, err := w.reader.GuidanceDue(w.ctx, map[GuidanceDue]struct{}{due[0]: {}}, 100); err != nil || len(skipped) > 0 {
		t.Errorf("left out: %v, %v", skipped, err)
	}
	advice, err := w.reader.Advise(w.ctx, due)
	if err != nil {
		t.Fatal(err)
	}
	expected := int64(125)
	if diff := cmp.Diff([]Advice{{GuidanceDue: due[0], Terms: keepWord, Case: guidance.Case{CustomerID: who("cid"),
		SegmentVersion: 1, StayFrom: dayOn(t, liveDay(0)), ExpectedMinor: &expected, Currency: "EUR",
		Evidence: map[string]any{"promises_open": 1.0, "net_revenue": 10.0}}}}, advice); diff != "" {
		t.Error(diff)
	}

	w.advised(liveDay(0))
	expect(t, "once for a stay", w.due(), "")
	w.kept("cid", liveDay(1), 1)
	w.promised("cid", liveDay(2), 2)
	w.closeDay(liveDay(5))
	expect(t, "not while it is open", w.due(), "")
	w.append(streamOf("cid"), liveDay(6), customer.RecommendationDismissed{RecommendationID: w.newest(), Reason: "busy"})
	expect(t, "after the cooldown", w.due(), "keep_word 1 cid")
	w.advised(liveDay(6))
	w.append(streamOf("cid"), liveDay(6), customer.RecommendationAccepted{RecommendationID: w.newest()})
	w.kept("cid", liveDay(7), 2)
	w.promised("cid", liveDay(8), 3)
	w.closeDay(liveDay(8))
	expect(t, "not in the cooldown", w.due(), "")
	w.closeDay(liveDay(9))
	expect(t, "once it is over", w.due(), "keep_word 1 cid")

	second := keepWord
	second.Version, second.Suggests = 2, guidance.Category
	w.append(guidance.Stream("keep_word"), liveDay(9), second)
	expect(t, "by another version", w.due(), "keep_word 2 cid")
	if due, err = w.reader.GuidanceDue(w.ctx, nil, 100); err != nil {
		t.Fatal(err)
	}
	if advice, err = w.reader.Advise(w.ctx, due); err != nil || len(advice) > 0 {
		t.Errorf("with nothing to suggest: %v, %v", advice, err)
	}
	w.append(guidance.Stream("keep_word"), liveDay(9), guidance.Retired{Name: "keep_word", Version: 2})
	expect(t, "not when it is retired", w.due(), "")
	second.Version = 3
	w.append(guidance.Stream("keep_word"), liveDay(9), second)
	expect(t, "nor in force again, for who was there", w.due(), "")
	w.settle()
	expect(t, "definitions", w.text("SELECT version, status, since::text FROM guidance_definition ORDER BY version"),
		fmt.Sprintf("1 superseded 2024-01-02\n2 retired 2024-01-02\n3 active %s", liveDay(9)))
	before := w.checksums()
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, w.checksums()); diff != "" {
		t.Errorf("a rebuild differs:\n%s", diff)
	}
}

// What a recommendation is worth may rest on the model of value in force.
func TestExpectedValueByTheModel(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.append(business.Stream, "2024-01-01", business.CurrencySet{Currency: "EUR"})
	w.segment("promised", 1, "promises_open > 0")
	byModel := keepWord
	byModel.ExpectedValue = "clv_12m"
	w.append(guidance.Stream("keep_word"), "2024-01-02", byModel)
	w.register("ann", liveDay(0))
	w.buys("ann", liveDay(0), 1000)
	w.promised("ann", liveDay(0), 1)
	expected := func() *int64 {
		t.Helper()
		w.settle()
		due, err := w.reader.GuidanceDue(w.ctx, nil, 100)
		if err != nil || len(due) != 1 {
			t.Fatalf("due: %v, %v", due, err)
		}
		advice, err := w.reader.Advise(w.ctx, due)
		if err != nil || len(advice) != 1 {
			t.Fatalf("advice: %v, %v", advice, err)
		}
		return advice[0].Case.ExpectedMinor
	}
	if minor := expected(); minor != nil {
		t.Errorf("%d expected without a model", *minor)
	}
	w.fit(liveDay(0), value.BGNBD)
	minor := expected()
	if minor == nil {
		t.Fatal("nothing is expected in spite of a model")
	}
	expect(t, "as the table has it", fmt.Sprint(*minor), w.text("SELECT round(clv_12m_minor)::bigint FROM clv"))
}

// newest answers the recommendation that was issued last.
func (w *world) newest() uuid.UUID {
	w.t.Helper()
	w.settle()
	return w.query("SELECT recommendation_id FROM recommendation ORDER BY issued_at DESC LIMIT 1")[0][0].([16]byte)
}

func TestGuidanceOutcome(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	n := byte(0)
	recommended := func(name string, outcome customer.Outcome, at string, expected int64) uuid.UUID {
		n++
		id := uuid.UUID{n}
		g := customer.Guided{Guidance: string(outcome), Version: 1, Segment: "s", SegmentVersion: 1, StayFrom: dayOn(t, at[:10]),
			Outcome: outcome, OutcomeDays: 10, ExpectedMinor: &expected, Currency: "EUR"}
		w.append(streamOf(name), at, customer.RecommendationIssued{RecommendationID: id, Assignee: "bob", Action: "call",
			Reason: "so", DueOn: g.StayFrom + 5, Guided: &g})
		return id
	}
	for _, outcome := range customer.Outcomes {
		terms := keepWord.Terms
		terms.Outcome = outcome
		w.append(guidance.Stream(string(outcome)), "2024-01-01", guidance.Defined{Name: string(outcome), Version: 1, Terms: terms})
	}
	at := "2024-02-01 12:00"
	lot, complaint := uuid.UUID{90}, uuid.UUID{91}
	w.append(streamOf("ann"), "2024-01-15", customer.PointsEarned{LotID: lot, Points: 10},
		customer.CaseOpened{CaseID: complaint, Type: customer.Complaint, Priority: customer.Normal},
		customer.MaintenanceScheduled{MaintenanceID: lot, AssetID: lot, DueOn: dayOn(t, "2024-03-01")})
	w.buys("ann", "2024-02-01 11:59", 100) // before it is recommended
	bought := recommended("ann", customer.PurchaseOutcome, at, 500)
	for _, outcome := range []customer.Outcome{customer.ComplaintResolved, customer.MaintenanceCompleted, customer.PointsUsed,
		customer.ContactOutcome, customer.NoOutcome} {
		recommended("ann", outcome, at, 500)
	}
	w.append(streamOf("ann"), at, customer.RecommendationAccepted{RecommendationID: bought})
	w.buys("ann", "2024-02-03", 200)
	w.buys("ann", "2024-02-11 23:00", 30) // the last day
	w.buys("ann", "2024-02-12", 4)
	w.append(streamOf("ann"), "2024-02-05", customer.CaseResolved{CaseID: complaint, Type: customer.Complaint, Action: "corrective"})
	w.append(streamOf("ann"), "2024-02-06", customer.MaintenancePerformed{MaintenanceID: lot, AssetID: lot})
	w.append(streamOf("ann"), "2024-02-07", customer.PointsSpent{SpendID: lot, Points: 4, Taken: []customer.LotPoints{{LotID: lot, Points: 4}}})
	w.append(streamOf("ann"), "2024-02-08", customer.InteractionRecorded{InteractionID: lot, Kind: "call", Direction: customer.Outbound})
	for _, name := range []string{"bea", "cid"} { // who do nothing
		w.register(name, "2024-01-01")
	}
	recommended("bea", customer.PurchaseOutcome, at, 500)
	dismissed := recommended("cid", customer.PurchaseOutcome, "2024-02-05", 250)
	w.append(streamOf("cid"), "2024-02-06", customer.RecommendationDismissed{RecommendationID: dismissed, Reason: "moved"})
	w.append(streamOf("bea"), "2024-02-06 23:59", customer.RecommendationOverdue{RecommendationID: uuid.UUID{7}})
	w.closeDay("2024-02-11") // settles bea's, not cid's
	w.settle()
	expect(t, "each recommendation", w.text(`SELECT outcome, outcome_on, measured, revenue_minor, outcome_until::text
		FROM recommendation_outcome ORDER BY recommendation_id`), `
purchase 2024-02-03 true 230 2024-02-11
complaint_resolved 2024-02-05 true <nil> 2024-02-11
maintenance_performed 2024-02-06 true <nil> 2024-02-11
points_spent 2024-02-07 true <nil> 2024-02-11
contact 2024-02-08 true <nil> 2024-02-11
purchase <nil> true <nil> 2024-02-11
purchase <nil> false <nil> 2024-02-15`)
	expect(t, "each guidance", w.text(`SELECT guidance, issued, open, accepted, dismissed, overdue, acceptance_rate, measured, successes,
		success_rate, accepted_success_rate, revenue_minor, expected_minor, expected
		FROM guidance_outcome WHERE guidance IN ('purchase', 'none') ORDER BY guidance`), `
none 1 1 0 0 0 <nil> 0 0 <nil> <nil> 0 500 1
purchase 3 1 1 1 1 0.5 2 1 0.5 1 230 1250 3`)
	all, err := w.reader.AllGuidance(w.ctx)
	if err != nil || len(all) != len(customer.Outcomes) {
		t.Fatalf("%d of %d: %v", len(all), len(customer.Outcomes), err)
	}
	one, err := w.reader.Guidance(w.ctx, "purchase")
	if err != nil || one.Issued != 3 || one.Successes != 1 || one.Action != "do it" {
		t.Errorf("%+v, %v", one, err)
	}
}

func TestCategories(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	buys := func(name, at string, lines ...string) {
		e := customer.PurchaseRecorded{PurchaseID: uuid.New(), Currency: "EUR", ReportingCurrency: "EUR"}
		for i, category := range lines {
			e.Lines = append(e.Lines, customer.PurchasedLine{Line: customer.Line{SKU: fmt.Sprint(i), Category: category},
				ReportingMinor: 100})
		}
		w.append(streamOf(name), at, e)
	}
	w.segment("buyers", 1, "orders > 0")
	suggest := keepWord
	suggest.Name, suggest.Segment, suggest.Suggests, suggest.ExpectedValue = "offer", "buyers", guidance.Category, ""
	w.append(guidance.Stream("offer"), liveDay(0), suggest)
	for i := range 6 { // who buy coffee and cups, each of the two first in three of them
		name := fmt.Sprint("both", i)
		w.register(name, liveDay(0))
		buys(name, liveDay(0), []string{"coffee", "cups"}[i%2], "")
		buys(name, liveDay(0), []string{"cups", "coffee"}[i%2], "coffee")
	}
	for i := range 4 { // who buy tea, and three of them books
		name := fmt.Sprint("tea", i)
		w.register(name, liveDay(0))
		buys(name, liveDay(0), []string{"tea", "books"}[:1+min(i, 1)]...)
	}
	w.register("ann", liveDay(0))
	buys("ann", liveDay(0), "coffee", "coffee", "tea")
	w.settle()
	expect(t, "sales", w.text("SELECT category, customers, spend_minor FROM category_sales ORDER BY 1"), `
 11 2800
books 3 300
coffee 7 1400
cups 6 600
tea 5 500`)
	expect(t, "affinity", w.text(`SELECT category, other_category, customers, other_customers, both_customers, everybody,
		round(share::numeric, 3)::text, round(lift::numeric, 3)::text FROM category_affinity WHERE category IN ('coffee', 'tea') ORDER BY 1, 2`), `
coffee cups 7 6 6 11 0.857 1.571
coffee tea 7 5 1 11 0.143 0.314
tea books 5 3 3 11 0.600 2.200
tea coffee 5 7 1 11 0.200 0.314`)
	expect(t, "ann's tastes", w.text(`SELECT category, lines, spend_minor, round(share::numeric, 3)::text, round(lift::numeric, 3)::text
		FROM customer_category WHERE customer_id = $1 ORDER BY 1`, [16]byte(who("ann"))), `
coffee 2 200 0.667 1.333
tea 1 100 0.333 1.867`)
	due, err := w.reader.GuidanceDue(w.ctx, nil, 100)
	if err != nil || len(due) != 11 {
		t.Fatalf("%d due, %v", len(due), err)
	}
	// Too few buy books with tea; whoever buys both knows both already.
	advice, err := w.reader.Advise(w.ctx, due)
	if err != nil || len(advice) != 1 || advice[0].CustomerID != who("ann") {
		t.Fatalf("%v, %v", advice, err)
	}
	advice[0].Case.Affinity.Lift = 1.571
	if diff := cmp.Diff(&guidance.Affinity{Category: "coffee", Other: "cups", Customers: 7, Both: 6, Lift: 1.571},
		advice[0].Case.Affinity); diff != "" {
		t.Error(diff)
	}
	w.append(streamOf("tea0"), liveDay(1), customer.Merged{Into: who("ann")})
	buys("ann", liveDay(1), "cups")
	buys("tea0", liveDay(1), "coffee")
	w.append(streamOf("tea0"), liveDay(2), customer.SplitOff{From: who("ann")})
	buys("tea0", liveDay(2), "coffee", "cups")
	w.settle()
	before := w.checksums()
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, w.checksums()); diff != "" {
		t.Errorf("a rebuild differs:\n%s", diff)
	}
	expect(t, "everybody counts once", w.text("SELECT max(customers), max(spend_minor) FROM category_sales"), "11 3200")
}
