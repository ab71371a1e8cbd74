package face

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
)

// Caller is who calls: what they showed as their secret, "" for nothing, and the address that they did it from.
type Caller struct{ Secret, Address string }

// Rights are what a caller may do with the log.
type Rights struct{ Read, Write bool }

// Gate returns what a caller may do. Its errors are ErrStranger, ErrTooMany, or say why nobody can tell now.
type Gate func(ctx context.Context, c Caller) (Rights, error)

var (
	// ErrStranger: what the caller showed is no secret of anybody who may use the log, or it was nothing.
	ErrStranger = errors.New("say who you are: the password is a token")
	// ErrTooMany: so many wrong secrets were shown that no more are looked at for now.
	ErrTooMany = errors.New("too many wrong tokens were shown")
)

// need is what a call takes. Calls that are not listed say nothing about the log, or are not served.
var need = map[string]Rights{
	"/event_store.client.streams.Streams/Read":        {Read: true},
	"/event_store.client.streams.Streams/Append":      {Write: true},
	"/event_store.client.streams.Streams/BatchAppend": {Write: true},
	"/event_store.client.streams.Streams/Delete":      {Write: true},
	"/event_store.client.streams.Streams/Tombstone":   {Write: true},
}

// guard stands before all calls.
type guard struct {
	gate      Gate // nil: everybody may everything
	lookAgain time.Duration
}

// admit refuses a call that its caller may not make.
func (g guard) admit(ctx context.Context, method string) error {
	needed, ok := need[method]
	if g.gate == nil || !ok {
		return nil
	}
	caller, err := callerOf(ctx)
	if err != nil {
		return err
	}
	rights, err := g.gate(ctx, caller)
	switch {
	case errors.Is(err, ErrStranger):
		return status.Error(codes.Unauthenticated, err.Error())
	case errors.Is(err, ErrTooMany):
		return status.Error(codes.ResourceExhausted, err.Error())
	case err != nil:
		return status.Error(codes.Unavailable, err.Error())
	case needed.Read && !rights.Read:
		return denied(ctx, "reading the log is for others: ask for an auditor's token")
	case needed.Write && !rights.Write:
		return denied(ctx, "writing to the log is for others: ask for an admin's token")
	}
	return nil
}

// denied is EventStoreDB's refusal of a caller who is known.
func denied(ctx context.Context, text string) error {
	return explained(ctx, codes.PermissionDenied, text, "access-denied")
}

// callerOf reads what EventStoreDB's clients send as credentials: a name, which does not count, and a password; or
// a bearer's token.
func callerOf(ctx context.Context) (Caller, error) {
	var c Caller
	if from, ok := peer.FromContext(ctx); ok {
		c.Address = from.Addr.String()
	}
	given := metadata.ValueFromIncomingContext(ctx, "authorization")
	if len(given) == 0 {
		return c, nil
	}
	malformed := status.Error(codes.Unauthenticated, "the credentials are no name and password, and no bearer's token")
	scheme, shown, _ := strings.Cut(given[0], " ")
	switch {
	case strings.EqualFold(scheme, "Bearer"):
		c.Secret = shown
	case strings.EqualFold(scheme, "Basic"):
		decoded, err := base64.StdEncoding.DecodeString(shown)
		if err != nil {
			return c, malformed
		}
		_, c.Secret, _ = strings.Cut(string(decoded), ":")
	}
	if c.Secret == "" {
		return c, malformed
	}
	return c, nil
}

func (g guard) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	if err := g.admit(ctx, info.FullMethod); err != nil {
		return nil, err
	}
	return handle(ctx, req)
}

// stream ends a call when its caller may not make it any more: their token was revoked, or has expired.
func (g guard) stream(srv any, call grpc.ServerStream, info *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
	if err := g.admit(call.Context(), info.FullMethod); err != nil {
		if info.IsClientStream {
			hearOut(call)
		}
		return err
	}
	if g.gate == nil {
		return handle(srv, call)
	}
	ctx, cancel := context.WithCancelCause(call.Context())
	defer cancel(nil)
	go func() {
		for every := time.NewTicker(g.lookAgain); ; {
			select {
			case <-ctx.Done():
				every.Stop()
				return
			case <-every.C:
			}
			if err := g.admit(ctx, info.FullMethod); err != nil && status.Code(err) != codes.Unavailable {
				cancel(err)
			}
		}
	}()
	err := handle(srv, guarded{call, ctx})
	if cause := context.Cause(ctx); err != nil && call.Context().Err() == nil && ctx.Err() != nil {
		return cause
	}
	return err
}

// hearsOut bounds how long a client may go on sending what is refused already.
const hearsOut = 2 * time.Second

// hearOut receives what a client sends before it listens: the official Go client takes an end while it still sends for a
// lost connection, and never looks for the status that says why.
func hearOut(call grpc.ServerStream) {
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		for range eventstore.MaxAppend + 2 {
			if call.RecvMsg(new(streams.AppendReq)) != nil {
				return
			}
		}
	}()
	impatient := time.NewTimer(hearsOut)
	defer impatient.Stop()
	select {
	case <-sent:
	case <-impatient.C:
	}
}

// guarded is a call with a context that ends also when its caller may not go on.
type guarded struct {
	grpc.ServerStream
	ctx context.Context
}

func (g guarded) Context() context.Context { return g.ctx }

// mayWrite refuses what is written to a stream that is not the clients', whether to itself or to its metadata.
func (s *streamsService) mayWrite(ctx context.Context, stream string) error {
	base := stream
	for strings.HasPrefix(base, metadataPrefix) {
		base = strings.TrimPrefix(base, metadataPrefix)
	}
	if s.ownedStream != nil && s.ownedStream(base) {
		return denied(ctx, fmt.Sprintf("stream %q is written by Rapport alone: send it a command", printable(base)))
	}
	return nil
}

// mayHold refuses an event of a type that stands in no stream of the clients.
func (s *streamsService) mayHold(ctx context.Context, eventType string) error {
	if s.ownedType != nil && s.ownedType(eventType) {
		return denied(ctx, fmt.Sprintf("events of type %q are written by Rapport alone: send it a command", printable(eventType)))
	}
	return nil
}
