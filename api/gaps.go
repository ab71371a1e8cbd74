package api

import (
	"context"
	"net/http"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/eventstore"
)

func custodies(s *commands.Service) *commands.Handler[custody.State, custody.Needs] { return s.Custody }

var acceptGaps = declare(custodies, declaration[custody.AcceptGaps]{
	Name: "accept_gaps", Roles: access.Admins, Method: http.MethodPost, Path: "/v1/projections/gaps", Tag: "projections",
	Summary: "Accept that revisions are missing",
	Description: "A stream that lacks revisions stops what rests on it: commands, histories, the read models and their rebuild. Where " +
		"they are gone for good, this lets everything go on without them, and that is an event of the log. Then resume the read " +
		"models, or rebuild them. What verifies the log goes on naming them, with who accepted it.",
	Fields: map[string]string{
		"gaps":          "What is missing, as the fault names it",
		"gaps[].stream": "The stream",
		"gaps[].first":  "The first revision that it lacks",
		"gaps[].last":   "The last one",
		"reason":        "Why it is right to go on without them",
	},
	Example: `{"gaps":[{"stream":"customer-0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d1e","first":0,"last":221}],"reason":"scavenged, and no backup has them"}`,
	Subject: ofStream[custody.AcceptGaps](custody.Stream, "stream", custody.Stream),
	Barrier: true,
})

type gapsOutput struct {
	Body struct {
		Gaps []eventstore.AcceptedGap `json:"gaps"`
	}
}

func (s *server) gapRoutes() {
	query(s, access.Auditors, get("listGaps", "/v1/projections/gaps", "projections", "List the missing revisions that people accepted"),
		func(ctx context.Context, _ *struct{}) (*gapsOutput, error) {
			gaps, err := s.commands.AcceptedGaps(ctx)
			out := &gapsOutput{}
			out.Body.Gaps = present(gaps)
			return out, err
		})
}
