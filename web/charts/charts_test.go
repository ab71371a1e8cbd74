package charts

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the drawings into testdata anew")

var (
	days   = []string{"2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04", "2024-03-05", "2024-03-06"}
	euros  = Unit(Fixed(2), "EUR")
	stages = []Series{{Name: "customers", Values: []float64{120, 131, 129.5, math.NaN(), 160, 171}},
		{Name: "prospects", Values: []float64{80, 60, 66, 71, 40, 35}}}
)

// gallery is a chart of each kind, as one would show it.
var gallery = map[string]Chart{
	"line": Line{Frame: Frame{Title: "Customers by day", Description: "Customers grow while prospects get fewer."},
		X: Axis{Label: "Day"}, Y: Axis{Label: "People"}, Labels: days, Series: stages},
	"area": Area{Frame: Frame{Title: "People by stage"}, Y: Axis{Label: "People"}, Labels: days, Series: stages},
	"bar": Bar{Frame: Frame{Title: "Profit by month"}, X: Axis{Label: "Month"}, Y: Axis{Label: "Profit", Format: euros},
		Labels: []string{"January", "February", "March"}, Series: []Series{{Name: "2023", Values: []float64{1234.5, -320, 810}},
			{Name: "2024", Values: []float64{1500, 45.25, math.NaN()}}}},
	"bar-horizontal": Bar{Frame: Frame{Title: "Sales by category"}, Y: Axis{Label: "Sales", Format: euros}, Horizontal: true,
		Labels: []string{"Coffee and tea", "Everything that belongs on a table but is no food", "Cups"},
		Series: []Series{{Name: "2024", Values: []float64{8123.5, 3020, 410}}}},
	"stacked-bar": StackedBar{Frame: Frame{Title: "New and lost customers"}, Y: Axis{Label: "Customers"}, Labels: days[:4],
		Series: []Series{{Name: "new", Values: []float64{12, 15, 9, 20}}, {Name: "won back", Values: []float64{3, 2, 4, 1}},
			{Name: "lost", Values: []float64{-5, -8, -2, -11}}}},
	"histogram": Histogram{Frame: Frame{Title: "Days between purchases"}, X: Axis{Label: "Days"}, Y: Axis{Label: "Customers"},
		Bins: Bins([]float64{1, 2, 2, 3, 5, 8, 9, 11, 12, 12, 14, 21, 33, 40}, 8)},
	"heat-map": HeatMap{Frame: Frame{Title: "Who came back", Description: "Rows are months of the first purchase."},
		X: Axis{Label: "Months later"}, Y: Axis{Label: "First purchase"}, Value: Axis{Format: Percent(1), Tick: Percent(0)},
		Rows: []string{"2023-12", "2024-01", "2024-02"}, Columns: []string{"0", "1", "2", "3"},
		Values: [][]float64{{1, 0.42, 0.31, 0.28}, {1, 0.38, 0.3}, {1, 0.4, math.NaN()}}},
	"funnel": Funnel{Frame: Frame{Title: "From lead to customer"}, Y: Axis{Label: "Leads"},
		Steps: []Step{{"Captured", 1200}, {"Qualified", 640}, {"Accepted by sales", 410}, {"Won", 95}}},
	"sankey": Sankey{Frame: Frame{Title: "Ways of leads"}, Value: Axis{Label: "Leads"},
		Flows: []Flow{{"web", "qualified", 300}, {"fair", "qualified", 120}, {"web", "rejected", 210}, {"qualified", "won", 140},
			{"qualified", "lost", 280}}},
	"sankey-circle": Sankey{Frame: Frame{Title: "Moves between stages"}, Value: Axis{Label: "Customers"},
		Flows: []Flow{{"customer", "lapsed", 80}, {"lapsed", "customer", 33}, {"lapsed", "lost", 41}, {"customer", "customer", 400}}},
	"scatter": Scatter{Frame: Frame{Title: "How often and for how much"}, X: Axis{Label: "Orders"}, Y: Axis{Label: "Average order", Format: euros},
		Groups: []Group{{"champions", []Point{{"C-1", 22, 81.5}, {"C-2", 31, 64}}}, {"others", []Point{{"C-3", 2, 19.9}, {"C-4", 4, 120}, {"C-5", math.Inf(1), 1}}}}},
	"whale": Whale{Frame: Frame{Title: "Profit, added up"}, Y: Axis{Label: "Profit", Format: euros},
		Parts: Parts([]float64{500, 320, 210, 130, 80, 40, 12, -5, -90, -240}, 10)},
	"sparkline": Sparkline{Frame: Frame{Title: "Revenue of the week"}, Y: Axis{Format: euros}, Labels: days, Values: []float64{120, 90, math.NaN(), 140, 155.5, 131}},
}

