package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
)

// healthTime is how long a check may take.
const healthTime = 2 * time.Second

type (
	healthOutput struct {
		Body struct {
			Status string `json:"status"`
		}
	}
	readyOutput struct {
		Status int
		Body   readiness
	}
	readiness struct {
		Status string           `json:"status" enum:"ready,not ready"`
		Checks map[string]check `json:"checks"`
	}
	check struct {
		OK     bool   `json:"ok"`
		Detail string `json:"detail,omitempty"`
	}
)

func (s *server) healthRoutes(registry *prometheus.Registry) {
	query(s, access.Public, get("getHealth", "/healthz", "health", "See that the process serves"),
		func(context.Context, *struct{}) (*healthOutput, error) {
			out := &healthOutput{}
			out.Body.Status = "ok"
			return out, nil
		})
	query(s, access.Public, huma.Operation{OperationID: "getReadiness", Method: http.MethodGet, Path: "/readyz", Tags: []string{"health"},
		Summary: "See whether commands are taken, the read models follow, and the log is what it was", Errors: []int{http.StatusServiceUnavailable}},
		func(ctx context.Context, _ *struct{}) (*readyOutput, error) { return s.ready(ctx), nil })
	responses := s.huma.OpenAPI().Paths["/readyz"].Get.Responses
	responses["503"] = &huma.Response{Description: "The same checks: one of them failed", Content: responses["200"].Content}
	metrics := promhttp.HandlerFor(registry, promhttp.HandlerOpts{Registry: registry})
	s.route(http.MethodGet, "/metrics", access.Analysts|access.Auditors, func(w http.ResponseWriter, r *http.Request) int {
		metrics.ServeHTTP(w, r)
		return http.StatusOK
	})
}

func (s *server) ready(ctx context.Context) *readyOutput {
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	head, headErr := s.head(ctx)
	checks := map[string]check{
		"event_store": checked(fmt.Sprintf("the log ends at %d", head), cmp.Or(headErr, s.writable()))}
	following, err := s.following(ctx, head, headErr == nil)
	checks["read_models"] = checked(following, err)
	if s.proof != nil {
		provable, err := s.provable()
		checks["proof"] = checked(provable, err)
	}
	out := &readyOutput{Status: http.StatusOK, Body: readiness{Status: "ready", Checks: checks}}
	for _, c := range checks {
		if !c.OK {
			out.Status, out.Body.Status = http.StatusServiceUnavailable, "not ready"
		}
	}
	return out
}

func checked(detail string, err error) check {
	if err != nil {
		return check{Detail: err.Error()}
	}
	return check{OK: true, Detail: detail}
}

// following tells whether the read models keep up. It compares with the log itself and with the clock: what a
// dead reader last wrote about its own lag says nothing.
func (s *server) following(ctx context.Context, head eventstore.Position, headKnown bool) (string, error) {
	status, err := s.reader.Status(ctx)
	if err != nil {
		return "", errors.New("they cannot be read")
	}
	if status.State == "stopped" || status.State == "log_changed" {
		reason := ""
		if status.LastError != nil {
			reason = ": " + *status.LastError
		}
		return "", fmt.Errorf("they stopped at %d%s", status.Position, reason)
	}
	if !headKnown {
		return fmt.Sprintf("they are at %d", status.Position), nil
	}
	if eventstore.Position(status.Position) >= head && status.LagEvents != nil {
		return "they are up to date", nil
	}
	silent := s.now().Sub(status.UpdatedAt)
	behind := fmt.Sprintf("they are at %d of %d, and gave their last sign %s ago", status.Position, head,
		silent.Round(time.Millisecond))
	if silent > s.limits.Lag || status.LagSeconds != nil && *status.LagSeconds > s.limits.Lag.Seconds() {
		return "", errors.New(behind)
	}
	return behind, nil
}
