package api_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// eachText calls f for each text within a JSON value, with what replaces it.
func eachText(v any, f func(replace func(string), was string)) {
	switch v := v.(type) {
	case map[string]any:
		for name, one := range v {
			if was, ok := one.(string); ok {
				f(func(s string) { v[name] = s }, was)
			}
			eachText(one, f)
		}
	case []any:
		for i, one := range v {
			if was, ok := one.(string); ok {
				f(func(s string) { v[i] = s }, was)
			}
			eachText(one, f)
		}
	}
}

// A text of blanks is refused wherever a text can stand.
func TestTextsOfBlanksAreRefused(t *testing.T) {
	w := newWorld(t)
	texts := 0
	w.eachExample(func(method, path, example string) {
		var body any
		if err := json.Unmarshal([]byte(example), &body); err != nil {
			t.Fatal(err)
		}
		eachText(body, func(replace func(string), was string) {
			texts++
			for _, blank := range []string{"  ", "\u200b\u00a0", "\u3164"} {
				replace(blank)
				if a := w.do(method, path, marshal(t, body)); a.StatusCode/100 != 4 || strings.Contains(a.text, "path.") {
					t.Errorf("%s %s %s: %s", method, path, marshal(t, body), a.text)
				}
			}
			replace(was)
		})
		w.must(201, method, path, example)
	})
	for _, name := range []string{"actor", "department", "channel", "source"} {
		a := w.do("POST", "/v1/customers", `{"kind":"person","`+name+`":" \u200b"}`)
		if a.StatusCode != 422 {
			t.Errorf("%s: %s", name, a.Status)
		}
	}
	if texts < 150 {
		t.Errorf("%d texts", texts)
	}
}
