package web

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Form is what a person fills in to have something done.
type Form struct {
	Action  string
	Command *command
	Key     string // makes it safe to send twice
	Next    string
	Hidden  map[string]string
	Inputs  []Input
	More    []Input // what is seldom told, folded away
	Problem *Problem
	Loose   []Fault // faults of no field that is shown
	Button  string
	Danger  bool
}

// Input is a field with what was typed, and with what is wrong with it.
type Input struct {
	*field
	Name, Label string // Name is that of the HTML element
	Value       string
	Fault       string
	Needed      bool      // the browser asks for it: it is required, and so is all that it belongs to
	Fixed       bool      // it is settled where the form was opened
	Inner       []Input   // of an object
	Rows        [][]Input // of a list
	Add         string    // name of the button that adds a row
}

// values are what was typed, by the names of the elements.
type values url.Values

func (v values) get(name string) string { return url.Values(v).Get(name) }

// rows returns how many rows of a list were sent.
func (v values) rows(path string) int {
	n := 0
	for name := range v {
		rest, ok := strings.CutPrefix(name, path+"[")
		if !ok {
			continue
		}
		if at := strings.IndexByte(rest, ']'); at > 0 {
			if i, err := strconv.Atoi(rest[:at]); err == nil && i >= n && i < maxRows {
				n = i + 1
			}
		}
	}
	return n
}

// maxRows is how many rows of a list fit in a form.
const maxRows = 200

// inputs are the elements of a form with what was typed.
func (c *command) inputs(typed values, faults []Fault, zone *time.Location) (all, more []Input) {
	for _, p := range c.Params {
		f := &field{Name: p, Path: p, Kind: "text", Required: true, Help: ""}
		if p == "customer_id" {
			f.Kind = "uuid"
		}
		one := Input{field: f, Needed: true, Name: p, Label: words(strings.TrimSuffix(p, "_id")), Value: typed.get(p), Fault: faultAt(faults, "path."+p)}
		one.Fixed = one.Value != "" && one.Fault == "" && typed.get("_fixed") != "no"
		all = append(all, one)
	}
	if c.Body == nil {
		return all, nil
	}
	members, more := c.members("", typed, faults)
	return append(all, members...), more
}

// members are the elements of a form for a command's body, their names behind a prefix.
func (c *command) members(prefix string, typed values, faults []Fault) (all, more []Input) {
	for _, f := range c.Body.Fields {
		one := f.input(prefix, typed, faults, f.Required)
		one.Fixed = f.Kind == "uuid" && f.Required && one.Value != "" && one.Fault == ""
		seldom := !f.Required && (slices.Contains(last, f.Name) || f.Kind == "uuid" && one.Value == "")
		if seldom && one.Fault == "" {
			more = append(more, one)
		} else {
			all = append(all, one)
		}
	}
	return all, more
}

func (f *field) input(prefix string, typed values, faults []Fault, needed bool) Input {
	name := prefix + f.Name
	one := Input{field: f, Needed: needed, Name: name, Label: words(strings.TrimSuffix(f.Name, "_id")), Value: typed.get(name),
		Fault: faultAt(faults, "body."+name)}
	switch f.Kind {
	case "object":
		for _, inside := range f.Fields {
			one.Inner = append(one.Inner, inside.input(name+".", typed, faults, needed && inside.Required))
		}
	case "list":
		n := typed.rows(name)
		if typed.get("_add") == name {
			n++
		}
		for i := range max(n, 1) {
			var line []Input
			for _, inside := range f.Fields {
				line = append(line, inside.input(fmt.Sprintf("%s[%d].", name, i), typed, faults, needed && i == 0 && inside.Required))
			}
			one.Rows = append(one.Rows, line)
		}
		one.Add = name
	}
	return one
}

func faultAt(faults []Fault, location string) string {
	for _, f := range faults {
		if f.Location == location {
			return f.Message
		}
	}
	return ""
}

// loose are the faults that no element shows.
func loose(faults []Fault, shown ...[]Input) (rest []Fault) {
	for _, f := range faults {
		if f.Location == "" || !anyShows(f.Message, shown...) {
			rest = append(rest, f)
		}
	}
	return rest
}

func anyShows(message string, groups ...[]Input) bool {
	for _, inputs := range groups {
		for _, one := range inputs {
			if one.Fault == message || anyShows(message, append([][]Input{one.Inner}, one.Rows...)...) {
				return true
			}
		}
	}
	return false
}

// body makes of what was typed what the command takes. What was left empty is absent.
func (f *field) body(prefix string, typed values, zone *time.Location, faults *[]Fault) map[string]any {
	out := map[string]any{}
	for _, one := range f.Fields {
		if v, ok := one.value(prefix+one.Name, typed, zone, faults); ok {
			out[one.Name] = v
		}
	}
	return out
}

func (f *field) value(name string, typed values, zone *time.Location, faults *[]Fault) (any, bool) {
	text := typed.get(name)
	wrong := func(message string) (any, bool) {
		*faults = append(*faults, Fault{Location: "body." + name, Message: message})
		return nil, false
	}
	switch f.Kind {
	case "object":
		inside := f.body(name+".", typed, zone, faults)
		return inside, len(inside) > 0
	case "list":
		list := []any{}
		for i := range typed.rows(name) {
			if line := f.body(fmt.Sprintf("%s[%d].", name, i), typed, zone, faults); len(line) > 0 {
				list = append(list, line)
			}
		}
		return list, len(list) > 0 || f.Required
	case "bool":
		return text == "true", text == "true" || f.Required
	}
	trimmed := strings.TrimSpace(text)
	if trimmed == "" {
		return nil, false
	}
	switch f.Kind {
	case "number":
		n, err := strconv.ParseInt(trimmed, 10, 64)
		if err != nil {
			return wrong("a whole number is needed")
		}
		return n, true
	case "decimal", "uuid", "date":
		return trimmed, true
	case "moment":
		t, err := time.ParseInLocation("2006-01-02T15:04", trimmed, zone)
		if err != nil {
			if t, err = time.Parse(time.RFC3339, trimmed); err != nil {
				return wrong("a day and a time are needed")
			}
		}
		return t.Format(time.RFC3339), true
	case "texts":
		return f.texts(trimmed, wrong)
	case "json":
		var v any
		if err := json.Unmarshal([]byte(trimmed), &v); err != nil {
			return wrong("this is no JSON: " + err.Error())
		}
		return v, true
	}
	return text, true
}

// texts are one a line.
func (f *field) texts(text string, wrong func(string) (any, bool)) (any, bool) {
	list := []any{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if f.Pattern != "number" {
			list = append(list, line)
			continue
		}
		n, err := strconv.ParseInt(line, 10, 64)
		if err != nil {
			return wrong("whole numbers are needed, one a line")
		}
		list = append(list, n)
	}
	return list, true
}
