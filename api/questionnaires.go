package api

import (
	"net/http"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

var publishQuestionnaire = declare(questionnaires, declaration[questionnaire.Publish]{
	Name: "publish_questionnaire", Roles: access.Apps, Method: http.MethodPut, Path: "/v1/questionnaires/{questionnaire}",
	Tag: "questionnaires", Summary: "Publish a questionnaire",
	Description: "Makes a version of what customers are asked; nothing, if the newest is the very same. Published " +
		"versions never change, and answers name the one that was asked.",
	Fields: map[string]string{
		"questionnaire": "1 to 63 of a-z, 0-9, _ and -, beginning with a letter",
		"kind": "nps, csat, ces (one item on the kind's scale), servqual (each item as expected and as perceived), kano " +
			"(each feature as if it were there and as if it were not, from 1 to 5), ecsi, relationship_quality, " +
			"six_markets or maturity (each item plainly)",
		"items":             "What is asked, in that order",
		"items[].item":      "Names the item",
		"items[].text":      "The question",
		"items[].dimension": "What the item belongs to; needed for ecsi, relationship_quality, six_markets and maturity",
		"items[].min":       "Lowest answer",
		"items[].max":       "Highest answer",
		"items[].optional":  "It may be left out",
	},
	Example: `{"kind":"servqual","title":"Service quality","items":[` +
		`{"item":"on-time","text":"They keep their dates","dimension":"reliability","min":1,"max":7}]}`,
	Param: "questionnaire",
	Bind: func(in *body[questionnaire.Publish], value string) error {
		if in.Command.ID != "" && in.Command.ID != value {
			return malformed("body.questionnaire", "name_differs", "the body has another name than the path")
		}
		in.Command.ID = value
		return nil
	},
	Subject: func(in *body[questionnaire.Publish], _ string) (subject, error) {
		if !domain.Nameable(in.Command.ID) {
			return subject{}, questionnaire.ErrName
		}
		return subject{questionnaire.Stream(in.Command.ID), "questionnaire", in.Command.ID}, noCustomer(in)
	},
	Barrier: true,
})
