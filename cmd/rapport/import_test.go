package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/internal/importer"
)

// importing runs rapport import on a file with that text. It returns the exit code, what it printed, and what it said of
// errors.
func (p *process) importing(text string, args ...string) (code int, out, said string) {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), "sales.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	program, err := binary()
	if err != nil {
		p.t.Fatal(err)
	}
	cmd := exec.Command(program, append([]string{"import", file, "--server", "http://" + p.address, "--system", "till"}, args...)...)
	var printed, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &problems
	var ended *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &ended) {
		p.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), printed.String(), problems.String()
}

const (
	tillColumns = "--map=customer=customer;invoice=invoice;date=date;sku=sku;quantity=quantity;price=price"
	tillHeader  = "customer,invoice,date,sku,quantity,price\n"
)

// TestLongAnImportIsHonest says with its exit code, its report and its file of rejects what became of a file.
func TestLongAnImportIsHonest(t *testing.T) {
	t.Parallel()
	p := serve(t, filepath.Join(t.TempDir(), "data"))
	spent := func() string {
		p.settled()
		return strings.Join(p.sql(`SELECT c.external_ids->0->>'id', v.orders, v.gross_revenue_minor, f.discounts_minor
			FROM crm.customer_value v JOIN crm.customer_360 c USING (customer_id) LEFT JOIN crm.customer_profitability f USING (customer_id)
			ORDER BY 1`), " ")
	}
	rejects := filepath.Join(t.TempDir(), "rejects.csv")
	for _, c := range []struct {
		what, text string
		args       []string
		code       int
		out, said  string // parts of what is printed, and of what is said of errors
		spent      string
	}{
		{"a line that cannot be read", tillHeader + "mia,R1,2024-03-01,tea,2,12.50\nmia,R1,2024-03-01,cups,1,\"2,400.00\"\n",
			[]string{tillColumns, "--currency=EUR", "--rejects", rejects}, 1, `"R1" of "mia"`, "something was refused", ""},
		{"the same, repaired", "", []string{tillColumns, "--currency=EUR"}, 0, "2425.00 EUR of purchases", "", "mia|1|242500|0"},
		{"the same again", "", []string{tillColumns, "--currency=EUR"}, 0, "3 were there already", "", "mia|1|242500|0"},
		{"a discount of another invoice", tillHeader + "mia,R2,2024-03-02,tea,2,12.50\nmia,R2,2024-03-02,voucher,1,-5.00\n",
			[]string{tillColumns, "--currency=EUR"}, 0, "20.00 EUR of purchases", "", "mia|2|244500|500"},
		{"a dry run", tillHeader + "mia,R3,2024-03-02,tea,2,12.50\n", []string{tillColumns, "--currency=EUR", "--dry-run"}, 0,
			"nothing was sent", "", "mia|2|244500|500"},
		{"a dry run of what is refused", tillHeader + "mia,R3,2024-03-02,tea,two,12.50\nmia,R4,2024-03-02,tea,2,12.50\n",
			[]string{tillColumns, "--currency=EUR", "--dry-run"}, 1, "quantity_malformed", "", "mia|2|244500|500"},
		{"another price", tillHeader + "mia,R2,2024-03-02,tea,2,12.00\n", []string{tillColumns, "--currency=EUR"}, 1,
			`invoice "R2" of "mia"`, "something was refused", "mia|2|244500|500"},
		{"all in a currency without a rate", tillHeader + "noa,R9,2024-03-02,tea,2,12.50\n", []string{tillColumns, "--currency=GBP"}, 1,
			"25.00 GBP of purchases, of which 25.00 GBP were refused", "something was refused", "mia|2|244500|500 noa|0|0|0"},
		{"numbers of another country", strings.ReplaceAll(tillHeader, ",", ";") + "ida;R5;2024-03-03;tea;1;1.234,50\nida;R6;2024-03-03;tea;1;1.234\n" +
			"ida;R7;2024-03-03;tea;1;2,50\nida;R8;2024-03-03;tea;1;3 456,70\n",
			[]string{tillColumns, "--currency=EUR", "--comma=;", "--decimal-comma"}, 0, "5927.70 EUR of purchases", "",
			"ida|4|592770|0 mia|2|244500|500 noa|0|0|0"},
		{"a column that is there twice", "customer,invoice,date,sku,quantity,price,price\nmia,R3,2024-03-02,tea,2,1.00,9.00\n",
			[]string{tillColumns, "--currency=EUR"}, 2, "", `the header has 2 columns "price"`, "ida|4|592770|0 mia|2|244500|500 noa|0|0|0"},
		{"dates that may be two", tillHeader + "mia,R3,05/04/2024,tea,2,1.00\n", []string{tillColumns, "--currency=EUR"}, 2, "",
			`say by --date`, "ida|4|592770|0 mia|2|244500|500 noa|0|0|0"},
		{"nobody there", tillHeader + "mia,R3,2024-03-02,tea,2,1.00\n", []string{tillColumns, "--currency=EUR", "--server=http://127.0.0.1:1"}, 2,
			"", "start one with rapport serve", "ida|4|592770|0 mia|2|244500|500 noa|0|0|0"},
	} {
		text := c.text
		if text == "" {
			repaired, err := os.ReadFile(rejects)
			if err != nil {
				t.Fatal(err)
			}
			text = strings.ReplaceAll(string(repaired), `"2,400.00"`, "2400.00")
		}
		code, out, said := p.importing(text, c.args...)
		if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(said, c.said) || (code == 0) == strings.Contains(said, "rapport: ") {
			t.Errorf("%s: ended with %d, not %d:\n%s\n%s", c.what, code, c.code, out, said)
		}
		if diff := spent(); diff != c.spent {
			t.Errorf("%s: then was spent %q, not %q", c.what, diff, c.spent)
		}
	}
	code, out, _ := p.importing(tillHeader+"mia,R2,2024-03-02,tea,2,12.00\n", tillColumns, "--currency=EUR", "--json")
	var report importer.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != 1 || len(report.Refused) != 1 || report.Refused[0].Examples[0].Line != 2 {
		t.Errorf("as JSON: %d, %v, %s", code, err, out)
	}
}

