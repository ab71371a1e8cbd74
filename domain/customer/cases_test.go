package customer_test

import (
	"time"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

// The cases of these stories are opened on this morning in Tokyo, where the day begins nine hours early.
var (
	tokyo   = time.FixedZone("", 9*3600)
	morning = time.Date(2024, 10, 4, 9, 0, 0, 0, tokyo)
	monday  = domain.DayOf(morning, tokyo)
)

// later answers the moment so many hours after the morning.
func later(hours float64) time.Time { return morning.Add(time.Duration(hours * float64(time.Hour))) }

// at tells a command that it happened so many hours after the morning.
func at(hours float64, c customer.Command) customer.Command {
	when := later(hours)
	return domaintest.At(c, when, domain.DayOf(when, tokyo))
}

// opened is a case of normal priority: 8 hours to respond, 72 to resolve.
func opened(n byte, kind customer.CaseType, category string) customer.CaseOpened {
	return customer.CaseOpened{CaseID: id(n), Type: kind, Category: category, Priority: customer.Normal, OpenedOn: monday,
		RespondBy: later(8), ResolveBy: later(72)}
}

var (
	asked    = opened(40, customer.Question, "")
	answered = customer.CaseResponded{CaseID: id(40), ResponseID: id(45), First: true}
	solved   = customer.CaseResolved{CaseID: id(40), Type: customer.Question, Action: customer.CorrectiveAction,
		FirstContact: true, LeftS: seconds(70)}
)

func seconds(hours int64) *int64 { hours *= 3600; return &hours }

func cases() []story {
	open := func(change func(*customer.OpenCase)) customer.Command {
		c := customer.OpenCase{CaseID: id(40), Type: customer.Question}
		change(&c)
		return at(0, c)
	}
	same := func(*customer.OpenCase) {}
	full := customer.OpenCase{CaseID: id(41), Type: customer.Complaint, Category: "noise", Priority: customer.Urgent, Queue: "lifts",
		Subject: "It squeaks", AssetID: &lift.AssetID}
	fully := customer.CaseOpened{CaseID: id(41), Type: customer.Complaint, Category: "noise", Priority: customer.Urgent, Queue: "lifts",
		Subject: "It squeaks", AssetID: &lift.AssetID, OpenedOn: monday, RespondBy: later(1), ResolveBy: later(8)}
	again := opened(42, customer.Complaint, "noise")
	again.RepeatOf = &fully.CaseID
	complain := func(days int, category string) customer.Command {
		return at(float64(24*days), customer.OpenCase{CaseID: id(42), Type: customer.Complaint, Category: category})
	}
	complained := func(days int, repeat *uuid.UUID) []customer.Event {
		e := opened(42, customer.Complaint, "noise")
		e.OpenedOn += domain.Day(days)
		e.RespondBy, e.ResolveBy = e.RespondBy.AddDate(0, 0, days), e.ResolveBy.AddDate(0, 0, days)
		e.RepeatOf = repeat
		return []customer.Event{e}
	}
	assigned := customer.CaseAssigned{CaseID: id(40), Assignee: "zoe", Queue: "shop"}
	respond := func(response byte) customer.RespondToCase {
		return customer.RespondToCase{CaseID: id(40), ResponseID: id(response)}
	}
	escalated := customer.CaseEscalated{CaseID: id(40), To: "head", Reason: "urgent"}
	return []story{
		{Name: "opening a case", Given: ann(), When: open(same), Then: []customer.Event{asked}},
		{Name: "opening it again, later", Given: ann(asked), When: at(5, customer.OpenCase{CaseID: id(40), Type: customer.Question})},
		{Name: "opening it otherwise", Given: ann(asked), Refused: customer.ErrCaseOtherwise,
			When: open(func(c *customer.OpenCase) { c.Subject = "?" })},
		{Name: "an urgent complaint about an asset", Given: ann(lift), When: at(0, full), Then: []customer.Event{fully}},
		{Name: "about no asset", Given: ann(), When: at(0, full), Refused: customer.ErrAssetUnknown},
		{Name: "about no purchase", Given: ann(), Refused: customer.ErrPurchaseUnknown,
			When: open(func(c *customer.OpenCase) { c.PurchaseID = &lift.AssetID })},
		{Name: "opening for nobody", When: open(same), Refused: customer.ErrUnknown},
		{Name: "no case id", Given: ann(), Refused: customer.ErrCaseID,
			When: open(func(c *customer.OpenCase) { c.CaseID = uuid.Nil })},
		{Name: "no type", Given: ann(), Refused: customer.ErrCaseType,
			When: open(func(c *customer.OpenCase) { c.Type = "wish" })},
		{Name: "no such priority", Given: ann(), Refused: customer.ErrPriority,
			When: open(func(c *customer.OpenCase) { c.Priority = "asap" })},
		{Name: "a complaint about nothing", Given: ann(), Refused: customer.ErrCaseCategory,
			When: open(func(c *customer.OpenCase) { c.Type = customer.Complaint })},
		{Name: "a subject with NUL", Given: ann(), Refused: domain.ErrText.At("subject"),
			When: open(func(c *customer.OpenCase) { c.Subject = "\x00" })},
		{Name: "the same complaint 90 days later", Given: ann(lift, fully), When: complain(90, "noise"),
			Then: complained(90, &fully.CaseID)},
		{Name: "91 days later", Given: ann(lift, fully), When: complain(91, "noise"), Then: complained(91, nil)},
		{Name: "late news of a complaint the day before", Given: ann(lift, fully), When: complain(-1, "noise"),
			Then: complained(-1, nil)},
		{Name: "a repeat of the latest", Given: ann(opened(43, customer.Complaint, "noise"), opened(44, customer.Complaint, "noise")),
			When: complain(1, "noise"), Then: complained(1, point(id(44)))},
		{Name: "an incident is no repeat", Given: ann(opened(43, customer.Incident, "noise")), When: complain(1, "noise"),
			Then: complained(1, nil)},

		{Name: "assigning", Given: ann(asked), Then: []customer.Event{assigned},
			When: customer.AssignCase{CaseID: id(40), Assignee: "zoe", Queue: "shop"}},
		{Name: "assigning it again", Given: ann(asked, assigned), When: customer.AssignCase{CaseID: id(40), Assignee: "zoe"}},
		{Name: "assigning to nobody", Given: ann(asked), When: customer.AssignCase{CaseID: id(40)}, Refused: customer.ErrAssignee},
		{Name: "assigning to NUL", Given: ann(asked), Refused: domain.ErrText.At("assignee"),
			When: customer.AssignCase{CaseID: id(40), Assignee: "\x00"}},
		{Name: "assigning no case", Given: ann(), Refused: customer.ErrCaseUnknown,
			When: customer.AssignCase{CaseID: id(40), Assignee: "zoe"}},
		{Name: "assigning what is resolved", Given: ann(asked, solved), Refused: customer.ErrCaseResolved,
			When: customer.AssignCase{CaseID: id(40), Assignee: "zoe"}},
		{Name: "assigning nobody's case", When: customer.AssignCase{CaseID: id(40), Assignee: "zoe"}, Refused: customer.ErrUnknown},

		{Name: "answering", Given: ann(asked), When: at(8, respond(45)), Then: []customer.Event{answered}},
		{Name: "the same answer again", Given: ann(asked, answered), When: at(8, respond(45))},
		{Name: "answering once more", Given: ann(asked, answered), When: at(9, respond(46)),
			Then: []customer.Event{customer.CaseResponded{CaseID: id(40), ResponseID: id(46)}}},
		{Name: "answering another case by it", Given: ann(asked, answered), Refused: customer.ErrResponseOtherwise,
			When: at(9, customer.RespondToCase{CaseID: id(41), ResponseID: id(45)})},
		{Name: "an answer without id", Given: ann(asked), Refused: customer.ErrResponseID,
			When: at(8, customer.RespondToCase{CaseID: id(40)})},
		{Name: "answering what is resolved", Given: ann(asked, solved), When: at(8, respond(45)), Refused: customer.ErrCaseResolved},

		{Name: "escalating", Given: ann(asked), When: customer.EscalateCase(escalated), Then: []customer.Event{escalated}},
		{Name: "escalating again", Given: ann(asked, escalated), When: customer.EscalateCase{CaseID: id(40), To: "head"}},
		{Name: "escalating to nobody", Given: ann(asked), When: customer.EscalateCase{CaseID: id(40)}, Refused: customer.ErrEscalation},
		{Name: "escalating with NUL", Given: ann(asked), Refused: domain.ErrText.At("reason"),
			When: customer.EscalateCase{CaseID: id(40), To: "head", Reason: "\x00"}},
		{Name: "escalating what is resolved", Given: ann(asked, solved), When: customer.EscalateCase(escalated),
			Refused: customer.ErrCaseResolved},
	}
}

func caseClocks() []story {
	breached := func(clock customer.ServiceClock, hours float64) customer.CaseBreached {
		return customer.CaseBreached{CaseID: id(40), Clock: clock, By: later(hours)}
	}
	lateAnswer, lateEnd := breached(customer.ResponseClock, 8), breached(customer.ResolutionClock, 72)
	pause := customer.PauseCase{CaseID: id(40), Reason: "away"}
	paused := customer.CasePaused{CaseID: id(40), Reason: "away", RespondLeftS: seconds(6), ResolveLeftS: seconds(70)}
	resumed := customer.CaseResumed{CaseID: id(40), RespondBy: point(later(36)), ResolveBy: point(later(100))}
	resume := customer.ResumeCase{CaseID: id(40)}
	respond := customer.RespondToCase{CaseID: id(40), ResponseID: id(45)}
	resolve := customer.ResolveCase{CaseID: id(40), Action: customer.CorrectiveAction}
	return []story{
		{Name: "an answer that comes late", Given: ann(asked), When: at(9, respond), Then: []customer.Event{lateAnswer, answered}},
		{Name: "an answer after the breach", Given: ann(asked, lateAnswer), When: at(9, respond), Then: []customer.Event{answered}},
		{Name: "a resolution that comes late, without any answer", Given: ann(asked), When: at(73, resolve),
			Then: []customer.Event{lateAnswer, lateEnd, customer.CaseResolved{CaseID: id(40), Type: customer.Question,
				Action: customer.CorrectiveAction, FirstContact: true}}},
		{Name: "pausing", Given: ann(asked), When: at(2, pause), Then: []customer.Event{paused}},
		{Name: "pausing again", Given: ann(asked, paused), When: at(3, pause)},
		{Name: "pausing when the answer was given", Given: ann(asked, answered), When: at(2, pause),
			Then: []customer.Event{customer.CasePaused{CaseID: id(40), Reason: "away", ResolveLeftS: seconds(70)}}},
		{Name: "a pause hides no breach", Given: ann(asked), When: at(9, pause), Then: []customer.Event{lateAnswer,
			customer.CasePaused{CaseID: id(40), Reason: "away", ResolveLeftS: seconds(63)}}},
		{Name: "pausing what is resolved", Given: ann(asked, solved), When: at(2, pause), Refused: customer.ErrCaseResolved},
		{Name: "pausing for NUL", Given: ann(asked), Refused: domain.ErrText.At("reason"),
			When: at(2, customer.PauseCase{CaseID: id(40), Reason: "\x00"})},
		{Name: "resuming", Given: ann(asked, paused), When: at(30, resume), Then: []customer.Event{resumed}},
		{Name: "resuming what runs", Given: ann(asked), When: at(30, resume)},
		{Name: "resuming no case", Given: ann(), When: at(30, resume), Refused: customer.ErrCaseUnknown},
		{Name: "in time, thanks to the pause", Given: ann(asked, paused, resumed), When: at(36, respond),
			Then: []customer.Event{answered}},
		{Name: "late, in spite of the pause", Given: ann(asked, paused, resumed), When: at(37, respond),
			Then: []customer.Event{breached(customer.ResponseClock, 36), answered}},
		{Name: "the day before it runs out", Given: ann(asked), When: customer.PassDay{Date: monday - 1}},
		{Name: "the day on which it runs out, in Tokyo", Given: ann(asked), When: customer.PassDay{Date: monday},
			Then: []customer.Event{lateAnswer}},
		{Name: "both ran out", Given: ann(asked), When: customer.PassDay{Date: monday + 3}, Then: []customer.Event{lateAnswer, lateEnd}},
		{Name: "the day is over and it was answered", Given: ann(asked, answered), When: customer.PassDay{Date: monday + 2}},
		{Name: "the days of a pause", Given: ann(asked, paused), When: customer.PassDay{Date: monday + 99}},
		{Name: "the day of what is resolved", Given: ann(asked, solved), When: customer.PassDay{Date: monday + 99}},
	}
}

func caseResolutions() []story {
	resolve := func(change func(*customer.ResolveCase)) customer.Command {
		c := customer.ResolveCase{CaseID: id(40), Action: customer.CorrectiveAction}
		change(&c)
		return at(2, c)
	}
	same := func(*customer.ResolveCase) {}
	grant := func(amount, currency string) customer.Command {
		return resolve(func(c *customer.ResolveCase) {
			c.Compensation = &customer.Compensation{Amount: decimal.MustParse(amount), Currency: domain.Currency(currency)}
		})
	}
	ended := func(change func(*customer.CaseResolved)) []customer.Event {
		e := solved
		change(&e)
		return []customer.Event{e}
	}
	granted := func(minor int64) func(*customer.CaseResolved) {
		return func(e *customer.CaseResolved) {
			e.Compensation = &customer.Granted{AmountMinor: minor, Currency: "EUR", ReportingMinor: minor, ReportingCurrency: "EUR"}
		}
	}
	more := customer.CaseResponded{CaseID: id(40), ResponseID: id(46)}
	escalated := customer.CaseEscalated{CaseID: id(40), To: "head"}
	reopen := customer.ReopenCase{CaseID: id(40), Reason: "again"}
	reopened := customer.CaseReopened{CaseID: id(40), Type: customer.Question, Reason: "again", ResolveBy: point(later(130))}
	closed := customer.CaseClosed{CaseID: id(40)}
	noise := opened(40, customer.Complaint, "noise")
	return []story{
		{Name: "resolving at first contact", Given: ann(asked), When: resolve(same), Then: []customer.Event{solved}},
		{Name: "resolving again", Given: ann(asked, solved), When: resolve(same)},
		{Name: "resolving what was closed", Given: ann(asked, solved, closed), When: resolve(same)},
		{Name: "resolving otherwise", Given: ann(asked, solved), Refused: customer.ErrCaseResolved,
			When: resolve(func(c *customer.ResolveCase) { c.RootCause = "other" })},
		{Name: "resolving after two answers", Given: ann(asked, answered, more), When: resolve(same),
			Then: ended(func(e *customer.CaseResolved) { e.FirstContact = false })},
		{Name: "resolving after it was escalated", Given: ann(asked, escalated), When: resolve(same),
			Then: ended(func(e *customer.CaseResolved) { e.FirstContact = false })},
		{Name: "resolving no case", Given: ann(), When: resolve(same), Refused: customer.ErrCaseUnknown},
		{Name: "doing nothing", Given: ann(asked), Refused: customer.ErrCaseAction,
			When: resolve(func(c *customer.ResolveCase) { c.Action = "none" })},
		{Name: "a complaint without a cause", Given: ann(noise), When: resolve(same), Refused: customer.ErrRootCause},
		{Name: "a cause with NUL", Given: ann(asked), Refused: domain.ErrText.At("root_cause"),
			When: resolve(func(c *customer.ResolveCase) { c.RootCause = "\x00" })},
		{Name: "a compensation at the limit", Given: ann(asked), When: grant("100.00", "EUR"), Then: ended(granted(10_000))},
		{Name: "a compensation above it", Given: ann(asked), When: grant("100.01", "EUR"), Refused: customer.ErrCompensationLimit,
			Because: "100 EUR"},
		{Name: "more, once it was escalated", Given: ann(asked, escalated), When: grant("1000", "EUR"),
			Then: ended(func(e *customer.CaseResolved) { granted(100_000)(e); e.FirstContact = false })},
		{Name: "too much even then", Given: ann(asked, escalated), When: grant("1001", "EUR"), Refused: customer.ErrCompensationLimit},
		{Name: "a compensation of nothing", Given: ann(asked), When: grant("0", "EUR"), Refused: customer.ErrCompensation},
		{Name: "a compensation in no currency", Given: ann(asked), When: grant("1", "eur"),
			Refused: domain.ErrCurrency.At("compensation.currency")},
		{Name: "reopening", Given: ann(asked, solved), When: at(60, reopen), Then: []customer.Event{reopened}},
		{Name: "reopening what was closed", Given: ann(asked, solved, closed), When: at(60, reopen), Then: []customer.Event{reopened}},
		{Name: "reopening what is open", Given: ann(asked), When: at(60, reopen)},
		{Name: "reopening no case", Given: ann(), When: at(60, reopen), Refused: customer.ErrCaseUnknown},
		{Name: "a reason with NUL", Given: ann(asked, solved), Refused: domain.ErrText.At("reason"),
			When: at(60, customer.ReopenCase{CaseID: id(40), Reason: "\x00"})},
		{Name: "resolving it a second time", Given: ann(asked, solved, reopened), When: at(60, customer.ResolveCase{CaseID: id(40),
			Action: customer.CorrectiveAction}), Then: ended(func(e *customer.CaseResolved) { e.FirstContact = false })},
		{Name: "the day on which what was reopened runs out", Given: ann(asked, solved, reopened),
			When: customer.PassDay{Date: monday + 5}, Then: []customer.Event{customer.CaseBreached{CaseID: id(40),
				Clock: customer.ResolutionClock, By: later(130)}}},
		{Name: "closing", Given: ann(asked, solved), When: customer.CloseCase(closed), Then: []customer.Event{closed}},
		{Name: "closing again", Given: ann(asked, solved, closed), When: customer.CloseCase(closed)},
		{Name: "closing what is open", Given: ann(asked), When: customer.CloseCase(closed), Refused: customer.ErrCaseUnresolved},
		{Name: "closing no case", Given: ann(), When: customer.CloseCase(closed), Refused: customer.ErrCaseUnknown},
	}
}

func point[T any](v T) *T { return &v }
