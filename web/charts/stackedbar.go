package charts

// StackedBar is a chart of wholes and their parts: for each label one bar, made of a part of each series. What is below 0 is
// stacked downwards.
type StackedBar struct {
	Frame
	X, Y   Axis
	Labels []string
	Series []Series
}

// SVG draws the bars, the first series nearest to 0.
func (c StackedBar) SVG() string {
	d := draw("stacked-bar", c.Frame, 640, 320)
	up, down := make([]float64, len(c.Labels)), make([]float64, len(c.Labels))
	var e extent
	c.each(func(_, j int, v float64, _ string) {
		if v < 0 {
			down[j] += v
		} else {
			up[j] += v
		}
		e.add(up[j])
		e.add(down[j])
	})
	if !e.any {
		return d.nothing()
	}
	p := plotted(d, c.X, c.Y, c.Labels, seriesNames(c.Series), e)
	clear(up)
	clear(down)
	c.each(func(i, j int, v float64, title string) {
		base := &up[j]
		if v < 0 {
			base = &down[j]
		}
		from, to := p.y.at(*base), p.y.at(*base+v)
		*base += v
		x := p.x.at(float64(j) - 0.4)
		d.rect("bar "+seriesClass(i), title, x, min(from, to), p.x.at(float64(j)+0.4)-x, max(from, to)-min(from, to))
	})
	return d.end()
}

func (c StackedBar) each(mark func(series, label int, v float64, title string)) {
	Bar{Y: c.Y, Labels: c.Labels, Series: c.Series}.each(mark)
}

// Table has a row for each label and a column for each series.
func (c StackedBar) Table() Table { return byLabel(c.X, c.Y, c.Labels, c.Series) }
