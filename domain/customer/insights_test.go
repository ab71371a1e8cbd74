package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

func insights() []story {
	record := func(change func(*customer.RecordInsight)) customer.Command {
		c := customer.RecordInsight{InsightID: id(7), Statement: "plans to move", Kind: "need", Confidence: some("0.70"),
			Evidence: []int64{2, 0, 2}, Links: []string{"minutes/17"}}
		change(&c)
		return domaintest.In(c, func(g *customer.Given) { g.Events = 3 })
	}
	same := func(*customer.RecordInsight) {}
	recorded := customer.InsightRecorded{InsightID: id(7), Statement: "plans to move", Kind: "need", Confidence: number("0.7"),
		Evidence: []int64{0, 2}, Links: []string{"minutes/17"}}
	retracted := customer.InsightRetracted{InsightID: id(7), Reason: "it was the neighbour"}
	return []story{
		{Name: "recording an insight", Given: ann(), When: record(same), Then: []customer.Event{recorded}},
		{Name: "recording it again", Given: ann(recorded), When: record(same)},
		{Name: "recording it otherwise", Given: ann(recorded), Refused: customer.ErrInsightOtherwise,
			When: record(func(c *customer.RecordInsight) { c.Evidence = nil })},
		{Name: "an insight that rests on documents alone", Given: ann(),
			When: customer.RecordInsight{InsightID: id(8), Statement: "x", Links: []string{"minutes/17"}},
			Then: []customer.Event{customer.InsightRecorded{InsightID: id(8), Statement: "x", Confidence: number("1"),
				Links: []string{"minutes/17"}}}},
		{Name: "an insight into nobody", When: record(same), Refused: customer.ErrUnknown},
		{Name: "no insight id", Given: ann(), Refused: customer.ErrInsightID,
			When: record(func(c *customer.RecordInsight) { c.InsightID = uuid.Nil })},
		{Name: "concluding nothing", Given: ann(), Refused: customer.ErrInsightEmpty,
			When: record(func(c *customer.RecordInsight) { c.Statement = "" })},
		{Name: "less than unsure", Given: ann(), Refused: customer.ErrConfidence,
			When: record(func(c *customer.RecordInsight) { c.Confidence = some("-0.1") })},
		{Name: "resting on nothing", Given: ann(), Refused: customer.ErrInsightEvidence,
			When: record(func(c *customer.RecordInsight) { c.Evidence, c.Links = nil, nil })},
		{Name: "resting on too much", Given: ann(), Refused: customer.ErrInsightEvidence,
			When: record(func(c *customer.RecordInsight) { c.Evidence = make([]int64, 101) })},
		{Name: "resting on what is yet to happen", Given: ann(), Refused: customer.ErrInsightEvent.At("evidence[1]"),
			When: record(func(c *customer.RecordInsight) { c.Evidence = []int64{0, 3} })},
		{Name: "resting on what was before the beginning", Given: ann(), Refused: customer.ErrInsightEvent.At("evidence[0]"),
			When: record(func(c *customer.RecordInsight) { c.Evidence = []int64{-1} })},
		{Name: "a link to nowhere", Given: ann(), Refused: customer.ErrInsightEvidence.At("links[0]"),
			When: record(func(c *customer.RecordInsight) { c.Links = []string{""} })},
		{Name: "a link to NUL", Given: ann(), Refused: domain.ErrText.At("links[0]"),
			When: record(func(c *customer.RecordInsight) { c.Links = []string{"\x00"} })},
		{Name: "concluding NUL", Given: ann(), Refused: domain.ErrText.At("statement"),
			When: record(func(c *customer.RecordInsight) { c.Statement = "\x00" })},
		{Name: "an insight of kind NUL", Given: ann(), Refused: domain.ErrText.At("kind"),
			When: record(func(c *customer.RecordInsight) { c.Kind = "\x00" })},
		{Name: "retracting", Given: ann(recorded), When: customer.RetractInsight(retracted), Then: []customer.Event{retracted}},
		{Name: "retracting again", Given: ann(recorded, retracted), When: customer.RetractInsight(retracted)},
		{Name: "retracting what nobody concluded", Given: ann(), When: customer.RetractInsight(retracted),
			Refused: customer.ErrInsightUnknown},
		{Name: "retracting without reason", Given: ann(recorded), When: customer.RetractInsight{InsightID: id(7)},
			Refused: customer.ErrInsightReason},
		{Name: "retracting for NUL", Given: ann(recorded), Refused: domain.ErrText.At("reason"),
			When: customer.RetractInsight{InsightID: id(7), Reason: "\x00"}},
		{Name: "retracting from nobody", When: customer.RetractInsight(retracted), Refused: customer.ErrUnknown},
	}
}
