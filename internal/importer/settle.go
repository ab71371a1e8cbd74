package importer

import (
	"fmt"
	"slices"

	"github.com/rapport-crm/rapport/domain"
)

// An invoice is recorded whole or not at all: once a part of it is recorded as all of it, the rest cannot be. So one with a
// line that cannot be read is held back, until the line is repaired and the whole is sent again.

// broken is what is wrong with an invoice: its first fault, and all lines that have one.
type broken struct {
	first *fault
	lines []int // in the end those of its entries too
	held  *Held // once it is held back
}

// breaks remembers that an invoice of one of these numbers has a line with a fault, or one of nobody.
func (b *book) breaks(file int, numbers []string, f *fault) {
	for _, number := range numbers {
		if number == "" {
			continue // a line of its own
		}
		key := invoice{file, number}
		x := b.broken[key]
		if x == nil {
			key.number = b.word(number)
			x = &broken{first: f}
			b.broken[key] = x
		}
		if x.first.passed && !f.passed {
			x.first = f
		}
		x.lines = append(x.lines, f.line)
	}
}

// settle takes discounts off their invoices, and leaves only what can be recorded whole and once.
func (b *book) settle() error {
	for _, e := range b.entries {
		if b.broken[e.invoice] != nil {
			continue
		}
		if f := b.discount(e); f != nil {
			b.breaks(e.inFile, []string{e.number}, f)
			if err := b.pass(f); err != nil {
				return in(f.file, err)
			}
		}
	}
	repeated, err := b.compareFiles()
	if err != nil {
		return err
	}
	if repeated > 0 {
		b.hold("invoices that an earlier file has too, told once", repeated)
	}
	whole := b.entries[:0]
	for _, e := range b.entries {
		x := b.broken[e.invoice]
		if x == nil {
			whole = append(whole, e)
			continue
		}
		if err := b.holdBack(e, x); err != nil {
			return in(e.place.file, err)
		}
	}
	clear(b.entries[len(whole):])
	b.entries = whole
	return nil
}

// holdBack leaves out an entry, since a line of its invoice cannot be read. A line of nobody is a fault here: the others
// say whose invoice it is.
func (b *book) holdBack(e *entry, x *broken) error {
	if x.held == nil {
		if x.first.passed {
			x.first = &fault{place: x.first.place, reason: "customer_missing_in_part", detail: fmt.Sprintf("%q is of %q",
				clip(e.number), clip(e.party.externalID))}
			if err := b.pass(x.first); err != nil {
				return err
			}
		}
		x.held = &Held{Invoice: e.number, Customer: e.party.externalID, File: e.place.file,
			Reason: x.first.reason, At: x.first.line, Detail: x.first.detail}
		b.held = append(b.held, x.held)
	}
	x.lines = append(x.lines, e.lines...)
	slices.Sort(x.lines)
	x.lines = slices.Compact(x.lines)
	x.held.Line, x.held.Lines = x.lines[0], len(x.lines)
	for _, line := range x.lines {
		b.reject(place{e.place.file, line}, fmt.Sprintf("held back: %s at line %d", x.first.reason, x.first.line))
	}
	return nil
}

// compareFiles looks for invoices that stand in several files. With the same content they are told once; otherwise none
// of them is, since nobody knows which is right.
func (b *book) compareFiles() (repeated int, err error) {
	if len(b.Paths) == 1 {
		return 0, nil
	}
	first := map[reference]*entry{}
	var differing []*entry
	b.entries = slices.DeleteFunc(b.entries, func(e *entry) bool {
		if b.broken[e.invoice] != nil {
			return false
		}
		key := reference{invoice{0, e.number}, e.back}
		known := first[key]
		switch {
		case known == nil:
			first[key] = e
		case known.same(e):
			repeated++
			return true
		default:
			differing = append(differing, e)
		}
		return false
	})
	for _, e := range differing {
		known := first[reference{invoice{0, e.number}, e.back}]
		for _, pair := range [][2]*entry{{e, known}, {known, e}} {
			f := &fault{place: pair[0].place, reason: "invoice_differs",
				detail: fmt.Sprintf("%q is told otherwise at %s", clip(e.number), pair[1].place)}
			if b.broken[pair[0].invoice] != nil {
				continue
			}
			b.breaks(pair[0].inFile, []string{e.number}, f)
			if err := b.pass(f); err != nil {
				return 0, in(f.file, err)
			}
		}
	}
	return repeated, nil
}

// same reports whether two entries tell the same.
func (e *entry) same(o *entry) bool {
	return e.party == o.party && e.at.Equal(o.at) && slices.EqualFunc(e.items, o.items, func(x, y item) bool {
		return x.sku == y.sku && x.name == y.name && x.category == y.category && x.quantity.Equal(y.quantity) &&
			x.price.Equal(y.price)
	})
}

// minor returns what the entry comes to, as far as it is within bounds; beyond them the server refuses it.
func (e *entry) minor(in domain.Currency) (sum int64) {
	digits, _ := in.MinorDigits() // the layout is valid
	for _, x := range e.items {
		amount, err := domain.Minor(digits, x.quantity, x.price)
		if err != nil || sum+amount > domain.MaxMinor {
			return 0
		}
		sum += amount
	}
	return sum
}
