// Package face lets EventStoreDB's own clients use the embedded log: a gRPC server that speaks their
// protocol. It decides how the log's answers, refusals and notices look on the wire. It must not know what
// the events mean, and it keeps no state: everything is the log's.
//
// Served, as the official Go client v4.2.0 uses it:
//   - Streams: Append with all four expectations; Read of a stream and of $all, from anywhere, both ways;
//     subscriptions to both, with prefix and regular-expression filters, checkpoints and notices, links
//     resolved; Delete and Tombstone. Stream metadata is what clients write to $$<stream>: $maxCount, $maxAge
//     and $tb are kept.
//   - ServerFeatures and Gossip, of a cluster with one node.
//
// All else answers Unimplemented: BatchAppend, persistent subscriptions, projections, users, operations.
// What is served answers as EventStoreDB 23.10 does, to repeated and partly repeated appends and to deleted
// streams as well. Limits are those of package eventstore; a larger append is refused as too large.
//
// Who may read and write is the Gate's to say, by the credentials of each call; which streams and events are not
// the clients' to write is told by Options. Commit and prepare position are both the log's position.
package face

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/serverfeatures"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// Options of a Server. Zero fields take their defaults.
type Options struct {
	// AdvertisedHost and AdvertisedPort are where gossip sends the clients; by default the address that the
	// client dialled, which is right unless a proxy stands between.
	AdvertisedHost string
	AdvertisedPort uint16
	// TLS is what clients connect by; nil: without.
	TLS *tls.Config
	// Gate says who may read, and who write; nil: everybody may everything.
	Gate Gate
	// LookAgain is how often it is found out whether the caller of a call that goes on, a subscription, still may; 5 s.
	LookAgain time.Duration
	// OwnedStream and OwnedType report whether a stream, or the events of a type, take no writes of clients at all.
	OwnedStream, OwnedType func(name string) bool
	// MaxStreams bounds the calls, subscriptions among them, that are open at once on a connection; 1024.
	MaxStreams uint32
	// MayLag is how many events a live subscription may be behind before it is told so; 500.
	MayLag int
	// Grace is how long Close waits for calls under way; 5 s.
	Grace  time.Duration
	Logger *slog.Logger // slog.Default
}

func (o *Options) setDefaults() {
	o.MaxStreams = cmp.Or(o.MaxStreams, 1024)
	o.MayLag = cmp.Or(o.MayLag, 500)
	o.LookAgain = cmp.Or(o.LookAgain, 5*time.Second)
	o.Grace = cmp.Or(o.Grace, 5*time.Second)
	o.Logger = cmp.Or(o.Logger, slog.Default())
}

const (
	// wireSlack is room for names, types and ids around an event's data and metadata.
	wireSlack = 64 << 10
	// pingEvery is how often the server asks whether a silent client is still there.
	pingEvery = 30 * time.Second
	// pingedAtMost is the shortest interval of pings that it takes from a client; theirs is 10 s.
	pingedAtMost = 5 * time.Second
)

// streamsService serves the log's streams: append.go, delete.go, read.go.
type streamsService struct {
	streams.UnimplementedStreamsServer
	log     *embedded.Log
	logger  *slog.Logger
	closing context.Context // ends when the server closes
	mayLag  int

	ownedStream, ownedType func(name string) bool // nil: none is
}

// Server is the face of one log.
type Server struct {
	grpc  *grpc.Server
	grace time.Duration
	close context.CancelFunc
}

// errClosing ends the subscriptions when the server closes.
var errClosing = errors.New("the event store is shutting down")

// New makes a server for a log, which stays the caller's to close, after the server.
func New(log *embedded.Log, o Options) *Server {
	o.setDefaults()
	closing, stop := context.WithCancel(context.Background())
	var secured grpc.ServerOption = grpc.EmptyServerOption{}
	if o.TLS != nil {
		secured = grpc.Creds(credentials.NewTLS(o.TLS))
	}
	door := guard{o.Gate, o.LookAgain}
	s := &Server{grace: o.Grace, close: stop, grpc: grpc.NewServer(secured,
		grpc.ChainUnaryInterceptor(door.unary), grpc.ChainStreamInterceptor(door.stream),
		grpc.MaxRecvMsgSize(eventstore.MaxAppendBytes+wireSlack),
		grpc.MaxConcurrentStreams(o.MaxStreams),
		grpc.KeepaliveParams(keepalive.ServerParameters{Time: pingEvery}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{
			MinTime: pingedAtMost, PermitWithoutStream: true}),
	)}
	streams.RegisterStreamsServer(s.grpc, &streamsService{log: log, logger: o.Logger, closing: closing,
		mayLag: o.MayLag, ownedStream: o.OwnedStream, ownedType: o.OwnedType})
	serverfeatures.RegisterServerFeaturesServer(s.grpc, featuresService{})
	gossip.RegisterGossipServer(s.grpc, newGossipService(o.AdvertisedHost, o.AdvertisedPort))
	return s
}

// Serve answers the clients that connect to a listener until Close, and then answers nil.
func (s *Server) Serve(l net.Listener) error { return s.grpc.Serve(l) }

// Close takes no more calls, ends the subscriptions, and waits for the other calls, though no longer than
// Options.Grace. Closing twice is harmless.
func (s *Server) Close() {
	s.close()
	hurry := time.AfterFunc(s.grace, s.grpc.Stop)
	defer hurry.Stop()
	s.grpc.GracefulStop()
}
