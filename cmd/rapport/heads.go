package main

import (
	"context"
	"log/slog"

	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/beacon"
)

// headFlags say where heads of the log go.
type headFlags struct {
	HeadsTo []string `help:"Folder, URL or mailbox (smtp://HOST:PORT/RECIPIENT?from=SENDER) where signed heads of the log are published, out of this machine's reach: a file each, a POST of the text, or a letter." placeholder:"DIR|URL,…"`
	Witness []string `help:"C2SP witness that cosigns heads before they are published." placeholder:"URL,…"`
}

// publishHeads keeps publishing heads of the log until ctx ends.
func (c serveCmd) publishHeads(ctx context.Context, s *server, logger *slog.Logger) {
	if len(c.HeadsTo) == 0 {
		return
	}
	beacon.Run(ctx, beacon.Config{To: c.HeadsTo, Witnesses: c.Witness, Logger: logger,
		Signed: func() int64 { return s.notary.Status().Signed },
		Newest: func(ctx context.Context) (proof.Head, error) { return s.notary.Head(ctx, nil) },
		Prove: func(ctx context.Context, from, to int64) (path []string, err error) {
			consistency, err := s.notary.Consistency(ctx, &from, &to)
			for _, hash := range consistency.Path {
				path = append(path, hash.String())
			}
			return path, err
		}})
}
