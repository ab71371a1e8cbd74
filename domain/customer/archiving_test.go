package customer_test

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func archiving() []story {
	archive := customer.Archive{Reason: "asked for rest"}
	archived := customer.Archived{Reason: "asked for rest"}
	byRule := customer.Archived{Rule: "dormant"}
	restored := customer.Restored{Reason: "came back"}
	return []story{
		{Name: "setting a customer aside", Given: ann(), When: archive, Then: []customer.Event{archived}},
		{Name: "setting aside by a rule", Given: ann(), When: customer.Archive{Rule: "dormant"}, Then: []customer.Event{byRule}},
		{Name: "setting aside again", Given: ann(archived), When: customer.Archive{Rule: "dormant"}},
		{Name: "setting nobody aside", When: archive, Refused: customer.ErrUnknown},
		{Name: "an archiving reason with NUL", Given: ann(), When: customer.Archive{Reason: "\x00"}, Refused: domain.ErrText.At("reason")},
		{Name: "a rule of two words", Given: ann(), When: customer.Archive{Rule: "two words"}, Refused: customer.ErrArchiveRule},
		{Name: "restoring", Given: ann(archived), When: customer.Restore{Reason: "came back"}, Then: []customer.Event{restored}},
		{Name: "restoring again", Given: ann(archived, restored), When: customer.Restore{}},
		{Name: "restoring who was never set aside", Given: ann(), When: customer.Restore{}},
		{Name: "restoring nobody", When: customer.Restore{}, Refused: customer.ErrUnknown},
		{Name: "a restoring reason with NUL", Given: ann(archived), When: customer.Restore{Reason: "\x00"},
			Refused: domain.ErrText.At("reason")},
		{Name: "setting aside once more", Given: ann(archived, restored), When: customer.Archive{Rule: "dormant"},
			Then: []customer.Event{byRule}},
	}
}
