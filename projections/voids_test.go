package projections

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/value"
)

// of records what is told of an absorbed customer, in the survivor's stream.
func (w *world) of(survivor, absorbed, at string, e domain.Event) {
	w.t.Helper()
	when, err := time.Parse(time.DateOnly, at)
	if err != nil {
		w.t.Fatal(err)
	}
	p, err := w.codec.Encode(w.ctx, streamOf(survivor), uuid.New(), e, domain.Metadata{OccurredAt: when, Of: who(absorbed)})
	if err != nil {
		w.t.Fatal(err)
	}
	w.propose(streamOf(survivor), p)
}

// A voided fact counts in no table but the timeline, which shows it struck out, and it counts again in no rebuild.
func TestVoidedFactsDoNotCount(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-02", 100)
	w.buys("ann", "2024-01-03", 30)
	w.closeDay("2024-01-03")
	w.settle()
	w.append(streamOf("ann"), "2024-01-04", customer.FactVoided{Revision: 1, Reason: "typed twice"})
	w.settle()
	const figures, bought = "SELECT orders, net_revenue_minor, stage FROM customer_360", "SELECT total_minor FROM purchases"
	expect(t, "figures", w.text(figures), "1 30 customer")
	expect(t, "purchases", w.text(bought), "30")
	expect(t, "the timeline", w.text("SELECT revision, voided FROM customer_timeline ORDER BY revision"),
		"0 false\n1 true\n2 false\n3 false")
	w.append(streamOf("ann"), "2024-01-04", customer.FactVoided{Revision: 2})
	w.settle()
	expect(t, "nothing bought", w.text(figures), "0 0 prospect")
	w.buys("ann", "2024-01-02", 70)
	w.settle()
	expect(t, "bought otherwise", w.text(figures), "1 70 customer")
	w.rebuilt()
}

// What was told of an absorbed customer while a merge lasted is theirs again after the split, and can be voided by either.
func TestASplitGivesBackWhatWasToldMeanwhile(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	w.register("anna", "2024-01-01")
	w.append(streamOf("anna"), "2024-01-02", customer.Merged{Into: who("ann")})
	w.append(streamOf("ann"), "2024-01-02", customer.Absorbed{AbsorbedID: who("anna"), SurvivorID: who("ann")})
	w.of("ann", "anna", "2024-01-03", bought(uuid.New(), 7))
	w.of("ann", "anna", "2024-01-03", bought(uuid.New(), 8))
	w.buys("ann", "2024-01-04", 100)
	w.settle()
	const figures = "SELECT name, orders, net_revenue_minor FROM customer_360 ORDER BY 1"
	expect(t, "one customer", w.text(figures), "ann 3 115")
	expect(t, "whose things", w.text("SELECT total_minor, recorded_for = $1 FROM purchases ORDER BY 1", [16]byte(who("anna"))),
		"7 true\n8 true\n100 <nil>")
	w.rebuilt()
	w.of("ann", "anna", "2024-01-04", bought(uuid.New(), 9))
	w.append(streamOf("ann"), "2024-01-04", customer.FactVoided{Revision: 3}) // the one of 8, which the survivor's stream says
	w.settle()
	expect(t, "after a void", w.text(figures), "ann 3 116")
	w.append(streamOf("ann"), "2024-01-05", customer.Separated{AbsorbedID: who("anna"), SurvivorID: who("ann")})
	w.append(streamOf("anna"), "2024-01-05", customer.SplitOff{From: who("ann")})
	w.settle()
	expect(t, "two customers", w.text(figures), "ann 1 100\nanna 2 16")
	expect(t, "whose purchases", w.text("SELECT total_minor, customer_id = $1, recorded_for FROM purchases ORDER BY 1", [16]byte(who("anna"))),
		"7 true <nil>\n9 true <nil>\n100 false <nil>")
	w.rebuilt()
	w.append(streamOf("anna"), "2024-01-06", customer.FactVoided{Revision: 2, In: who("ann")})
	w.buys("anna", "2024-01-06", 1)
	w.settle()
	expect(t, "after another void", w.text(figures), "ann 1 100\nanna 2 10")
	w.rebuilt()
}

