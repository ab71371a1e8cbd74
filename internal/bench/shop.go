package bench

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

const (
	shopDays    = 548 // 18 months
	perCustomer = 13  // events, on average
)

// shop makes up the history of a shop of any size, the same at every run but for the purchases' ids. Customers come
// evenly over its days; each buys at a rate of their own, and may leave after any visit. Unlike the demo's it is made
// day by day and never held as a whole, so that it takes no memory from what is measured.
type shop struct {
	customers  int
	days       int
	registered int // customers of the stretches so far
	until      domain.Day
	bought     []purchase
	source     rand.PCG
	dice       *rand.Rand
	visits     [][]int32 // who comes, by day
}

// newShop makes up about so many events. A shop too small to have some on every day is younger.
func newShop(events int, bought []purchase) *shop {
	s := &shop{customers: max(events/perCustomer, 20), days: min(shopDays, max(events/100, 30)), bought: bought,
		until: domain.DayOf(time.Now(), time.UTC) - 1}
	s.dice = rand.New(&s.source)
	s.visits = make([][]int32, s.days)
	return s
}

// id is the customer who came as the nth, from 0 on.
func (s *shop) id(n int) uuid.UUID { return customer.IDFrom(externalID(n)) }

func externalID(n int) customer.ExternalID {
	return customer.ExternalID{System: "shop", ID: fmt.Sprintf("%08d", n)}
}

// lines yields the history, once, in the order of time; each day is closed when it is over.
func (s *shop) lines() iter.Seq[client.Line] {
	return func(yield func(client.Line) bool) {
		for day := range s.days {
			if !s.open(day, yield) || !yield(client.CloseDay(s.date(day))) {
				return
			}
		}
	}
}

func (s *shop) date(day int) domain.Day { return s.until - domain.Day(s.days-1-day) }

// open is one day of the shop.
func (s *shop) open(day int, yield func(client.Line) bool) bool {
	now := s.date(day).Time().Add(8 * time.Hour)
	how := func() client.Circumstances {
		now = now.Add(500 * time.Millisecond)
		return client.Circumstances{OccurredAt: now, Source: "shop", Channel: "web"}
	}
	for n := s.customers * day / s.days; n < s.customers*(day+1)/s.days; n++ {
		who := customer.Register{Kind: customer.Person, Name: fmt.Sprintf("Zoë Example the %dth", n), Country: "DE",
			ExternalIDs: []customer.ExternalID{externalID(n)}}
		if !yield(client.Register(s.id(n), who, how())) {
			return false
		}
		if n%10 == 0 { // looks only, this time
			s.comeAgain(n, day)
		} else if !s.visit(n, day, how(), yield) {
			return false
		}
	}
	for _, n := range s.visits[day] {
		if !s.visit(int(n), day, how(), yield) {
			return false
		}
	}
	s.visits[day] = nil
	return true
}

// visit is a purchase, or one time in four a call.
func (s *shop) visit(n, day int, how client.Circumstances, yield func(client.Line) bool) bool {
	s.source.Seed(uint64(n), uint64(day)+1)
	line := client.RecordPurchase(s.id(n), s.bought[s.dice.IntN(len(s.bought))].anew(), how)
	if s.dice.IntN(4) == 0 {
		how.Channel = "phone"
		line = client.RecordInteraction(s.id(n), customer.RecordInteraction{InteractionID: uuid.New(), Kind: "call",
			Direction: customer.Inbound, Subject: "delivery"}, how)
	}
	s.comeAgain(n, day)
	return yield(line)
}

// comeAgain says when a customer comes next, if ever. As in the BG/NBD model of Fader, Hardie and Lee (2005), the rates of
// visits are gamma distributed over the customers, and the probabilities that one is the last are beta distributed.
func (s *shop) comeAgain(n, day int) {
	s.source.Seed(uint64(n), 0)
	perDay := (s.dice.ExpFloat64() + s.dice.ExpFloat64()) / 2 / 11
	leaving := 1 - math.Pow(s.dice.Float64(), 1.0/15)
	s.source.Seed(uint64(n), uint64(day)+1<<32)
	if s.dice.Float64() < leaving {
		return
	}
	if wait := 1 + s.dice.ExpFloat64()/perDay; wait < float64(s.days-day) {
		s.visits[day+int(wait)] = append(s.visits[day+int(wait)], int32(n))
	}
}

// stretch yields more of the history, until so many customers came or, for all of them, until its end.
func (s *shop) stretch(next func() (client.Line, bool), customers int) iter.Seq[client.Line] {
	return func(yield func(client.Line) bool) {
		for {
			l, more := next()
			if !more || !yield(l) {
				return
			}
			if l.Command != "register_customer" {
				continue
			}
			if s.registered++; s.registered == customers && customers < s.customers {
				return
			}
		}
	}
}
