package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/rapport-crm/rapport/domain/access"
)

// Callers tells the doors of the server that are not HTTP who somebody is, by the same tokens and with the same
// bounds.
type Callers struct{ guard *guard }

// NewCallers takes of the configuration what concerns tokens: Commands, Issuer, Local, Tokens, Now, Logger and
// Limits.Failures.
func NewCallers(c Config) *Callers {
	c.setDefaults()
	return &Callers{newGuard(c)}
}

var (
	// ErrStranger: what was shown is no token of anybody who may use the server, or nothing was shown.
	ErrStranger = errors.New("this is no token of anybody who may use this")
	// ErrTooManyStrangers: so many wrong tokens came from an address that no more are looked at for now.
	ErrTooManyStrangers = errors.New("too many wrong tokens were shown")
)

// Identify returns whose a token is that was shown from an address. Without any ("") it is whoever uses the machine
// of a server that needs no tokens yet, who is no subject.
func (c *Callers) Identify(ctx context.Context, token, address string) (access.Identity, error) {
	known, err := c.guard.current(ctx)
	if err != nil {
		return access.Identity{}, err
	}
	if token == "" {
		if c.guard.needsNone(known) {
			return access.Identity{Name: localCaller.name, Roles: localCaller.roles}, nil
		}
		return access.Identity{}, ErrStranger
	}
	who, err := c.guard.byToken(ctx, known, token, address)
	var refused *Problem
	if errors.As(err, &refused) {
		switch refused.Status {
		case http.StatusUnauthorized:
			err = ErrStranger
		case http.StatusTooManyRequests:
			err = ErrTooManyStrangers
		}
	}
	return access.Identity{Subject: who.principal, Name: who.name, Roles: who.roles}, err
}
