package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
)

// corrections are the routes by which a fact that was recorded by mistake is recorded anew.
func (c *console) corrections() {
	c.page(pageOf{"GET /customers/{id}/facts/{revision}", access.Apps, (*visit).correctionForm})
	c.page(pageOf{"POST /customers/{id}/facts/{revision}", access.Apps, (*visit).correct})
}

// irregular are participles that do not end in -ed.
var irregular = map[string]string{"make": "made", "keep": "kept", "break": "broken", "hold": "held", "win": "won", "lose": "lost",
	"give": "given", "spend": "spent", "send": "sent", "ship": "shipped"}

// otherwise are the events that are not called after their command.
var otherwise = map[string]string{"defect_found": "report_defect", "handed_over": "hand_over", "data_shared": "share_data",
	"campaign_assigned": "assign_to_campaign", "campaign_message_sent": "send_campaign_message"}

var eventName = regexp.MustCompile(`^customer\.([a-z_]+)\.v\d+$`)

// recorder returns the command that records a type of fact of a customer; nil where a form cannot correct it. A purchase_recorded is
// what record_purchase records.
func (c *catalogue) recorder(eventType string) *command {
	parts := eventName.FindStringSubmatch(eventType)
	if parts == nil || c.load() != nil {
		return nil
	}
	for name, one := range c.all {
		if len(one.Params) != 1 || one.Params[0] != "customer_id" || one.Body == nil || one.Method != http.MethodPost {
			continue
		}
		verb, noun, _ := strings.Cut(name, "_")
		past := cmp.Or(irregular[verb], strings.TrimSuffix(verb, "e")+"ed")
		if noun+"_"+past == parts[1] || otherwise[parts[1]] == name {
			return one
		}
	}
	return nil
}

// recorded is a fact as the log has it, but for what is personal in it.
type recorded struct {
	Position, Revision                 uint64
	Type, Stream                       string
	Actor, Source, Department, Channel string
	OccurredAt                         string `json:"occurred_at"`
	Data                               map[string]any
}

// fact returns the fact at a position of the log, of a customer's stream.
func (v *visit) fact(customer string, position uint64) (recorded, error) {
	var out struct{ Events []recorded }
	q := url.Values{"customer_id": {customer}, "position": {strconv.FormatUint(max(position, 1)-1, 10)}, "limit": {"1"}}
	if err := v.get("/v1/events?"+q.Encode(), &out); err != nil {
		return recorded{}, err
	}
	for _, e := range out.Events {
		if e.Position == position {
			return e, nil
		}
	}
	return recorded{}, &Problem{Status: http.StatusNotFound, Title: "There is no such fact", Detail: "The timeline names all that there are."}
}

// as is where in a correction stands what should have been recorded.
const as = "as."

// told are the values of a form for a fact: what the log has, and what is personal as the API shows it.
func (v *visit) told(one *command, customer string, f recorded) values {
	content := f.Data
	for _, member := range one.Body.Fields {
		id, _ := f.Data[member.Name].(string)
		if member.Kind != "uuid" || id == "" {
			continue
		}
		var item map[string]any
		if v.get(strings.Replace(one.Path, "{customer_id}", url.PathEscape(customer), 1)+"/"+url.PathEscape(id), &item) == nil {
			maps.DeleteFunc(content, func(_ string, value any) bool { return value == "" }) // what is personal
			maps.Copy(item, content)
			content = item
		}
	}
	out := values{}
	one.Body.fill(as, content, out)
	delete(out, as+"occurred_at") // it happened when it did
	for name, value := range map[string]string{"actor": f.Actor, "source": f.Source, "department": f.Department, "channel": f.Channel} {
		if value != "" {
			out[as+name] = []string{value}
		}
	}
	return out
}

// fill sets the values of a form's elements from what a command told.
func (f *field) fill(prefix string, content map[string]any, into values) {
	for _, one := range f.Fields {
		name := prefix + one.Name
		switch value := content[one.Name].(type) {
		case nil:
		case map[string]any:
			if one.Kind == "object" {
				one.fill(name+".", value, into)
			} else {
				into[name] = []string{written(value)}
			}
		case []any:
			if one.Kind == "list" {
				for i, line := range value {
					inner, _ := line.(map[string]any)
					one.fill(fmt.Sprintf("%s[%d].", name, i), inner, into)
				}
			} else if one.Kind == "texts" {
				lines := make([]string, len(value))
				for i, line := range value {
					lines[i] = written(line)
				}
				into[name] = []string{strings.Join(lines, "\n")}
			} else {
				into[name] = []string{written(value)}
			}
		default:
			into[name] = []string{written(value)}
		}
	}
}

