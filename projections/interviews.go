package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Interviews keeps what customers said in interviews, an answer a row.
var Interviews = Projector{
	Name: "interviews",
	Schema: `
-- What customers said in interviews: a row for each question.
CREATE TABLE interview_answers (
	customer_id uuid NOT NULL, -- who was asked
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	interview_id uuid NOT NULL, -- the interview
	number bigint NOT NULL, -- of the question within the interview, from 1
	held_on date NOT NULL, -- business day of the interview
	topic text NOT NULL, -- Personal: what the interview was about
	question text NOT NULL, -- Personal: what was asked
	answer text, -- Personal: what was said; null where nothing was
	interviewer text, -- who asked
	department text, -- whose
	PRIMARY KEY (customer_id, interview_id, number)
);
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
	CustomerID  uuid.UUID  `db:"customer_id"`
	InterviewID uuid.UUID  `db:"interview_id"`
	Number      int64      `db:"number"`
	HeldOn      domain.Day `db:"held_on"`
	Topic       string     `db:"topic"`
	Question    string     `db:"question"`
	Answer      *string    `db:"answer"`
	Interviewer *string    `db:"interviewer"`
	Department  *string    `db:"department"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
}

var interviewRows = added[interviewRow]("interview_answers", 3)
