package importer

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/internal/client"
)

// Report says what an import did. Customers, Holds and Sums are of what was sent, or would have been; what became of it
// is in the events: appended by this import, or known already, since the same was imported before.
type Report struct {
	Files     []string  `json:"files"`
	DryRun    bool      `json:"dry_run,omitempty"` // nothing was sent
	Lines     int       `json:"lines"`
	Customers int       `json:"customers"`
	Holds     []Content `json:"holds"`
	Sums      []Sum     `json:"sums"`
	// FirstDay and LastDay are those on which something happened that was sent; absent where nothing was.
	FirstDay *domain.Day `json:"first_day,omitempty"`
	LastDay  *domain.Day `json:"last_day,omitempty"`
	// DateLayout is what was found out about the dates, where it was not told and they are not as in ISO 8601.
	DateLayout string `json:"date_layout,omitempty"`
	// Skipped are lines that tell of nobody or nothing, as they may; of each reason the first are named.
	Skipped []Count `json:"skipped"`
	// Refused are lines that cannot be read, by reason, and commands, by the code of the server's refusal. Each is named.
	Refused        []Count `json:"refused"`
	HeldBack       []*Held `json:"held_back"`       // invoices, none of whose lines were sent
	Rejects        int     `json:"rejects_written"` // lines, into the file for them
	DaysClosed     int     `json:"days_closed"`
	EventsAppended int     `json:"events_appended"`
	EventsKnown    int     `json:"events_known"`
	Corrected      int     `json:"corrected"` // of those appended: facts that were imported otherwise before
	DurationS      float64 `json:"duration_s"`
	LinesPerSecond float64 `json:"lines_per_second"`
}

// Content is how many of something the source holds, such as purchases.
type Content struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

// Sum is the money of what was sent, in major units, and how much of it the server refused.
type Sum struct {
	What     string          `json:"what"`
	Currency domain.Currency `json:"currency"`
	Amount   string          `json:"amount"`
	Refused  string          `json:"refused"`

	minor, refusedMinor big.Int
}

// Count is how often something was so, and where.
type Count struct {
	Of       string    `json:"of"` // lines or commands
	Reason   string    `json:"reason"`
	Count    int       `json:"count"`
	Examples []Example `json:"examples,omitempty"`
}

// Example is one case, at a line of a file.
type Example struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// Held is an invoice that is held back as a whole, since a line of it cannot be read.
type Held struct {
	Invoice  string `json:"invoice"`
	Customer string `json:"customer"`
	File     string `json:"file"`
	Line     int    `json:"line"`  // the first
	Lines    int    `json:"lines"` // how many
	Reason   string `json:"reason"`
	At       int    `json:"at"` // the line with the first fault
	Detail   string `json:"detail,omitempty"`
}

// AnyRefused reports whether something of the source was refused, by the import or by the server.
func (r Report) AnyRefused() bool { return len(r.Refused)+len(r.HeldBack) > 0 }

func (s *story) report() Report {
	r := Report{Files: s.Paths, DryRun: s.Client == nil, Lines: s.rows, Holds: s.holds, Sums: []Sum{},
		DateLayout: s.dateLayout}
	known := map[*party]bool{}
	for i, f := range s.facts {
		day := domain.DayOf(f.at, s.Zone)
		if i == 0 {
			r.FirstDay = &day
		}
		r.LastDay = &day
		if f.party != nil && !known[f.party] {
			known[f.party] = true
			r.Customers++
		}
		if sum := r.sum(f.worth); sum != nil {
			sum.minor.Add(&sum.minor, big.NewInt(f.worth.minor))
		}
	}
	return r
}

// sum finds what an amount counts towards; nil where it is none.
func (r *Report) sum(w worth) *Sum {
	if w.what == "" {
		return nil
	}
	i := slices.IndexFunc(r.Sums, func(s Sum) bool { return s.What == w.what && s.Currency == w.currency })
	if i < 0 {
		i = len(r.Sums)
		r.Sums = append(r.Sums, Sum{What: w.what, Currency: w.currency})
	}
	return &r.Sums[i]
}

func (r *Report) count(s *story, sent client.Line, result client.Result) {
	switch {
	case result.Problem != nil:
		s.refuse(r, sent, result)
		return
	case result.Appended():
		r.EventsAppended++
	default:
		r.EventsKnown++
	}
	if sent.Command == "close_day" {
		r.DaysClosed++
	}
}

