package web

import (
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/importer"
	"github.com/rapport-crm/rapport/internal/uploads"
)

// imports are the routes by which files of sales are uploaded, looked at, tried and imported.
func (c *console) imports() {
	if c.uploads == nil {
		return
	}
	c.page(pageOf{"GET /imports", access.Apps, (*visit).importList})
	c.page(pageOf{"POST /imports", access.Apps, (*visit).upload})
	c.page(pageOf{"GET /imports/{upload}", access.Apps, (*visit).importPage})
	c.page(pageOf{"POST /imports/{upload}", access.Apps, (*visit).importNow})
	c.page(pageOf{"GET /imports/{upload}/rejects.csv", access.Apps, (*visit).rejects})
}

// uploadTime is how long a file may take to arrive.
const uploadTime = 10 * time.Minute

// importList lists what somebody uploaded, and takes another file.
func (v *visit) importList() (*Page, error) { return v.importsPage(nil), nil }

func (v *visit) importsPage(problem *Problem) *Page {
	p := &Page{Lead: "Files of sales become customers with a history. An import can be repeated: what is there already is not recorded twice."}
	p.Title, p.Section = "Imports", "operations"
	p.Tabs = v.operationTabs("imports")
	panel := Panel{Title: "Upload a file", Wide: 7, Note: "CSV with a header, plain or gzip, at most " + v.Int(v.uploads.MaxBytes()>>20) + " MB. Nothing is recorded before you say so.",
		Custom: v.fragment("upload", nil), Problem: problem}
	if problem != nil {
		p.Status = problem.Status
	}
	p.add(panel, nil)
	p.add(Panel{Title: "What it needs", Wide: 5, Facts: []Fact{{Name: "Needed", Value: Cell{Text: "customer, date, and a price or a total"}},
		{Name: "Good to have", Value: Cell{Text: "invoice, SKU, name, category, quantity, country"}},
		{Name: "Other sources", Value: Cell{Text: "rapport import --help", Tone: "code"}}}}, nil)
	t := &Table{Caption: "Files", Heads: []Head{{Text: "File"}, {Text: "Uploaded"}, {Text: "Size", Right: true}, {Text: "State"}}}
	for _, u := range v.uploads.Of(v.who.Principal) {
		t.Rows = append(t.Rows, []Cell{{Text: u.Name, Href: "/imports/" + u.ID}, {Text: v.Time(u.At.UTC().Format(time.RFC3339))},
			{Text: v.Int((u.Bytes+1023)/1024) + " kB", Right: true}, importState(u.Run())})
	}
	files := Panel{Title: "Your files", Note: "A file is removed a day after it came, and when the server ends.", Table: t}
	if len(t.Rows) == 0 {
		files.Table, files.Empty = nil, "You have uploaded none."
	}
	p.add(files, nil)
	return p
}

func importState(r uploads.Run) Cell {
	switch {
	case r.Began.IsZero():
		return Cell{Text: "to be looked at", Badge: true}
	case r.Running():
		return Cell{Text: r.Doing, Badge: true, Tone: "warn"}
	case r.Err != nil:
		return Cell{Text: "stopped", Badge: true, Tone: "bad"}
	case r.Dry:
		return Cell{Text: "tried", Badge: true}
	case r.Report.AnyRefused():
		return Cell{Text: "imported in part", Badge: true, Tone: "warn"}
	}
	return Cell{Text: "imported", Badge: true, Tone: "good"}
}

// upload takes a file in, while it arrives.
func (v *visit) upload() (*Page, error) {
	_ = http.NewResponseController(v.w).SetReadDeadline(v.now().Add(uploadTime)) // not every connection has one
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, v.uploads.MaxBytes()+1<<20)
	refused := func(status int, title, detail string) (*Page, error) {
		return v.importsPage(&Problem{Status: status, Title: title, Detail: detail}), nil
	}
	parts, err := v.r.MultipartReader()
	if err != nil {
		return refused(http.StatusBadRequest, "No file came", "Choose a file first.")
	}
	var part *multipart.Part
	for part == nil || part.FormName() != "file" {
		if part, err = parts.NextPart(); err != nil {
			return refused(http.StatusBadRequest, "No file came", "Choose a file first.")
		}
	}
	if part.FileName() == "" {
		return refused(http.StatusBadRequest, "No file came", "Choose a file first.")
	}
	u, err := v.uploads.Take(v.who.Principal, part.FileName(), part)
	switch {
	case errors.Is(err, uploads.ErrTooLarge) || errors.As(err, new(*http.MaxBytesError)):
		return refused(http.StatusRequestEntityTooLarge, "The file is too large", "Part it, or import it by the command line.")
	case errors.Is(err, uploads.ErrTooMany):
		return refused(http.StatusConflict, "Too many files", "Discard some of yours first.")
	case err != nil:
		return nil, err
	case u.GuessErr != nil:
		_ = v.uploads.Discard(u) // nothing is done with it
		return refused(http.StatusUnprocessableEntity, "This cannot be imported", u.Plain(u.GuessErr.Error()))
	}
	http.Redirect(v.w, v.r, "/imports/"+u.ID, http.StatusSeeOther)
	return nil, nil
}

