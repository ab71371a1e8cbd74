package api

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/projections"
)

var defineSegment = declare(segments, declaration[segment.Define]{
	Name: "define_segment", Roles: access.Analysts, Method: http.MethodPut, Path: "/v1/segments/{name}", Tag: "segments",
	Summary: "Define a segment",
	Description: "Makes the segment follow a rule from now on, whether it existed or not. A rule is a CEL expression " +
		"over a customer's facts; the members follow from it.",
	Fields: map[string]string{
		"name": "1 to 63 of a-z, 0-9, _ and -, beginning with a letter",
		"rule": "Such as recency_days <= 30 && net_revenue >= 1000.0",
	},
	Example: `{"title":"Big spenders","rule":"net_revenue >= 1000.0"}`,
	Param:   "name",
	Bind:    named(func(c *segment.Define) *string { return &c.Name }),
	Subject: ofSegment(func(c *segment.Define) string { return c.Name }),
	Barrier: true,
})

var retireSegment = declare(segments, declaration[segment.Retire]{
	Name: "retire_segment", Roles: access.Analysts, Method: http.MethodDelete, Path: "/v1/segments/{name}", Tag: "segments",
	Summary:     "Retire a segment",
	Description: "Takes all members out of the segment. Its history stays.",
	Example:     `{}`,
	Param:       "name",
	Bind:        named(func(c *segment.Retire) *string { return &c.Name }),
	Subject:     ofSegment(func(c *segment.Retire) string { return c.Name }),
	Barrier:     true,
	Bodiless:    true,
})

// named takes the name in the path for the command's.
func named[C any](of func(*C) *string) func(*body[C], string) error {
	return func(in *body[C], value string) error {
		name := of(&in.Command)
		if *name != "" && *name != value {
			return malformed("body.name", "name_differs", "the body has another name than the path")
		}
		*name = value
		return nil
	}
}

func ofSegment[C any](name func(*C) string) func(*body[C], string) (subject, error) {
	return func(in *body[C], _ string) (subject, error) {
		if !nameable(name(&in.Command)) {
			return subject{}, segment.ErrName
		}
		return subject{segment.Stream(name(&in.Command)), "segment", name(&in.Command)}, noCustomer(in)
	}
}

// nameable tells whether a segment's name is fit to be looked for. The domain is stricter about new ones.
func nameable(name string) bool {
	return name != "" && len(name) <= 63 && domain.PlainText(name)
}

type (
	segmentsOutput struct {
		Body struct {
			Segments []projections.Segment `json:"segments"`
		}
	}
	segmentInput struct {
		Name  string `path:"name" maxLength:"63"`
		After uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it, and all customers are judged by the rules of then"`
	}
	segmentOutput struct {
		Body projections.Segment
	}
	membersInput struct {
		Name   string `path:"name" maxLength:"63"`
		After  uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it, and all customers are judged by the rules of then"`
		On     string `query:"on" format:"date" doc:"The day on which they belonged; today without it"`
		Reach  string `query:"reach" pattern:"^[a-z][a-z0-9_]{0,30}$" doc:"A purpose of consents, such as marketing: members come with the channels through which they may be addressed for it now, and with by what; for apps"`
		Cursor string `query:"cursor" format:"uuid" doc:"The next_cursor of the page before"`
		Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}
	membersOutput struct {
		Body struct {
			Members    []projections.Membership `json:"members"`
			NextCursor string                   `json:"next_cursor,omitempty" doc:"Absent on the last page"`
		}
	}
)

func (s *server) segmentRoutes() {
	query(s, access.Everyone, get("listSegments", "/v1/segments", "segments", "List the segments"),
		func(ctx context.Context, in *waitInput) (*segmentsOutput, error) {
			if err := s.waitJudged(ctx, in.After); err != nil {
				return nil, err
			}
			all, err := s.reader.Segments(ctx)
			out := &segmentsOutput{}
			out.Body.Segments = present(all)
			return out, err
		})
	query(s, access.Everyone, get("getSegment", "/v1/segments/{name}", "segments", "See a segment"),
		func(ctx context.Context, in *segmentInput) (*segmentOutput, error) {
			one, err := s.segment(ctx, in.Name, in.After)
			return &segmentOutput{one}, err
		})
	disclose(s, access.Apps|access.Analysts, func(o *membersOutput) []uuid.UUID {
		return listed(o.Body.Members, func(m *projections.Membership) uuid.UUID { return m.CustomerID })
	}, get("listMembers", "/v1/segments/{name}/members", "segments",
		"List who belongs to a segment, now or on a day"), s.members)
}

// segment answers a definition once the read models have reached what the query waits for.
func (s *server) segment(ctx context.Context, name string, after uint64) (projections.Segment, error) {
	if !nameable(name) {
		return projections.Segment{}, projections.ErrNotFound
	}
	if err := s.waitJudged(ctx, after); err != nil {
		return projections.Segment{}, err
	}
	return s.reader.Segment(ctx, name)
}

func (s *server) members(ctx context.Context, in *membersInput) (*membersOutput, error) {
	on, err := queryDay("on", in.On)
	if err != nil {
		return nil, err
	}
	after := uuid.Nil
	if in.Cursor != "" {
		if after, err = canonicalID(in.Cursor); err != nil {
			return nil, malformed("query.cursor", "cursor_malformed", "a cursor is the next_cursor of the page before")
		}
	}
	if _, err := s.segment(ctx, in.Name, in.After); err != nil {
		return nil, err
	}
	if in.Reach != "" && !access.Apps.IncludeAny(callerOf(ctx).roles) {
		p := problem(http.StatusForbidden, "role_forbids", "by what customers can be reached is for apps")
		return nil, p.at("query.reach")
	}
	page, err := s.reader.Members(ctx, in.Name, on, after, in.Limit, in.Reach)
	if err != nil {
		return nil, err
	}
	out := &membersOutput{}
	out.Body.Members = present(page)
	if len(page) == in.Limit {
		out.Body.NextCursor = page[len(page)-1].CustomerID.String()
	}
	return out, nil
}