func TestGallery(t *testing.T) {
	for name, c := range gallery {
		svg := c.SVG()
		file := filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(file, []byte(svg), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if svg != string(want) {
			t.Errorf("%s is drawn otherwise than in %s; if that is better, go test ./web/charts -update", name, file)
		}
		check(t, name, c)
	}
}

// check holds a chart against what is promised of all of them, and returns the titles of its marks.
func check(t *testing.T, name string, c Chart) (titles []string) {
	t.Helper()
	svg := c.SVG()
	if svg != c.SVG() {
		t.Errorf("%s is drawn in two ways", name)
	}
	decoder := xml.NewDecoder(strings.NewReader(svg))
	var open []string
	ids := map[string]bool{}
	first := true
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%s is no XML: %v\n%s", name, err, svg)
		}
		switch x := token.(type) {
		case xml.StartElement:
			open = append(open, x.Name.Local)
			checkElement(t, name, x, first, ids)
			first = false
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if n := len(open); n > 2 && open[n-1] == "title" && open[n-2] != "text" {
				titles = append(titles, string(x))
			}
		}
	}
	if len(ids) != 2 || first {
		t.Errorf("%s has the ids %v", name, ids)
	}
	return titles
}

var drawn = map[string]bool{"svg": true, "title": true, "desc": true, "g": true, "path": true, "rect": true, "circle": true, "line": true, "text": true}

func checkElement(t *testing.T, name string, x xml.StartElement, first bool, ids map[string]bool) {
	t.Helper()
	if !drawn[x.Name.Local] {
		t.Errorf("%s has a <%s>", name, x.Name.Local)
	}
	attributes := map[string]string{}
	for _, a := range x.Attr {
		attributes[a.Name.Local] = a.Value
		switch a.Name.Local {
		case "style", "fill", "stroke", "href", "color":
			t.Errorf("%s: <%s %s=%q>: colours and links are none of the drawing's", name, x.Name.Local, a.Name.Local, a.Value)
		case "x", "y", "width", "height", "cx", "cy", "r", "x1", "x2", "y1", "y2", "d", "viewBox":
			if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") || strings.Contains(a.Value, "e+") {
				t.Errorf("%s: <%s %s=%q> is no place", name, x.Name.Local, a.Name.Local, a.Value)
			}
		}
		if strings.HasPrefix(a.Name.Local, "on") {
			t.Errorf("%s: %s", name, a.Name.Local)
		}
	}
	if id := attributes["id"]; id != "" {
		if seen, asked := ids[id]; seen || !asked {
			t.Errorf("%s: the id %s is there twice, or not referred to", name, id)
		}
		ids[id] = true
	}
	if first {
		ids[attributes["aria-labelledby"]], ids[attributes["aria-describedby"]] = false, false
		if attributes["role"] != "img" || attributes["viewBox"] == "" {
			t.Errorf("%s: <svg %v>", name, attributes)
		}
	}
}

// TestTablesAreWhatIsDrawn finds the text of every value of the table in the title of a mark, as often as it is there.
func TestTablesAreWhatIsDrawn(t *testing.T) {
	for name, c := range gallery {
		table := c.Table()
		titles := strings.Join(check(t, name, c), "\n")
		marks, values := strings.Count(titles, "\n")+1, 0
		for _, row := range table.Rows {
			if len(row) != len(table.Header) {
				t.Errorf("%s: a row of %d under a header of %d", name, len(row), len(table.Header))
			}
			for i, text := range row {
				if text == missing || row[1] == missing && len(row) == 2 {
					continue
				}
				if !strings.Contains(titles, text) {
					t.Errorf("%s: %q is in no title", name, text)
				}
				if i > 0 {
					values++
				}
			}
		}
		switch name { // a mark for each row; the flows have nodes beside them
		case "funnel", "whale", "histogram", "scatter":
			values = len(table.Rows)
		case "sankey", "sankey-circle":
			values, marks = len(table.Rows), strings.Count(titles, "→")
		}
		if marks != values {
			t.Errorf("%s: %d marks for %d values:\n%s", name, marks, values, titles)
		}
	}
}

// charts of a kind each, of the same labels and values.
func everyKind(title string, labels []string, series ...Series) map[string]Chart {
	f := Frame{Title: title, Description: title}
	a := Axis{Label: title}
	var flows []Flow
	var steps []Step
	var points []Point
	var parts []Part
	var bins []Bin
	rows := make([][]float64, len(series))
	names := seriesNames(series)
	for i, s := range series {
		rows[i] = s.Values
		for j, label := range labels {
			v := math.NaN()
			if j < len(s.Values) {
				v = s.Values[j]
			}
			flows = append(flows, Flow{label, s.Name, v})
			steps = append(steps, Step{label, v})
			points = append(points, Point{label, v, -v})
			parts = append(parts, Part{1, v})
			bins = append(bins, Bin{v, v + 1, math.Abs(v)})
		}
	}
	var values []float64
	if len(series) > 0 {
		values = series[0].Values
	}
	return map[string]Chart{
		"line": Line{f, a, a, labels, series}, "area": Area{f, a, a, labels, series}, "bar": Bar{f, a, a, labels, series, false},
		"lying": Bar{f, a, a, labels, series, true}, "stacked": StackedBar{f, a, a, labels, series}, "histogram": Histogram{f, a, a, bins},
		"heat": HeatMap{f, a, a, a, labels, names, rows}, "funnel": Funnel{f, a, steps}, "sankey": Sankey{f, a, flows},
		"scatter": Scatter{f, a, a, []Group{{title, points}}}, "whale": Whale{f, a, parts},
		"spark": Sparkline{f, a, labels, values},
	}
}

