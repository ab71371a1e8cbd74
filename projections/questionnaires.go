package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

// Questionnaires keeps what customers can be asked, in every version.
var Questionnaires = Projector{
	Name: "questionnaires",
	Schema: `
-- Every version of every questionnaire.
CREATE TABLE questionnaires (
	questionnaire text NOT NULL, -- its name
	version bigint NOT NULL, -- counts from 1
	kind text NOT NULL, -- nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets or maturity
	title text, -- what people call it
	published_on date NOT NULL, -- business day of the publication
	PRIMARY KEY (questionnaire, version)
);
-- What each version of a questionnaire asks.
CREATE TABLE questionnaire_items (
	questionnaire text NOT NULL, -- the questionnaire
	version bigint NOT NULL, -- its version
	item text NOT NULL, -- the item's name
	place bigint NOT NULL, -- where it stands, from 1
	question text, -- its text
	dimension text, -- what it belongs to: reliability, trust, …
	min bigint NOT NULL, -- lowest answer
	max bigint NOT NULL, -- highest answer
	optional boolean NOT NULL, -- it may be left out
	PRIMARY KEY (questionnaire, version, item)
);
`,
	On: []Handler{OnLog(func(e questionnaire.Published, r domain.Recorded, p *page) error {
		insert(p, questionnaireRows, questionnaireRow{Questionnaire: e.ID, Version: int64(e.Version), Kind: string(e.Kind),
			Title: optional(e.Title), PublishedOn: domain.DayOf(r.Metadata.OccurredAt, p.timeline.Zone)})
		for i, item := range e.Items {
			insert(p, questionnaireItemRows, questionnaireItemRow{Questionnaire: e.ID, Version: int64(e.Version),
				Item: item.Item, Place: int64(i + 1), Question: optional(item.Text), Dimension: optional(item.Dimension),
				Min: int64(item.Min), Max: int64(item.Max), Optional: item.Optional})
		}
		return nil
	})},
}

type questionnaireRow struct {
	Questionnaire string     `db:"questionnaire"`
	Version       int64      `db:"version"`
	Kind          string     `db:"kind"`
	Title         *string    `db:"title"`
	PublishedOn   domain.Day `db:"published_on"`
}

var questionnaireRows = added[questionnaireRow]("questionnaires", 2)

type questionnaireItemRow struct {
	Questionnaire string  `db:"questionnaire"`
	Version       int64   `db:"version"`
	Item          string  `db:"item"`
	Place         int64   `db:"place"`
	Question      *string `db:"question"`
	Dimension     *string `db:"dimension"`
	Min           int64   `db:"min"`
	Max           int64   `db:"max"`
	Optional      bool    `db:"optional"`
}

var questionnaireItemRows = added[questionnaireItemRow]("questionnaire_items", 3)
