package importer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// book is whole files of sales in memory: their purchases and returns, in the order of time.
type book struct {
	*story
	entries []*entry

	byReference map[reference]*entry
	sameDay     map[visit]int
	words       map[string]string
	broken      map[invoice]*broken
	discounts   int
}

// invoice is one invoice of one file.
type invoice struct {
	inFile int    // among Paths
	number string // of the file, or made up for a line without one
}

// entry is a purchase, or a return.
type entry struct {
	reference
	place   // of the first of its lines
	party   *party
	at      time.Time // the earliest of its lines
	country string
	items   []item
	lines   []int  // discounts included
	nth     string // where there are no invoices: what tells it from others of its customer and day
}

type reference struct {
	invoice
	back bool // came back: a return
}

// visit is where lines without an invoice are counted, to be told apart.
type visit struct {
	customer string
	day      domain.Day
}

// readSales takes in files of sales.
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
		what := "purchases"
		if e.back {
			what = "returns"
			returns++
		} else {
			purchases++
		}
		s.tell(fact{at: e.at, place: e.place, party: e.party, entry: e,
			worth:   worth{what, s.Layout.Currency, e.minor(s.Layout.Currency)},
			command: func(how client.Circumstances) client.Line { return b.command(e, how) }})
	}
	s.hold("purchases", purchases)
	s.hold("returns", returns)
	if b.discounts > 0 {
		s.hold("lines that are discounts, taken off the prices of their invoice", b.discounts)
	}
	return nil
}

func readBook(ctx context.Context, s *story) (*book, error) {
	s.system = s.Layout.System
	told := s.Layout.DateLayout != ""
	var err error
	if s.Layout.DateLayout, err = findDates(ctx, s); err != nil {
		return nil, err
	}
	if !told {
		s.dateLayout = s.Layout.DateLayout
	}
	b := &book{story: s, byReference: map[reference]*entry{}, sameDay: map[visit]int{}, words: map[string]string{},
		broken: map[invoice]*broken{}}
	for i, path := range s.Paths {
		if err := b.readFile(ctx, i, path); err != nil {
			return nil, in(path, err)
		}
	}
	if err := b.settle(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(b.entries, func(x, y *entry) int { return x.at.Compare(y.at) })
	b.byReference, b.sameDay, b.words, b.broken = nil, nil, nil, nil
	return b, nil
}

func (b *book) readFile(ctx context.Context, file int, path string) error {
	src, err := open(path, b.Encoding)
	if err != nil {
		return err
	}
	defer src.Close()
	now := b.Now()
	for r, err := range b.Layout.rows(b.Options, src) {
		if err := b.count(ctx, err); err != nil {
			return err
		}
		if err == nil {
			err = b.enter(file, r, now)
			r.perhaps = []string{r.invoice}
		}
		var f *fault
		if errors.As(err, &f) {
			b.breaks(file, r.perhaps, f)
		}
		if err := b.pass(err); err != nil {
			return err
		}
		if f != nil && !f.passed && r.customer != "" && r.invoice == "" && !outOfRange(r.at, now) {
			b.rejects[f.place] = rejection{f.reason, b.nth(r)}
		}
	}
	return nil
}

// enter adds a line to the purchase or return that it belongs to.
func (b *book) enter(file int, r row, now time.Time) error {
	if outOfRange(r.at, now) {
		return &fault{place: r.place, reason: "date_out_of_range", detail: r.at.Format(time.DateTime)}
	}
	ref, nth := reference{invoice{file, r.invoice}, r.item.quantity.IsNeg()}, ""
	if ref.number == "" {
		nth = b.nth(r)
		ref.number = fmt.Sprintf("%s-%s-%s", r.customer, domain.DayOf(r.at, b.Zone), nth)
	}
	e := b.byReference[ref]
	if e == nil {
		ref.number = strings.Clone(ref.number)
		e = &entry{reference: ref, party: b.party(r.customer), at: r.at, place: r.place, nth: nth}
		b.byReference[ref] = e
		b.entries = append(b.entries, e)
	}
	e.lines = append(e.lines, r.line)
	if e.party.externalID != r.customer {
		return &fault{place: r.place, reason: "invoice_of_another_customer", detail: fmt.Sprintf("%q is of %q, not of %q",
			clip(ref.number), clip(e.party.externalID), clip(r.customer))}
	}
	if r.at.Before(e.at) {
		e.at = r.at
	}
	if e.country == "" && domain.KnownCountry(r.country) { // what is none, as "Unspecified", is left out
		e.country = b.word(r.country)
	}
	r.item.quantity = r.item.quantity.Abs()
	r.item.sku, r.item.name, r.item.category = b.word(r.item.sku), b.word(r.item.name), b.word(r.item.category)
	e.items = append(e.items, r.item)
	return nil
}

// nth returns what tells a line without an invoice from others of the same customer and day: which it is of them, or
// what was written beside it when it was refused the first time.
func (b *book) nth(r row) string {
	if r.number != "" {
		return strings.Clone(r.number)
	}
	v := visit{b.word(r.customer), domain.DayOf(r.at, b.Zone)}
	b.sameDay[v]++
	return strconv.Itoa(b.sameDay[v])
}

// word returns one copy of each text: a field is a part of its whole line, which must not stay in memory.
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
			Quantity: x.quantity, UnitPrice: x.price, ListPrice: x.listPrice}
	}
	return client.RecordPurchase(e.party.id, c, how)
}
