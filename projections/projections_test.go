package projections

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain/segment"
)

func expect(t *testing.T, what, got, want string) {
	t.Helper()
	got, want = strings.TrimSpace(got), strings.TrimSpace(want)
	if got != want {
		t.Errorf("%s:\n%s", what, cmp.Diff(want, got))
	}
}

func TestACustomersFigures(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-01 10:00", 1000)
	w.buys("ann", "2024-01-01 17:00", 500)
	w.buys("ann", "2024-01-11", 3000)
	w.append(streamOf("ann"), "2024-01-15", refunded(700))
	w.register("bob", "2024-01-02")
	w.closeDay("2024-01-21")
	w.settle()
	expect(t, "customer_value", w.text(`SELECT orders, purchase_days, frequency, t_x, t_age, recency_days,
		gross_revenue_minor, returns_value_minor, net_revenue_minor, avg_order_value_minor::float8, avg_interpurchase_days::float8
		FROM customer_value WHERE customer_id = $1`, [16]byte(who("ann"))), "3 2 1 10 20 10 4500 700 3800 1500 10")
	expect(t, "bob", w.text(`SELECT orders, recency_days, net_revenue_minor FROM customer_value WHERE customer_id = $1`,
		[16]byte(who("bob"))), "0 <nil> 0")
	c, err := w.reader.Customer(w.ctx, who("ann"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Orders != 3 || *c.RecencyDays != 10 || c.BusinessDate.String() != "2024-01-21" || *c.Stage != "customer" {
		t.Errorf("customer_360: %+v", c)
	}
	entries, err := w.reader.Timeline(w.ctx, who("ann"), nil, 2)
	if err != nil || len(entries) != 2 || entries[0].Revision != 4 || *entries[0].AmountMinor != -700 {
		t.Errorf("timeline: %+v, %v", entries, err)
	}
}

func TestStagesFollowTheDays(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.register("ann", "2024-01-01")
	w.closeDay("2024-01-01")
	for _, day := range []string{"2024-01-02", "2024-01-05", "2024-01-09"} {
		w.buys("ann", day, 1000)
		w.closeDay(day)
	}
	w.closeDay("2025-06-30") // one jump over many days: each step has its own date all the same
	w.buys("ann", "2025-07-01", 1000)
	w.closeDay("2025-07-01")
	w.settle()
	expect(t, "history", w.text(`SELECT changed_on, from_stage, to_stage, reason, policy_version, evidence->'recency_days'
		FROM loyalty_stage_history ORDER BY changed_on`), `
2024-01-01 <nil> prospect became_known 1 <nil>
2024-01-02 prospect customer own_doing 1 0
2024-01-09 customer client own_doing 1 0
2024-07-08 client lapsed time_passed 1 181
2025-01-09 lapsed lost time_passed 1 366
2025-07-01 lost customer won_back 1 0`)
	expect(t, "stage", w.text("SELECT stage, since, policy_version FROM loyalty_stage"), "customer 2025-07-01 1")
	w.register("bob", "2024-01-31")
	w.settle()
	expect(t, "flows", w.text("SELECT * FROM loyalty_stage_flow WHERE month < '2024-06-01' ORDER BY 1, 2, 3"), `
2024-01-01 customer client 1
2024-01-01 prospect customer 1
2024-01-01 <nil> prospect 2`)
}

func TestWhatADayUndoesLeavesNoTrace(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.segment("rich", 1, "net_revenue >= 100.0")
	w.register("ann", "2024-01-01")
	w.closeDay("2024-01-01")
	w.buys("ann", "2024-01-02 09:00", 10000)
	w.settle() // a page ends here: they belong for now
	expect(t, "member at noon", w.text("SELECT valid_from, valid_to FROM segment_membership"), "2024-01-02 <nil>")
	w.append(streamOf("ann"), "2024-01-02 15:00", refunded(10000))
	w.closeDay("2024-01-02")
	w.settle()
	expect(t, "nobody at night", w.text("SELECT * FROM segment_membership"), "")
	w.buys("ann", "2024-01-03", 20000)
	w.closeDay("2024-01-03")
	w.append(streamOf("ann"), "2024-01-04 10:00", refunded(20000))
	w.settle()
	expect(t, "left", w.text("SELECT valid_from, valid_to FROM segment_membership"), "2024-01-03 2024-01-04")
	w.buys("ann", "2024-01-04 18:00", 50000)
	w.closeDay("2024-01-04")
	w.settle()
	expect(t, "never left", w.text("SELECT valid_from, valid_to, evidence FROM segment_membership"),
		"2024-01-03 <nil> map[net_revenue:200]")
}

func TestSegmentsDefinedRedefinedRetired(t *testing.T) {
	for _, customers := range []int{0, 1} { // all in memory; hardly any
		w := newWorld(t, func(c *Config) { c.Memory = customers })
		w.start()
		for _, name := range []string{"ann", "bob", "cyd"} {
			w.register(name, "2024-01-01")
		}
		w.buys("ann", "2024-01-01", 10000)
		w.buys("bob", "2024-01-01", 30000)
		w.closeDay("2024-01-01")
		w.segment("buyers", 1, "net_revenue >= 100.0")
		w.closeDay("2024-01-05")
		w.segment("buyers", 2, "net_revenue >= 200.0")
		w.buys("ann", "2024-01-06", 20000)
		w.closeDay("2024-01-06")
		w.settle()
		names := map[string]string{}
		for _, name := range []string{"ann", "bob", "cyd"} {
			names[who(name).String()] = name
		}
		stays := func() string {
			text := w.text(`SELECT customer_id::text, valid_from, valid_to, version, evidence->>'net_revenue'
				FROM segment_membership ORDER BY valid_from, version, evidence->>'net_revenue'`)
			for id, name := range names {
				text = strings.ReplaceAll(text, id, name)
			}
			return text
		}
		expect(t, "indicators", w.text(`SELECT segment, members, member_share::float8, buyers, orders, net_revenue_minor,
			revenue_share::float8, margin_minor, net_revenue_mean_minor::float8, avg_order_value_minor::float8,
			recency_days_mean::float8 FROM segment_kpi`), "buyers 2 0.6666666666666666 2 3 60000 1 <nil> 30000 20000 2.5")
		expect(t, "members", stays(), `
ann 2024-01-01 2024-01-05 1 100
bob 2024-01-01 2024-01-05 1 300
bob 2024-01-05 <nil> 2 300
ann 2024-01-06 <nil> 2 300`)
		members, err := w.reader.Members(w.ctx, "buyers", nil, [16]byte{}, 10, "")
		if err != nil || len(members) != 2 {
			t.Errorf("members: %v, %v", members, err)
		}
		w.closeDay("2024-01-09")
		w.append(segment.Stream("buyers"), "2024-01-01", segment.Retired{Name: "buyers", Version: 2})
		w.settle()
		expect(t, "after retirement", stays(), `
ann 2024-01-01 2024-01-05 1 100
bob 2024-01-01 2024-01-05 1 300
bob 2024-01-05 2024-01-09 2 300
ann 2024-01-06 2024-01-09 2 300`)
		expect(t, "definitions", w.text("SELECT version, status, defined_on, ended_on FROM segment_definition ORDER BY 1"),
			"1 superseded 2024-01-01 2024-01-05\n2 retired 2024-01-05 2024-01-09")
		s, err := w.reader.Segment(w.ctx, "buyers")
		if err != nil || s.Status != "retired" || s.Members != 0 || s.Version != 2 {
			t.Errorf("segment: %+v, %v", s, err)
		}
	}
}

func TestAWindowEndsByItself(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("busy", 1, "orders_in(7) >= 2")
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-01", 100)
	w.buys("ann", "2024-01-04", 100)
	for _, day := range []string{"2024-01-01", "2024-01-04", "2024-01-05", "2024-01-07", "2024-01-08", "2024-01-20"} {
		w.closeDay(day)
	}
	w.settle()
	// 01-01 is within the last 7 days up to the business date 01-07.
	expect(t, "busy", w.text("SELECT valid_from, valid_to FROM segment_membership"), "2024-01-04 2024-01-08")
}

func TestTheFirstClosedDayMayLieBack(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("quiet", 1, "recency_days >= 3")
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-01", 100)
	w.register("bob", "2024-01-05")
	w.settle()
	expect(t, "before any day is closed", w.text("SELECT business_date FROM business_date"), "2024-01-05")
	expect(t, "quiet", w.text("SELECT valid_from, valid_to FROM segment_membership"), "2024-01-04 <nil>")
	w.closeDay("2024-01-02")
	w.settle()
	expect(t, "then", w.text("SELECT business_date FROM business_date"), "2024-01-02")
	w.closeDay("2024-01-10")
	w.settle()
	expect(t, "at last", w.text("SELECT max(valid_from) FROM segment_membership WHERE valid_to IS NULL"), "2024-01-04")
}

func TestAClosedDayCostsWhatItChanges(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.segment("recent", 1, "recency_days <= 30")
	const customers = 300
	for i := range customers {
		name := fmt.Sprint(i)
		w.register(name, "2024-01-01")
		w.buys(name, fmt.Sprintf("2024-01-%02d", 1+i%20), 100) // fifteen customers a day
	}
	w.closeDay("2024-01-31")
	w.settle()
	judged := func() int {
		w.engine.mu.Lock()
		defer w.engine.mu.Unlock()
		return w.engine.writer.models.judged
	}
	for _, c := range []struct {
		day  string
		want int
	}{
		{"2024-02-01", 15}, // those of 01-01 have not bought for 31 days
		{"2024-02-02", 15},
		{"2024-02-29", 18 * 15}, // the other days' customers, each on their own day
		{"2024-03-01", 0},       // nothing changes
		{"2024-06-01", 0},
		{"2024-06-30", 15}, // lapsed, 181 days after 01-01
	} {
		before := judged()
		w.closeDay(c.day)
		w.settle()
		if n := judged() - before; n != c.want {
			t.Errorf("closing %s judged %d customers, %d change", c.day, n, c.want)
		}
	}
}
