package api

import (
	"bytes"
	"strings"

	"github.com/rapport-crm/rapport/projections"
)

const csvType = "text/csv"

// csvAnswer writes rows as CSV, as PostgreSQL's COPY does: an empty text is quoted, no value is not.
type csvAnswer struct {
	*stream
	table projections.Table
	exact bool

	guard []bool // columns that hold texts
	line  []byte
}

// header begins the answer, unless it has begun.
func (a *csvAnswer) header() error {
	if a.begun() {
		return nil
	}
	a.begin(csvType+"; charset=utf-8; header=present", a.table.Name+".csv")
	names := make([][]byte, len(a.table.Columns))
	a.guard = make([]bool, len(names))
	for i, c := range a.table.Columns {
		names[i] = []byte(c.Name)
	}
	if err := a.write(names); err != nil {
		return err
	}
	for i, c := range a.table.Columns {
		a.guard[i] = c.Type == "text" && !a.exact
	}
	return nil
}

func (a *csvAnswer) row(row [][]byte) error {
	if err := a.header(); err != nil {
		return err
	}
	return a.write(row)
}

func (a *csvAnswer) end() error {
	if err := a.header(); err != nil {
		return err
	}
	return a.buffer.Flush()
}

func (a *csvAnswer) write(row [][]byte) error {
	a.line = a.line[:0]
	for i, value := range row {
		if i > 0 {
			a.line = append(a.line, ',')
		}
		a.line = appendCSV(a.line, value, a.guard[i])
	}
	a.line = append(a.line, '\n')
	_, err := a.buffer.Write(a.line)
	return err
}

// appendCSV adds a field to a line. Guarded ones are texts that people wrote: in a spreadsheet, what begins like a
// formula would be one, and could send the sheet's contents away.
func appendCSV(line, value []byte, guard bool) []byte {
	if value == nil {
		return line
	}
	quote := len(value) == 0 || bytes.ContainsAny(value, ",\"\r\n")
	if quote {
		line = append(line, '"')
	}
	if guard && len(value) > 0 && strings.IndexByte("=+-@\t\r", value[0]) >= 0 {
		line = append(line, '\'')
	}
	if !quote {
		return append(line, value...)
	}
	for _, b := range value {
		if b == '"' {
			line = append(line, '"')
		}
		line = append(line, b)
	}
	return append(line, '"')
}
