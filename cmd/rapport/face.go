package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/face"
)

// faceFlags are those of serve that say how EventStoreDB's clients connect to the embedded log.
type faceFlags struct {
	EventstoreTLSCert string `help:"File with the certificate, in PEM, by which EventStoreDB clients connect over TLS; without it only this machine may." type:"path" placeholder:"FILE"`
	EventstoreTLSKey  string `help:"File with that certificate's key, in PEM." type:"path" placeholder:"FILE"`
}

// door is where EventStoreDB's clients come to the embedded log.
type door struct {
	log      *embedded.Log
	listener net.Listener
	tls      *tls.Config // nil: without
	local    bool        // it is open to this machine alone
}

// doorFlags are those of a door, as the command names them.
type doorFlags struct{ address, certFile, keyFile, certFlag, keyFlag string }

// openDoor binds the address of a door. Without TLS only this machine may come: tokens and events would cross the
// network as they are.
func openDoor(log *embedded.Log, f doorFlags, logger *slog.Logger) (*door, error) {
	if (f.certFile == "") != (f.keyFile == "") {
		return nil, fmt.Errorf("%s and %s belong together: give both", f.certFlag, f.keyFlag)
	}
	d := &door{log: log}
	if f.certFile != "" {
		var err error
		if d.tls, err = tlsConfig(f.certFile, f.keyFile, logger); err != nil {
			return nil, fmt.Errorf("EventStoreDB clients: %w", err)
		}
	}
	var err error
	if d.listener, err = net.Listen("tcp", f.address); err != nil {
		return nil, fmt.Errorf("listen for EventStoreDB clients: %w", err)
	}
	d.local = d.listener.Addr().(*net.TCPAddr).IP.IsLoopback()
	if !d.local && d.tls == nil {
		d.listener.Close()
		return nil, fmt.Errorf("without TLS EventStoreDB clients would send their tokens to %s as they are, so only this machine may "+
			"connect: listen on 127.0.0.1, or give %s and %s", d.listener.Addr(), f.certFlag, f.keyFlag)
	}
	return d, nil
}

// connection is the string by which clients of the same machine connect.
func (d *door) connection() string {
	if d.tls != nil {
		return "esdb://" + d.listener.Addr().String()
	}
	return "esdb://" + d.listener.Addr().String() + "?tls=false"
}

// mayOpen refuses to let other machines in while nobody could be told from anybody else, and tells who may come. An
// issuer's tokens serve as Rapport's own do.
func (d *door) mayOpen(issued, issuer bool, logger *slog.Logger) error {
	switch {
	case issued || issuer:
		if d.tls == nil {
			logger.Warn("EventStoreDB's own clients send tokens over TLS alone: give a certificate, or they are refused here",
				"address", d.listener.Addr())
		}
	case !d.local:
		return fmt.Errorf("without any token nobody could tell who reads the log at %s, so only this machine may: listen on 127.0.0.1, "+
			"or issue a token first (rapport tokens issue --role admin --name YOU --data DIR)", d.listener.Addr())
	default:
		logger.Warn("no token was issued yet, so whoever uses this machine may read the log by EventStoreDB's clients "+
			"(rapport tokens issue --role admin --name YOU)", "address", d.listener.Addr())
	}
	return nil
}

// serve lets clients in until the returned function is called. Auditors read; admins also write, though never what is
// Rapport's own, unless the door is for Rapport's servers.
func (d *door) serve(callers *api.Callers, forServers bool, logger *slog.Logger, failed chan<- error) (end func() error) {
	o := face.Options{Logger: logger, TLS: d.tls, OwnedStream: eventstore.Owned,
		OwnedType: func(name string) bool { return !eventstore.Foreign(name) },
		Gate: func(ctx context.Context, c face.Caller) (face.Rights, error) {
			who, err := callers.Identify(ctx, c.Secret, c.Address)
			switch {
			case errors.Is(err, api.ErrStranger):
				return face.Rights{}, fmt.Errorf("%w (%w)", face.ErrStranger, err)
			case errors.Is(err, api.ErrTooManyStrangers):
				return face.Rights{}, face.ErrTooMany
			case err != nil:
				logger.WarnContext(ctx, "find out who an EventStoreDB client is", "error", err)
				return face.Rights{}, errors.New("who may use the log cannot be found out now")
			}
			known := who.Subject != "" // or whoever uses this machine, before there is any token
			return face.Rights{Read: access.Auditors.IncludeAny(who.Roles),
				Write: access.Admins.IncludeAny(who.Roles) && (known || forServers)}, nil
		}}
	if forServers {
		o.OwnedStream, o.OwnedType = nil, nil
	}
	f := face.New(d.log, o)
	go func() {
		if err := f.Serve(d.listener); err != nil {
			failed <- fmt.Errorf("serve EventStoreDB clients: %w", err)
		}
	}()
	logger.Info("EventStoreDB clients are served", "connection", d.connection())
	return func() error { f.Close(); return nil }
}

// mayOpenDoor tells whether the server may let EventStoreDB clients in.
func (s *server) mayOpenDoor(ctx context.Context, logger *slog.Logger) error {
	if s.door == nil {
		return nil
	}
	n, err := accessEvents(ctx, s.store)
	if err != nil {
		return err
	}
	ever, err := s.mark.Check(ctx, n)
	if err != nil && s.door.local {
		return nil // it is told already, and nobody is let in before it is known
	}
	if err != nil {
		return err
	}
	return s.door.mayOpen(ever, s.issuer != nil, logger)
}

// callers is what tells the door who somebody is.
func (s *server) callers(logger *slog.Logger) *api.Callers {
	config := api.Config{Commands: s.commands, Local: s.door.local, Tokens: s.mark.Check, Logger: logger}
	if s.issuer != nil {
		config.Issuer = s.issuer.Identify
	}
	return api.NewCallers(config)
}
