package client

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Circumstances say when, by whom and where something came about.
type Circumstances struct {
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	Actor      string    `json:"actor,omitempty"`
	Source     string    `json:"source,omitempty"`
	Department string    `json:"department,omitempty"`
	Channel    string    `json:"channel,omitempty"`
}

// Command is a line that asks for what a command of this name holds, as the server's reference lists them. The
// id is the customer's, or none.
func Command(name string, id uuid.UUID, command any, how Circumstances) Line {
	return Line{Command: name, CustomerID: id, Body: told{command, how}}
}

// told is a command and its circumstances in one object.
type told struct {
	command any
	how     Circumstances
}

// Told returns the command that a line made by Command asks for.
func (t told) Told() any { return t.command }

func (t told) MarshalJSON() ([]byte, error) {
	command, err := json.Marshal(t.command)
	if err != nil {
		return nil, err
	}
	how, err := json.Marshal(t.how)
	if err != nil {
		return nil, err
	}
	switch {
	case string(command) == "{}":
		return how, nil
	case string(how) == "{}":
		return command, nil
	}
	return append(append(command[:len(command)-1], ','), how[1:]...), nil
}

// Register is a line that begins a customer's history.
func Register(id uuid.UUID, c customer.Register, how Circumstances) Line {
	return Command("register_customer", id, c, how)
}

// RecordPurchase is a line that says what a customer bought.
func RecordPurchase(id uuid.UUID, c customer.RecordPurchase, how Circumstances) Line {
	return Command("record_purchase", id, c, how)
}

// RecordReturn is a line that says what a customer brought back.
func RecordReturn(id uuid.UUID, c customer.RecordReturn, how Circumstances) Line {
	return Command("record_return", id, c, how)
}

// RecordInteraction is a line that tells of a contact with a customer.
func RecordInteraction(id uuid.UUID, c customer.RecordInteraction, how Circumstances) Line {
	return Command("record_interaction", id, c, how)
}

// Correct is a line that voids what was told otherwise than by another line, and tells it as that one does.
func Correct(as Line, reason string) Line {
	type told struct {
		Command string `json:"command"`
		Body    any    `json:"body"`
	}
	return Line{Command: "correct_fact", CustomerID: as.CustomerID, Body: struct {
		Reason string `json:"reason"`
		As     told   `json:"as"`
	}{reason, told{as.Command, as.Body}}}
}

// CloseDay is a line that declares a day over. Everything before it is done before, everything after after.
func CloseDay(day domain.Day) Line {
	return Line{Command: "close_day", Body: calendar.CloseDay{Date: day}}
}
