package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/rapport-crm/rapport/domain/customer"
)

type eraseCmd struct {
	remote
	ID     customerID `arg:"" help:"The customer; those for whom they stand are erased with them."`
	Reason string     `help:"Why, as a code that is no personal data." required:"" placeholder:"CODE"`
}

func (c eraseCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	path := "/v1/customers/" + c.ID.String()
	if err := client.Do(ctx, "POST", path+"/erase", customer.Erase{Reason: c.Reason}, nil); err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "Erased. GET %s/erasure tells when the database's files are clean too.\n", path)
	return err
}
