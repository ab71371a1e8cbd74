package questionnaire_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

type template = questionnaire.Template

func nps() template {
	return template{Kind: questionnaire.NPS, Title: "Recommend?", Items: []questionnaire.Item{{Item: "q", Max: 10}}}
}

func servqual() template {
	return template{Kind: questionnaire.SERVQUAL, Items: []questionnaire.Item{
		{Item: "1", Dimension: "tangibles", Min: 1, Max: 7}, {Item: "2", Dimension: "empathy", Min: 1, Max: 7, Optional: true}}}
}

func kano() template {
	return template{Kind: questionnaire.Kano, Items: []questionnaire.Item{{Item: "1", Min: 1, Max: 5}}}
}

func maturity() template {
	return template{Kind: questionnaire.Maturity, Items: []questionnaire.Item{{Item: "1", Dimension: "data", Min: 1, Max: 5}}}
}

type story = domaintest.Story[questionnaire.State, questionnaire.Needs]

func TestQuestionnaire(t *testing.T) { domaintest.Tell(t, stories()) }

// What questionnaires refuse of answers, apps meet when customers answer.
func TestRefusalsOverHTTP(t *testing.T) {
	answered := func(kind string, items, answers string) []apitest.Ask {
		return []apitest.Ask{
			{Method: "PUT", Path: "/v1/questionnaires/q", Body: `{"kind":"` + kind + `","items":[` + items + `]}`},
			{Method: "POST", Path: "/v1/customers", Body: `{"kind":"person","customer_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01"}`},
			{Method: "POST", Path: "/v1/customers/0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01/surveys",
				Body: `{"questionnaire":"q","version":1,"answers":[` + answers + `]}`}}
	}
	const score, pair = `{"item":"q","min":0,"max":10}`, `{"item":"q","min":1,"max":7}`
	const one, other = `{"item":"q","aspect":"expectation","value":1}`, `{"item":"q","aspect":"perception","value":1}`
	apitest.Suite[questionnaire.State, questionnaire.Needs]{Stories: stories(), Stream: questionnaire.Stream("q"), Asked: map[string][]apitest.Ask{
		"item_unknown":        answered("nps", score, `{"item":"r","value":1}`),
		"aspect_unknown":      answered("servqual", pair, `{"item":"q","value":1}`),
		"value_off_scale":     answered("nps", score, `{"item":"q","value":11}`),
		"item_answered_twice": answered("servqual", pair, one+","+other+","+one),
		"item_unanswered":     answered("servqual", pair, one),
	}}.Refusals(t)
}

func stories() []story {
	publish := func(t template, change func(*questionnaire.Publish)) questionnaire.Command {
		c := questionnaire.Publish{ID: "q", Template: t}
		change(&c)
		return c
	}
	same := func(*questionnaire.Publish) {}
	first := questionnaire.Published{ID: "q", Version: 1, Template: nps()}
	otherTitle := nps()
	otherTitle.Title = "Would you?"
	second := questionnaire.Published{ID: "q", Version: 2, Template: otherTitle}
	refused := func(name string, t template, change func(*questionnaire.Item), by *domain.Rejection) story {
		t.Items = slices.Clone(t.Items)
		change(&t.Items[0])
		return story{Name: name, When: publish(t, same), Refused: by}
	}
	return append(answerStories(), []story{
		{Name: "the first version", When: publish(nps(), same), Then: []questionnaire.Event{first}},
		{Name: "the same again", Given: []questionnaire.Event{first}, When: publish(nps(), same)},
		{Name: "otherwise", Given: []questionnaire.Event{first}, When: publish(otherTitle, same),
			Then: []questionnaire.Event{second}},
		{Name: "back to the first", Given: []questionnaire.Event{first, second}, When: publish(nps(), same),
			Then: []questionnaire.Event{questionnaire.Published{ID: "q", Version: 3, Template: nps()}}},
		{Name: "each item as expected and perceived", When: publish(servqual(), same),
			Then: []questionnaire.Event{questionnaire.Published{ID: "q", Version: 1, Template: servqual()}}},
		{Name: "no name", When: publish(nps(), func(c *questionnaire.Publish) { c.ID = "" }), Refused: questionnaire.ErrName},
		{Name: "a name in capitals", When: publish(nps(), func(c *questionnaire.Publish) { c.ID = "Q" }), Refused: questionnaire.ErrName},
		{Name: "a kind that is none", Refused: questionnaire.ErrKind,
			When: publish(nps(), func(c *questionnaire.Publish) { c.Kind = "mood" })},
		{Name: "no items", Refused: questionnaire.ErrItems,
			When: publish(nps(), func(c *questionnaire.Publish) { c.Items = nil })},
		{Name: "two items of one score", Refused: questionnaire.ErrItems, Because: "one item",
			When: publish(nps(), func(c *questionnaire.Publish) { c.Items = append(c.Items, c.Items[0]) })},
		{Name: "a title too long", Refused: domain.ErrText.At("title"),
			When: publish(nps(), func(c *questionnaire.Publish) { c.Title = strings.Repeat("a", 301) })},
		{Name: "an item twice", Refused: questionnaire.ErrItemName.At("items[1].item"),
			When: publish(servqual(), func(c *questionnaire.Publish) { c.Items[1].Item = c.Items[0].Item })},
		refused("an item without a name", nps(), func(i *questionnaire.Item) { i.Item = "" },
			questionnaire.ErrItemName.At("items[0].item")),
		refused("a question with NUL", nps(), func(i *questionnaire.Item) { i.Text = "\x00" },
			domain.ErrText.At("items[0].text")),
		refused("no dimension where each item needs one", maturity(), func(i *questionnaire.Item) { i.Dimension = "" },
			questionnaire.ErrDimension.At("items[0].dimension")),
		refused("a dimension in capitals", nps(), func(i *questionnaire.Item) { i.Dimension = "Trust" },
			questionnaire.ErrDimension.At("items[0].dimension")),
		refused("the only item may be left out", nps(), func(i *questionnaire.Item) { i.Optional = true },
			questionnaire.ErrItemNeeded.At("items[0].optional")),
		refused("another scale than the kind's", nps(), func(i *questionnaire.Item) { i.Min = 1 },
			questionnaire.ErrScale.At("items[0].max")),
		refused("a scale of one number", servqual(), func(i *questionnaire.Item) { i.Max = 1 },
			questionnaire.ErrScale.At("items[0].max")),
		refused("a scale beyond all measure", servqual(), func(i *questionnaire.Item) { i.Max = 101 },
			questionnaire.ErrScale.At("items[0].max")),
		{Name: "too many items", Refused: questionnaire.ErrItems, When: publish(servqual(),
			func(c *questionnaire.Publish) { c.Items = make([]questionnaire.Item, questionnaire.MaxItems+1) })},
	}...)
}

