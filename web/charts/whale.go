package charts

import "slices"

// Whale is the whale curve: what customers bring in, added up from the best to the worst. It rises above the whole where some
// of them lose money.
type Whale struct {
	Frame
	Y     Axis // of what they bring in
	Parts []Part
}

// Part is some customers and what they bring in together.
type Part struct {
	Count int
	Value float64
}

// Parts sorts what each brings in, the best first, and adds them up in at most n parts of about as many.
func Parts(values []float64, n int) []Part {
	var sorted []float64
	for _, v := range values {
		if finite(v) {
			sorted = append(sorted, v)
		}
	}
	slices.SortFunc(sorted, func(a, b float64) int {
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	n = min(max(n, 1), len(sorted))
	parts := make([]Part, n)
	for i := range parts {
		for _, v := range sorted[i*len(sorted)/n : (i+1)*len(sorted)/n] {
			parts[i].Count++
			parts[i].Value += v
		}
	}
	return parts
}

const shareOfCustomers = "Share of customers"

// added is a point of the curve: what the first so many bring in.
type added struct {
	share float64 // of all customers
	value float64
}

// curve adds the parts up, those that bring in most for each first.
func (c Whale) curve() (points []added) {
	var parts []Part
	all := 0
	for _, p := range c.Parts {
		if p.Count > 0 && finite(p.Value) {
			parts = append(parts, p)
			all += p.Count
		}
	}
	slices.SortStableFunc(parts, func(a, b Part) int {
		switch x, y := a.Value/float64(a.Count), b.Value/float64(b.Count); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	count, value := 0, 0.0
	for _, p := range parts {
		count += p.Count
		value += p.Value
		points = append(points, added{float64(count) / float64(all), value})
	}
	return points
}

// SVG draws the curve from 0, and a line at what all bring in together.
func (c Whale) SVG() string {
	d := draw("whale", c.Frame, 640, 360)
	points := c.curve()
	if len(points) == 0 {
		return d.nothing()
	}
	e := extent{any: true}
	for _, p := range points {
		e.add(p.value)
	}
	x := Axis{Label: shareOfCustomers, Tick: Percent(0)}
	p := framed(d, x, c.Y, nil, e)
	p.measured(x, []float64{0, 0.2, 0.4, 0.6, 0.8, 1})
	whole := p.y.at(points[len(points)-1].value)
	p.line("whole", p.left, whole, p.right, whole)
	var line path
	line.to("M", p.x.at(0), p.y.at(0))
	for _, x := range points {
		line.to("L", p.x.at(x.share), p.y.at(x.value))
	}
	d.element("path", "line series-1", "", "d", line.b.String())
	for _, x := range points {
		d.circle("dot series-1", markTitle(c.Y.format(x.value), "the first "+Percent(1)(x.share)), p.x.at(x.share), p.y.at(x.value), 3)
	}
	return d.end()
}

// Table has a row for each point of the curve.
func (c Whale) Table() Table {
	t := Table{Header: []string{shareOfCustomers, named(c.Y.Label, "Value") + ", added up"}}
	for _, p := range c.curve() {
		t.Rows = append(t.Rows, []string{Percent(1)(p.share), c.Y.format(p.value)})
	}
	return t
}
