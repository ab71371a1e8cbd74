package web

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
)

// actions are the routes of forms: one for each command, made from its declaration.
func (c *console) actions() {
	c.page(pageOf{"GET /do", access.Everyone, (*visit).allCommands})
	c.page(pageOf{"GET /do/{command}", access.Everyone, (*visit).commandForm})
	c.page(pageOf{"POST /do/{command}", access.Everyone, (*visit).carryOut})
}

// command returns a command by its name, if the visitor may have it done.
func (v *visit) command(name string) (*command, error) {
	if err := v.forms.load(); err != nil {
		return nil, err
	}
	one := v.forms.all[name]
	if one == nil {
		return nil, &Problem{Status: http.StatusNotFound, Title: "There is no such action", Detail: "All that can be done is listed under Actions."}
	}
	if !v.is(one.Roles) {
		return nil, forbids(one.Summary + ": this is for " + one.Roles.String() + ".")
	}
	return one, nil
}

// may reports whether the visitor may have a command done.
func (v *visit) may(name string) bool {
	_, err := v.command(name)
	return err == nil
}

// allCommands lists what the visitor can have done.
func (v *visit) allCommands() (*Page, error) {
	if err := v.forms.load(); err != nil {
		return nil, err
	}
	p := &Page{Lead: "Everything that can be recorded or decided, by what it is about. Most of it is nearer at hand on the page of a customer."}
	p.Title, p.Section = "Actions", "do"
	for _, tag := range v.forms.tags {
		t := &Table{Caption: words(tag), Heads: []Head{{Text: "Action"}, {Text: "What it does"}}}
		for _, one := range v.forms.sorted(tag) {
			if v.is(one.Roles) {
				t.Rows = append(t.Rows, []Cell{{Text: one.Summary, Href: "/do/" + one.Name}, {Text: one.Explained, Tone: "dim"}})
			}
		}
		if len(t.Rows) > 0 {
			p.Panels = append(p.Panels, Panel{Title: words(tag), Table: t})
		}
	}
	return p, nil
}

func (c *catalogue) sorted(tag string) (all []*command) {
	for _, one := range c.all {
		if one.Tag == tag {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b *command) int { return strings.Compare(a.Path+a.Name, b.Path+b.Name) })
	return all
}

// commandForm shows the form of a command, filled in with what the address says.
func (v *visit) commandForm() (*Page, error) {
	one, err := v.command(v.r.PathValue("command"))
	if err != nil {
		return nil, err
	}
	typed := values(v.r.URL.Query())
	return v.formPage(one, typed, nil, http.StatusOK), nil
}

func (v *visit) formPage(one *command, typed values, problem *Problem, status int) *Page {
	p := &Page{Lead: one.Explained, Status: status}
	p.Title, p.Section = one.Summary, "do"
	if id := typed.get("customer_id"); id != "" {
		p.Tabs = []Link{{Text: "‹ Back to the customer", Href: "/customers/" + url.PathEscape(id)}}
	}
	p.Panels = []Panel{{Form: v.form(one, typed, problem), Wide: 8}}
	return p
}

// form makes the form of a command.
func (v *visit) form(one *command, typed values, problem *Problem) *Form {
	f := &Form{Action: "/do/" + one.Name, Command: one, Key: typed.get("_key"), Next: typed.get("_next"), Problem: problem, Button: one.Summary,
		Danger: one.Method == http.MethodDelete || one.Name == "erase_customer"}
	if f.Key == "" {
		f.Key = rand.Text()
	}
	var faults []Fault
	if problem != nil {
		faults = problem.Errors
	}
	f.Inputs, f.More = one.inputs(typed, faults, v.zone)
	if problem != nil {
		f.Loose = loose(faults, f.Inputs, f.More)
	}
	return f
}

