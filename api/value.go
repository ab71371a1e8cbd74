package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/projections"
)

var fitValueModel = declare(valueModel, declaration[value.Fit]{
	Name: "fit_value_model", Roles: access.Analysts, Method: http.MethodPost, Path: "/v1/value/fits", Tag: "value",
	Summary: "Fit a model of the customers' value to what they bought",
	Description: "Fits a model of repeat buying (BG/NBD, MBG/NBD or Pareto/NBD) and one of spending (gamma-gamma) by maximum " +
		"likelihood, tests it on the last days, and puts it in force: the predictions of all customers follow. Where the " +
		"model does not converge, another one stands in and the fit says so; where nothing can be fitted, the fit is " +
		"refused and the last good one stays in force. A fit that says what is in force already changes nothing.",
	Fields: map[string]string{
		"model":            "bg_nbd, mbg_nbd or pareto_nbd; bg_nbd where it is not given",
		"holdout_days":     "Last days on which to test it; a third of those since the first purchase, at most 273, where it is not given, none for 0",
		"monthly_discount": "By how much less a purchase a month later is worth; 0.01 where it is not given",
	},
	Example:  `{"model":"bg_nbd","holdout_days":90}`,
	Subject:  ofStream[value.Fit](value.Stream, "stream", value.Stream),
	Barrier:  true,
	Bodiless: true,
	Long:     true,
})

type (
	modelOutput struct {
		ETag string `header:"ETag" doc:"The revision, for If-Match"`
		Body struct {
			Version  int          `json:"version"`
			FittedAt time.Time    `json:"fitted_at"`
			Fit      value.Fitted `json:"fit"`
		}
	}
	predictionInput struct {
		ID          string `path:"customer_id" format:"uuid"`
		After       uint64 `query:"after" doc:"A position that a command answered: waits until the read models have reached it"`
		HorizonDays string `query:"horizon_days" doc:"Days from as_of on, 1 to 3650: within which to tell what is expected of the customer, as horizon"`
	}
	predictionOutput struct {
		Body projections.Prediction
	}
)

func (s *server) valueRoutes() {
	query(s, access.Analysts|access.Auditors, get("getValueModel", "/v1/value/model", "value", "See the model of the customers' value in force"),
		func(ctx context.Context, in *waitInput) (*modelOutput, error) {
			if err := s.waitJudged(ctx, in.After); err != nil {
				return nil, err
			}
			newest, ok, err := s.commands.Newest(ctx, value.Stream)
			if err != nil {
				return nil, err
			}
			if !ok {
				return nil, errNotConfigured
			}
			out := &modelOutput{ETag: etag(newest.Revision)}
			out.Body.Version, out.Body.FittedAt = int(newest.Revision)+1, newest.RecordedAt
			out.Body.Fit = newest.Event.(value.Fitted)
			return out, nil
		})
	disclose(s, access.Apps|access.Analysts, func(o *predictionOutput) []uuid.UUID { return []uuid.UUID{o.Body.CustomerID} },
		getJudged("getPrediction", "/v1/customers/{customer_id}/value", "customers",
			"See what the model in force predicts of a customer"),
		func(ctx context.Context, in *predictionInput) (*predictionOutput, error) {
			id, err := pathID("customer_id", in.ID)
			if err != nil {
				return nil, err
			}
			horizon, err := horizonDays(in.HorizonDays)
			if err != nil {
				return nil, err
			}
			if err := s.waitJudged(ctx, in.After); err != nil {
				return nil, err
			}
			found, err := s.reader.Prediction(ctx, id, horizon)
			return &predictionOutput{found}, err
		})
}

// mostHorizonDays is as far ahead as anybody may ask: ten years.
const mostHorizonDays = 3650

// horizonDays reads a horizon; 0 where none is asked for.
func horizonDays(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	days, err := strconv.Atoi(text)
	if err != nil || days < 1 || days > mostHorizonDays {
		return 0, problem(http.StatusUnprocessableEntity, "horizon_out_of_range",
			"a horizon is a whole number of days, 1 to %d", mostHorizonDays).at("query.horizon_days")
	}
	return days, nil
}
