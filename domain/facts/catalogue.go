package facts

import (
	"github.com/rapport-crm/rapport/domain"
)

// Kind is the type of a fact's value.
type Kind string

const (
	Int    Kind = "int"            // int64
	Double Kind = "double"         // float64
	String Kind = "string"         // string
	Bool   Kind = "bool"           // bool
	List   Kind = "list of string" // []string
	Map    Kind = "text by name"   // map[string]string
)

// MaxWindow bounds the days of a window: five years.
const MaxWindow = 1830

// Fact is one thing that the catalogue can say of a customer. Its value is absent where the customer does
// not have it. A fact is static, or changes with time alone in one of four ways: an age grows by 1 a day
// from a day of the customer's on; a window looks at the last days, or the next, whose number the asker gives;
// a step changes on certain days; a fading figure falls a little each day. A map is static; a rule asks for one entry of it, by a name that it writes out.
type Fact struct {
	Name string
	Kind Kind
	Unit string // what one unit of the value is; may be empty
	Doc  string // a sentence for whoever writes rules

	// Exactly one of these is set, but for entry, which a static map has beside.
	static func(*Customer) (any, bool)
	entry  func(c *Customer, name string) (any, bool)
	since  func(*Customer) (domain.Day, bool)
	window window
	step   step
	fading fading
}

// IsAge tells whether the fact's value is max(0, on − since) days.
func (f *Fact) IsAge() bool { return f.since != nil }

// IsWindow tells whether the fact looks at some days only.
func (f *Fact) IsWindow() bool { return f.window != nil }

// IsStep tells whether the fact changes on certain days.
func (f *Fact) IsStep() bool { return f.step != nil }

// IsMap tells whether rules ask for an entry of the fact.
func (f *Fact) IsMap() bool { return f.entry != nil }

// Entry answers an entry of a map; false where it is absent.
func (f *Fact) Entry(c *Customer, name string) (any, bool) { return f.entry(c, name) }

// IsFading tells whether the fact is a figure that falls with time.
func (f *Fact) IsFading() bool { return f.fading != nil }

// Since answers the day from which an age counts; false where the customer has no such day.
func (f *Fact) Since(c *Customer) (domain.Day, bool) { return f.since(c) }

// Value answers the fact as of a business date, in the Go type of its Kind; false where it is absent.
// Only a window looks at days: how many of them count, up to that date or from it on.
func (f *Fact) Value(c *Customer, on domain.Day, days int) (any, bool) {
	switch {
	case f.since != nil:
		since, ok := f.since(c)
		return int64(max(0, on-since)), ok
	case f.window != nil:
		sum := f.window.sum(c, on, days)
		if f.Kind == Double {
			return major(sum, c.Value.Digits), true
		}
		return sum, true
	case f.step != nil:
		return f.step.value(c, on)
	case f.fading != nil:
		return f.fading.value(c, on)
	}
	return f.static(c)
}

// NextChange answers the first day after a day on which the value is another one if nothing happens to
// the customer; false if it stays.
func (f *Fact) NextChange(c *Customer, after domain.Day, days int) (domain.Day, bool) {
	switch {
	case f.since != nil:
		since, ok := f.since(c)
		return max(since, after) + 1, ok
	case f.window != nil:
		return f.window.next(c, after, days)
	case f.step != nil:
		return f.step.next(c, after)
	case f.fading != nil:
		return f.fading.next(c, after)
	}
	return 0, false
}

// NextPassing answers the first day after a day on which a fading figure stands otherwise to a number than on that
// day: above it, at it or below it; false if there is none.
func (f *Fact) NextPassing(c *Customer, after domain.Day, number float64) (domain.Day, bool) {
	return f.fading.passes(c, after, number)
}

// Find answers the fact of that name, or nil.
func Find(name string) *Fact { return byName[name] }

var byName = func() map[string]*Fact {
	m := make(map[string]*Fact, len(Catalogue))
	for i := range Catalogue {
		m[Catalogue[i].Name] = &Catalogue[i]
	}
	return m
}()

// window sums up what it sees of a customer as of a business date, over as many days as the asker gives.
type window interface {
	sum(c *Customer, on domain.Day, days int) int64
	// next answers the first day after one on which time alone changes the sum; false where it does not.
	next(c *Customer, after domain.Day, days int) (domain.Day, bool)
}

// step answers a value as of a business date, false where the customer does not have it, and the first day after one on which time alone changes it.
type step interface {
	value(c *Customer, on domain.Day) (any, bool)
	next(c *Customer, after domain.Day) (domain.Day, bool)
}

// over is the window over the last days of a list, each of which adds its part; days to come count too.
type over[D dated] struct {
	days func(*Customer) []D
	part func(*D) int64
}

func (w over[D]) sum(c *Customer, on domain.Day, days int) (sum int64) {
	list := w.days(c)
	i, _ := find(list, on-domain.Day(days)+1)
	for ; i < len(list); i++ {
		sum += w.part(&list[i])
	}
	return sum
}

func (w over[D]) next(c *Customer, after domain.Day, days int) (domain.Day, bool) {
	list := w.days(c)
	i, _ := find(list, after-domain.Day(days)+1)
	for ; i < len(list); i++ {
		if w.part(&list[i]) != 0 {
			return list[i].on() + domain.Day(days), true
		}
	}
	return 0, false
}

// major is where exact money becomes a float: the float nearest to the amount.
func major(minor int64, digits int) float64 { return float64(minor) / float64(scale(digits)) }

// scale answers the minor units in one major unit.
func scale(digits int) int64 {
	units := int64(1)
	for range digits {
		units *= 10
	}
	return units
}
