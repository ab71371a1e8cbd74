package charts

// Scatter is a chart of two numbers of each thing, such as how often customers buy and for how much.
type Scatter struct {
	Frame
	X, Y   Axis
	Groups []Group
}

// Group is points of one colour.
type Group struct {
	Name   string
	Points []Point
}

// Point is one thing, with both of its numbers.
type Point struct {
	Name string
	X, Y float64
}

func (c Scatter) each(mark func(group int, name string, p Point)) {
	for i, g := range c.Groups {
		for _, p := range g.Points {
			if finite(p.X) && finite(p.Y) {
				mark(i, g.Name, p)
			}
		}
	}
}

// SVG draws a dot for each point.
func (c Scatter) SVG() string {
	d := draw("scatter", c.Frame, 640, 400)
	var across, up extent
	c.each(func(_ int, _ string, p Point) {
		across.add(p.X)
		up.add(p.Y)
	})
	if !up.any {
		return d.nothing()
	}
	var names []string
	for _, g := range c.Groups {
		names = append(names, g.Name)
	}
	p := framed(d, c.X, c.Y, names, up)
	p.measured(c.X, across.ticks(8))
	c.each(func(i int, group string, x Point) {
		d.circle("point "+seriesClass(i), markTitle(c.X.format(x.X)+" | "+c.Y.format(x.Y), group, x.Name), p.x.at(x.X), p.y.at(x.Y), 4)
	})
	return d.end()
}

// Table has a row for each point.
func (c Scatter) Table() Table {
	t := Table{Header: []string{"Group", "Name", named(c.X.Label, "X"), named(c.Y.Label, "Y")}}
	c.each(func(_ int, group string, p Point) {
		t.Rows = append(t.Rows, []string{group, p.Name, c.X.format(p.X), c.Y.format(p.Y)})
	})
	return t
}
