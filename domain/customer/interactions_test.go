package customer_test

import (
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func interactions() []story {
	call := customer.RecordInteraction{InteractionID: id(5), Kind: "call", Direction: customer.Inbound,
		Subject: "delivery", Text: "Where is my pot?", DurationS: 120}
	called := customer.InteractionRecorded(call)
	changed := func(change func(*customer.RecordInteraction)) customer.RecordInteraction {
		c := call
		change(&c)
		return c
	}
	return []story{
		{Name: "calling", Given: ann(), When: call, Then: []customer.Event{called}},
		{Name: "calling again under the same id", Given: ann(called), When: call},
		{Name: "calling otherwise under the same id", Given: ann(called),
			When:    changed(func(c *customer.RecordInteraction) { c.DurationS++ }),
			Refused: customer.ErrInteractionOtherwise},
		{Name: "calling as nobody", When: call, Refused: customer.ErrUnknown},
		{Name: "no interaction id", Given: ann(),
			When:    changed(func(c *customer.RecordInteraction) { c.InteractionID = uuid.Nil }),
			Refused: customer.ErrInteractionID},
		{Name: "an unknown kind of contact", Given: ann(),
			When:    changed(func(c *customer.RecordInteraction) { c.Kind = "telepathy" }),
			Refused: customer.ErrInteractionKind},
		{Name: "no direction", Given: ann(), When: changed(func(c *customer.RecordInteraction) { c.Direction = "" }),
			Refused: customer.ErrDirection},
		{Name: "a negative duration", Given: ann(),
			When: changed(func(c *customer.RecordInteraction) { c.DurationS = -1 }), Refused: customer.ErrDuration},
		{Name: "an absurd duration", Given: ann(),
			When: changed(func(c *customer.RecordInteraction) { c.DurationS = 7*86400 + 1 }), Refused: customer.ErrDuration},
		{Name: "a subject with NUL", Given: ann(),
			When:    changed(func(c *customer.RecordInteraction) { c.Subject = "\x00" }),
			Refused: domain.ErrText.At("subject")},
		{Name: "a text too long", Given: ann(),
			When:    changed(func(c *customer.RecordInteraction) { c.Text = strings.Repeat("t", 200_001) }),
			Refused: domain.ErrText.At("text")},
	}
}
