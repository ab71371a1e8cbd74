package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// hurried starts a server whose times are a fiftieth of the real ones.
func hurried(t *testing.T, handler http.Handler) string {
	t.Helper()
	web := newWeb(handler, slog.New(slog.DiscardHandler))
	for _, limit := range []*time.Duration{&web.ReadHeaderTimeout, &web.ReadTimeout, &web.WriteTimeout, &web.IdleTimeout} {
		if *limit <= 0 {
			t.Fatal("somebody may take as long as they like")
		}
		*limit /= 50
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = serveWeb(web, listener) }() // it ends with the test
	t.Cleanup(func() { web.Close() })
	return listener.Addr().String()
}

func dial(t *testing.T, address, begin string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, begin); err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestWhoIsSlowIsCutOff(t *testing.T) {
	read := make(chan error, 1)
	wrote := make(chan error, 1)
	address := hurried(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			_, err := io.ReadAll(r.Body)
			read <- err
			return
		}
		for {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				wrote <- err
				return
			}
		}
	}))
	ended := func(what string, conn net.Conn) {
		t.Helper()
		began := time.Now()
		if _, err := io.Copy(io.Discard, conn); err != nil && strings.Contains(err.Error(), "timeout") {
			t.Errorf("%s: nobody ended the connection in %s", what, time.Since(began))
		}
	}
	ended("headers that do not end", dial(t, address, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "))
	ended("a connection without a request", dial(t, address, ""))
	conn := dial(t, address, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf")
	if err := <-read; !os.IsTimeout(err) {
		t.Errorf("a body that does not arrive: %v", err)
	}
	ended("a body that does not arrive", conn)
	dial(t, address, "GET / HTTP/1.1\r\nHost: a\r\n\r\n") // and reads nothing
	if err := <-wrote; !os.IsTimeout(err) {
		t.Errorf("an answer that nobody takes: %v", err)
	}
	conn = dial(t, address, "GET / HTTP/1.1\r\nHost: a\r\nX-Large: "+strings.Repeat("x", 128<<10)+"\r\n\r\n")
	if line, _ := bufio.NewReader(conn).ReadString('\n'); !strings.Contains(line, "431") {
		t.Errorf("headers too large: %q", line)
	}
}

// certify writes a certificate for this machine, and its key.
func certify(t *testing.T, dir, name string, at time.Time) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: at.Add(-time.Hour),
		NotAfter: at.Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for file, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "EC PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

func TestACertificateIsReadAnewWhenItChanges(t *testing.T) {
	dir, now := t.TempDir(), time.Now().Truncate(time.Second)
	certFile, keyFile := certify(t, dir, "first", now.Add(-time.Minute))
	c := &certificate{certFile: certFile, keyFile: keyFile, logger: slog.New(slog.DiscardHandler)}
	served := func(at time.Time) string {
		t.Helper()
		one, err := c.current(at)
		if err != nil {
			t.Fatal(err)
		}
		return one.Leaf.Subject.CommonName
	}
	if got := served(now); got != "first" {
		t.Error(got)
	}
	certify(t, dir, "second", now)
	if got := served(now.Add(999 * time.Millisecond)); got != "first" {
		t.Errorf("%s, though it was looked at a moment ago", got)
	}
	if got := served(now.Add(time.Second)); got != "second" {
		t.Error(got)
	}
	if err := os.WriteFile(certFile, []byte("half a cert"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := served(now.Add(time.Minute)); got != "second" {
		t.Error(got)
	}
	if _, err := tlsConfig(certFile, keyFile, c.logger); err == nil {
		t.Error("a server would start without a certificate")
	}
}

func TestTLS(t *testing.T) {
	certFile, keyFile := certify(t, t.TempDir(), "rapport", time.Now())
	config, err := tlsConfig(certFile, keyFile, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	web := newWeb(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto) }), slog.New(slog.DiscardHandler))
	web.TLSConfig = config
	go func() { _ = serveWeb(web, listener) }() // it ends with the test
	t.Cleanup(func() { web.Close() })
	pool := x509.NewCertPool()
	pemText, err := os.ReadFile(certFile)
	if err != nil || !pool.AppendCertsFromPEM(pemText) {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
	answer, err := client.Get("https://" + listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || string(text) != "HTTP/2.0" {
		t.Errorf("%s, %v", text, err)
	}
	if conn, err := tls.Dial("tcp", listener.Addr().String(), &tls.Config{RootCAs: pool, MaxVersion: tls.VersionTLS11}); err == nil {
		conn.Close()
		t.Error("TLS 1.1 is spoken")
	}
}