func (v *visit) uploaded() (*uploads.Upload, error) {
	if u := v.uploads.Get(v.who.Principal, v.r.PathValue("upload")); u != nil {
		return u, nil
	}
	return nil, &Problem{Status: http.StatusNotFound, Title: "There is no such file", Detail: "It was removed, or the server has begun anew. Upload it again: what was imported is not recorded twice."}
}

// importPage shows what a file seems to be, how its import goes, or what came of it.
func (v *visit) importPage() (*Page, error) {
	u, err := v.uploaded()
	if err != nil {
		return nil, err
	}
	run := u.Run()
	typed := guessed(u)
	if !run.Began.IsZero() {
		typed = settingsOf(run.Options)
	}
	return v.showImport(u, run, typed, nil), nil
}

func (v *visit) showImport(u *uploads.Upload, run uploads.Run, typed values, problem *Problem) *Page {
	p := &Page{}
	p.Title, p.Section = u.Name, "operations"
	p.Tabs = []Link{{Text: "‹ Imports", Href: "/imports"}}
	p.Badges = []Cell{importState(run)}
	if run.Running() {
		p.Again = true
		p.add(Panel{Title: "Under way", Wide: 6, Custom: v.fragment("progress", map[string]any{"Done": run.Done, "Total": run.Total}),
			Facts: []Fact{{Name: "Doing", Value: Cell{Text: words(run.Doing)}}, {Name: "Sent", Value: Cell{Text: v.Int(int64(run.Done)) + " of " + v.Int(int64(run.Total)) + " commands"}}}}, nil)
		return p
	}
	if !run.Ended.IsZero() && problem == nil {
		v.reportPanels(p, u, run)
	}
	form := map[string]any{"Action": "/imports/" + u.ID, "Columns": u.Guess.Header, "Fields": importFields(u, typed), "Typed": typed.flat(),
		"Problem": problem, "Layouts": dateChoices(u, typed), "Encodings": []string{"utf-8", "latin1", "windows-1252"},
		"Delimiters": []delimiter{{",", "comma"}, {";", "semicolon"}, {"\t", "tab"}, {"|", "bar"}}}
	p.add(Panel{Title: "What the columns are", Wide: 6, Note: "As far as they could be guessed. Look at them, then try: nothing is recorded by that.", Custom: v.fragment("mapping", form)}, nil)
	t := &Table{Caption: "First lines"}
	for _, name := range u.Guess.Header {
		t.Heads = append(t.Heads, Head{Text: name})
	}
	for _, line := range u.Guess.Sample[:min(len(u.Guess.Sample), 8)] {
		cells := make([]Cell, len(line))
		for i := range line {
			cells[i] = Cell{Text: line[i]}
		}
		t.Rows = append(t.Rows, cells)
	}
	p.add(Panel{Title: "The first lines", Wide: 6, Table: t}, nil)
	return p
}

type delimiter struct{ Value, Name string }

type mapped struct{ Name, Label, Value string }

func importFields(u *uploads.Upload, typed values) (all []mapped) {
	for _, field := range importer.Fields {
		all = append(all, mapped{"column." + field, words(field), typed.get("column." + field)})
	}
	return all
}

func dateChoices(u *uploads.Upload, typed values) []string {
	all := slices.Clone(u.Guess.DateLayouts)
	if own := typed.get("date"); own != "" && !slices.Contains(all, own) {
		all = append(all, own)
	}
	return all
}

// flat are values by name, for a template.
func (v values) flat() map[string]string {
	out := map[string]string{}
	for name := range v {
		out[name] = v.get(name)
	}
	return out
}

func guessed(u *uploads.Upload) values {
	return settingsOf(importer.Options{Encoding: u.Guess.Encoding, Layout: u.Guess.Layout})
}

