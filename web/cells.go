package web

import (
	"strings"
	"time"
)

// Cells of a row's columns, written as the reader writes them. What has no value is a dash.

var dash = Cell{Text: "–", Tone: "dim"}

var dashRight = Cell{Text: "–", Tone: "dim", Right: true}

func (v *visit) count(r row, column string) Cell {
	if !r.has(column) {
		return dashRight
	}
	return Cell{Text: v.Int(r.int(column)), Right: true}
}

func (v *visit) decimal(r row, column string, digits int) Cell {
	if !r.has(column) {
		return dashRight
	}
	return Cell{Text: v.Number(r.float(column), digits), Right: true}
}

func (v *visit) money(r row, column, currency string) Cell {
	if !r.has(column) {
		return dashRight
	}
	return Cell{Text: v.Money(r.int(column), currency), Right: true}
}

func (v *visit) share(r row, column string) Cell {
	if !r.has(column) {
		return dashRight
	}
	return Cell{Text: v.Percent(r.float(column), 0), Right: true}
}

func (v *visit) day(r row, column string) Cell {
	if !r.has(column) {
		return dash
	}
	return Cell{Text: unbroken(v.Day(r[column]))}
}

func (v *visit) time(r row, column string) Cell {
	if !r.has(column) {
		return dash
	}
	return Cell{Text: unbroken(v.Time(r[column]))}
}

// unbroken keeps a short text on one line.
func unbroken(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

func text(r row, column string) Cell {
	if !r.has(column) {
		return dash
	}
	return Cell{Text: r[column]}
}

func named(r row, column string) Cell {
	if !r.has(column) {
		return dash
	}
	return Cell{Text: words(r[column])}
}

// tones are of stages, states and risks.
var tones = map[string]string{"client": "good", "supporter": "good", "advocate": "good", "partner": "good", "lapsed": "warn", "lost": "bad",
	"high": "bad", "medium": "warn", "low": "good", "urgent": "bad", "open": "warn", "won": "good", "in_force": "good", "revoked": "bad", "expired": "warn",
	"active": "good", "retired": "dim", "resolved": "good", "closed": "dim", "accepted": "good", "dismissed": "dim", "overdue": "bad", "granted": "good",
	"withdrawn": "bad", "live": "good", "kept": "good", "broken": "bad", "launched": "good",
	"stopped": "bad", "skipped": "warn", "missed": "bad"}

func badge(name string) Cell {
	if name == "" {
		return dash
	}
	return Cell{Text: words(name), Badge: true, Tone: tones[name]}
}

// short is the beginning of an id, enough for people to tell two apart.
func short(id string) string {
	before, _, _ := strings.Cut(id, "-")
	return before
}

// customerCell leads to a customer's page.
func customerCell(id, name string) Cell {
	if name == "" {
		name = short(id)
	}
	return Cell{Text: name, Href: "/customers/" + id}
}

// daysAgo is the business date so many days ago; without one, a day before all.
func (v *visit) daysAgo(n int) string {
	t, err := time.Parse(time.DateOnly, v.books.Date)
	if err != nil {
		return "0001-01-01"
	}
	return t.AddDate(0, 0, -n).Format(time.DateOnly)
}

func monthsBefore(day string, n int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, -n, 0).Format(time.DateOnly)
}
