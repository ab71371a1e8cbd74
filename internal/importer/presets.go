package importer

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// source is a kind of source that is known by name. It reads the whole of it into a story.
type source struct {
	name   string
	read   func(context.Context, *story) error
	layout *Layout // of a file of sales; nil for another source
}

// presets are the sources that are known by name.
//
//   - online-retail is the UCI Online Retail data set as CSV. An invoice is a purchase, one with a C before
//     its number a return; all of its quantities are negative.
//   - cdnow is the CDNOW data set, master or sample. It gives no prices, only what a transaction came to,
//     and how many CDs it was. Its price per CD need not be exact in cents, so a purchase has one line of
//     quantity 1 at the whole amount, with the number of CDs in its name. Several purchases of a customer
//     on one day stay several, and one of 0.00 stays a purchase.
//   - servqual and kano are the answers of the kiosk study, of the same people.
//   - crm-opportunities is the folder of the CRM sales opportunities: sales_pipeline.csv and accounts.csv. An
//     account is an organisation; its sector, spelt as it may be, and its figures are left out. A day is that on
//     which the stage engaging began, so opportunities are opened in that stage; none of them says when it was
//     prospecting, nor what it was worth before it was won. The product GTXPro is GTX Pro, as in the price list.
//   - olist is the folder of the Olist data set. A customer is a customer_unique_id, an order a purchase in BRL
//     with a line for each item and one for the freight of them all; payments are told when the order was
//     approved, reviews as customer satisfaction when they were written.
//   - equipment is a folder of machines, their errors, failures and maintenance: see equipment.
//   - hillstrom is the MineThatData e-mail test: a campaign with two cells and a control group. See hillstrom.
var presets = []source{
	{name: "online-retail", read: readSales, layout: &Layout{
		System: "online-retail", Currency: "GBP", DateLayout: "2006-01-02 15:04:05",
		Columns: map[string]string{"customer": "CustomerID", "invoice": "InvoiceNo", "date": "InvoiceDate",
			"sku": "StockCode", "name": "Description", "quantity": "Quantity", "price": "UnitPrice",
			"country": "Country"}}},
	{name: "cdnow", read: readSales, layout: &Layout{
		System: "cdnow", Currency: "USD", DateLayout: "20060102", parse: cdnow}},
	{name: "servqual", read: folder(readServqual)},
	{name: "kano", read: folder(readKano)},
	{name: "crm-opportunities", read: folder(readOpportunities)},
	{name: "olist", read: folder(readOlist)},
	{name: "equipment", read: folder(readEquipment)},
	{name: "hillstrom", read: folder(readHillstrom)},
}

// Presets returns the names of the sources that are known by name.
func Presets() []string {
	names := make([]string, len(presets))
	for i, p := range presets {
		names[i] = p.name
	}
	return names
}

// folder reads a source that is one folder or file, and says so of its errors.
func folder(read func(context.Context, *story) error) func(context.Context, *story) error {
	return func(ctx context.Context, s *story) error {
		if err := read(ctx, s); err != nil {
			return in(s.Paths[0], err)
		}
		return nil
	}
}

// choose finds out what the source is: the preset, or a file of sales with a layout of its own.
func (o *Options) choose() error {
	o.source = source{read: readSales, layout: &Layout{}}
	if o.Preset != "" {
		i := slices.IndexFunc(presets, func(p source) bool { return p.name == o.Preset })
		if i < 0 {
			return fmt.Errorf("no preset is called %q: there are %s", o.Preset, strings.Join(Presets(), ", "))
		}
		o.source = presets[i]
	}
	if len(o.Paths) == 0 {
		return errors.New("name what to import")
	}
	if o.source.layout != nil {
		o.Layout = o.source.layout.overruledBy(o.Layout)
		return o.Layout.validate()
	}
	if len(o.Paths) > 1 {
		return fmt.Errorf("%s is one file or folder; only files of sales are imported together", o.Preset)
	}
	if !reflect.ValueOf(o.Layout).IsZero() {
		return fmt.Errorf("what %s looks like is known: leave out what says so", o.Preset)
	}
	return nil
}
