package projections

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/value"
)

// business sums up what the tables say of the business, whatever the order in which it was recorded.
func (w *world) business() map[string]string {
	w.t.Helper()
	w.settle()
	sums, err := w.reader.BusinessChecksums(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]string{}
	for _, s := range sums {
		out[s.Table] = fmt.Sprintf("%d rows %s", s.Rows, s.Digest)
	}
	return out
}

// filled waits until everybody is judged by all rules.
func (w *world) filled() {
	w.t.Helper()
	w.settle()
	for deadline := time.Now().Add(30 * time.Second); ; {
		w.engine.mu.Lock()
		behind := w.engine.writer.behind()
		w.engine.mu.Unlock()
		if !behind {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatal("changes of the rules are not filled in")
		}
		<-time.After(time.Millisecond)
	}
}

// happening is a fact, and when it happened.
type happening struct {
	stream string
	at     time.Time
	event  domain.Event
}

// tell records facts in an order, with ids that do not depend on it.
func (w *world) tell(happenings []happening) {
	w.t.Helper()
	for _, h := range happenings {
		id := uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, h.stream, h.at, h.event))
		p, err := w.codec.Encode(w.ctx, h.stream, id, h.event, domain.Metadata{OccurredAt: h.at})
		if err != nil {
			w.t.Fatal(err)
		}
		w.propose(h.stream, p)
	}
}

func at(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t.Add(12 * time.Hour)
}

// What customers did is told customer by customer, year by year, or as it happened: the steps and stays are the same.
func TestAHistoryToldLaterIsTheSame(t *testing.T) {
	buys := func(name, day string) happening {
		return happening{streamOf(name), at(day), bought(who(name+day), 1000)}
	}
	var early, late []happening
	for i := range 20 {
		name := fmt.Sprint(i)
		first := happening{streamOf(name), at("2023-01-01"), customer.Registered{Kind: customer.Person, Name: name}}
		facts := []happening{first, buys(name, "2023-01-04"), buys(name, "2024-02-08"), buys(name, "2025-01-20")}
		if i%2 == 0 {
			early = append(early, facts...)
		} else {
			late = append(late, facts...)
		}
	}
	sorted := slices.SortedStableFunc(slices.Values(append(slices.Clone(early), late...)),
		func(a, b happening) int { return a.at.Compare(b.at) })
	var want map[string]string
	for i, order := range [][]happening{sorted, append(slices.Clone(early), late...), append(slices.Clone(late), early...)} {
		w := newWorld(t, func(c *Config) { c.PageEvents = 7 })
		w.ladder()
		w.segment("quiet", 1, "recency_days > 90")
		w.start()
		for _, h := range order {
			w.tell([]happening{h})
			if h.stream == order[0].stream {
				w.settle() // pages end at different places
			}
		}
		got := w.business()
		expect(t, "steps of one", w.text(`SELECT changed_on, to_stage, reason FROM loyalty_stage_history
			WHERE customer_id = $1 ORDER BY 1`, [16]byte(who("1"))), `
2023-01-01 prospect became_known
2023-01-04 customer own_doing
2023-07-04 lapsed time_passed
2024-01-05 lost time_passed
2024-02-08 customer won_back
2024-08-07 lapsed time_passed
2025-01-20 customer won_back`)
		if n := w.text("SELECT count(*) FROM loyalty_stage_history WHERE reason = 'won_back'"); n != "40\n" {
			t.Errorf("order %d: %s won back", i, n)
		}
		if want == nil {
			want = got
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("order %d:\n%s", i, diff)
		}
		w.stop()
	}
}

