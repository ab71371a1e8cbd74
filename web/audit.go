package web

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
)

// audit is how far the log is written down to be proven, its signed heads, and any of its events with the proof of it.
func (v *visit) audit() (*Page, error) {
	q := v.r.URL.Query()
	p := &Page{Lead: "What happened, in its order, with the proof that nobody altered it."}
	p.Title, p.Section = "Audit", "audit"
	p.Tabs = v.auditTabs("")
	var status map[string]any
	if err := v.get("/v1/proof", &status); err != nil {
		p.add(Panel{Title: "Proof"}, err)
	} else {
		s := rowOf(status)
		p.add(Panel{Figures: []Figure{{Label: "The proof is", Value: words(s["state"]), Tone: map[string]string{"following": "good"}[s["state"]]}, {Label: "Events", Value: v.Int(s.int("size"))},
			{Label: "Signed up to", Value: v.Int(s.int("signed"))}, {Label: "Position", Value: v.Int(s.int("position"))}}}, nil)
	}
	position := strings.TrimSpace(q.Get("position"))
	p.add(v.eventPanel(position, status))
	p.add(v.headsPanel(q.Get("cursor")))
	find := Panel{Title: "A customer's history", Wide: 6, Note: "Replayed from the log alone: as of any day, with what was believed then.", Custom: v.fragment("findhistory", nil)}
	p.add(find, nil)
	verify := Panel{Title: "Verify the whole log", Wide: 6, Note: "Reads every event anew, and compares it with what was signed.", Custom: v.fragment("verify", nil)}
	p.add(verify, nil)
	return p, nil
}

func (v *visit) auditTabs(current string) (tabs []Link) {
	for _, t := range []struct {
		name, text, href string
		roles            access.Roles
	}{{"", "Proof", "/audit", access.Auditors}, {"log", "The log", "/audit/log", access.Auditors}, {"reads", "Who looked", "/audit/reads", access.Analysts}, {"tokens", "Tokens", "/audit/tokens", access.Admins}} {
		if v.is(t.roles) {
			tabs = append(tabs, Link{Text: t.text, Href: t.href, Current: t.name == current})
		}
	}
	return tabs
}

func (v *visit) headsPanel(cursor string) (Panel, error) {
	p := Panel{Title: "Signed heads", Note: "Keep one where nobody can change it who could change the log: with it, anybody can tell later whether the log is the same."}
	if v.may("signHead") {
		p.Links = []Link{{Text: "Sign one now", Href: doing("signHead", "_next", "/audit")}}
	}
	ask := url.Values{}
	if cursor != "" {
		ask.Set("cursor", cursor)
	}
	rows, next, err := v.list("/v1/proof/heads", "heads", 10, ask)
	p = listed(p, rows, "No head is signed yet.", v.times("Signed", "signed_at"), v.counts("Events", "size"), v.counts("Position", "position"),
		left("Root", func(r row) Cell { return Cell{Text: r["root"], Tone: "code"} }))
	if next != "" && p.Table != nil {
		p.Table.Next = "/audit?cursor=" + url.QueryEscape(next)
	}
	return p, err
}

// eventPanel is one event as the log has it, with the hashes that prove it.
func (v *visit) eventPanel(position string, status map[string]any) (Panel, error) {
	p := Panel{Title: "An event", Note: "By its position in the log, which timelines and answers name."}
	p.Custom = v.fragment("position", position)
	if position == "" {
		return p, nil
	}
	if _, err := strconv.ParseUint(position, 10, 63); err != nil {
		p.Problem = &Problem{Status: http.StatusBadRequest, Title: "A position is a whole number", Detail: "Such as 4711."}
		return p, nil
	}
	var out struct {
		Event struct {
			Position, Revision uint64
			Stream, Type       string
			ID                 string `json:"event_id"`
			RecordedAt         string `json:"recorded_at"`
			Metadata, Data     string
		}
		Leaf string
		Path []string
		Head map[string]any
	}
	if err := v.get("/v1/proof/events/"+position, &out); err != nil {
		problem := problemOf(err)
		p.Problem = &Problem{Status: problem.Status, Title: "There is nothing to show", Detail: problem.Detail}
		return p, nil
	}
	e := out.Event
	at := func(n uint64) string { return "/audit?position=" + strconv.FormatUint(n, 10) }
	p.Facts = []Fact{{Name: "Position", Value: Cell{Text: strconv.FormatUint(e.Position, 10)}}, {Name: "Stream", Value: Cell{Text: e.Stream + " at revision " + strconv.FormatUint(e.Revision, 10)}},
		{Name: "Type", Value: Cell{Text: e.Type}}, {Name: "Recorded", Value: Cell{Text: v.Time(e.RecordedAt)}}, {Name: "Metadata", Value: Cell{Text: decoded(e.Metadata), Tone: "code"}},
		{Name: "Data", Value: Cell{Text: decoded(e.Data), Tone: "code"}}, {Name: "Leaf", Value: Cell{Text: out.Leaf, Tone: "code"}},
		{Name: "Path", Value: Cell{Lines: out.Path}}, {Name: "Proven by the head of", Value: Cell{Text: fmt.Sprint(out.Head["signed_at"])}}}
	if id, ok := strings.CutPrefix(e.Stream, "customer-"); ok {
		p.Links = append(p.Links, Link{Text: "The customer", Href: "/customers/" + id}, Link{Text: "Bundle", Href: "/customers/" + id + "/bundle"})
	}
	if e.Position > 0 {
		p.Links = append(p.Links, Link{Text: "‹ Before", Href: at(e.Position - 1)})
	}
	p.Links = append(p.Links, Link{Text: "After ›", Href: at(e.Position + 1)})
	return p, nil
}

func decoded(text string) string {
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return text
	}
	return string(b)
}

