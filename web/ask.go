package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
)

// asker asks the API on behalf of whoever uses a browser.
type asker struct {
	api   http.Handler
	r     *http.Request // the browser's
	token string
	// away is why the tables do not answer, once one did not: a page that is made of many does not wait for each.
	away *Problem
	// read are the tables that this page has read, by what was asked: parts of it that show the same do not ask again.
	read     map[string]answered
	requests int
	spent    time.Duration // on their answers
}

// identity is whom the API takes the caller for.
type identity struct {
	Name      string        `json:"name"`
	Principal string        `json:"principal"`
	Roles     []access.Role `json:"roles"`
}

// Problem is why the API did not do what it was asked for.
type Problem struct {
	Status   int     `json:"status"`
	Title    string  `json:"title"`
	Detail   string  `json:"detail"`
	Code     string  `json:"code"`
	Errors   []Fault `json:"errors"`
	Existing string  `json:"existing"`
	Instance string  `json:"instance"`
}

// Fault is what is wrong with one field.
type Fault struct {
	Location string `json:"location"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

func (p *Problem) Error() string { return p.Detail }

func problemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return &Problem{Status: http.StatusInternalServerError, Title: "Something went wrong", Detail: err.Error()}
}

// may reports whether an answer was refused for the caller's role.
func forbidden(err error) bool { return err != nil && problemOf(err).Status == http.StatusForbidden }

func missing(err error) bool { return err != nil && problemOf(err).Status == http.StatusNotFound }

// answer is what the API said.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

// request makes a request of the API's. Where the browser's page comes from was looked at before.
func (a *asker) request(method, path string, body io.Reader) (*http.Request, error) {
	r, err := http.NewRequestWithContext(a.r.Context(), method, path, body)
	if err != nil {
		return nil, err
	}
	r.Host, r.RemoteAddr, r.TLS, r.RequestURI = a.r.Host, a.r.RemoteAddr, a.r.TLS, path
	if a.token != "" {
		r.Header.Set("Authorization", "Bearer "+a.token)
	}
	return r, nil
}

func (a *asker) do(r *http.Request) *answer {
	out := &answer{header: http.Header{}}
	if a.away != nil && ofTables(r) {
		out.status = a.away.Status
		_ = json.NewEncoder(&out.body).Encode(a.away) // into memory
		return out
	}
	began := time.Now()
	a.serve(out, r)
	a.requests, a.spent = a.requests+1, a.spent+time.Since(began)
	out.WriteHeader(http.StatusOK)
	if out.status == http.StatusServiceUnavailable && ofTables(r) {
		errors.As(out.err(), &a.away)
	}
	return out
}

// serve takes an answer. One that breaks off, as a table does that takes too long, is none.
func (a *asker) serve(out *answer, r *http.Request) {
	defer func() {
		switch fault := recover(); fault {
		case nil:
		case http.ErrAbortHandler:
			out.status = http.StatusServiceUnavailable
			out.body.Reset()
			_ = json.NewEncoder(&out.body).Encode(Problem{Status: out.status, Detail: "The tables did not answer in time."}) // into memory
		default:
			panic(fault)
		}
	}()
	a.api.ServeHTTP(out, r)
}

// ofTables reports whether a request is answered from the tables, not from the log.
func ofTables(r *http.Request) bool {
	path := r.URL.Path
	return r.Method == http.MethodGet && !strings.HasPrefix(path, "/v1/proof") && !strings.HasSuffix(path, "/history") &&
		!strings.HasSuffix(path, "/diff") && path != "/v1/whoami"
}

// err returns why something was not done; nil where it was.
func (a *answer) err() error {
	if a.status < http.StatusBadRequest {
		return nil
	}
	p := &Problem{Status: a.status, Title: http.StatusText(a.status)}
	if err := json.Unmarshal(a.body.Bytes(), p); err != nil {
		p.Detail = "The server did not say why."
	}
	if p.Status == http.StatusServiceUnavailable {
		p.Title = "It does not answer now"
	}
	return p
}

// get asks for something, and reads it into a value.
func (a *asker) get(path string, into any) error {
	r, err := a.request(http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	out := a.do(r)
	if err := out.err(); err != nil {
		return err
	}
	if err := json.Unmarshal(out.body.Bytes(), into); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// send asks for something to be done. Under the same key, it is done once.
func (a *asker) send(method, path string, body any, key string) (map[string]any, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	r, err := a.request(method, path, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	out := a.do(r)
	if err := out.err(); err != nil {
		return nil, err
	}
	done := map[string]any{}
	_ = json.Unmarshal(out.body.Bytes(), &done) // some answers are empty
	return done, nil
}

// row is a row of a table by the names of its columns, values as PostgreSQL writes them; "" is no value.
type row map[string]string

// question is what is asked of a table.
type question struct {
	table      string
	limit      int
	conditions []string
}

// asking is a question for rows of a table, at most so many. Conditions are as the API takes them: "stage=client", "orders>=3", and how rows are
// counted, summed up and sorted: "by=stage", "sum=orders", "order=-orders".
func asking(table string, limit int, conditions ...string) question {
	return question{table, limit, conditions}
}

func (q question) path() string {
	parts := make([]string, 0, len(q.conditions)+2)
	for _, c := range q.conditions {
		column, value, _ := strings.Cut(c, "=")
		parts = append(parts, url.QueryEscape(column)+"="+url.QueryEscape(value))
	}
	parts = append(parts, "exact=true", "limit="+strconv.Itoa(q.limit))
	return "/v1/tables/" + q.table + ".csv?" + strings.Join(parts, "&")
}

// answered is what came of a question.
type answered struct {
	rows []row
	err  error
}

// table reads rows of a table.
func (a *asker) table(name string, limit int, conditions ...string) ([]row, error) {
	path := asking(name, limit, conditions...).path()
	known, asked := a.read[path]
	if !asked {
		known = a.ask(path)
		a.remember(path, known)
	}
	return slices.Clone(known.rows), known.err
}

func (a *asker) remember(path string, known answered) {
	if a.read == nil {
		a.read = map[string]answered{}
	}
	a.read[path] = known
}

func (a *asker) ask(path string) answered {
	r, err := a.request(http.MethodGet, path, nil)
	if err != nil {
		return answered{nil, err}
	}
	out := a.do(r)
	if err := out.err(); err != nil {
		return answered{nil, err}
	}
	rows, err := readRows(&out.body)
	return answered{rows, err}
}

// besides is how many questions are asked at once.
const besides = 3

// ahead asks questions side by side whose answers the page is made of, so that it does not wait for one after the other.
func (a *asker) ahead(questions ...question) {
	if a.away != nil {
		return
	}
	began, turns := time.Now(), make(chan struct{}, besides)
	askers, found := make([]*asker, len(questions)), make([]answered, len(questions))
	var all sync.WaitGroup
	for i, q := range questions {
		askers[i] = a.behalf(a.r.Context())
		all.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			found[i] = askers[i].ask(q.path())
		})
	}
	all.Wait()
	for i, q := range questions {
		a.remember(q.path(), found[i])
		if a.requests++; askers[i].away != nil {
			a.away = askers[i].away
		}
	}
	a.spent += time.Since(began)
}

func readRows(from io.Reader) ([]row, error) {
	records := csv.NewReader(from)
	records.ReuseRecord = true
	header, err := records.Read()
	if err != nil {
		return nil, fmt.Errorf("read a table: %w", err)
	}
	columns := append([]string(nil), header...)
	var all []row
	for {
		fields, err := records.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read a table: %w", err)
		}
		one := make(row, len(columns))
		for i, name := range columns {
			if fields[i] != "" {
				one[name] = fields[i]
			}
		}
		all = append(all, one)
	}
}

func (r row) has(column string) bool { _, ok := r[column]; return ok }

func (r row) int(column string) int64 {
	n, err := strconv.ParseInt(r[column], 10, 64)
	if err != nil {
		return int64(r.float(column)) // a sum is numeric, a mean has a fraction
	}
	return n
}

func (r row) float(column string) float64 {
	f, _ := strconv.ParseFloat(r[column], 64)
	return f
}

// add adds to a column.
func (r row) add(column string, n int64) { r[column] = strconv.FormatInt(r.int(column)+n, 10) }

func (r row) true(column string) bool { return r[column] == "t" || r[column] == "true" }
