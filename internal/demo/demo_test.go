package demo

import (
	"encoding/json"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

const until = domain.Day(20_000) // 2024-10-04

func texts(t *testing.T, lines iter.Seq[client.Line]) []string {
	t.Helper()
	var out []string
	for l := range lines {
		text, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

func TestTheSameOptionsMakeTheSameShop(t *testing.T) {
	o := Options{Customers: 40, Until: until}
	want := texts(t, Generate(o))
	if diff := cmp.Diff(want, texts(t, Generate(o))); diff != "" {
		t.Error(diff)
	}
	o.Seed = 1
	if slices.Equal(want, texts(t, Generate(o))) {
		t.Error("another seed makes the same shop")
	}
}

func TestMoreCustomersChangeNoOthers(t *testing.T) {
	few := texts(t, Generate(Options{Customers: 20, Until: until}))
	many := texts(t, Generate(Options{Customers: 40, Until: until}))
	rest := many
	for _, text := range few {
		i := slices.Index(rest, text)
		if i < 0 {
			t.Fatalf("gone or moved: %s", text)
		}
		rest = rest[i+1:]
	}
	if len(many) <= len(few) {
		t.Errorf("%d lines of 20 customers, %d of 40", len(few), len(many))
	}
}

func TestTheYoungestDayIsYesterday(t *testing.T) {
	var last client.Line
	before := domain.DayOf(time.Now(), time.UTC) - 1
	for l := range Generate(Options{Customers: 1, Days: 3}) {
		last = l
	}
	after := domain.DayOf(time.Now(), time.UTC) - 1
	if last.Body != client.CloseDay(before).Body && last.Body != client.CloseDay(after).Body {
		t.Errorf("it ends with %+v", last)
	}
}

// fact is what the tests read of a line.
type fact struct {
	client.Line
	Body struct {
		OccurredAt time.Time              `json:"occurred_at"`
		Date       domain.Day             `json:"date"`
		Kind       string                 `json:"kind"`
		PurchaseID uuid.UUID              `json:"purchase_id"`
		Lines      []struct{ SKU string } `json:"lines"`
		Direction  customer.Direction     `json:"direction"`
		Channel    string                 `json:"channel"`
		Department string                 `json:"department"`
		IDs        []customer.ExternalID  `json:"external_ids"`
	} `json:"body"`
}

func facts(t *testing.T, o Options) []fact {
	t.Helper()
	var out []fact
	for _, text := range texts(t, Generate(o)) {
		var f fact
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

func TestDaysAreClosedAsTheyPass(t *testing.T) {
	day := until - 99
	for _, f := range facts(t, Options{Customers: 30, Days: 100, Until: until}) {
		if f.Command != "close_day" {
			if got := domain.DayOf(f.Body.OccurredAt, time.UTC); got != day {
				t.Errorf("on %s something of %s was told", day, got)
			}
			continue
		}
		if f.Body.Date != day {
			t.Errorf("%s was closed instead of %s", f.Body.Date, day)
		}
		day++
	}
	if day != until+1 {
		t.Errorf("the last day closed is %s", day-1)
	}
}

// What makes the first look worth while: there is something of everything.
func TestTheShopIsBelievable(t *testing.T) {
	kinds, channels, departments := map[string]int{}, map[string]bool{}, map[string]bool{}
	lastBought := map[uuid.UUID]time.Time{}
	bought := map[uuid.UUID]bool{}
	commands, months := map[string]int{}, map[time.Month]int{}
	cameBack := 0
	for _, f := range facts(t, Options{Until: until}) {
		commands[f.Command]++
		channels[f.Body.Channel], departments[f.Body.Department] = true, true
		switch f.Command {
		case "register_customer", "record_interaction":
			kinds[f.Body.Kind]++
		case "record_purchase":
			months[f.Body.OccurredAt.Month()]++
			bought[f.Body.PurchaseID] = true
			if last, ok := lastBought[f.CustomerID]; ok && f.Body.OccurredAt.Sub(last) > 181*24*time.Hour {
				cameBack++
			}
			lastBought[f.CustomerID] = f.Body.OccurredAt
		case "record_return":
			if !bought[f.Body.PurchaseID] {
				t.Errorf("a return names the purchase %s, which was not yet made", f.Body.PurchaseID)
			}
		}
	}
	for _, kind := range customer.InteractionKinds {
		if kinds[string(kind)] == 0 {
			t.Errorf("there is no %s", kind)
		}
	}
	returned := float64(commands["record_return"]) / float64(commands["record_purchase"])
	if returned < .05 || returned > .09 {
		t.Errorf("%.1f %% of the purchases have a return", 100*returned)
	}
	for what, ok := range map[string]bool{
		"500 customers":                    commands["register_customer"] == 500,
		"mostly persons":                   kinds["person"] > 400,
		"a few organisations":              kinds["organisation"] >= 20,
		"some never buy":                   len(lastBought) < 480,
		"most buy":                         len(lastBought) > 400,
		"thousands of purchases":           commands["record_purchase"] > 1500,
		"some come back after half a year": cameBack >= 10,
		"several channels":                 len(channels) >= 5,
		"three departments":                departments["sales"] && departments["service"] && departments["marketing"],
		"a Christmas season":               months[time.December] > months[time.March],
	} {
		if !ok {
			t.Errorf("not so: %s", what)
		}
	}
}

func TestAnySizeClosesEachDay(t *testing.T) {
	for _, o := range []Options{{Customers: 1, Days: 1}, {Customers: 3, Days: 10}, {Customers: 5, Days: 2000}} {
		o.Until = until
		closed := 0
		for _, f := range facts(t, o) {
			if f.Command == "close_day" {
				closed++
			}
		}
		if closed != o.Days {
			t.Errorf("%d days closed of %d", closed, o.Days)
		}
	}
}

func TestDiceFollowTheirDistributions(t *testing.T) {
	for _, c := range []struct {
		name     string
		draw     func(dice) float64
		mean, sd float64
	}{
		{"gamma 1.4 × 2", func(d dice) float64 { return d.gamma(1.4, 2) }, 2.8, 2.366},
		{"gamma 9 × 0.5", func(d dice) float64 { return d.gamma(9, .5) }, 4.5, 1.5},
		{"beta 1, 7", func(d dice) float64 { return d.beta(1, 7) }, .125, .1102},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDice(7, 7)
			const n = 200_000
			var sum, squares float64
			for range n {
				x := c.draw(d)
				sum, squares = sum+x, squares+(x-c.mean)*(x-c.mean)
			}
			if mean, variance := sum/n, squares/n; abs(mean-c.mean) > .01*c.mean || abs(variance-c.sd*c.sd) > .02*c.sd*c.sd {
				t.Errorf("mean %.4f, variance %.4f; want %.4f, %.4f", mean, variance, c.mean, c.sd*c.sd)
			}
		})
	}
}

func abs(x float64) float64 { return max(x, -x) }
