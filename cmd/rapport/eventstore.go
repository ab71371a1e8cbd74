package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

type eventstoreCmd struct {
	Data   string `help:"Where the log is kept." default:"./rapport-data" type:"path"`
	Listen string `help:"Address for EventStoreDB clients." default:"127.0.0.1:2113"`
}

func (c eventstoreCmd) Run(ctx context.Context, std streams, logger *slog.Logger) (err error) {
	log, err := openLog(c.Data, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	failed := make(chan error, 1)
	end := func() error { return nil }
	connection, err := serveFace(log, c.Listen, logger, func(f func() error) { end = f }, failed)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	fmt.Fprintf(std.out, "The event log in %s serves EventStoreDB clients at %s\n", c.Data, connection)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return nil
	}
}
