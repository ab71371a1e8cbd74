package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/projections"
)

type tablesOutput struct {
	Body struct {
		Tables []projections.Table `json:"tables"`
	}
}

func (s *server) tableRoutes() {
	query(s, access.Analysts|access.Auditors, get("listTables", "/v1/tables", "tables", "List the tables and views, with what each column holds"),
		func(ctx context.Context, _ *struct{}) (*tablesOutput, error) {
			all, err := s.reader.Tables(ctx)
			out := &tablesOutput{}
			out.Body.Tables = present(slices.DeleteFunc(all, func(t projections.Table) bool { return t.Internal }))
			return out, err
		})
	op := s.csvOperation("/v1/tables/{name}.csv")
	s.disclosing(op)
	s.streaming(op, access.Analysts, s.exportCSV)
}

// exportCSV streams a table: what is in memory is a row and a buffer. A client that takes too long, or is gone,
// ends the query.
func (s *server) exportCSV(ctx context.Context, r *http.Request, to *stream) error {
	name := chi.URLParam(r, "name")
	if !domain.PlainText(name) {
		return projections.ErrNotFound
	}
	if err := s.waitAsked(ctx, r.URL.Query()); err != nil {
		return err
	}
	table, err := s.reader.Table(ctx, name)
	if err != nil {
		return err
	}
	if table.Internal {
		return projections.ErrNotFound
	}
	q, err := readCSVQuery(table, r.URL.RawQuery)
	if err != nil {
		return err
	}
	out := &csvAnswer{stream: to, table: q.Result(), exact: q.exact}
	if r.Method == http.MethodHead {
		return out.end()
	}
	back, err := s.takeTurn(ctx)
	if err != nil {
		return err
	}
	defer back()
	if err := s.recordExport(ctx, q.Selection); err != nil {
		return err
	}
	if err := s.reader.Select(ctx, q.Selection, out.row); err != nil {
		return err
	}
	return out.end()
}

// recordExport records that the rows of a table are about to be shown, if it holds personal data.
func (s *server) recordExport(ctx context.Context, q projections.Selection) error {
	personal := func(c projections.TableColumn) bool { return c.Personal }
	if !slices.ContainsFunc(q.Result().Columns, personal) &&
		!slices.ContainsFunc(q.Where, func(c projections.Condition) bool { return c.Column.Personal }) {
		return nil
	}
	e := access.PersonalDataRead{Operation: "getTable", Table: q.Table.Name}
	for _, c := range q.Where {
		if c.Column.Name == "customer_id" && c.Comparison == projections.Is && len(c.Values) == 1 {
			if id, err := uuid.Parse(c.Values[0]); err == nil {
				e.CustomerID = id
			}
		}
		e.Conditions = append(e.Conditions, access.NewCondition(c.Column.Name, signs[c.Comparison], c.Values, c.Column.Personal))
	}
	return s.recordRead(ctx, e)
}

// signs are how comparisons are written.
var signs = map[projections.Comparison]string{projections.Is: "=", projections.IsNot: "!=", projections.AtLeast: ">=",
	projections.AtMost: "<=", projections.Contains: "~="}

// waitAsked waits for the position that a query names.
func (s *server) waitAsked(ctx context.Context, q url.Values) error {
	if !q.Has("after") {
		return s.wait(ctx, 0)
	}
	after, err := strconv.ParseUint(q.Get("after"), 10, 63)
	if err != nil {
		return malformed("query.after", "parameter_malformed", "after is a position that a command answered")
	}
	return s.waitJudged(ctx, after)
}

// csvQuery is what is asked of a table.
type csvQuery struct {
	projections.Selection
	exact bool
}

// readCSVQuery reads the parameters: how rows are grouped, sorted and written, and conditions on columns.
func readCSVQuery(t projections.Table, raw string) (csvQuery, error) {
	q := csvQuery{Selection: projections.Selection{Table: t}}
	order := ""
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		name, errName := url.QueryUnescape(name)
		value, errValue := url.QueryUnescape(value)
		if errName != nil || errValue != nil {
			return q, malformed("query", "query_malformed", "the query is not URL-encoded")
		}
		var err error
		switch name {
		case "after": // it was waited for
		case "limit":
			if q.Limit, err = strconv.Atoi(value); q.Limit < 1 {
				err = strconv.ErrRange
			}
		case "offset":
			if q.Offset, err = strconv.Atoi(value); q.Offset < 0 {
				err = strconv.ErrRange
			}
		case "exact":
			q.exact, err = strconv.ParseBool(value)
		case "by", "sum":
			if err := q.group(name, value); err != nil {
				return q, err
			}
		case "order":
			order = value
		default:
			if err := q.condition(name, value); err != nil {
				return q, err
			}
		}
		if err != nil {
			return q, malformed("query."+name, "parameter_malformed", "%s cannot be %q", name, clip(value))
		}
	}
	return q, q.sort(order)
}

// summed are the types of columns that have a sum.
var summed = []string{"integer", "bigint", "numeric", "double precision"}

