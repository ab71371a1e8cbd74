package projections

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain/customer"
)

// stays are the announcements but those of stages.
const stays = "(SELECT * FROM integration.outbox WHERE type <> 'rapport.stage.changed.v1') o"

// announcedIn is what the outbox holds: type and day, in order.
func (w *world) announcedIn() string {
	w.t.Helper()
	return strings.NewReplacer("rapport.segment.", "", ".v1", "").Replace(
		w.text("SELECT type, data->>'on' FROM " + stays + " ORDER BY seq"))
}

func TestEnteringAndLeavingAreAnnouncedOnce(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Announce = true })
	w.start()
	w.waitState(stateLive)
	w.segment("recent", 1, "recency_days <= 2")
	w.register("ann", "2024-01-01")
	w.buys("ann", "2024-01-02", 100)
	w.settle()
	w.closeDay("2024-01-02")
	w.closeDay("2024-01-05")
	w.settle()
	const first = "entered 2024-01-02\nleft 2024-01-05"
	expect(t, "announced", w.announcedIn(), first)
	expect(t, "evidence", w.text("SELECT data->'evidence' FROM "+stays+" ORDER BY seq LIMIT 1"), "map[recency_days:0]")

	w.waitState(stateLive)
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	expect(t, "after a rebuild", w.announcedIn(), first)
	ids := w.text("SELECT id FROM " + stays + " ORDER BY seq")

	w.buys("ann", "2024-01-06", 100)
	w.settle()
	expect(t, "after the rebuild", w.announcedIn(), first+"\nentered 2024-01-06")

	// Tables made by another version are remade from the log: they announce what the old ones had not taken.
	w.stop()
	w.query("UPDATE projection_checkpoint SET schema_version = 'old' RETURNING 1")
	w.closeDay("2024-01-10")
	w.start()
	w.settle()
	expect(t, "by remade tables", w.announcedIn(), first+"\nentered 2024-01-06\nleft 2024-01-09")
	if again := w.text("SELECT id FROM " + stays + " ORDER BY seq"); !strings.HasPrefix(again, ids) {
		t.Errorf("ids changed: %s, before %s", again, ids)
	}
}

// What the log held before anybody was to be told is not announced, and a merge and a split are.
func TestAnnouncementsBeginWhenAskedFor(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("two", 1, "orders >= 2")
	for _, name := range []string{"ann", "anna", "bob"} {
		w.register(name, "2024-01-01")
		w.buys(name, "2024-01-02", 100)
	}
	w.buys("bob", "2024-01-02", 100)
	w.closeDay("2024-01-02")
	w.settle()
	expect(t, "announced to nobody", w.announcedIn(), "")
	w.stop()
	w.config.Announce = true
	w.start()
	w.waitState(stateLive)
	w.append(streamOf("anna"), "2024-01-03", customer.Merged{Into: who("ann")})
	w.settle()
	w.append(streamOf("anna"), "2024-01-04", customer.SplitOff{From: who("ann")})
	w.settle()
	expect(t, "announced", w.announcedIn(), "entered 2024-01-02\nleft 2024-01-02")
	expect(t, "of", w.text("SELECT DISTINCT subject::text FROM "+stays), who("ann").String())
}

// A merge that is taken back on the same day makes a customer leave a segment and enter it again: all three are told,
// each under an id of its own.
func TestMergeAndSplitOnOneDayAreAnnounced(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Announce = true })
	w.start()
	w.waitState(stateLive)
	w.segment("once", 1, "orders == 1")
	for _, name := range []string{"ann", "anna"} {
		w.register(name, "2024-01-02")
		w.buys(name, "2024-01-02", 100)
	}
	w.settle()
	w.append(streamOf("anna"), "2024-01-02", customer.Merged{Into: who("ann")})
	w.settle()
	w.append(streamOf("anna"), "2024-01-02", customer.SplitOff{From: who("ann")})
	w.settle()
	for _, name := range []string{"ann", "anna"} {
		expect(t, name, w.text("SELECT type, data->>'on' FROM "+stays+" WHERE subject = '"+who(name).String()+"' ORDER BY seq"),
			"rapport.segment.entered.v1 2024-01-02\nrapport.segment.left.v1 2024-01-02\nrapport.segment.entered.v1 2024-01-02")
	}
	expect(t, "ids", w.text("SELECT count(DISTINCT id) FROM "+stays), "6")
}

// Whoever is erased leaves their segments, and then other systems are told to forget them.
func TestErasuresAreAnnounced(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Announce = true })
	w.start()
	w.waitState(stateLive)
	w.segment("once", 1, "orders == 1")
	w.register("ann", "2024-01-02")
	w.buys("ann", "2024-01-02", 100)
	w.settle()
	w.append(streamOf("ann"), "2024-01-03", customer.Erased{Reason: "asked"})
	w.settle()
	expect(t, "told", w.text("SELECT type FROM "+stays+" WHERE subject = '"+who("ann").String()+"' ORDER BY seq"),
		"rapport.segment.entered.v1\nrapport.segment.left.v1\nrapport.customer.erased.v1")
}

// An announcement names the event that decided, wherever the page ended that it stood in.
func TestAnnouncementsNameTheEventThatDecided(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Announce = true })
	w.start()
	w.waitState(stateLive)
	w.segment("once", 1, "orders == 1")
	for _, name := range []string{"ann", "bob"} {
		w.register(name, "2024-01-02")
	}
	w.settle()
	w.stop()
	var want []string
	for _, name := range []string{"ann", "bob"} {
		w.buys(name, "2024-01-02", 100)
		head, err := w.store.Head(w.ctx)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, fmt.Sprint(head))
	}
	w.register("cid", "2024-01-02") // in the same page
	w.start()
	w.settle()
	expect(t, "positions", w.text("SELECT data->>'position' FROM "+stays+" ORDER BY seq"), strings.Join(want, "\n"))
}
