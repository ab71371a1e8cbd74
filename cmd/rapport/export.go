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
	Customer customerID `required:"" help:"The customer."`
	Out      string     `help:"The file to write; standard output without it." type:"path" placeholder:"FILE"`
}

func (c exportCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	var bundle []byte
	err = client.Read(ctx, "GET", "/v1/customers/"+c.Customer.String()+"/bundle", nil, func(answer io.Reader) (err error) {
		bundle, err = io.ReadAll(answer)
		return err
	})
	if err != nil {
		return err
	}
	if c.Out == "" {
		_, err = std.out.Write(bundle)
		return err
	}
	if err := os.WriteFile(c.Out, bundle, 0o600); err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "wrote %s: rapport verify %s --key KEY checks it, with what rapport proof key prints\n", c.Out, c.Out)
	return err
}
