package main

import (
	"context"
	"encoding/json"
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
	File     string            `arg:"" help:"CSV file, plain or gzip; or the folder of a source with several." type:"path"`
	Preset   string            `help:"Source that is known by name: ${presets}. For a file of sales, what other flags say overrules it."`
	Map      map[string]string `help:"Column of each field: customer=…;invoice=…;date=…;sku=…;name=…;quantity=…;price=…;country=…." placeholder:"FIELD=COLUMN;…"`
	Rate     string            `help:"What one unit of that currency is worth in the currency of the books, where they differ."`
	Date     string            `help:"Layout of dates, as Go writes its reference time: 2006-01-02 15:04:05."`
	Comma    string            `help:"Character between columns." placeholder:","`
	Decimal  bool              `name:"decimal-comma" help:"Numbers are written 1,5."`
	Currency string            `help:"Currency of the prices, ISO 4217."`
	System   string            `help:"Name of the system that the customers' ids come from."`
	TimeZone string            `help:"Where the file's clock stands." default:"UTC"`
	Encoding string            `help:"utf-8, latin1 or windows-1252." default:"utf-8"`
	Strict   bool              `help:"Refuse the file at the first line that makes no sense, instead of skipping such lines."`
	Batch    int               `help:"Commands in one request." default:"2000"`
	DryRun   bool              `help:"Only read the file and report."`
	JSON     bool              `help:"Report as JSON."`
}

func (c importCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return fmt.Errorf("--time-zone: %w", err)
	}
	layout, err := c.layout()
	if err != nil {
		return err
	}
	o := importer.Options{Path: c.File, Preset: c.Preset, Layout: layout, Zone: zone, Encoding: c.Encoding,
		Strict: c.Strict, BatchLines: c.Batch, Progress: std.err}
	if !c.DryRun {
		if o.Client, err = c.patientClient(std); err != nil {
			return err
		}
	}
	report, err := importer.Run(ctx, o)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(report)
	}
	return report.Print(std.out)
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
