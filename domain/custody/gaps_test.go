package custody_test

import (
	"testing"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

type story = domaintest.Story[custody.State, custody.Needs]

func stories() []story {
	gap := func(first, last uint64) custody.Gap {
		return custody.Gap{Stream: "customer-1", First: first, Last: last}
	}
	accept := func(gaps ...custody.Gap) custody.Command {
		return domaintest.In(custody.AcceptGaps{Gaps: gaps, Reason: "scavenged in May"}, func(g *custody.Given) {
			g.Needs.Missing = []custody.Gap{gap(0, 9), gap(20, 29), {Stream: "segment-vip", First: 0, Last: 0}}
		})
	}
	accepted := func(gaps ...custody.Gap) custody.Event {
		return custody.GapsAccepted{Gaps: gaps, Reason: "scavenged in May"}
	}
	return []story{
		{Name: "a gap", When: accept(gap(0, 9)), Then: []custody.Event{accepted(gap(0, 9))}},
		{Name: "two gaps", When: accept(gap(0, 9), custody.Gap{Stream: "segment-vip"}),
			Then: []custody.Event{accepted(gap(0, 9), custody.Gap{Stream: "segment-vip"})}},
		{Name: "a part of one", When: accept(gap(3, 4)), Then: []custody.Event{accepted(gap(3, 4))}},
		{Name: "what was accepted", Given: []custody.Event{accepted(gap(0, 9))}, When: accept(gap(2, 9))},
		{Name: "what was accepted in two", Given: []custody.Event{accepted(gap(5, 9)), accepted(gap(0, 4))}, When: accept(gap(0, 9))},
		{Name: "more than was accepted", Given: []custody.Event{accepted(gap(0, 3)), accepted(gap(5, 9))}, When: accept(gap(0, 9)),
			Then: []custody.Event{accepted(gap(0, 9))}},
		{Name: "after the log was adopted, and the key changed", Given: []custody.Event{custody.LogAdopted{}, custody.KeyChanged{}},
			When: accept(gap(20, 29)), Then: []custody.Event{accepted(gap(20, 29))}},
		{Name: "no gap", When: accept(), Refused: custody.ErrGaps},
		{Name: "a gap that ends before it begins", When: accept(gap(9, 0)), Refused: custody.ErrGap.At("gaps[0]")},
		{Name: "revisions that are there", When: accept(gap(0, 9), gap(9, 20)), Refused: custody.ErrGapNotMissing.At("gaps[1]"),
			Because: "0 to 9, 20 to 29"},
		{Name: "a stream that is whole", When: accept(custody.Gap{Stream: "customer-2"}), Refused: custody.ErrGapNotMissing.At("gaps[0]"),
			Because: "no revision of customer-2"},
		{Name: "who may use Rapport", When: accept(custody.Gap{Stream: "access"}), Refused: custody.ErrGapStream.At("gaps[0].stream")},
		{Name: "who vouches for the log", When: accept(custody.Gap{Stream: custody.Stream}), Refused: custody.ErrGapStream.At("gaps[0].stream")},
		{Name: "for no reason", When: custody.AcceptGaps{Gaps: []custody.Gap{gap(0, 9)}}, Refused: custody.ErrGapReason},
		{Name: "for a reason with NUL", When: custody.AcceptGaps{Gaps: []custody.Gap{gap(0, 9)}, Reason: "\x00"},
			Refused: domain.ErrText.At("reason")},
	}
}

func TestGaps(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	apitest.Suite[custody.State, custody.Needs]{Stories: stories(), Stream: custody.Stream}.Refusals(t)
}
