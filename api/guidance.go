package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/projections"
)

var defineGuidance = declare(guidances, declaration[guidance.Define]{
	Name: "define_guidance", Roles: access.Analysts, Method: http.MethodPut, Path: "/v1/guidance/{name}", Tag: "guidance",
	Summary: "Define guidance",
	Description: "From now on, whoever enters the segment is recommended to a colleague, with the facts that decided as " +
		"evidence: once for a stay, and not again within the cooldown. What became of it is measured.",
	Fields: map[string]string{
		"name":           "1 to 63 of a-z, 0-9, _ and -, beginning with a letter",
		"segment":        "A segment in force: whoever enters it",
		"action":         "What the colleague should do",
		"reason":         "Why, as a sentence",
		"assignee":       "Who should do it: a person, or a role",
		"for_department": "On whose behalf: sales, service, marketing, …",
		"due_days":       "Days after which it is overdue",
		"cooldown_days":  "Days in which it is not recommended again for the same customer",
		"suggests":       "category: names the one that customers of the same favourite buy most above average, and this one does not; who has none is left out",
		"expected_value": "A number as a CEL expression over the facts, in major units of the reporting currency: 0.1 * avg_order_value",
		"outcome":        "What counts as success: purchase, complaint_resolved, maintenance_performed, points_spent, contact or none",
		"outcome_days":   "Days within which it does",
	},
	Example: `{"segment":"vip","action":"call and thank them","reason":"they are worth much to us","assignee":"account manager",` +
		`"for_department":"sales","due_days":7,"cooldown_days":90,"expected_value":"0.1 * avg_order_value",` +
		`"outcome":"purchase","outcome_days":30}`,
	Param:   "name",
	Bind:    named(func(c *guidance.Define) *string { return &c.Name }),
	Subject: ofGuidance(func(c *guidance.Define) string { return c.Name }),
	Barrier: true,
})

var retireGuidance = declare(guidances, declaration[guidance.Retire]{
	Name: "retire_guidance", Roles: access.Analysts, Method: http.MethodDelete, Path: "/v1/guidance/{name}", Tag: "guidance",
	Summary:     "Retire guidance",
	Description: "It recommends nothing any more. What it recommended stays.",
	Example:     `{}`,
	Param:       "name",
	Bind:        named(func(c *guidance.Retire) *string { return &c.Name }),
	Subject:     ofGuidance(func(c *guidance.Retire) string { return c.Name }),
	Barrier:     true,
	Bodiless:    true,
})

func ofGuidance[C any](name func(*C) string) func(*body[C], string) (subject, error) {
	return func(in *body[C], _ string) (subject, error) {
		if !domain.Nameable(name(&in.Command)) {
			return subject{}, guidance.ErrName
		}
		return subject{guidance.Stream(name(&in.Command)), "guidance", name(&in.Command)}, noCustomer(in)
	}
}

type (
	allGuidanceOutput struct {
		Body struct {
			Guidance []projections.GuidanceInForce `json:"guidance"`
		}
	}
	guidanceInput struct {
		Name  string `path:"name" maxLength:"63"`
		After uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
	}
	guidanceOutput struct {
		Body projections.GuidanceInForce
	}
	adoptedOutput struct {
		Body commands.Adopted
	}
)

func (s *server) guidanceRoutes() {
	query(s, access.Everyone, get("listGuidance", "/v1/guidance", "guidance", "List guidance, and what came of it"),
		func(ctx context.Context, in *waitInput) (*allGuidanceOutput, error) {
			if err := s.wait(ctx, in.After); err != nil {
				return nil, err
			}
			all, err := s.reader.AllGuidance(ctx)
			out := &allGuidanceOutput{}
			out.Body.Guidance = present(all)
			return out, err
		})
	query(s, access.Everyone, get("getGuidance", "/v1/guidance/{name}", "guidance", "See guidance, and what came of it"),
		func(ctx context.Context, in *guidanceInput) (*guidanceOutput, error) {
			if !domain.Nameable(in.Name) {
				return nil, projections.ErrNotFound
			}
			if err := s.wait(ctx, in.After); err != nil {
				return nil, err
			}
			one, err := s.reader.Guidance(ctx, in.Name)
			return &guidanceOutput{one}, err
		})
	query(s, access.Analysts, huma.Operation{OperationID: "adoptGuidance", Method: http.MethodPost, Path: "/v1/guidance/adopt",
		Tags: []string{"guidance"}, Summary: "Put the ready-made guidance in force",
		Description: "With its segments. What was ever defined under such a name stays as it is, retired or not.",
		Errors:      []int{http.StatusServiceUnavailable}},
		func(ctx context.Context, _ *struct{}) (*adoptedOutput, error) {
			adopted, err := s.commands.AdoptGuidance(ctx)
			return &adoptedOutput{adopted}, err
		})
}
