package customer_test

import "github.com/rapport-crm/rapport/domain/customer"

func caseReplies() []story {
	reply := func(n byte) customer.ReplyToCase { return customer.ReplyToCase{CaseID: id(40), ReplyID: id(n)} }
	respond := customer.RespondToCase{CaseID: id(40), ResponseID: id(46)}
	responded := customer.CaseResponded{CaseID: id(40), ResponseID: id(46)}
	resolve := customer.ResolveCase{CaseID: id(40), Action: customer.CorrectiveAction}
	replied := customer.CaseReplied{CaseID: id(40), ReplyID: id(47)}
	awaits := customer.CaseReplied{CaseID: id(40), ReplyID: id(47), Awaits: true, NextBy: point(later(18))}
	late := customer.CaseBreached{CaseID: id(40), Clock: customer.NextResponseClock, By: later(18)}
	paused := customer.CasePaused{CaseID: id(40), NextLeftS: seconds(6), ResolveLeftS: seconds(60)}
	resumed := customer.CaseResumed{CaseID: id(40), NextBy: point(later(26)), ResolveBy: point(later(80))}
	standing := customer.CaseReplied{CaseID: id(40), ReplyID: id(47), Awaits: true, NextLeftS: seconds(8)}
	reopened := customer.CaseReopened{CaseID: id(40), Type: customer.Question, ResolveBy: point(later(130))}
	return []story{
		{Name: "writing before we answered", Given: ann(asked), When: at(1, reply(47)), Then: []customer.Event{replied}},
		{Name: "writing after we answered", Given: ann(asked, answered), When: at(10, reply(47)), Then: []customer.Event{awaits}},
		{Name: "the same reply again", Given: ann(asked, answered, awaits), When: at(11, reply(47))},
		{Name: "writing while waiting", Given: ann(asked, answered, awaits), When: at(11, reply(48)),
			Then: []customer.Event{customer.CaseReplied{CaseID: id(40), ReplyID: id(48)}}},
		{Name: "writing after waiting in vain", Given: ann(asked, answered, awaits, late), When: at(19, reply(48)),
			Then: []customer.Event{customer.CaseReplied{CaseID: id(40), ReplyID: id(48)}}},
		{Name: "writing a second time, after our answer", Given: ann(asked, answered, awaits, responded), When: at(20, reply(48)),
			Then: []customer.Event{customer.CaseReplied{CaseID: id(40), ReplyID: id(48), Awaits: true, NextBy: point(later(28))}}},
		{Name: "writing while it is paused", Given: ann(asked, answered, paused), When: at(10, reply(47)),
			Then: []customer.Event{standing}},
		{Name: "writing when it was reopened", Given: ann(asked, solved, reopened), When: at(10, reply(47)),
			Then: []customer.Event{awaits}},
		{Name: "a reply without id", Given: ann(asked), When: at(1, reply(0)), Refused: customer.ErrReplyID,
			Because: "UUID"},
		{Name: "replying to another case by it", Given: ann(asked, replied), Refused: customer.ErrReplyOtherwise,
			When: at(1, customer.ReplyToCase{CaseID: id(41), ReplyID: id(47)})},
		{Name: "replying to what is resolved", Given: ann(asked, solved), When: at(3, reply(47)), Refused: customer.ErrCaseResolved},
		{Name: "replying to no case", Given: ann(), When: at(3, reply(47)), Refused: customer.ErrCaseUnknown},

		{Name: "the next answer in time", Given: ann(asked, answered, awaits), When: at(18, respond), Then: []customer.Event{responded}},
		{Name: "the next answer too late", Given: ann(asked, answered, awaits), When: at(19, respond),
			Then: []customer.Event{late, responded}},
		{Name: "the next answer after the breach", Given: ann(asked, answered, awaits, late), When: at(19, respond),
			Then: []customer.Event{responded}},
		{Name: "pausing while they wait", Given: ann(asked, answered, awaits), When: at(12, customer.PauseCase{CaseID: id(40)}),
			Then: []customer.Event{paused}},
		{Name: "resuming while they wait", Given: ann(asked, answered, awaits, paused),
			When: at(20, customer.ResumeCase{CaseID: id(40)}), Then: []customer.Event{resumed}},
		{Name: "resuming what they wrote about meanwhile", Given: ann(asked, answered, paused, standing),
			When: at(20, customer.ResumeCase{CaseID: id(40)}), Then: []customer.Event{customer.CaseResumed{CaseID: id(40),
				NextBy: point(later(28)), ResolveBy: point(later(80))}}},
		{Name: "resolving while they wait too long", Given: ann(asked, answered, awaits), When: at(20, resolve),
			Then: []customer.Event{late, customer.CaseResolved{CaseID: id(40), Type: customer.Question,
				Action: customer.CorrectiveAction, LeftS: seconds(52)}}},
		{Name: "resolving at first contact though they added something", Given: ann(asked, replied), When: at(2, resolve),
			Then: []customer.Event{solved}},
		{Name: "its day is over while they wait", Given: ann(asked, answered, awaits), When: customer.PassDay{Date: monday + 1},
			Then: []customer.Event{late}},
		{Name: "its day is over and they wait no more", Given: ann(asked, answered, awaits, responded),
			When: customer.PassDay{Date: monday + 1}},
		{Name: "its day is over once more", Given: ann(asked, answered, awaits, late), When: customer.PassDay{Date: monday + 1}},
	}
}