// refuse takes note of a command that the server refused, and of the lines that it is made of.
func (s *story) refuse(r *Report, line client.Line, result client.Result) {
	code := cmp.Or(result.Problem.Code, fmt.Sprintf("status_%d", result.Status))
	f := &fault{of: ofCommands, reason: code, detail: result.Problem.Error()}
	switch from := line.Origin.(type) {
	case *fact:
		f.place = from.place
		if sum := r.sum(from.worth); sum != nil {
			sum.refusedMinor.Add(&sum.refusedMinor, big.NewInt(from.worth.minor))
		}
		f.detail = from.entry.rejected(s, code) + f.detail
	case registration:
		f.place = from.place
		f.detail = fmt.Sprintf("customer %q: ", clip(from.party.externalID)) + f.detail
		from.entry.rejected(s, code)
	}
	s.refused.add(f)
}

// rejected remembers that the lines of an entry are refused. It returns what names them.
func (e *entry) rejected(s *story, code string) string {
	if e == nil {
		return ""
	}
	of := slices.Compact(slices.Sorted(slices.Values(e.lines)))
	for _, line := range of {
		at := place{e.place.file, line}
		s.reject(at, code)
		s.rejects[at] = rejection{s.rejects[at].reason, e.nth}
	}
	text := fmt.Sprintf("invoice %q of %q", clip(e.number), clip(e.party.externalID))
	if e.nth != "" {
		text = fmt.Sprintf("a sale to %q", clip(e.party.externalID))
	}
	if len(of) > 1 {
		text += ", lines " + clip(ranges(of))
	}
	return text + ": "
}

// ranges writes ascending numbers as 2–4, 7.
func ranges(numbers []int) string {
	var b strings.Builder
	for i := 0; i < len(numbers); {
		last := i
		for last+1 < len(numbers) && numbers[last+1] == numbers[last]+1 {
			last++
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, numbers[i])
		if last > i {
			fmt.Fprint(&b, "–", numbers[last])
		}
		i = last + 1
	}
	return b.String()
}

func (r *Report) finish(s *story, d time.Duration) {
	for i := range r.Sums {
		x := &r.Sums[i]
		x.Amount, x.Refused = major(&x.minor, x.Currency), major(&x.refusedMinor, x.Currency)
	}
	r.Skipped, r.Refused, r.HeldBack = s.skipped.counts(), s.refused.counts(), append([]*Held{}, s.held...)
	for i := range r.Skipped {
		r.Skipped[i].Examples = r.Skipped[i].Examples[:min(maxExamples, len(r.Skipped[i].Examples))]
	}
	r.DurationS = d.Seconds()
	r.LinesPerSecond = float64(r.Lines) / max(r.DurationS, 1e-9)
}

// major writes an amount of minor units in major units.
func major(minor *big.Int, c domain.Currency) string {
	digits, _ := c.MinorDigits() // it was valid when the command was made
	text := fmt.Sprintf("%0*d", digits+1, minor)
	if digits == 0 {
		return text
	}
	return text[:len(text)-digits] + "." + text[len(text)-digits:]
}

// What a Count is of.
const (
	ofLines    = "lines"
	ofCommands = "commands"
)

// tally counts by reason, and keeps where.
type tally map[string]*Count

func (t *tally) add(f *fault) {
	if *t == nil {
		*t = tally{}
	}
	of := cmp.Or(f.of, ofLines)
	c := (*t)[of+" "+f.reason]
	if c == nil {
		c = &Count{Of: of, Reason: f.reason}
		(*t)[of+" "+f.reason] = c
	}
	c.Count++
	if !f.passed || c.Count <= maxExamples {
		c.Examples = append(c.Examples, Example{File: f.file, Line: f.line, Detail: f.detail})
	}
}

func (t tally) count() int {
	n := 0
	for _, c := range t {
		n += c.Count
	}
	return n
}

// counts returns the most frequent first, each with its cases in the order of the files.
func (t tally) counts() []Count {
	out := make([]Count, 0, len(t))
	for _, c := range t {
		slices.SortStableFunc(c.Examples, func(a, b Example) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
		})
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
