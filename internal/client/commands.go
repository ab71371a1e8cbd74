package client

import (
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

// Register is a line that begins a customer's history.
func Register(id uuid.UUID, c customer.Register, how Circumstances) Line {
	return Line{Command: "register_customer", CustomerID: id, Body: struct {
		customer.Register
		Circumstances
	}{c, how}}
}

// RecordPurchase is a line that says what a customer bought.
func RecordPurchase(id uuid.UUID, c customer.RecordPurchase, how Circumstances) Line {
	return Line{Command: "record_purchase", CustomerID: id, Body: struct {
		customer.RecordPurchase
		Circumstances
	}{c, how}}
}

// RecordReturn is a line that says what a customer brought back.
func RecordReturn(id uuid.UUID, c customer.RecordReturn, how Circumstances) Line {
	return Line{Command: "record_return", CustomerID: id, Body: struct {
		customer.RecordReturn
		Circumstances
	}{c, how}}
}

// RecordInteraction is a line that tells of a contact with a customer.
func RecordInteraction(id uuid.UUID, c customer.RecordInteraction, how Circumstances) Line {
	return Line{Command: "record_interaction", CustomerID: id, Body: struct {
		customer.RecordInteraction
		Circumstances
	}{c, how}}
}

// CloseDay is a line that declares a day over. Everything before it is done before, everything after after.
func CloseDay(day domain.Day) Line {
	return Line{Command: "close_day", Body: calendar.CloseDay{Date: day}}
}
