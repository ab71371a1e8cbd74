package web

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/web/charts"
)

// Page is what a page shows: panels, one below and beside the other.
type Page struct {
	Shell
	Lead   string // a sentence on what is to be seen
	Tabs   []Link
	Badges []Cell
	Panels []Panel
	Live   bool // it may be brought up to date by itself, since no person is on it
	// Follows are the types of events, and Customer is whose, that are news on a page which does not bring itself up to date.
	Follows, Customer string
	FollowURL         string
	Status            int
}

// Panel is one part of a page. What is empty is left out.
type Panel struct {
	ID      string
	Title   string
	Note    string // what the figures mean
	Wide    int    // columns of twelve
	Tall    bool   // it stands beside three others
	Figures []Figure
	Chart   charts.Chart
	Table   *Table
	Facts   []Fact        // names and values
	Custom  template.HTML // made by a template of ours
	Form    *Form
	Entries []Entry
	Links   []Link
	Empty   string // what to do where there is nothing yet
	CSV     string // where the data of it are
	Problem *Problem
}

// Figure is a number with what it is.
type Figure struct {
	Label, Value, Note, Href string
	Tone                     string // good, bad, or neither
	Spark                    charts.Chart
}

// Cell is a value in a table or beside a name.
type Cell struct {
	Text  string
	Href  string
	Title string
	Tone  string // good, bad, warn, dim
	Badge bool
	Right bool // it is a number
	Part  float64
	Bar   bool // Part of 1 is drawn as a bar
	Lines []string
	Post  *Action
}

// Action is a button that posts.
type Action struct {
	Label, Path string
	Fields      map[string]string
	Tone        string
}

// Fact is a name with its value.
type Fact struct {
	Name  string
	Value Cell
	Help  string
}

// Table is rows under headings.
type Table struct {
	Caption string
	Heads   []Head
	Rows    [][]Cell
	More    string // why there are no more
	Next    string // address of the next page
	Prev    string
}

// Head is a heading; with Href it sorts.
type Head struct {
	Text, Href, Sorted string
	Right              bool
	Title              string
}

// Link leads to another page.
type Link struct {
	Text, Href string
	Current    bool
	Key        string // pressed after g
	Tone       string
}

// Entry is something that happened.
type Entry struct {
	When, Title, Text, Href string
	Department, Channel     string
	Amount                  string
	Kind                    string
	By                      string
	Struck                  bool
	Void, Correct           string // where it can be said that it was a mistake
}

// Shell is what all pages have around them.
type Shell struct {
	Title   string
	Section string
	Theme   string
	Path    string // with the query
	Query   string // what was searched for
	Nav     []NavGroup
	Who     string
	Roles   string
	Signed  bool // in by a token
	Open    bool // nobody needs a token
	Version string
	Flash   string
	Fresh   *Freshness
	Again   bool // it changes by the second: it is asked for again, also without a script
}

// NavGroup is a heading with links.
type NavGroup struct {
	Title string
	Links []Link
}

// Freshness is how far the tables are behind the log.
type Freshness struct {
	Text, Tone string
	Position   int64
}

// pageOf declares a page: who sees it, where it stands, and what makes it.
type pageOf struct {
	pattern string
	roles   access.Roles
	make    func(*visit) (*Page, error)
}

// visit is a request by somebody who is known.
type visit struct {
	asker
	locale
	*console
	w     http.ResponseWriter
	who   identity
	books books
	shell Shell
	began time.Time
	// expanded are lists of a customer that came with them: by id/list.
	expanded map[string][]row
}

// books say in what the business counts.
type books struct {
	Date, Zone, Currency string
	Live                 string // since when the log follows live business
}

// page serves one.
func (c *console) page(p pageOf) {
	c.roles[p.pattern] = p.roles
	c.mux.HandleFunc(p.pattern, func(w http.ResponseWriter, r *http.Request) {
		v, ok := c.visit(w, r)
		if !ok {
			return
		}
		if !p.roles.IncludeAny(v.who.Roles) {
			v.fail(forbids("This page is for " + p.roles.String() + "."))
			return
		}
		defer func() {
			switch fault := recover(); fault {
			case nil:
			case http.ErrAbortHandler:
				panic(fault)
			default:
				c.logger.Error("make a page", "page", p.pattern, "fault", fault, "stack", string(debug.Stack()))
				v.fail(&Problem{Status: http.StatusInternalServerError, Title: "The page could not be made", Detail: "The server's log says why."})
			}
		}()
		made, err := p.make(v)
		if err != nil {
			v.fail(problemOf(err))
			return
		}
		if made == nil {
			return // it has answered
		}
		v.show(made)
	})
}

// pageTime is how long a page may wait for what it is made of.
const pageTime = 8 * time.Second

// unhurried are parts of the addresses of what takes longer: files, and what is followed.
var unhurried = []string{".csv", "/bundle", "/live/events", "/imports"}

