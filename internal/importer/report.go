package importer

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/rapport-crm/rapport/internal/client"
)

// Report says what an import did. Customers and Holds are those of the source; what became of them is in the
// events: appended by this import, or known already, since the same was imported before.
type Report struct {
	File           string    `json:"file"`
	Lines          int       `json:"lines"`
	Customers      int       `json:"customers"`
	Holds          []Content `json:"holds"`
	Skipped        []Count   `json:"skipped"` // lines of the source, by reason
	Refused        []Count   `json:"refused"` // commands, by the code of the server's refusal
	DaysClosed     int       `json:"days_closed"`
	EventsAppended int       `json:"events_appended"`
	EventsKnown    int       `json:"events_known"`
	DurationS      float64   `json:"duration_s"`
	LinesPerSecond float64   `json:"lines_per_second"`

	refused tally
}

// Content is how many of something the source holds, such as purchases.
type Content struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

// Count is how often something was so, with the first examples.
type Count struct {
	Reason   string    `json:"reason"`
	Count    int       `json:"count"`
	Examples []Example `json:"examples,omitempty"`
}

// Example is one case, at a line of the file.
type Example struct {
	Line   int    `json:"line"`
	Detail string `json:"detail,omitempty"`
}

const maxExamples = 3

func (s *story) report(path string) Report {
	return Report{File: path, Lines: s.rows, Customers: len(s.parties), Holds: s.holds, Skipped: s.skipped.counts()}
}

func (r *Report) count(lines []client.Line, results []client.Result) {
	for i, result := range results {
		switch {
		case result.Problem != nil:
			code := cmp.Or(result.Problem.Code, fmt.Sprintf("status_%d", result.Status))
			r.refused.add(code, lines[i].Origin, result.Problem.Error())
			continue
		case result.Appended():
			r.EventsAppended++
		default:
			r.EventsKnown++
		}
		if lines[i].Command == "close_day" {
			r.DaysClosed++
		}
	}
}

func (r *Report) finish(d time.Duration) {
	r.Refused = r.refused.counts()
	r.DurationS = d.Seconds()
	r.LinesPerSecond = float64(r.Lines) / max(r.DurationS, 1e-9)
}

// Print writes the report for a person.
func (r Report) Print(w io.Writer) error {
	p := message.NewPrinter(language.English)
	var text strings.Builder
	p.Fprintf(&text, "%s: %d lines read\n", r.File, r.Lines)
	p.Fprintf(&text, "%12d customers\n", r.Customers)
	for _, h := range r.Holds {
		p.Fprintf(&text, "%12d %s\n", h.Count, h.What)
	}
	for _, s := range r.Skipped {
		p.Fprintf(&text, "%12d lines skipped: %s\n", s.Count, strings.ReplaceAll(s.Reason, "_", " "))
		if s.Reason != noCustomer {
			s.printExamples(&text)
		}
	}
	for _, s := range r.Refused {
		p.Fprintf(&text, "%12d commands refused: %s\n", s.Count, s.Reason)
		s.printExamples(&text)
	}
	p.Fprintf(&text, "%12d events appended\n%12d were there already\n%12d days closed\n",
		r.EventsAppended, r.EventsKnown, r.DaysClosed)
	p.Fprintf(&text, "in %.1f s, %.0f lines/s\n", r.DurationS, r.LinesPerSecond)
	_, err := io.WriteString(w, text.String())
	return err
}

func (c Count) printExamples(w io.Writer) {
	for _, e := range c.Examples {
		fmt.Fprintf(w, "%14sline %d: %s\n", "", e.Line, e.Detail)
	}
}

// tally counts by reason, and keeps the first examples of each.
type tally map[string]*Count

func (t *tally) add(reason string, line int, detail string) {
	if *t == nil {
		*t = tally{}
	}
	c := (*t)[reason]
	if c == nil {
		c = &Count{Reason: reason}
		(*t)[reason] = c
	}
	c.Count++
	if len(c.Examples) < maxExamples {
		c.Examples = append(c.Examples, Example{Line: line, Detail: detail})
	}
}

func (t tally) of(reason string) int {
	if c := t[reason]; c != nil {
		return c.Count
	}
	return 0
}

func (t tally) count() int {
	n := 0
	for _, c := range t {
		n += c.Count
	}
	return n
}

// counts answers the most frequent first.
func (t tally) counts() []Count {
	out := make([]Count, 0, len(t))
	for _, c := range t {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

func (t tally) String() string {
	parts := make([]string, 0, len(t))
	for _, c := range t.counts() {
		x := c.Examples[0]
		parts = append(parts, strings.TrimRight(fmt.Sprintf("%d %s (line %d) %s", c.Count,
			strings.ReplaceAll(c.Reason, "_", " "), x.Line, x.Detail), " "))
	}
	return strings.Join(parts, "; ")
}
