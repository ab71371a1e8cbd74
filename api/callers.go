package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

// caller is who asks.
type caller struct {
	name      string // the actor of commands that name none
	principal string // what was proven, as events keep it
	roles     []access.Role
	pace      *pace // of what they ask for; nil where that is not bounded
	request   *http.Request
	// correlation is what all that they ask for here belongs to.
	correlation uuid.UUID
}

// callerKey is where a request's context keeps its caller.
type callerKey struct{}

// callerOf answers who asks: nobody with any role, where nobody had to say.
func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// inRoles names the caller's roles.
func (c caller) inRoles() string {
	names := make([]string, len(c.roles))
	for i, role := range c.roles {
		names[i] = string(role)
	}
	return strings.Join(names, ", ")
}

// sign puts the caller into the metadata of what they ask for.
func (c caller) sign(m domain.Metadata) domain.Metadata {
	m.Principal, m.CorrelationID = c.principal, c.correlation
	if m.Actor == "" && c.principal != "" {
		m.Actor = c.name
	}
	return m
}

// admit answers who asks, if they may use a route that is for some roles.
func (s *server) admit(r *http.Request, who access.Roles) (caller, error) {
	if who == access.Public {
		return caller{}, nil
	}
	asks, err := s.guard.identify(r)
	if err != nil {
		return caller{}, err
	}
	if !who.IncludeAny(asks.roles) {
		return caller{}, forbidden(who)
	}
	if wait := asks.pace.take(s.limits.Rate, s.now()); wait > 0 {
		return asks, problem(http.StatusTooManyRequests, "too_many_requests",
			"%d requests and lines of batches a minute are taken of a caller", s.limits.Rate).retry(seconds(wait))
	}
	return asks, nil
}

// forbidden tells a caller who is known that others only may do this.
func forbidden(who access.Roles) *Problem {
	return problem(http.StatusForbidden, "role_forbids", "this is for %s", who)
}
