package integration

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	amqp "github.com/rabbitmq/amqp091-go"
)

// exchange is a message.Publisher to an exchange of AMQP 0-9-1. A message is taken when the broker confirms that a queue has it:
// one that no queue takes is refused. The connection is made when there is something to publish, and made anew after it was lost.
type exchange struct {
	url, name string
	timeout   time.Duration

	mu       sync.Mutex
	conn     *amqp.Connection
	channel  *amqp.Channel
	returned chan amqp.Return // what no queue takes
	closed   chan *amqp.Error // why the broker closed the channel
}

func newExchange(to Destination, c Config) *exchange {
	broker := *to.URL
	broker.RawQuery = ""
	return &exchange{url: broker.String(), name: to.exchange(), timeout: c.Timeout}
}

// Publish publishes messages one by one, each under the type of its event as routing key. The topic does not matter.
func (x *exchange) Publish(_ string, messages ...*message.Message) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, m := range messages {
		ctx, cancel := context.WithTimeout(m.Context(), x.timeout)
		err := x.publish(ctx, m)
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}

// Close lets go of the connection.
func (x *exchange) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.disconnect()
	return nil
}

func (x *exchange) publish(ctx context.Context, m *message.Message) error {
	if err := x.connect(); err != nil {
		return err
	}
	confirmation, err := x.channel.PublishWithDeferredConfirmWithContext(ctx, x.name, m.Metadata.Get(typeKey), true, false,
		amqp.Publishing{ContentType: contentType, MessageId: m.UUID, Type: m.Metadata.Get(typeKey), DeliveryMode: amqp.Persistent, Body: m.Payload})
	taken := false
	if err == nil {
		taken, err = confirmation.WaitContext(ctx)
	}
	select {
	case r := <-x.returned: // it comes before the confirmation
		return fmt.Errorf("no queue takes events of type %s: %s", r.RoutingKey, r.ReplyText)
	case reason := <-x.closed:
		x.disconnect()
		if reason == nil { // it was closed in order
			return errNotConfirmed
		}
		return errors.Join(errNotConfirmed, reason)
	default:
	}
	if err != nil || !taken {
		x.disconnect() // what comes of it is not known
		return errors.Join(errNotConfirmed, err)
	}
	return nil
}

var errNotConfirmed = errors.New("the broker did not confirm an event")

func (x *exchange) connect() (err error) {
	if x.conn != nil && !x.conn.IsClosed() && !x.channel.IsClosed() {
		return nil
	}
	x.disconnect()
	properties := amqp.NewConnectionProperties()
	properties.SetClientConnectionName("rapport")
	if x.conn, err = amqp.DialConfig(x.url, amqp.Config{Heartbeat: x.timeout, Dial: amqp.DefaultDial(x.timeout), Properties: properties}); err != nil {
		x.conn = nil
		return fmt.Errorf("connect to the broker: %w", err)
	}
	if x.channel, err = x.conn.Channel(); err == nil {
		err = x.channel.Confirm(false)
	}
	if err != nil {
		x.disconnect()
		return fmt.Errorf("open a channel of the broker: %w", err)
	}
	x.returned = x.channel.NotifyReturn(make(chan amqp.Return, 1))
	x.closed = x.channel.NotifyClose(make(chan *amqp.Error, 1))
	return nil
}

func (x *exchange) disconnect() {
	if x.conn != nil {
		_ = x.conn.CloseDeadline(time.Now().Add(x.timeout)) // it is of no use any more
	}
	x.conn, x.channel, x.returned, x.closed = nil, nil, nil, nil
}

// exchange is that to which events are published.
func (d Destination) exchange() string { return d.Query().Get("exchange") }
