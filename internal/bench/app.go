package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
)

// app speaks HTTP as an app written in Go does: through net/http's client, over one connection that is kept
// alive.
type app struct {
	http *http.Client
	base string
	body []byte
}

func newApp(address string) *app {
	return &app{http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1}}, base: "http://" + address}
}

func (a *app) send(ctx context.Context, status int, p *purchase, customer string) error {
	a.body = p.appendBody(a.body[:0])
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/v1/customers/"+customer+"/purchases",
		bytes.NewReader(a.body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := a.http.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != status {
		err = fmt.Errorf("answered %d, not %d: %s", answer.StatusCode, status, text)
	}
	return err
}

func (a *app) hangUp() { a.http.CloseIdleConnections() }

// apps answers so many of them.
func apps(address string, n int) []sender {
	all := make([]sender, n)
	for i := range all {
		all[i] = newApp(address)
	}
	return all
}

// bare speaks HTTP over a bare connection, with requests that are ready made: all that is measured is the
// server.
type bare struct {
	*connection
	request []byte
}

func (b *bare) send(_ context.Context, status int, p *purchase, customer string) error {
	b.request = p.appendRequest(b.request[:0], []byte(customer))
	return b.expect(status, b.request)
}

func (b *bare) hangUp() { hangUp([]*connection{b.connection}) }

// bareConnections connects so many times.
func bareConnections(ctx context.Context, address string, n int) ([]sender, error) {
	connected, err := dialAll(ctx, address, n)
	all := make([]sender, len(connected))
	for i, c := range connected {
		all[i] = &bare{connection: c}
	}
	return all, err
}

func hangUpAll(all []sender) {
	for _, s := range all {
		s.hangUp()
	}
}
