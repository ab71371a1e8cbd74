package charts

// Funnel is a chart of how many come through each step of a way, such as from lead to customer.
type Funnel struct {
	Frame
	Y     Axis // of the values
	Steps []Step
}

// Step is a step of a funnel and how many, or how much, reach it.
type Step struct {
	Name  string
	Value float64
}

func (c Funnel) drawn() (steps []Step, most float64) {
	for _, s := range c.Steps {
		if finite(s.Value) && s.Value >= 0 {
			steps = append(steps, s)
			most = max(most, s.Value)
		}
	}
	return steps, most
}

// SVG draws a bar for each step, as wide as its value, and what gets lost between them.
func (c Funnel) SVG() string {
	d := draw("funnel", c.Frame, 640, 16+48*max(len(c.Steps), 2))
	steps, most := c.drawn()
	if most == 0 {
		return d.nothing()
	}
	const high, gap = 30.0, 18.0
	left := 12.0
	for _, s := range steps {
		left = max(left, min(width(s.Name, textSize), d.w/3)+16)
	}
	right := 150.0
	middle, full := left+(d.w-right-left)/2, d.w-right-left
	for i, s := range steps {
		y := 8 + float64(i)*(high+gap)
		w := s.Value / most * full
		d.rect("bar series-1", markTitle(c.value(steps, i), s.Name), middle-w/2, y, w, high)
		d.text("tick", "end", left-8, y+high/2+4, left-8, s.Name)
		d.text("value", "start", d.w-right+10, y+high/2+4, right-12, c.value(steps, i))
		if i+1 < len(steps) {
			next := steps[i+1].Value / most * full
			var p path
			p.to("M", middle-w/2, y+high)
			p.to("L", middle+w/2, y+high)
			p.to("L", middle+next/2, y+high+gap)
			p.to("L", middle-next/2, y+high+gap)
			p.to("Z")
			d.element("path", "lost", "", "d", p.b.String())
		}
	}
	return d.end()
}

// value writes a step's value and, after the first, which share of the step before that is.
func (c Funnel) value(steps []Step, i int) string {
	text := c.Y.format(steps[i].Value)
	if share := c.share(steps, i); share != missing {
		text += " (" + share + ")"
	}
	return text
}

func (c Funnel) share(steps []Step, i int) string {
	if i == 0 || steps[i-1].Value == 0 {
		return missing
	}
	return Percent(1)(steps[i].Value / steps[i-1].Value)
}

// Table has a row for each step, with its share of the one before.
func (c Funnel) Table() Table {
	t := Table{Header: []string{"Step", named(c.Y.Label, "Value"), "Of the step before"}}
	steps, _ := c.drawn()
	for i, s := range steps {
		t.Rows = append(t.Rows, []string{s.Name, c.Y.format(s.Value), c.share(steps, i)})
	}
	return t
}
