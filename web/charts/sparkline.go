package charts

// Sparkline is a chart as small as a word: how a number came to be what it is.
type Sparkline struct {
	Frame
	Y      Axis
	Labels []string
	Values []float64
}

// SVG draws a line without axes. Its dots are seen where they are pointed at, the last one always.
func (c Sparkline) SVG() string {
	d := draw("sparkline", c.Frame, 120, 28)
	s := Series{Values: c.Values}
	var e extent
	last := -1
	for i := range c.Labels {
		if v, ok := s.at(i); ok {
			e.add(v)
			last = i
		}
	}
	if !e.any {
		return d.end()
	}
	x := scale{0, float64(len(c.Labels) - 1), 4, d.w - 4}
	y := scale{e.low, e.high, d.h - 4, 4}
	var line path
	step := "M"
	for i := range c.Labels {
		v, ok := s.at(i)
		if !ok {
			step = "M"
			continue
		}
		line.to(step, x.at(float64(i)), y.at(v))
		step = "L"
	}
	d.element("path", "line series-1", "", "d", line.b.String())
	for i, label := range c.Labels {
		if v, ok := s.at(i); ok {
			class := "hint series-1"
			if i == last {
				class = "dot series-1"
			}
			d.circle(class, markTitle(c.Y.format(v), label), x.at(float64(i)), y.at(v), 2.5)
		}
	}
	return d.end()
}

// Table has a row for each label.
func (c Sparkline) Table() Table {
	return byLabel(Axis{}, c.Y, c.Labels, []Series{{Values: c.Values}})
}
