package integration

import (
	"strings"

	"github.com/ThreeDotsLabs/watermill"
	natsbroker "github.com/ThreeDotsLabs/watermill-nats/v2/pkg/nats"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/nats-io/nats.go"
)

// newStream makes a message.Publisher to a JetStream of NATS, which has taken a message when the stream says so. The
// connection is made and kept up in the background: while there is none, publishing fails at once, and nothing is kept
// to be sent behind the outbox's back.
func newStream(to Destination, c Config, logger watermill.LoggerAdapter) (message.Publisher, error) {
	broker := *to.URL
	broker.Path = ""
	return natsbroker.NewPublisher(natsbroker.PublisherConfig{
		URL:       broker.String(),
		Marshaler: structured{to.subject()},
		NatsOptions: []nats.Option{nats.Name("rapport"), nats.Timeout(c.Timeout), nats.PingInterval(c.Timeout),
			nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(c.Retry), nats.ReconnectBufSize(-1)},
		JetStream: natsbroker.JetStreamConfig{ConnectOptions: []nats.JSOpt{nats.MaxWait(c.Timeout)}},
	}, logger)
}

// subject is that under which events are published to a broker.
func (d Destination) subject() string { return strings.TrimPrefix(d.Path, "/") }

// isSubject tells whether something can be published under a name: tokens with points between them, none of them a
// wildcard.
func isSubject(name string) bool {
	for token := range strings.SplitSeq(name, ".") {
		if token == "" || strings.ContainsAny(token, "*> \t\r\n/$") {
			return false
		}
	}
	return true
}

// structured writes CloudEvents in structured mode, under one subject. A stream knows by the id what it has already.
type structured struct{ subject string }

func (s structured) Marshal(_ string, m *message.Message) (*nats.Msg, error) {
	return &nats.Msg{Subject: s.subject, Data: m.Payload,
		Header: nats.Header{nats.MsgIdHdr: {m.UUID}, "content-type": {contentType}}}, nil
}
