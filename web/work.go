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
	recommended, _, err := v.list("/v1/recommendations", "recommendations", workMax, ask)
	if err != nil && !forbidden(err) {
		return nil, err
	}
	all, only := recommended, q.Get("guidance")
	recommended = slices.DeleteFunc(slices.Clone(recommended), func(r row) bool { return only != "" && r["guidance"] != only })
	promises, morePromises, promisesErr := v.queue("promises", []url.Values{{"state": {"open"}, "sort": {"due_on"}}}, asking("promises", queueMax, "state=open", "order=due_on"))
	handovers, moreHandovers, handoversErr := v.queue("handovers", []url.Values{{"waiting": {"true"}}}, asking("handovers", queueMax, "accepted_at=", "erased_on="))
	slices.SortFunc(handovers, up("handed_over_at"))
	some := func(rows []row) []row { return rows[:min(len(rows), workOn)] }
	names := v.names(some(recommended), some(promises), some(handovers))

	figures := v.workFigures(recommended, mine+only, len(all) >= workMax)
	if promisesErr == nil {
		figures = append(figures, Figure{Label: "Promises to keep", Value: v.some(len(promises), morePromises)})
	}
	if handoversErr == nil {
		figures = append(figures, Figure{Label: "Hand-overs to accept", Value: v.some(len(handovers), moreHandovers)})
	}
	p.add(Panel{Figures: figures}, nil)
	panel := Panel{Title: "Recommended", Custom: v.fragment("choices", map[string]any{"Action": "/work", "Filters": []filterChoice{
		{"for", "For", mine, distinct(all, "assignee")}, {"guidance", "Guidance", only, distinct(all, "guidance")}}})}
	p.add(first(listed(panel, recommended, "Nothing is recommended to do: all guidance is answered.", v.recommendationColumns(names)...), workOn, "The first "+v.Int(workOn)+". Others come as these are answered; choose a colleague or a guidance to see more."), err)
	p.add(first(listed(Panel{Title: "Promises", Wide: 6}, promises, "No promise is open.", v.whos(names), v.texts("What", "what"), v.texts("By", "actor"),
		left("Due", v.due), left("", func(r row) Cell {
			return v.button("keep_promise", "Kept", map[string]string{"customer_id": r["customer_id"], "promise_id": r["promise_id"]}, "")
		})), workOn, "What is due first."), promisesErr)
	p.add(first(listed(Panel{Title: "Hand-overs", Wide: 6}, handovers, "Nothing waits to be accepted.", v.whos(names), v.texts("What", "what"),
		left("From, to", func(r row) Cell {
			return Cell{Text: words(r["from_department"]) + " → " + words(r["to_department"])}
		}),
		left("", func(r row) Cell {
			return v.button("accept_handover", "Accept", map[string]string{"customer_id": r["customer_id"], "handover_id": r["handover_id"]}, "")
		})), workOn, "Those that wait longest."), handoversErr)
	if v.is(access.Analysts) {
		p.add(v.guidanceOutcome())
	}
	return p, nil
}

// workOn is how many of each are shown, workMax how many recommendations are read.
const (
	workOn  = 30
	workMax = 300
)

// workFigures count the recommendations: all of them, where no choice was made and the visitor may count them in the table.
func (v *visit) workFigures(recommended []row, chosen string, more bool) []Figure {
	late := Figure{Label: "Overdue", Tone: "bad"}
	waiting, err := v.asked(guidanceWaiting)
	all, overdues := sumWhere(waiting, "count", nil), sumWhere(waiting, "count", overdue)
	figure := Figure{Label: "Recommendations", Value: v.Int(all)}
	late.Value = v.Int(overdues)
	if err != nil || chosen != "" {
		overdues = int64(len(slices.DeleteFunc(slices.Clone(recommended), func(r row) bool { return !overdue(r) })))
		figure.Value, late.Value = v.some(len(recommended), more), v.some(int(overdues), more && int(overdues) == len(recommended))
	}
	if overdues == 0 {
		return []Figure{figure}
	}
	return []Figure{figure, late}
}

func (v *visit) recommendationColumns(names map[string]string) []column {
	own := func(r row) map[string]string {
		return map[string]string{"customer_id": r["customer_id"], "recommendation_id": r["recommendation_id"]}
	}
	return []column{v.whos(names), left("What", func(r row) Cell { return Cell{Text: sentence(r["action"]), Title: r["reason"]} }),
		left("Why", func(r row) Cell {
			return Cell{Text: sentence(r["reason"]), Tone: "dim", Title: strings.Join(arrayOf(r["evidence"]), ", ")}
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
