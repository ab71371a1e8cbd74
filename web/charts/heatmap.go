package charts

import "fmt"

// HeatMap is a chart of values in rows and columns, such as how many of each month's customers came back: the higher a value,
// the stronger the colour of its cell.
type HeatMap struct {
	Frame
	X, Y    Axis // of the columns and of the rows; only their labels count
	Value   Axis
	Columns []string
	Rows    []string
	Values  [][]float64 // by row, then by column; NaN and what is left out is missing
}

const heatSteps = 9

func (c HeatMap) at(row, column int) (float64, bool) {
	if row >= len(c.Values) {
		return 0, false
	}
	return Series{Values: c.Values[row]}.at(column)
}

// SVG draws a cell for each value, with the value in it where there is room.
func (c HeatMap) SVG() string {
	d := draw("heat-map", c.Frame, 640, 60+24*max(len(c.Rows), 4))
	var e extent
	for i := range c.Rows {
		for j := range c.Columns {
			if v, ok := c.at(i, j); ok {
				e.add(v)
			}
		}
	}
	if !e.any {
		return d.nothing()
	}
	p := &plot{drawing: d, left: 12, right: d.w - 8, top: 26, bottom: d.h - lineSize - 8}
	for _, r := range c.Rows {
		p.left = max(p.left, min(width(r, textSize), d.w/3)+14)
	}
	if c.Y.Label != "" {
		p.left += lineSize
		p.turned(c.Y.Label)
	}
	if c.X.Label != "" {
		p.bottom -= lineSize
	}
	c.scaleOf(d, e)
	p.x = scale{-0.5, float64(len(c.Columns)) - 0.5, p.left, p.right}
	p.y = scale{-0.5, float64(len(c.Rows)) - 0.5, p.top, p.bottom}
	p.names(c.X, c.Columns)
	wide, high := p.x.at(1)-p.x.at(0), p.y.at(1)-p.y.at(0)
	for i, row := range c.Rows {
		d.text("tick", "end", p.left-6, p.y.at(float64(i))+4, p.left-8, row)
		for j, column := range c.Columns {
			v, ok := c.at(i, j)
			if !ok {
				continue
			}
			step := heatOf(v, e)
			d.rect(fmt.Sprintf("cell heat-%d", step), markTitle(c.Value.format(v), row, column), p.x.at(float64(j)-0.5),
				p.y.at(float64(i)-0.5), wide-1, high-1)
			if text := c.Value.tick(v); width(text, textSize) < wide-4 && high >= lineSize {
				d.text(fmt.Sprintf("value on-heat-%d", step), "middle", p.x.at(float64(j)), p.y.at(float64(i))+4, wide, text)
			}
		}
	}
	return d.end()
}

// scaleOf draws which colours stand for which values.
func (c HeatMap) scaleOf(d *drawing, e extent) {
	const size = 14.0
	from, to := c.Value.tick(e.low), c.Value.tick(e.high)
	x := d.w - 8 - width(to, textSize) - 6 - size*heatSteps
	d.text("legend", "end", x-6, 14, x, from)
	for i := range heatSteps {
		d.rect(fmt.Sprintf("cell heat-%d", i), "", x+size*float64(i), 4, size, size-2)
	}
	d.text("legend", "end", d.w-8, 14, d.w/3, to)
}

// heatOf returns the step of a value.
func heatOf(v float64, e extent) int {
	if e.high == e.low {
		return heatSteps / 2
	}
	// Halves, so that the distance does not overflow.
	return min(int((v/2-e.low/2)/(e.high/2-e.low/2)*heatSteps), heatSteps-1)
}

// Table has a row for each row, and a column for each column.
func (c HeatMap) Table() Table {
	t := Table{Header: append([]string{named(c.Y.Label, "Row")}, c.Columns...)}
	for i, row := range c.Rows {
		cells := []string{row}
		for j := range c.Columns {
			text := missing
			if v, ok := c.at(i, j); ok {
				text = c.Value.format(v)
			}
			cells = append(cells, text)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