// settingsOf writes settings as the form has them.
func settingsOf(o importer.Options) values {
	out := values{"encoding": {o.Encoding}, "system": {o.Layout.System}, "currency": {string(o.Layout.Currency)}, "date": {o.Layout.DateLayout},
		"delimiter": {string(o.Layout.Delimiter)}}
	for field, column := range o.Layout.Columns {
		out["column."+field] = []string{column}
	}
	if o.Layout.DecimalComma {
		out["decimal_comma"] = []string{"true"}
	}
	if o.Correct {
		out["correct"] = []string{"true"}
	}
	if o.Layout.Rate != nil {
		out["rate"] = []string{o.Layout.Rate.String()}
	}
	if o.Zone != nil {
		out["zone"] = []string{o.Zone.String()}
	}
	return out
}

// settings reads the form.
func (v *visit) settings(typed values) (importer.Options, error) {
	l := importer.Layout{System: strings.TrimSpace(typed.get("system")), Currency: domain.Currency(strings.ToUpper(strings.TrimSpace(typed.get("currency")))),
		DateLayout: typed.get("date"), DecimalComma: typed.get("decimal_comma") == "true", Columns: map[string]string{}}
	l.Delimiter, _ = utf8.DecodeRuneInString(typed.get("delimiter"))
	for _, field := range importer.Fields {
		if column := typed.get("column." + field); column != "" {
			l.Columns[field] = column
		}
	}
	if rate := strings.TrimSpace(typed.get("rate")); rate != "" {
		r, err := decimal.Parse(rate)
		if err != nil {
			return importer.Options{}, errors.New("the rate is a number such as 1.08")
		}
		l.Rate = &r
	}
	o := importer.Options{Layout: l, Encoding: typed.get("encoding"), Correct: typed.get("correct") == "true", Zone: v.zone}
	return o, o.Check()
}

// importNow tries a file, imports it, or discards it.
func (v *visit) importNow() (*Page, error) {
	u, err := v.uploaded()
	if err != nil {
		return nil, err
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, 1<<20)
	if err := v.r.ParseForm(); err != nil {
		return nil, &Problem{Status: http.StatusRequestEntityTooLarge, Title: "Too much at once", Detail: "A form holds at most a megabyte."}
	}
	typed, to := values(v.r.PostForm), "/imports/"+u.ID
	if typed.get("do") == "discard" {
		err, to = v.uploads.Discard(u), "/imports"
	} else {
		var o importer.Options
		if o, err = v.settings(typed); err != nil {
			p := v.showImport(u, uploads.Run{}, typed, &Problem{Title: "Something is missing", Detail: err.Error()})
			p.Status = http.StatusUnprocessableEntity
			return p, nil
		}
		var by *client.Client
		if typed.get("do") == "import" {
			if by, err = v.asClient(); err != nil {
				return nil, err
			}
		}
		err = u.Begin(v.ctx, o, by)
	}
	if errors.Is(err, uploads.ErrRunning) {
		err = nil // the page says so
	}
	if err != nil {
		return nil, err
	}
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil, nil
}

// asClient is a client of the API within this process, with the token of whoever asks.
func (v *visit) asClient() (*client.Client, error) {
	return client.New("http://"+v.r.Host, client.Options{Token: v.token, HTTP: &http.Client{Transport: within{v.api, v.r}}, Patience: 10 * time.Minute, Attempts: 1000})
}

// within carries requests to a handler of this process, as from where a browser's request came.
type within struct {
	handler http.Handler
	from    *http.Request
}

