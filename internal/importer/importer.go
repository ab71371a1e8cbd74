// Package importer turns files of sales, and other sources that it knows by name, into commands and sends
// them to a Rapport server, as an app would. It decides what a line of a file means; it must not know how the server keeps it. All ids are derived from
// those of the file, so an import can be repeated, or go on after an interruption, without changing anything.
package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/internal/client"
)

// Options say what to import, and how.
type Options struct {
	Client *client.Client // nil: only read the files and report
	// Paths are files, plain or gzip, of which those of sales may be several: they are imported as one, in the order of
	// time. Or it is one folder, where the source has several files.
	Paths  []string
	Preset string // one of Presets, or empty: then these are files of sales, and Layout says it all
	Layout Layout // of files of sales; what is set here overrules the preset
	// Zone is where the file's clock stands (UTC), best the server's business time zone: days are closed in it.
	Zone     *time.Location
	Encoding string // utf-8 (the default), latin1 or windows-1252
	Strict   bool   // refuse the file at the first line that makes no sense, rather than only what the line belongs to
	// Correct voids what the server was told otherwise, and tells it anew; without it, what differs is refused.
	Correct bool
	// Rejects names a new file for the lines that are refused, as they stand in the files: repaired, it can be
	// imported. It is not written where nothing is refused.
	Rejects string
	// BatchLines is how many commands go into one request (client.DefaultBatchLines). It has no influence on
	// the result.
	BatchLines int
	MaxLines   int       // of all files; beyond it is refused (DefaultMaxLines)
	Progress   io.Writer // where to show progress; nil for nowhere
	// OnProgress, if set, is told how far sending is.
	OnProgress func(doing string, done, total int)
	Now        func() time.Time

	source source // what Preset names
}

// DefaultMaxLines keeps a file that cannot be meant from filling the memory: a line takes about 100 bytes.
const DefaultMaxLines = 10_000_000

func (o *Options) setDefaults() error {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.MaxLines == 0 {
		o.MaxLines = DefaultMaxLines
	}
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	if o.OnProgress == nil {
		o.OnProgress = func(string, int, int) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o.choose()
}

// Check reports what is wrong with options, but for the files that they name.
func (o Options) Check() error {
	if len(o.Paths) == 0 {
		o.Paths = []string{"a file"}
	}
	return o.setDefaults()
}

// Run imports a source. The whole of it is read before anything is sent, so one that cannot be read changes
// nothing. Lines and commands that are refused are in the report, and the import goes on; with an error, the report
// says how far it came.
func Run(ctx context.Context, o Options) (Report, error) {
	started := time.Now()
	if err := o.setDefaults(); err != nil {
		return Report{}, err
	}
	s, err := read(ctx, o)
	if err != nil {
		return Report{}, fmt.Errorf("%w; nothing was imported", err)
	}
	report := s.report()
	if o.Client != nil {
		err = send(ctx, o, s, &report)
	}
	if err == nil {
		report.Rejects, err = s.writeRejects(ctx)
	}
	report.finish(s, time.Since(started))
	return report, err
}

func send(ctx context.Context, o Options, s *story, report *Report) error {
	var differing []*fact // that the server was told otherwise, and that are to be corrected
	err := sendLines(ctx, o, "importing", s.commands(o.Now()), s.lines(o.Now()), func(lines []client.Line, results []client.Result) {
		for i, result := range results {
			if from, ok := lines[i].Origin.(*fact); ok && o.Correct && toldOtherwise(result) {
				differing = append(differing, from)
				continue
			}
			report.count(s, lines[i], result)
		}
	})
	if err != nil || len(differing) == 0 {
		return err
	}
	return sendLines(ctx, o, "correcting", len(differing), s.corrections(differing), func(lines []client.Line, results []client.Result) {
		for i, result := range results {
			if report.count(s, lines[i], result); result.Appended() {
				report.Corrected++
			}
		}
	})
}

// toldOtherwise reports whether the server knows what it was sent with other content.
func toldOtherwise(r client.Result) bool {
	return r.Problem != nil && r.Status == http.StatusConflict && strings.HasSuffix(r.Problem.Code, "_otherwise")
}

func sendLines(ctx context.Context, o Options, doing string, total int, lines iter.Seq[client.Line],
	answered func([]client.Line, []client.Result)) error {
	done := 0
	advance, end := client.Progress(o.Progress, doing, total)
	defer end()
	err := o.Client.Send(ctx, lines, o.BatchLines, func(lines []client.Line, results []client.Result) {
		answered(lines, results)
		done += len(results)
		advance(len(results))
		o.OnProgress(doing, done, total)
	})
	if err == nil {
		return nil
	}
	const goOn = "run the same import again to go on: what was imported stays, and is not imported twice"
	var refused *client.Problem
	if errors.As(err, &refused) && !errors.As(err, new(*client.Unavailable)) {
		return fmt.Errorf("stopped after %d of %d commands, which the server refused to take: %w", done, total, err)
	}
	return fmt.Errorf("stopped after %d of %d commands: %w; %s", done, total, err, goOn)
}
