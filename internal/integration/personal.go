package integration

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Attributes are what people wrote down of a customer; all other facts are counts, sums, days and codes. Evidence of a
// rule over attributes goes out only as far as that was declared, and then it is on record that it was shared.

// Disclosure says which attributes may go out, to whom, and why. Its zero value lets none out.
type Disclosure struct {
	Attributes []string // names, as in attributes["income"]
	Recipient  string
	Purpose    string
	LegalBasis string
	// Record puts on record that attributes of a customer are shared under an id, and returns once that is durable. They
	// do not go out where it refuses (shared false), such as without consent; an error is tried again.
	Record func(ctx context.Context, share Share) (shared bool, err error)
}

// Share is what is about to go out of a customer.
type Share struct {
	ID       uuid.UUID // of the event, so that a repetition is known
	Customer uuid.UUID
	Fields   []string // attributes, by name
}

// attributeOf returns the name of the attribute that a member of evidence is about.
func attributeOf(member string) (name string, ok bool) {
	quoted, ok := strings.CutPrefix(member, `attributes[`)
	if !ok || !strings.HasSuffix(quoted, `]`) {
		return "", false
	}
	if err := json.Unmarshal([]byte(strings.TrimSuffix(quoted, `]`)), &name); err != nil {
		return "", true // it is none that was declared
	}
	return name, true
}

// disclosed returns the data of an event with no more attributes than may go out, after that is on record.
func (d Disclosure) disclosed(ctx context.Context, id, subject uuid.UUID, data json.RawMessage) (json.RawMessage, error) {
	var members map[string]json.RawMessage
	var evidence map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return nil, fmt.Errorf("read event %s: %w", id, err)
	}
	if members["evidence"] == nil {
		return data, nil
	}
	if err := json.Unmarshal(members["evidence"], &evidence); err != nil {
		return nil, fmt.Errorf("read event %s: %w", id, err)
	}
	var fields []string
	withheld := false
	for _, member := range slices.Sorted(maps.Keys(evidence)) {
		name, personal := attributeOf(member)
		switch {
		case !personal || string(evidence[member]) == "null":
		case slices.Contains(d.Attributes, name):
			fields = append(fields, name)
		default:
			withheld = true
			delete(evidence, member)
		}
	}
	if len(fields) > 0 {
		shared, err := d.Record(ctx, Share{ID: id, Customer: subject, Fields: fields})
		if err != nil {
			return nil, err
		}
		if !shared {
			withheld = true
			maps.DeleteFunc(evidence, func(member string, _ json.RawMessage) bool {
				_, personal := attributeOf(member)
				return personal
			})
		}
	}
	if !withheld {
		return data, nil
	}
	var err error
	if members["evidence"], err = json.Marshal(evidence); err != nil {
		return nil, err
	}
	return json.Marshal(members)
}
