package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s:\n%s", what, diff)
	}
}

func importReport(t *testing.T, text string) (r struct {
	Lines, Customers, Purchases, Returns int
	Skipped, Refused                     []struct {
		Reason string
		Lines  int
		Count  int
	}
	EventsAppended int `json:"events_appended"`
}) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatalf("report %s: %v", text, err)
	}
	return r
}

// TestLongARealShopsYear imports the UCI Online Retail data set through the running system. The numbers were
// computed independently, with exact decimals.
func TestLongARealShopsYear(t *testing.T) {
	file := onlineRetail(t)
	p := serve(t, filepath.Join(t.TempDir(), "data"))
	report := p.rapport("import", "--preset", "online-retail", file)
	for _, line := range []string{"541,909 lines read", "4,372 customers", "18,536 purchases", "3,654 returns",
		"135,080 lines skipped: no customer"} {
		if !strings.Contains(report, line) {
			t.Errorf("the report does not say %q:\n%s", line, report)
		}
	}
	want := p.settled()
	if mib := onDisk(t, filepath.Join(p.data, "log")) >> 20; mib > 80 {
		t.Errorf("the log takes %d MiB of the disk", mib)
	}
	expect(t, "all customers", p.sql(`SELECT sum(net_revenue_minor)::text, sum(gross_revenue_minor)::text, count(*),
		count(*) FILTER (WHERE net_revenue_minor < 0), count(*) FILTER (WHERE net_revenue_minor = 0)
		FROM crm.customer_value`), "830006581|891140790|4372|41|14")
	expect(t, "the three largest", p.sql(`SELECT c.external_ids->0->>'id', v.net_revenue_minor
		FROM crm.customer_value v JOIN crm.customer_360 c USING (customer_id) ORDER BY 2 DESC LIMIT 3`),
		"14646|27948902", "18102|25643849", "17450|18748217")
	expect(t, "the largest", p.sql(`SELECT v.orders, v.purchase_days, v.returns FROM crm.customer_value v
		JOIN crm.customer_360 c USING (customer_id) WHERE c.external_ids->0->>'id' = '14646'`), "74|45|3")
	expect(t, "bought and returned", p.sql(`SELECT v.gross_revenue_minor, v.returns_value_minor, v.net_revenue_minor
		FROM crm.customer_value v JOIN crm.customer_360 c USING (customer_id) WHERE c.external_ids->0->>'id' = '12346'`),
		"7718360|7718360|0")
	cohort := func(month string) []string {
		return p.sql(`SELECT string_agg(active::text, ' ' ORDER BY period_index), min(cohort_size) FROM crm.cohort_retention
			WHERE cohort_month = '` + month + `'`)
	}
	expect(t, "customers of December by month", cohort("2010-12-01"), "885 324 286 340 321 352 321 309 313 350 331 445 235|885")
	expect(t, "customers of January by month", cohort("2011-01-01"), "417 92 111 96 134 120 103 101 125 136 152 49|417")
	expect(t, "revenue by cohort", p.sql(`SELECT sum(gross_revenue_minor)::text FROM crm.cohort_retention`), "891140790")
	expect(t, "demand", p.sql(`SELECT sum(revenue_minor)::text, sum(quantity)::text, min(week), max(week) FROM crm.demand`),
		"891140790|5181696|2010-11-29|2011-12-05")
	// The week of the last day is not over, so a forecast rests on the 53 weeks before it. The numbers were computed
	// independently too.
	expect(t, "the product that is ordered most", p.sql(`SELECT sku, last_week, weeks_used, model, alpha, holdout_weeks,
		round(mase::numeric, 4)::text, round(rmse::numeric, 2)::text, round(expected_4w::numeric, 1)::text
		FROM crm.demand_forecast WHERE sku = (SELECT sku FROM crm.demand GROUP BY sku ORDER BY sum(orders) DESC LIMIT 1)`),
		"85123A|2011-11-28|53|simple|0.05|8|0.8827|529.55|2754.2")
	expect(t, "fifths, in which equals are together", p.sql(`SELECT count(*), count(*) FILTER (WHERE r_score <> 5 - 5 * better / n)
		FROM (SELECT r_score, rank() OVER (ORDER BY recency_days) - 1 AS better, count(*) OVER () AS n FROM crm.rfm) ranked`), "4339|0")
	expect(t, "the largest among the champions", p.sql(`SELECT rfm_score, rfm_segment, monetary_minor FROM crm.rfm
		JOIN crm.customer_360 c USING (customer_id) WHERE c.external_ids->0->>'id' = '14646'`), "555|champions|27948902")
	if n := p.sql("SELECT count(*) FROM crm.loyalty_stage_history WHERE reason = 'won_back' AND from_stage = 'lapsed'"); n[0] == "0" {
		t.Error("nobody who lapsed came back")
	}

	t.Run("a second import changes nothing", func(t *testing.T) {
		again := importReport(t, p.rapport("import", "--json", "--batch", "333", "--preset", "online-retail", file))
		if again.EventsAppended != 0 || len(again.Refused) != 0 {
			t.Errorf("%+v", again)
		}
		if diff := cmp.Diff(want, p.settled()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a rebuild changes nothing, and the tables answer all through it", func(t *testing.T) {
		done := make(chan string, 1)
		go func() {
			out, err := p.try(context.Background(), "projections", "rebuild")
			if err != nil {
				out = fmt.Sprint("failed: ", err, out)
			}
			done <- out
		}()
		for asked := 0; ; asked++ {
			expect(t, "during the rebuild", p.sql("SELECT sum(net_revenue_minor)::text FROM crm.customer_value"), "830006581")
			select {
			case out := <-done:
				if !strings.Contains(out, "rebuilt in") || asked == 0 {
					t.Errorf("after %d questions: %s", asked, out)
				}
				if diff := cmp.Diff(want, p.settled()); diff != "" {
					t.Error(diff)
				}
				return
			default:
			}
		}
	})
	t.Run("kill -9 at any moment, and the import again", func(t *testing.T) { killAndResume(t, file, want) })
	t.Run("through EventStoreDB's protocol, in other batches", func(t *testing.T) { throughTheFace(t, file, want) })
	t.Run("history equals what the tables said then", func(t *testing.T) { historyEqualsTables(t, p, file) })
	t.Run("segments after the fact", func(t *testing.T) { segmentsAfterTheFact(t, p) })
}

// onDisk returns the bytes of the disk that are set aside for the files in a folder.
func onDisk(t *testing.T, dir string) (bytes int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed meanwhile
		}
		if err == nil {
			bytes += info.Sys().(*syscall.Stat_t).Blocks * 512
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

func killAndResume(t *testing.T, file, want string) {
	data := filepath.Join(t.TempDir(), "data")
	for range 4 {
		p := serve(t, data)
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_, _ = p.try(ctx, "import", "--preset", "online-retail", file) // it is cut off
		}()
		<-time.After(time.Duration(700+rand.IntN(1500)) * time.Millisecond)
		p.end(syscall.SIGKILL)
		cancel()
		<-ended
	}
	p := serve(t, data)
	report := importReport(t, p.rapport("import", "--json", "--preset", "online-retail", file))
	if report.EventsAppended == 0 {
		t.Error("the first imports were done before they were killed: nothing was tried")
	}
	if diff := cmp.Diff(want, p.settled()); diff != "" {
		t.Error(diff)
	}
}

func throughTheFace(t *testing.T, file, want string) {
	log := launch(t, filepath.Join(t.TempDir(), "log"), "eventstore", "--for-servers", "--listen", "127.0.0.1:0")
	p := serve(t, filepath.Join(t.TempDir(), "data"), "--eventstore", "esdb://"+log.address+"?tls=false")
	p.rapport("import", "--batch", "700", "--preset", "online-retail", file)
	if diff := cmp.Diff(want, p.settled()); diff != "" {
		t.Error(diff)
	}
	p.rapport("projections", "rebuild")
	if diff := cmp.Diff(want, p.settled()); diff != "" {
		t.Errorf("rebuilt: %s", diff)
	}
}

// historyEqualsTables compares the replay of customers as of 1 March 2011 with the tables of a server that
// knows only what came before.
func historyEqualsTables(t *testing.T, p *process, file string) {
	rows := readCSV(t, file)
	early := filepath.Join(t.TempDir(), "early.csv")
	f, err := os.Create(early)
	if err != nil {
		t.Fatal(err)
	}
	out := csv.NewWriter(f)
	for i, row := range rows {
		if i == 0 || row[4] < "2011-03-01" {
			if err := out.Write(row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if out.Flush(); out.Error() != nil || f.Close() != nil {
		t.Fatal("write", early)
	}
	then := serve(t, filepath.Join(t.TempDir(), "data"))
	then.rapport("import", "--preset", "online-retail", early)
	then.settled()
	columns := []string{"customer_id", "kind", "country", "registered_on", "stage", "stage_since", "first_purchase_on",
		"last_purchase_on", "orders", "purchase_days", "returns", "frequency", "recency_days", "currency",
		"gross_revenue_minor", "returns_value_minor", "net_revenue_minor", "business_date"}
	customers := then.sql("SELECT row_to_json(r)::text FROM (SELECT " + strings.Join(columns, ", ") +
		" FROM crm.customer_360 ORDER BY md5(customer_id::text) LIMIT 300) r")
	if len(customers) != 300 {
		t.Fatalf("%d customers", len(customers))
	}
	for _, text := range customers {
		var table, history map[string]any
		if err := json.Unmarshal([]byte(text), &table); err != nil {
			t.Fatal(err)
		}
		p.must("GET", fmt.Sprintf("/v1/customers/%s/history?as_of=2011-03-01T00:00:00Z", table["customer_id"]), "", &history)
		for name := range history {
			if !slices.Contains(columns, name) {
				delete(history, name)
			}
		}
		if diff := cmp.Diff(table, history); diff != "" {
			t.Fatalf("customer %s, table and history:\n%s", table["customer_id"], diff)
		}
	}
}

func segmentsAfterTheFact(t *testing.T, p *process) {
	define := func(rule string) {
		var answer struct{ Position uint64 }
		p.must("PUT", "/v1/segments/whales", fmt.Sprintf(`{"title":"Whales","rule":%q}`, rule), &answer)
		p.must("GET", fmt.Sprintf("/v1/segments/whales?after=%d", answer.Position), "", nil)
	}
	members := func() []string {
		return p.sql(`SELECT c.external_ids->0->>'id', m.valid_from, m.valid_to IS NULL, m.version, m.evidence->>'orders'
			FROM crm.segment_membership m JOIN crm.customer_360 c USING (customer_id) WHERE m.segment = 'whales' ORDER BY 4, 1`)
	}
	define("net_revenue >= 180000.0 && orders > 0")
	expect(t, "defined", members(), "14646|2011-12-09|true|1|74", "17450|2011-12-09|true|1|46", "18102|2011-12-09|true|1|60")
	var closed struct{ Position uint64 }
	p.must("POST", "/v1/calendar/days", `{"date":"2011-12-12"}`, &closed)
	define("net_revenue >= 250000 && orders > 0")
	expect(t, "redefined", p.sql(`SELECT c.external_ids->0->>'id', m.valid_from, m.valid_to, m.version
		FROM crm.segment_membership m JOIN crm.customer_360 c USING (customer_id) WHERE m.segment = 'whales' ORDER BY 4, 1`),
		"14646|2011-12-09|2011-12-12|1", "17450|2011-12-09|2011-12-12|1", "18102|2011-12-09|2011-12-12|1",
		"14646|2011-12-12|<nil>|2", "18102|2011-12-12|<nil>|2")
	p.must("POST", "/v1/calendar/days", `{"date":"2011-12-13"}`, nil)
	var retired struct{ Position uint64 }
	p.must("DELETE", "/v1/segments/whales", "", &retired)
	p.must("GET", fmt.Sprintf("/v1/segments/whales?after=%d", retired.Position), "", nil)
	expect(t, "retired", p.sql(`SELECT count(*) FILTER (WHERE valid_to IS NULL), max(valid_to) FROM crm.segment_membership`),
		"0|2011-12-13")
	before := p.settled()
	p.rapport("projections", "rebuild")
	if diff := cmp.Diff(before, p.settled()); diff != "" {
		t.Errorf("rebuilt: %s", diff)
	}
}
