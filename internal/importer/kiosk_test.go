package importer_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/importer"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/projections"
)

// imported imports a source twice, of which the second time must change nothing, and answers the first report.
func imported(t *testing.T, s *testServer, preset, path string) importer.Report {
	t.Helper()
	o := importer.Options{Client: s.client(t, client.Options{}), Paths: []string{path}, Preset: preset, Now: func() time.Time {
		return time.Date(2012, 2, 2, 12, 0, 0, 0, time.UTC)
	}}
	first, err := importer.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	again, err := importer.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if !cmp.Equal(first.Refused, again.Refused) || again.EventsAppended > 0 || again.EventsKnown != first.EventsAppended {
		t.Errorf("refused %v, then %v; appended %d more and knew %d of %d", first.Refused, again.Refused,
			again.EventsAppended, again.EventsKnown, first.EventsAppended)
	}
	return first
}

// tablesOf projects a server's log as it is now, and answers what a query on the tables tells: columns separated
// by spaces, rows by newlines.
func tablesOf(t *testing.T, s *testServer) (query func(sql string) string) {
	t.Helper()
	url := postgrestest.Database(t)
	engine := projections.NewEngine(projections.Config{Store: s.log, Codec: eventstore.NewCodec(), DatabaseURL: url,
		Logger: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- engine.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	reader, err := projections.NewReader(ctx, url, engine)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(reader.Close)
	facts := s.recorded(t)
	wait, stop := context.WithTimeout(ctx, 2*time.Minute)
	defer stop()
	if err := reader.WaitFor(wait, eventstore.Position(facts[len(facts)-1].Position)); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return func(sql string) string {
		t.Helper()
		rows, err := conn.Query(ctx, sql)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (string, error) {
			values, err := r.Values()
			for i, v := range values {
				values[i] = fmt.Sprint(v)
			}
			return strings.TrimSuffix(fmt.Sprintln(values...), "\n"), err
		})
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(lines, "\n")
	}
}

func TestServqualScoresOfTheKioskStudy(t *testing.T) {
	path := importer.DataSet(t, "servqual_kiosk/servqual_pairs.csv")
	s := serve(t)
	report := imported(t, s, "servqual", path)
	if report.Lines != 211 || report.Customers != 207 || len(report.Skipped) != 1 || report.Skipped[0].Count != 4 || len(report.Refused) > 0 {
		t.Errorf("reported %+v", report)
	}
	query := tablesOf(t, s)
	for _, c := range []struct{ name, sql, want string }{
		{"all", `SELECT answers, round(expectation, 3)::text, round(perception, 3)::text, round(gap, 3)::text
			FROM crm.servqual_score WHERE level = 'all'`, "4968 5.974 4.872 -1.102"},
		{"worst", `SELECT item, answers, round(gap, 3)::text FROM crm.servqual_score WHERE level = 'item' ORDER BY gap LIMIT 3`,
			"23 207 -1.981\n15 207 -1.942\n16 207 -1.850"},
		{"better than expected", `SELECT item, round(gap, 3)::text FROM crm.servqual_score
			WHERE level = 'item' AND gap > 0 ORDER BY gap`, "5 0.010\n4 0.280"},
		{"no dimensions", `SELECT count(*) FROM crm.servqual_score WHERE level = 'dimension'`, "0"},
	} {
		if diff := cmp.Diff(c.want, query(c.sql)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestKanoCategoriesOfTheKioskStudy(t *testing.T) {
	path := importer.DataSet(t, "servqual_kiosk/kano_pairs.csv")
	s := serve(t)
	report := imported(t, s, "kano", path)
	if report.Lines != 6119 || report.Customers != 207 || len(report.Skipped) != 1 || report.Skipped[0].Count != 116 || len(report.Refused) > 0 {
		t.Errorf("reported %+v", report)
	}
	query := tablesOf(t, s)
	for _, c := range []struct{ name, sql, want string }{
		{"categories", `SELECT category, count(*) FROM crm.kano_category GROUP BY category ORDER BY 2 DESC`,
			"A 10\nM 9\nO 6\nI 4"},
		{"features", `SELECT item, category, round(better, 4)::text, round(worse, 4)::text FROM crm.kano_category
			WHERE item IN ('1', '2', '20') ORDER BY item::int`,
			"1 M 0.4612 -0.6893\n2 M 0.3731 -0.8905\n20 A 0.7745 -0.2941"},
		{"counts", `SELECT answers, must_be, one_dimensional, attractive, indifferent, questionable, reverse
			FROM crm.kano_category WHERE item = '1'`, "207 90 52 43 21 1 0"},
	} {
		if diff := cmp.Diff(c.want, query(c.sql)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestAnswersThatMakeNoSense(t *testing.T) {
	pairs := "respondent_id,feature,functional,dysfunctional\n"
	for n := 1; n <= 29; n++ {
		pairs += fmt.Sprintf("1,%d,like,dislike\n", n)
	}
	path := folder(t, map[string]string{"kano_pairs.csv": pairs + "2,1,like,like\n2,2,adore,like\n3,1,like,\n"})
	report := imported(t, serve(t), "kano", path)
	want := [][]importer.Count{{{Of: "lines", Reason: "answer_malformed", Count: 1}}, {{Of: "lines", Reason: "pair_incomplete", Count: 1}}}
	if diff := cmp.Diff(want, [][]importer.Count{report.Refused, report.Skipped}, cmpopts.IgnoreFields(importer.Count{}, "Examples")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]importer.Content{{What: "surveys", Count: 1}}, report.Holds); diff != "" || report.Customers != 1 {
		t.Errorf("%d customers; %s", report.Customers, diff)
	}
}