// visit finds out who asks; false where that was answered instead.
func (c *console) visit(w http.ResponseWriter, r *http.Request) (*visit, bool) {
	name, token := c.sessionOf(r)
	if token != "" {
		c.renew(r, name)
		_, token = c.sessionOf(r)
	}
	ctx, cancel := context.WithTimeout(r.Context(), pageTime)
	context.AfterFunc(r.Context(), cancel) // the page is made before the request ends
	if !slices.ContainsFunc(unhurried, func(part string) bool { return strings.Contains(r.URL.Path, part) }) {
		r = r.WithContext(ctx)
	}
	v := &visit{asker: asker{api: c.behind, r: r, token: token}, locale: localeOf(r.Header.Get("Accept-Language")), console: c, w: w,
		shell: c.shell(r, ""), began: time.Now()}
	err := v.get("/v1/whoami", &v.who)
	if err == nil {
		v.shell.Who, v.shell.Signed, v.shell.Open = v.who.Name, token != "", token == ""
		names := make([]string, len(v.who.Roles))
		for i, role := range v.who.Roles {
			names[i] = string(role)
		}
		v.shell.Roles = strings.Join(names, ", ")
		v.readBooks()
		v.shell.Fresh = v.freshness()
		return v, true
	}
	p := problemOf(err)
	switch {
	case p.Status != http.StatusUnauthorized:
		v.fail(p)
	case r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Method == http.MethodGet:
		// The browser keeps the cookie to itself where a link leads here from elsewhere, and shows it when we ask ourselves.
		c.render(w, http.StatusOK, "again", v.shell)
	default:
		to := "/signin"
		if r.Method == http.MethodGet && r.URL.Path != "/" {
			to += "?next=" + template.URLQueryEscaper(r.URL.RequestURI())
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
	return nil, false
}

// readBooks asks in what the business counts. Who may not know sees days and moments in UTC.
func (v *visit) readBooks() {
	rows, err := v.table("business_date", 1)
	if err != nil || len(rows) == 0 {
		return
	}
	v.books = books{rows[0]["business_date"], rows[0]["time_zone"], rows[0]["currency"], rows[0]["live_since"]}
	v.zone = zoneOf(v.books.Zone)
}

func (v *visit) is(roles access.Roles) bool { return roles.IncludeAny(v.who.Roles) }

// show answers with a page.
func (v *visit) show(p *Page) {
	title, section, again := p.Title, p.Section, p.Again
	p.Shell = v.shell
	p.Title, p.Section, p.Again = title, section, again
	p.Nav = v.nav(section)
	if p.Live || p.Follows != "" || p.Customer != "" {
		p.FollowURL = v.follows(p)
	}
	if p.Flash == "" {
		p.Flash = flashOf(v)
	}
	if p.Status == 0 {
		p.Status = http.StatusOK
	}
	text, ok := v.rendered(v.w, "page", p)
	if !ok {
		return
	}
	took := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	v.w.Header().Set("Server-Timing", fmt.Sprintf("api;dur=%.2f;desc=\"%d requests\", page;dur=%.2f", took(v.spent), v.requests, took(time.Since(v.began))))
	send(v.w, p.Status, text)
}

// fail answers with what went wrong, in words, with a way out.
func (v *visit) fail(p *Problem) {
	page := &Page{Status: p.Status, Panels: []Panel{{Problem: p}}}
	page.Title = p.Title
	if page.Title == "" {
		page.Title = http.StatusText(p.Status)
	}
	v.show(page)
}

func (c *console) shell(r *http.Request, title string) Shell {
	return Shell{Title: title, Theme: themeOf(r), Path: r.URL.RequestURI(), Query: r.URL.Query().Get("q"), Version: c.version}
}

// render writes a template whole, or not at all.
func (c *console) render(w http.ResponseWriter, status int, name string, data any) {
	if text, ok := c.rendered(w, name, data); ok {
		send(w, status, text)
	}
}

// rendered returns a template's text; false where that was answered with a fault.
func (c *console) rendered(w http.ResponseWriter, name string, data any) ([]byte, bool) {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name, data); err != nil {
		c.logger.Error("render a page", "template", name, "error", err)
		http.Error(w, "The page could not be made; the server's log says why.", http.StatusInternalServerError)
		return nil, false
	}
	return b.Bytes(), true
}

func send(w http.ResponseWriter, status int, text []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(text) // the reader may be gone
}

// add adds a panel, or why it is not there. What the role may not see is left out.
func (p *Page) add(panel Panel, err error) {
	if forbidden(err) {
		return
	}
	if err != nil {
		panel = Panel{Title: panel.Title, Wide: panel.Wide, Problem: problemOf(err)}
	}
	if panel.Title == "" && len(panel.Figures) == 0 && panel.Custom == "" && panel.Form == nil && panel.Problem == nil {
		return // there is nothing to show yet
	}
	p.Panels = append(p.Panels, panel)
}
