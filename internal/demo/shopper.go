package demo

import (
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// shopper is one customer with their habits: how often they buy (a rate that is gamma distributed over the
// customers, with purchases a Poisson process), how likely each purchase is their last (beta distributed),
// as in the BG/NBD model of Fader, Hardie and Lee (2005); and whether they come back all the same.
type shopper struct {
	dice
	Options
	number       int
	id           uuid.UUID
	external     customer.ExternalID
	organisation bool
	land         land
	joined       domain.Day
	perDay       float64 // purchases a day in the busiest season
	leaving      float64 // how likely a purchase is the last, for a long time at least
	called       string
	told         []touchpoint
	purchases    int
	contacts     int
}

func newShopper(o Options, i int, source dice) *shopper {
	s := &shopper{dice: source, Options: o, number: i + 1}
	s.external = customer.ExternalID{System: "demo", ID: fmt.Sprintf("%s/%d/%05d", o.first(), o.Seed, s.number)}
	s.id = customer.IDFrom(s.external)
	s.land = weighted(s.dice, lands, func(l land) int { return l.weight })
	s.organisation = s.chance(.08)
	s.joined = o.first() + domain.Day(s.IntN(o.Days))
	if s.chance(.3) { // the shop did not begin with nobody
		s.joined = o.first() + domain.Day(s.IntN(max(o.Days/18, 1)))
	}
	s.perDay = s.gamma(1.4, 1.0/45)
	s.leaving = s.beta(1, 7)
	if s.organisation {
		s.perDay, s.leaving = s.perDay*2, s.leaving/2
	}
	return s
}

// live answers all that the customer did, until the shop's last day.
func (s *shopper) live() []touchpoint {
	at := s.during(s.joined)
	s.register(at)
	if s.chance(.9) { // the others only looked
		s.shop(at.Add(time.Duration(s.between(2, 40)) * time.Minute))
	}
	s.talk(at)
	if s.Departments {
		s.deal()
	}
	return s.told
}

// shop is a customer's life as a buyer, from the first purchase on.
func (s *shopper) shop(first time.Time) {
	for at := first; !s.over(at); {
		s.buy(at)
		day := domain.DayOf(at, time.UTC)
		if s.chance(s.leaving) {
			if !s.chance(.35) {
				return
			}
			day += domain.Day(s.between(190, 420)) // long enough to count as lapsed
		}
		for {
			day += domain.Day(1 + s.ExpFloat64()/s.perDay)
			if day > s.Until {
				return
			}
			if s.chance(season(day)) {
				break
			}
		}
		at = s.during(day)
	}
}

// talk is a customer's life as somebody that we are in contact with.
func (s *shopper) talk(joined time.Time) {
	for at := joined.Add(time.Hour); ; {
		at = s.during(domain.DayOf(at, time.UTC) + domain.Day(2+s.ExpFloat64()*55))
		if s.over(at) {
			return
		}
		if s.organisation && s.chance(.3) {
			s.contact(at, visits)
			continue
		}
		s.contact(at, weighted(s.dice, contacts, func(c contact) int { return c.weight }))
	}
}

// during answers a moment of a day between eight and eight, to the second.
func (s *shopper) during(d domain.Day) time.Time {
	return d.Time().Add(8*time.Hour + time.Duration(s.IntN(12*3600))*time.Second)
}

func (s *shopper) over(at time.Time) bool { return domain.DayOf(at, time.UTC) > s.Until }

func (s *shopper) tell(at time.Time, l client.Line) { s.told = append(s.told, touchpoint{at, l}) }

func (s *shopper) how(at time.Time, department, channel, actor string) client.Circumstances {
	return client.Circumstances{OccurredAt: at, Source: "demo", Department: department, Channel: channel, Actor: actor}
}

func (s *shopper) register(at time.Time) {
	c := customer.Register{Kind: customer.Person, Country: s.land.country, Locale: s.land.locale,
		ExternalIDs: []customer.ExternalID{s.external}}
	given, family := pick(s.dice, s.land.given), pick(s.dice, s.land.family)
	c.Name = given + " " + family
	if s.organisation {
		c.Kind, c.Name = customer.Organisation, pick(s.dice, trades)+" "+family
	}
	s.called = c.Name
	from := weighted(s.dice, origins, func(o origin) int { return o.weight })
	c.Acquired = &customer.Acquisition{Source: from.source, Campaign: from.campaign}
	if from.cost > 0 {
		cost := hundredths(from.cost - s.Int64N(from.cost/2))
		c.Acquired.Cost, c.Acquired.Currency = &cost, s.Currency
	}
	s.tell(at, client.Register(s.id, c, s.how(at, "marketing", "web", "")))
}

// idSpace is the namespace of the ids of what the shop's customers do.
var idSpace = uuid.MustParse("016de8ac-ba65-43a2-8290-77e41aabb4cd")

func (s *shopper) nth(kind string, n int) uuid.UUID {
	return uuid.NewSHA1(idSpace, fmt.Appendf(nil, "%s\x00%s\x00%d", kind, s.id, n))
}

func (s *shopper) contact(at time.Time, c contact) {
	s.contacts++
	i := customer.RecordInteraction{InteractionID: s.nth("interaction", s.contacts),
		Kind: c.kind, Direction: c.direction, Subject: pick(s.dice, c.subjects)}
	if c.minutes > 0 {
		i.DurationS = int64(s.between(30, c.minutes*60))
	}
	actor := ""
	if c.department == "service" || c.kind == "meeting" {
		actor = pick(s.dice, []string{"Mira", "Jo", "Tariq", "Eva"})
	}
	s.tell(at, client.RecordInteraction(s.id, i, s.how(at, c.department, c.channel, actor)))
}

func hundredths(n int64) decimal.Decimal { return decimal.MustNew(n, 2) }
