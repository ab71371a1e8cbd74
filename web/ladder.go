package web

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// rung is a stage of the ladder as somebody edits it.
type rung struct {
	Name string `json:"name"`
	Rule string `json:"rule"`
	Away bool   `json:"away"`
}

// rungsMax is how many stages a ladder has at most.
const rungsMax = 32

// ladderInForce is the newest ladder, from the first stage that is asked to the last.
func (v *visit) ladderInForce() (rungs []rung, version int64, err error) {
	rows, err := v.table("loyalty_ladder", 1, "order=-version")
	if err != nil || len(rows) == 0 {
		return nil, 0, err
	}
	return rungs, rows[0].int("version"), json.Unmarshal([]byte(rows[0]["stages"]), &rungs)
}

// ladderPanel shows it, with the rule of each stage.
func (v *visit) ladderPanel() (Panel, error) {
	p := Panel{Title: "The ladder in force", Wide: 7, Note: "Top-down: a customer stands on the first stage whose rule holds.", CSV: v.csv("loyalty_ladder")}
	rungs, version, err := v.ladderInForce()
	if err != nil || version == 0 {
		p.Empty = "No ladder is in force."
		return p, err
	}
	p.Links = []Link{{Text: "Change it", Href: ladderPath}}
	t := &Table{Caption: "Stages", Heads: []Head{{Text: "Stage"}, {Text: "Rule"}}}
	for _, one := range rungs {
		t.Rows = append(t.Rows, []Cell{badge(one.Name), {Text: one.Rule, Tone: "code"}})
	}
	p.Table = t
	return p, nil
}

const ladderPath = "/segments/ladder"

// rungPath is how the command that publishes a ladder calls a member of a stage.
func rungPath(i int, member string) string { return fmt.Sprintf("ladder.stages[%d].%s", i, member) }

// rungsOf reads the stages that were typed, and moves them as was asked for: a new one above another, one up, one away.
func rungsOf(typed values) []rung {
	var rungs []rung
	for i := range min(typed.rows("ladder.stages"), rungsMax) {
		rungs = append(rungs, rung{strings.TrimSpace(typed.get(rungPath(i, "name"))), strings.TrimSpace(typed.get(rungPath(i, "rule"))),
			typed.get(rungPath(i, "away")) == "true"})
	}
	at := func(name string) int {
		i, err := strconv.Atoi(typed.get(name))
		if err != nil || i >= len(rungs) {
			return -1
		}
		return i
	}
	if i := at("_above"); i >= 0 && len(rungs) < rungsMax {
		rungs = slices.Insert(rungs, i, rung{})
	}
	if i := at("_up"); i > 0 {
		rungs[i-1], rungs[i] = rungs[i], rungs[i-1]
	}
	if i := at("_without"); i >= 0 && len(rungs) > 1 {
		rungs = slices.Delete(rungs, i, i+1)
	}
	return rungs
}

// ladderEditor changes the stages of the ladder, and shows who would stand on each before it is in force.
func (v *visit) ladderEditor() (*Page, error) {
	p := &Page{Lead: "Change stages and their rules, and see who would stand where. Nothing is in force before it is published."}
	p.Title, p.Section = "The ladder", "segments"
	p.Tabs = []Link{{Text: "‹ Segments and ladder", Href: "/segments"}}
	rungs, version, err := v.ladderInForce()
	if err != nil {
		return nil, err
	}
	if typed := rungsOf(values(v.r.URL.Query())); len(typed) > 0 {
		rungs = typed
	}
	facts, err := v.facts()
	if err != nil {
		return nil, err
	}
	editor := Panel{Title: "Stages", Note: "From the first that is asked to the last, whose rule is true, so that everybody stands somewhere.", Wide: 7, Tall: true}
	if version > 0 {
		editor.Note += fmt.Sprintf(" Version %d is in force.", version)
	}
	editor.Custom = v.fragment("ladder", map[string]any{"Rungs": rungs, "Facts": facts, "Key": rand.Text(), "Publish": v.may("publish_ladder"), "Path": rungPath})
	p.add(editor, nil)
	p.add(v.ladderPreview(rungs))
	p.add(factsTable(facts), nil)
	return p, nil
}

// rungFound is who would stand on a stage.
type rungFound struct {
	size  int64
	exact bool
	all   int64 // customers that there are
	such  []row // some of them
}

