package importer

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

const (
	maxExamples = 3  // of lines that are left out as they should be
	maxPrinted  = 20 // of each kind of refusal; JSON and the file of rejects have them all
)

// Print writes the report for a person.
func (r Report) Print(w io.Writer) error {
	p := message.NewPrinter(language.English)
	var text strings.Builder
	p.Fprintf(&text, "%s: %d lines read\n", strings.Join(r.Files, ", "), r.Lines)
	if r.DateLayout != "" {
		fmt.Fprintf(&text, "%12s dates are read as --date %q, the one layout that they fit\n", "", r.DateLayout)
	}
	p.Fprintf(&text, "%12d customers\n", r.Customers)
	for _, h := range r.Holds {
		p.Fprintf(&text, "%12d %s\n", h.Count, h.What)
	}
	for _, s := range r.Sums {
		fmt.Fprintf(&text, "%12s %s of %s", s.Amount, s.Currency, s.What)
		if s.refusedMinor.Sign() != 0 {
			fmt.Fprintf(&text, ", of which %s %s were refused", s.Refused, s.Currency)
		}
		text.WriteString("\n")
	}
	if r.FirstDay != nil {
		fmt.Fprintf(&text, "%12s from %s to %s\n", "", r.FirstDay, r.LastDay)
	}
	for _, s := range r.Skipped {
		p.Fprintf(&text, "%12d lines skipped: %s\n", s.Count, strings.ReplaceAll(s.Reason, "_", " "))
	}
	for _, s := range r.Refused {
		p.Fprintf(&text, "%12d %s refused: %s\n", s.Count, s.Of, s.Reason)
		printSome(&text, s.Examples, Example.String)
	}
	if len(r.HeldBack) > 0 {
		p.Fprintf(&text, "%12d invoices held back as a whole\n", len(r.HeldBack))
		printSome(&text, r.HeldBack, (*Held).String)
	}
	if r.Rejects > 0 {
		p.Fprintf(&text, "%12d lines written out, to be repaired and imported\n", r.Rejects)
	}
	if r.DryRun {
		fmt.Fprintf(&text, "%12s nothing was sent\n", "")
	} else {
		p.Fprintf(&text, "%12d events appended\n%12d were there already\n%12d days closed\n",
			r.EventsAppended, r.EventsKnown, r.DaysClosed)
	}
	if r.Corrected > 0 {
		p.Fprintf(&text, "%12d of the events correct what was imported otherwise before\n", r.Corrected)
	}
	p.Fprintf(&text, "in %.1f s, %.0f lines/s\n", r.DurationS, r.LinesPerSecond)
	_, err := io.WriteString(w, text.String())
	return err
}

func printSome[T any](w io.Writer, all []T, line func(T) string) {
	for _, x := range all[:min(maxPrinted, len(all))] {
		fmt.Fprintf(w, "%14s%s\n", "", line(x))
	}
	if more := len(all) - maxPrinted; more > 0 {
		fmt.Fprintf(w, "%14sand %d more: --json names them all, --rejects writes their lines\n", "", more)
	}
}

func (e Example) String() string {
	text := e.Detail
	if e.Line > 0 {
		text = strings.TrimSuffix(place{e.File, e.Line}.String()+": "+text, ": ")
	}
	return text
}

func (h *Held) String() string {
	lines := "1 line"
	if h.Lines > 1 {
		lines = fmt.Sprintf("%d lines", h.Lines)
	}
	text := fmt.Sprintf("%q of %q at %s, %s: line %d: %s", clip(h.Invoice), clip(h.Customer), place{h.File, h.Line}, lines,
		h.At, strings.ReplaceAll(h.Reason, "_", " "))
	if h.Detail != "" {
		text += ": " + h.Detail
	}
	return text
}