// carryOut has a command done as it was filled in.
func (v *visit) carryOut() (*Page, error) {
	one, err := v.command(v.r.PathValue("command"))
	if err != nil {
		return nil, err
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, 1<<20)
	if err := v.r.ParseForm(); err != nil {
		return nil, &Problem{Status: http.StatusRequestEntityTooLarge, Title: "Too much at once", Detail: "A form holds at most a megabyte."}
	}
	typed := values(v.r.PostForm)
	if typed.get("_add") != "" {
		return v.formPage(one, typed, nil, http.StatusOK), nil
	}
	path := one.Path
	for _, p := range one.Params {
		value := strings.TrimSpace(typed.get(p))
		if value == "" {
			return v.formPage(one, typed, &Problem{Status: http.StatusBadRequest, Errors: []Fault{{Location: "path." + p, Message: "this is needed"}}},
				http.StatusBadRequest), nil
		}
		path = strings.Replace(path, "{"+p+"}", url.PathEscape(value), 1)
	}
	body := map[string]any{}
	var faults []Fault
	if one.Body != nil {
		body = one.Body.body("", typed, v.zone, &faults)
	}
	if len(faults) > 0 {
		return v.formPage(one, typed, &Problem{Status: http.StatusBadRequest, Errors: faults}, http.StatusBadRequest), nil
	}
	key := ""
	if one.Repeatable {
		key = typed.get("_key")
	}
	done, err := v.send(one.Method, path, body, key)
	if err != nil {
		problem := problemOf(err)
		return v.formPage(one, typed, problem, problem.Status), nil
	}
	return v.done(one, typed, done)
}

// done shows what came of a command: where its effect is to be seen, once the tables have it.
func (v *visit) done(one *command, typed values, done map[string]any) (*Page, error) {
	if token, ok := done["token"].(string); ok {
		p := &Page{Lead: "It is told this once. Whoever has it may do what its role may."}
		p.Title, p.Section = "A token was issued", "access"
		p.Panels = []Panel{{Facts: []Fact{{Name: "Token", Value: Cell{Text: token}}, {Name: "Sign in with it, or send it as", Value: Cell{Text: "Authorization: Bearer …"}}},
			Links: []Link{{Text: "All tokens", Href: "/audit/tokens"}}, Title: "Keep it safe"}}
		return p, nil
	}
	if position, ok := done["position"].(float64); ok {
		var ignored any
		_ = v.get(fmt.Sprintf("/v1/loyalty/stages?after=%d", int64(position)), &ignored) // else the page is shown as it is by then
	}
	next := local(typed.get("_next"))
	if typed.get("_next") == "" {
		next = v.after(one, typed, done)
	}
	u, err := url.Parse(next)
	if err != nil {
		return nil, err
	}
	q := u.Query()
	q.Set("done", one.Name)
	u.RawQuery = q.Encode()
	http.Redirect(v.w, v.r, u.String(), http.StatusSeeOther)
	return nil, nil
}

// after is the page on which the effect of a command is to be seen.
func (v *visit) after(one *command, typed values, done map[string]any) string {
	id, _ := done["customer_id"].(string)
	if id == "" {
		id = typed.get("customer_id")
	}
	switch {
	case id != "":
		return "/customers/" + url.PathEscape(id)
	case one.Tag == "segments":
		return "/segments/" + url.PathEscape(typed.get("name"))
	}
	if to, ok := map[string]string{"guidance": "/guidance", "campaigns": "/marketing", "policies": "/segments", "value": "/value",
		"projections": "/operations", "calendar": "/operations", "access": "/audit/tokens", "integration": "/operations", "products": "/sales/demand",
		"questionnaires": "/marketing/surveys", "proof": "/audit"}[one.Tag]; ok {
		return to
	}
	return "/do"
}

// flashOf says what was done just before.
func flashOf(v *visit) string {
	name := v.r.URL.Query().Get("done")
	if name == "" || v.forms.load() != nil || v.forms.all[name] == nil {
		return ""
	}
	return "Done: " + strings.ToLower(v.forms.all[name].Summary[:1]) + v.forms.all[name].Summary[1:] + "."
}

// button is a button that has a command done at once, and comes back.
func (v *visit) button(name, label string, fields map[string]string, tone string) Cell {
	if !v.may(name) {
		return Cell{}
	}
	all := map[string]string{"_next": v.r.URL.RequestURI(), "_key": rand.Text()}
	for k, value := range fields {
		all[k] = value
	}
	return Cell{Post: &Action{Label: label, Path: "/do/" + name, Fields: all, Tone: tone}}
}

// doing is the address of a command's form with some fields filled in.
func doing(name string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return "/do/" + name + "?" + q.Encode()
}
