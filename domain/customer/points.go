package customer

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Loyalty points are earned in lots, each with its own expiry, and spent from the lot that expires first. What
// a lot still holds when its day is over expires. When a purchase that earned points comes back, the same part
// of them is reversed as of the money, rounded down: out of the lot itself, then out of those that expire
// next. What is not there any more, because it was spent, is owed, and later lots pay it first. So the
// balance, which is what the lots hold, is never below zero, and
//
//	balance − owed = earned − spent − expired − reversed.

// EarnPoints asks to give the customer a lot of points.
type EarnPoints struct {
	LotID      uuid.UUID   `json:"lot_id"`
	Points     int64       `json:"points"`
	ExpiresOn  *domain.Day `json:"expires_on,omitempty"`
	PurchaseID *uuid.UUID  `json:"purchase_id,omitempty"`
	For        string      `json:"for,omitempty"`
}

func (EarnPoints) Needs() Needs { return Needs{} }

// Decide accepts each LotID once. What the customer owes is paid out of the lot at once.
func (c EarnPoints) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.LotID == uuid.Nil:
		return nil, ErrLotID
	case c.Points < 1 || c.Points > maxPoints:
		return nil, ErrPoints
	}
	if err := checkText(c.For, 300, "for"); err != nil {
		return nil, err
	}
	e := PointsEarned{LotID: c.LotID, Points: c.Points, ExpiresOn: c.ExpiresOn, PurchaseID: c.PurchaseID, For: c.For,
		RepaidPoints: min(c.Points, s.points.owed)}
	if known, ok := s.points.lots[c.LotID]; ok {
		if known.digest == e.digest() {
			return nil, nil
		}
		return nil, ErrLotOtherwise
	}
	if c.ExpiresOn != nil && (*c.ExpiresOn < g.On || *c.ExpiresOn > g.On+maxLotDays) {
		return nil, ErrLotExpiresOn
	}
	if c.PurchaseID != nil {
		switch purchase := s.purchases[*c.PurchaseID]; {
		case purchase == nil:
			return nil, ErrPurchaseUnknown
		case purchase.refundedMinor == purchase.totalMinor:
			return nil, ErrNothingPaid
		}
	}
	return []Event{e}, nil
}

// PointsEarned is the fact that the customer got a lot of points.
type PointsEarned struct {
	LotID        uuid.UUID   `json:"lot_id"`
	Points       int64       `json:"points"`
	ExpiresOn    *domain.Day `json:"expires_on,omitempty"`          // last business day on which they can be spent
	PurchaseID   *uuid.UUID  `json:"purchase_id,omitempty"`         // that earned them
	For          string      `json:"for,omitempty" personal:"true"` // what earned them
	RepaidPoints int64       `json:"repaid_points,omitempty"`       // of them, those that paid what the customer owed
}

func (PointsEarned) EventType() string { return "customer.points_earned.v1" }

func (e PointsEarned) Evolve(s *State, _ domain.Metadata) {
	lot := &lotState{digest: e.digest(), points: e.Points}
	remember(&s.points.lots, e.LotID, lot)
	s.points.owed -= e.RepaidPoints
	s.points.open.add(openLot{id: e.LotID, left: e.Points - e.RepaidPoints, expiresOn: expiry(e.ExpiresOn)})
	if e.PurchaseID == nil {
		return
	}
	if purchase := s.purchases[*e.PurchaseID]; purchase != nil {
		lot.refundedBefore = purchase.refundedMinor
		purchase.lots = append(purchase.lots, e.LotID)
	}
}

// Summary implements Told.
func (e PointsEarned) Summary() string { return "earned " + counted(int(e.Points), "point") }

func (e PointsEarned) digest() domain.Digest {
	d := domain.NewDigest().Int(e.Points).Int(int64(expiry(e.ExpiresOn))).Text(e.For)
	if e.PurchaseID != nil {
		d = d.ID(*e.PurchaseID)
	}
	return d
}

// SpendPoints asks to take points from the customer for something that they get.
type SpendPoints struct {
	SpendID uuid.UUID `json:"spend_id"`
	Points  int64     `json:"points"`
	For     string    `json:"for,omitempty"`
}

func (SpendPoints) Needs() Needs { return Needs{} }