// verify begins to read the whole log anew, and shows how far that is, or what was found.
func (v *visit) verify() (*Page, error) {
	const kind = "verify"
	j := v.jobs.newest(kind, v.who.Principal)
	if v.r.Method == http.MethodPost {
		if j == nil || j.state().over {
			ask := v.asker
			v.jobs.begin(kind, v.who.Principal, func(ctx context.Context, j *job) (any, error) { return verifyLog(ask.behalf(ctx), j) })
		}
		http.Redirect(v.w, v.r, "/audit/verify", http.StatusSeeOther)
		return nil, nil
	}
	p := &Page{Lead: "Every event is read anew, and held against everything that was signed."}
	p.Title, p.Section = "Verify the log", "audit"
	p.Tabs = v.auditTabs("")
	if j == nil {
		p.add(Panel{Title: "Verify the whole log", Wide: 6, Empty: "You have not asked for it since the server began.", Custom: v.fragment("verify", nil)}, nil)
		return p, nil
	}
	at := j.state()
	if !at.over {
		p.Again = true
		p.add(Panel{Title: "Under way", Wide: 6, Custom: v.fragment("progress", map[string]any{"Done": at.done, "Total": at.total}),
			Facts: []Fact{{Name: "Read", Value: Cell{Text: v.Int(at.done) + " of about " + v.Int(at.total) + " events"}}, {Name: "Began", Value: Cell{Text: v.Time(j.began.Format(time.RFC3339))}}}}, nil)
		return p, nil
	}
	panel := Panel{Title: "What was found", Custom: v.fragment("verify", nil)}
	found, _ := at.found.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(found)) {
		panel.Facts = append(panel.Facts, Fact{Name: words(name), Value: Cell{Text: factText(found[name])}})
	}
	panel.Facts = append(panel.Facts, Fact{Name: "Ended", Value: Cell{Text: v.Time(at.ended.Format(time.RFC3339))}})
	p.add(panel, at.err)
	return p, nil
}

// verifyLog has the log read, and returns the report.
func verifyLog(a *asker, j *job) (any, error) {
	ctx, cancel := context.WithTimeout(a.r.Context(), verifyTime)
	defer cancel()
	var size struct{ Size int64 }
	_ = a.get("/v1/proof", &size) // else the end is not known
	r, err := a.request(http.MethodPost, "/v1/proof/verify", strings.NewReader("{}"))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	var last struct {
		Events  int64
		Report  map[string]any
		Problem *Problem
	}
	out := &lines{answer: answer{header: http.Header{}}, take: func(line []byte) {
		if json.Unmarshal(line, &last) == nil {
			j.progress("", last.Events, size.Size)
		}
	}}
	a.api.ServeHTTP(out, r.WithContext(ctx))
	switch {
	case out.err() != nil:
		return nil, out.err()
	case last.Problem != nil:
		return nil, last.Problem
	case last.Report == nil:
		return nil, &Problem{Status: http.StatusServiceUnavailable, Title: "It did not come to an end", Detail: "Verify it again."}
	}
	return last.Report, nil
}

// reads are all looks at personal data.
func (v *visit) reads() (*Page, error) {
	p := &Page{Lead: "Every look at personal data by the API and this console. Who queries the tables by SQL leaves no trace here."}
	p.Title, p.Section = "Who looked", "audit"
	p.Tabs = v.auditTabs("reads")
	readers, err := v.table("personal_data_reads", 200, "by=reader,role", "order=-count")
	if err != nil {
		return nil, err
	}
	rows, err := v.table("personal_data_reads", 100, "order=-position")
	if err != nil {
		return nil, err
	}
	p.add(listed(Panel{Title: "By reader", Wide: 4}, readers, "Nobody has looked yet.", v.texts("Who", "reader"), v.texts("As", "role"), v.counts("Looks", "count")), nil)
	p.add(listed(Panel{Title: "The newest", Wide: 8, CSV: v.csv("personal_data_reads")}, rows, "Nobody has looked yet.", v.times("When", "read_at"), v.texts("Who", "reader"), v.texts("As", "role"),
		left("At what", func(r row) Cell { return Cell{Text: strings.TrimSpace(r["operation"] + " " + r["table_name"])} }), left("Of whom", func(r row) Cell {
			if !r.has("customer_id") {
				return Cell{Text: "many", Tone: "dim"}
			}
			return Cell{Text: short(r["customer_id"]), Href: "/customers/" + r["customer_id"]}
		}), v.texts("Why", "purpose")), nil)
	return p, nil
}

// tokens are who may use the server.
func (v *visit) tokens() (*Page, error) {
	p := &Page{Lead: "Who may use Rapport, and as what. A token is told once, when it is issued."}
	p.Title, p.Section = "Tokens", "audit"
	p.Tabs = v.auditTabs("tokens")
	rows, err := v.allTokens()
	if err != nil {
		return nil, err
	}
	p.add(listed(Panel{Title: "Tokens", Links: []Link{{Text: "Issue a token", Href: "/do/issueToken"}}}, rows, "No token was issued yet: whoever uses this machine may do everything. The first is an admin's.",
		v.texts("Whose", "name"), v.texts("Role", "role"), v.states("State", "state"), v.times("Issued", "issued_at"), v.texts("By", "issued_by"), v.times("Expires", "expires_at"), v.times("Revoked", "revoked_at"),
		left("", func(r row) Cell {
			if r["state"] != "in_force" {
				return Cell{}
			}
			return Cell{Text: "Revoke…", Href: doing("revokeToken", "token_id", r["token_id"], "_next", "/audit/tokens")}
		})), nil)
	return p, nil
}

func (v *visit) allTokens() ([]row, error) {
	return v.listOf("/v1/tokens", "tokens")
}
