package customer_test

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func recommendations() []story {
	const issued, due = domain.Day(20000), domain.Day(20005)
	plain := customer.IssueRecommendation{RecommendationID: id(7), Assignee: "Bob", Action: "offer a service contract",
		Reason: "breaks down often", Evidence: []string{"3 breakdowns in 90 days"}, DueOn: due}
	issue := func(change func(*customer.IssueRecommendation)) customer.Command {
		c := plain
		change(&c)
		return domaintest.At(c, issued.Time(), issued)
	}
	same := func(*customer.IssueRecommendation) {}
	open := customer.RecommendationIssued{RecommendationID: id(7), Assignee: "Bob", Action: "offer a service contract",
		Reason: "breaks down often", Evidence: []string{"3 breakdowns in 90 days"}, DueOn: due}
	later := customer.RecommendationIssued{RecommendationID: id(8), Assignee: "Bob", Action: "call", Reason: "long ago",
		DueOn: due + 1}
	expected := int64(1250)
	by := customer.Guided{Guidance: "keep", Version: 1, Segment: "fragile", SegmentVersion: 2,
		StayFrom: issued, ExpectedMinor: &expected, Currency: "EUR", Outcome: customer.PurchaseOutcome, OutcomeDays: 30}
	guide := func(change func(*customer.Guided)) customer.Command {
		c := customer.Guide{IssueRecommendation: plain, By: by}
		change(&c.By)
		return domaintest.At(c, issued.Time(), issued)
	}
	asDefined := func(*customer.Guided) {}
	byGuidance := open
	byGuidance.Guided = &by
	accept := customer.AcceptRecommendation{RecommendationID: id(7)}
	dismiss := customer.DismissRecommendation{RecommendationID: id(7), Reason: "they sell the machine"}
	accepted, dismissed := customer.RecommendationAccepted(accept), customer.RecommendationDismissed(dismiss)
	overdue := customer.RecommendationOverdue{RecommendationID: id(7)}
	refused := func(name string, want *domain.Rejection, change func(*customer.IssueRecommendation)) story {
		return story{Name: name, Given: ann(), When: issue(change), Refused: want}
	}
	return []story{
		{Name: "recommending", Given: ann(), When: issue(same), Then: []customer.Event{open}},
		{Name: "recommending again under the same id", Given: ann(open), When: issue(same)},
		{Name: "recommending again what was dismissed", Given: ann(open, dismissed), When: issue(same)},
		{Name: "recommending otherwise under the same id", Given: ann(open), Refused: customer.ErrRecommendationOtherwise,
			When: issue(func(c *customer.IssueRecommendation) { c.Evidence = nil })},
		{Name: "recommending what a guidance says", Given: ann(), When: guide(asDefined), Then: []customer.Event{byGuidance}},
		{Name: "recommending again what a guidance says", Given: ann(byGuidance), When: guide(asDefined)},
		{Name: "recommending by a guidance what a person did", Given: ann(open), When: guide(asDefined),
			Refused: customer.ErrRecommendationOtherwise},
		{Name: "recommending for another expected value", Given: ann(byGuidance), Refused: customer.ErrRecommendationOtherwise,
			When: guide(func(g *customer.Guided) { g.ExpectedMinor = nil })},
		{Name: "recommending for nobody", When: issue(same), Refused: customer.ErrUnknown},
		refused("a recommendation without an id", customer.ErrRecommendationID,
			func(c *customer.IssueRecommendation) { c.RecommendationID = uuid.Nil }),
		refused("a recommendation to nobody", customer.ErrRecommendationAssignee,
			func(c *customer.IssueRecommendation) { c.Assignee = "" }),
		refused("a recommendation of nothing", customer.ErrRecommendationAction,
			func(c *customer.IssueRecommendation) { c.Action = "" }),
		refused("a recommendation without a reason", customer.ErrRecommendationReason,
			func(c *customer.IssueRecommendation) { c.Reason = "" }),
		refused("a recommendation with too much evidence", customer.ErrRecommendationEvidence,
			func(c *customer.IssueRecommendation) { c.Evidence = slices.Repeat([]string{"x"}, 51) }),
		refused("evidence of NUL", domain.ErrText.At("evidence[0]"),
			func(c *customer.IssueRecommendation) { c.Evidence = []string{"\x00"} }),
		refused("a recommendation to NUL", domain.ErrText.At("assignee"),
			func(c *customer.IssueRecommendation) { c.Assignee = "\x00" }),
		refused("a recommendation for yesterday", customer.ErrRecommendationDueOn,
			func(c *customer.IssueRecommendation) { c.DueOn = issued - 1 }),
		refused("a recommendation for eleven years on", customer.ErrRecommendationDueOn,
			func(c *customer.IssueRecommendation) { c.DueOn = issued + 11*366 }),

		{Name: "accepting", Given: ann(open), When: accept, Then: []customer.Event{accepted}},
		{Name: "accepting again", Given: ann(open, accepted), When: accept},
		{Name: "accepting what is overdue", Given: ann(open, overdue), When: accept, Then: []customer.Event{accepted}},
		{Name: "accepting what was dismissed", Given: ann(open, dismissed), When: accept,
			Refused: customer.ErrRecommendationDismissed},
		{Name: "accepting what was not recommended", Given: ann(later), When: accept,
			Refused: customer.ErrRecommendationUnknown},
		{Name: "accepting for nobody", When: accept, Refused: customer.ErrUnknown},
		{Name: "dismissing", Given: ann(open), When: dismiss, Then: []customer.Event{dismissed}},
		{Name: "dismissing again", Given: ann(open, dismissed), When: dismiss},
		{Name: "dismissing what was accepted", Given: ann(open, accepted), When: dismiss,
			Refused: customer.ErrRecommendationAccepted},
		{Name: "dismissing what was not recommended", Given: ann(), When: dismiss,
			Refused: customer.ErrRecommendationUnknown},
		{Name: "dismissing for nobody", When: dismiss, Refused: customer.ErrUnknown},
		{Name: "dismissing without a reason", Given: ann(open), Refused: customer.ErrRecommendationReason,
			When: customer.DismissRecommendation{RecommendationID: id(7)}},
		{Name: "dismissing because of NUL", Given: ann(open), Refused: domain.ErrText.At("reason"),
			When: customer.DismissRecommendation{RecommendationID: id(7), Reason: "\x00"}},

		{Name: "the day before a recommendation is due", Given: ann(open, later), When: customer.PassDay{Date: due - 1}},
		{Name: "the day of a recommendation is over", Given: ann(open, later), When: customer.PassDay{Date: due},
			Then: []customer.Event{overdue}},
		{Name: "the days of two recommendations are over", Given: ann(later, open), When: customer.PassDay{Date: due + 9},
			Then: []customer.Event{overdue, customer.RecommendationOverdue{RecommendationID: id(8)}}},
		{Name: "the day of an accepted recommendation is over", Given: ann(open, accepted),
			When: customer.PassDay{Date: due}},
		{Name: "the day of a dismissed recommendation is over", Given: ann(open, dismissed),
			When: customer.PassDay{Date: due}},
	}
}

