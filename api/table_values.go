package api

import (
	"strconv"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/projections"
)

// values says of each type by which rows can be selected how its values are written.
var values = map[string]struct {
	read func(string) error
	is   string
}{
	"text":                     {func(s string) error { return nil }, ""},
	"uuid":                     {func(s string) error { _, err := canonicalID(s); return err }, "a UUID"},
	"boolean":                  {func(s string) error { _, err := strconv.ParseBool(s); return err }, "true or false"},
	"integer":                  {func(s string) error { _, err := strconv.ParseInt(s, 10, 32); return err }, "a whole number"},
	"bigint":                   {func(s string) error { _, err := strconv.ParseInt(s, 10, 64); return err }, "a whole number"},
	"numeric":                  {func(s string) error { _, err := decimal.Parse(s); return err }, "a decimal number"},
	"double precision":         {func(s string) error { _, err := decimal.Parse(s); return err }, "a decimal number"},
	"date":                     {func(s string) error { _, err := domain.ParseDay(s); return err }, "a date as in 2024-05-01"},
	"timestamp with time zone": {func(s string) error { _, err := queryTime("", s); return err }, "a time as in 2024-05-01T12:00:00Z"},
}

// checkValue refuses a value that is none of the column's type.
func checkValue(c projections.TableColumn, value string) error {
	at := "query." + c.Name
	form, ok := values[c.Type]
	if !ok {
		return malformed(at, "column_not_comparable", "rows cannot be selected by a %s, but by whether there is one", c.Type)
	}
	if !domain.PlainText(value) {
		return malformed(at, domain.ErrText.Code, "control characters are not allowed")
	}
	if form.read(value) != nil {
		return malformed(at, "value_malformed", "%s is %s", c.Name, form.is)
	}
	return nil
}
