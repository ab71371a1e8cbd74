package importer

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/rapport-crm/rapport/domain"
)

// discount takes the lines of an entry with a negative price off the others, in proportion to what they come to, so
// that the sum is exact in minor units. The prices before remain as list prices.
func (b *book) discount(e *entry) *fault {
	of := slices.IndexFunc(e.items, func(x item) bool { return x.price.IsNeg() })
	if of < 0 {
		return nil
	}
	at := place{e.place.file, e.items[of].line}
	digits, _ := b.Layout.Currency.MinorDigits() // the layout is valid
	var goods []item
	var amounts []int64
	var sum, off int64
	for _, x := range e.items {
		amount, err := domain.Minor(digits, x.quantity, x.price.Abs())
		if err != nil || sum > domain.MaxMinor || off > domain.MaxMinor {
			return &fault{place: place{e.place.file, x.line}, reason: "money_out_of_range"}
		}
		if x.price.IsNeg() {
			b.discounts++
			off += amount
			continue
		}
		goods, amounts, sum = append(goods, x), append(amounts, amount), sum+amount
	}
	if off > sum {
		return &fault{place: at, reason: "discount_above_invoice", detail: fmt.Sprintf("%q: %s off, of %s",
			clip(e.number), b.Layout.Currency.Format(off), b.Layout.Currency.Format(sum))}
	}
	for i, share := range spread(off, sum, amounts) {
		if share == 0 {
			continue
		}
		x := &goods[i]
		list := x.price
		var ok bool
		if x.price, ok = unitPrice(amounts[i]-share, x.quantity, digits); !ok {
			return &fault{place: place{e.place.file, x.line}, reason: "discount_indivisible"}
		}
		x.listPrice = &list
	}
	e.items = goods
	return nil
}

// spread divides an amount in proportion to others, which sum up to at least as much. What is left over after rounding
// down goes to the largest remainders, one minor unit each, so no share is above its part.
func spread(amount, sum int64, parts []int64) []int64 {
	shares := make([]int64, len(parts))
	if sum == 0 {
		return shares
	}
	left := amount
	remainders := make([]uint64, len(parts))
	order := make([]int, len(parts))
	for i, part := range parts {
		high, low := bits.Mul64(uint64(amount), uint64(part))
		share, remainder := bits.Div64(high, low, uint64(sum))
		shares[i], remainders[i], order[i] = int64(share), remainder, i
		left -= int64(share)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case remainders[a] > remainders[b]:
			return -1
		case remainders[a] < remainders[b]:
			return 1
		}
		return 0
	})
	for _, i := range order[:left] {
		shares[i]++
	}
	return shares
}
