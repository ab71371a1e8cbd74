package importer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// book is a whole file of sales in memory: its purchases and returns, in the order of time.
type book struct {
	*story
	entries []*entry

	byReference map[reference]*entry
	sameDay     map[visit]int
	words       map[string]string
}

// entry is a purchase, or a return.
type entry struct {
	reference
	party   *party
	at      time.Time // the earliest of its lines
	line    int       // the first of its lines
	country string
	items   []item
}

type reference struct {
	number string
	back   bool // came back: a return
}

// visit is where lines without an invoice are counted, to be told apart.
type visit struct {
	customer string
	day      domain.Day
}

// readSales takes in a file of sales.
func readSales(ctx context.Context, s *story) error {
	b, err := readBook(ctx, s)
	if err != nil {
		return err
	}
	purchases, returns := 0, 0
	known := map[*party]bool{}
	for _, e := range b.entries {
		if !known[e.party] {
			known[e.party], e.party.register.Country = true, e.country
		}
		if e.back {
			returns++
		} else {
			purchases++
		}
		s.tell(e.at, e.line, e.party, func(how client.Circumstances) client.Line { return b.command(e, how) })
	}
	s.hold("purchases", purchases)
	s.hold("returns", returns)
	return nil
}

func readBook(ctx context.Context, s *story) (*book, error) {
	src, err := open(s.Path, s.Encoding)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	s.system = s.Layout.System
	b := &book{story: s, byReference: map[reference]*entry{}, sameDay: map[visit]int{}, words: map[string]string{}}
	now := s.Now()
	for r, err := range s.Layout.parse(s.Layout, s.Options, src) {
		if err := s.count(ctx, err); err != nil {
			return nil, err
		}
		if err == nil {
			err = b.enter(r, now)
		}
		if err := s.pass(err); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(b.entries, func(x, y *entry) int { return x.at.Compare(y.at) })
	b.byReference, b.sameDay, b.words = nil, nil, nil
	return b, nil
}

// enter adds a line to the purchase or return that it belongs to.
func (b *book) enter(r row, now time.Time) error {
	if outOfRange(r.at, now) {
		return &skipped{r.line, "date_out_of_range", r.at.Format(time.DateTime)}
	}
	ref := reference{number: r.invoice, back: r.item.quantity.IsNeg()}
	if ref.number == "" {
		v := visit{b.word(r.customer), domain.DayOf(r.at, b.Zone)}
		b.sameDay[v]++
		ref.number = fmt.Sprintf("%s-%s-%d", v.customer, v.day, b.sameDay[v])
	}
	e := b.byReference[ref]
	if e == nil {
		ref.number = strings.Clone(ref.number)
		e = &entry{reference: ref, party: b.party(r.customer), at: r.at, line: r.line}
		b.byReference[ref] = e
		b.entries = append(b.entries, e)
	}
	if e.party.externalID != r.customer {
		return &skipped{r.line, "invoice_of_another_customer", fmt.Sprintf("%q is of %q, not of %q",
			clip(ref.number), clip(e.party.externalID), clip(r.customer))}
	}
	if r.at.Before(e.at) {
		e.at = r.at
	}
	if e.country == "" {
		e.country = b.word(r.country)
	}
	r.item.quantity = r.item.quantity.Abs()
	r.item.sku, r.item.name, r.item.category = b.word(r.item.sku), b.word(r.item.name), b.word(r.item.category)
	e.items = append(e.items, r.item)
	return nil
}

// word answers one copy of each text: a field is a part of its whole line, which must not stay in memory.
func (b *book) word(s string) string {
	w, ok := b.words[s]
	if !ok {
		w = strings.Clone(s)
		b.words[w] = w
	}
	return w
}

func (b *book) command(e *entry, how client.Circumstances) client.Line {
	if e.back {
		c := customer.RecordReturn{ReturnID: b.id("return", e.number), Reference: e.number, Currency: b.Layout.Currency,
			Rate: b.Layout.Rate, Lines: make([]customer.ReturnLine, len(e.items))}
		for i, x := range e.items {
			c.Lines[i] = customer.ReturnLine{SKU: x.sku, Name: x.name, Quantity: x.quantity, UnitPrice: x.price}
		}
		return client.RecordReturn(e.party.id, c, how)
	}
	c := customer.RecordPurchase{PurchaseID: b.id("purchase", e.number), Reference: e.number, Currency: b.Layout.Currency,
		Rate: b.Layout.Rate, Lines: make([]customer.Line, len(e.items))}
	for i, x := range e.items {
		c.Lines[i] = customer.Line{SKU: x.sku, Name: x.name, Category: x.category,
			Quantity: x.quantity, UnitPrice: x.price}
	}
	return client.RecordPurchase(e.party.id, c, how)
}
