package docs

import (
	"context"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/catalogue"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/projections"
)

const tablesIntro = `# Tables

What analysts query: the PostgreSQL schema ` + "`crm`" + `. All of it follows from the log and from nothing else, and all of it
tells of the same log position at any moment: join freely. Do not write to it; a rebuild would not keep it.

- **Money**: columns that end in ` + "`_minor`" + ` are in minor units (cents), ` + "`bigint`" + ` where they are sums.
- **Days** are business days, in the time zone of ` + "`business_date`" + `. The business date is the last day that is over;
  ages such as ` + "`recency_days`" + ` rest on it.
- **Recency** has two meanings. ` + "`recency_days`" + ` is the days since the last purchase; ` + "`t_x`" + ` is the customer's age at the
  last purchase. Models of lifetime value take ` + "`t_x`" + ` and ` + "`t_age`" + `.
- **Histories** are by the day, in half-open intervals: who has ` + "`valid_from <= day AND (valid_to IS NULL OR valid_to > day)`" + `
  belonged at the end of that day.
- **Personal** columns hold what is sealed in the log: who a customer is, and what people wrote. Who gets them by the API is
  in ` + "`personal_data_reads`" + `.
- **Evidence** is JSON: the facts that a rule speaks of ([facts.md](facts.md)), as they were when it decided.

The same texts stand in the database as comments: ` + "`\\d+ crm.customer_360`" + ` in psql shows them. This page follows from
the code: ` + "`go test ./docs -update`" + ` writes it.
`

func TestTables(t *testing.T) {
	var open []projections.Table
	for _, table := range tables(t) {
		if table.Comment == "" {
			t.Errorf("crm.%s has no comment", table.Name)
		}
		for _, c := range table.Columns {
			if c.Comment == "" {
				t.Errorf("crm.%s.%s has no comment", table.Name, c.Name)
			}
		}
		for _, i := range table.Indexes {
			if i.Comment == "" {
				t.Errorf("the index of crm.%s on %s does not say what for", table.Name, i.On)
			}
		}
		if !table.Internal {
			open = append(open, table)
		}
	}
	var b strings.Builder
	b.WriteString(tablesIntro + "\n")
	if err := catalogue.Markdown(&b, open); err != nil {
		t.Fatal(err)
	}
	check(t, "tables.md", b.String())
}

// tables lets an engine make its schema by projecting a log of one event, and reads what the database says of it.
func tables(t *testing.T) []projections.Table {
	t.Helper()
	url := postgrestest.Database(t)
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	codec := eventstore.NewCodec()
	event, err := codec.Encode(t.Context(), calendar.Stream, uuid.New(), calendar.DayClosed{Date: 19000}, domain.Metadata{})
	if err != nil {
		t.Fatal(err)
	}
	appended, err := log.Append(t.Context(), calendar.Stream, eventstore.NoStream, []eventstore.Proposed{event})
	if err != nil {
		t.Fatal(err)
	}
	engine := projections.NewEngine(projections.Config{Store: log, Codec: codec, DatabaseURL: url})
	reader, err := projections.NewReader(t.Context(), url, engine)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- engine.Run(ctx) }()
	if err := reader.WaitFor(t.Context(), appended.Position); err != nil {
		t.Error(err)
	}
	end()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	all, err := reader.Tables(t.Context())
	if err != nil || len(all) == 0 {
		t.Fatalf("%d tables: %v", len(all), err)
	}
	return all
}
