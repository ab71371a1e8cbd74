package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/internal/integration"
)

// disclosureFlags say what goes out with integration events, and why.
type disclosureFlags struct {
	PublishAttributes []string `help:"Attributes whose values may go out in the evidence of integration events; that they were shared is on record. None without it." placeholder:"NAME,…"`
	PublishPurpose    string   `help:"For what attributes go out, as a purpose of data sharing." default:"segment_membership"`
	PublishBasis      string   `help:"On what legal ground attributes go out: consent, contract, legitimate_interest, … Must be given with --publish-attributes." placeholder:"BASIS"`
}

// sending makes what sends events to those who subscribe, and to the system that the server was started for.
func (c serveCmd) sending(ctx context.Context, s *server, databaseURL string, logger *slog.Logger) (*integration.Service, error) {
	secret, err := c.publishSecret()
	if err != nil {
		return nil, err
	}
	config := integration.Config{DatabaseURL: databaseURL, Log: s.history, Secret: secret, Judge: s.reader.Judge, Logger: logger}
	if c.Publish != "" {
		to, err := integration.ParseDestination(c.Publish)
		if err != nil {
			return nil, fmt.Errorf("--publish: %w", err)
		}
		head, err := s.store.Head(ctx)
		if err != nil {
			return nil, fmt.Errorf("look from where on to publish: %w", err)
		}
		one := integration.Subscription{Name: subscription.Configured, To: to, Position: uint64(head),
			Types: []string{subscription.SegmentEntered, subscription.SegmentLeft, subscription.CustomerErased}}
		if one.Disclosure, err = c.disclosure(s, to); err != nil {
			return nil, err
		}
		if to.Signed() {
			one.Secrets = [][]byte{secret}
			logger.Info("integration events are signed", "with", c.secretFile())
		}
		config.Configured = []integration.Subscription{one}
	}
	return integration.New(ctx, config)
}

// disclosure says which attributes go out with integration events, and puts on record that they do.
func (c serveCmd) disclosure(s *server, to integration.Destination) (integration.Disclosure, error) {
	d := integration.Disclosure{Attributes: c.PublishAttributes, Recipient: to.Hostname(), Purpose: c.PublishPurpose, LegalBasis: c.PublishBasis}
	if len(d.Attributes) > 0 && !slices.Contains(customer.LegalBases, customer.LegalBasis(d.LegalBasis)) {
		return d, fmt.Errorf("--publish-attributes: say by --publish-basis on what legal ground they go out, one of %v", customer.LegalBases)
	}
	d.Record = func(ctx context.Context, share integration.Share) (bool, error) {
		_, err := s.commands.Customers.Handle(ctx, commands.Request[customer.State, customer.Needs]{Stream: customer.Stream(share.Customer),
			Command: customer.ShareData{ShareID: share.ID, Recipient: d.Recipient, Purpose: d.Purpose, Fields: share.Fields,
				LegalBasis: customer.LegalBasis(d.LegalBasis)},
			Metadata: domain.Metadata{Actor: "integration", Source: "rapport", OccurredAt: time.Now()}})
		if refused := (*domain.Rejection)(nil); errors.As(err, &refused) {
			return false, nil
		}
		return err == nil, err
	}
	return d, nil
}

func (c serveCmd) secretFile() string {
	return cmp.Or(c.PublishSecret, filepath.Join(c.Data, "publish.secret"))
}

// publishSecret returns the secret that signs what goes to --publish, and of which those of subscriptions are derived.
func (c serveCmd) publishSecret() ([]byte, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	return integration.Secret(c.secretFile())
}
