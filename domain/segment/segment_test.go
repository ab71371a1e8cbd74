package segment_test

import (
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/domain/segment"
)

type story = domaintest.Story[segment.State, segment.Needs]

func TestSegment(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	apitest.Suite[segment.State, segment.Needs]{Stories: stories(), Stream: segment.Stream("fresh")}.Refusals(t)
}

func stories() []story {
	const rule, other = "recency_days <= 30", "recency_days <= 60"
	first := segment.Defined{Name: "fresh", Version: 1, Title: "Fresh", Rule: rule}
	second := segment.Defined{Name: "fresh", Version: 2, Title: "Fresh", Rule: other}
	retired := segment.Retired{Name: "fresh", Version: 1}
	return []story{
		{Name: "the first definition", When: segment.Define{Name: "fresh", Title: "Fresh", Rule: rule},
			Then: []segment.Event{first}},
		{Name: "the same again", Given: []segment.Event{first},
			When: segment.Define{Name: "fresh", Title: "Fresh", Rule: rule}},
		{Name: "another rule", Given: []segment.Event{first},
			When: segment.Define{Name: "fresh", Title: "Fresh", Rule: other}, Then: []segment.Event{second}},
		{Name: "another title", Given: []segment.Event{first}, When: segment.Define{Name: "fresh", Rule: rule},
			Then: []segment.Event{segment.Defined{Name: "fresh", Version: 2, Rule: rule}}},
		{Name: "back to the first rule", Given: []segment.Event{first, second},
			When: segment.Define{Name: "fresh", Title: "Fresh", Rule: rule},
			Then: []segment.Event{segment.Defined{Name: "fresh", Version: 3, Title: "Fresh", Rule: rule}}},
		{Name: "defined anew after retirement", Given: []segment.Event{first, retired},
			When: segment.Define{Name: "fresh", Title: "Fresh", Rule: rule},
			Then: []segment.Event{segment.Defined{Name: "fresh", Version: 2, Title: "Fresh", Rule: rule}}},
		{Name: "retirement", Given: []segment.Event{first}, When: segment.Retire{Name: "fresh"},
			Then: []segment.Event{retired}},
		{Name: "retirement again", Given: []segment.Event{first, retired}, When: segment.Retire{Name: "fresh"}},
		{Name: "retirement of nothing", When: segment.Retire{Name: "fresh"}, Refused: segment.ErrUnknown},
		{Name: "no name", When: segment.Define{Rule: rule}, Refused: segment.ErrName},
		{Name: "a name in capitals", When: segment.Define{Name: "Fresh", Rule: rule}, Refused: segment.ErrName},
		{Name: "a name too long", When: segment.Define{Name: strings.Repeat("a", 64), Rule: rule},
			Refused: segment.ErrName},
		{Name: "a title too long", When: segment.Define{Name: "fresh", Title: strings.Repeat("a", 301), Rule: rule},
			Refused: domain.ErrText.At("title")},
		{Name: "a rule about what is not there", When: segment.Define{Name: "fresh", Rule: "recency < 3"},
			Refused: rules.ErrMalformed, Because: `1:1: there is no fact "recency"`},
	}
}
