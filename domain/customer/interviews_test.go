package customer_test

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func interviews() []story {
	interview := func(change func(*customer.HoldInterview)) customer.HoldInterview {
		c := customer.HoldInterview{InterviewID: id(9), Topic: "moving house", DurationS: 1800, Answers: []customer.InterviewAnswer{
			{Question: "When?", Answer: "in spring"}, {Question: "Where to?"}}}
		change(&c)
		return c
	}
	same := interview(func(*customer.HoldInterview) {})
	held := customer.InterviewHeld(same)
	refused := func(name string, r *domain.Rejection, change func(*customer.HoldInterview)) story {
		return story{Name: name, Given: ann(), When: interview(change), Refused: r}
	}
	return []story{
		{Name: "an interview", Given: ann(), When: same, Then: []customer.Event{held}},
		{Name: "the same interview again", Given: ann(held), When: same},
		{Name: "another interview under the same id", Given: ann(held), Refused: customer.ErrInterviewOtherwise,
			When: interview(func(c *customer.HoldInterview) { c.Answers = c.Answers[:1] })},
		{Name: "an interview with nobody", When: same, Refused: customer.ErrUnknown},
		refused("no interview id", customer.ErrInterviewID, func(c *customer.HoldInterview) { c.InterviewID = uuid.Nil }),
		refused("no topic", customer.ErrInterviewTopic, func(c *customer.HoldInterview) { c.Topic = "" }),
		refused("no answers", customer.ErrInterviewAnswers, func(c *customer.HoldInterview) { c.Answers = nil }),
		refused("too many answers", customer.ErrInterviewAnswers, func(c *customer.HoldInterview) {
			c.Answers = slices.Repeat(c.Answers, 101)
		}),
		refused("no question", customer.ErrInterviewAnswers.At("answers[1].question"), func(c *customer.HoldInterview) {
			c.Answers = []customer.InterviewAnswer{{Question: "When?"}, {Answer: "yes"}}
		}),
		refused("a topic with NUL", domain.ErrText.At("topic"), func(c *customer.HoldInterview) { c.Topic = "\x00" }),
		refused("an answer with NUL", domain.ErrText.At("answers[0].answer"), func(c *customer.HoldInterview) {
			c.Answers = []customer.InterviewAnswer{{Question: "When?", Answer: "\x00"}}
		}),
		refused("an absurd duration", customer.ErrDuration, func(c *customer.HoldInterview) { c.DurationS = 8 * 86400 }),
	}
}
