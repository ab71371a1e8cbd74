// Package catalogue writes down what tables and views hold, for people to read. It decides how that looks; it must
// not know where the descriptions come from.
package catalogue

import (
	"fmt"
	"io"
	"strings"

	"github.com/rapport-crm/rapport/projections"
)

// Markdown writes a table of contents and a section for each table.
func Markdown(w io.Writer, tables []projections.Table) error {
	var b strings.Builder
	b.WriteString("| | |\n|---|---|\n")
	for _, t := range tables {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s |\n", t.Name, t.Name, cell(t.Comment))
	}
	for _, t := range tables {
		fmt.Fprintf(&b, "\n## %s\n\n%s A %s.\n\n| column | type | | |\n|---|---|---|---|\n", t.Name, t.Comment, t.Kind)
		for _, c := range t.Columns {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", c.Name, c.Type, null(t, c), cell(c.Comment))
		}
		if len(t.Indexes) > 0 {
			b.WriteString("\nIndexes:\n\n")
		}
		for _, i := range t.Indexes {
			fmt.Fprintf(&b, "- `%s`: %s\n", i.On, i.Comment)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cell keeps a text within its cell.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// null says whether a column of a table may be empty; of a view that is not known.
func null(t projections.Table, c projections.TableColumn) string {
	switch {
	case t.Kind == "view":
		return ""
	case c.Nullable:
		return "or null"
	}
	return "not null"
}

// Text writes a paragraph for each table, for terminals.
func Text(w io.Writer, tables []projections.Table) error {
	var b strings.Builder
	for i, t := range tables {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s (%s)\n  %s\n", t.Name, t.Kind, t.Comment)
		longest := 0
		for _, c := range t.Columns {
			longest = max(longest, len(c.Name))
		}
		for _, c := range t.Columns {
			fmt.Fprintf(&b, "    %-*s  %s: %s\n", longest, c.Name, c.Type, c.Comment)
		}
		for _, index := range t.Indexes {
			fmt.Fprintf(&b, "    index %s: %s\n", index.On, index.Comment)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
