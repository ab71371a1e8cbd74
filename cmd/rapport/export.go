package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
)

type exportCmd struct {
	remote
	Customer   customerID `required:"" help:"The customer."`
	Everything bool       `help:"Everything that is held of the customer, as JSON to be read, which is what they may ask for; without it, their events with the proof, which rapport verify checks."`
	Out        string     `help:"The file to write; standard output without it." type:"path" placeholder:"FILE"`
}

func (c exportCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	what := "/bundle"
	if c.Everything {
		what = "/export"
	}
	var text []byte
	err = client.Read(ctx, "GET", "/v1/customers/"+c.Customer.String()+what, nil, func(answer io.Reader) (err error) {
		text, err = io.ReadAll(answer)
		return err
	})
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
