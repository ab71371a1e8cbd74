package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
)

// work is what waits for a colleague: recommendations, hand-overs, promises and cases, what is due first, first.
func (v *visit) work() (*Page, error) {
	q := v.r.URL.Query()
	mine := strings.TrimSpace(q.Get("for"))
	p := &Page{Follows: "customer.recommendation_*,customer.promise_*,customer.hand*", Lead: "What waits for an answer, the earliest due first. Accept what you take on; dismiss what does not fit, and say why."}
	p.Title, p.Section = "My work", "work"
	ask := url.Values{}
	if mine != "" {
		ask.Set("assignee", mine)
	}
	recommended, _, err := v.list("/v1/recommendations", "recommendations", 300, ask)
	if err != nil && !forbidden(err) {
		return nil, err
	}
	all, only := recommended, q.Get("guidance")
	recommended = slices.DeleteFunc(slices.Clone(recommended), func(r row) bool { return only != "" && r["guidance"] != only })
	promises, promisesErr := v.queue("promises", "state=open", "promises", "state=open")
	handovers, handoversErr := v.queue("handovers", "waiting=true", "handovers", "accepted_at=")
	slices.SortFunc(promises, up("due_on"))
	slices.SortFunc(handovers, up("handed_over_at"))
	shown := recommended[:min(len(recommended), 60)]
	names := v.names(shown, promises, handovers)

	overdue := int64(0)
	for _, r := range recommended {
		if r.true("overdue") {
			overdue++
		}
	}
	figures := []Figure{{Label: "Recommendations", Value: v.Int(int64(len(recommended)))}}
	if overdue > 0 {
		figures = append(figures, Figure{Label: "Overdue", Value: v.Int(overdue), Tone: "bad"})
	}
	if promisesErr == nil {
		figures = append(figures, Figure{Label: "Promises to keep", Value: v.Int(int64(len(promises)))})
	}
	if handoversErr == nil {
		figures = append(figures, Figure{Label: "Hand-overs to accept", Value: v.Int(int64(len(handovers)))})
	}
	p.add(Panel{Figures: figures}, nil)
	panel := Panel{Title: "Recommended", Custom: v.fragment("choices", map[string]any{"Action": "/work", "Filters": []filterChoice{
		{"for", "For", mine, distinct(all, "assignee")}, {"guidance", "Guidance", only, distinct(all, "guidance")}}})}
	p.add(listed(panel, shown, "Nothing is recommended to do: all guidance is answered.", v.recommendationColumns(names)...), err)
	p.add(listed(Panel{Title: "Promises", Wide: 6}, promises, "No promise is open.", v.whos(names), v.texts("What", "what"), v.texts("By", "actor"),
		left("Due", v.due), left("", func(r row) Cell {
			return v.button("keep_promise", "Kept", map[string]string{"customer_id": r["customer_id"], "promise_id": r["promise_id"]}, "")
		})), promisesErr)
	p.add(listed(Panel{Title: "Hand-overs", Wide: 6}, handovers, "Nothing waits to be accepted.", v.whos(names), v.texts("What", "what"),
		left("From, to", func(r row) Cell {
			return Cell{Text: words(r["from_department"]) + " → " + words(r["to_department"])}
		}),
		left("", func(r row) Cell {
			return v.button("accept_handover", "Accept", map[string]string{"customer_id": r["customer_id"], "handover_id": r["handover_id"]}, "")
		})), handoversErr)
	if v.is(access.Analysts) {
		p.add(v.guidanceOutcome())
	}
	return p, nil
}

func (v *visit) recommendationColumns(names map[string]string) []column {
	own := func(r row) map[string]string {
		return map[string]string{"customer_id": r["customer_id"], "recommendation_id": r["recommendation_id"]}
	}
	return []column{v.whos(names), left("What", func(r row) Cell { return Cell{Text: r["action"], Title: r["reason"]} }),
		left("Why", func(r row) Cell {
			return Cell{Text: r["reason"], Tone: "dim", Title: strings.Join(arrayOf(r["evidence"]), ", ")}
		}),
		v.texts("For", "assignee"), left("Due", v.due), right("Worth", func(r row) Cell { return v.money(r, "expected_minor", r["expected_currency"]) }),
		left("", func(r row) Cell { return v.button("accept_recommendation", "Accept", own(r), "") }),
		left("", func(r row) Cell {
			if !v.may("dismiss_recommendation") {
				return Cell{}
			}
			return Cell{Text: "Dismiss", Href: doing("dismiss_recommendation", "customer_id", r["customer_id"], "recommendation_id", r["recommendation_id"], "_next", "/work")}
		})}
}

// guidanceOutcome is what came of each guidance.
func (v *visit) guidanceOutcome() (Panel, error) {
	return v.tablePanel(Panel{Title: "What came of it", Note: "Each guidance with how many of its recommendations were accepted, and of how many what was wanted came about."},
		"guidance_outcome", up("guidance"), "No guidance is in force yet.", v.nameds("Guidance", "guidance"), v.counts("Issued", "issued"), v.counts("Open", "open"),
		v.shares("Accepted", "acceptance_rate"), v.counts("Measured", "measured"), v.shares("Worked", "success_rate"), v.shares("Worked where accepted", "accepted_success_rate"),
		v.amounts("Revenue", "revenue_minor"))
}

func distinct(rows []row, column string) (all []string) {
	for _, r := range rows {
		if value := r[column]; value != "" && !slices.Contains(all, value) {
			all = append(all, value)
		}
	}
	slices.Sort(all)
	return all
}
