package charts

import "slices"

// Sankey is a chart of what flows from where to where, such as customers between stages: as wide as it is much. Flows that
// run in circles are drawn between two columns, from all sources to all targets.
type Sankey struct {
	Frame
	Value Axis
	Flows []Flow
}

// Flow is how much comes from one node to another.
type Flow struct {
	From, To string
	Value    float64
}

// node is a node of the drawing. Where flows run in circles, a name is one as a source and another as a target.
type node struct {
	name           string
	column         int
	in, out        float64
	x, y, high     float64
	fromTop, toTop float64 // where the next flow begins and ends
}

type link struct {
	Flow
	from, to *node
}

func (c Sankey) drawn() (flows []Flow) {
	for _, f := range c.Flows {
		if finite(f.Value) && f.Value > 0 {
			flows = append(flows, f)
		}
	}
	return flows
}

// SVG draws a bar for each node and a band for each flow.
func (c Sankey) SVG() string {
	d := draw("sankey", c.Frame, 640, 320)
	flows := c.drawn()
	if len(flows) == 0 {
		return d.nothing()
	}
	columns, links := layered(flows)
	c.place(d, columns, links)
	for _, l := range links {
		wide := l.Value * l.from.high / max(l.from.in, l.from.out)
		wideTo := l.Value * l.to.high / max(l.to.in, l.to.out)
		x1, x2 := l.from.x+nodeWidth, l.to.x
		y1, y2, middle := l.from.y+l.from.fromTop, l.to.y+l.to.toTop, (x1+x2)/2
		l.from.fromTop += wide
		l.to.toTop += wideTo
		var p path
		p.to("M", x1, y1)
		p.to("C", middle, y1, middle, y2, x2, y2)
		p.to("L", x2, y2+wideTo)
		p.to("C", middle, y2+wideTo, middle, y1+wide, x1, y1+wide)
		p.to("Z")
		d.element("path", "flow", markTitle(c.Value.format(l.Value), isolated(l.From)+" → "+isolated(l.To)), "d", p.b.String())
	}
	for i, column := range columns {
		for _, n := range column {
			d.rect("node", markTitle(c.Value.format(max(n.in, n.out)), n.name), n.x, n.y, nodeWidth, n.high)
			most := d.w/float64(len(columns)) - nodeWidth - 8
			if i == len(columns)-1 {
				d.text("tick", "end", n.x-5, n.y+n.high/2+4, most, n.name)
			} else {
				d.text("tick", "start", n.x+nodeWidth+5, n.y+n.high/2+4, most, n.name)
			}
		}
	}
	return d.end()
}

const nodeWidth = 14.0

// layered puts each node to the right of all that flow into it.
func layered(flows []Flow) (columns [][]*node, links []link) {
	column, ok := depths(flows)
	sources, targets := map[string]*node{}, map[string]*node{}
	if ok {
		targets = sources // one node a name
	}
	var nodes []*node
	get := func(of map[string]*node, name string, at int) *node {
		if of[name] == nil {
			of[name] = &node{name: name, column: at}
			nodes = append(nodes, of[name])
		}
		return of[name]
	}
	for _, f := range flows {
		from, to := 0, 1
		if ok {
			from, to = column[f.From], column[f.To]
		}
		l := link{f, get(sources, f.From, from), get(targets, f.To, to)}
		l.from.out += f.Value
		l.to.in += f.Value
		links = append(links, l)
	}
	for _, n := range nodes {
		for len(columns) <= n.column {
			columns = append(columns, nil)
		}
		columns[n.column] = append(columns[n.column], n)
	}
	return columns, links
}

// depths returns the longest way to each node; false where flows run in circles.
func depths(flows []Flow) (map[string]int, bool) {
	depth := map[string]int{}
	for _, f := range flows {
		depth[f.From] = 0
		depth[f.To] = 0
	}
	for range len(depth) + 1 {
		moved := false
		for _, f := range flows {
			if depth[f.To] <= depth[f.From] {
				depth[f.To] = depth[f.From] + 1
				moved = true
			}
		}
		if !moved {
			return depth, true
		}
		for _, at := range depth {
			if at >= len(depth) {
				return nil, false
			}
		}
	}
	return nil, false
}

// place gives each node its place: in its column, as high as what flows through it.
func (c Sankey) place(d *drawing, columns [][]*node, links []link) {
	const gap, margin = 10.0, 8.0
	unit := 0.0 // height of 1
	for i, column := range columns {
		sum, room := 0.0, d.h-2*margin-gap*float64(len(column)-1)
		for _, n := range column {
			sum += max(n.in, n.out)
		}
		if fits := max(room, 1) / sum; i == 0 || fits < unit {
			unit = fits
		}
	}
	for i, column := range columns {
		y := margin
		for _, n := range column {
			n.x, n.y, n.high = margin, y, max(n.in, n.out)*unit
			if len(columns) > 1 {
				n.x += float64(i) * (d.w - 2*margin - nodeWidth) / float64(len(columns)-1)
			}
			y += n.high + gap
		}
	}
	// Flows leave and arrive in the order of their other ends, so that they cross as little as they can.
	slices.SortStableFunc(links, func(a, b link) int {
		switch {
		case a.from.y+a.to.y < b.from.y+b.to.y:
			return -1
		case a.from.y+a.to.y > b.from.y+b.to.y:
			return 1
		}
		return 0
	})
}

// Table has a row for each flow.
func (c Sankey) Table() Table {
	t := Table{Header: []string{"From", "To", named(c.Value.Label, "Value")}}
	for _, f := range c.drawn() {
		t.Rows = append(t.Rows, []string{f.From, f.To, c.Value.format(f.Value)})
	}
	return t
}
