package beacon

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/mail"
	"net/smtp"
	"net/url"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/eventstore/proof"
)

// letters are a place that takes heads by mail:
//
//	smtp://USER:PASSWORD@HOST:587/auditor@example.com?from=crm@example.com
//
// smtps speaks TLS from the first byte; smtp goes over to it where the server can. A password is sent over TLS alone.
type letters struct {
	scheme, host, user, password, to, from string
	timeout                                time.Duration
	tls                                    *tls.Config // nil: the system's authorities
}

// lettersTo reads such a URL.
func lettersTo(u *url.URL, timeout time.Duration) (letters, error) {
	l := letters{scheme: u.Scheme, host: u.Host, user: u.User.Username(), timeout: timeout,
		to: strings.TrimPrefix(u.Path, "/"), from: u.Query().Get("from")}
	l.password, _ = u.User.Password()
	if l.from == "" {
		l.from = l.to
	}
	for _, address := range []string{l.to, l.from} {
		if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
			return l, errors.New("heads go by mail to smtp://HOST:PORT/RECIPIENT?from=SENDER")
		}
	}
	if u.Port() == "" {
		l.host = net.JoinHostPort(u.Hostname(), map[string]string{"smtp": "587", "smtps": "465"}[u.Scheme])
	}
	return l, nil
}

func isMail(u *url.URL) bool { return (u.Scheme == "smtp" || u.Scheme == "smtps") && u.Host != "" }

// publish sends a letter with a head in its text.
func (l letters) publish(ctx context.Context, h proof.Head, note string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, l.timeout)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.host)
	if err != nil {
		return err
	}
	defer conn.Close()
	end := context.AfterFunc(ctx, func() { conn.Close() })
	defer end()
	name, _, _ := net.SplitHostPort(l.host) // it was dialled
	config := &tls.Config{}
	if l.tls != nil {
		config = l.tls.Clone()
	}
	config.ServerName = name
	if l.scheme == "smtps" {
		conn = tls.Client(conn, config)
	}
	c, err := smtp.NewClient(conn, name)
	if err != nil {
		return err
	}
	if ok, _ := c.Extension("STARTTLS"); ok && l.scheme == "smtp" {
		if err := c.StartTLS(config); err != nil {
			return fmt.Errorf("go over to TLS: %w", err)
		}
	}
	if l.password != "" {
		if err := c.Auth(smtp.PlainAuth("", l.user, l.password, name)); err != nil {
			return fmt.Errorf("log in: %w", err)
		}
	}
	if err := c.Mail(l.from); err != nil {
		return err
	}
	if err := c.Rcpt(l.to); err != nil {
		return err
	}
	body, err := c.Data()
	if err != nil {
		return err
	}
	_, err = io.WriteString(body, l.text(h, note))
	if err := errors.Join(err, body.Close()); err != nil {
		return err
	}
	return c.Quit()
}

// text is the letter. What was signed has lines of its own, which mail leaves as they are.
func (l letters) text(h proof.Head, note string) string {
	text := fmt.Sprintf("From: %s\nTo: %s\nSubject: Signed head of the log %s, %d events\nDate: %s\nMIME-Version: 1.0\n"+
		"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s",
		l.from, l.to, logName(note), h.Size, time.Now().UTC().Format(time.RFC1123Z), note)
	return strings.ReplaceAll(text, "\n", "\r\n")
}

// logName is the first line of a note that names the log, as a header may have it.
func logName(note string) string {
	name, _, _ := strings.Cut(note, "\n")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, name)
}
