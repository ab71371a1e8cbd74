package api

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

type (
	issueInput struct {
		ContentType string `header:"Content-Type" pattern:"^application/json *(;.*)?$" required:"true" hidden:"true"`
		Body        struct {
			Name      string      `json:"name" doc:"Whose it is: the actor of commands that name none"`
			Role      access.Role `json:"role" doc:"app, analyst, auditor or admin; the first token is an admin's"`
			ExpiresAt time.Time   `json:"expires_at,omitempty" doc:"From when on it is good no more, within ten years; never without it"`
		}
	}
	issueOutput struct {
		Body struct {
			TokenID uuid.UUID `json:"token_id" doc:"By which it can be revoked"`
			Token   string    `json:"token" doc:"What its owner sends as Authorization: Bearer. It is told this once"`
		}
	}
	revokeInput struct {
		ID string `path:"token_id" format:"uuid"`
	}
	tokensOutput struct {
		Body struct {
			Tokens []tokenInList `json:"tokens"`
		}
	}
	tokenInList struct {
		TokenID   uuid.UUID   `json:"token_id"`
		Name      string      `json:"name"`
		Role      access.Role `json:"role"`
		State     string      `json:"state" enum:"in_force,expired,revoked"`
		IssuedAt  time.Time   `json:"issued_at"`
		IssuedBy  string      `json:"issued_by,omitempty"`
		ExpiresAt *time.Time  `json:"expires_at,omitempty"`
		RevokedAt *time.Time  `json:"revoked_at,omitempty"`
		RevokedBy string      `json:"revoked_by,omitempty"`
	}
	whoamiOutput struct {
		Body struct {
			Name      string        `json:"name"`
			Principal string        `json:"principal,omitempty" doc:"As events keep it: token: and its id, or oidc: and the subject; absent where no token is needed"`
			Roles     []access.Role `json:"roles"`
		}
	}
)

func (s *server) tokenRoutes() {
	query(s, access.Everyone, get("getCaller", "/v1/whoami", "access", "See who the server takes you for"),
		func(ctx context.Context, _ *struct{}) (*whoamiOutput, error) {
			asks := callerOf(ctx)
			out := &whoamiOutput{}
			out.Body.Name, out.Body.Principal, out.Body.Roles = asks.name, asks.principal, asks.roles
			return out, nil
		})
	query(s, access.Admins, get("listTokens", "/v1/tokens", "access", "List all tokens that were ever issued, without their secrets"),
		s.listTokens)
	query(s, access.Admins, huma.Operation{OperationID: "issueToken", Method: http.MethodPost, Path: "/v1/tokens", Tags: []string{"access"},
		Summary: "Issue a token", Description: "Once there is one, every request needs a token. The log keeps a hash of its secret alone.",
		DefaultStatus: http.StatusCreated, Errors: []int{http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusServiceUnavailable}},
		s.issueToken)
	query(s, access.Admins, huma.Operation{OperationID: "revokeToken", Method: http.MethodDelete, Path: "/v1/tokens/{token_id}",
		Tags: []string{"access"}, Summary: "Revoke a token",
		Description:   "At once in this process, within a second in others. The last admin's token in force stays.",
		DefaultStatus: http.StatusNoContent,
		Errors:        []int{http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusServiceUnavailable}}, s.revokeToken)
}

func (s *server) issueToken(ctx context.Context, in *issueInput) (*issueOutput, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	var secret access.Secret
	rand.Read(secret[:])
	err = s.changeAccess(ctx, access.IssueToken{TokenID: id, Name: in.Body.Name, Role: in.Body.Role, Hash: secret.Hash(),
		ExpiresAt: in.Body.ExpiresAt})
	if err != nil {
		return nil, inBody(err)
	}
	out := &issueOutput{}
	out.Body.TokenID, out.Body.Token = id, secret.Token(id)
	return out, nil
}

func (s *server) revokeToken(ctx context.Context, in *revokeInput) (*struct{}, error) {
	id, err := pathID("token_id", in.ID)
	if err != nil {
		return nil, err
	}
	return nil, s.changeAccess(ctx, access.RevokeToken{TokenID: id})
}

// changeAccess carries out a command on who may use Rapport, and goes by it from then on.
func (s *server) changeAccess(ctx context.Context, c access.Command) error {
	_, err := s.commands.Access.Handle(ctx, commands.Request[access.State, access.Needs]{Stream: access.Stream, Command: c,
		Metadata: callerOf(ctx).sign(domain.Metadata{})})
	s.guard.refresh(ctx)
	return err
}

func (s *server) listTokens(ctx context.Context, _ *struct{}) (*tokensOutput, error) {
	known, err := s.guard.current(ctx)
	if err != nil {
		return nil, err
	}
	out := &tokensOutput{}
	out.Body.Tokens = make([]tokenInList, 0, len(known.byID))
	for _, t := range known.byID {
		one := tokenInList{TokenID: t.TokenID, Name: t.Name, Role: t.Role, State: "in_force", IssuedAt: t.issuedAt, IssuedBy: t.issuedBy}
		if !t.ExpiresAt.IsZero() {
			one.ExpiresAt = &t.ExpiresAt
		}
		switch {
		case !t.revokedAt.IsZero():
			one.State, one.RevokedAt, one.RevokedBy = "revoked", &t.revokedAt, t.revokedBy
		case !t.Lasts(s.now()):
			one.State = "expired"
		}
		out.Body.Tokens = append(out.Body.Tokens, one)
	}
	slices.SortFunc(out.Body.Tokens, func(a, b tokenInList) int {
		return cmp.Or(a.IssuedAt.Compare(b.IssuedAt), cmp.Compare(a.TokenID.String(), b.TokenID.String()))
	})
	return out, nil
}

// inBody makes a refusal of what stands in a query's body say so.
func inBody(err error) error {
	var r *domain.Rejection
	if errors.As(err, &r) {
		return problemOf(r, nil, nil)
	}
	return err
}
