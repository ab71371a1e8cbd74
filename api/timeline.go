package api

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

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
	disclose(s, access.Apps|access.Auditors, (*timelineOutput).customers, get("getTimeline", "/v1/customers/{customer_id}/timeline", "customers",
		"List a customer's touchpoints, the newest first; with those of whoever was merged with them"), s.timeline)
}

// customers answers whose the entries are: those of one, or also of whoever was merged with them.
func (o *timelineOutput) customers() (ids []uuid.UUID) {
	for _, e := range o.Body.Entries {
		if !slices.Contains(ids, e.CustomerID) {
			ids = append(ids, e.CustomerID)
		}
	}
	return ids
}

func (s *server) timeline(ctx context.Context, in *timelineInput) (*timelineOutput, error) {
	id, err := pathID("customer_id", in.ID)
	if err != nil {
		return nil, err
	}
	below, err := belowCursor(in.Cursor)
	if err != nil {
		return nil, err
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