// Decide accepts each SpendID once, and takes the points from the lots that expire first.
func (c SpendPoints) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.SpendID == uuid.Nil:
		return nil, ErrSpendID
	case c.Points < 1 || c.Points > maxPoints:
		return nil, ErrPoints
	}
	if err := checkText(c.For, 300, "for"); err != nil {
		return nil, err
	}
	e := PointsSpent{SpendID: c.SpendID, Points: c.Points, For: c.For}
	if known, ok := s.points.spends[c.SpendID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrSpendOtherwise
	}
	missing := int64(0)
	if e.Taken, missing = s.points.open.take(c.Points, g.On); missing > 0 {
		return nil, ErrTooFewPoints.Because("only %d points can be spent", c.Points-missing)
	}
	return []Event{e}, nil
}

// LotPoints is how many points of one lot.
type LotPoints struct {
	LotID  uuid.UUID `json:"lot_id"`
	Points int64     `json:"points"`
}

// PointsSpent is the fact that the customer spent points.
type PointsSpent struct {
	SpendID uuid.UUID   `json:"spend_id"`
	Points  int64       `json:"points"`
	For     string      `json:"for,omitempty" personal:"true"` // what the customer got
	Taken   []LotPoints `json:"taken"`                         // out of which lots
}

func (PointsSpent) EventType() string { return "customer.points_spent.v1" }

func (e PointsSpent) Evolve(s *State, _ domain.Metadata) {
	remember(&s.points.spends, e.SpendID, e.digest())
	s.points.open.remove(e.Taken)
}

// Summary implements Told.
func (e PointsSpent) Summary() string { return "spent " + counted(int(e.Points), "point") }

func (e PointsSpent) digest() domain.Digest { return domain.NewDigest().Int(e.Points).Text(e.For) }

// PointsReversed is the fact that points went with the return of the purchase that had earned them.
type PointsReversed struct {
	ReturnID   uuid.UUID   `json:"return_id"`
	LotID      uuid.UUID   `json:"lot_id"`                // that the purchase had earned
	Points     int64       `json:"points"`                // reversed of that lot: those taken and those owed
	Taken      []LotPoints `json:"taken,omitempty"`       // out of which lots
	OwedPoints int64       `json:"owed_points,omitempty"` // that no lot held any more: later lots pay them
}

func (PointsReversed) EventType() string { return "customer.points_reversed.v1" }

func (e PointsReversed) Evolve(s *State, _ domain.Metadata) {
	if lot := s.points.lots[e.LotID]; lot != nil {
		lot.reversed += e.Points
	}
	s.points.open.remove(e.Taken)
	s.points.owed += e.OwedPoints
}

// Summary implements Told.
func (e PointsReversed) Summary() string {
	return counted(int(e.Points), "point") + " went with a return"
}

// reversals answers what a return takes back of the points that its purchase earned.
func (s *State) reversals(e ReturnRecorded, p *purchaseState) []Event {
	var facts []Event
	open := slices.Clone(s.points.open)
	for _, id := range p.lots {
		points := s.points.lots[id].reversible(p.refundedMinor+e.TotalMinor, p.totalMinor)
		if points == 0 {
			continue
		}
		taken, owed := open.takeFirstOf(id, points)
		open.remove(taken)
		facts = append(facts, PointsReversed{ReturnID: e.ReturnID, LotID: id, Points: points, Taken: taken,
			OwedPoints: owed})
	}
	return facts
}

// PointsExpired is the fact that the day was over until which a lot could be spent.
type PointsExpired struct {
	LotID  uuid.UUID `json:"lot_id"`
	Points int64     `json:"points"` // that it still held
}

func (PointsExpired) EventType() string { return "customer.points_expired.v1" }

func (e PointsExpired) Evolve(s *State, _ domain.Metadata) {
	if lot := s.points.lots[e.LotID]; lot != nil {
		lot.expired += e.Points
	}
	s.points.open.remove([]LotPoints{LotPoints(e)})
}

// Summary implements Told.
func (e PointsExpired) Summary() string { return counted(int(e.Points), "point") + " expired" }

type pointsState struct {
	lots   map[uuid.UUID]*lotState
	spends map[uuid.UUID]domain.Digest
	open   purse
	owed   int64
}

func (p *pointsState) next() (domain.Day, bool) {
	if len(p.open) == 0 || p.open[0].expiresOn == noExpiry {
		return 0, false
	}
	return p.open[0].expiresOn, true
}