// TestAWrongImportIsCorrected imports days as months, finds it wrong and imports again: only where it is told to correct does it.
func TestAWrongImportIsCorrected(t *testing.T) {
	t.Parallel()
	p := serve(t, filepath.Join(t.TempDir(), "data"))
	const sales = "customer,invoice,date,price\nA,1,05/04/2024,100\nA,2,06/04/2024,50\n"
	args := func(more ...string) []string {
		return append([]string{"--map=customer=customer;invoice=invoice;date=date;price=price", "--currency=EUR"}, more...)
	}
	spent := func() string {
		p.settled()
		return strings.Join(p.sql(`SELECT first_purchase_on, last_purchase_on, orders, net_revenue_minor FROM crm.customer_360`), " ")
	}
	for _, c := range []struct {
		what      string
		args      []string
		code      int
		out, said string
		spent     string
	}{
		{"dates that may be two", args(), 2, "", "say by --date", ""},
		{"as months", args("--date=01/02/2006"), 0, "150.00 EUR of purchases", "", "2024-05-04|2024-06-04|2|15000"},
		{"as days", args("--date=02/01/2006"), 1, `sales.csv, line 3: invoice "2" of "A"`, "something was refused", "2024-05-04|2024-06-04|2|15000"},
		{"as days, to correct", args("--date=02/01/2006", "--correct"), 0, "2 of the events correct", "", "2024-04-05|2024-04-06|2|15000"},
		{"once more", args("--date=02/01/2006", "--correct"), 0, "0 events appended", "", "2024-04-05|2024-04-06|2|15000"},
		{"once more, without", args("--date=02/01/2006"), 0, "0 events appended", "", "2024-04-05|2024-04-06|2|15000"},
	} {
		code, out, said := p.importing(sales, c.args...)
		if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(said, c.said) {
			t.Errorf("%s: ended with %d, not %d:\n%s\n%s", c.what, code, c.code, out, said)
		}
		if got := spent(); got != c.spent {
			t.Errorf("%s: then was spent %q, not %q", c.what, got, c.spent)
		}
	}
	if got := p.sql(`SELECT count(*) FILTER (WHERE voided), count(corrected_by) FROM crm.customer_timeline`); got[0] != "2|2" {
		t.Errorf("%s facts are struck out", got)
	}
}
