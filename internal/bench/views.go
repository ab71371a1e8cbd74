package bench

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// views takes the time of every view that analysts query, each read as a whole, over made-up tables: of as many
// customers as a shop has, and of a hundred thousand for each second of measuring.
func (r *run) views(ctx context.Context) error {
	small, large := 4_372, r.scaled(100_000)
	times, err := r.timeViews(ctx, "views_small", small, 20)
	if err != nil {
		return err
	}
	var worst time.Duration
	for _, took := range times {
		worst = max(worst, quantile(took, 0.95))
	}
	r.report.set("views.small_worst_p95_ms", ms(worst))
	if times, err = r.timeViews(ctx, "views_large", large, 3); err != nil {
		return err
	}
	worst = 0
	for name, took := range times {
		r.report.views = append(r.report.views, viewTime{name, ms(median(took))})
		worst = max(worst, median(took))
	}
	slices.SortFunc(r.report.views, func(a, b viewTime) int { return strings.Compare(a.name, b.name) })
	r.report.set("views.customers", float64(large))
	r.report.set("views.large_worst_ms", ms(worst))
	return nil
}

// timeViews fills the tables of an empty log, and reads each view some times.
func (r *run) timeViews(ctx context.Context, name string, customers, times int) (map[string][]time.Duration, error) {
	took := map[string][]time.Duration{}
	err := r.serve(ctx, name, func(ctx context.Context, s *Server) error {
		if err := s.caughtUp(ctx); err != nil {
			return err
		}
		url, err := r.database(ctx, name)
		if err != nil {
			return err
		}
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		if _, err := conn.Exec(ctx, "SET search_path = crm"); err != nil {
			return err
		}
		if err := r.fillTables(ctx, conn, customers); err != nil {
			return err
		}
		views, err := namesOf(ctx, conn, 'v')
		if err != nil {
			return err
		}
		advance, end := r.progress(fmt.Sprintf("views of %d customers", customers), len(views))
		defer end()
		for _, view := range views {
			for range times {
				began := time.Now()
				// Counting whole rows makes PostgreSQL compute every column.
				if _, err := conn.Exec(ctx, "SELECT count(v) FROM "+pgx.Identifier{view}.Sanitize()+" v"); err != nil {
					return fmt.Errorf("read %s: %w", view, err)
				}
				took[view] = append(took[view], time.Since(began))
			}
			advance(1)
		}
		return nil
	})
	return took, err
}

