package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// months writes a file for each month of the UCI data set, in their order, and before them one of everybody's first invoice:
// whoever is told of first registers a customer, and when they did is a fact of its own.
func months(t *testing.T) (files []string) {
	t.Helper()
	rows := readCSV(t, onlineRetail(t))
	at, who, country := slices.Index(rows[0], "InvoiceDate"), slices.Index(rows[0], "CustomerID"), slices.Index(rows[0], "Country")
	invoice := slices.Index(rows[0], "InvoiceNo")
	first := map[string]string{}     // invoice of a customer
	countries := map[string]string{} // some have two, and which is told first would count
	const beginnings = "0000-00"
	byMonth := map[string][][]string{beginnings: {rows[0]}}
	order := []string{beginnings}
	for _, row := range rows[1:] {
		day, err := time.Parse("2006-01-02 15:04:05", row[at])
		if err != nil {
			t.Fatal(err)
		}
		if countries[row[who]] == "" {
			countries[row[who]], first[row[who]] = row[country], row[invoice]
		}
		row[country] = countries[row[who]]
		month := day.Format("2006-01")
		if byMonth[month] == nil {
			order = append(order, month)
			byMonth[month] = [][]string{rows[0]}
		}
		byMonth[month] = append(byMonth[month], row)
		if first[row[who]] == row[invoice] {
			byMonth[beginnings] = append(byMonth[beginnings], row)
		}
	}
	dir := t.TempDir()
	slices.Sort(order)
	for _, month := range order {
		file := filepath.Join(dir, month+".csv")
		out, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		w := csv.NewWriter(out)
		if err := w.WriteAll(byMonth[month]); err != nil {
			t.Fatal(err)
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// A year that is told by months, the last one first, makes the tables that it makes in the order in which it happened.
func TestLongAYearToldBackwards(t *testing.T) {
	files := months(t)
	files = files[:min(len(files), 1+setting(t, "MONTHS", 4))] // RAPPORT_CHAOS_MONTHS=13: all of them
	told := func(order []string) (sums string, took time.Duration) {
		p := serve(t, filepath.Join(t.TempDir(), "data"))
		began := time.Now()
		for _, file := range order {
			p.rapport("import", "--preset", "online-retail", file)
		}
		for { // longer than until waits
			s, ok := p.status()
			if ok && s.Position == s.Head || time.Since(began) > 10*time.Minute {
				break
			}
			<-time.After(200 * time.Millisecond)
		}
		p.settled()
		took = time.Since(began)
		sums = p.rapport("projections", "checksum", "--business")
		p.end(syscall.SIGTERM)
		return sums, took
	}
	want, forwards := told(files)
	slices.Reverse(files[1:])
	got, backwards := told(files)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the tables (-forwards +backwards):\n%s", diff)
	}
	t.Logf("%d months: forwards %s, backwards %s, %.1f times as long", len(files)-1, forwards.Round(time.Second),
		backwards.Round(time.Second), backwards.Seconds()/forwards.Seconds())
}