// group groups the rows by columns, or sums columns up.
func (q *csvQuery) group(name, value string) error {
	q.Grouped = true
	for column := range strings.SplitSeq(value, ",") {
		if column == "" {
			continue // all rows are one group
		}
		at := slices.IndexFunc(q.Table.Columns, func(c projections.TableColumn) bool { return c.Name == column })
		if at < 0 {
			return malformed("query."+name, "column_unknown", "%s has no column %q", q.Table.Name, clip(column))
		}
		c := q.Table.Columns[at]
		switch {
		case name == "by" && values[c.Type].read == nil:
			return malformed("query.by", "column_not_comparable", "rows cannot be grouped by a %s", c.Type)
		case name == "by":
			q.By = append(q.By, c)
		case !slices.Contains(summed, c.Type):
			return malformed("query.sum", "column_not_summable", "a %s has no sum", c.Type)
		default:
			q.Sum = append(q.Sum, c)
		}
	}
	return nil
}

// sort sorts the rows by a column of the answer.
func (q *csvQuery) sort(order string) error {
	if order == "" {
		return nil
	}
	q.Order, q.Down = strings.CutPrefix(order, "-")
	at := slices.IndexFunc(q.Result().Columns, func(c projections.TableColumn) bool { return c.Name == q.Order })
	if at < 0 || values[q.Result().Columns[at].Type].read == nil {
		return malformed("query.order", "column_unknown", "the answer has no column %q to sort by", clip(q.Order))
	}
	return nil
}

// comparisons are by the sign that stands before the = of a parameter.
var comparisons = map[string]projections.Comparison{"!": projections.IsNot, ">": projections.AtLeast, "<": projections.AtMost,
	"~": projections.Contains}

// condition adds a condition. More of the same on one column are one: any of the values.
func (q *csvQuery) condition(name, value string) error {
	column, comparison := name, projections.Is
	for sign, c := range comparisons {
		if before, ok := strings.CutSuffix(name, sign); ok {
			column, comparison = before, c
		}
	}
	at := slices.IndexFunc(q.Table.Columns, func(c projections.TableColumn) bool { return c.Name == column })
	if at < 0 {
		return malformed("query."+clip(column), "column_unknown", "%s has no column %q", q.Table.Name, clip(column))
	}
	c := projections.Condition{Column: q.Table.Columns[at], Comparison: comparison}
	if comparison == projections.Contains && c.Column.Type != "text" && c.Column.Type != "text[]" {
		return malformed("query."+column, "column_not_comparable", "a %s contains no text", c.Column.Type)
	}
	if value != "" {
		of := c.Column
		of.Type = strings.TrimSuffix(of.Type, "[]")
		if comparison != projections.Contains {
			of = c.Column
		}
		if err := checkValue(of, value); err != nil {
			return err
		}
		c.Values = []string{value}
	} else if comparison != projections.Is && comparison != projections.IsNot {
		return malformed("query."+column, "value_missing", "more or less than nothing is nothing")
	}
	for i := range q.Where {
		if w := &q.Where[i]; w.Column.Name == column && w.Comparison == comparison && value != "" && len(w.Values) > 0 {
			w.Values = append(w.Values, value)
			return nil
		}
	}
	q.Where = append(q.Where, c)
	return nil
}

func (s *server) csvOperation(path string) *huma.Operation {
	text := &huma.Schema{Type: huma.TypeString}
	parameter := func(name, in, doc string, schema *huma.Schema) *huma.Param {
		return &huma.Param{Name: name, In: in, Required: in == "path", Description: doc, Schema: schema}
	}
	return &huma.Operation{OperationID: "getTable", Method: http.MethodGet, Path: path, Tags: []string{"tables"},
		Summary: "Get a table or view as CSV",
		Description: "All rows as of one moment, in no order, with a header. A column's name is a parameter that selects rows: " +
			"`stage=client`, `stage=client&stage=supporter` (either), `stage!=lost`, `orders>=3`, `last_purchase_on<=2024-12-31`, " +
			"`stage=` (none), `stage!=` (any), `name~=ada` (a part of it), `segments~=vip` (an element). With `by` and `sum` the rows are counted and summed up for each value of some columns: " +
			"`by=r_score,fm_score&sum=monetary_minor` answers both scores, `count` and `sum_monetary_minor`. A text that a spreadsheet would take for a formula has a ' before it. An answer " +
			"that breaks off is not whole.",
		Parameters: []*huma.Param{
			parameter("name", "path", "A table or view of GET /v1/tables", text),
			parameter("after", "query", "A position that a command answered: waits until the read models have reached it",
				&huma.Schema{Type: huma.TypeInteger, Format: "int64"}),
			parameter("limit", "query", "At most so many rows", &huma.Schema{Type: huma.TypeInteger}),
			parameter("by", "query", "Columns, separated by commas, for each value of which the rows are counted; empty: all are", text),
			parameter("sum", "query", "Columns, separated by commas, that are summed up for each value of `by`", text),
			parameter("order", "query", "A column of the answer by which it is sorted, with a minus before it downwards", text),
			parameter("offset", "query", "How many rows of a sorted answer are left out first", &huma.Schema{Type: huma.TypeInteger}),
			parameter("exact", "query", "For programs: texts as they are", &huma.Schema{Type: huma.TypeBoolean}),
		},
		Responses: s.fileResponses(csvType, "The rows", streamed(),
			http.StatusBadRequest, http.StatusNotFound, http.StatusServiceUnavailable)}
}
