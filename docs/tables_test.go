package docs

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
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
- **Evidence** is JSON: the facts that a rule speaks of ([facts.md](facts.md)), as they were when it decided.

The same texts stand in the database as comments: ` + "`\\d+ crm.customer_360`" + ` in psql shows them. This page follows from
the code: ` + "`go test ./docs -update`" + ` writes it.
`

// relation is a table or view as the database describes it.
type relation struct {
	name, kind, comment string
	columns             []column
}

type column struct{ name, form, null, comment string }

func TestTables(t *testing.T) {
	var b strings.Builder
	b.WriteString(tablesIntro + "\n| | |\n|---|---|\n")
	all := relations(t)
	for _, r := range all {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s |\n", r.name, r.name, r.comment)
	}
	for _, r := range all {
		fmt.Fprintf(&b, "\n## %s\n\n%s A %s.\n\n| column | type | | |\n|---|---|---|---|\n", r.name, r.comment, r.kind)
		if r.comment == "" {
			t.Errorf("crm.%s has no comment", r.name)
		}
		for _, c := range r.columns {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", c.name, c.form, c.null, c.comment)
			if c.comment == "" {
				t.Errorf("crm.%s.%s has no comment", r.name, c.name)
			}
		}
	}
	check(t, "tables.md", b.String())
}

const relationsSQL = `SELECT c.relname, CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END,
	coalesce(obj_description(c.oid, 'pg_class'), ''), a.attname, format_type(a.atttypid, a.atttypmod),
	CASE WHEN c.relkind = 'v' THEN '' WHEN a.attnotnull THEN 'not null' ELSE 'or null' END,
	coalesce(col_description(c.oid, a.attnum), '')
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
	WHERE c.relnamespace = 'crm'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
	ORDER BY c.relname, a.attnum`

// relations lets an engine make its schema, and reads what the database says of it.
func relations(t *testing.T) (all []relation) {
	t.Helper()
	url := postgrestest.Database(t)
	project(t, url)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), relationsSQL)
	if err != nil {
		t.Fatal(err)
	}
	var r relation
	var c column
	_, err = pgx.ForEachRow(rows, []any{&r.name, &r.kind, &r.comment, &c.name, &c.form, &c.null, &c.comment}, func() error {
		if n := len(all); n == 0 || all[n-1].name != r.name {
			all = append(all, r)
		}
		last := &all[len(all)-1]
		last.columns = append(last.columns, c)
		return nil
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d tables: %v", len(all), err)
	}
	return all
}

// project runs an engine until it has projected a log of one event.
func project(t *testing.T, url string) {
	t.Helper()
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	codec := eventstore.NewCodec()
	event, err := codec.Encode(uuid.New(), calendar.DayClosed{Date: 19000}, domain.Metadata{})
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
}
