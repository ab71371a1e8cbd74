package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"

	"github.com/rapport-crm/rapport/internal/catalogue"
	"github.com/rapport-crm/rapport/projections"
)

type catalogueCmd struct {
	remote
	Tables []string `arg:"" optional:"" help:"Only these tables and views." placeholder:"TABLE"`
	Format string   `help:"How to write it: ${enum}." enum:"text,markdown,json" default:"text"`
}

func (c catalogueCmd) Run(ctx context.Context, std streams, _ *slog.Logger) error {
	client, err := c.client(std)
	if err != nil {
		return err
	}
	var answer struct {
		Tables []projections.Table `json:"tables"`
	}
	if err := client.Do(ctx, "GET", "/v1/tables", nil, &answer); err != nil {
		return err
	}
	tables := answer.Tables
	if len(c.Tables) > 0 {
		if tables, err = named(tables, c.Tables); err != nil {
			return err
		}
	}
	switch c.Format {
	case "markdown":
		return catalogue.Markdown(std.out, tables)
	case "json":
		return json.NewEncoder(std.out).Encode(tables)
	}
	return catalogue.Text(std.out, tables)
}

// named answers the tables of some names, in their order.
func named(tables []projections.Table, names []string) ([]projections.Table, error) {
	found := make([]projections.Table, len(names))
	for i, name := range names {
		at := slices.IndexFunc(tables, func(t projections.Table) bool { return t.Name == name })
		if at < 0 {
			return nil, fmt.Errorf("there is no table or view %q; rapport catalogue lists them all", name)
		}
		found[i] = tables[at]
	}
	return found, nil
}
