package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain/access"
)

// odd is what people write and what others try: markup, quotes, from right to left, emoji, and a word without an end; some 300 letters.
var odd = `<script>alert(1)</script>"'><img src=x onerror=alert(2)> مرحبا بالعالم 👩‍👩‍👧 Ünïcödé ` + strings.Repeat("endless", 26)

// raw are pieces of it that no page may have as they are.
var raw = []string{"<script>alert", "<img src"}

// oddly is the example of a command with odd texts in it: in all that may hold any text, or in what is written at length alone.
func (c *command) oddly(everywhere bool) map[string]any {
	var replace func(fields []*field, of map[string]any) map[string]any
	replace = func(fields []*field, of map[string]any) map[string]any {
		out := map[string]any{}
		for _, f := range fields {
			value, told := of[f.Name]
			free := (f.Kind == "text" || f.Kind == "long") && len(f.Options) == 0 && f.Pattern == "" && (f.MaxLength == 0 || f.MaxLength >= len(odd))
			switch {
			case !told || f.Name == "occurred_at":
			case free && (everywhere || slices.Contains(append([]string{"name", "title", "description", "comment"}, longTexts...), f.Name)):
				out[f.Name] = odd
			case f.Kind == "object":
				out[f.Name] = replace(f.Fields, inner(value))
			case f.Kind == "list":
				out[f.Name] = []any{replace(f.Fields, inner(value))}
			default:
				out[f.Name] = value
			}
		}
		return out
	}
	return replace(c.Body.Fields, c.example)
}

// An odd customer, of whom all is recorded that the examples of commands tell, in odd texts: every page shows it as text.
func (s *shop) testTexts(t *testing.T) {
	p := s.person(t, access.Admin)
	a := p.post("/do/register_customer", url.Values{"kind": {"organisation"}, "name": {odd}})
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("register: %d %s", a.StatusCode, a.text)
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(a.Header.Get("Location"), "/customers/"), "?")
	taken := s.recordOddly(t, id)
	if len(taken) < 12 {
		t.Errorf("only %d commands took odd texts: %q", len(taken), taken)
	}
	for command, form := range map[string]url.Values{
		"define_segment":   {"name": {"oddities"}, "title": {odd}, "rule": {`kind == "organisation" && orders < 9`}},
		"plan_campaign":    {"campaign": {"oddities"}, "title": {odd}, "purpose": {"marketing"}, "through": {"email"}, "window_days": {"9"}, "cells[0].cell": {"one"}},
		"describe_product": {"sku": {"odd"}, "name": {odd}},
	} {
		if a := p.post("/do/"+command, form); a.StatusCode != http.StatusSeeOther && s.console.forms.all[command] != nil {
			t.Errorf("%s: %d %s", command, a.StatusCode, a.text)
		}
	}
	s.caughtUp()
	s.odd = id
	base := "/customers/" + id
	must := []string{base, base + "/timeline", base + "/asof", base + "/erase", "/customers?q=" + url.QueryEscape(odd[:40]), "/service", "/sales", "/work", "/marketing",
		"/segments", "/segments/oddities"}
	paths := slices.Clone(must)
	for pattern := range s.console.roles {
		if strings.HasPrefix(pattern, "GET ") && !slices.Contains(noPages, pattern) {
			paths = append(paths, s.addressOf(pattern))
		}
	}
	for _, path := range paths {
		a := p.get(path)
		for _, piece := range raw {
			if strings.Contains(a.text, piece) {
				t.Errorf("%s has %q as it is", path, piece)
			}
		}
		if slices.Contains(must, path) && !strings.Contains(a.text, "&lt;script&gt;alert") {
			t.Errorf("%s does not show the odd text: %d", path, a.StatusCode)
		}
		if a.StatusCode >= http.StatusInternalServerError {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	if page := p.get(base).text; !strings.Contains(page, "<bdi>&lt;script&gt;") {
		t.Error("a text from right to left is not set apart")
	}
}

// recordOddly has everything done that can be done of a customer alone, and returns what was.
func (s *shop) recordOddly(t *testing.T, id string) (taken []string) {
	t.Helper()
	all := s.console.forms.all
	for name, one := range all {
		if !slices.Equal(one.Params, []string{"customer_id"}) || one.Body == nil || one.Method != http.MethodPost || one.example == nil ||
			slices.Contains([]string{"merge_customers", "split_customers", "erase_customer", "archive_customer"}, name) {
			continue
		}
		for _, everywhere := range []bool{true, false} {
			body, err := json.Marshal(one.oddly(everywhere))
			if err != nil {
				t.Fatal(err)
			}
			status, _ := s.ask(t, s.tokens[access.Admin], one.Method, strings.Replace(one.Path, "{customer_id}", id, 1), string(body))
			if status < http.StatusMultipleChoices {
				if strings.Contains(string(body), "endless") {
					taken = append(taken, name)
				}
				break
			}
		}
	}
	return taken
}
