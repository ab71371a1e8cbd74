package importer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// book is a whole file in memory: its purchases and returns, in the order of time.
type book struct {
	Options
	rows      int
	customers map[string]*party
	entries   []*entry
	skipped   tally

	byReference map[reference]*entry
	sameDay     map[visit]int
	words       map[string]string
}

type party struct {
	id         uuid.UUID
	externalID string
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

// read takes in a whole file, or fails without a trace.
func read(ctx context.Context, o Options) (*book, error) {
	src, err := open(o.Path, o.Encoding)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	b := &book{Options: o, customers: map[string]*party{}, byReference: map[reference]*entry{},
		sameDay: map[visit]int{}, words: map[string]string{}}
	now := o.Now()
	for r, err := range o.Layout.parse(o.Layout, o, src) {
		if err == nil || errors.As(err, new(*skipped)) {
			b.rows++
		}
		if b.rows > o.MaxLines {
			return nil, fmt.Errorf("more than %d lines: split the file, or raise the limit", o.MaxLines)
		}
		if b.rows%4096 == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err == nil {
			err = b.enter(r, now)
		}
		var skip *skipped
		switch {
		case errors.As(err, &skip) && (!o.Strict || skip.reason == noCustomer):
			b.skipped.add(skip.reason, skip.line, skip.detail)
		case err != nil:
			return nil, err
		}
	}
	if faults := b.skipped.count() - b.skipped.of(noCustomer); len(b.entries) == 0 && faults > 0 {
		return nil, fmt.Errorf("no line makes sense: %s", b.skipped)
	}
	slices.SortStableFunc(b.entries, func(x, y *entry) int { return x.at.Compare(y.at) })
	b.byReference, b.sameDay, b.words = nil, nil, nil
	return b, nil
}

// earliest is the first moment that the server believes, and a day ahead of the clock the last. A date that
// is only mistyped must not close the days up to it.
var earliest = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

// enter adds a line to the purchase or return that it belongs to.
func (b *book) enter(r row, now time.Time) error {
	if r.at.Before(earliest) || r.at.Sub(now) > 24*time.Hour {
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
		e = &entry{reference: ref, party: b.partyOf(r.customer), at: r.at, line: r.line}
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

func (b *book) partyOf(externalID string) *party {
	p := b.customers[externalID]
	if p == nil {
		externalID = b.word(externalID)
		id := customer.IDFrom(customer.ExternalID{System: b.Layout.System, ID: externalID})
		p = &party{id: id, externalID: externalID}
		b.customers[externalID] = p
	}
	return p
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

// lines yields the commands: each customer registered just before their first purchase or return, then
// these in the order of time. A day is closed once all that it brought has been told; after quiet days, so
// is the eve of the next one that brings something, and with it every day between. A day that is not over
// yet is left open.
func (b *book) lines(now time.Time) iter.Seq[client.Line] {
	return func(yield func(client.Line) bool) {
		today := domain.DayOf(now, b.Zone)
		known := make(map[*party]bool, len(b.customers))
		var open domain.Day
		for i, e := range b.entries {
			day := domain.DayOf(e.at, b.Zone)
			if i > 0 && day > open && !closeUntil(open, day-1, today, e.line, yield) {
				return
			}
			open = day
			if !known[e.party] {
				known[e.party] = true
				if !yield(b.registration(e)) {
					return
				}
			}
			if !yield(b.command(e)) {
				return
			}
		}
		if n := len(b.entries); n > 0 {
			closeUntil(open, open, today, b.entries[n-1].line, yield)
		}
	}
}

func closeUntil(day, eve, today domain.Day, origin int, yield func(client.Line) bool) bool {
	for _, d := range slices.Compact([]domain.Day{day, eve}) {
		line := client.CloseDay(d)
		line.Origin = origin
		if d < today && !yield(line) {
			return false
		}
	}
	return true
}

// commands answers how many lines there are.
func (b *book) commands(now time.Time) int {
	n := 0
	for range b.lines(now) {
		n++
	}
	return n
}

func (b *book) registration(e *entry) client.Line {
	line := client.Register(e.party.id, customer.Register{Kind: customer.Person, Country: e.country,
		ExternalIDs: []customer.ExternalID{{System: b.Layout.System, ID: e.party.externalID}}}, b.circumstances(e))
	line.Origin = e.line
	return line
}

// idSpace is the namespace of the ids of imported purchases and returns.
var idSpace = uuid.MustParse("47da22a1-3978-4bb3-b87b-43bde36fe116")

func (b *book) command(e *entry) (line client.Line) {
	id := func(kind string) uuid.UUID {
		return uuid.NewSHA1(idSpace, []byte(kind+"\x00"+b.Layout.System+"\x00"+e.number))
	}
	if e.back {
		c := customer.RecordReturn{ReturnID: id("return"), Reference: e.number, Currency: b.Layout.Currency,
			Rate: b.Layout.Rate, Lines: make([]customer.ReturnLine, len(e.items))}
		for i, x := range e.items {
			c.Lines[i] = customer.ReturnLine{SKU: x.sku, Name: x.name, Quantity: x.quantity, UnitPrice: x.price}
		}
		line = client.RecordReturn(e.party.id, c, b.circumstances(e))
	} else {
		c := customer.RecordPurchase{PurchaseID: id("purchase"), Reference: e.number, Currency: b.Layout.Currency,
			Rate: b.Layout.Rate, Lines: make([]customer.Line, len(e.items))}
		for i, x := range e.items {
			c.Lines[i] = customer.Line{SKU: x.sku, Name: x.name, Category: x.category,
				Quantity: x.quantity, UnitPrice: x.price}
		}
		line = client.RecordPurchase(e.party.id, c, b.circumstances(e))
	}
	line.Origin = e.line
	return line
}

func (b *book) circumstances(e *entry) client.Circumstances {
	return client.Circumstances{OccurredAt: e.at, Actor: "rapport import", Source: b.Layout.System}
}