// A customer's year is told before the one that came earlier.
func TestAYearToldBeforeTheEarlierOne(t *testing.T) {
	var years [2][]happening
	for i, year := range []string{"2023", "2024"} {
		for month := 1; month <= 12; month += 3 {
			day := fmt.Sprintf("%s-%02d-10", year, month)
			years[i] = append(years[i], happening{streamOf("ann"), at(day), bought(who(day), 1000)},
				happening{streamOf("ann"), at(day).Add(time.Hour), customer.InteractionRecorded{
					InteractionID: who("call" + day), Kind: "call", Direction: customer.Inbound}})
		}
	}
	registered := []happening{{streamOf("ann"), at("2022-12-31"), customer.Registered{Kind: customer.Person, Name: "Ann"}}}
	var sums []map[string]string
	for _, order := range [][]happening{append(years[0], years[1]...), append(years[1], years[0]...)} {
		w := newWorld(t, nil)
		w.ladder()
		w.start()
		w.tell(registered)
		for _, h := range order {
			w.tell([]happening{h})
			w.settle()
		}
		sums = append(sums, w.business())
		w.stop()
	}
	if diff := cmp.Diff(sums[0], sums[1]); diff != "" {
		t.Errorf("in order and not:\n%s", diff)
	}
}

// A customer who bought of more than fifty categories counts in every pair.
func TestEveryPairOfCategoriesCounts(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	basket := func(categories int) customer.PurchaseRecorded {
		p := customer.PurchaseRecorded{PurchaseID: uuid.New(), Currency: "EUR", ReportingCurrency: "EUR"}
		for i := range categories {
			p.Lines = append(p.Lines, customer.PurchasedLine{Line: customer.Line{SKU: fmt.Sprint("s", i),
				Category: fmt.Sprintf("cat%02d", i), Quantity: decimal.One, UnitPrice: decimal.One}, AmountMinor: 100, ReportingMinor: 100})
			p.TotalMinor, p.ReportingTotalMinor = p.TotalMinor+100, p.ReportingTotalMinor+100
		}
		return p
	}
	w.append(streamOf("p"), "2024-01-01", basket(51))
	w.append(streamOf("q"), "2024-01-01", basket(2))
	w.settle()
	expect(t, "affinity", w.text(`SELECT both_customers, lift FROM category_affinity
		WHERE category = 'cat00' AND other_category = 'cat01'`), "2 1")
	w.rebuilt()
}

// random is a life of some customers with rules, merges, splits and an erasure, in the order in which it happened.
func random(seed uint64) (rules, facts []happening) {
	r := rand.New(rand.NewPCG(seed, 3))
	first := at("2024-01-01")
	day := func(d int) time.Time { return first.AddDate(0, 0, d).Add(time.Duration(r.IntN(36000)) * time.Second) }
	for c := range 6 {
		facts = append(facts, happening{streamOf(fmt.Sprint(c)), first, customer.Registered{Kind: customer.Person, Name: fmt.Sprint(c)}})
	}
	for d := range 400 {
		for range r.IntN(3) {
			name := fmt.Sprint(r.IntN(6))
			when := day(d)
			switch r.IntN(8) {
			case 0:
				facts = append(facts, happening{streamOf(name), when, refunded(int64(r.IntN(500)))})
			case 1:
				facts = append(facts, happening{streamOf(name), when, customer.InteractionRecorded{InteractionID: uuid.New(),
					Kind: "call", Direction: customer.Inbound}})
			case 2:
				promise := uuid.New()
				facts = append(facts, happening{streamOf(name), when, customer.PromiseMade{PromiseID: promise, What: "call"}},
					happening{streamOf(name), when.Add(time.Minute), customer.PromiseKept{PromiseID: promise}})
			default:
				facts = append(facts, happening{streamOf(name), when, bought(uuid.New(), int64(100+r.IntN(5000)))})
			}
		}
		switch d {
		case 100, 300:
			facts = append(facts, happening{streamOf("1"), day(d), customer.Merged{Into: who("0")}})
		case 200:
			facts = append(facts, happening{streamOf("1"), day(d), customer.SplitOff{From: who("0")}})
		case 150:
			facts = append(facts, happening{streamOf("3"), day(d), customer.Merged{Into: who("2")}})
		}
	}
	slices.SortStableFunc(facts, func(a, b happening) int { return a.at.Compare(b.at) })
	return nil, facts
}