// written is a value as it is typed.
func written(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}

// correctionForm shows a fact in the form by which it was recorded.
func (v *visit) correctionForm() (*Page, error) {
	customer := v.r.PathValue("id")
	position, err := strconv.ParseUint(v.r.URL.Query().Get("position"), 10, 63)
	if err != nil {
		return nil, &Problem{Status: http.StatusBadRequest, Title: "Which fact?", Detail: "The timeline of the customer leads here."}
	}
	f, err := v.fact(customer, position)
	if err != nil {
		return nil, err
	}
	one := v.forms.recorder(f.Type)
	if one == nil || !v.is(one.Roles) {
		return nil, &Problem{Status: http.StatusUnprocessableEntity, Title: "This cannot be corrected by a form",
			Detail: "Void it, and record what was so under Actions."}
	}
	typed := v.told(one, customer, f)
	typed["_next"] = []string{v.r.URL.Query().Get("_next")}
	return v.correctionPage(one, f.OccurredAt, typed, nil, http.StatusOK), nil
}

func (v *visit) correctionPage(one *command, occurred string, typed values, problem *Problem, status int) *Page {
	customer, revision := url.PathEscape(v.r.PathValue("id")), url.PathEscape(v.r.PathValue("revision"))
	p := &Page{Status: status, Lead: "What was recorded is voided, and recorded anew as you say it here. The log keeps both."}
	p.Title, p.Section = "Correct a fact", "customers"
	p.Tabs = []Link{{Text: "‹ Back to the customer", Href: "/customers/" + customer}}
	f := v.form(one, typed, problem)
	f.Action, f.Button, f.Danger = "/customers/"+customer+"/facts/"+revision, "Correct it", false
	var faults []Fault
	if problem != nil {
		faults = problem.Errors
	}
	reason := &field{Name: "reason", Kind: "long", Required: true, Help: "Why it was wrong", MaxLength: 1000}
	all, more := one.members(as, typed, faults)
	for i := range all {
		all[i].Fixed = all[i].Fixed || all[i].Kind == "uuid" && all[i].Value != "" && all[i].Fault == "" // it stays the same thing
	}
	f.Inputs = append([]Input{reason.input("", typed, faults, true)}, all...)
	f.Hidden = map[string]string{"_command": one.Name, "_occurred": occurred}
	if f.More = more; problem != nil {
		f.Loose = loose(faults, f.Inputs, f.More)
	}
	panel := Panel{Title: one.Summary, Form: f, Wide: 8}
	if at, err := time.Parse(time.RFC3339, occurred); err == nil {
		panel.Note = "It happened on " + v.Time(at.Format(time.RFC3339)) + ", unless you say otherwise."
	}
	p.Panels = []Panel{panel}
	return p
}

// correct has a fact voided and recorded anew.
func (v *visit) correct() (*Page, error) {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, 1<<20)
	if err := v.r.ParseForm(); err != nil {
		return nil, &Problem{Status: http.StatusRequestEntityTooLarge, Title: "Too much at once", Detail: "A form holds at most a megabyte."}
	}
	typed := values(v.r.PostForm)
	one, err := v.command(typed.get("_command"))
	if err != nil {
		return nil, err
	}
	again := func(problem *Problem, status int) *Page {
		return v.correctionPage(one, typed.get("_occurred"), typed, problem, status)
	}
	if one.Body == nil || typed.get("_add") != "" {
		return again(nil, http.StatusOK), nil
	}
	var faults []Fault
	told := one.Body.body(as, typed, v.zone, &faults)
	if len(faults) > 0 {
		return again(&Problem{Status: http.StatusBadRequest, Errors: faults}, http.StatusBadRequest), nil
	}
	told["command"] = one.Name
	customer := v.r.PathValue("id")
	done, err := v.send(http.MethodPost, "/v1/customers/"+url.PathEscape(customer)+"/facts/"+url.PathEscape(v.r.PathValue("revision"))+"/corrected",
		map[string]any{"reason": typed.get("reason"), "as": told}, typed.get("_key"))
	if err != nil {
		problem := problemOf(err)
		return again(problem, problem.Status), nil
	}
	correction, err := v.command("correct_fact")
	if err != nil {
		return nil, err
	}
	return v.done(correction, values{"customer_id": {customer}, "_next": {typed.get("_next")}}, done)
}
