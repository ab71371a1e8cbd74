package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/eventstore"
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
