package demo

import (
	"fmt"
	"slices"
	"time"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// buy is one purchase, and what may follow from it: a question, and things that come back.
func (s *shopper) buy(at time.Time) {
	s.purchases++
	via := weighted(s.dice, channels, func(c channel) int { return c.weight })
	p := customer.RecordPurchase{PurchaseID: s.nth("purchase", s.purchases), Currency: s.Currency,
		Reference: fmt.Sprintf("S%05d-%d", s.number, s.purchases), PaymentMethod: pick(s.dice, via.payments)}
	if s.organisation {
		p.PaymentMethod = "invoice"
	}
	gift := at.Month() == time.December && s.chance(.4)
	for range s.between(1, 4) {
		p.Lines = s.add(p.Lines, gift)
	}
	s.tell(at, client.RecordPurchase(s.id, p, s.how(at, "sales", via.name, "")))
	if s.chance(.07) {
		s.bringBack(p, at)
	}
}

type channel struct {
	name     string
	weight   int
	payments []string
}

var channels = []channel{
	{"web", 70, []string{"card", "card", "wallet", "transfer"}},
	{"store", 22, []string{"card", "cash"}},
	{"phone", 8, []string{"transfer", "invoice"}},
}

// add puts one more good into the basket, unless it is there already.
func (s *shopper) add(lines []customer.Line, gift bool) []customer.Line {
	g := pick(s.dice, goodsOf(weighted(s.dice, tastes, func(t taste) int { return t.weight }).category))
	if slices.ContainsFunc(lines, func(l customer.Line) bool { return l.SKU == g.sku }) {
		return lines
	}
	quantity := 1
	switch {
	case s.organisation && g.price < 5000:
		quantity = s.between(4, 24)
	case g.price < 1500 && s.chance(.4):
		quantity = s.between(2, 4)
	}
	price := g.price
	if s.chance(.15) {
		price = g.price * int64(s.between(16, 19)) / 20 // 5 to 20 per cent off
	}
	list, cost := hundredths(g.price), hundredths(g.cost)
	l := customer.Line{SKU: g.sku, Name: g.name, Category: g.category, Quantity: decimal.MustNew(int64(quantity), 0),
		UnitPrice: hundredths(price), ListPrice: &list, UnitCost: &cost, Purpose: "own_use"}
	switch {
	case s.organisation:
		l.Purpose = "business"
	case gift:
		l.Purpose = "gift"
	}
	return append(lines, l)
}

// bringBack returns one line of a purchase, or a part of it, after some days.
func (s *shopper) bringBack(p customer.RecordPurchase, bought time.Time) {
	at := bought.AddDate(0, 0, s.between(3, 25))
	if s.over(at) {
		return
	}
	line := pick(s.dice, p.Lines)
	whole, _, _ := line.Quantity.Int64(0)
	r := customer.RecordReturn{ReturnID: s.nth("return", s.purchases), PurchaseID: &p.PurchaseID,
		Reference: "R-" + p.Reference, Currency: p.Currency, Reason: pick(s.dice, returnReasons),
		Lines: []customer.ReturnLine{{SKU: line.SKU, Name: line.Name, UnitPrice: line.UnitPrice,
			Quantity: decimal.MustNew(int64(s.between(1, int(whole))), 0)}}}
	s.tell(at, client.RecordReturn(s.id, r, s.how(at, "service", "web", "")))
}
