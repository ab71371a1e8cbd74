package customer_test

import (
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

const pointsDay = domain.Day(20000)

// lot is a fact: that many points, to be spent until so many days after pointsDay.
func lot(n byte, points int64, days domain.Day) customer.PointsEarned {
	expires := pointsDay + days
	return customer.PointsEarned{LotID: id(n), Points: points, ExpiresOn: &expires}
}

// earnedBy is a lot that purchase 1 earned.
func earnedBy(e customer.PointsEarned) customer.PointsEarned {
	purchase := id(1)
	e.PurchaseID = &purchase
	return e
}

func points() []story {
	earn := func(e customer.PointsEarned) customer.Command {
		return domaintest.At(customer.EarnPoints{LotID: e.LotID, Points: e.Points, ExpiresOn: e.ExpiresOn, PurchaseID: e.PurchaseID,
			For: e.For}, pointsDay.Time(), pointsDay)
	}
	spend := func(points int64, later domain.Day) customer.Command {
		return domaintest.At(customer.SpendPoints{SpendID: id(20), Points: points}, (pointsDay + later).Time(), pointsDay+later)
	}
	of := func(n byte, points int64) customer.LotPoints { return customer.LotPoints{LotID: id(n), Points: points} }
	spent := func(taken ...customer.LotPoints) customer.PointsSpent {
		e := customer.PointsSpent{SpendID: id(20), Taken: taken}
		for _, t := range taken {
			e.Points += t.Points
		}
		return e
	}
	endless := customer.PointsEarned{LotID: id(13), Points: 5, For: "welcome"}
	early, late := lot(11, 30, 10), lot(12, 50, 20)
	garbled := lot(11, 30, 10)
	garbled.For = "\x00"
	repaid := lot(12, 50, 20)
	repaid.RepaidPoints = 7
	allRepaid := lot(12, 7, 20)
	allRepaid.RepaidPoints = 7
	reversed := func(owed int64, taken ...customer.LotPoints) customer.PointsReversed {
		e := customer.PointsReversed{ReturnID: id(9), LotID: id(11), Points: owed, OwedPoints: owed, Taken: taken}
		for _, t := range taken {
			e.Points += t.Points
		}
		return e
	}
	refundAll := bring(back("cup", "1", "11.00"))
	allBack := cupBack()
	allBack.Lines[0].UnitPrice, allBack.Lines[0].AmountMinor, allBack.Lines[0].ReportingMinor = number("11.00"), 1100, 1100
	allBack.TotalMinor, allBack.ReportingTotalMinor = 1100, 1100
	rest := bring(back("cup", "1", "9.00"))
	rest.ReturnID = id(10)
	restBack := cupBack()
	restBack.ReturnID, restBack.Lines = id(10), []customer.ReturnedLine{
		{ReturnLine: back("cup", "1", "9.00"), AmountMinor: 900, ReportingMinor: 900}}
	restBack.TotalMinor, restBack.ReportingTotalMinor = 900, 900
	restOf := reversed(0, of(11, 30))
	restOf.ReturnID = id(10)
	return []story{
		{Name: "earning points", Given: ann(), When: earn(early), Then: []customer.Event{early}},
		{Name: "earning points that do not expire", Given: ann(), When: earn(endless), Then: []customer.Event{endless}},
		{Name: "earning by a purchase", Given: ann(cups()), When: earn(earnedBy(early)),
			Then: []customer.Event{earnedBy(early)}},
		{Name: "earning the same again", Given: ann(early), When: earn(early)},
		{Name: "earning otherwise under the same id", Given: ann(early), When: earn(lot(11, 31, 10)),
			Refused: customer.ErrLotOtherwise},
		{Name: "points of nobody", When: earn(early), Refused: customer.ErrUnknown},
		{Name: "a lot without id", Given: ann(), When: earn(customer.PointsEarned{Points: 1}), Refused: customer.ErrLotID},
		{Name: "a lot without points", Given: ann(), When: earn(lot(11, 0, 1)), Refused: customer.ErrPoints},
		{Name: "too large a lot", Given: ann(), When: earn(lot(11, 1_000_000_001, 1)), Refused: customer.ErrPoints},
		{Name: "a lot that expired", Given: ann(), When: earn(lot(11, 1, -1)), Refused: customer.ErrLotExpiresOn},
		{Name: "a lot for eleven years", Given: ann(), When: earn(lot(11, 1, 11*366)), Refused: customer.ErrLotExpiresOn},
		{Name: "earning for a text with NUL", Given: ann(), When: earn(garbled), Refused: domain.ErrText.At("for")},
		{Name: "earning by an unknown purchase", Given: ann(), When: earn(earnedBy(early)),
			Refused: customer.ErrPurchaseUnknown},
		{Name: "earning by a purchase that was refunded", Given: ann(cups(), allBack), When: earn(earnedBy(early)),
			Refused: customer.ErrNothingPaid},

		{Name: "spending from the earliest expiry", Given: ann(endless, late, early), When: spend(81, 0),
			Then: []customer.Event{spent(of(11, 30), of(12, 50), of(13, 1))}},
		{Name: "spending the same again", Given: ann(early, spent(of(11, 30))), When: spend(30, 0)},
		{Name: "spending otherwise under the same id", Given: ann(early, spent(of(11, 3))), When: spend(4, 0),
			Refused: customer.ErrSpendOtherwise},
		{Name: "spending all", Given: ann(early), When: spend(30, 10), Then: []customer.Event{spent(of(11, 30))}},
		{Name: "spending more than there is", Given: ann(early), When: spend(31, 0), Refused: customer.ErrTooFewPoints,
			Because: "only 30 points"},
		{Name: "spending what was spent", Given: ann(early, spent(of(11, 20))),
			When:    customer.SpendPoints{SpendID: id(21), Points: 11},
			Refused: customer.ErrTooFewPoints, Because: "only 10 points"},
		{Name: "spending after the expiry, before the day is closed", Given: ann(early, late), When: spend(51, 11),
			Refused: customer.ErrTooFewPoints, Because: "only 50 points"},
		{Name: "spending as nobody", When: spend(1, 0), Refused: customer.ErrUnknown},
		{Name: "spending without id", Given: ann(early), When: customer.SpendPoints{Points: 1},
			Refused: customer.ErrSpendID},
		{Name: "spending nothing", Given: ann(early), When: spend(0, 0), Refused: customer.ErrPoints},
		{Name: "spending for a text with NUL", Given: ann(early), Refused: domain.ErrText.At("for"),
			When: customer.SpendPoints{SpendID: id(20), Points: 1, For: "\x00"}},

		{Name: "a lot can be spent until its day is over", Given: ann(early), When: customer.PassDay{Date: pointsDay + 9}},
		{Name: "a lot expires", Given: ann(early, late, spent(of(11, 4))), When: customer.PassDay{Date: pointsDay + 10},
			Then: []customer.Event{customer.PointsExpired{LotID: id(11), Points: 26}}},
		{Name: "two lots expire, one has no expiry", Given: ann(endless, late, early),
			When: customer.PassDay{Date: pointsDay + 99}, Then: []customer.Event{
				customer.PointsExpired{LotID: id(11), Points: 30}, customer.PointsExpired{LotID: id(12), Points: 50}}},
		{Name: "nothing is left to expire", Given: ann(early, spent(of(11, 30))),
			When: customer.PassDay{Date: pointsDay + 10}},

		{Name: "a part of the money comes back", Given: ann(cups(), earnedBy(early)), When: bring(back("cup", "1", "2.00")),
			Then: []customer.Event{cupBack(), reversed(0, of(11, 5))}},
		{Name: "the rest of it comes back", Given: ann(cups(), earnedBy(lot(11, 35, 10)), cupBack(), reversed(0, of(11, 5))),
			When: rest, Then: []customer.Event{restBack, restOf}},
		{Name: "what was earned after a refund is reversed by the rest",
			Given: ann(cups(), cupBack(), earnedBy(early)), When: rest, Then: []customer.Event{restBack, restOf}},
		{Name: "a return takes its own lot before those that expire earlier",
			Given: ann(cups(), earnedBy(early), lot(12, 50, 1)), When: refundAll,
			Then: []customer.Event{allBack, reversed(0, of(11, 30))}},
		{Name: "what was spent is taken from other lots", Given: ann(cups(), earnedBy(early), late, spent(of(11, 7))),
			When: refundAll, Then: []customer.Event{allBack, reversed(0, of(11, 23), of(12, 7))}},
		{Name: "what no lot holds is owed", Given: ann(cups(), earnedBy(early), spent(of(11, 7))), When: refundAll,
			Then: []customer.Event{allBack, reversed(7, of(11, 23))}},
		{Name: "a later lot pays what is owed",
			Given: ann(cups(), earnedBy(early), spent(of(11, 7)), allBack, reversed(7, of(11, 23))),
			When:  earn(late), Then: []customer.Event{repaid}},
		{Name: "what paid cannot be spent",
			Given: ann(cups(), earnedBy(early), spent(of(11, 7)), allBack, reversed(7, of(11, 23)), repaid),
			When:  customer.SpendPoints{SpendID: id(21), Points: 44}, Refused: customer.ErrTooFewPoints, Because: "only 43"},
		{Name: "a lot may pay with all it has",
			Given: ann(cups(), earnedBy(early), spent(of(11, 7)), allBack, reversed(7, of(11, 23))),
			When:  earn(lot(12, 7, 20)), Then: []customer.Event{allRepaid}},
		{Name: "what expired is not reversed", When: refundAll,
			Given: ann(cups(), earnedBy(early), customer.PointsExpired{LotID: id(11), Points: 30}),
			Then:  []customer.Event{allBack}},
	}
}

// Whatever is asked in whatever order, the account adds up and nobody has less than no points.
func TestPointsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state := &customer.State{}
		for _, e := range ann(cups()) {
			e.Evolve(state, domain.Metadata{})
		}
		left, owed, sum := map[uuid.UUID]int64{}, int64(0), int64(0)
		day := pointsDay
		for step := range rapid.IntRange(1, 40).Draw(t, "steps") {
			n, points := id(byte(30+step)), rapid.Int64Range(1, 60).Draw(t, "points")
			expires := day + domain.Day(rapid.IntRange(0, 20).Draw(t, "days"))
			earn := customer.EarnPoints{LotID: n, Points: points, ExpiresOn: &expires}
			var command customer.Command
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				purchase := id(1)
				earn.PurchaseID = &purchase
				command = domaintest.At(earn, day.Time(), day)
			case 1:
				command = domaintest.At(earn, day.Time(), day)
			case 2:
				day += domain.Day(rapid.IntRange(0, 9).Draw(t, "later"))
				command = customer.PassDay{Date: day}
			case 3:
				c := bring(customer.ReturnLine{SKU: "cup", Quantity: number("0.1"), UnitPrice: number("20")})
				c.ReturnID = n
				command = c
			default:
				command = domaintest.At(customer.SpendPoints{SpendID: n, Points: points}, day.Time(), day)
			}
			events, _ := domaintest.Decide(state, command)
			take := func(taken []customer.LotPoints) {
				for _, l := range taken {
					left[l.LotID] -= l.Points
				}
			}
			for _, e := range events {
				e.Evolve(state, domain.Metadata{})
				switch e := e.(type) {
				case customer.PointsEarned:
					left[e.LotID] += e.Points - e.RepaidPoints
					owed -= e.RepaidPoints
					sum += e.Points
				case customer.PointsSpent:
					take(e.Taken)
					sum -= e.Points
				case customer.PointsExpired:
					left[e.LotID] -= e.Points
					sum -= e.Points
				case customer.PointsReversed:
					take(e.Taken)
					owed += e.OwedPoints
					sum -= e.Points
				}
				balance := int64(0)
				for id, n := range left {
					if balance += n; n < 0 {
						t.Fatalf("lot %s holds %d points", id, n)
					}
				}
				if owed < 0 || balance-owed != sum || balance > 0 && owed > 0 {
					t.Fatalf("after %T: balance %d, owed %d, of %d", e, balance, owed, sum)
				}
			}
		}
	})
}
