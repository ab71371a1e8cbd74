package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// of returns what is known of a customer by one of the API's lists. Who may not ask for lists, an analyst, reads the table.
func (v *visit) of(customer, list, table string) ([]row, error) {
	if rows, known := v.expanded[customer+"/"+list]; known {
		return slices.Clone(rows), nil
	}
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
	rows, err := itemsOf(out, name)
	next := ""
	_ = json.Unmarshal(out["next_cursor"], &next) // absent on the last page
	return rows, next, err
}

// itemsOf reads the items of a page of a list.
func itemsOf(page map[string]json.RawMessage, name string) ([]row, error) {
	member := strings.ReplaceAll(strings.ReplaceAll(name, "-", "_"), "/", "_")
	items, ok := page[member]
	if !ok {
		items = page["items"]
	}
	var objects []map[string]any
	if err := json.Unmarshal(items, &objects); err != nil {
		return nil, err
	}
	rows := make([]row, len(objects))
	for i, o := range objects {
		rows[i] = rowOf(o)
	}
	return rows, nil
}

// atAGlance are the lists that the page of a customer shows.
var atAGlance = []string{"cases", "promises", "handovers", "recommendations", "opportunities", "attributes", "contact-points", "consents", "purchases"}

// whole reads a customer with the lists of the page in one answer. Of who was erased there are none.
func (v *visit) whole(customer string) (map[string]any, error) {
	path := "/v1/customers/" + url.PathEscape(customer)
	var out map[string]any
	err := v.get(path+"?expand="+strings.Join(atAGlance, ","), &out)
	if err != nil && problemOf(err).Status == http.StatusGone {
		return out, v.get(path, &out)
	}
	if err != nil {
		return nil, err
	}
	expanded, _ := out["expanded"].(map[string]any)
	delete(out, "expanded")
	v.expanded = map[string][]row{}
	for name, page := range expanded {
		text, err := json.Marshal(page)
		var parts map[string]json.RawMessage
		if err == nil {
			err = json.Unmarshal(text, &parts)
		}
		if err != nil {
			return nil, err
		}
		if v.expanded[fmt.Sprint(out["customer_id"])+"/"+name], err = itemsOf(parts, name); err != nil {
			return nil, err
		}
	}
	return out, nil
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
