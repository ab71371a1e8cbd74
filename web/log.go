package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
)

// Of the log are shown so many events a page. Those that are asked for may be rare: then so many answers are looked through, and the
// next page goes on.
const (
	eventsOn    = 50
	eventsLook  = 40
	eventsOnce  = 500
	eventsFirst = 2000 // how far from the end the newest are looked for
)

// log shows the events of the log by type and stream: the newest first, or from a position on.
func (v *visit) log() (*Page, error) {
	q := v.r.URL.Query()
	p := &Page{Lead: "What happened, in its order. What is personal is left out here; an event's position leads to all of it."}
	p.Title, p.Section = "The log", "audit"
	p.Tabs = v.auditTabs("log")
	types, stream, from := strings.TrimSpace(q.Get("types")), strings.TrimSpace(q.Get("stream")), strings.TrimSpace(q.Get("position"))
	panel := Panel{Title: "Events", Custom: v.fragment("logfilter", map[string]any{"Types": types, "Stream": stream, "Position": from,
		"Known": v.eventTypes(), "Clear": types+stream+from != ""})}
	position, newest := uint64(0), from == "" && types == "" && stream == ""
	if newest {
		var head struct{ Position int64 }
		if err := v.get("/v1/projections", &head); err == nil {
			position = uint64(max(head.Position-eventsFirst, 0))
		}
	} else if from != "" {
		n, err := strconv.ParseUint(from, 10, 62)
		if err != nil {
			panel.Problem = &Problem{Status: http.StatusBadRequest, Title: "A position is a whole number", Detail: "Such as 4711."}
			p.add(panel, nil)
			return p, nil
		}
		position = max(n, 1) - 1
	}
	rows, next, err := v.events(position, types, stream, newest)
	if err != nil {
		problem := problemOf(err)
		panel.Problem = &Problem{Status: problem.Status, Title: "These cannot be shown", Detail: problem.Detail}
		p.add(panel, nil)
		return p, nil
	}
	if newest {
		slices.Reverse(rows)
		rows = rows[:min(len(rows), eventsOn)]
		panel.Note = "The newest first."
	}
	panel = listed(panel, rows, "Nothing of that kind stands in this part of the log.", left("Position", func(r row) Cell {
		return Cell{Text: r["position"], Href: "/audit?position=" + r["position"]}
	}), v.times("Recorded", "recorded_at"), v.times("Happened", "occurred_at"), left("Type", func(r row) Cell { return Cell{Text: r["type"], Tone: "code"} }),
		left("Stream", func(r row) Cell {
			if r.has("customer_id") {
				return Cell{Text: "customer " + short(r["customer_id"]), Href: "/customers/" + r["customer_id"], Title: r["stream"]}
			}
			return Cell{Text: r["stream"], Href: "/audit/log?stream=" + url.QueryEscape(r["stream"])}
		}), v.counts("Revision", "revision"), v.texts("Who", "actor"), v.nameds("Department", "department"), v.nameds("Channel", "channel"))
	if next > 0 {
		more := Link{Text: "Further on ›", Href: with("/audit/log", q, "position", strconv.FormatUint(next+1, 10))}
		if panel.Links = append(panel.Links, more); panel.Table != nil {
			panel.Table.Next = more.Href
		}
	}
	p.add(panel, nil)
	return p, nil
}

// events reads some of the log behind a position. next is where to go on; 0 at the end of the log.
func (v *visit) events(position uint64, types, stream string, newest bool) (rows []row, next uint64, err error) {
	ask := url.Values{"limit": {strconv.Itoa(eventsOnce)}}
	if types != "" {
		ask.Set("types", types)
	}
	if id, ok := strings.CutPrefix(stream, "customer-"); ok && len(id) == 36 {
		ask.Set("customer_id", id)
	}
	for range eventsLook {
		ask.Set("position", strconv.FormatUint(position, 10))
		var out struct {
			Events   []map[string]any
			Position uint64
			CaughtUp bool `json:"caught_up"`
		}
		if err := v.get("/v1/events?"+ask.Encode(), &out); err != nil {
			return nil, 0, err
		}
		for _, e := range out.Events {
			if r := rowOf(e); stream == "" || strings.HasPrefix(r["stream"], stream) {
				rows = append(rows, r)
			}
		}
		position = out.Position
		if !newest && len(rows) >= eventsOn {
			last, err := strconv.ParseUint(rows[eventsOn-1]["position"], 10, 64)
			return rows[:eventsOn], last, err
		}
		if out.CaughtUp {
			return rows, 0, nil
		}
	}
	return rows, position, nil
}

// eventTypes are beginnings of types by which the log is often asked.
func (v *visit) eventTypes() (all []string) {
	for _, n := range nouns {
		all = append(all, "customer."+n.begins+"*")
	}
	all = append(all, "segment.*", "policy.*", "calendar.*")
	if v.is(access.Auditors) {
		all = append(all, "access.*")
	}
	slices.SortFunc(all, cmp.Compare)
	return all
}

// bundle hands out a customer's events with their proof.
func (v *visit) bundle() (*Page, error) {
	id := v.r.PathValue("id")
	r, err := v.request(http.MethodGet, "/v1/customers/"+url.PathEscape(id)+"/bundle", nil)
	if err != nil {
		return nil, err
	}
	out := v.do(r)
	if err := out.err(); err != nil {
		return nil, err
	}
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="customer-`+short(id)+`.bundle"`)
	_, _ = v.w.Write(out.body.Bytes()) // the browser may be gone
	return nil, nil
}
