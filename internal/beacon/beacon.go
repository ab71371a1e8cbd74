// Package beacon publishes the newest signed head of the log where whoever could change the log cannot change it:
// in a folder, at an HTTP endpoint or in a mailbox, cosigned by witnesses before. It decides when to try again. It must not know how
// a head comes about.
package beacon

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/rapport-crm/rapport/eventstore/proof"
)

// Config says what is published where. Newest, Signed and Prove must be given.
type Config struct {
	// Signed returns how many events the newest head has, 0 while this process signs none.
	Signed func() int64
	// Newest returns that head.
	Newest func(ctx context.Context) (proof.Head, error)
	// Prove returns the hashes, in base64, by which one head goes on from another one.
	Prove func(ctx context.Context, from, to int64) ([]string, error)
	// To are folders, URLs that take a POST of the head as text, and mailboxes (smtp://HOST:PORT/RECIPIENT?from=SENDER).
	To []string
	// Witnesses are the URLs of C2SP witnesses, below which they take add-checkpoint.
	Witnesses []string

	Poll             time.Duration // how often it is looked for a newer head; 2 s
	Retry, RetryMost time.Duration // the pause after a failure, doubled up to RetryMost; 2 s, 10 min
	Timeout          time.Duration // of one request; 15 s
	MailTLS          *tls.Config   // how mail servers are trusted; nil: by the system's authorities
	Logger           *slog.Logger
}

func (c *Config) setDefaults() {
	for value, otherwise := range map[*time.Duration]time.Duration{&c.Poll: 2 * time.Second, &c.Retry: 2 * time.Second,
		&c.RetryMost: 10 * time.Minute, &c.Timeout: 15 * time.Second} {
		if *value == 0 {
			*value = otherwise
		}
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
}

// errNowhere says what a place may be.
var errNowhere = errors.New("heads go to a folder, by its path, to an HTTP endpoint, by its URL, or by mail, to smtp://HOST:PORT/RECIPIENT?from=SENDER")

// Check reports what is wrong with the places and witnesses that are named.
func Check(to, witnesses []string) error {
	for _, place := range to {
		u, err := url.Parse(place)
		if err != nil || u.Scheme != "" && !isWeb(u) && !isMail(u) {
			return fmt.Errorf("--heads-to: %w", errNowhere)
		}
		if isMail(u) {
			if _, err := lettersTo(u, 0); err != nil {
				return fmt.Errorf("--heads-to: %w", err)
			}
		}
	}
	for _, witness := range witnesses {
		if u, err := url.Parse(witness); err != nil || !isWeb(u) {
			return errors.New("--witness: a witness is an HTTP endpoint, by its URL")
		}
	}
	return nil
}

func isWeb(u *url.URL) bool { return (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" }

// place is where heads go.
type place interface {
	publish(ctx context.Context, h proof.Head, note string) error
}

// target is a place, and how far it is.
type target struct {
	name string
	place
	has    int64 // events of the head that it has
	next   time.Time
	pause  time.Duration
	failed bool
}

// beacon is one run.
type beacon struct {
	Config
	client    *http.Client
	targets   []*target
	witnesses []*witness
}

// Run publishes until ctx ends. A place that does not take a head is tried again, with the newest one by then.
func Run(ctx context.Context, c Config) {
	c.setDefaults()
	b := &beacon{Config: c, client: &http.Client{Timeout: c.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	for _, name := range c.To {
		t := &target{name: name, place: folder(name)}
		switch u, err := url.Parse(name); {
		case err != nil:
		case isWeb(u):
			t.name, t.place = u.Redacted(), endpoint{name, b.client}
		case isMail(u):
			box, err := lettersTo(u, c.Timeout)
			if err != nil {
				b.Logger.Error("heads are not published", "to", u.Redacted(), "error", err) // Check has said so before
				continue
			}
			box.tls = c.MailTLS
			t.name, t.place = u.Redacted(), box
		}
		b.targets = append(b.targets, t)
	}
	for _, address := range c.Witnesses {
		b.witnesses = append(b.witnesses, &witness{url: address, client: b.client, prove: c.Prove})
	}
	tick := time.NewTicker(c.Poll)
	defer tick.Stop()
	for {
		b.look(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// look publishes the newest head wherever it is due.
func (b *beacon) look(ctx context.Context) {
	var due []*target
	signed := b.Signed()
	for _, t := range b.targets {
		if t.has < signed && !time.Now().Before(t.next) {
			due = append(due, t)
		}
	}
	if len(due) == 0 {
		return
	}
	h, err := b.Newest(ctx)
	if err != nil {
		b.Logger.Debug("read the newest head to publish it", "error", err)
		return
	}
	note := b.cosigned(ctx, h)
	for _, t := range due {
		err := t.publish(ctx, h, note)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			t.pause = min(max(2*t.pause, b.Retry), b.RetryMost)
			t.next = time.Now().Add(t.pause)
			b.Logger.Warn("a head of the log could not be published", "to", t.name, "error", err, "next_try", t.pause)
			t.failed = true
			continue
		}
		if t.failed {
			b.Logger.Info("heads of the log are published again", "to", t.name)
		}
		t.has, t.pause, t.failed = h.Size, 0, false
	}
}

// cosigned returns the note of a head with the signatures of the witnesses that can be reached.
func (b *beacon) cosigned(ctx context.Context, h proof.Head) string {
	note := h.Note
	for _, w := range b.witnesses {
		lines, err := w.cosign(ctx, h)
		if err != nil {
			b.Logger.Warn("a witness did not cosign a head of the log", "witness", w.url, "error", err)
			continue
		}
		note += lines
	}
	return note
}
