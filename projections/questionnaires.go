package projections

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

// Questionnaires keeps what customers can be asked, in every version.
var Questionnaires = Projector{
	Name:   "questionnaires",
	Tables: tables{questionnaireRows, questionnaireItemRows},
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
	Questionnaire string     `db:"questionnaire,key" note:"its name"`
	Version       int64      `db:"version,key" note:"counts from 1"`
	Kind          string     `db:"kind" note:"nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets or maturity"`
	Title         *string    `db:"title" note:"what people call it"`
	PublishedOn   domain.Day `db:"published_on" note:"business day of the publication"`
}

var questionnaireRows = added[questionnaireRow]("questionnaires",
	"Every version of every questionnaire.")

type questionnaireItemRow struct {
	Questionnaire string  `db:"questionnaire,key" note:"the questionnaire"`
	Version       int64   `db:"version,key" note:"its version"`
	Item          string  `db:"item,key" note:"the item's name"`
	Place         int64   `db:"place" note:"where it stands, from 1"`
	Question      *string `db:"question" note:"its text"`
	Dimension     *string `db:"dimension" note:"what it belongs to: reliability, trust, …"`
	Min           int64   `db:"min" note:"lowest answer"`
	Max           int64   `db:"max" note:"highest answer"`
	Optional      bool    `db:"optional" note:"it may be left out"`
}

var questionnaireItemRows = added[questionnaireItemRow]("questionnaire_items",
	"What each version of a questionnaire asks.")
