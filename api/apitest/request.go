package apitest

import (
	"encoding/json"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

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
		value, _ := r.members[name[1:len(name)-1]].(string)
		return url.PathEscape(value)
	})
	r.putBack(command)
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

// putBack goes through the members of a command that apps do not see.
func (r *request) putBack(command any) {
	c := reflect.New(reflect.TypeOf(command)).Elem()
	c.Set(reflect.ValueOf(command))
	for i := range c.NumField() {
		f := c.Type().Field(i)
		hidden := reflect.NewAt(f.Type, c.Field(i).Addr().UnsafePointer()).Elem()
		if f.IsExported() && f.Tag.Get("json") != "-" || hidden.IsZero() {
			continue
		}
		switch v := hidden.Interface().(type) {
		case time.Time:
			r.members["occurred_at"] = v
		case domain.Day:
			if f.Name == "on" && r.members["occurred_at"] == nil {
				r.members["occurred_at"] = v.Time()
			}
		case string:
			r.members[f.Name] = v
		case domain.Currency:
			r.also(business.Stream, business.CurrencySet{Currency: v})
		case *questionnaire.Template:
			r.published(v)
		case *campaign.Terms:
			name, _ := r.members["campaign"].(string)
			r.also(campaign.Stream(name), campaign.Planned{Campaign: name, Terms: *v}, campaign.Launched{Campaign: name})
		default:
			r.putBackTerms(hidden)
		}
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

// putBackTerms publishes the terms of service that a struct of the command holds.
func (r *request) putBackTerms(hidden reflect.Value) {
	if hidden.Kind() != reflect.Struct {
		return
	}
	for i := range hidden.NumField() {
		f := hidden.Field(i)
		terms, ok := reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem().Interface().(*customer.ServiceTerms)
		if ok && terms != nil {
			r.also(policy.Stream(policy.ServiceName), policy.Published{Policy: policy.ServiceName, Version: 1, Service: terms})
		}
	}
}
