// Package esdbtest stands between clients of EventStoreDB and a server of its protocol, and makes it behave as servers
// do that cannot be had in tests: of another version, with a smaller MaxAppendSize, with users who lack rights.
package esdbtest

import (
	"context"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/serverfeatures"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Rules are how a server differs from the one behind it.
type Rules struct {
	Version       string // of the server
	MaxAppendSize int    // bytes of data and metadata in one append
	MayNotWrite   bool   // to any stream
	MayNotReadAll bool
	// Appended changes what a client is told of an append that was taken.
	Appended func(*streams.AppendResp_Success)
}

// Server listens for clients.
type Server struct {
	streams.UnimplementedStreamsServer
	serverfeatures.UnimplementedServerFeaturesServer
	Address string // host:port

	up       streams.StreamsClient
	features serverfeatures.ServerFeaturesClient

	mu      sync.Mutex
	rules   Rules
	largest int
}

// Serve answers a server before another one, until the test ends.
func Serve(t testing.TB, address string, rules Rules) *Server {
	t.Helper()
	up, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Address: l.Addr().String(), rules: rules, up: streams.NewStreamsClient(up),
		features: serverfeatures.NewServerFeaturesClient(up)}
	g := grpc.NewServer(grpc.MaxRecvMsgSize(17 << 20))
	streams.RegisterStreamsServer(g, s)
	serverfeatures.RegisterServerFeaturesServer(g, s)
	served := make(chan error, 1)
	go func() { served <- g.Serve(l) }()
	t.Cleanup(func() {
		g.Stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		up.Close()
	})
	return s
}

// Change makes the server behave by other rules from now on.
func (s *Server) Change(rules Rules) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = rules
}

// Largest returns how many bytes of data and metadata the largest append had that was taken.
func (s *Server) Largest() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.largest
}

func (s *Server) now() Rules {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rules
}

// GetSupportedMethods tells what the server behind does, as a server of the version.
func (s *Server) GetSupportedMethods(ctx context.Context, in *shared.Empty) (*serverfeatures.SupportedMethods, error) {
	out, err := s.features.GetSupportedMethods(ctx, in)
	if version := s.now().Version; err == nil && version != "" {
		out.EventStoreServerVersion = version
	}
	return out, err
}

// Append passes an append on. A refusal comes while events may still be under way, as from a real server.
func (s *Server) Append(down streams.Streams_AppendServer) error {
	ctx, cancel := passed(down.Context())
	defer cancel()
	up, err := s.up.Append(ctx)
	if err != nil {
		return err
	}
	rules, size := s.now(), 0
	for {
		req, err := down.Recv()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if rules.MayNotWrite {
			return denied(down.Context())
		}
		size += len(req.GetProposedMessage().GetData()) + len(req.GetProposedMessage().GetCustomMetadata())
		if rules.MaxAppendSize > 0 && size > rules.MaxAppendSize {
			return refused(down.Context(), codes.InvalidArgument,
				fmt.Sprintf("Maximum Append Size of %d Exceeded.", rules.MaxAppendSize), "maximum-append-size-exceeded",
				"maximum-append-size", strconv.Itoa(rules.MaxAppendSize))
		}
		if err := up.Send(req); err != nil && err != io.EOF {
			return err
		}
	}
	resp, err := up.CloseAndRecv()
	down.SetTrailer(up.Trailer())
	if err != nil {
		return err
	}
	if success := resp.GetSuccess(); success != nil {
		s.took(size)
		if rules.Appended != nil {
			rules.Appended(success)
		}
	}
	return down.SendAndClose(resp)
}

func (s *Server) took(size int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.largest = max(s.largest, size)
}

// Read passes a read or a subscription on.
func (s *Server) Read(req *streams.ReadReq, down streams.Streams_ReadServer) error {
	if req.GetOptions().GetAll() != nil && s.now().MayNotReadAll {
		return denied(down.Context())
	}
	ctx, cancel := passed(down.Context())
	defer cancel()
	up, err := s.up.Read(ctx, req)
	if err != nil {
		return err
	}
	for {
		resp, err := up.Recv()
		if err != nil {
			down.SetTrailer(up.Trailer())
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := down.Send(resp); err != nil {
			return err
		}
	}
}

// Delete passes a deletion on.
func (s *Server) Delete(ctx context.Context, req *streams.DeleteReq) (*streams.DeleteResp, error) {
	return s.up.Delete(ctx, req)
}

// Tombstone passes a deletion for ever on.
func (s *Server) Tombstone(ctx context.Context, req *streams.TombstoneReq) (*streams.TombstoneResp, error) {
	return s.up.Tombstone(ctx, req)
}

// passed is a call's context for the server behind, with what the client sent beside.
func passed(ctx context.Context) (context.Context, context.CancelFunc) {
	sent, _ := metadata.FromIncomingContext(ctx)
	if said := sent.Get("authorization"); len(said) > 0 {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", said[0])
	}
	return context.WithCancel(ctx)
}

func denied(ctx context.Context) error {
	return refused(ctx, codes.PermissionDenied, "Access Denied.", "access-denied")
}

func refused(ctx context.Context, code codes.Code, text, exception string, particulars ...string) error {
	if err := grpc.SetTrailer(ctx, metadata.Pairs(append([]string{"exception", exception}, particulars...)...)); err != nil {
		return err
	}
	return status.Error(code, text)
}
