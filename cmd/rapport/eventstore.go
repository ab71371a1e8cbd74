package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/esdb"
	"github.com/rapport-crm/rapport/internal/tokenmark"
)

type eventstoreCmd struct {
	Data       string `help:"Where the log is kept." default:"./rapport-data" type:"path"`
	Listen     string `help:"Address for EventStoreDB clients." default:"127.0.0.1:2113"`
	TLSCert    string `help:"File with the certificate, and those between it and its authority, in PEM: clients connect over TLS." type:"path" placeholder:"FILE"`
	TLSKey     string `help:"File with the certificate's key, in PEM." type:"path" placeholder:"FILE"`
	ForServers bool   `help:"Be the event store of Rapport servers on this machine (serve --eventstore): who may write then writes Rapport's own streams too."`
}

func (c eventstoreCmd) Run(ctx context.Context, std streams, logger *slog.Logger) (err error) {
	log, err := openLog(c.Data, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	d, err := openDoor(log, doorFlags{c.Listen, c.TLSCert, c.TLSKey, "--tls-cert", "--tls-key"}, logger)
	if err != nil {
		return err
	}
	defer d.listener.Close()
	if c.ForServers && !d.local {
		return fmt.Errorf("--for-servers lets Rapport's own streams be written, so only this machine may connect: listen on 127.0.0.1, not %s", c.Listen)
	}
	known, err := accessEvents(ctx, log)
	if err != nil {
		return err
	}
	mark := tokenmark.New(c.Data, "", logger)
	ever, err := mark.Check(ctx, known)
	if err != nil {
		return err
	}
	if err := d.mayOpen(ever, false, logger); err != nil {
		return err
	}
	callers := api.NewCallers(api.Config{Commands: commands.New(log, eventstore.NewCodec(), commands.Options{}),
		Local: d.local, Tokens: mark.Check, Logger: logger})
	failed := make(chan error, 1)
	end := d.serve(callers, c.ForServers, logger, failed)
	defer func() { err = errors.Join(err, end()) }()
	fmt.Fprintf(std.out, "The event log in %s serves EventStoreDB clients at %s\n", c.Data, d.connection())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}

// usable fails where an EventStoreDB cannot be used as it is. One that cannot be reached yet does not keep the server from
// starting: it is asked once it can be, and what is wrong with it ends the server then.
func usable(ctx context.Context, store *esdb.Store, failed chan<- error) error {
	err := store.Check(ctx, false)
	if !errors.Is(err, eventstore.ErrUnavailable) {
		return err
	}
	time.AfterFunc(2*time.Second, func() {
		if ctx.Err() != nil {
			return
		}
		if err := usable(ctx, store, failed); err != nil && !errors.Is(err, eventstore.ErrClosed) && ctx.Err() == nil {
			failed <- err
		}
	})
	return nil
}

// patience is how long a command waits for an EventStoreDB that does not answer: a busy one may miss the first call.
const patience = 5 * time.Second

// openEventStore opens an EventStoreDB for a command of its own, which cannot wait for it long.
func openEventStore(ctx context.Context, connection string, readOnly bool, logger *slog.Logger) (*esdb.Store, error) {
	store, err := esdb.Open(connection, esdb.Options{Logger: logger})
	if err != nil {
		return nil, err
	}
	waited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	again := time.NewTicker(patience / 10)
	defer again.Stop()
	for {
		err = store.Check(ctx, readOnly)
		if !errors.Is(err, eventstore.ErrUnavailable) || waited.Err() != nil {
			break
		}
		select {
		case <-again.C:
		case <-waited.Done():
		}
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// outside is for who may read the log itself, and has no server to ask.
type outside struct {
	Eventstore string `help:"EventStoreDB whose log is read itself, without a server; its user need only read. What is personal stays sealed." placeholder:"esdb://HOST:2113" env:"-"`
}
