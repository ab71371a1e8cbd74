package web

import (
	"html/template"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rapport-crm/rapport/web/charts"
)

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"asset": assetURL,
	"svg": func(c charts.Chart) template.HTML {
		return template.HTML(c.SVG()) // the charts escape what they are given
	},
	"table": func(c charts.Chart) charts.Table { return c.Table() },
	"words": words,
	"initials": func(name string) string {
		var b strings.Builder
		for i, word := range strings.Fields(name) {
			if r, _ := utf8.DecodeRuneInString(word); i < 2 {
				b.WriteRune(r)
			}
		}
		return b.String()
	},
	"count": func(i int) int { return i + 1 },
	"join":  strings.Join,
	"width": func(part float64) int { return int(max(0, min(1, part)) * 100) },
}).ParseFS(files, "templates/*.html"))

// words makes a name of the API's readable: "waiting_for_customer" is "Waiting for customer".
func words(name string) string { return sentence(strings.ReplaceAll(name, "_", " ")) }

// sentence begins a text with a capital letter.
func sentence(text string) string {
	if r, n := utf8.DecodeRuneInString(text); n > 0 {
		return strings.ToUpper(string(r)) + text[n:]
	}
	return text
}

func zoneOf(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return zone
}

// fragment renders one of the templates, to stand in a panel.
func (c *console) fragment(name string, data any) template.HTML {
	var b strings.Builder
	if err := templates.ExecuteTemplate(&b, name, data); err != nil {
		c.logger.Error("render a part of a page", "template", name, "error", err)
		return ""
	}
	return template.HTML(b.String())
}
