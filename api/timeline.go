package api

import (
	"context"
	"strconv"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/projections"
)

type (
	timelineInput struct {
		ID     string `path:"customer_id" format:"uuid"`
		After  uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
		Cursor string `query:"cursor" doc:"The next_cursor of the page before"`
		Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}
	timelineOutput struct {
		Body struct {
			Entries    []projections.TimelineEntry `json:"entries"`
			NextCursor string                      `json:"next_cursor,omitempty" doc:"Absent on the last page"`
		}
	}
)

func (s *server) timelineRoutes() {
	query(s, access.Apps|access.Auditors, get("getTimeline", "/v1/customers/{customer_id}/timeline", "customers",
		"List a customer's touchpoints, the newest first; with those of whoever was merged with them"), s.timeline)
}

func (s *server) timeline(ctx context.Context, in *timelineInput) (*timelineOutput, error) {
	id, err := pathID("customer_id", in.ID)
	if err != nil {
		return nil, err
	}
	var below *int64
	if in.Cursor != "" {
		position, err := strconv.ParseInt(in.Cursor, 10, 64)
		if err != nil || position < 0 {
			return nil, malformed("query.cursor", "cursor_malformed", "a cursor is the next_cursor of the page before")
		}
		below = &position
	}
	if err := s.wait(ctx, in.After); err != nil {
		return nil, err
	}
	page, err := s.reader.Timeline(ctx, id, below, in.Limit)
	if err != nil {
		return nil, err
	}
	if len(page) == 0 && below == nil {
		return nil, projections.ErrNotFound // a registered customer has at least that in the timeline
	}
	out := &timelineOutput{}
	out.Body.Entries = present(page)
	if len(page) == in.Limit {
		out.Body.NextCursor = strconv.FormatInt(page[len(page)-1].Position, 10)
	}
	return out, nil
}
