package web

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// of returns what is known of a customer by one of the API's lists. Who may not ask for lists, an analyst, reads the table.
func (v *visit) of(customer, list, table string) ([]row, error) {
	rows, _, err := v.list("/v1/customers/"+url.PathEscape(customer)+"/"+list, list, 200, nil)
	if err != nil && (forbidden(err) || noSuchList(err)) {
		return v.table(table, 200, "customer_id="+customer)
	}
	return rows, err
}

// list reads a page of one of the API's lists, and where the next page begins.
func (v *visit) list(path, name string, limit int, q url.Values) ([]row, string, error) {
	all := url.Values{"limit": {strconv.Itoa(limit)}}
	for k, values := range q {
		all[k] = values
	}
	var out map[string]json.RawMessage
	if err := v.get(path+"?"+all.Encode(), &out); err != nil {
		return nil, "", err
	}
	member := strings.ReplaceAll(strings.ReplaceAll(name, "-", "_"), "/", "_")
	items, ok := out[member]
	if !ok {
		items = out["items"]
	}
	var objects []map[string]any
	if err := json.Unmarshal(items, &objects); err != nil {
		return nil, "", err
	}
	rows := make([]row, len(objects))
	for i, o := range objects {
		rows[i] = rowOf(o)
	}
	next := ""
	_ = json.Unmarshal(out["next_cursor"], &next) // absent on the last page
	return rows, next, nil
}

// rowOf is a row with the members of an object, as a table would have them.
func rowOf(object map[string]any) row {
	r := row{}
	for name, value := range object {
		switch value := value.(type) {
		case nil:
		case string:
			if value != "" {
				r[name] = value
			}
		case bool:
			r[name] = map[bool]string{true: "t", false: "f"}[value]
		case float64:
			r[name] = strconv.FormatFloat(value, 'f', -1, 64)
		default:
			text, err := json.Marshal(value)
			if err == nil {
				r[name] = string(text)
			}
		}
	}
	return r
}

// arrayOf reads a column that is an array, as JSON or as PostgreSQL writes it.
func arrayOf(text string) (all []string) {
	if strings.HasPrefix(text, "[") {
		_ = json.Unmarshal([]byte(text), &all) // what is no list of texts has none
		return all
	}
	for one := range strings.SplitSeq(strings.Trim(text, "{}"), ",") {
		if one = strings.Trim(one, `"`); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// noSuchList reports whether the server has no list of that name.
func noSuchList(err error) bool {
	code := problemOf(err).Code
	return code == "route_unknown" || code == "method_not_allowed"
}
