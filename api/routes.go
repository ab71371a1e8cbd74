package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"

	"github.com/rapport-crm/rapport/domain/access"
)

// This is the one way for a route to come into being: each says who may use it, and nobody else reaches its handler.

// route serves a path for some roles. The handler tells what status it answered.
func (s *server) route(method, path string, who access.Roles, handle func(http.ResponseWriter, *http.Request) int) {
	if who == 0 {
		panic(method + " " + path + " does not say who may use it")
	}
	s.roles[method+" "+path] = who
	observe := s.metrics.route(method, path)
	s.router.MethodFunc(method, path, func(w http.ResponseWriter, r *http.Request) {
		began, status := time.Now(), http.StatusInternalServerError // unless it is answered otherwise
		defer func() { observe(status, time.Since(began)) }()
		correlation := correlated(w.Header(), r.Header)
		asks, err := s.admit(r, who)
		s.sayRate(w.Header(), asks.pace)
		if err == nil {
			err = s.unpacked(w, r)
		}
		if err != nil {
			status = s.refuse(w, err, nil)
			return
		}
		asks.request, asks.correlation = r, correlation
		status = handle(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, asks)))
	})
}

// documented serves an operation, and enters it into the OpenAPI document.
func (s *server) documented(op *huma.Operation, who access.Roles,
	handle func(http.ResponseWriter, *http.Request) int) {
	s.secure(op, who)
	s.refuses(op, http.StatusBadRequest, http.StatusInternalServerError, http.StatusServiceUnavailable)
	s.huma.OpenAPI().AddOperation(op)
	s.route(op.Method, op.Path, who, handle)
}

// bearer names how callers prove who they are.
const bearer = "bearer"

// secure says in an operation who may use it. Any one of the alternatives will do.
func (s *server) secure(op *huma.Operation, who access.Roles) {
	if who == access.Public {
		op.Security = []map[string][]string{{}}
		return
	}
	for _, role := range who.List() {
		op.Security = append(op.Security, map[string][]string{bearer: {string(role)}})
	}
	s.refuses(op, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests)
}

// refuses says in an operation with which statuses it answers a problem, where it does not say so itself.
func (s *server) refuses(op *huma.Operation, statuses ...int) {
	if op.Responses == nil {
		op.Responses = map[string]*huma.Response{}
	}
	if op.Method != http.MethodGet && (op.RequestBody != nil || op.OperationID == "issueToken") {
		statuses = append(statuses, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	for _, status := range statuses {
		if name := strconv.Itoa(status); op.Responses[name] == nil {
			op.Responses[name] = problemResponse(s.huma.OpenAPI().Components.Schemas, status)
		}
	}
}

// adapter lets huma serve through route.
type adapter struct{ *server }

// rolesKey is where an operation of huma's keeps who may use it.
const rolesKey = "roles"

// Handle implements huma.Adapter.
func (a adapter) Handle(op *huma.Operation, handle func(huma.Context)) {
	who, declared := op.Metadata[rolesKey].(access.Roles)
	if !declared && strings.HasPrefix(op.Path, openAPIPath) {
		who = access.Public // the documents that huma serves by itself
	}
	if op.Path == olderDocumentPath {
		a.olderDocumentRoute()
		return
	}
	a.route(op.Method, op.Path, who, func(w http.ResponseWriter, r *http.Request) int {
		ctx := humachi.NewContext(op, r, w)
		handle(ctx)
		return ctx.Status()
	})
}

// ServeHTTP implements huma.Adapter.
func (a adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.router.ServeHTTP(w, r) }

// methods answers those that a request's path takes.
func (s *server) methods(r *http.Request) (all []string) {
	path := r.URL.EscapedPath()
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		if s.router.Match(chi.NewRouteContext(), method, path) {
			if all = append(all, method); method == http.MethodGet {
				all = append(all, http.MethodHead)
			}
		}
	}
	return all
}