// Facts that arrive in any order, by pages of any size, with restarts and with hardly anything in memory, come to the
// tables of an ordered run; and these are what a rebuild makes.
func TestLongTheOrderOfArrivalDoesNotShow(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3} {
		_, facts := random(seed)
		ordered := newWorld(t, nil)
		shuffled := newWorld(t, func(c *Config) { c.PageEvents = 9; c.Memory = 1; c.Slice = 1 })
		for _, w := range []*world{ordered, shuffled} {
			w.ladder()
			w.segment("recent", 1, "recency_days <= 20")
			w.segment("busy", 1, "orders_in(30) >= 2 && net_revenue_in(90) > 10.0")
			w.append(value.Stream, "2024-01-01", fitAsOf(19723, value.MBGNBD))
			w.append(calendar.Stream, "2024-01-01", calendar.DayClosed{Date: 19723})
		}
		ordered.tell(facts)
		ordered.closeDay("2025-03-01")
		ordered.start()
		r := rand.New(rand.NewPCG(seed, 4))
		// Who is one person with whom, and who is erased, is told in its order; all else in any.
		var identity, rest []happening
		for _, f := range facts {
			switch f.event.(type) {
			case customer.Merged, customer.SplitOff, customer.Erased:
				identity = append(identity, f)
			default:
				rest = append(rest, f)
			}
		}
		r.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
		shuffled.start()
		for len(rest)+len(identity) > 0 {
			if len(identity) > 0 && (len(rest) == 0 || r.IntN(len(rest)+1) < len(identity)) {
				shuffled.tell(identity[:1])
				identity = identity[1:]
				continue
			}
			n := min(len(rest), 1+r.IntN(20))
			shuffled.tell(rest[:n])
			rest = rest[n:]
			switch r.IntN(20) {
			case 0:
				shuffled.settle()
			case 1:
				shuffled.stop()
				shuffled.start()
			}
		}
		shuffled.closeDay("2025-03-01")
		for _, w := range []*world{ordered, shuffled} { // what concerns everybody comes in slices, or at once
			w.segment("late", 1, "orders >= 3")
			l := policy.Ladder{Stages: []policy.Stage{{Name: "many", Rule: "orders > 20"}, {Name: "few", Rule: "true"}}}
			w.append(policy.Stream(policy.LadderName), "2025-03-01", policy.Published{Policy: policy.LadderName, Version: 2, Ladder: &l})
			w.filled()
		}
		want, got := ordered.business(), shuffled.business()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d, in order and not:\n%s", seed, diff)
		}
		before := shuffled.checksums()
		shuffled.waitState(stateLive)
		if err := shuffled.engine.Rebuild(context.Background()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, shuffled.checksums()); diff != "" {
			t.Errorf("seed %d, rebuilt:\n%s", seed, diff)
		}
		ordered.stop()
		shuffled.stop()
	}
}

// A page may bring another time zone and facts: whoever these are about moves to the other days as everybody does.
func TestOtherDaysInOnePageWithAFact(t *testing.T) {
	w := newWorld(t, nil)
	w.register("ann", "2024-01-03")
	w.append(streamOf("ann"), "2024-01-10 02:00", customer.ReferralMade{ReferralID: who("first")})
	w.closeDay("2024-01-12")
	w.start()
	w.settle()
	w.stop()
	w.append(business.Stream, "2024-01-13", business.TimeZoneSet{TimeZone: "America/New_York"})
	w.append(streamOf("ann"), "2024-01-13 12:00", customer.ReferralMade{ReferralID: who("second")})
	w.start()
	w.settle()
	w.lead()
	expect(t, "days", w.text("SELECT made_on::text FROM crm.referrals ORDER BY 1"), "2024-01-09\n2024-01-13")
	live := w.checksums()
	w.rebuild()
	if diff := cmp.Diff(live, w.checksums()); diff != "" {
		t.Errorf("live and rebuilt:\n%s", diff)
	}
}
