package web

import (
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"github.com/rapport-crm/rapport/domain"
)

// locale is how numbers, money and days are written for a reader. Words are English.
type locale struct {
	tag   language.Tag
	print *message.Printer
	point string // between whole and fraction
	day   string // layout of days
	clock string // layout of times of day
	zone  *time.Location
}

// dayLayouts are by language, or language and region.
var dayLayouts = map[string]string{"en-US": "Jan 2, 2006", "en": "2 Jan 2006", "de": "02.01.2006", "fr": "02/01/2006", "es": "02/01/2006",
	"it": "02/01/2006", "pt": "02/01/2006", "nl": "02-01-2006", "pl": "02.01.2006", "cs": "02.01.2006", "da": "02.01.2006",
	"nb": "02.01.2006", "fi": "02.01.2006", "ru": "02.01.2006", "tr": "02.01.2006", "uk": "02.01.2006"}

// localeOf is that of a browser.
func localeOf(accepts string) locale {
	tags, _, err := language.ParseAcceptLanguage(accepts)
	at := language.BritishEnglish
	if err == nil && len(tags) > 0 && tags[0] != language.Und && tags[0].String() != "mul" {
		at = tags[0]
	}
	l := locale{tag: at, print: message.NewPrinter(at), clock: "15:04", zone: time.UTC}
	base, _ := at.Base()
	region, _ := at.Region()
	l.day = "2006-01-02"
	for _, name := range []string{base.String() + "-" + region.String(), base.String()} {
		if layout, ok := dayLayouts[name]; ok {
			l.day = layout
			break
		}
	}
	if base.String() == "en" && region.String() == "US" {
		l.clock = "3:04 PM"
	}
	l.point = "."
	if strings.Contains(l.print.Sprint(number.Decimal(1.5)), ",") {
		l.point = ","
	}
	return l
}

// Number writes a number with so many digits after the point.
func (l locale) Number(v float64, digits int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return minus(l.print.Sprint(number.Decimal(v, number.MinFractionDigits(digits), number.MaxFractionDigits(digits))))
}

// minus writes the sign as wide as a plus, and none before zero.
func minus(text string) string {
	rest, negative := strings.CutPrefix(text, "-")
	if negative && strings.Trim(rest, "0.,") != "" {
		return "−" + rest
	}
	return rest
}

func (l locale) Int(v int64) string { return minus(l.print.Sprint(number.Decimal(v))) }

// Percent writes a share of 1.
func (l locale) Percent(v float64, digits int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return minus(l.print.Sprint(number.Percent(v, number.MinFractionDigits(digits), number.MaxFractionDigits(digits))))
}

// Money writes an amount in minor units, exactly.
func (l locale) Money(minor int64, currency string) string {
	digits, err := domain.Currency(currency).MinorDigits()
	if err != nil {
		return l.Int(minor) + " minor units"
	}
	sign := ""
	if minor < 0 {
		sign, minor = "−", -minor
	}
	unit := int64(math.Pow10(digits))
	text := sign + l.print.Sprint(number.Decimal(minor/unit))
	if digits > 0 {
		fraction := strconv.FormatInt(minor%unit, 10)
		text += l.point + strings.Repeat("0", digits-len(fraction)) + fraction
	}
	return text + " " + currency
}

// MoneyRound writes an amount in whole major units, for figures at a glance.
func (l locale) MoneyRound(minor float64, currency string) string {
	digits, err := domain.Currency(currency).MinorDigits()
	if err != nil {
		return l.Number(minor, 0)
	}
	return l.Number(minor/math.Pow10(digits), 0) + " " + currency
}

// Day writes a day as the reader does; what is none stays as it is.
func (l locale) Day(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return t.Format(l.day)
}

// Month writes the month of a day.
func (l locale) Month(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	if base, _ := l.tag.Base(); base.String() == "en" {
		return t.Format("Jan 2006")
	}
	return t.Format("01/2006")
}

// Time writes a moment, as JSON or PostgreSQL writes it, in the time zone of the business.
func (l locale) Time(text string) string {
	t, err := parseTime(text)
	if err != nil {
		return text
	}
	return t.In(l.zone).Format(l.day + ", " + l.clock)
}

func parseTime(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t, err = time.Parse("2006-01-02 15:04:05.999999999-07", text)
	}
	return t, err
}

// Span writes seconds in the two largest units that they fill.
func (l locale) Span(seconds float64) string {
	sign := ""
	if seconds < 0 {
		sign, seconds = "−", -seconds
	}
	d := time.Duration(seconds * float64(time.Second))
	days, hours, minutes := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60
	switch {
	case days > 9:
		return sign + strconv.Itoa(days) + " d"
	case days > 0:
		return sign + strconv.Itoa(days) + " d " + strconv.Itoa(hours) + " h"
	case hours > 0:
		return sign + strconv.Itoa(hours) + " h " + strconv.Itoa(minutes) + " min"
	case minutes > 0:
		return sign + strconv.Itoa(minutes) + " min"
	}
	return sign + strconv.Itoa(int(d.Seconds())) + " s"
}
