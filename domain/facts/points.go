package facts

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Points is the customer's account of loyalty points. What the lots hold is the balance.
type Points struct {
	Earned   int64             `json:"earned,omitempty"`
	Spent    int64             `json:"spent,omitempty"`
	Expired  int64             `json:"expired,omitempty"`
	Reversed int64             `json:"reversed,omitempty"`
	Owed     int64             `json:"owed,omitempty"`
	Lots     map[uuid.UUID]Lot `json:"lots,omitempty"` // those that hold points
}

// Lot is what one lot holds, and until when; for ever without ExpiresOn.
type Lot struct {
	Left      int64       `json:"left"`
	ExpiresOn *domain.Day `json:"expires_on,omitempty"`
}

// Balance answers how many points can be spent.
func (p *Points) Balance() (sum int64) {
	for _, lot := range p.Lots {
		sum += lot.Left
	}
	return sum
}

var pointsFacts = []Fact{
	{Name: "points_balance", Kind: Int, Unit: "points", Doc: "The loyalty points that the customer can spend.",
		static: func(c *Customer) (any, bool) { return c.Points.Balance(), true }},
	{Name: "points_earned", Kind: Int, Unit: "points",
		Doc:    "The loyalty points that the customer ever earned, less those that went with returns.",
		static: func(c *Customer) (any, bool) { return c.Points.Earned - c.Points.Reversed, true }},
	{Name: "points_spent", Kind: Int, Unit: "points", Doc: "The loyalty points that the customer ever spent.",
		static: func(c *Customer) (any, bool) { return c.Points.Spent, true }},
	{Name: "points_expiring_in", Kind: Int, Unit: "points",
		Doc:    "The loyalty points that expire within the next N days unless they are spent.",
		window: expiring{}},
}

// expiring is the window on what the lots that expire in the next days hold. It slides over days to come, so a
// lot enters it, and leaves it by a fact: when it has expired.
type expiring struct{}

func (expiring) sum(c *Customer, on domain.Day, days int) (sum int64) {
	for _, lot := range c.Points.Lots {
		if lot.ExpiresOn != nil && *lot.ExpiresOn <= on+domain.Day(days) {
			sum += lot.Left
		}
	}
	return sum
}

func (expiring) next(c *Customer, after domain.Day, days int) (first domain.Day, found bool) {
	for _, lot := range c.Points.Lots {
		if lot.ExpiresOn == nil || *lot.ExpiresOn <= after+domain.Day(days) {
			continue
		}
		if enters := *lot.ExpiresOn - domain.Day(days); !found || enters < first {
			first, found = enters, true
		}
	}
	return first, found
}

func (c *Customer) earned(e customer.PointsEarned) {
	c.Points.Earned += e.Points
	c.Points.Owed -= e.RepaidPoints
	if e.Points == e.RepaidPoints {
		return
	}
	if c.Points.Lots == nil {
		c.Points.Lots = map[uuid.UUID]Lot{}
	}
	c.Points.Lots[e.LotID] = Lot{Left: e.Points - e.RepaidPoints, ExpiresOn: e.ExpiresOn}
	if e.ExpiresOn != nil {
		c.Deadlines.set("points", e.LotID, *e.ExpiresOn)
	}
}

func (c *Customer) spent(e customer.PointsSpent) {
	c.Points.Spent += e.Points
	c.taken(e.Taken)
}

func (c *Customer) reversed(e customer.PointsReversed) {
	c.Points.Reversed += e.Points
	c.Points.Owed += e.OwedPoints
	c.taken(e.Taken)
}

func (c *Customer) expired(e customer.PointsExpired) {
	c.Points.Expired += e.Points
	c.taken([]customer.LotPoints{customer.LotPoints(e)})
}

func (c *Customer) taken(from []customer.LotPoints) {
	for _, t := range from {
		lot := c.Points.Lots[t.LotID]
		if lot.Left -= t.Points; lot.Left > 0 {
			c.Points.Lots[t.LotID] = lot
			continue
		}
		delete(c.Points.Lots, t.LotID)
		c.Deadlines.clear("points", t.LotID)
	}
}
