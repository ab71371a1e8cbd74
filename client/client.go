// Package client asks a Rapport server for everything that its OpenAPI document has: a method an operation, with the types of
// bodies and answers. Those are generated; how a request is made, repeated and refused is written here. It knows nothing of the
// server but the document.
package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Client asks one server. It is safe for concurrent use.
type Client struct {
	base  string
	token string
	http  *http.Client
	tries int
	pause time.Duration
}

// Config says whom to ask. URL must be given.
type Config struct {
	URL   string // of the server: https://crm.example.com
	Token string // none where the server has none
	HTTP  *http.Client
	// Tries bounds how often a request is made that the server could not answer: 4. Pause is that before the second try, doubled
	// each time, unless the server says when to come again: 200 ms.
	Tries int
	Pause time.Duration
}

// New makes a client.
func New(c Config) *Client {
	out := &Client{base: strings.TrimRight(c.URL, "/"), token: c.Token, http: c.HTTP, tries: c.Tries, pause: c.Pause}
	if out.http == nil {
		out.http = &http.Client{Timeout: 30 * time.Second}
	}
	if out.tries == 0 {
		out.tries = 4
	}
	if out.pause == 0 {
		out.pause = 200 * time.Millisecond
	}
	return out
}

// Option changes one request.
type Option func(http.Header)

// IdempotencyKey names a command, so that it is carried out once however often it is asked for, even by another process. Without
// it each call has a key of its own, under which it is repeated when the server does not answer.
func IdempotencyKey(key string) Option { return func(h http.Header) { h.Set("Idempotency-Key", key) } }

// IfRevision refuses a command where anything is newer than a revision.
func IfRevision(revision int64) Option {
	return func(h http.Header) { h.Set("If-Match", `"`+strconv.FormatInt(revision, 10)+`"`) }
}

// Error says what is wrong in a sentence. Programs look at Code.
func (p *Problem) Error() string {
	if p.Detail == "" {
		return fmt.Sprintf("%d %s", p.Status, p.Code)
	}
	return fmt.Sprintf("%d %s: %s", p.Status, p.Code, p.Detail)
}

// Refused returns the code of the problem with which the server refused a request; empty where err is none.
func Refused(err error) string {
	if p := (*Problem)(nil); errors.As(err, &p) {
		return p.Code
	}
	return ""
}

func (c *Client) do(ctx context.Context, method, path string, query url.Values, body, answer any, options []Option) error {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return fmt.Errorf("write the request: %w", err)
		}
	}
	return c.ask(ctx, method, path, query, "application/json", text, options, func(r io.Reader) error {
		if answer == nil {
			return nil
		}
		return json.NewDecoder(r).Decode(answer)
	})
}

// ask makes a request, again where the server cannot answer it now: each may be repeated, commands by their keys.
func (c *Client) ask(ctx context.Context, method, path string, query url.Values, media string, body []byte, options []Option,
	take func(io.Reader) error) error {
	to := c.base + path
	if len(query) > 0 {
		to += "?" + query.Encode()
	}
	header := http.Header{"Accept": {"application/json"}}
	if method != http.MethodGet {
		header.Set("Idempotency-Key", rand.Text())
	}
	if body != nil {
		header.Set("Content-Type", media)
	}
	if c.token != "" {
		header.Set("Authorization", "Bearer "+c.token)
	}
	for _, o := range options {
		o(header)
	}
	for try := 1; ; try++ {
		wait, err := c.once(ctx, method, to, header, body, take)
		if err == nil || wait < 0 || try == c.tries {
			return err
		}
		t := time.NewTimer(max(wait, c.pause<<(try-1)))
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return errors.Join(ctx.Err(), err)
		}
	}
}

// once makes a request once. Wait is how long to wait before it is made again; negative where that is of no use.
func (c *Client) once(ctx context.Context, method, to string, header http.Header, body []byte, take func(io.Reader) error) (
	wait time.Duration, err error) {
	r, err := http.NewRequestWithContext(ctx, method, to, bytes.NewReader(body))
	if err != nil {
		return -1, err
	}
	r.Header = header.Clone()
	a, err := c.http.Do(r)
	if err != nil {
		return 0, err
	}
	defer a.Body.Close()
	if a.StatusCode/100 == 2 {
		if err := take(a.Body); err != nil {
			return -1, fmt.Errorf("read the answer of %s %s: %w", method, to, err)
		}
		return -1, nil
	}
	p := &Problem{Status: int64(a.StatusCode), Code: "unknown"}
	text, _ := io.ReadAll(io.LimitReader(a.Body, 1<<20))
	if json.Unmarshal(text, p) != nil {
		p.Detail = a.Status
	}
	switch a.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		seconds, _ := strconv.Atoi(a.Header.Get("Retry-After")) // 0 where it says nothing
		return time.Duration(seconds) * time.Second, p
	}
	return -1, p
}

func joined(names []string) string { return strings.Join(names, ",") }
