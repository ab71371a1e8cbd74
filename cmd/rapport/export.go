package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/client"
)

type exportCmd struct {
	remote
	outside
	Key        string     `help:"With --eventstore: the public key, or a file with it." placeholder:"KEY"`
	Head       string     `help:"With --eventstore: a file with the signed head under which the events are proven." type:"existingfile" placeholder:"FILE"`
	Customer   customerID `required:"" help:"The customer."`
	Everything bool       `help:"Everything that is held of the customer, as JSON to be read, which is what they may ask for; without it, their events with the proof, which rapport verify checks."`
	Out        string     `help:"The file to write; standard output without it." type:"path" placeholder:"FILE"`
}

func (c exportCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	text, err := c.text(ctx, std, logger)
	if err != nil {
		return err
	}
	if c.Out == "" {
		_, err = std.out.Write(text)
		return err
	}
	if err := os.WriteFile(c.Out, text, 0o600); err != nil {
		return err
	}
	if c.Everything {
		_, err = fmt.Fprintf(std.out, "wrote %s\n", c.Out)
		return err
	}
	_, err = fmt.Fprintf(std.out, "wrote %s: rapport verify %s --key KEY checks it, with what rapport proof key prints\n", c.Out, c.Out)
	return err
}

func (c exportCmd) text(ctx context.Context, std streams, logger *slog.Logger) (text []byte, err error) {
	if c.Eventstore != "" {
		bundle, err := c.gather(ctx, std, logger)
		return []byte(bundle), err
	}
	api, err := c.client(std)
	if err != nil {
		return nil, err
	}
	what := "/bundle"
	if c.Everything {
		what = "/export"
	}
	err = api.Read(ctx, "GET", "/v1/customers/"+c.Customer.String()+what, nil, func(answer io.Reader) (err error) {
		text, err = io.ReadAll(answer)
		return err
	})
	return text, err
}

// gather reads the whole log, without a server, and proves the customer's events under a head that was kept elsewhere.
func (c exportCmd) gather(ctx context.Context, std streams, logger *slog.Logger) (bundle string, err error) {
	if c.Everything || c.Head == "" {
		return "", errors.New("from --eventstore, the events are exported that a signed head proves: give it by --head, without --everything")
	}
	by, err := verifyCmd{Key: c.Key}.key("")
	if err != nil {
		return "", err
	}
	signed, err := os.ReadFile(c.Head)
	if err != nil {
		return "", err
	}
	store, err := openEventStore(ctx, c.Eventstore, true, logger)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	changes, err := keyChanges(ctx, store)
	if err != nil {
		return "", err
	}
	head, err := proof.Trust(by, changes...).ReadHead(string(signed))
	if err != nil {
		return "", fmt.Errorf("%s: %w", c.Head, err)
	}
	stream := customer.Stream(c.Customer.UUID)
	for _, err := range eventstore.Whole(stream, 0, store.ReadStream(ctx, stream, 0), nil) {
		if err != nil {
			return "", fmt.Errorf("read %s: %w", stream, err)
		}
	}
	advance, end := client.Progress(std.err, "reading", int(head.Size))
	defer end()
	read := int64(0)
	return proof.Gather(ctx, store, stream, head, func(events int64) {
		advance(int(events - read))
		read = events
	})
}
