package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/tink-crypto/tink-go/v2/core/registry"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/postgres"
	"github.com/rapport-crm/rapport/internal/vault"
	"github.com/rapport-crm/rapport/web"
)

// keysCmd looks after the vault. It works on the database itself, beside a server that runs or not: what moves keys
// is for who holds the master key, and for nobody who only reaches the API.
type keysCmd struct {
	Rotate keysRotateCmd `cmd:"" help:"Renew keys. What was sealed stays readable."`
	Status keysStatusCmd `cmd:"" help:"Tell what the vault holds."`
}

// vaultFlags say where a vault is.
type vaultFlags struct {
	Data      string `help:"The server's data directory." default:"./rapport-data" type:"path"`
	Postgres  string `help:"The server's PostgreSQL, if it is not the private one." placeholder:"postgres://…"`
	MasterKey string `help:"Master key as the server has it." placeholder:"FILE|URI"`
}

// use opens the vault for as long as f runs.
func (c vaultFlags) use(ctx context.Context, logger *slog.Logger, f func(*vault.Vault) error) (err error) {
	url := c.Postgres
	if url == "" {
		stop := func() error { return nil }
		if url, stop, err = privatePostgres(ctx, c.Data, logger); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	v, err := newVault(c.Data, c.MasterKey, url, logger)
	if err != nil {
		return err
	}
	defer v.Close()
	return f(v)
}

// newVault answers the vault of a data directory, locked.
func newVault(data, masterKey, databaseURL string, logger *slog.Logger) (*vault.Vault, error) {
	return vault.Open(vault.Config{DatabaseURL: databaseURL, Master: masterOf(data, masterKey), Logger: logger})
}

func masterOf(data, key string) vault.Master {
	return vault.Master{Key: cmp.Or(key, filepath.Join(data, "master.key")), Clients: []registry.KMSClient{
		vault.Transit{Client: &http.Client{Timeout: 20 * time.Second}, Token: os.Getenv("VAULT_TOKEN")}}}
}

// openVault opens the vault for a server. One that cannot be reached yet does not keep it from starting.
func openVault(ctx context.Context, data, masterKey, databaseURL string, logger *slog.Logger) (*vault.Vault, error) {
	v, err := newVault(data, masterKey, databaseURL, logger)
	if err != nil {
		return nil, err
	}
	switch err := v.Unlock(ctx); {
	case errors.Is(err, eventstore.ErrUnavailable):
		logger.Warn("the vault cannot be reached; what is personal waits for it", "error", err)
	case err != nil:
		v.Close()
		return nil, err
	}
	return v, nil
}

// privatePostgres answers the URL of a data directory's own PostgreSQL, which is started until stop unless it runs.
func privatePostgres(ctx context.Context, data string, logger *slog.Logger) (url string, stop func() error, err error) {
	dir := filepath.Join(data, "postgres")
	if _, err := os.Stat(dir); err != nil {
		return "", nil, fmt.Errorf("no server has kept its PostgreSQL in %s: name its data directory by --data, or its "+
			"PostgreSQL by --postgres (%w)", data, err)
	}
	private, err := postgres.Start(ctx, postgres.Options{Dir: dir, Logger: logger})
	if errors.Is(err, postgres.ErrInUse) {
		text, err := os.ReadFile(filepath.Join(data, "postgres.url"))
		return strings.TrimSpace(string(text)), func() error { return nil }, err
	}
	if err != nil {
		return "", nil, err
	}
	return private.URL(), func() error {
		grace, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		return private.Stop(grace)
	}, nil
}

type keysStatusCmd struct {
	vaultFlags
	JSON bool `help:"Answer as JSON."`
}

func (c keysStatusCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	return c.use(ctx, logger, func(v *vault.Vault) error {
		s, err := v.Status(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			out := json.NewEncoder(std.out)
			out.SetIndent("", "  ")
			return out.Encode(s)
		}
		when := func(t *time.Time) string {
			if t == nil {
				return "never"
			}
			return t.UTC().Format(time.RFC3339)
		}
		fmt.Fprintf(std.out, "customers' keys      %d (the oldest is of %s)\ndestroyed            %d\nvault founded        %s\n"+
			"vault's key renewed  %s\nmaster key           %s (another one: %s)\n", s.Customers, when(s.OldestKey),
			s.Destroyed, when(&s.FoundedAt), when(s.RotatedAt), s.Master, when(s.MasterRotatedAt))
		return nil
	})
}

type keysRotateCmd struct {
	vaultFlags
	Customer uuid.UUID `help:"Renew this customer's key." xor:"what" required:"" placeholder:"ID"`
	All      bool      `help:"Renew every customer's key, and the vault's own." xor:"what" required:""`
	Master   string    `help:"Wrap the vault's own key by another master key, to be named by --master-key from the next start on. A file that is missing is made." xor:"what" required:"" placeholder:"FILE|URI"`
}

func (c keysRotateCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	return c.use(ctx, logger, func(v *vault.Vault) error {
		switch {
		case c.Master != "":
			if err := v.RotateMaster(ctx, masterOf(c.Data, c.Master)); err != nil {
				return err
			}
			fmt.Fprintf(std.out, "The master key is %s from now on: start the server with --master-key %s, keep a copy elsewhere,\n"+
				"and destroy the old one with its copies once backups that need it are gone.\n", c.Master, c.Master)
			return nil
		case c.All:
			total := 0
			err := v.RotateAll(ctx, func(renewed int) { total = renewed })
			fmt.Fprintf(std.out, "The vault's own key and %d customers' keys were renewed.\n", total)
			return err
		}
		if err := v.Rotate(ctx, c.Customer); err != nil {
			return err
		}
		fmt.Fprintf(std.out, "The key of customer %s was renewed.\n", c.Customer)
		return nil
	})
}

// vaultStatus tells the console which keys there are.
func vaultStatus(v *vault.Vault) func(context.Context) (web.VaultStatus, error) {
	return func(ctx context.Context) (web.VaultStatus, error) {
		s, err := v.Status(ctx)
		return web.VaultStatus(s), err
	}
}
