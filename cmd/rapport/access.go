package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/oidc"
	"github.com/rapport-crm/rapport/internal/tokenmark"
)

// secure reads what is said about TLS, and about an issuer of tokens.
func (c serveCmd) secure(s *server, logger *slog.Logger) (err error) {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return errors.New("--tls-cert and --tls-key belong together: give both")
	}
	if c.TLSCert != "" {
		if s.tls, err = tlsConfig(c.TLSCert, c.TLSKey, logger); err != nil {
			return err
		}
	}
	if c.OIDCIssuer == "" {
		return nil
	}
	if s.issuer, err = oidc.New(oidc.Config{Issuer: c.OIDCIssuer, Audience: c.OIDCAudience, RoleClaim: c.OIDCRoleClaim}); err != nil {
		return err
	}
	secret := []byte{}
	if c.OIDCClientSecret != "" {
		if secret, err = os.ReadFile(c.OIDCClientSecret); err != nil {
			return fmt.Errorf("--oidc-client-secret: %w", err)
		}
	}
	s.signIn = s.issuer.SignIn(oidc.SignInConfig{ClientID: c.OIDCClientID, Secret: strings.TrimSpace(string(secret)), Scopes: c.OIDCScopes,
		Callback: c.OIDCCallback})
	return nil
}

// url is where the API is.
func (s *server) url() string {
	if s.tls != nil {
		return "https://" + s.address
	}
	return "http://" + s.address
}

// mayListen refuses to let other machines in while nobody can be told from anybody else. A log that cannot be reached
// yet does not keep the server from starting: then nobody gets in before it can.
func (s *server) mayListen(ctx context.Context, logger *slog.Logger) error {
	if s.local || s.issuer != nil {
		return nil
	}
	issued, err := s.issued(ctx)
	switch {
	case errors.Is(err, eventstore.ErrUnavailable):
		logger.Warn("the event store cannot be reached; nobody is let in before it can", "error", err)
		return nil
	case err != nil:
		return err
	case !issued:
		return fmt.Errorf("without any token whoever reaches %s may do everything, so only this machine may: listen on 127.0.0.1, "+
			"or issue a token first (rapport tokens issue --role admin --name YOU --data DIR)", s.address)
	case s.tls == nil:
		logger.Warn("tokens and personal data cross the network as they are: give --tls-cert and --tls-key, unless a proxy does TLS")
	}
	return nil
}

// issued reports whether the log knows of any token: from then on, everybody needs one.
func (s *server) issued(ctx context.Context) (bool, error) {
	n, err := accessEvents(ctx, s.store)
	return n > 0, err
}

// accessEvents returns how many events the log has about tokens; others' events in their stream are none. ErrShortened
// when some are hidden or missing.
func accessEvents(ctx context.Context, store eventstore.Store) (n uint64, err error) {
	for r, err := range eventstore.ReadWhole(ctx, store, access.Stream, 0) {
		if hole := (*eventstore.HoleError)(nil); errors.As(err, &hole) {
			return n, fmt.Errorf("%w (%w)", tokenmark.ErrShortened, hole)
		}
		if err != nil {
			return n, fmt.Errorf("read who may use Rapport: %w", err)
		}
		if !eventstore.Foreign(r.Type) {
			n++
		}
	}
	return n, ctx.Err()
}

// remember compares the log with what is remembered of tokens beside it. A start is refused where the log has lost some
// of them; while it cannot be found out, the API lets nobody in.
func (s *server) remember(ctx context.Context, data, databaseURL string, logger *slog.Logger) error {
	s.mark = tokenmark.New(data, databaseURL, logger)
	n, err := accessEvents(ctx, s.store)
	if err == nil {
		_, err = s.mark.Check(ctx, n)
	}
	if errors.Is(err, eventstore.ErrUnavailable) || errors.Is(err, tokenmark.ErrUnknown) {
		logger.Warn("nobody is let in before it is known who may be", "error", err)
		return nil
	}
	return err
}

// open reports whether nobody needs a token.
func (s *server) open(ctx context.Context) bool {
	n, err := accessEvents(ctx, s.store)
	if err != nil || !s.local || s.issuer != nil {
		return false
	}
	ever, err := s.mark.Check(ctx, n)
	return err == nil && !ever
}
