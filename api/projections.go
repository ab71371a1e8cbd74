package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/projections"
)

type (
	statusOutput struct {
		Body projections.Status
	}
	checksumsInput struct {
		After    uint64 `query:"after" doc:"Wait until the read models have reached this position of the log"`
		Business bool   `query:"business" doc:"Leave out the columns that tell of the recording (places in the log and in streams, moments of recording), so that two orders in which the same facts arrived can be compared"`
	}
	checksumsOutput struct {
		Body struct {
			Tables []projections.Checksum `json:"tables"`
		}
	}
	failuresOutput struct {
		Body struct {
			Failures []projections.Failure `json:"failures"`
		}
	}
	rebuildOutput struct {
		Body struct {
			State string `json:"state" enum:"rebuilding,rebuilt" doc:"GET /v1/projections tells how far it is"`
		}
	}
)

type (
	verifyOutput struct {
		Body struct {
			State string `json:"state" enum:"verifying,verified" doc:"GET /v1/projections/verification returns what was found"`
		}
	}
	verificationOutput struct {
		Body projections.VerificationStatus
	}
)

func (s *server) projectionRoutes() {
	s.gapRoutes()
	query(s, access.Everyone, get("getProjections", "/v1/projections", "projections", "See how far the read models are"),
		s.projections)
	queryWithin(s, s.limits.Checksum,
		access.Auditors, get("getChecksums", "/v1/projections/checksum", "projections", "Sum up every table of the read models"),
		func(ctx context.Context, in *checksumsInput) (*checksumsOutput, error) {
			if err := s.waitJudged(ctx, in.After); err != nil {
				return nil, err
			}
			sum := s.reader.Checksums
			if in.Business {
				sum = s.reader.BusinessChecksums
			}
			all, err := sum(ctx)
			out := &checksumsOutput{}
			out.Body.Tables = present(all)
			return out, err
		})
	query(s, access.Auditors, get("listFailures", "/v1/projections/failures", "projections", "List the events that could not be projected"),
		func(ctx context.Context, _ *struct{}) (*failuresOutput, error) {
			all, err := s.reader.Failures(ctx)
			out := &failuresOutput{}
			out.Body.Failures = present(all)
			return out, err
		})
	query(s, access.Admins, huma.Operation{OperationID: "rebuildProjections", Method: http.MethodPost, Path: "/v1/projections/rebuild",
		Tags: []string{"projections"}, Summary: "Rebuild the read models beside the live ones, and swap them in",
		Description:   "Goes on in the background, while the live tables answer.",
		DefaultStatus: http.StatusAccepted, Errors: besideErrors}, s.rebuild)
	query(s, access.Auditors, huma.Operation{OperationID: "verifyProjections", Method: http.MethodPost, Path: "/v1/projections/verify",
		Tags: []string{"projections"}, Summary: "Make the read models anew beside the live ones, and compare them row by row",
		Description: "Goes on in the background and changes nothing; GET /v1/projections/verification returns what it found. " +
			"It takes as long as a rebuild, and as much room.",
		DefaultStatus: http.StatusAccepted, Errors: besideErrors}, s.verifyProjections)
	query(s, access.Auditors, get("getVerification", "/v1/projections/verification", "projections",
		"See how the live read models compare with the log"),
		func(context.Context, *struct{}) (*verificationOutput, error) {
			found, err := s.engine.Verification()
			return &verificationOutput{found}, err
		})
	query(s, access.Admins, huma.Operation{OperationID: "resumeProjections", Method: http.MethodPost, Path: "/v1/projections/resume",
		Tags: []string{"projections"}, Summary: "Try again the event at which the projectors stopped",
		DefaultStatus: http.StatusAccepted},
		func(context.Context, *struct{}) (*struct{}, error) {
			s.engine.Resume()
			return nil, nil
		})
}

// projections tells what the engine of this process measures, also where another process keeps the read models.
func (s *server) projections(ctx context.Context, _ *struct{}) (*statusOutput, error) {
	return &statusOutput{s.engine.Status(ctx)}, nil
}

// besideErrors are those of who makes tables beside the live ones.
var besideErrors = []int{http.StatusConflict, http.StatusServiceUnavailable, http.StatusInsufficientStorage}

// refusalTime is how long a rebuild is given to refuse to begin.
const refusalTime = 200 * time.Millisecond

func (s *server) rebuild(_ context.Context, _ *struct{}) (*rebuildOutput, error) {
	out := &rebuildOutput{}
	out.Body.State = "rebuilding"
	ended, err := s.beside("rebuild the read models", s.engine.Rebuild)
	if ended {
		out.Body.State = "rebuilt"
	}
	return out, err
}

func (s *server) verifyProjections(context.Context, *struct{}) (*verifyOutput, error) {
	out := &verifyOutput{}
	out.Body.State = "verifying"
	ended, err := s.beside("verify the read models", func(ctx context.Context) error {
		_, err := s.engine.Verify(ctx)
		return err
	})
	if ended {
		out.Body.State = "verified"
	}
	return out, err
}

// beside carries out in the background what takes long, and reports whether it has ended already.
func (s *server) beside(what string, f func(context.Context) error) (ended bool, err error) {
	end := make(chan error, 1)
	go func() {
		err := f(s.ctx)
		if err != nil {
			s.logger.Error(what, "error", err)
		}
		end <- err
	}()
	timer := time.NewTimer(refusalTime)
	defer timer.Stop()
	select {
	case err := <-end:
		return true, err
	case <-timer.C:
		return false, nil
	}
}
