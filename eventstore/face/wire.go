package face

import (
	"context"
	"encoding/binary"
	"strconv"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
)

// What EventStoreDB says of an event in its system metadata.
const (
	typeKey        = "type"
	contentTypeKey = "content-type"
	createdKey     = "created" // in ticks of 100 ns since 1970

	contentJSON   = "application/json"
	contentBinary = "application/octet-stream"
)

func proposedEvent(m *streams.AppendReq_ProposedMessage) (eventstore.Proposed, error) {
	id, err := idFromWire(m.GetId())
	if err != nil {
		return eventstore.Proposed{}, err
	}
	return eventstore.Proposed{ID: id, Type: m.GetMetadata()[typeKey], Data: m.GetData(),
		Metadata: m.GetCustomMetadata(), Binary: m.GetMetadata()[contentTypeKey] != contentJSON}, nil
}

func idFromWire(id *shared.UUID) (uuid.UUID, error) {
	var out uuid.UUID
	if s := id.GetStructured(); s != nil {
		binary.BigEndian.PutUint64(out[:8], uint64(s.GetMostSignificantBits()))
		binary.BigEndian.PutUint64(out[8:], uint64(s.GetLeastSignificantBits()))
		return out, nil
	}
	out, err := uuid.Parse(id.GetString_())
	if err != nil {
		return out, status.Error(codes.InvalidArgument, "an event's id is not a UUID")
	}
	return out, nil
}

func idToWire(id uuid.UUID, text bool) *shared.UUID {
	if text {
		return &shared.UUID{Value: &shared.UUID_String_{String_: id.String()}}
	}
	return &shared.UUID{Value: &shared.UUID_Structured_{Structured: &shared.UUID_Structured{
		MostSignificantBits:  int64(binary.BigEndian.Uint64(id[:8])),
		LeastSignificantBits: int64(binary.BigEndian.Uint64(id[8:])),
	}}}
}

// answers sends what one Read answers.
type answers struct {
	call    streams.Streams_ReadServer
	textIDs bool // the client asked for ids as text
	// target finds the event that a link leads to; nil where the client wants the links themselves.
	target func(ctx context.Context, link eventstore.Record) (event *eventstore.Record, err error)
}

// event sends an event. Of a link that is to be resolved, it sends both ends, or the link alone if the event is gone.
func (a answers) event(r eventstore.Record) error {
	read := &streams.ReadResp_ReadEvent{
		Position: &streams.ReadResp_ReadEvent_CommitPosition{CommitPosition: uint64(r.Position)}}
	if a.target == nil || r.Type != linkType {
		read.Event = a.recorded(r)
	} else {
		read.Link = a.recorded(r)
		event, err := a.target(a.call.Context(), r)
		if err != nil {
			return err
		}
		if event != nil {
			read.Event = a.recorded(*event)
		}
	}
	return a.call.Send(&streams.ReadResp{Content: &streams.ReadResp_Event{Event: read}})
}

func (a answers) recorded(r eventstore.Record) *streams.ReadResp_ReadEvent_RecordedEvent {
	contentType := contentJSON
	if r.Binary {
		contentType = contentBinary
	}
	return &streams.ReadResp_ReadEvent_RecordedEvent{
		Id:               idToWire(r.ID, a.textIDs),
		StreamIdentifier: &shared.StreamIdentifier{StreamName: []byte(r.Stream)},
		StreamRevision:   r.Revision,
		PreparePosition:  uint64(r.Position),
		CommitPosition:   uint64(r.Position),
		Metadata: map[string]string{
			typeKey:        r.Type,
			contentTypeKey: contentType,
			createdKey:     strconv.FormatInt(r.RecordedAt.UnixNano()/100, 10),
		},
		CustomMetadata: r.Metadata,
		Data:           r.Data,
	}
}

func (a answers) notFound(stream string) error {
	return a.call.Send(&streams.ReadResp{Content: &streams.ReadResp_StreamNotFound_{
		StreamNotFound: &streams.ReadResp_StreamNotFound{
			StreamIdentifier: &shared.StreamIdentifier{StreamName: []byte(stream)}}}})
}

func (a answers) confirmation() error {
	return a.call.Send(&streams.ReadResp{Content: &streams.ReadResp_Confirmation{
		Confirmation: &streams.ReadResp_SubscriptionConfirmation{SubscriptionId: uuid.NewString()}}})
}

func (a answers) checkpoint(at eventstore.Position) error {
	return a.call.Send(&streams.ReadResp{Content: &streams.ReadResp_Checkpoint_{
		Checkpoint: &streams.ReadResp_Checkpoint{CommitPosition: uint64(at), PreparePosition: uint64(at)}}})
}

func (a answers) caughtUp() error {
	return a.call.Send(&streams.ReadResp{
		Content: &streams.ReadResp_CaughtUp_{CaughtUp: &streams.ReadResp_CaughtUp{}}})
}

func (a answers) fellBehind() error {
	return a.call.Send(&streams.ReadResp{
		Content: &streams.ReadResp_FellBehind_{FellBehind: &streams.ReadResp_FellBehind{}}})
}