// RoundTrip implements http.RoundTripper.
func (w within) RoundTrip(r *http.Request) (*http.Response, error) {
	asked := r.Clone(r.Context())
	asked.RequestURI, asked.Host, asked.RemoteAddr, asked.TLS = r.URL.RequestURI(), w.from.Host, w.from.RemoteAddr, w.from.TLS
	if asked.Body == nil {
		asked.Body = http.NoBody
	}
	out := &answer{header: http.Header{}}
	w.handler.ServeHTTP(out, asked)
	out.WriteHeader(http.StatusOK)
	return &http.Response{StatusCode: out.status, Status: http.StatusText(out.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: out.header,
		Body: io.NopCloser(&out.body), ContentLength: int64(out.body.Len()), Request: r}, nil
}

// reportPanels say what an import did, or would do.
func (v *visit) reportPanels(p *Page, u *uploads.Upload, run uploads.Run) {
	r := run.Report
	if run.Err != nil {
		p.add(Panel{Title: "It stopped", Problem: &Problem{Title: "It could not be done", Detail: strings.ReplaceAll(u.Plain(run.Err.Error()), "by --date", "below")}}, nil)
	}
	if r.Files == nil {
		return
	}
	title := "What was imported"
	if run.Dry {
		title = "What would be imported"
	}
	panel := Panel{Title: title, Wide: 6, Facts: []Fact{{Name: "Lines", Value: Cell{Text: v.Int(int64(r.Lines))}}, {Name: "Customers", Value: Cell{Text: v.Int(int64(r.Customers))}}}}
	for _, h := range r.Holds {
		panel.Facts = append(panel.Facts, Fact{Name: words(h.What), Value: Cell{Text: v.Int(int64(h.Count))}})
	}
	for _, s := range r.Sums {
		panel.Facts = append(panel.Facts, Fact{Name: "Sum of " + s.What, Value: Cell{Text: v.amount(s.Amount, string(s.Currency))}})
	}
	if r.FirstDay != nil && r.LastDay != nil {
		panel.Facts = append(panel.Facts, Fact{Name: "Days", Value: Cell{Text: v.Day(r.FirstDay.String()) + " to " + v.Day(r.LastDay.String())}})
	}
	if !run.Dry {
		panel.Facts = append(panel.Facts, Fact{Name: "Newly recorded", Value: Cell{Text: v.Int(int64(r.EventsAppended)) + " events"}},
			Fact{Name: "There already", Value: Cell{Text: v.Int(int64(r.EventsKnown))}}, Fact{Name: "Corrected", Value: Cell{Text: v.Int(int64(r.Corrected))}})
		panel.Links = []Link{{Text: "Customers", Href: "/customers"}}
	}
	p.add(panel, nil)
	p.add(v.refusedPanel(u, r), nil)
}

// amount writes an amount of major units.
func (v *visit) amount(major, currency string) string {
	minor, err := strconv.ParseInt(strings.Replace(major, ".", "", 1), 10, 64)
	if err != nil {
		return major + " " + currency
	}
	return v.Money(minor, currency)
}

func (v *visit) refusedPanel(u *uploads.Upload, r importer.Report) Panel {
	p := Panel{Title: "What was refused", Wide: 6}
	t := &Table{Caption: "Refused", Heads: []Head{{Text: "Why"}, {Text: "How many", Right: true}, {Text: "For example"}}}
	counted := func(all []importer.Count, note string) {
		for _, c := range all {
			var examples []string
			for _, e := range c.Examples[:min(len(c.Examples), 3)] {
				examples = append(examples, strings.TrimSpace(fmtLine(e.Line)+" "+u.Plain(e.Detail)))
			}
			t.Rows = append(t.Rows, []Cell{{Text: words(c.Reason) + note}, {Text: v.Int(int64(c.Count)) + " " + c.Of, Right: true}, {Lines: examples}})
		}
	}
	counted(r.Refused, "")
	counted(r.Skipped, " (left out, as it may be)")
	for _, h := range r.HeldBack[:min(len(r.HeldBack), 20)] {
		t.Rows = append(t.Rows, []Cell{{Text: "Invoice " + h.Invoice + " is held back: " + words(h.Reason)}, {Text: v.Int(int64(h.Lines)) + " lines", Right: true},
			{Lines: []string{strings.TrimSpace(fmtLine(h.At) + " " + u.Plain(h.Detail))}}})
	}
	if p.Table = t; len(t.Rows) == 0 {
		p.Table, p.Empty = nil, "Nothing."
	}
	if r.Rejects > 0 {
		p.Note = v.Int(int64(r.Rejects)) + " lines stand in a file of their own, with the reason in front. Repair and upload it."
		p.CSV = "/imports/" + u.ID + "/rejects.csv"
	}
	return p
}

func fmtLine(n int) string {
	if n == 0 {
		return ""
	}
	return "line " + strconv.Itoa(n) + ":"
}

// rejects hands out the lines that were refused.
func (v *visit) rejects() (*Page, error) {
	u, err := v.uploaded()
	if err != nil {
		return nil, err
	}
	file, err := u.Rejects()
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, uploads.ErrRunning) {
		return nil, &Problem{Status: http.StatusNotFound, Title: "There is no such file", Detail: "Nothing was refused, or it is not over yet."}
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape("rejects-"+strings.TrimSuffix(u.Name, ".gz")))
	_, _ = io.Copy(v.w, file) // the browser may be gone
	return nil, nil
}
