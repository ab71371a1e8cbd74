package main

import (
	"fmt"
	"log/slog"

	"github.com/rapport-crm/rapport/api"
)

type openapiCmd struct {
	Older bool `help:"As OpenAPI 3.0, for tools that read no newer one."`
}

func (c openapiCmd) Run(std streams, _ *slog.Logger) error {
	text, err := api.Document(version(), c.Older)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(std.out, string(text))
	return err
}
