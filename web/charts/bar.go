package charts

// Bar is a chart of values that are compared: for each label a bar of each series, side by side. Horizontal bars have room
// for long labels.
type Bar struct {
	Frame
	X, Y       Axis // X is that of the labels, Y of the values, whichever way the bars lie
	Labels     []string
	Series     []Series
	Horizontal bool
}

// SVG draws the bars, from 0.
func (c Bar) SVG() string {
	height := 320
	if c.Horizontal {
		height = 60 + 14*max(len(c.Labels)*(len(c.Series)+1), 6)
	}
	d := draw("bar", c.Frame, 640, height)
	e := extentOf(c.Labels, c.Series, true)
	if !e.any {
		return d.nothing()
	}
	if c.Horizontal {
		return c.lying(d, e)
	}
	p := plotted(d, c.X, c.Y, c.Labels, seriesNames(c.Series), e)
	wide := (p.x.at(1) - p.x.at(0)) * 0.8 / float64(len(c.Series))
	c.each(func(i, j int, v float64, title string) {
		x := p.x.at(float64(j)-0.4) + float64(i)*wide
		top, bottom := p.y.at(max(v, 0)), p.y.at(min(v, 0))
		d.rect("bar "+seriesClass(i), title, x, top, wide-1, bottom-top)
	})
	return d.end()
}

func (c Bar) each(mark func(series, label int, v float64, title string)) {
	for i, s := range c.Series {
		for j, label := range c.Labels {
			if v, ok := s.at(j); ok {
				mark(i, j, v, markTitle(c.Y.format(v), s.Name, label))
			}
		}
	}
}

// lying draws bars from left to right.
func (c Bar) lying(d *drawing, e extent) string {
	p := &plot{drawing: d, left: 12, right: d.w - 24, bottom: d.h - lineSize - 8}
	for _, l := range c.Labels {
		p.left = max(p.left, min(width(l, textSize), d.w*0.4)+12)
	}
	p.top = max(d.legend(seriesNames(c.Series), p.left), 8)
	if c.Y.Label != "" {
		p.bottom -= lineSize
	}
	p.measured(c.Y, e.ticks(5))
	p.y = scale{-0.5, float64(len(c.Labels)) - 0.5, p.top, p.bottom}
	for j, l := range c.Labels {
		p.text("tick", "end", p.left-6, p.y.at(float64(j))+4, p.left-10, l)
	}
	wide := (p.y.at(1) - p.y.at(0)) * 0.8 / float64(len(c.Series))
	c.each(func(i, j int, v float64, title string) {
		y := p.y.at(float64(j)-0.4) + float64(i)*wide
		from, to := p.x.at(min(v, 0)), p.x.at(max(v, 0))
		d.rect("bar "+seriesClass(i), title, from, y, to-from, wide-1)
	})
	p.line("axis", p.x.at(0), p.top, p.x.at(0), p.bottom)
	return d.end()
}

// Table has a row for each label and a column for each series.
func (c Bar) Table() Table { return byLabel(c.X, c.Y, c.Labels, c.Series) }