// standings judges customers by the stages in their order. Of whom it is not known whether a rule holds stands on a later stage, so
// a stage has those for whom its rule or one before holds, less those for whom one before does.
func (v *visit) standings(rungs []rung) ([]rungFound, error) {
	found := make([]rungFound, len(rungs))
	either, none, before := "", "", int64(0)
	for i, one := range rungs {
		either += "(" + one.Rule + ")"
		upTo, err := v.preview(either, 0)
		if err != nil {
			return nil, &Problem{Title: "The rule of " + one.Name + " has a fault", Detail: problemOf(err).Detail}
		}
		found[i] = rungFound{size: upTo.Size - before, exact: upTo.Exact, all: upTo.Customers}
		if found[i].size > 0 {
			if some, err := v.preview(none+"("+one.Rule+")", 1); err == nil { // else none is named
				found[i].such = some.rows()
			}
		}
		either, none, before = either+" || ", none+"!("+one.Rule+") && ", upTo.Size
	}
	return found, nil
}

// ladderPreview says how many would stand on each stage, beside how many do, and names some of them with the facts that decide.
func (v *visit) ladderPreview(rungs []rung) (Panel, error) {
	p := Panel{ID: "preview", Title: "Who would stand where", Wide: 5}
	if slices.ContainsFunc(rungs, func(r rung) bool { return r.Name == "" || r.Rule == "" }) {
		p.Empty = "Each stage needs a name and a rule. Then you see who would stand on it."
		return p, nil
	}
	now, err := v.stages()
	if err != nil {
		return p, err
	}
	standing := map[string]int64{}
	for _, s := range now {
		standing[s.Stage] = s.Customers
	}
	found, err := v.standings(rungs)
	if err != nil {
		p.Problem = problemOf(err)
		return p, nil
	}
	var samples []row
	for _, one := range found {
		samples = append(samples, one.such...)
	}
	names := v.names(samples)
	t := &Table{Caption: p.Title, Heads: []Head{{Text: "Stage"}, {Text: "Now", Right: true}, {Text: "Then", Right: true}, {Text: "Of all"}, {Text: "Such as"}}}
	for i, one := range rungs {
		such := dash
		for _, r := range found[i].such {
			such = customerCell(r["customer_id"], names[r["customer_id"]])
			such.Title = evidenceOf(r)
		}
		part := float64(found[i].size) / float64(max(found[i].all, 1))
		t.Rows = append(t.Rows, []Cell{badge(one.Name), {Text: v.Int(standing[one.Name]), Right: true}, {Text: v.Int(found[i].size), Right: true},
			{Bar: true, Part: part, Text: v.Percent(part, 0)}, such})
		if !found[i].exact {
			p.Note = "Estimated from some of the customers."
		}
	}
	p.Table = t
	return p, nil
}

// preview is what a rule comes to, and some for whom it holds.
type preview struct {
	Size, Customers int64
	Low             int64 `json:"size_low"`
	High            int64 `json:"size_high"`
	Exact           bool
	Sample          []map[string]any
}

func (v *visit) preview(rule string, sample int) (out preview, err error) {
	err = v.get("/v1/rules/preview?"+url.Values{"rule": {rule}, "sample": {strconv.Itoa(sample)}}.Encode(), &out)
	return out, err
}

// rows are the customers of the sample.
func (p preview) rows() []row {
	rows := make([]row, len(p.Sample))
	for i, o := range p.Sample {
		rows[i] = rowOf(o)
	}
	return rows
}

// bounds says how sure a size is; "" where it is exact.
func (v *visit) bounds(p preview) string {
	if p.Exact {
		return ""
	}
	return "between " + v.Int(p.Low) + " and " + v.Int(p.High)
}

// evidenceOf writes the facts that decided.
func evidenceOf(r row) string {
	var facts map[string]any
	_ = json.Unmarshal([]byte(r["evidence"]), &facts) // else there is no reason to show
	return evidence(facts)
}

// because is the column of that.
var because = left("Because", func(r row) Cell { return Cell{Text: evidenceOf(r), Tone: "dim"} })

// fact is something that rules may speak of.
type fact struct{ Name, Type, Unit, Doc string }

func (v *visit) facts() ([]fact, error) {
	var out struct{ Facts []fact }
	err := v.get("/v1/rules/facts", &out)
	return out.Facts, err
}

func factsTable(facts []fact) Panel {
	t := &Table{Caption: "Facts", Heads: []Head{{Text: "Fact"}, {Text: "Type"}, {Text: "What it is"}}}
	for _, f := range facts {
		t.Rows = append(t.Rows, []Cell{{Text: f.Name, Tone: "code"}, {Text: strings.TrimSpace(f.Type + " " + f.Unit), Tone: "dim"}, {Text: f.Doc}})
	}
	return Panel{Title: "Facts that rules may speak of", Table: t, Note: "N stands for a number of days: orders_in(90) >= 3. Join by &&, || and !."}
}
