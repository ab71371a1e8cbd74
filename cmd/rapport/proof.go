package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/notary"
)

// proofKey is the file of the key that signs heads, in a data directory.
func proofKey(data string) string { return filepath.Join(data, "proof.key") }

// openNotary answers what writes the log down to prove it by, and signs heads.
func (c serveCmd) openNotary(ctx context.Context, s *server, logger *slog.Logger, registry prometheus.Registerer) (*notary.Notary, error) {
	store := s.store
	key, err := signingKey(ctx, cmp.Or(c.ProofKey, proofKey(c.Data)), store)
	if err != nil {
		return nil, err
	}
	s.beginning = &beginning{store: store, file: filepath.Join(c.Data, "proof.new"), logger: logger}
	_ = s.beginning.look(ctx) // a log that is away is looked at before anything is decided on it
	return notary.New(ctx, notary.Config{Store: store, DatabaseURL: s.databaseURL, Key: key, Every: c.ProofEvery,
		SignAfter: calendar.DayClosed{}.EventType(), Logger: logger, Metrics: registry,
		Changes: func(ctx context.Context) ([]string, error) { return keyChanges(ctx, store) },
		Young:   s.beginning.look, Begun: s.beginning.end})
}

// halted returns why no commands are carried out: the log cannot be seen yet, or is not the one that was written down.
func (s *server) halted(ctx context.Context) error {
	if err := s.beginning.look(ctx); err != nil && !errors.Is(err, notary.ErrUnadopted) {
		return err
	}
	if err := s.notary.Halted(); err != nil {
		return fmt.Errorf("%w: %w", commands.ErrHalted, err)
	}
	return nil
}

type proofCmd struct {
	Key    proofKeyCmd    `cmd:"" help:"Print the public key of the heads: all that somebody needs to verify a bundle."`
	Heads  proofHeadsCmd  `cmd:"" help:"List signed heads, the newest first."`
	Sign   proofSignCmd   `cmd:"" help:"Sign a head of the log as it is now, and print it, to be kept elsewhere."`
	Status proofStatusCmd `cmd:"" help:"Tell how far the log is written down to be proven."`
	Adopt  proofAdoptCmd  `cmd:"" help:"Accept a log that nothing proves, as it is: after its database or its key was lost, or an older copy was restored. No server may run."`
	Rotate proofRotateCmd `cmd:"" help:"Let a new key sign heads, by a change that both keys sign. No server may run."`
}

type proofKeyCmd struct {
	remote
	Changes bool `help:"Print the statements about changes of the key instead, for who has an earlier one."`
}

func (c proofKeyCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	key, err := serverKey(ctx, client)
	if err != nil {
		return err
	}
	if c.Changes {
		_, err = fmt.Fprint(std.out, strings.Join(key.Changes, "\n"))
		return err
	}
	_, err = fmt.Fprintln(std.out, key.Verifier)
	return err
}

// publicKey is what a server says about its key.
type publicKey struct {
	Verifier string   `json:"verifier"`
	Changes  []string `json:"changes"`
}

func serverKey(ctx context.Context, client *client.Client) (key publicKey, err error) {
	err = client.Do(ctx, "GET", "/v1/proof/key", nil, &key)
	return key, err
}

// signedHead is a head as the API answers it.
type signedHead struct {
	Size     int64     `json:"size"`
	Position uint64    `json:"position"`
	Root     string    `json:"root"`
	SignedAt time.Time `json:"signed_at"`
	Note     string    `json:"note"`
}

type proofHeadsCmd struct {
	remote
	JSON bool `help:"Answer as JSON, one head a line."`
}

func (c proofHeadsCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	for q := (url.Values{"limit": {"1000"}}); ; {
		var page struct {
			Heads      []signedHead `json:"heads"`
			NextCursor string       `json:"next_cursor"`
		}
		if err := client.Do(ctx, "GET", "/v1/proof/heads?"+q.Encode(), nil, &page); err != nil {
			return err
		}
		for _, h := range page.Heads {
			if c.JSON {
				err = json.NewEncoder(std.out).Encode(h)
			} else {
				_, err = fmt.Fprintf(std.out, "%s  %d events up to position %d  %s\n", h.SignedAt.Format(time.RFC3339), h.Size, h.Position, h.Root)
			}
			if err != nil {
				return err
			}
		}
		if page.NextCursor == "" {
			return nil
		}
		q.Set("cursor", page.NextCursor)
	}
}

type proofSignCmd struct{ remote }

func (c proofSignCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	var h signedHead
	if err := client.Do(ctx, "POST", "/v1/proof/heads", nil, &h); err != nil {
		return err
	}
	_, err = fmt.Fprint(std.out, h.Note)
	return err
}

type proofStatusCmd struct{ remote }

func (c proofStatusCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	var s notary.Standing
	if err := client.Do(ctx, "GET", "/v1/proof", nil, &s); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%s: %d events up to position %d, %d of them under a signed head\n", s.State, s.Size, s.Position, s.Signed)
	if s.Error != "" {
		fmt.Fprintln(std.out, s.Error)
	}
	return nil
}
