package eventstore_test

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func caseExamples() []domain.Event {
	id := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c30")
	asset := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c20")
	purchase := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c01")
	before := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c31")
	response := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c32")
	respond := time.Date(2011, 3, 1, 18, 26, 0, 0, time.FixedZone("", 3600))
	resolve := respond.Add(64 * time.Hour)
	return []domain.Event{
		customer.CaseOpened{CaseID: id, Type: customer.Complaint, Category: "noise", Priority: customer.Normal, Queue: "lifts",
			Subject: "It squeaks", AssetID: &asset, PurchaseID: &purchase, OpenedOn: 15034, RespondBy: respond,
			ResolveBy: resolve, RepeatOf: &before, PolicyVersion: 2},
		customer.CaseAssigned{CaseID: id, Assignee: "zoe", Queue: "lifts"},
		customer.CaseResponded{CaseID: id, ResponseID: response, First: true},
		customer.CaseReplied{CaseID: id, ReplyID: response, Awaits: true, NextBy: &respond, NextLeftS: point(int64(60)), PolicyVersion: 2},
		customer.CasePaused{CaseID: id, Reason: "the customer is away", RespondLeftS: point(int64(60)),
			NextLeftS: point(int64(120)), ResolveLeftS: point(int64(3600))},
		customer.CaseResumed{CaseID: id, RespondBy: &respond, NextBy: &respond, ResolveBy: &resolve},
		customer.CaseEscalated{CaseID: id, To: "head of service", Reason: "again"},
		customer.CaseBreached{CaseID: id, Clock: customer.ResolutionClock, By: resolve},
		customer.CaseResolved{CaseID: id, Type: customer.Complaint, RootCause: "dry bearing", Action: customer.PreventiveAction,
			Compensation: &customer.Granted{AmountMinor: 2500, Currency: "EUR", Rate: point(number("0.8561")), ReportingMinor: 2140,
				ReportingCurrency: "GBP"}, FirstContact: true, LeftS: point(int64(3600)), PolicyVersion: 2},
		customer.ComplaintRated{CaseID: id, Distributive: 5, Procedural: 6, Interactional: 7},
		customer.CaseReopened{CaseID: id, Type: customer.Complaint, Reason: "it squeaks again", ResolveBy: &resolve},
		customer.CaseClosed{CaseID: id},
	}
}
