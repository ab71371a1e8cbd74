package api_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// sketch is a document's schemas, from which bodies are made.
type sketch struct{ schemas map[string]any }

// resolve follows references.
func (s sketch) resolve(schema any) map[string]any {
	out, _ := schema.(map[string]any)
	for {
		ref, ok := out["$ref"].(string)
		if !ok {
			return out
		}
		out = s.schemas[ref[strings.LastIndexByte(ref, '/')+1:]].(map[string]any)
	}
}

// full returns a value with every member that there can be.
func (s sketch) full(schema any) any {
	of := s.resolve(schema)
	kind := of["type"]
	if several, ok := kind.([]any); ok {
		kind = several[0]
	}
	switch kind {
	case "object":
		if examples, ok := of["examples"].([]any); ok {
			return maps.Clone(examples[0].(map[string]any))
		}
		out := map[string]any{}
		for name, member := range s.members(of) {
			out[name] = s.full(member)
		}
		if more, ok := of["additionalProperties"].(map[string]any); ok {
			out["x"] = s.full(more)
		}
		return out
	case "array":
		return []any{s.full(of["items"])}
	case "integer", "number":
		return 1
	case "boolean":
		return true
	}
	switch of["format"] {
	case "uuid":
		return alice
	case "date":
		return "2024-05-01"
	case "date-time":
		return "2024-05-01T12:00:00Z"
	}
	return "1"
}

func (s sketch) members(of map[string]any) map[string]any {
	members, _ := of["properties"].(map[string]any)
	return members
}

// eachRequired calls f for every place of a value at which the schema requires a member.
func (s sketch) eachRequired(schema, value any, at string, f func(object map[string]any, name, at string)) {
	of := s.resolve(schema)
	switch v := value.(type) {
	case map[string]any:
		required, _ := of["required"].([]any)
		for _, name := range required {
			f(v, name.(string), at+"."+name.(string))
		}
		members := s.members(of)
		for _, name := range slices.Sorted(maps.Keys(members)) {
			s.eachRequired(members[name], v[name], at+"."+name, f)
		}
	case []any:
		s.eachRequired(of["items"], v[0], at+"[0]", f)
	}
}

func (s sketch) bodyOf(operation any) (schema any, ok bool) {
	o, _ := operation.(map[string]any)
	body, _ := o["requestBody"].(map[string]any)
	content, _ := body["content"].(map[string]any)
	json, ok := content["application/json"].(map[string]any)
	return json["schema"], ok
}

// commandOf returns the command that an operation carries out, or its id.
func commandOf(operation any) string {
	o := operation.(map[string]any)
	if name, ok := o["x-command"].(string); ok {
		return name
	}
	return o["operationId"].(string)
}

// What the document requires is refused where it is left out or null, in a body of its own and in a line of a batch.
func TestEveryRequiredMemberIsMissed(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	document := w.must(200, "GET", "/openapi.json", "").json(t)
	s := sketch{document["components"].(map[string]any)["schemas"].(map[string]any)}
	named := strings.NewReplacer("{customer_id}", alice, "{revision}", "1", "{name}", "vip", "{webhook}", "shop", "{subscription}", "desk", "{campaign}", "spring",
		"{questionnaire}", "service", "{sku}", "lamp")
	left := 0
	for path, operations := range document["paths"].(map[string]any) {
		for method, operation := range operations.(map[string]any) {
			schema, ok := s.bodyOf(operation)
			if !ok || strings.HasPrefix(path, "/v1/hooks") || strings.HasPrefix(path, "/v1/proof") || path == "/v1/tokens" {
				continue
			}
			method, path, name := strings.ToUpper(method), named.Replace(path), commandOf(operation)
			ask := func(value any) string {
				a := w.do(method, path, marshal(t, value))
				if a.StatusCode/100 == 2 {
					return a.Status
				}
				return told(t, a)
			}
			whole := s.full(schema)
			if got := ask(whole); strings.HasPrefix(got, "400 field_") {
				t.Errorf("%s %s %s, with every member: %s", method, path, marshal(t, whole), got)
			}
			s.eachRequired(schema, whole, "body", func(object map[string]any, member, at string) {
				kept, want := object[member], "400 field_missing "+at
				defer func() { object[member] = kept }()
				object[member] = nil
				if got := ask(whole); got != want {
					t.Errorf("%s %s without %s (null): %s", method, path, at, got)
				}
				delete(object, member)
				if got := ask(whole); got != want {
					t.Errorf("%s %s without %s: %s", method, path, at, got)
				}
				if name != "register_customer" { // whose id need not be given
					line := fmt.Sprintf(`{"command":%q,"body":%s}`, name, marshal(t, whole))
					p := w.batch(line)[0]["problem"]
					if got := summed(t, p.(map[string]any), 400); got != want {
						t.Errorf("%s without %s: %s", line, at, got)
					}
				}
				left++
			})
		}
	}
	if left < 150 {
		t.Errorf("%d members were left out", left)
	}
	t.Logf("%d members were left out", left)
}

func TestEveryRequiredParameterIsMissed(t *testing.T) {
	w := newFollowing(t).world
	document := w.must(200, "GET", "/openapi.json", "").json(t)
	left := 0
	for path, operations := range document["paths"].(map[string]any) {
		operation, ok := operations.(map[string]any)["get"].(map[string]any)
		if !ok {
			continue
		}
		parameters, _ := operation["parameters"].([]any)
		for _, p := range parameters {
			parameter := p.(map[string]any)
			if parameter["in"] != "query" || parameter["required"] != true {
				continue
			}
			named := strings.NewReplacer("{customer_id}", alice, "{revision}", "0", "{name}", "vip", "{sku}", "lamp").Replace(path)
			got := told(t, w.do("GET", named, ""))
			if !strings.HasPrefix(got, "400 parameter_malformed query.") {
				t.Errorf("GET %s without %v: %s", named, parameter["name"], got)
			}
			left++
		}
	}
	if left == 0 {
		t.Error("no parameter is required")
	}
}

func TestAllFaultsAreToldAtOnce(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	body := `{"colour":"red","occurred_at":"yesterday","reference":"a\u001bb","lines":[{"sku":"tea","unit_price":"1,5"},null,` +
		`{"sku":7,"quantity":1,"unit_price":null}]}`
	want := []string{"field_unknown body.colour", "time_malformed body.occurred_at", "text_malformed body.reference",
		"number_malformed body.lines[0].unit_price", "field_missing body.lines[0].quantity", "field_missing body.lines[1].sku",
		"field_missing body.lines[1].quantity", "field_missing body.lines[1].unit_price", "field_malformed body.lines[2].sku",
		"field_missing body.lines[2].unit_price", "field_missing body.currency"}
	check := func(problem map[string]any) {
		t.Helper()
		var got []string
		for _, e := range problem["errors"].([]any) {
			fault := e.(map[string]any)
			got = append(got, fmt.Sprint(fault["code"], " ", fault["location"]))
		}
		if !slices.Equal(got, want) || problem["code"] != "field_unknown" {
			t.Errorf("%v: got\n%s, want\n%s", problem["code"], strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	check(w.must(400, "POST", purchases(alice), body).json(t))
	line := `{"command":"record_purchase","customer_id":"` + alice + `","body":` + body + `}`
	check(w.batch(line)[0]["problem"].(map[string]any))
}
