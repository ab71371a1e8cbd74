package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

// openAPIPath begins the paths of the documents that huma serves.
const openAPIPath = "/openapi"

func newHuma(adapter huma.Adapter, version string) huma.API {
	config := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "Rapport", Version: version, Contact: &huma.Contact{Name: "Rapport", URL: "https://github.com/rapport-crm/rapport"},
				License: &huma.License{Name: "Apache 2.0", Identifier: "Apache-2.0"}, Description: "Every touchpoint of a customer is an " +
					"immutable event. Commands append events and answer with a position in the log; queries read tables that " +
					"follow it, and wait for a position with `after`. Every command can be repeated under its `Idempotency-Key`."},
			Components: &huma.Components{Schemas: huma.NewMapRegistry(schemaPrefix, schemaName),
				SecuritySchemes: map[string]*huma.SecurityScheme{bearer: {Type: "http", Scheme: "bearer",
					Description: "A token of Rapport's, or one of the OpenID Connect issuer that the server trusts. A server " +
						"without any token answers whoever is on its own machine."}}},
		},
		OpenAPIPath:   openAPIPath,
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{asProblem},
	}
	config.RejectUnknownQueryParameters = true
	registerForms(config.Components.Schemas)
	return huma.NewAPI(config, adapter)
}

// asProblem makes a Problem of what huma found wrong with a query's parameters.
func asProblem(_ huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	status := queryStatus(model.Status)
	p := problem(status, "parameter_malformed", "%s", model.Detail)
	for _, e := range model.Errors {
		p.Errors = append(p.Errors, Fault{Location: e.Location, Message: e.Message})
	}
	if len(p.Errors) > 0 {
		p.Detail = p.Errors[0].Message
	}
	return p, nil
}

// queryStatus is 400 where huma says 422: what it finds wrong with a parameter is its form.
func queryStatus(status int) int {
	if status == http.StatusUnprocessableEntity {
		return http.StatusBadRequest
	}
	return status
}

type humaContext = huma.Context

// queryContext answers 400 for a parameter that huma finds wrong, and leaves alone what the handler answers.
type queryContext struct {
	humaContext
	handled *bool
}

func (c queryContext) SetStatus(status int) {
	if !*c.handled {
		status = queryStatus(status)
	}
	c.humaContext.SetStatus(status)
}

// handledKey is where the handler tells that it was reached.
type handledKey struct{}

func get(id, path, tag, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Tags: []string{tag}, Summary: summary,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusServiceUnavailable}}
}

// getJudged is get where a query may be understood, and refused for what it says.
func getJudged(id, path, tag, summary string) huma.Operation {
	op := get(id, path, tag, summary)
	op.Errors = append(op.Errors, http.StatusUnprocessableEntity)
	return op
}

// query serves an operation of huma's for some roles, within the limits, its errors as Problems.
func query[I, O any](s *server, who access.Roles, op huma.Operation, handle func(context.Context, *I) (*O, error)) {
	queryWithin(s, s.limits.Request, who, op, handle)
}

func queryWithin[I, O any](s *server, limit time.Duration, who access.Roles, op huma.Operation,
	handle func(context.Context, *I) (*O, error)) {
	s.secure(&op, who)
	s.refuses(&op, append(op.Errors, http.StatusBadRequest, http.StatusInternalServerError, http.StatusServiceUnavailable)...)
	op.Errors = nil // huma's own form of them
	op.Metadata = map[string]any{rolesKey: who}
	op.Middlewares = huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		if limit > s.limits.Request {
			_, w := humachi.Unwrap(ctx)
			s.allow(w, limit)
		}
		handled := false
		next(queryContext{huma.WithValue(ctx, handledKey{}, &handled), &handled})
	}}
	huma.Register(s.huma, op, func(ctx context.Context, in *I) (*O, error) {
		*ctx.Value(handledKey{}).(*bool) = true
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		out, err := handle(ctx, in)
		if err != nil {
			return nil, problemOf(err, inQuery, s.logger)
		}
		return out, nil
	})
}

// inQuery answers where a query wrote what the domain calls a field.
func inQuery(field string) string {
	if field == "customer_id" || field == "token_id" || field == "name" || field == "subscription" {
		return "path." + field
	}
	return "query." + field
}

func pathID(name, value string) (uuid.UUID, error) {
	id, err := canonicalID(value)
	if err != nil {
		return id, malformed("path."+name, name+"_malformed", "an id is a UUID")
	}
	return id, nil
}

// belowCursor answers the position below which the next page begins; nil for the first page.
func belowCursor(cursor string) (*int64, error) {
	if cursor == "" {
		return nil, nil
	}
	position, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || position < 0 {
		return nil, malformed("query.cursor", "cursor_malformed", "a cursor is the next_cursor of the page before")
	}
	return &position, nil
}

func queryDay(name, value string) (*domain.Day, error) {
	if value == "" {
		return nil, nil
	}
	day, err := domain.ParseDay(value)
	if err != nil {
		return nil, malformed("query."+name, "date_malformed", "a date is written as in 2024-05-01")
	}
	return &day, nil
}

func queryTime(name, value string) (*time.Time, error) {
	if value == "" {
		return nil, nil
	}
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return nil, malformed("query."+name, "time_malformed", "a time is written as in 2024-05-01T12:00:00Z")
	}
	return &t, nil
}

// present makes JSON say [] rather than null.
func present[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}
