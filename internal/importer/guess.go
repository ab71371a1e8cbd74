package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Guess is what a file of sales seems to look like. People look at it before anything is imported.
type Guess struct {
	Encoding string // utf-8 or windows-1252
	Layout   Layout // Delimiter, DecimalComma, and the Columns that were recognised; all of a preset whose columns they are
	Header   []string
	Sample   [][]string // the first lines below it
	// DateLayouts are those that all dates of the sample fit, for Layout.DateLayout; none where dates are as in ISO 8601.
	DateLayouts []string
}

// Of a file are looked at so many bytes and lines.
const (
	guessBytes = 256 << 10
	guessLines = 200
)

// GuessLayout looks at the beginning of a file.
func GuessLayout(path string) (Guess, error) {
	raw, err := open(path, "")
	if err != nil {
		return Guess{}, err
	}
	defer raw.Close()
	begin, err := io.ReadAll(io.LimitReader(raw.Reader, guessBytes))
	if err != nil {
		return Guess{}, err
	}
	g := Guess{Encoding: "utf-8"}
	whole := begin
	if at := bytes.LastIndexByte(begin, '\n'); at > 0 {
		whole = begin[:at+1] // the last line may be cut off
	}
	if !utf8.Valid(whole) {
		g.Encoding = "windows-1252"
		if whole, err = encoders[g.Encoding].NewDecoder().Bytes(whole); err != nil {
			return Guess{}, err
		}
	}
	if err := g.columns(whole); err != nil {
		return Guess{}, err
	}
	for _, p := range presets {
		if p.layout != nil && p.layout.isCSV() && containsAll(g.Header, p.layout.Columns) {
			g.Layout = p.layout.overruledBy(Layout{Delimiter: g.Layout.Delimiter})
			return g, nil
		}
	}
	g.Layout.Columns = recognise(g.Header)
	g.values()
	return g, nil
}

func containsAll(header []string, columns map[string]string) bool {
	for _, name := range columns {
		if !slices.Contains(header, name) {
			return false
		}
	}
	return true
}

// columns takes the delimiter by which the first lines have the most columns, all as many.
func (g *Guess) columns(text []byte) error {
	for _, delimiter := range ",;\t|" {
		r := csv.NewReader(bytes.NewReader(text))
		r.Comma = delimiter
		header, err := r.Read()
		if err != nil {
			continue
		}
		var sample [][]string
		for len(sample) < guessLines {
			line, err := r.Read()
			if err != nil && !errors.Is(err, csv.ErrFieldCount) {
				break
			}
			sample = append(sample, line)
		}
		odd := 0
		for _, line := range sample {
			if len(line) != len(header) {
				odd++
			}
		}
		if len(header) > len(g.Header) && odd*10 <= len(sample) {
			g.Header, g.Sample, g.Layout.Delimiter = header, sample, delimiter
		}
	}
	if len(g.Header) < 2 {
		return errors.New("it is no CSV with a header: columns are parted by commas, semicolons, tabs or bars, and named in the first line")
	}
	return nil
}

// known are words by which columns are called, in order of how sure they are. Blanks and signs are left out.
var known = map[string][]string{
	"customer": {"customerid", "customer", "customerno", "customernumber", "clientid", "client", "buyerid", "buyer", "accountid", "account", "member",
		"memberid", "userid", "kundennummer", "kundennr", "kunde", "kundenid"},
	"invoice": {"invoice", "invoiceno", "invoiceid", "invoicenumber", "orderid", "orderno", "ordernumber", "order", "receipt", "receiptno",
		"transactionid", "transaction", "bon", "rechnung", "rechnungsnummer", "rechnungsnr", "bestellnummer", "belegnummer"},
	"date": {"invoicedate", "orderdate", "purchasedate", "purchasedat", "date", "datetime", "timestamp", "soldat", "createdat", "day", "datum", "rechnungsdatum",
		"bestelldatum"},
	"sku":      {"sku", "stockcode", "productid", "productcode", "itemid", "itemcode", "articleid", "article", "ean", "gtin", "artikelnummer", "artikelnr"},
	"name":     {"description", "productname", "product", "itemname", "item", "title", "bezeichnung", "artikel", "artikelname", "produkt"},
	"category": {"category", "productcategory", "department", "group", "kategorie", "warengruppe"},
	"quantity": {"quantity", "qty", "units", "pieces", "count", "menge", "anzahl", "stueck"},
	"price":    {"unitprice", "price", "priceperunit", "einzelpreis", "preis", "stueckpreis"},
	"total":    {"total", "linetotal", "amount", "totalamount", "sum", "sales", "revenue", "value", "gesamt", "gesamtpreis", "betrag", "summe", "umsatz"},
	"country":  {"country", "countrycode", "land"},
}

// recognise maps fields to the columns that seem to hold them.
func recognise(header []string) map[string]string {
	bare := make([]string, len(header))
	for i, name := range header {
		bare[i] = bareName(name)
	}
	columns := map[string]string{}
	for _, field := range Fields {
		for _, word := range known[field] {
			if i := slices.Index(bare, word); i >= 0 {
				columns[field] = header[i]
				break
			}
		}
	}
	if columns["price"] != "" {
		delete(columns, "total")
	}
	return columns
}

func bareName(name string) string {
	name = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(strings.ToLower(name))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}

// commaAtEnd is a number that has a comma before its decimals.
var commaAtEnd = regexp.MustCompile(`^[+-]?[\d.' \x{a0}]*\d,\d{1,2}$`)

// values looks at the sample's numbers and dates.
func (g *Guess) values() {
	for _, field := range []string{"price", "total", "quantity"} {
		for _, text := range g.sampled(field) {
			g.Layout.DecimalComma = g.Layout.DecimalComma || commaAtEnd.MatchString(text)
		}
	}
	dates := g.sampled("date")
	if len(dates) == 0 {
		return
	}
	if _, iso := g.Layout.parseTime(dates[0], time.UTC); iso {
		return
	}
	fits := allThatFit(dates[0])
	for _, text := range dates[1:] {
		if also := allThatFit(text); also != nil {
			for layout := range fits {
				if !also[layout] {
					delete(fits, layout)
				}
			}
		}
	}
	for _, pair := range dateLayouts {
		for _, layout := range pair {
			if fits[layout] {
				g.DateLayouts = append(g.DateLayouts, layout)
			}
		}
	}
	if len(g.DateLayouts) == 1 {
		g.Layout.DateLayout = g.DateLayouts[0]
	}
}

// sampled are the values of a field in the sample, but those that are empty.
func (g *Guess) sampled(field string) (all []string) {
	at := slices.Index(g.Header, g.Layout.Columns[field])
	for _, line := range g.Sample {
		if at >= 0 && at < len(line) {
			if text := strings.TrimSpace(line[at]); text != "" {
				all = append(all, text)
			}
		}
	}
	return all
}
