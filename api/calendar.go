package api

import (
	"net/http"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/calendar"
)

var closeDay = declare(days, declaration[calendar.CloseDay]{
	Name: "close_day", Roles: access.Admins, Method: http.MethodPost, Path: "/v1/calendar/days", Tag: "calendar",
	Summary: "Close a day",
	Description: "Declares a day over, and with it every day before. What depends on time passing (stages, segments) " +
		"follows. A day that is over already changes nothing.",
	Fields:  map[string]string{"date": "The day, today at the latest"},
	Example: `{"date":"2024-04-30"}`,
	Subject: ofStream[calendar.CloseDay](calendar.Stream, "stream", calendar.Stream),
	Barrier: true,
})
