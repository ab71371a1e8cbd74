package facts

import (
	"fmt"

	"github.com/rapport-crm/rapport/domain"
)

// Promises is what we promised the customer.
type Promises struct {
	Open   int64 `json:"open,omitempty"`
	Kept   int64 `json:"kept,omitempty"`
	Broken int64 `json:"broken,omitempty"`
}

// Deadlines says of what falls due by itself, and on which business day: what by noun and id.
type Deadlines map[string]domain.Day

// Next answers the first day at whose end something falls due; false if nothing will.
func (d Deadlines) Next() (next domain.Day, ok bool) {
	for _, day := range d {
		if !ok || day < next {
			next, ok = day, true
		}
	}
	return next, ok
}

func (d *Deadlines) set(noun string, id fmt.Stringer, day domain.Day) {
	if *d == nil {
		*d = Deadlines{}
	}
	(*d)[noun+" "+id.String()] = day
}

// clear tells whether there was such a deadline.
func (d *Deadlines) clear(noun string, id fmt.Stringer) bool {
	key := noun + " " + id.String()
	_, was := (*d)[key]
	delete(*d, key)
	return was
}
