package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Interviews keeps what customers said in interviews, an answer a row.
var Interviews = Projector{
	Name:   "interviews",
	Tables: tables{interviewRows},
	Schema: `
CREATE INDEX ON interview_answers (topic, held_on); -- what was said on a topic, by day
CREATE INDEX ON interview_answers (held_on) WHERE number = 1; -- the interviews of a span of days
`,
	On: []Handler{On(func(e customer.InterviewHeld, r domain.Recorded, p *fold) error {
		for i, a := range e.Answers {
			add(p, interviewRows, interviewRow{CustomerID: p.id, InterviewID: e.InterviewID, Number: int64(i + 1),
				HeldOn: p.day, Topic: e.Topic, Question: a.Question, Answer: optional(a.Answer),
				Interviewer: optional(r.Metadata.Actor), Department: optional(r.Metadata.Department)})
		}
		return nil
	})},
}

type interviewRow struct {
	CustomerID  uuid.UUID  `db:"customer_id,key" note:"who was asked"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
	InterviewID uuid.UUID  `db:"interview_id,key" note:"the interview"`
	Number      int64      `db:"number,key" note:"of the question within the interview, from 1"`
	HeldOn      domain.Day `db:"held_on" note:"business day of the interview"`
	Topic       string     `db:"topic" note:"Personal: what the interview was about"`
	Question    string     `db:"question" note:"Personal: what was asked"`
	Answer      *string    `db:"answer" note:"Personal: what was said; null where nothing was"`
	Interviewer *string    `db:"interviewer" note:"who asked"`
	Department  *string    `db:"department" note:"whose"`
}

var interviewRows = added[interviewRow]("interview_answers",
	"What customers said in interviews: a row for each question.")