// A fact that was corrected shows by what, and only the correction counts.
func TestCorrectedFactsShowBothInTheTimeline(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-02", 100)
	w.closeDay("2024-01-03")
	w.settle()
	again := domain.Metadata{CommandID: uuid.New(), OccurredAt: time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)}
	for _, e := range []domain.Event{customer.FactVoided{Revision: 1}, bought(uuid.New(), 70)} {
		p, err := w.codec.Encode(w.ctx, streamOf("ann"), uuid.New(), e, again)
		if err != nil {
			t.Fatal(err)
		}
		w.propose(streamOf("ann"), p)
		w.settle() // so that they come in pages of their own
	}
	expect(t, "figures", w.text("SELECT orders, net_revenue_minor FROM customer_360"), "1 70")
	expect(t, "the timeline", w.text(`SELECT t.revision, t.voided, v.revision, c.revision FROM customer_timeline t
		LEFT JOIN customer_timeline v ON v.position = t.voided_by LEFT JOIN customer_timeline c ON c.position = t.corrected_by
		ORDER BY 1`), "0 false <nil> <nil>\n1 true 2 3\n2 false <nil> <nil>\n3 false <nil> <nil>")
	w.rebuilt()
}

// What was recorded by mistake and is voided, at any time, by pages of any size, with restarts and merges in between, leaves
// the tables as they are without it. The timeline alone shows it, struck out.
func TestLongMistakesDoNotShow(t *testing.T) {
	for _, seed := range []uint64{1, 2} {
		_, facts := random(seed)
		straight := newWorld(t, nil)
		mended := newWorld(t, func(c *Config) { c.PageEvents = 9; c.Memory = 1; c.Slice = 1 })
		for _, w := range []*world{straight, mended} {
			w.ladder()
			w.segment("recent", 1, "recency_days <= 20")
			w.segment("busy", 1, "orders_in(30) >= 2 && net_revenue_in(90) > 10.0")
			w.append(value.Stream, "2024-01-01", fitAsOf(19723, value.MBGNBD))
			w.append(calendar.Stream, "2024-01-01", calendar.DayClosed{Date: 19723})
		}
		straight.tell(facts)
		straight.closeDay("2025-03-01")
		straight.start()
		mended.start()
		mistakes := mended.tellWithMistakes(facts, rand.New(rand.NewPCG(seed, 5)))
		mended.closeDay("2025-03-01")
		struck := mended.text("SELECT count(*) FROM customer_timeline WHERE voided")
		expect(t, "what is struck out", struck, fmt.Sprint(mistakes))
		want, got := straight.business(), mended.business()
		delete(want, "customer_timeline")
		delete(got, "customer_timeline")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d, without mistakes and with them voided:\n%s", seed, diff)
		}
		mended.rebuilt()
		straight.stop()
		mended.stop()
	}
}

// tellWithMistakes tells facts, and among them others that are voided sooner or later. It returns how many.
func (w *world) tellWithMistakes(facts []happening, r *rand.Rand) (mistakes int) {
	type place struct {
		stream   string
		revision uint64
	}
	next := map[string]uint64{}
	tell := func(h happening) {
		w.tell([]happening{h})
		next[h.stream]++
	}
	var open []place
	void := func(when time.Time) {
		i := r.IntN(len(open))
		p := open[i]
		open = slices.Delete(open, i, i+1)
		tell(happening{p.stream, when, customer.FactVoided{Revision: p.revision}})
	}
	for i, f := range facts {
		tell(f)
		if i > 6 && r.IntN(4) == 0 {
			mistakes++
			stream, when := streamOf(fmt.Sprint(r.IntN(6))), f.at.AddDate(0, 0, -r.IntN(30))
			open = append(open, place{stream, next[stream]})
			tell(happening{stream, when, []domain.Event{bought(uuid.New(), 3000), refunded(100),
				customer.InteractionRecorded{InteractionID: uuid.New(), Kind: "call", Direction: customer.Inbound},
				customer.PromiseMade{PromiseID: uuid.New(), What: "call"}}[r.IntN(4)]})
		}
		for len(open) > 0 && r.IntN(5) == 0 {
			void(f.at)
		}
		switch r.IntN(40) {
		case 0:
			w.settle()
		case 1:
			w.stop()
			w.start()
		}
	}
	for len(open) > 0 {
		void(facts[len(facts)-1].at)
	}
	w.settle()
	return mistakes
}
