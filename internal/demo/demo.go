// Package demo makes up a shop for coffee and tea with its customers, for a first look at Rapport. It decides
// what they do, the same at every run; it must not know how the server keeps it.
package demo

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/internal/client"
)

// Options say how large the shop is, and when. The same options make the same shop; with more customers,
// the others stay as they were.
type Options struct {
	Customers int             // 500
	Days      int             // how far back the shop goes: 548, which is 18 months
	Until     domain.Day      // the last day; yesterday
	Seed      uint64          // another seed makes another shop
	Currency  domain.Currency // EUR
	// Departments adds what service, sales and marketing have to do with the customers.
	Departments bool
}

func (o *Options) setDefaults() {
	o.Customers = cmp.Or(o.Customers, 500)
	o.Days = cmp.Or(o.Days, 548)
	o.Until = cmp.Or(o.Until, domain.DayOf(time.Now(), time.UTC)-1)
	o.Currency = cmp.Or(o.Currency, "EUR")
}

func (o Options) first() domain.Day { return o.Until - domain.Day(o.Days) + 1 }

// touchpoint is something that happened to a customer.
type touchpoint struct {
	at   time.Time
	line client.Line
}

// Generate yields the shop's history as commands, in the order of time; each day is closed when it is over.
func Generate(o Options) iter.Seq[client.Line] {
	o.setDefaults()
	return func(yield func(client.Line) bool) {
		all := o.touchpoints()
		for day := o.first(); day <= o.Until; day++ {
			for len(all) > 0 && domain.DayOf(all[0].at, time.UTC) == day {
				if !yield(all[0].line) {
					return
				}
				all = all[1:]
			}
			if !yield(client.CloseDay(day)) {
				return
			}
		}
	}
}

// touchpoints answers what all customers did, sorted by time; what one did at one time stays in its order.
func (o Options) touchpoints() []touchpoint {
	var all []touchpoint
	if o.Departments {
		all = o.publish()
	}
	for i := range o.Customers {
		c := newShopper(o, i, newDice(o.Seed, uint64(i)))
		all = append(all, c.live()...)
	}
	slices.SortStableFunc(all, func(a, b touchpoint) int { return a.at.Compare(b.at) })
	return all
}
