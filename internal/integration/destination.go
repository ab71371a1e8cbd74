package integration

import (
	"errors"
	"fmt"
	"net/url"

	amqp "github.com/rabbitmq/amqp091-go"
)

// Destination is where events go: the URL of a webhook (http, https), of a broker of NATS and a subject of it (nats, tls), or
// of a broker of AMQP and an exchange of it (amqp, amqps).
type Destination struct{ *url.URL }

var errNowhere = errors.New("integration events go to a webhook (http, https), to a JetStream of NATS (nats, tls) or to an exchange of AMQP (amqp, amqps): give such a URL")

// ParseDestination reads a URL. What is wrong with it is told without it, since it may hold a password.
func ParseDestination(text string) (Destination, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return Destination{}, errNowhere
	}
	switch d := (Destination{u}); u.Scheme {
	case "http", "https":
		return d, nil
	case "nats", "tls":
		if u.RawQuery != "" || !isSubject(d.subject()) {
			return Destination{}, fmt.Errorf("a stream takes what is published under its subjects: give %s://%s/SUBJECT, without wildcards",
				u.Scheme, u.Host)
		}
		return d, nil
	case "amqp", "amqps":
		if _, err := amqp.ParseURI(text); err != nil || d.exchange() == "" || len(d.Query()) > 1 {
			return Destination{}, fmt.Errorf("events are published to an exchange of a virtual host: give %s://%s/VHOST?exchange=NAME", u.Scheme, u.Host)
		}
		return d, nil
	}
	return Destination{}, errNowhere
}

// Signed tells whether events are signed: those that go to a webhook are. Who may publish to a broker is the broker's to know.
func (d Destination) Signed() bool { return d.Scheme == "http" || d.Scheme == "https" }
