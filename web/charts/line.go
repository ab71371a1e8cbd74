package charts

// Line is a chart of values over labels, mostly days or months: a line for each series. Where a value is missing, its line is
// broken.
type Line struct {
	Frame
	X, Y   Axis
	Labels []string
	Series []Series
}

// SVG draws the lines, with a dot for each value.
func (c Line) SVG() string {
	d := draw("line", c.Frame, 640, 320)
	e := extentOf(c.Labels, c.Series, false)
	if !e.any {
		return d.nothing()
	}
	p := plotted(d, c.X, c.Y, c.Labels, seriesNames(c.Series), e)
	for i, s := range c.Series {
		var line path
		step := "M"
		for j := range c.Labels {
			v, ok := s.at(j)
			if !ok {
				step = "M"
				continue
			}
			line.to(step, p.x.at(float64(j)), p.y.at(v))
			step = "L"
		}
		if line.b.Len() > 0 {
			d.element("path", "line "+seriesClass(i), "", "d", line.b.String())
		}
	}
	for i, s := range c.Series {
		for j, label := range c.Labels {
			if v, ok := s.at(j); ok {
				d.circle(dotClass(i, len(c.Labels)), markTitle(c.Y.format(v), s.Name, label), p.x.at(float64(j)), p.y.at(v), 3)
			}
		}
	}
	return d.end()
}

// Table has a row for each label and a column for each series.
func (c Line) Table() Table { return byLabel(c.X, c.Y, c.Labels, c.Series) }
