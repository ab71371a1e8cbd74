package conformance

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/face"
)

// asked is the variable by which make conformance lets these tests run: they fetch what they need.
const asked = "RAPPORT_CONFORMANCE"

func onlyIfAsked(t *testing.T) {
	t.Helper()
	if os.Getenv(asked) == "" {
		t.Skip("fetches from package registries: run make conformance")
	}
}

// serve serves a log in memory to EventStoreDB clients, and returns the address.
func serve(t *testing.T, o face.Options, streams map[string]int) string {
	t.Helper()
	log, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	for stream, n := range streams {
		if _, err := log.Append(t.Context(), stream, eventstore.NoStream, events(n)); err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := face.New(log, o)
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	t.Cleanup(func() {
		server.Close()
		for _, err := range []error{<-served, log.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
	})
	return l.Addr().String()
}

func events(n int) []eventstore.Proposed {
	out := make([]eventstore.Proposed, n)
	for i := range out {
		out[i] = eventstore.Proposed{ID: uuid.New(), Type: "said", Data: fmt.Appendf(nil, `{"n":%d}`, i)}
	}
	return out
}

// gate lets admin:changeit in, as EventStoreDB does at first.
func gate(_ context.Context, c face.Caller) (face.Rights, error) {
	if c.Secret != "changeit" {
		return face.Rights{}, face.ErrStranger
	}
	return face.Rights{Read: true, Write: true}, nil
}

// certificate makes a certificate for this machine, signed by itself.
func certificate(t *testing.T) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

// run runs a program in a folder, and returns what it printed. It fails the test unless the exit
// status is 0, or is allowed and something was printed.
func run(t *testing.T, dir string, env []string, allowed int, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	var out, errs bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, append(os.Environ(), env...), &out, &errs
	if err := cmd.Run(); err != nil && (cmd.ProcessState.ExitCode() != allowed || out.Len() == 0) {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, out.Bytes(), errs.Bytes())
	}
	return out.Bytes()
}
