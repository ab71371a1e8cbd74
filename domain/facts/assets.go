package facts

import (
	"strings"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Assets is the equipment at the customer, and how it fares.
type Assets struct {
	InService  int64 `json:"in_service,omitempty"`
	Defects    int64 `json:"defects,omitempty"`
	Breakdowns int64 `json:"breakdowns,omitempty"`
	// Overdue counts the planned maintenance that was missed, and neither performed nor cancelled since.
	Overdue int64      `json:"overdue,omitempty"`
	Days    []DayCount `json:"days,omitempty"` // of breakdowns, sorted
}

// DayCount is how often something happened on one day: the day since 1970, and the number.
type DayCount [2]int64

func (d DayCount) on() domain.Day { return domain.Day(d[0]) }

func (c *Customer) served(e domain.Event, day domain.Day) {
	a := &c.Assets
	switch e := e.(type) {
	case customer.AssetInstalled:
		a.InService++
	case customer.AssetRetired:
		a.InService--
	case customer.DefectFound:
		a.Defects++
	case customer.BreakdownReported:
		a.Breakdowns++
		at(&a.Days, day, DayCount{int64(day)})[1]++
	case customer.MaintenanceScheduled:
		c.Deadlines.set("maintenance", e.MaintenanceID, e.DueOn)
	case customer.MaintenanceMissed:
		a.Overdue++
		c.Deadlines.clear("maintenance", e.MaintenanceID)
	case customer.MaintenancePerformed:
		a.settled(e.Late)
		c.Deadlines.clear("maintenance", e.MaintenanceID)
	case customer.MaintenanceCancelled:
		a.settled(e.Missed)
		c.Deadlines.clear("maintenance", e.MaintenanceID)
	}
}

func (a *Assets) settled(missed bool) {
	if missed {
		a.Overdue--
	}
}

var assetFacts = []Fact{
	{Name: "assets", Kind: Int, Unit: "assets", Doc: "The equipment in service at the customer.",
		static: func(c *Customer) (any, bool) { return c.Assets.InService, true }},
	{Name: "defects", Kind: Int, Unit: "defects", Doc: "How often equipment showed an error without breaking down.",
		static: func(c *Customer) (any, bool) { return c.Assets.Defects, true }},
	{Name: "breakdowns", Kind: Int, Unit: "breakdowns", Doc: "How often equipment broke down.",
		static: func(c *Customer) (any, bool) { return c.Assets.Breakdowns, true }},
	{Name: "breakdowns_in", Kind: Int, Unit: "breakdowns", Doc: "How often equipment broke down in the last N days.",
		window: over[DayCount]{func(c *Customer) []DayCount { return c.Assets.Days }, func(d *DayCount) int64 { return d[1] }}},
	{Name: "maintenance_overdue", Kind: Int, Unit: "plans",
		Doc:    "Planned maintenance that was missed, and neither performed nor cancelled since.",
		static: func(c *Customer) (any, bool) { return c.Assets.Overdue, true }},
	{Name: "maintenance_due_in", Kind: Int, Unit: "plans",
		Doc:    "Planned maintenance that falls due within the next N days.",
		window: planned{}},
}

// planned is the window on the maintenance that falls due in the next days. It slides over days to come, so a plan
// enters it, and leaves it by a fact.
type planned struct{}

func (planned) sum(c *Customer, on domain.Day, days int) (n int64) {
	for what, due := range c.Deadlines {
		if strings.HasPrefix(what, maintenancePrefix) && due <= on+domain.Day(days) {
			n++
		}
	}
	return n
}

func (planned) next(c *Customer, after domain.Day, days int) (first domain.Day, found bool) {
	for what, due := range c.Deadlines {
		if !strings.HasPrefix(what, maintenancePrefix) || due <= after+domain.Day(days) {
			continue
		}
		if enters := due - domain.Day(days); !found || enters < first {
			first, found = enters, true
		}
	}
	return first, found
}

const maintenancePrefix = "maintenance "
