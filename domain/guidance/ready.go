package guidance

import (
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/segment"
)

// Ready is a guidance to begin with, and the segment that it rests on.
type Ready struct {
	Segment  segment.Define
	Guidance Define
}

// ReadyMade is guidance to begin with. Amounts are in major units of the reporting currency, and expected values are
// rules of thumb: a business puts its own figures in their place, by defining the segment or the guidance anew.
var ReadyMade = []Ready{
	{
		segment.Define{Name: "valuable_at_risk", Title: "Valuable customers at risk",
			Rule: "net_revenue >= 250.0 && orders >= 3 && recency_days > 60 && recency_days <= 365 && " +
				`(churn_risk in ["medium", "high"] || recency_days > 2.0 * avg_interpurchase_days)`},
		Define{Name: "win_back", Terms: Terms{Segment: "valuable_at_risk",
			Action:   "call and win them back",
			Reason:   "they bought often and for much, and now stay away for longer than they used to",
			Assignee: "account manager", ForDepartment: "sales", DueDays: 7, CooldownDays: 180,
			ExpectedValue: "0.25 * avg_order_value", Outcome: customer.PurchaseOutcome, OutcomeDays: 60}},
	},
	{
		segment.Define{Name: "complaint_before_sale", Title: "Open complaints of those to whom we want to sell",
			Rule: "complaints_open > 0 && (opportunities_open > 0 || offers_open > 0)"},
		Define{Name: "answer_first", Terms: Terms{Segment: "complaint_before_sale",
			Action:   "answer the complaint before anybody sells",
			Reason:   "they complained, and meanwhile somebody wants to sell them something",
			Assignee: "service lead", ForDepartment: "service", DueDays: 2, CooldownDays: 14,
			ExpectedValue: "0.5 * pipeline_value", Outcome: customer.ComplaintResolved, OutcomeDays: 14}},
	},
	{
		segment.Define{Name: "maintenance_near", Title: "Maintenance due soon or overdue",
			Rule: "maintenance_due_in(14) > 0 || maintenance_overdue > 0"},
		Define{Name: "maintain", Terms: Terms{Segment: "maintenance_near",
			Action:   "agree on a date for the maintenance",
			Reason:   "the maintenance of their equipment falls due within two weeks, or is overdue",
			Assignee: "field service", ForDepartment: "service", DueDays: 7, CooldownDays: 14,
			Outcome: customer.MaintenanceCompleted, OutcomeDays: 30}},
	},
	{
		segment.Define{Name: "valuable_and_unheard", Title: "Valuable customers who heard nothing of us for 90 days",
			Rule: "net_revenue_in(365) >= 250.0 && (days_since_contact > 90 || interactions == 0 && " +
				"days_since_registration > 90)"},
		Define{Name: "appreciate", Terms: Terms{Segment: "valuable_and_unheard",
			Action:   "thank them, and ask how they are",
			Reason:   "they are worth much to us and have heard nothing of us for 90 days",
			Assignee: "account manager", ForDepartment: "sales", DueDays: 14, CooldownDays: 90,
			Outcome: customer.ContactOutcome, OutcomeDays: 30}},
	},
	{
		segment.Define{Name: "points_running_out", Title: "Points that expire within a month",
			Rule: "points_expiring_in(30) >= 100"},
		Define{Name: "use_points", Terms: Terms{Segment: "points_running_out",
			Action:   "tell them what they could have for their points",
			Reason:   "loyalty points of theirs expire within 30 days",
			Assignee: "loyalty desk", ForDepartment: "marketing", DueDays: 7, CooldownDays: 60,
			Outcome: customer.PointsUsed, OutcomeDays: 30}},
	},
	{
		segment.Define{Name: "ready_for_more", Title: "Regular buyers who are content",
			Rule: "orders_in(180) >= 2 && size(categories) > 0 && complaints_open == 0"},
		Define{Name: "next_best_offer", Terms: Terms{Segment: "ready_for_more", Suggests: Category,
			Action:   "offer them something of a category that is new to them",
			Reason:   "customers who like the same buy it more often than others, and they do not yet",
			Assignee: "sales desk", ForDepartment: "sales", DueDays: 14, CooldownDays: 90,
			ExpectedValue: "0.1 * avg_order_value", Outcome: customer.PurchaseOutcome, OutcomeDays: 30}},
	},
}
