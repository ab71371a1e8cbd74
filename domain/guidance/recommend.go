package guidance

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Case is a customer who entered the segment of a guidance, with what is known of them.
type Case struct {
	CustomerID     uuid.UUID
	SegmentVersion int
	StayFrom       domain.Day     // business day on which the stay in the segment began
	Evidence       map[string]any // facts by name: those that decided the stay, and those of the expected value
	ExpectedMinor  *int64         // expected value, minor units of Currency; nil where it cannot be told
	Currency       domain.Currency
	Affinity       *Affinity // of the category that is suggested; nil where the guidance suggests nothing
}

// Affinity says how much more often than others customers of one category buy of another.
type Affinity struct {
	Category  string  // of which the customer buys
	Other     string  // of which they do not, yet
	Customers int64   // who bought of Category
	Both      int64   // of them, who bought of Other too
	Lift      float64 // Both of Customers, over the share of those who bought of Other among all
}

// Recommend answers what is recommended for a case on a day. The same stay always gets the same id, so that it is
// recommended once, whatever version of the guidance is in force.
func (e Defined) Recommend(c Case, on domain.Day) customer.Guide {
	out := customer.Guide{
		IssueRecommendation: customer.IssueRecommendation{
			RecommendationID: uuid.NewSHA1(recommendations, fmt.Appendf(nil, "%s %s %s", e.Name, c.CustomerID, c.StayFrom)),
			Assignee:         e.Assignee, Action: e.Action, Reason: e.Reason, DueOn: on + domain.Day(e.DueDays)},
		By: customer.Guided{Guidance: e.Name, Version: e.Version, Segment: e.Segment, SegmentVersion: c.SegmentVersion,
			StayFrom: c.StayFrom, ExpectedMinor: c.ExpectedMinor, Outcome: e.Outcome, OutcomeDays: e.OutcomeDays},
	}
	if c.ExpectedMinor != nil {
		out.By.Currency = c.Currency
	}
	if a := c.Affinity; a != nil {
		out.Action += ": " + a.Other
		out.By.Category = a.Other
		out.Evidence = append(out.Evidence, fmt.Sprintf("of %d customers who buy %s, %d buy %s, %.1f times as many as of all",
			a.Customers, a.Category, a.Both, a.Other, a.Lift))
	}
	for _, fact := range slices.Sorted(maps.Keys(c.Evidence)) {
		out.Evidence = append(out.Evidence, said(fact, c.Evidence[fact]))
	}
	out.Evidence = out.Evidence[:min(len(out.Evidence), customer.MaxEvidence)]
	return out
}

// said is a fact as evidence, such as "orders: 3".
func said(fact string, value any) string {
	text := []byte("unknown")
	if value != nil {
		var err error
		if text, err = json.Marshal(value); err != nil {
			panic(fmt.Sprintf("the fact %s: %v", fact, err)) // facts are numbers, texts and lists
		}
	}
	all := fact + ": " + string(text)
	return strings.ToValidUTF8(all[:min(len(all), customer.MaxEvidenceText)], "")
}

// recommendations is the space of the ids of what guidance recommends. Never change it: the log holds such ids.
var recommendations = uuid.MustParse("8d1f7f0a-6a7e-5c39-8a52-0c4f1e2b7d63")
