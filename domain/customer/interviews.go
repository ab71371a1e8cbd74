package customer

import (
	"cmp"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// An interview is a conversation that follows questions. It is a contact like any other, and its answers are
// kept one by one, so that they can be compared over customers.

// MaxInterviewAnswers bounds one interview.
const MaxInterviewAnswers = 200

// InterviewAnswer is one question and what the customer said to it.
type InterviewAnswer struct {
	Question string `json:"question" personal:"true"`
	Answer   string `json:"answer" personal:"true"`
}

// HoldInterview asks to remember an interview.
type HoldInterview struct {
	InterviewID uuid.UUID         `json:"interview_id"`
	Topic       string            `json:"topic"`
	Answers     []InterviewAnswer `json:"answers"`
	DurationS   int64             `json:"duration_s,omitempty"`
}

func (HoldInterview) Needs() Needs { return Needs{} }

// Decide accepts each InterviewID once.
func (c HoldInterview) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.InterviewID == uuid.Nil:
		return nil, ErrInterviewID
	case c.Topic == "":
		return nil, ErrInterviewTopic
	case len(c.Answers) == 0 || len(c.Answers) > MaxInterviewAnswers:
		return nil, ErrInterviewAnswers
	case c.DurationS < 0 || c.DurationS > 7*86400:
		return nil, ErrDuration
	}
	if err := checkText(c.Topic, 200, "topic"); err != nil {
		return nil, err
	}
	for i, a := range c.Answers {
		if a.Question == "" {
			return nil, ErrInterviewAnswers.At("answers[%d].question", i)
		}
		if err := cmp.Or(checkText(a.Question, 1000, "answers[%d].question", i),
			checkText(a.Answer, 10_000, "answers[%d].answer", i)); err != nil {
			return nil, err
		}
	}
	e := InterviewHeld(c)
	if known, ok := s.interviews[c.InterviewID]; ok {
		if known == e.digest() {
			return nil, nil
		}
		return nil, ErrInterviewOtherwise
	}
	return []Event{e}, nil
}

// InterviewHeld is the fact that we interviewed the customer.
type InterviewHeld struct {
	InterviewID uuid.UUID         `json:"interview_id"`          // names the interview
	Topic       string            `json:"topic" personal:"true"` // what it was about
	Answers     []InterviewAnswer `json:"answers"`               // in the order in which they were given
	DurationS   int64             `json:"duration_s,omitempty"`  // how long it took, s
}

func (InterviewHeld) EventType() string { return "customer.interview_held.v1" }

func (e InterviewHeld) Evolve(s *State, _ domain.Metadata) {
	remember(&s.interviews, e.InterviewID, e.digest())
}

// Summary implements Told.
func (e InterviewHeld) Summary() string {
	return "answered " + counted(len(e.Answers), "question") + " in an interview"
}

func (e InterviewHeld) digest() domain.Digest {
	d := domain.NewDigest().Text(e.Topic).Int(e.DurationS)
	for _, a := range e.Answers {
		d = d.Text(a.Question).Text(a.Answer)
	}
	return d
}

var (
	ErrInterviewID = &domain.Rejection{Kind: domain.Invalid, Code: "interview_id_missing", Field: "interview_id",
		Reason: "name the interview by a UUID"}
	ErrInterviewTopic = &domain.Rejection{Kind: domain.Invalid, Code: "interview_topic_missing", Field: "topic",
		Reason: "say what the interview was about"}
	ErrInterviewAnswers = &domain.Rejection{Kind: domain.Invalid, Code: "interview_answers_missing", Field: "answers",
		Reason: "an interview has 1 to 200 questions, each with its words"}
	ErrInterviewOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "interview_held_otherwise",
		Field: "interview_id", Reason: "this interview was recorded before, with other content"}
)
