package charts

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

const (
	textSize = 12.0
	lineSize = 16.0 // from one line of text to the next
)

// drawing writes the elements of an SVG.
type drawing struct {
	b strings.Builder
	w float64
	h float64
}

// draw begins a drawing of a kind.
func draw(kind string, f Frame, width, height int) *drawing {
	d := &drawing{}
	d.w, d.h = f.size(width, height)
	id := safe(f.id(kind))
	fmt.Fprintf(&d.b, `<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-%s" viewBox="0 0 %s %s" role="img" `+
		`aria-labelledby="%s-title" aria-describedby="%s-desc">`+"\n", kind, number(d.w), number(d.h), id, id)
	what := "A chart of the kind: " + strings.ReplaceAll(kind, "-", " ") + "."
	fmt.Fprintf(&d.b, "<title id=\"%s-title\">%s</title>\n", id, safe(named(f.Title, what)))
	fmt.Fprintf(&d.b, "<desc id=\"%s-desc\">%s</desc>\n", id, safe(named(f.Description, what)))
	return d
}

func (d *drawing) end() string {
	d.b.WriteString("</svg>\n")
	return d.b.String()
}

// element writes an element with its attributes, each written safely, and a title if it has one.
func (d *drawing) element(name, class, title string, attributes ...any) {
	d.b.WriteString("<" + name)
	if class != "" {
		d.b.WriteString(` class="` + safe(class) + `"`)
	}
	for i := 0; i < len(attributes); i += 2 {
		value, ok := attributes[i+1].(string)
		if !ok {
			value = number(attributes[i+1].(float64))
		}
		fmt.Fprintf(&d.b, ` %s="%s"`, attributes[i], safe(value))
	}
	if title == "" {
		d.b.WriteString("/>\n")
		return
	}
	d.b.WriteString("><title>" + safe(title) + "</title></" + name + ">\n")
}

func (d *drawing) rect(class, title string, x, y, w, h float64) {
	d.element("rect", class, title, "x", x, "y", y, "width", max(w, 0), "height", max(h, 0))
}

func (d *drawing) line(class string, x1, y1, x2, y2 float64) {
	d.element("line", class, "", "x1", x1, "y1", y1, "x2", x2, "y2", y2)
}

func (d *drawing) circle(class, title string, x, y, r float64) {
	d.element("circle", class, title, "cx", x, "cy", y, "r", r)
}

// text writes a text that is at most so wide; whole, it is its title.
func (d *drawing) text(class, anchor string, x, y, most float64, text string) {
	shown := fit(text, most, textSize)
	fmt.Fprintf(&d.b, `<text class="%s" text-anchor="%s" x="%s" y="%s">%s`, class, anchor, number(x), number(y),
		safe(isolated(shown)))
	if shown != text {
		d.b.WriteString("<title>" + safe(isolated(text)) + "</title>")
	}
	d.b.WriteString("</text>\n")
}

// legend names the series above the plot, and returns how high it is.
func (d *drawing) legend(names []string, left float64) float64 {
	if len(names) < 2 {
		return 0
	}
	x, y := left, lineSize
	for i, name := range names {
		most := 160.0
		w := min(width(name, textSize), most) + 30
		if x > left && x+w > d.w {
			x, y = left, y+lineSize
		}
		d.rect("swatch "+seriesClass(i), "", x, y-9, 10, 10)
		d.text("legend", "start", x+14, y, most, name)
		x += w
	}
	return y + 4
}

// nothing says that there is nothing to draw.
func (d *drawing) nothing() string {
	d.text("empty", "middle", d.w/2, d.h/2, d.w, "No data")
	return d.end()
}

// path collects the steps of a line.
type path struct{ b strings.Builder }

func (p *path) to(step string, at ...float64) {
	p.b.WriteString(step)
	for i, v := range at {
		if i > 0 {
			p.b.WriteByte(' ')
		}
		p.b.WriteString(number(v))
	}
}

// number writes a place with two digits at most.
func number(v float64) string {
	if !finite(v) {
		v = 0
	}
	return strconv.FormatFloat(math.Round(v*100)/100+0, 'f', -1, 64)
}

// markTitle says what a mark stands for: its names, then its value.
func markTitle(value string, names ...string) string {
	var parts []string
	for _, n := range names {
		if n != "" {
			parts = append(parts, isolated(n))
		}
	}
	if len(parts) == 0 {
		return value
	}
	return strings.Join(parts, ", ") + ": " + value
}