func TestNamesMayBeAnyText(t *testing.T) {
	for _, name := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `]]>`, `&lt;b&gt;`, `a" onload="x`, "שלום עולם", "مرحبا بالعالم 12",
		"\u202eevil", "👩‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈", "山田太郎", strings.Repeat("x", 300), strings.Repeat("Wörter mit Leerzeichen ", 15), "e\u0301e\u0301", "", "\x00\x1b[31m", "\xff\xfe", "a\nb\tc", "\ufffe"} {
		for kind, c := range everyKind(name, []string{name, name + " 2", "c"}, Series{name, []float64{1, 2, 3}}, Series{name + "2", []float64{3, 2, 1}}) {
			svg := c.SVG()
			check(t, kind, c)
			for _, bad := range []string{"<script", "<img", "<b>", "\x00", "\x1b", `" onload`} {
				if strings.Contains(svg, bad) {
					t.Errorf("%s with %q holds %q", kind, name, bad)
				}
			}
		}
	}
	svg := Line{Frame: Frame{ID: `x" onload="alert(1)`}, Labels: days, Series: stages}.SVG()
	if strings.Contains(svg, `" onload`) {
		t.Errorf("an id gets out of its attribute: %s", svg[:200])
	}
}

func TestNumbersMayBeAny(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for i, values := range [][]float64{nil, {}, {0}, {0, 0, 0}, {nan, nan}, {inf, -inf, 1}, {5}, {-5, -5}, {1e-300, 2e-300}, {1e300, -1e300},
		{math.MaxFloat64, -math.MaxFloat64}, {math.SmallestNonzeroFloat64}, {0.1, 0.2, 0.30000000000000004}, {1, nan, 3}, {1e15, 1e15 + 1}, {-0.0001, 0}} {
		for kind, c := range everyKind("numbers", []string{"a", "b", "c"}, Series{"s", values}) {
			check(t, fmt.Sprintf("%s of %v", kind, values), c)
			_ = c.Table()
		}
		for kind, c := range everyKind("nothing", nil, Series{"s", values}) {
			check(t, fmt.Sprintf("%s without labels %d", kind, i), c)
		}
	}
	for kind, c := range everyKind("no series", []string{"a"}) {
		check(t, kind+" without series", c)
		if kind != "spark" && !strings.Contains(c.SVG(), "No data") {
			t.Errorf("%s does not say that there is nothing", kind)
		}
	}
	many := make([]string, 2000)
	values := make([]float64, len(many))
	for i := range many {
		many[i], values[i] = fmt.Sprint("label ", i), float64(i%17)
	}
	for kind, c := range everyKind("many", many, Series{"s", values}) {
		check(t, kind, c)
	}
}

func TestTicksAreRound(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{0, 10, "[0 2 4 6 8 10]"}, {0, 1, "[0 0.2 0.4 0.6000000000000001 0.8 1]"}, {-3, 7, "[-4 -2 0 2 4 6 8]"}, {0, 0, "[0 0.2 0.4 0.6 0.8 1]"},
		{5, 5, "[0 1 2 3 4 5]"}, {-5, -5, "[-5 -4 -3 -2 -1 0]"}, {0, 123456, "[0 25000 50000 75000 100000 125000]"}, {99.1, 99.9, "[99 99.2 99.4 99.6 99.8 100]"},
	} {
		got := extent{c.low, c.high, true}.ticks(5)
		if text := fmt.Sprint(got); text != strings.ReplaceAll(c.want, "0.6000000000000001", "0.6") {
			t.Errorf("%v to %v: %s, want %s", c.low, c.high, text, c.want)
		}
	}
}

func TestFormatters(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Number(1234567.5), "1,234,567.5"}, {Number(-0.25), "−0.25"}, {Number(math.Copysign(0, -1)), "0"}, {Fixed(2)(999999.999), "1,000,000.00"}, {Fixed(2)(-0.001), "0.00"},
		{Percent(1)(0.1234), "12.3%"}, {Unit(Fixed(2), "EUR")(12), "12.00 EUR"}, {Compact(0), "0"}, {Compact(999), "999"}, {Compact(1500), "1.5k"},
		{Compact(-2_345_678), "−2.35M"}, {Compact(999_960), "1M"}, {Compact(0.25), "0.25"}, {Compact(12.345), "12.3"}, {Compact(1e18), "1e+18"}, {Compact(0.0004), "0.0004"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

func TestTextsAreShortenedBetweenSigns(t *testing.T) {
	family := "👩‍👩‍👧‍👦"
	for _, c := range []struct {
		text string
		most float64
		want string
	}{
		{"short", 100, "short"}, {"a long name of something", 60, "a long n…"}, {strings.Repeat(family, 3), 34, family + "…"},
		{"e\u0301e\u0301e\u0301e\u0301", 27, "e\u0301e\u0301…"}, {"a \n b", 100, "a b"}, {"abc", 1, "…"},
	} {
		if got := fit(c.text, c.most, textSize); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
