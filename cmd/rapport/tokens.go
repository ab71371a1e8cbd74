package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/tokenmark"
)

type tokensCmd struct {
	Issue  tokenIssueCmd  `cmd:"" help:"Issue a token, and print it: it is told this once."`
	List   tokenListCmd   `cmd:"" help:"List all tokens that were ever issued."`
	Revoke tokenRevokeCmd `cmd:"" help:"Make a token good no more."`
}

// direct is for who cannot get in by the server yet, or any more: the log itself is written to.
type direct struct {
	Data       string `help:"Data directory to write to itself, while no server runs on it." placeholder:"DIR" type:"path" env:"-"`
	Eventstore string `help:"EventStoreDB to write to itself." placeholder:"esdb://HOST:2113" env:"-"`
}

func (d direct) given() bool { return d.Data != "" || d.Eventstore != "" }

// handle carries out a command on the log itself. Whoever can read and write that may do everything already.
func (d direct) handle(ctx context.Context, c access.Command, logger *slog.Logger) (err error) {
	var store eventstore.Store
	if d.Eventstore != "" {
		store, err = openEventStore(ctx, d.Eventstore, false, logger)
	} else {
		if _, err := os.Stat(filepath.Join(d.Data, "log")); errors.Is(err, fs.ErrNotExist) {
			logger.Info("a new data directory is begun", "dir", d.Data)
		}
		store, err = openLog(d.Data, logger)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	mark := tokenmark.New(d.Data, "", logger)
	known, err := accessEvents(ctx, store)
	if err == nil && d.Data != "" {
		_, err = mark.Check(ctx, known)
	}
	if err != nil {
		return err
	}
	service := commands.New(store, eventstore.NewCodec(), commands.Options{})
	done, err := service.Access.Handle(ctx, commands.Request[access.State, access.Needs]{Stream: access.Stream, Command: c,
		Metadata: domain.Metadata{Actor: "rapport tokens", Source: "command line"}})
	if err == nil && d.Data != "" {
		_, err = mark.Check(ctx, done.Revision+1)
	}
	return err
}

type tokenIssueCmd struct {
	remote
	direct
	Name string `help:"Whose it is: a person, or a system." required:""`
	Role string `help:"What it is good for: app, analyst, auditor or admin. The first one is an admin's." enum:"app,analyst,auditor,admin" required:""`
	Days int    `help:"Days after which it is good no more; 0: never." default:"0"`
}

func (c tokenIssueCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	if c.Days < 0 {
		return errors.New("--days is 0 or more")
	}
	var expires time.Time
	if c.Days > 0 {
		expires = time.Now().UTC().AddDate(0, 0, c.Days).Truncate(time.Second)
	}
	token, err := c.issue(ctx, std, expires, logger)
	if err != nil {
		return err
	}
	fmt.Fprintln(std.err, "Keep it where only its owner reads it. It is sent as Authorization: Bearer, and by this program from RAPPORT_TOKEN or --token-file.")
	fmt.Fprintln(std.out, token)
	return nil
}

func (c tokenIssueCmd) issue(ctx context.Context, std streams, expires time.Time, logger *slog.Logger) (string, error) {
	if c.direct.given() {
		id, err := uuid.NewV7()
		if err != nil {
			return "", err
		}
		var secret access.Secret
		rand.Read(secret[:])
		return secret.Token(id), c.direct.handle(ctx, access.IssueToken{TokenID: id, Name: c.Name, Role: access.Role(c.Role),
			Hash: secret.Hash(), ExpiresAt: expires}, logger)
	}
	client, err := c.client(std)
	if err != nil {
		return "", err
	}
	var answer struct {
		Token string `json:"token"`
	}
	asked := struct {
		Name      string    `json:"name"`
		Role      string    `json:"role"`
		ExpiresAt time.Time `json:"expires_at,omitzero"`
	}{c.Name, c.Role, expires}
	err = client.Do(ctx, "POST", "/v1/tokens", asked, &answer)
	return answer.Token, err
}

type tokenListCmd struct {
	remote
	JSON bool `help:"Answer as JSON."`
}

func (c tokenListCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	var answer struct {
		Tokens []struct {
			TokenID   uuid.UUID  `json:"token_id"`
			Name      string     `json:"name"`
			Role      string     `json:"role"`
			State     string     `json:"state"`
			IssuedAt  time.Time  `json:"issued_at"`
			IssuedBy  string     `json:"issued_by,omitempty"`
			ExpiresAt *time.Time `json:"expires_at,omitempty"`
			RevokedAt *time.Time `json:"revoked_at,omitempty"`
			RevokedBy string     `json:"revoked_by,omitempty"`
		} `json:"tokens"`
	}
	if err := client.Do(ctx, "GET", "/v1/tokens", nil, &answer); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(answer)
	}
	t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	for _, one := range answer.Tokens {
		until := "for ever"
		if one.ExpiresAt != nil {
			until = "until " + one.ExpiresAt.Format(time.DateTime)
		}
		if one.RevokedAt != nil {
			until = fmt.Sprintf("on %s by %s", one.RevokedAt.Format(time.DateTime), one.RevokedBy)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", one.TokenID, one.Role, one.Name, one.State, until)
	}
	return t.Flush()
}

type tokenRevokeCmd struct {
	remote
	direct
	ID uuid.UUID `arg:"" help:"The token's id: its part between rpt_ and the second _."`
}

func (c tokenRevokeCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	if c.direct.given() {
		return c.direct.handle(ctx, access.RevokeToken{TokenID: c.ID}, logger)
	}
	client, err := c.client(std)
	if err != nil {
		return err
	}
	return client.Do(ctx, "DELETE", "/v1/tokens/"+c.ID.String(), nil, nil)
}
