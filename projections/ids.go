package projections

import (
	"encoding/json"
	"reflect"
	"strings"
	"sync"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// idMember is a member of a type of events that holds an id.
type idMember struct {
	name  string
	index []int
}

// idMembers are those of each type of events, found once.
var idMembers sync.Map

func idMembersOf(t reflect.Type) []idMember {
	if known, ok := idMembers.Load(t); ok {
		return known.([]idMember)
	}
	var all []idMember
	if t.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(t) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name != "" && name != "-" && (f.Type == reflect.TypeFor[uuid.UUID]() || f.Type == reflect.TypeFor[*uuid.UUID]()) {
				all = append(all, idMember{name, f.Index})
			}
		}
	}
	idMembers.Store(t, all)
	return all
}

// idsOf returns the ids in an event of what it tells of, by the names that its declaration gives them, as a JSON object.
func idsOf(e domain.Event) json.RawMessage {
	v := reflect.ValueOf(e)
	b := []byte{'{'}
	for _, m := range idMembersOf(v.Type()) {
		f := v.FieldByIndex(m.index)
		if f.IsZero() {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), m.name...), `":"`...)
		b = append(b, reflect.Indirect(f).Interface().(uuid.UUID).String()...)
		b = append(b, '"')
	}
	return append(b, '}')
}
