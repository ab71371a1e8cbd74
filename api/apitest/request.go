package apitest

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

// request is a story's command as an app sends it. What the story filled in, as the handler does, goes back to
// where the handler finds it: into the body's circumstances, or into other streams.
type request struct {
	t       *testing.T
	route   api.Route
	path    string
	members map[string]any
	given   []given
}

// given is what stands in another stream.
type given struct {
	stream string
	events []domain.Event
}

var parameter = regexp.MustCompile(`\{([a-z_]+)\}`)

func newRequest(t *testing.T, stream string, command any, route api.Route) *request {
	t.Helper()
	text, err := json.Marshal(command)
	if err != nil {
		t.Fatal(err)
	}
	r := &request{t: t, route: route}
	if err := json.Unmarshal(text, &r.members); err != nil {
		t.Fatal(err)
	}
	forget(r.members)
	if id, ok := customer.IDOf(stream); ok {
		r.members["customer_id"] = id.String()
	}
	r.path = parameter.ReplaceAllStringFunc(route.Path, func(name string) string {
		if number, ok := r.members[name[1:len(name)-1]].(float64); ok {
			return strconv.Itoa(int(number))
		}
		value, _ := r.members[name[1:len(name)-1]].(string)
		return url.PathEscape(value)
	})
	return r
}

func (r *request) body() string {
	text, err := json.Marshal(r.members)
	if err != nil {
		r.t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\ufffd", "\xff") // Go writes so what is no UTF-8; others send it as it is
}

// forget drops ids that are none, as apps leave them out, and sends lists of nothing as such.
func forget(members map[string]any) {
	for name, value := range members {
		switch value {
		case uuid.Nil.String():
			delete(members, name)
		case nil:
			members[name] = []any{}
		}
		if inner, ok := value.(map[string]any); ok {
			forget(inner)
		}
	}
}

// putBack says what the command was asked in.
func putBack[N domain.Needing](r *request, g domain.Given[N]) {
	switch {
	case !g.When.IsZero():
		r.members["occurred_at"] = g.When
	case g.On != 0:
		r.members["occurred_at"] = g.On.Time()
	}
	for member, text := range map[string]string{"actor": g.By.Actor, "department": g.By.Department, "source": g.By.Source} {
		if text != "" {
			r.members[member] = text
		}
	}
	if g.Reporting != "" {
		r.also(business.Stream, business.CurrencySet{Currency: g.Reporting})
	}
	of, ok := any(g.Needs).(customer.Needs)
	if !ok {
		return
	}
	if asked := of.Questionnaire.Template; asked != nil {
		r.published(asked)
	}
	if running := of.Campaign.Running; running != nil {
		name, _ := r.members["campaign"].(string)
		r.also(campaign.Stream(name), campaign.Planned{Campaign: name, Terms: *running}, campaign.Launched{Campaign: name})
	}
	if terms := of.Service.Terms; terms != nil {
		r.also(policy.Stream(policy.ServiceName), policy.Published{Policy: policy.ServiceName, Version: 1, Service: terms})
	}
}

func (r *request) also(stream string, events ...domain.Event) {
	r.given = append(r.given, given{stream, events})
}

// published makes what was asked of the customer the version that the command names.
func (r *request) published(t *questionnaire.Template) {
	id, _ := r.members["questionnaire"].(string)
	version, _ := r.members["version"].(float64)
	for n := range int(version) {
		r.also(questionnaire.Stream(id), questionnaire.Published{ID: id, Version: n + 1, Template: *t})
	}
}
