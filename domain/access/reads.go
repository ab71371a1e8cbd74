package access

import (
	"regexp"

	"github.com/google/uuid"
)

// Who looked at personal data is in the log, as what happened to the customer is: it cannot be taken back, and the
// proofs cover it. Nothing is decided over what was read before, so these streams have no state.

// EveryonesReads is the stream of what was read of many customers at once: tables and lists.
const EveryonesReads = "access-all"

// ReadsStream names the stream of what was read of one customer.
func ReadsStream(customer uuid.UUID) string { return "access-" + customer.String() }

// PersonalDataRead is the fact that somebody was shown personal data. It tells whose and what kind, never the data.
type PersonalDataRead struct {
	CustomerID uuid.UUID   `json:"customer_id,omitzero"` // whose; absent for tables and lists, which show many
	Reader     string      `json:"reader"`               // who was shown them
	Role       string      `json:"role"`                 // as what they asked
	Operation  string      `json:"operation"`            // what they asked for, as the API's documentation names it
	Purpose    string      `json:"purpose,omitempty"`    // why, as they said it
	Table      string      `json:"table,omitempty"`      // the table or view, where they asked for one
	Conditions []Condition `json:"conditions,omitempty"` // which of its rows
}

func (PersonalDataRead) EventType() string { return "access.personal_data_read.v1" }

// Stream answers the stream that the fact belongs to.
func (e PersonalDataRead) Stream() string {
	if e.CustomerID == uuid.Nil {
		return EveryonesReads
	}
	return ReadsStream(e.CustomerID)
}

// Condition is one by which rows of a table were selected.
type Condition struct {
	Column     string   `json:"column"`
	Comparison string   `json:"comparison"`         // =, !=, >= or <=
	Values     []string `json:"values,omitempty"`   // with any of them; with none at all it asks for rows that have no value
	Withheld   int      `json:"withheld,omitempty"` // how many values are not told: of columns that hold personal data, all
}

// Bounds of what a condition tells.
const (
	maxValues     = 20
	maxValueBytes = 100
)

// NewCondition tells of a condition as much as may stand in the log: no value of a personal column, and no more than
// the bounds allow.
func NewCondition(column, comparison string, values []string, personal bool) Condition {
	c := Condition{Column: column, Comparison: comparison}
	for _, value := range values {
		if personal || len(c.Values) == maxValues || len(value) > maxValueBytes {
			c.Withheld++
			continue
		}
		c.Values = append(c.Values, value)
	}
	return c
}

var purpose = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.:/#-]{0,99}$`)

// IsPurpose tells whether a text may say why data are read: 1 to 100 of a-z, A-Z, 0-9 and _ . : / # -, beginning with a
// letter or digit, such as "complaint:4711". Without spaces it stays a code: what people write in sentences about
// customers would stand in the log for ever.
func IsPurpose(text string) bool { return purpose.MatchString(text) }
