package charts

// plot is the place between the axes.
type plot struct {
	*drawing
	left, right, top, bottom float64
	x, y                     scale
}

// plotted draws the axes of a chart with labels along x, and values along y. Beside the labels it leaves half a step.
func plotted(d *drawing, x, y Axis, labels []string, names []string, values extent) *plot {
	p := framed(d, x, y, names, values)
	p.x = scale{-0.5, float64(len(labels)) - 0.5, p.left, p.right}
	p.names(x, labels)
	return p
}

// framed draws the legend and the axis of the values, and leaves room for what stands below.
func framed(d *drawing, x, y Axis, names []string, values extent) *plot {
	ticks := values.ticks(5)
	p := &plot{drawing: d}
	p.left = 12
	for _, v := range ticks {
		p.left = max(p.left, width(y.tick(v), textSize)+12)
	}
	p.left = min(p.left, d.w/3)
	if y.Label != "" {
		p.left += lineSize
	}
	p.top = max(d.legend(names, p.left), 8) + 6
	p.right, p.bottom = d.w-20, d.h-lineSize-8
	if x.Label != "" {
		p.bottom -= lineSize
	}
	p.values(y, ticks)
	return p
}

// values draws the axis of the values, on the left.
func (p *plot) values(y Axis, ticks []float64) {
	p.y = scale{ticks[0], ticks[len(ticks)-1], p.bottom, p.top}
	for _, v := range ticks {
		at := p.y.at(v)
		class := "grid"
		if v == 0 {
			class = "axis"
		}
		p.line(class, p.left, at, p.right, at)
		p.text("tick", "end", p.left-6, at+4, p.left, y.tick(v))
	}
	if y.Label != "" {
		p.turned(y.Label)
	}
}

// turned writes the label of the values along their axis.
func (p *plot) turned(label string) {
	middle := (p.top + p.bottom) / 2
	p.b.WriteString(`<g transform="rotate(-90 ` + number(lineSize-4) + ` ` + number(middle) + `)">`)
	p.text("label", "middle", lineSize-4, middle, p.bottom-p.top, label)
	p.b.WriteString("</g>\n")
}

// names draws the labels below, as many as there is room for.
func (p *plot) names(x Axis, labels []string) {
	widest := 0.0
	for _, l := range labels {
		widest = max(widest, width(l, textSize))
	}
	const most = 120.0
	widest = min(widest, most) + 10
	every := 1
	if n := len(labels); n > 0 {
		step := (p.right - p.left) / float64(n)
		for step*float64(every) < widest && every < n {
			every++
		}
		if step > 40 && every <= 3 && n <= 8 { // few: rather shorten them
			every, widest = 1, step
		}
	}
	for i := 0; i < len(labels); i += every {
		half := min(width(labels[i], textSize), widest) / 2
		at := max(min(p.x.at(float64(i)), p.w-half), half) // what stands at an edge stays inside
		p.text("tick", "middle", at, p.bottom+lineSize, widest, labels[i])
	}
	p.below(x.Label)
}

// below writes the label of the axis below.
func (p *plot) below(label string) {
	if label != "" {
		p.text("label", "middle", (p.left+p.right)/2, p.h-6, p.right-p.left, label)
	}
}

// measured draws an axis of numbers below.
func (p *plot) measured(x Axis, ticks []float64) {
	p.x = scale{ticks[0], ticks[len(ticks)-1], p.left, p.right}
	for _, v := range ticks {
		at := p.x.at(v)
		p.line("grid", at, p.top, at, p.bottom)
		p.text("tick", "middle", at, p.bottom+lineSize, 80, x.tick(v))
	}
	p.below(x.Label)
}

// dotClass names the dots of a line: many of them would hide it, so they are seen where they are pointed at.
func dotClass(series, labels int) string {
	const most = 60
	if labels > most {
		return "hint " + seriesClass(series)
	}
	return "dot " + seriesClass(series)
}

func seriesNames(series []Series) []string {
	names := make([]string, len(series))
	for i, s := range series {
		names[i] = s.Name
	}
	return names
}

// extentOf is of all values, and of 0 where they begin there or are not far from it.
func extentOf(labels []string, series []Series, zero bool) (e extent) {
	for _, s := range series {
		for i := range labels {
			if v, ok := s.at(i); ok {
				e.add(v)
			}
		}
	}
	if e.any && (zero || e.low > 0 && e.low < 0.7*e.high || e.high < 0 && e.high > 0.7*e.low) {
		e.add(0)
	}
	return e
}
