package queries

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Filter is a parameter that selects items.
type Filter struct {
	Name  string
	About string
	// Type is PostgreSQL's of the value, Among what it may be.
	Type  string
	Among []string
	// Own filters are only offered within a customer, whose items are few: no index needs to find them.
	Own bool
	// Named filters stand for all parameters that begin with Name and a point; what follows it comes in place of $name.
	Named bool

	column, sign string
	sql          string // a condition with $$ in place of the value
	alike        string // one that also finds what is spelt alike, where the database can
	value        func(string) ([]string, error)
}

// is selects by what a column holds, and any of several values.
func is(column string) Filter { return Filter{Name: column, column: column, sign: "="} }

// before and after select by a bound that does not belong to what is selected.
func before(name, column string) Filter { return Filter{Name: name, column: column, sign: "<"} }
func after(name, column string) Filter  { return Filter{Name: name, column: column, sign: ">"} }

// whether selects what meets a condition, or what does not.
func whether(name, about, condition string) Filter {
	return Filter{Name: name, About: about, Type: "boolean", sql: "(" + condition + ") = $$"}
}

// where selects by a condition of its own, with $$ in place of the value.
func where(name, about, kind, condition string) Filter {
	return Filter{Name: name, About: about, Type: kind, sql: condition}
}

func (f Filter) own() Filter {
	f.Own = true
	return f
}

// updatedAfter selects what is of customers of whom anything was recorded since.
func updatedAfter(owner string) Filter {
	return where("updated_after", "Of customers of whom anything was recorded after that time", "timestamp with time zone",
		"t."+owner+" IN (SELECT customer_id FROM customer_timeline WHERE recorded_at > $$)")
}

func (f *Filter) prepare(l *List) {
	if f.column == "" {
		return
	}
	c := l.column(f.column)
	f.Type, f.Among, f.sql = c.Type, c.Among, c.expr+" "+f.sign+" $$"
	if f.About == "" {
		f.About = map[string]string{"=": "", "<": "Before: ", ">": "After: "}[f.sign] + strings.TrimPrefix(c.Comment, "Personal: ")
	}
}

// Several reports whether the filter may be given more than once, for any of its values.
func (f *Filter) Several() bool { return f.sign == "=" && f.value == nil }

// Fault is what is wrong with a parameter.
type Fault struct{ Param, Code, Message string }

func (f *Fault) Error() string { return f.Message }

func fault(param, code, message string, args ...any) error {
	return &Fault{param, code, fmt.Sprintf(message, args...)}
}

// forms say of each type how its values are written.
var forms = map[string]struct {
	read func(string) error
	is   string
}{
	"text":                     {func(string) error { return nil }, "plain text"},
	"uuid":                     {func(s string) error { _, err := uuid.Parse(s); return err }, "a UUID"},
	"boolean":                  {func(s string) error { _, err := strconv.ParseBool(s); return err }, "true or false"},
	"bigint":                   {func(s string) error { _, err := strconv.ParseInt(s, 10, 64); return err }, "a whole number"},
	"date":                     {func(s string) error { _, err := domain.ParseDay(s); return err }, "a date as in 2024-05-01"},
	"timestamp with time zone": {func(s string) error { _, err := time.Parse(time.RFC3339, s); return err }, "a time as in 2024-05-01T12:00:00Z"},
}

const valueBytes = 4000 // of a filter's value, at most

// check refuses values that are none of the filter's.
func (f *Filter) check(param string, values []string) error {
	if len(values) > 1 && !f.Several() {
		return fault(param, "parameter_repeated", "%s is given once", param)
	}
	if len(values) > 50 {
		return fault(param, "parameter_repeated", "%s is given 50 times at most", param)
	}
	for _, v := range values {
		if len(v) > valueBytes || !domain.PlainText(v) {
			return fault(param, "value_malformed", "%s is plain text of at most %d bytes", param, valueBytes)
		}
		if form := forms[f.Type]; form.read(v) != nil {
			return fault(param, "value_malformed", "%s is %s", param, form.is)
		}
		if len(f.Among) > 0 && !slices.Contains(f.Among, v) {
			return fault(param, "value_malformed", "%s is one of %s", param, strings.Join(f.Among, ", "))
		}
	}
	return nil
}
