package api

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// A price that is not given must not become a price of nothing, nor a missing date the first of January 1970.
// Other members that are needed have no zero value that makes sense, so the domain refuses that.

// requirement is what a type has of such members; nil where it has none.
type requirement struct {
	// blank tells, at the cost of a glance, whether one of them has its zero value.
	blank func(v reflect.Value) bool
	// missing looks in the JSON as it was sent for one that is not there, and answers its path (".lines[0].quantity").
	missing func(sent any) (path string, found bool)
}

// refuseMissing tells which needed member is missing from a body; nested where that body is a member itself.
func (r *requirement) refuseMissing(text []byte, body reflect.Value, nested bool) error {
	if r == nil || !r.blank(body) {
		return nil
	}
	var sent any
	if err := json.Unmarshal(text, &sent); err != nil {
		return unreadable(err, len(text))
	}
	if line, ok := sent.(map[string]any); ok && nested {
		sent = line["body"]
	}
	if path, found := r.missing(sent); found {
		return malformed("body"+path, "field_missing", "this field is needed")
	}
	return nil
}

var ambiguous = map[reflect.Type]bool{reflect.TypeFor[decimal.Decimal](): true, reflect.TypeFor[domain.Day](): true}

// requirementOf builds the requirement of a type, once.
func requirementOf(t reflect.Type) *requirement {
	switch {
	case ambiguous[t]:
		return &requirement{blank: reflect.Value.IsZero,
			missing: func(sent any) (string, bool) { return "", sent == nil }}
	case t.Kind() == reflect.Slice:
		return requirementOfEach(t)
	case t.Kind() == reflect.Struct:
		return requirementOfMembers(t)
	}
	return nil
}

func requirementOfEach(t reflect.Type) *requirement {
	inner := requirementOf(t.Elem())
	if inner == nil {
		return nil
	}
	return &requirement{
		blank: func(v reflect.Value) bool {
			for i := range v.Len() {
				if inner.blank(v.Index(i)) {
					return true
				}
			}
			return false
		},
		missing: func(sent any) (string, bool) {
			list, _ := sent.([]any)
			for i, one := range list {
				if path, found := inner.missing(one); found {
					return fmt.Sprintf("[%d]%s", i, path), true
				}
			}
			return "", false
		},
	}
}

func requirementOfMembers(t reflect.Type) *requirement {
	type member struct {
		index int
		name  string // empty where the field's members stand among the struct's own
		*requirement
	}
	var members []member
	for i := range t.NumField() {
		f := t.Field(i)
		if optional := strings.Contains(f.Tag.Get("json"), ",omit"); optional || !f.IsExported() && !f.Anonymous {
			continue
		}
		if name := jsonName(f); name != "-" {
			if inner := requirementOf(f.Type); inner != nil {
				members = append(members, member{i, name, inner})
			}
		}
	}
	if len(members) == 0 {
		return nil
	}
	return &requirement{
		blank: func(v reflect.Value) bool {
			for _, m := range members {
				if m.blank(v.Field(m.index)) {
					return true
				}
			}
			return false
		},
		missing: func(sent any) (string, bool) {
			object, _ := sent.(map[string]any)
			for _, m := range members {
				one, prefix := sent, ""
				if m.name != "" {
					one, prefix = object[m.name], "."+m.name
				}
				if path, found := m.missing(one); found {
					return prefix + path, true
				}
			}
			return "", false
		},
	}
}
