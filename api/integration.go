package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/projections"
)

type (
	outboxOutput struct {
		Body projections.Outbox
	}
	sendAgainOutput struct {
		Body struct {
			Pending int64 `json:"pending" doc:"How many events are tried again"`
		}
	}
)

func (s *server) integrationRoutes() {
	query(s, access.Admins, get("getIntegration", "/v1/integration", "integration",
		"See how many integration events wait, were delivered, and were given up"),
		func(ctx context.Context, _ *struct{}) (*outboxOutput, error) {
			box, err := s.reader.Outbox(ctx)
			return &outboxOutput{box}, err
		})
	query(s, access.Admins, huma.Operation{OperationID: "retryIntegration", Method: http.MethodPost, Path: "/v1/integration/retry",
		Tags: []string{"integration"}, Summary: "Try again the integration events that were given up",
		Errors: []int{http.StatusNotFound, http.StatusServiceUnavailable}},
		func(ctx context.Context, _ *struct{}) (*sendAgainOutput, error) {
			n, err := s.reader.SendAgain(ctx)
			out := &sendAgainOutput{}
			out.Body.Pending = n
			return out, err
		})
}
