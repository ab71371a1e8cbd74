// Package client speaks to a Rapport server as an app does: commands one by one or in batches, queries, and
// patience with a server that is away for a moment. It decides nothing about customers; it must not know
// how the server stores or projects.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Options tune a Client. The zero value is good for most.
type Options struct {
	HTTP    *http.Client // how requests are made; a client of its own by default
	Purpose string       // why personal data are looked at, as a code; the server remembers it
	// Token, if set, says who asks.
	Token string
	// Attempts bounds how often one call is tried (10), Patience how long it may wait between tries in all
	// (one minute), AttemptTimeout how long one try may take (three minutes: a server may take two for a batch).
	Attempts       int
	Patience       time.Duration
	AttemptTimeout time.Duration
	// OnRetry, if set, learns why a call did not get through, and after which wait it is tried again.
	OnRetry func(err error, wait time.Duration)
}

func (o *Options) setDefaults() {
	if o.HTTP == nil {
		o.HTTP = &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	}
	if o.Attempts == 0 {
		o.Attempts = 10
	}
	if o.Patience == 0 {
		o.Patience = time.Minute
	}
	if o.AttemptTimeout == 0 {
		o.AttemptTimeout = 3 * time.Minute
	}
	if o.OnRetry == nil {
		o.OnRetry = func(error, time.Duration) {}
	}
}

// Client speaks to one server. It is safe for concurrent use.
type Client struct {
	server string
	o      Options
}

// New answers a client of the server at a base URL such as http://127.0.0.1:8080. It does not connect yet.
func New(server string, o Options) (*Client, error) {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("server %q is not a URL like http://127.0.0.1:8080", server)
	}
	o.setDefaults()
	return &Client{server: strings.TrimRight(server, "/"), o: o}, nil
}

// Server answers the base URL of the server.
func (c *Client) Server() string { return c.server }

// Do sends in as JSON (nil: no body) and reads the answer into out (nil: not wanted). What the server
// refuses is a *Problem; a server that stays away is an *Unavailable. A POST carries an idempotency key of
// its own, so that trying it again is safe.
func (c *Client) Do(ctx context.Context, method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return fmt.Errorf("encode the body of %s %s: %w", method, path, err)
		}
	}
	header := http.Header{"Accept": {"application/json"}}
	if in != nil {
		header.Set("Content-Type", "application/json")
	}
	if method == http.MethodPost {
		header.Set("Idempotency-Key", uuid.NewString())
	}
	return c.patiently(ctx, func(ctx context.Context) error {
		answer, err := c.roundTrip(ctx, method, path, header, body)
		if err != nil {
			return err
		}
		defer answer.Close()
		if out == nil {
			_, err = io.Copy(io.Discard, answer)
			return transport(err)
		}
		read, err := io.ReadAll(answer)
		if err != nil {
			return transport(err)
		}
		if err := json.Unmarshal(read, out); err != nil {
			return fmt.Errorf("decode the answer to %s %s: %w", method, path, err)
		}
		return nil
	})
}

// Read sends in as JSON (nil: no body), once, and hands the answer to take while it comes, however long that takes.
func (c *Client) Read(ctx context.Context, method, path string, in any, take func(io.Reader) error) error {
	body, header := []byte(nil), http.Header{}
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return fmt.Errorf("encode the body of %s %s: %w", method, path, err)
		}
		header.Set("Content-Type", "application/json")
	}
	answer, err := c.roundTrip(ctx, method, path, header, body)
	if away := (transportError{}); errors.As(err, &away) {
		return &Unavailable{Server: c.server, Attempts: 1, Err: err}
	}
	if err != nil {
		return err
	}
	defer answer.Close()
	return take(answer)
}

// roundTrip makes one request and answers the body of a success; anything else is a *Problem.
func (c *Client) roundTrip(
	ctx context.Context, method, path string, header http.Header, body []byte,
) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.server+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	req.Header = header.Clone()
	if c.o.Purpose != "" {
		req.Header.Set("Rapport-Purpose", c.o.Purpose)
	}
	if c.o.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.o.Token)
	}
	resp, err := c.o.HTTP.Do(req)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err // the URL is said once, by Unavailable
		}
		return nil, transport(err)
	}
	if resp.StatusCode < 400 {
		return resp.Body, nil
	}
	defer resp.Body.Close()
	return nil, readProblem(resp)
}