// arranging is a command that asks a template to arrange answers: a way to tell of its refusals.
type arranging struct {
	template template
	answers  []questionnaire.Answer
}

func (arranging) Needs() questionnaire.Needs { return questionnaire.Needs{Founds: true} }

func (a arranging) Decide(*questionnaire.State, questionnaire.Given) ([]questionnaire.Event, error) {
	_, err := a.template.Arrange(a.answers)
	return nil, err
}

func answerStories() []story {
	expected, perceived := func(item string, n int) questionnaire.Answer {
		return questionnaire.Answer{Item: item, Aspect: "expectation", Value: n}
	}, func(item string, n int) questionnaire.Answer {
		return questionnaire.Answer{Item: item, Aspect: "perception", Value: n}
	}
	tell := func(name string, t template, refused *domain.Rejection, answers ...questionnaire.Answer) story {
		return story{Name: name, When: arranging{t, answers}, Refused: refused}
	}
	return []story{
		tell("a score", nps(), nil, questionnaire.Answer{Item: "q", Value: 0}),
		tell("a score off the scale", nps(), questionnaire.ErrValue.At("answers[0].value"), questionnaire.Answer{Item: "q", Value: 11}),
		tell("a score below the scale", kano(), questionnaire.ErrValue.At("answers[0].value"),
			questionnaire.Answer{Item: "1", Aspect: "functional"}),
		tell("no answer", nps(), questionnaire.ErrUnanswered),
		tell("an answer to nothing", nps(), questionnaire.ErrItemUnknown.At("answers[0].item"), questionnaire.Answer{Item: "r", Value: 1}),
		tell("an aspect of what has none", nps(), questionnaire.ErrAspect.At("answers[0].aspect"), expected("q", 1)),
		tell("no aspect", servqual(), questionnaire.ErrAspect.At("answers[0].aspect"), questionnaire.Answer{Item: "1", Value: 1}),
		tell("half of a pair", servqual(), questionnaire.ErrUnanswered, expected("1", 1)),
		tell("half of an optional pair", servqual(), questionnaire.ErrUnanswered, expected("1", 1), perceived("1", 1), expected("2", 1)),
		tell("without what is optional", servqual(), nil, expected("1", 1), perceived("1", 1)),
		tell("only what is optional", servqual(), questionnaire.ErrUnanswered, expected("2", 1), perceived("2", 1)),
		tell("a pair and a half more", servqual(), questionnaire.ErrAnsweredTwice.At("answers[2].item"),
			expected("1", 1), perceived("1", 1), expected("1", 2)),
	}
}

func TestAnswersComeIntoTheOrderOfTheItems(t *testing.T) {
	asked := servqual()
	got, err := asked.Arrange([]questionnaire.Answer{{Item: "2", Aspect: "perception", Value: 4},
		{Item: "1", Aspect: "perception", Value: 2}, {Item: "2", Aspect: "expectation", Value: 3},
		{Item: "1", Aspect: "expectation", Value: 1}})
	want := []questionnaire.Answer{{Item: "1", Aspect: "expectation", Value: 1}, {Item: "1", Aspect: "perception", Value: 2},
		{Item: "2", Aspect: "expectation", Value: 3}, {Item: "2", Aspect: "perception", Value: 4}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestVersionsThatAreNotThere(t *testing.T) {
	var s questionnaire.State
	questionnaire.Published{ID: "q", Version: 1, Template: nps()}.Evolve(&s, domain.Metadata{})
	if s.Version(0) != nil || s.Version(2) != nil || s.Version(1) == nil {
		t.Errorf("got %v, %v, %v", s.Version(0), s.Version(1), s.Version(2))
	}
}
