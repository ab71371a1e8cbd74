// Package charts draws series of numbers as SVG on the server: lines, areas, bars, histograms, heat maps, funnels, flows,
// scatter plots, whale curves and sparklines. It decides how a number looks; it must not know what the number means nor
// where it comes from.
//
// A chart is a value: what it shows, its labels, units and formatters. SVG draws it, Table returns the same data as text.
// There are no scripts and no colours in the SVG: classes name what a mark is, and Stylesheet, or one of the caller's,
// gives them colours, light and dark. Every mark has a <title> with its exact value. Names may be any text.
package charts

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"math"
)

// Chart is a chart of any kind.
type Chart interface {
	// SVG returns the drawing, an <svg> element to stand in an HTML page or a file.
	SVG() string
	// Table returns what is drawn, as text: a row for each mark, or for each label with a column for each series.
	Table() Table
}

// Table is the data of a chart.
type Table struct {
	Header []string
	Rows   [][]string
}

// Stylesheet gives the classes of the drawings their colours, by variables that a theme may set.
//
//go:embed charts.css
var Stylesheet string

// Frame is what a chart says of itself.
type Frame struct {
	Title       string
	Description string // for those who do not see it: what there is to see
	// ID begins the ids within the drawing, which have to be unique on a page. Without it, it is made of the title, the
	// description and the kind.
	ID            string
	Width, Height int // in user units; each kind has its own default
}

// Axis is one direction of a chart.
type Axis struct {
	Label  string    // what is measured
	Format Formatter // of exact values; Number without one
	Tick   Formatter // of the numbers beside the axis; Compact without one
}

// Series is a row of values under one name, one for each label of the chart. NaN and infinities are missing values.
type Series struct {
	Name   string
	Values []float64
}

// at returns a value; false where it is missing.
func (s Series) at(i int) (float64, bool) {
	if i >= len(s.Values) || !finite(s.Values[i]) {
		return 0, false
	}
	return s.Values[i], true
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func (f Frame) size(width, height int) (w, h float64) {
	if f.Width > 0 {
		width = f.Width
	}
	if f.Height > 0 {
		height = f.Height
	}
	return float64(width), float64(height)
}

func (f Frame) id(kind string) string {
	if f.ID != "" {
		return f.ID
	}
	h := fnv.New32a()
	fmt.Fprint(h, kind, "\x00", f.Title, "\x00", f.Description)
	return fmt.Sprintf("chart-%08x", h.Sum32())
}

func (a Axis) format(v float64) string {
	if a.Format == nil {
		return Number(v)
	}
	return a.Format(v)
}

func (a Axis) tick(v float64) string {
	if a.Tick == nil {
		return Compact(v)
	}
	return a.Tick(v)
}

const missing = "–"

// byLabel is the table of series that share labels.
func byLabel(x, y Axis, labels []string, series []Series) Table {
	t := Table{Header: []string{named(x.Label, "Label")}}
	for _, s := range series {
		t.Header = append(t.Header, named(s.Name, named(y.Label, "Value")))
	}
	for i, label := range labels {
		row := []string{label}
		for _, s := range series {
			text := missing
			if v, ok := s.at(i); ok {
				text = y.format(v)
			}
			row = append(row, text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func named(name, otherwise string) string {
	if name == "" {
		return otherwise
	}
	return name
}

// seriesClass names the colour of a series. There are eight, which then begin again.
func seriesClass(i int) string { return fmt.Sprintf("series-%d", i%8+1) }
