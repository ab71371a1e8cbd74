package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore/history"
)

// tell writes a history as a person reads it: who the customer is and where they stand, then what happened, day by
// day as it happened.
func tell(w io.Writer, h history.History) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	tellStanding(t, h)
	zone, err := time.LoadLocation(h.TimeZone)
	if err != nil {
		return err
	}
	entries := slices.Clone(h.Entries)
	slices.SortStableFunc(entries, func(a, b history.Entry) int { return a.OccurredAt.Compare(b.OccurredAt) })
	day, days := domain.Day(0), 0
	for _, e := range entries {
		if on := domain.DayOf(e.OccurredAt, zone); days == 0 || on != day {
			day, days = on, days+1
			fmt.Fprintf(t, "\n%s %s\n", on, e.OccurredAt.In(zone).Weekday())
		}
		if err := tellEntry(t, e, zone); err != nil {
			return err
		}
	}
	fmt.Fprintf(t, "\n%d facts on %d days\n", len(entries), days)
	return t.Flush()
}

func tellStanding(t io.Writer, h history.History) {
	fmt.Fprintf(t, "customer\t%s\n", h.CustomerID)
	if h.Name != nil {
		fmt.Fprintf(t, "name\t%s\n", *h.Name)
	}
	fmt.Fprintf(t, "as of\t%s (business date), revision %d, log position %d\n", h.BusinessDate, h.Revision, h.Position)
	tellBeliefs(t, h.Beliefs)
	fmt.Fprintf(t, "bought\t%d times on %d days\n", h.Orders, h.PurchaseDays)
	if h.Currency != nil {
		fmt.Fprintf(t, "net revenue\t%[2]s %[1]s: %[3]s bought, %[4]s returned\n", *h.Currency,
			money(h.NetRevenue, *h.Currency), money(h.GrossRevenue, *h.Currency), money(h.ReturnsValue, *h.Currency))
	}
}

// tellBeliefs writes where the customer stood by the rules in force.
func tellBeliefs(t io.Writer, b history.Beliefs) {
	if b.Stage != nil {
		fmt.Fprintf(t, "stage\t%s since %s (%s), by version %d of the ladder: %s\n", *b.Stage, *b.StageSince, *b.StageReason,
			*b.PolicyVersion, evidence(b.Evidence))
	}
	if b.Tier != nil {
		fmt.Fprintf(t, "tier\t%s since %s, by version %d of the tiers: %s\n", b.Tier.Tier, b.Tier.Since, b.Tier.PolicyVersion,
			evidence(b.Tier.Evidence))
	}
	for _, s := range b.Segments {
		fmt.Fprintf(t, "segment\t%s since %s, by its version %d: %s\n", s.Segment, s.Since, s.Version, evidence(s.Evidence))
	}
	if v := b.Value; v != nil {
		fmt.Fprintf(t, "value\t%s %s in 12 months, alive with probability %.3f, risk %s; as of %s by fit %d at log position %d\n",
			money(int64(math.Round(v.CLV12)), v.Currency), v.Currency, v.Alive, v.Risk, v.AsOf, v.ModelVersion, v.FitPosition)
	}
}

// tellEntry writes a line: when it happened, its place in the customer's stream, what it was, whose doing it was, and
// when it was recorded where that was on another day.
func tellEntry(t io.Writer, e history.Entry, zone *time.Location) error {
	var m domain.Metadata
	if err := json.Unmarshal(e.Metadata, &m); err != nil {
		return fmt.Errorf("read the circumstances of revision %d: %w", e.Revision, err)
	}
	said := slices.DeleteFunc([]string{m.Department, m.Channel, m.Actor}, func(s string) bool { return s == "" })
	if domain.DayOf(e.RecordedAt, zone) != domain.DayOf(e.OccurredAt, zone) {
		said = append(said, "recorded "+e.RecordedAt.In(zone).Format("2006-01-02 15:04"))
	}
	_, err := fmt.Fprintf(t, "  %s\t%d\t%s\t%s\n", e.OccurredAt.In(zone).Format("15:04"), e.Revision, e.Summary,
		strings.Join(said, ", "))
	return err
}

// evidence writes the facts that decided, by name; those that are absent are left out.
func evidence(facts map[string]any) string {
	var told []string
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		if facts[name] != nil {
			told = append(told, fmt.Sprintf("%s %v", name, facts[name]))
		}
	}
	return strings.Join(told, ", ")
}

// money writes minor units in major ones.
func money(minor int64, currency string) string {
	digits, err := domain.Currency(currency).MinorDigits()
	if err != nil {
		digits = 0
	}
	return domain.Major(minor, digits).String()
}
