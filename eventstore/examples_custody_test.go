package eventstore_test

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/custody"
)

var custodyExamples = []domain.Event{
	custody.LogAdopted{Reason: "the database was lost on 3 May", By: "rapport", Head: "rapport/1\n3\n…\n", Before: "rapport/1\n2\n…\n"},
	custody.KeyChanged{Statement: "rapport key change 1\n…\n"},
	custody.GapsAccepted{Gaps: []custody.Gap{{Stream: "customer-0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d1e", First: 3, Last: 221}},
		Reason: "scavenged by mistake on 3 May, and no backup has them"},
}