// namesOf lists the tables ('r') or views ('v') that analysts see.
func namesOf(ctx context.Context, conn *pgx.Conn, kind rune) ([]string, error) {
	rows, err := conn.Query(ctx, `SELECT relname FROM pg_class WHERE relnamespace = 'crm'::regnamespace AND relkind = $1
		AND relname NOT LIKE 'projection%' AND relname NOT IN ('business_date', 'customer_memory') ORDER BY 1`, kind)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// fillTables makes up rows: one for each customer where a customer has one, one for every fifth where they may have
// many, and some hundred where rows are not a customer's. The figures are spread out; they tell no story.
func (r *run) fillTables(ctx context.Context, conn *pgx.Conn, customers int) error {
	tables, err := namesOf(ctx, conn, 'r')
	if err != nil {
		return err
	}
	advance, end := r.progress(fmt.Sprintf("tables of %d customers", customers), len(tables))
	defer end()
	for _, table := range tables {
		t, err := readTable(ctx, conn, table)
		if err != nil {
			return err
		}
		if err := t.fill(ctx, conn, customers); err != nil {
			return fmt.Errorf("fill %s: %w", table, err)
		}
		advance(1)
	}
	_, err = conn.Exec(ctx, `UPDATE business_date SET business_date = '2025-06-30', newest_on = '2025-06-30',
		last_closed_on = '2025-06-30', currency = 'EUR'`)
	return err
}

// madeTable is a table to be filled.
type madeTable struct {
	name    string
	columns []madeColumn
	keys    []string            // the primary key
	words   map[string][]string // the texts that checks allow
	checks  []string
}

type madeColumn struct {
	Name, Type string
	Nullable   bool
}

var allowedText = regexp.MustCompile(`'([^']+)'::text`)

func readTable(ctx context.Context, conn *pgx.Conn, name string) (*madeTable, error) {
	t := &madeTable{name: name, words: map[string][]string{}}
	rows, err := conn.Query(ctx, `SELECT attname, format_type(atttypid, atttypmod), NOT attnotnull FROM pg_attribute
		WHERE attrelid = ('crm.' || $1)::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''
		AND attgenerated = '' ORDER BY attnum`, name)
	if err != nil {
		return nil, err
	}
	if t.columns, err = pgx.CollectRows(rows, pgx.RowToStructByPos[madeColumn]); err != nil {
		return nil, err
	}
	rows, err = conn.Query(ctx, `SELECT conname, contype::text, pg_get_constraintdef(oid), ARRAY(SELECT attname::text
		FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) FROM pg_constraint
		WHERE conrelid = ('crm.' || $1)::regclass AND contype IN ('c', 'p')`, name)
	if err != nil {
		return nil, err
	}
	var constraint, kind, text string
	var of []string
	_, err = pgx.ForEachRow(rows, []any{&constraint, &kind, &text, &of}, func() error {
		if kind == "p" {
			t.keys = slices.Clone(of)
			return nil
		}
		t.checks = append(t.checks, constraint)
		for _, word := range allowedText.FindAllStringSubmatch(text, -1) {
			t.words[of[0]] = append(t.words[of[0]], "'"+word[1]+"'")
		}
		return nil
	})
	return t, err
}

// fill writes the rows. The checks are dropped: what they forbid does not come up in the reading.
func (t *madeTable) fill(ctx context.Context, conn *pgx.Conn, customers int) error {
	var full bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM "+t.name+")").Scan(&full); err != nil || full {
		return err // what is there from the beginning is right as it is
	}
	n := 300
	switch {
	case slices.Equal(t.keys, []string{"customer_id"}):
		n = customers
	case slices.ContainsFunc(t.columns, func(c madeColumn) bool { return c.Name == "customer_id" }):
		n = max(customers/5, 1)
	}
	var b strings.Builder
	for _, check := range t.checks {
		fmt.Fprintf(&b, "ALTER TABLE %s DROP CONSTRAINT %s;", t.name, pgx.Identifier{check}.Sanitize())
	}
	names, values := make([]string, len(t.columns)), make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i], values[i] = pgx.Identifier{c.Name}.Sanitize(), t.value(i, c)
	}
	fmt.Fprintf(&b, "INSERT INTO %s (%s) SELECT %s FROM generate_series(1, %d) i ON CONFLICT DO NOTHING; VACUUM ANALYZE %s",
		t.name, strings.Join(names, ", "), strings.Join(values, ", "), n, t.name)
	for statement := range strings.SplitSeq(b.String(), ";") {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// value is an expression for a column of row i.
func (t *madeTable) value(number int, c madeColumn) string {
	spread := fmt.Sprintf("(hashint8(i * 31 + %d) & 2147483647)", number) // for this column, 0 to 2³¹ - 1
	value := ""
	switch base := strings.TrimSuffix(c.Type, "[]"); {
	case c.Name == "customer_id":
		return "md5(i::text)::uuid"
	case c.Name == "currency" || strings.HasSuffix(c.Name, "_currency"):
		return "'EUR'"
	case base != c.Type:
		return "'{}'"
	case len(t.words[c.Name]) > 0:
		value = fmt.Sprintf("(ARRAY[%s])[1 + %s %% %d]", strings.Join(t.words[c.Name], ", "), spread, len(t.words[c.Name]))
	case base == "uuid":
		value = fmt.Sprintf("md5(i || '%s')::uuid", c.Name)
	case base == "date":
		value = fmt.Sprintf("date '2022-01-01' + %s %% 1270", spread)
	case base == "timestamp with time zone":
		value = fmt.Sprintf("timestamptz '2022-01-01' + %s %% 1270 * interval '1 day'", spread)
	case base == "boolean":
		value = spread + " % 10 = 0"
	case base == "json" || base == "jsonb":
		value = cmp.Or(madeJSON[c.Name], "'[]'") + "::" + base
	case base == "text":
		value = fmt.Sprintf("'%s ' || %s %% 12", c.Name, spread)
	default: // numbers
		value = fmt.Sprintf("%s %% 10000", spread)
		if strings.HasPrefix(c.Name, "p_") || strings.HasSuffix(c.Name, "share") || strings.HasSuffix(c.Name, "rate") {
			value = fmt.Sprintf("%s / 2147483648.0", spread)
		}
		if slices.Contains(t.keys, c.Name) {
			value = "i"
		}
	}
	if c.Nullable && !strings.HasPrefix(c.Name, "first_") {
		return fmt.Sprintf("CASE WHEN %s %% 5 < 4 THEN %s END", spread, value)
	}
	return value
}

// madeJSON are columns whose JSON is looked into.
var madeJSON = map[string]string{"evidence": "'{}'", "params": `'{"r":0.24,"alpha":4.4,"a":0.79,"b":2.43}'`}

// viewTime is how long a view took, ms.
type viewTime struct {
	name string
	ms   float64
}

// viewTimes are the times by view, for the report's JSON form.
func viewTimes(views []viewTime) map[string]float64 {
	times := make(map[string]float64, len(views))
	for _, v := range views {
		times[v.name] = rounded(v.ms)
	}
	return times
}
