package charts

// Area is a chart of parts that make up a whole over labels: one area upon the other. A missing value counts as nothing.
type Area struct {
	Frame
	X, Y   Axis
	Labels []string
	Series []Series
}

// SVG draws the areas, the first at the bottom, with a dot for each value on the upper edge of its area.
func (c Area) SVG() string {
	d := draw("area", c.Frame, 640, 320)
	base := make([]float64, len(c.Labels))
	var e extent
	for _, s := range c.Series {
		for j := range c.Labels {
			if v, ok := s.at(j); ok {
				base[j] += v
				e.add(base[j])
			}
		}
	}
	if !e.any {
		return d.nothing()
	}
	e.add(0)
	p := plotted(d, c.X, c.Y, c.Labels, seriesNames(c.Series), e)
	clear(base)
	for i, s := range c.Series {
		var edge path
		below := append([]float64(nil), base...)
		step := "M"
		for j := range c.Labels {
			if v, ok := s.at(j); ok {
				base[j] += v
			}
			edge.to(step, p.x.at(float64(j)), p.y.at(base[j]))
			step = "L"
		}
		for j := len(c.Labels) - 1; j >= 0; j-- {
			edge.to(step, p.x.at(float64(j)), p.y.at(below[j]))
		}
		edge.to("Z")
		d.element("path", "area "+seriesClass(i), "", "d", edge.b.String())
		for j, label := range c.Labels {
			if v, ok := s.at(j); ok {
				d.circle(dotClass(i, len(c.Labels)), markTitle(c.Y.format(v), s.Name, label), p.x.at(float64(j)), p.y.at(base[j]), 3)
			}
		}
	}
	return d.end()
}

// Table has a row for each label and a column for each series.
func (c Area) Table() Table { return byLabel(c.X, c.Y, c.Labels, c.Series) }
