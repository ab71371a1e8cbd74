package eventstore_test

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/custody"
)

var custodyExamples = []domain.Event{
	custody.LogAdopted{Reason: "the database was lost on 3 May", By: "rapport", Head: "rapport/1\n3\n…\n", Before: "rapport/1\n2\n…\n"},
	custody.KeyChanged{Statement: "rapport key change 1\n…\n"},
}
