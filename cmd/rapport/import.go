package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"
	"unicode/utf8"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/internal/importer"
)

type importCmd struct {
	remote
	Files    []string          `arg:"" name:"file" help:"CSV files of sales, plain or gzip, which are imported as one, by time; or the folder of a source with several." type:"path"`
	Preset   string            `help:"Source that is known by name: ${presets}. For a file of sales, what other flags say overrules it."`
	Map      map[string]string `help:"Column of each field: customer=…;invoice=…;date=…;sku=…;name=…;category=…;quantity=…;price=…;country=…. Instead of the price of a unit it may be the total of a line: total=…." placeholder:"FIELD=COLUMN;…"`
	Rate     string            `help:"What one unit of that currency is worth in the currency of the books, where they differ."`
	Date     string            `help:"Layout of dates, as Go writes its reference time: 02/01/2006 15:04 has the day first, 01/02/2006 15:04 the month. Without it dates are as in ISO 8601, or in the one layout that they all fit."`
	Comma    string            `help:"Character between columns." placeholder:","`
	Decimal  bool              `name:"decimal-comma" help:"Numbers are written 1.234,5: a point, a blank or an apostrophe stands between groups of three digits."`
	Currency string            `help:"Currency of the prices, ISO 4217."`
	System   string            `help:"Name of the system that the customers' ids come from."`
	TimeZone string            `help:"Where the file's clock stands." default:"UTC"`
	Encoding string            `help:"utf-8, latin1 or windows-1252." default:"utf-8"`
	Strict   bool              `help:"Refuse the file at the first line that makes no sense, instead of holding back only the invoice that it belongs to."`
	Batch    int               `help:"Commands in one request." default:"2000"`
	Correct  bool              `help:"Void what was imported before with other content, and record it as it is now. Without it, what differs is refused."`
	Rejects  string            `help:"New file for the lines that are refused, as they stand in the source: repaired, it can be imported." type:"path" placeholder:"FILE"`
	DryRun   bool              `help:"Only read the files and report."`
	JSON     bool              `help:"Report as JSON."`
}

// Help says what the exit codes mean.
func (importCmd) Help() string {
	return "Ends with 0 when all is imported or was there already, 1 when something was refused, 2 when it could not be done."
}

func (c importCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	report, err := c.run(ctx, std)
	switch {
	case err != nil:
		return exitError{2, err}
	case report.AnyRefused():
		return exitError{1, errors.New("something was refused: the report says what, and where it stands")}
	}
	return nil
}

// run imports, and reports as far as it came.
func (c importCmd) run(ctx context.Context, std streams) (importer.Report, error) {
	o, err := c.options(std)
	if err != nil {
		return importer.Report{}, err
	}
	report, err := importer.Run(ctx, o)
	switch {
	case report.Files == nil:
		return report, err // nothing was read
	case c.JSON:
		return report, errors.Join(err, json.NewEncoder(std.out).Encode(report))
	}
	return report, errors.Join(err, report.Print(std.out))
}

func (c importCmd) options(std streams) (importer.Options, error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return importer.Options{}, fmt.Errorf("--time-zone: %w", err)
	}
	layout, err := c.layout()
	if err != nil {
		return importer.Options{}, err
	}
	o := importer.Options{Paths: c.Files, Rejects: c.Rejects, Preset: c.Preset, Layout: layout, Zone: zone, Encoding: c.Encoding,
		Strict: c.Strict, Correct: c.Correct, BatchLines: c.Batch, Progress: std.err}
	if !c.DryRun {
		if o.Client, err = c.patientClient(std); err != nil {
			return importer.Options{}, err
		}
	}
	return o, nil
}

func (c importCmd) layout() (importer.Layout, error) {
	l := importer.Layout{System: c.System, Currency: domain.Currency(c.Currency), Columns: c.Map, DateLayout: c.Date,
		DecimalComma: c.Decimal}
	if c.Comma != "" {
		comma, size := utf8.DecodeRuneInString(c.Comma)
		if size != len(c.Comma) {
			return l, fmt.Errorf("--comma is one character, not %q", c.Comma)
		}
		l.Delimiter = comma
	}
	if c.Rate != "" {
		rate, err := decimal.Parse(c.Rate)
		if err != nil {
			return l, fmt.Errorf("--rate: %w", err)
		}
		l.Rate = &rate
	}
	return l, nil
}
