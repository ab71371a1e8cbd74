package api

import (
	"context"
	"net/http"

	"github.com/rapport-crm/rapport/domain/access"
)

// caller is who asks.
type caller struct {
	role    access.Role
	name    string
	request *http.Request
}

// callerKey is where a request's context keeps its caller.
type callerKey struct{}

// callerOf answers who asks. It is nobody's role outside of a request.
func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// local is whoever reaches a server that listens on its own machine alone.
var local = caller{role: access.Admin, name: "local"}

// admit answers who asks, if they may use a route that is for some roles.
func (s *server) admit(_ *http.Request, who access.Roles) (caller, error) {
	if who == access.Public {
		return caller{}, nil
	}
	return local, nil
}

// forbidden tells a caller who is known that others only may do this.
func forbidden(who access.Roles) *Problem {
	return problem(http.StatusForbidden, "role_forbids", "this is for %s", who)
}
