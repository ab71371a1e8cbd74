package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

func TestInterviews(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.register("ann", "2024-01-01")
	w.append(streamOf("ann"), "2024-01-02", customer.InterviewHeld{InterviewID: uuid.UUID{1}, Topic: "moving",
		Answers: []customer.InterviewAnswer{{Question: "When?", Answer: "soon"}, {Question: "Where?"}}})
	w.settle()
	expect(t, "answers", w.text("SELECT number, held_on, topic, question, answer FROM interview_answers ORDER BY 1"),
		"1 2024-01-02 moving When? soon\n2 2024-01-02 moving Where? <nil>")
	expect(t, "a contact", w.text("SELECT interactions, last_contact_on FROM customer_360"), "1 2024-01-02")
}
