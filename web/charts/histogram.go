package charts

import "math"

// Histogram is a chart of how often values fall into ranges. Ranges may differ in width; then the area of a bar, not its
// height, is how often, and the height is so many for the width of the narrowest.
type Histogram struct {
	Frame
	X, Y Axis // X of the values, Y of how often they are
	Bins []Bin
}

// Bin is a range, from From to below To, and how many values fall into it.
type Bin struct {
	From, To float64
	Count    float64
}

// Bins counts values in about n ranges of the same round width.
func Bins(values []float64, n int) []Bin {
	var e extent
	for _, v := range values {
		e.add(v)
	}
	if !e.any {
		return nil
	}
	ticks := e.ticks(max(n, 1))
	if e.high == ticks[len(ticks)-1] { // the last range does not hold its end
		step := ticks[len(ticks)-1] - ticks[len(ticks)-2]
		ticks = append(ticks, clean(ticks[len(ticks)-1]+step, step))
	}
	bins := make([]Bin, len(ticks)-1)
	for i := range bins {
		bins[i] = Bin{From: ticks[i], To: ticks[i+1]}
	}
	step := ticks[1] - ticks[0]
	for _, v := range values {
		if !finite(v) {
			continue
		}
		i := min(max(int(math.Floor((v-ticks[0])/step)), 0), len(bins)-1)
		for i > 0 && v < bins[i].From {
			i--
		}
		for i < len(bins)-1 && v >= bins[i].To {
			i++
		}
		bins[i].Count++
	}
	for len(bins) > 1 && bins[len(bins)-1].Count == 0 {
		bins = bins[:len(bins)-1]
	}
	return bins
}

// drawn returns the bins that can be drawn, and the narrowest width of them.
func (c Histogram) drawn() (bins []Bin, narrowest float64) {
	for _, b := range c.Bins {
		if finite(b.From) && finite(b.To) && finite(b.Count) && b.To > b.From && b.Count >= 0 {
			bins = append(bins, b)
			if narrowest == 0 || b.To-b.From < narrowest {
				narrowest = b.To - b.From
			}
		}
	}
	return bins, narrowest
}

// SVG draws a bar for each range.
func (c Histogram) SVG() string {
	d := draw("histogram", c.Frame, 640, 320)
	bins, narrowest := c.drawn()
	if len(bins) == 0 {
		return d.nothing()
	}
	var across, heights extent
	heights.add(0)
	for _, b := range bins {
		across.add(b.From)
		across.add(b.To)
		heights.add(b.Count * narrowest / (b.To - b.From))
	}
	p := framed(d, c.X, c.Y, nil, heights)
	p.below(c.X.Label)
	p.x = scale{across.low, across.high, p.left, p.right}
	for _, v := range across.ticks(8) {
		if v >= across.low && v <= across.high {
			d.text("tick", "middle", p.x.at(v), p.bottom+lineSize, 80, c.X.tick(v))
		}
	}
	for _, b := range bins {
		left, right := p.x.at(b.From), p.x.at(b.To)
		top := p.y.at(b.Count * narrowest / (b.To - b.From))
		d.rect("bar series-1", markTitle(c.Y.format(b.Count), c.between(b)), left, top, right-left-1, p.bottom-top)
	}
	return d.end()
}

func (c Histogram) between(b Bin) string { return c.X.format(b.From) + " to " + c.X.format(b.To) }

// Table has a row for each range.
func (c Histogram) Table() Table {
	t := Table{Header: []string{named(c.X.Label, "Range"), named(c.Y.Label, "Count")}}
	bins, _ := c.drawn()
	for _, b := range bins {
		t.Rows = append(t.Rows, []string{c.between(b), c.Y.format(b.Count)})
	}
	return t
}
