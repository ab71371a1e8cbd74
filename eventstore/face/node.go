package face

import (
	"cmp"
	"context"
	"net"
	"strconv"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/serverfeatures"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// protocolVersion is the EventStoreDB whose protocol this is: the first that tells subscriptions when they
// have caught up and when they fell behind.
const protocolVersion = "23.10.0"

// featuresService tells clients what they may ask for.
type featuresService struct {
	serverfeatures.UnimplementedServerFeaturesServer
}

// GetSupportedMethods lists what is served, in lower case, as clients look for it.
func (featuresService) GetSupportedMethods(context.Context,
	*shared.Empty) (*serverfeatures.SupportedMethods, error) {
	const streamsName = "event_store.client.streams.streams"
	return &serverfeatures.SupportedMethods{
		EventStoreServerVersion: protocolVersion,
		Methods: []*serverfeatures.SupportedMethod{
			{ServiceName: streamsName, MethodName: "append"},
			{ServiceName: streamsName, MethodName: "read"},
			{ServiceName: streamsName, MethodName: "delete"},
			{ServiceName: streamsName, MethodName: "tombstone"},
			{ServiceName: "event_store.client.gossip.gossip", MethodName: "read"},
			{ServiceName: "event_store.client.server_features.serverfeatures", MethodName: "getsupportedmethods"},
		},
	}, nil
}

// gossipService tells clients of the cluster: one node, which leads.
type gossipService struct {
	gossip.UnimplementedGossipServer
	instance uuid.UUID
	host     string // "": as dialled
	port     uint16 // 0: as dialled
}

func newGossipService(host string, port uint16) gossipService {
	return gossipService{instance: uuid.New(), host: host, port: port}
}

// Read answers the one member, at the address that it advertises or that the client dialled.
func (s gossipService) Read(ctx context.Context, _ *shared.Empty) (*gossip.ClusterInfo, error) {
	at, err := s.endPoint(ctx)
	if err != nil {
		return nil, err
	}
	return &gossip.ClusterInfo{Members: []*gossip.MemberInfo{{
		InstanceId:   idToWire(s.instance, false),
		TimeStamp:    time.Now().UnixNano() / 100,
		State:        gossip.MemberInfo_Leader,
		IsAlive:      true,
		HttpEndPoint: at,
	}}}, nil
}

// endPoint fills in what is not advertised from the address that the client dialled.
func (s gossipService) endPoint(ctx context.Context) (*gossip.EndPoint, error) {
	end := &gossip.EndPoint{Address: s.host, Port: uint32(s.port)}
	if s.host != "" && s.port != 0 {
		return end, nil
	}
	dialled := metadata.ValueFromIncomingContext(ctx, ":authority")
	if len(dialled) != 1 {
		return nil, status.Error(codes.FailedPrecondition, "the call does not tell the address that was dialled")
	}
	host, portText, err := net.SplitHostPort(dialled[0])
	if err != nil {
		return nil, status.Errorf(codes.FailedPrecondition, "the address that was dialled: %v", err)
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, status.Errorf(codes.FailedPrecondition, "the port that was dialled: %v", err)
	}
	end.Address = cmp.Or(end.Address, host)
	end.Port = cmp.Or(end.Port, uint32(port))
	return end, nil
}