func handovers() []story {
	give := customer.HandOver{HandoverID: id(7), From: "sales", To: "service", What: "install the machine"}
	given, take := customer.HandedOver(give), customer.AcceptHandover{HandoverID: id(7)}
	taken := customer.HandoverAccepted(take)
	refused := func(name string, want *domain.Rejection, change func(*customer.HandOver)) story {
		c := give
		change(&c)
		return story{Name: name, Given: ann(), When: c, Refused: want}
	}
	return []story{
		{Name: "handing over", Given: ann(), When: give, Then: []customer.Event{given}},
		{Name: "handing over again under the same id", Given: ann(given, taken), When: give},
		{Name: "handing over otherwise under the same id", Given: ann(given), Refused: customer.ErrHandoverOtherwise,
			When: customer.HandOver{HandoverID: id(7), From: "sales", To: "finance", What: "install the machine"}},
		{Name: "handing nobody over", When: give, Refused: customer.ErrUnknown},
		refused("a hand-over without an id", customer.ErrHandoverID, func(c *customer.HandOver) { c.HandoverID = uuid.Nil }),
		refused("a hand-over from nowhere", customer.ErrHandoverDepartments, func(c *customer.HandOver) { c.From = "" }),
		refused("a hand-over to oneself", customer.ErrHandoverDepartments, func(c *customer.HandOver) { c.To = "sales" }),
		refused("a hand-over of nothing", customer.ErrHandoverEmpty, func(c *customer.HandOver) { c.What = "" }),
		refused("a hand-over of NUL", domain.ErrText.At("what"), func(c *customer.HandOver) { c.What = "\x00" }),
		{Name: "taking over", Given: ann(given), When: take, Then: []customer.Event{taken}},
		{Name: "taking over again", Given: ann(given, taken), When: take},
		{Name: "taking over what was not given", Given: ann(), When: take, Refused: customer.ErrHandoverUnknown},
		{Name: "taking nobody over", When: take, Refused: customer.ErrUnknown},
	}
}
