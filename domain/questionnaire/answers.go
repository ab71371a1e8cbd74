package questionnaire

import (
	"slices"

	"github.com/rapport-crm/rapport/domain"
)

// Answer is what was answered to an item, or to one aspect of it.
type Answer struct {
	Item   string `json:"item"`             // of the questionnaire
	Aspect string `json:"aspect,omitempty"` // expectation or perception (servqual), functional or dysfunctional (kano)
	Value  int    `json:"value"`            // on the item's scale
}

// Arrange checks answers against the template and brings them into its order. Every item is answered once in
// all of its aspects, or, where it is optional, not at all.
func (t *Template) Arrange(answers []Answer) ([]Answer, error) {
	aspects := forms[t.Kind].aspects
	if aspects == nil {
		aspects = []string{""}
	}
	given := make(map[Answer]int, len(answers)) // the place of each item's aspect, under Value 0
	for i, a := range answers {
		at := slices.IndexFunc(t.Items, func(item Item) bool { return item.Item == a.Item })
		if at < 0 {
			return nil, ErrItemUnknown.At("answers[%d].item", i)
		}
		if !slices.Contains(aspects, a.Aspect) {
			return nil, ErrAspect.At("answers[%d].aspect", i)
		}
		if item := &t.Items[at]; a.Value < item.Min || a.Value > item.Max {
			return nil, ErrValue.At("answers[%d].value", i).Because("the scale goes from %d to %d", item.Min, item.Max)
		}
		place := Answer{Item: a.Item, Aspect: a.Aspect}
		if _, twice := given[place]; twice {
			return nil, ErrAnsweredTwice.At("answers[%d].item", i)
		}
		given[place] = i
	}
	arranged := make([]Answer, 0, len(answers))
	for _, item := range t.Items {
		before := len(arranged)
		for _, aspect := range aspects {
			if i, ok := given[Answer{Item: item.Item, Aspect: aspect}]; ok {
				arranged = append(arranged, answers[i])
			}
		}
		if n := len(arranged) - before; n < len(aspects) && (n > 0 || !item.Optional) {
			return nil, ErrUnanswered.Because("item %s is not answered, or not in all aspects", item.Item)
		}
	}
	if len(arranged) == 0 {
		return nil, ErrUnanswered.Because("nothing is answered")
	}
	return arranged, nil
}

var (
	ErrItemUnknown = &domain.Rejection{Kind: domain.Invalid, Code: "item_unknown",
		Reason: "this version of the questionnaire has no such item"}
	ErrAspect = &domain.Rejection{Kind: domain.Invalid, Code: "aspect_unknown",
		Reason: "items of servqual have an expectation and a perception, those of kano a functional and a dysfunctional " +
			"aspect, others none"}
	ErrValue = &domain.Rejection{Kind: domain.Invalid, Code: "value_off_scale",
		Reason: "the answer is not on the item's scale"}
	ErrAnsweredTwice = &domain.Rejection{Kind: domain.Invalid, Code: "item_answered_twice",
		Reason: "an item, or an aspect of it, is answered once"}
	ErrUnanswered = &domain.Rejection{Kind: domain.Invalid, Code: "item_unanswered", Field: "answers",
		Reason: "what is asked is to be answered"}
)
