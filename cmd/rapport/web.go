package main

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// newWeb answers a server that cuts off who is slow: headers, the rest of a request and the taking of an answer have
// their time. Handlers that need more ask for it.
func newWeb(handler http.Handler, logger *slog.Logger) *http.Server {
	return &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelDebug)}
}

// certificate is read anew when its file changes, so that a renewed one needs no restart.
type certificate struct {
	certFile, keyFile string
	logger            *slog.Logger

	mu       sync.Mutex
	loaded   *tls.Certificate
	changed  time.Time // of the file that was loaded
	lookedAt time.Time
}

// tlsConfig serves a certificate, to TLS 1.2 and later.
func tlsConfig(certFile, keyFile string, logger *slog.Logger) (*tls.Config, error) {
	c := &certificate{certFile: certFile, keyFile: keyFile, logger: logger}
	if _, err := c.current(time.Now()); err != nil {
		return nil, err
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		return c.current(time.Now())
	}}, nil
}

// current answers the certificate, which it looks at once a second at most. One that cannot be read leaves the one
// before in place.
func (c *certificate) current(now time.Time) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.loaded != nil && now.Sub(c.lookedAt) < time.Second {
		return c.loaded, nil
	}
	c.lookedAt = now
	info, err := os.Stat(c.certFile)
	if err == nil && c.loaded != nil && info.ModTime().Equal(c.changed) {
		return c.loaded, nil
	}
	var read tls.Certificate
	if err == nil {
		read, err = tls.LoadX509KeyPair(c.certFile, c.keyFile)
	}
	switch {
	case err == nil:
		c.loaded, c.changed = &read, info.ModTime()
	case c.loaded == nil:
		return nil, fmt.Errorf("read the certificate: %w", err)
	default:
		c.logger.Error("read the new certificate; the one before stays", "error", err)
	}
	return c.loaded, nil
}

// serveWeb serves until the server is shut down, over TLS where that is configured.
func serveWeb(web *http.Server, listener net.Listener) error {
	if web.TLSConfig != nil {
		return web.ServeTLS(listener, "", "")
	}
	return web.Serve(listener)
}