func (p *pointsState) fall(day domain.Day) []Event {
	var facts []Event
	for _, lot := range p.open {
		if lot.expiresOn <= day {
			facts = append(facts, PointsExpired{LotID: lot.id, Points: lot.left})
		}
	}
	return facts
}

// lotState is what returns need to know of a lot.
type lotState struct {
	digest                    domain.Digest
	points, expired, reversed int64
	refundedBefore            int64 // minor units of its purchase that had been refunded when it was earned
}

// reversible answers how many points are to be reversed once that much of the purchase is refunded. What has
// expired is gone already, and is not reversed on top.
func (l *lotState) reversible(refundedMinor, totalMinor int64) int64 {
	high, low := bits.Mul64(uint64(l.points), uint64(refundedMinor-l.refundedBefore))
	share, _ := bits.Div64(high, low, uint64(totalMinor-l.refundedBefore))
	return max(0, min(int64(share), l.points-l.expired)-l.reversed)
}

// purse is the lots that hold points, in the order in which they are spent.
type purse []openLot

type openLot struct {
	id        uuid.UUID
	left      int64
	expiresOn domain.Day
}

// noExpiry is the expiry of lots that have none.
const noExpiry = domain.Day(math.MaxInt32)

func expiry(on *domain.Day) domain.Day {
	if on == nil {
		return noExpiry
	}
	return *on
}

func (p *purse) add(lot openLot) {
	if lot.left == 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(*p, lot.expiresOn+1, func(l openLot, on domain.Day) int {
		return cmp.Compare(l.expiresOn, on)
	})
	*p = slices.Insert(*p, i, lot)
}

// take answers from which lots points come that are spent on a day, and how many are missing.
func (p purse) take(points int64, on domain.Day) (taken []LotPoints, missing int64) {
	for _, lot := range p {
		if points == 0 {
			break
		}
		if lot.expiresOn < on {
			continue
		}
		n := min(points, lot.left)
		taken = append(taken, LotPoints{LotID: lot.id, Points: n})
		points -= n
	}
	return taken, points
}

// takeFirstOf takes from one lot before it takes from the others, on whatever day.
func (p purse) takeFirstOf(id uuid.UUID, points int64) (taken []LotPoints, missing int64) {
	first := slices.Clone(p)
	slices.SortStableFunc(first, func(a, b openLot) int {
		switch id {
		case a.id:
			return -1
		case b.id:
			return 1
		}
		return 0
	})
	return first.take(points, math.MinInt32)
}

func (p *purse) remove(taken []LotPoints) {
	for _, t := range taken {
		i := slices.IndexFunc(*p, func(l openLot) bool { return l.id == t.LotID })
		if i < 0 {
			continue
		}
		if (*p)[i].left -= t.Points; (*p)[i].left <= 0 {
			*p = slices.Delete(*p, i, i+1)
		}
	}
}

const (
	maxPoints  = 1_000_000_000
	maxLotDays = 3653 // ten years
)

var (
	ErrLotID = &domain.Rejection{Kind: domain.Invalid, Code: "lot_id_missing", Field: "lot_id",
		Reason: "name the lot of points by a UUID"}
	ErrSpendID = &domain.Rejection{Kind: domain.Invalid, Code: "spend_id_missing", Field: "spend_id",
		Reason: "name what the points are spent for by a UUID"}
	ErrPoints = &domain.Rejection{Kind: domain.Invalid, Code: "points_out_of_range", Field: "points",
		Reason: "points are earned and spent 1 to 1,000,000,000 at a time"}
	ErrLotExpiresOn = &domain.Rejection{Kind: domain.Invalid, Code: "expires_on_out_of_range", Field: "expires_on",
		Reason: "points expire on the day they are earned or within ten years, or never"}
	ErrLotOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "points_earned_otherwise", Field: "lot_id",
		Reason: "this lot of points was earned before, with other content"}
	ErrSpendOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "points_spent_otherwise", Field: "spend_id",
		Reason: "points were spent under this id before, with other content"}
	ErrNothingPaid = &domain.Rejection{Kind: domain.Refused, Code: "purchase_earns_nothing", Field: "purchase_id",
		Reason: "nothing was paid for this purchase, or all of it was refunded, so it earns no points"}
	ErrTooFewPoints = &domain.Rejection{Kind: domain.Refused, Code: "points_insufficient", Field: "points",
		Reason: "more points than the customer has cannot be spent"}
)
