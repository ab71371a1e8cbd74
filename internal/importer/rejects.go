package importer

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
)

// Lines that are refused, alone or with their invoice, can be written into a file of their own, as they stand in the
// source: with a column that says why, and one that keeps apart what has no invoice. Repaired, it is imported with the same flags.
const (
	reasonColumn = "rapport_refusal"
	numberColumn = "rapport_number"
)

// rejection is why a line is refused. Where there are no invoices, its number tells it from other lines of its customer
// and day.
type rejection struct{ reason, number string }

// reject remembers why a line is refused; the first reason holds.
func (s *story) reject(at place, reason string) {
	if _, known := s.rejects[at]; !known {
		s.rejects[at] = rejection{reason: reason}
	}
}

// prepareRejects refuses a file of rejects that could not be written when all is sent.
func (s *story) prepareRejects() error {
	if s.Rejects == "" {
		return nil
	}
	if s.source.layout == nil || !s.Layout.isCSV() {
		return fmt.Errorf("only lines of CSV files of sales can be written out, to be sent again")
	}
	if _, err := os.Lstat(s.Rejects); err == nil {
		return fmt.Errorf("%s is there already: name a new file for what is refused", s.Rejects)
	}
	if _, err := os.Stat(filepath.Dir(s.Rejects)); err != nil {
		return err
	}
	var first []string
	for _, path := range s.Paths {
		header, err := s.header(path)
		if err != nil {
			return in(path, err)
		}
		if first == nil {
			first = header
		}
		if !slices.Equal(first, header) {
			return fmt.Errorf("%s has another header than %s: import it alone, to write out what is refused", path, s.Paths[0])
		}
	}
	return nil
}

var errHeaderOnly = errors.New("only the header was asked for")

func (s *story) header(path string) (header []string, err error) {
	src, err := open(path, s.Encoding)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	for _, err = range records(src, s.Layout.Delimiter, func(h []string) error {
		header = slices.Clone(h)
		return errHeaderOnly
	}) {
	}
	if errors.Is(err, errHeaderOnly) {
		err = nil
	}
	return header, err
}

// writeRejects reads the files once more, since their lines are not kept, and writes those that are refused.
func (s *story) writeRejects(ctx context.Context) (lines int, err error) {
	if s.Rejects == "" || len(s.rejects) == 0 {
		return 0, nil
	}
	disk, err := os.OpenFile(s.Rejects, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	encoded := encoding.ReplaceUnsupported(encoders[strings.ToLower(s.Encoding)].NewEncoder()).Writer(disk)
	out := csv.NewWriter(encoded)
	out.Comma = s.Layout.Delimiter
	for i, path := range s.Paths {
		n, err := s.copyRejects(ctx, out, path, i == 0)
		if err != nil {
			return 0, errors.Join(fmt.Errorf("write %s: %w", s.Rejects, in(path, err)), disk.Close(), os.Remove(s.Rejects))
		}
		lines += n
	}
	out.Flush()
	if closer, ok := encoded.(io.Closer); ok {
		err = closer.Close()
	}
	if err := errors.Join(out.Error(), err, disk.Sync(), disk.Close()); err != nil {
		return 0, errors.Join(fmt.Errorf("write %s: %w", s.Rejects, err), os.Remove(s.Rejects))
	}
	if lines != len(s.rejects) {
		return lines, fmt.Errorf("%s holds %d lines of %d: a file changed while it was imported", s.Rejects, lines, len(s.rejects))
	}
	return lines, nil
}

func (s *story) copyRejects(ctx context.Context, out *csv.Writer, path string, first bool) (lines int, err error) {
	src, err := open(path, s.Encoding)
	if err != nil {
		return 0, err
	}
	defer src.Close()
	var ours []int // columns that an earlier import added
	number := -1
	header := func(columns []string) error {
		for i, column := range columns {
			switch column {
			case numberColumn:
				number = i
				ours = append(ours, i)
			case reasonColumn:
				ours = append(ours, i)
			}
		}
		if !first {
			return nil
		}
		return out.Write(slices.Concat(s.ours(reasonColumn, numberColumn), without(columns, ours)))
	}
	n := 0
	for r, err := range records(src, s.Layout.Delimiter, header) {
		if err != nil && !errors.As(err, new(*fault)) {
			return lines, err
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return lines, context.Cause(ctx)
		}
		why, refused := s.rejects[r.place]
		if !refused {
			continue
		}
		lines++
		if number >= 0 && number < len(r.fields) && r.fields[number] != "" {
			why.number = r.fields[number]
		}
		if why.number == "" {
			why.number = fmt.Sprintf("%s:%d", filepath.Base(path), r.line)
		}
		reason := fmt.Sprintf("%s:%d: %s", filepath.Base(path), r.line, why.reason)
		if err := out.Write(slices.Concat(s.ours(reason, why.number), without(r.fields, ours))); err != nil {
			return lines, err
		}
	}
	return lines, nil
}

// ours returns what is written before the fields of a line: with a number only where there are no invoices.
func (s *story) ours(reason, number string) []string {
	if s.Layout.Columns["invoice"] != "" {
		return []string{reason}
	}
	return []string{reason, number}
}

// without returns the fields but those at some places.
func without(fields []string, places []int) []string {
	if len(places) == 0 {
		return fields
	}
	var rest []string
	for i, f := range fields {
		if !slices.Contains(places, i) {
			rest = append(rest, f)
		}
	}
	return rest
}
