package face_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore/face"
)

// gate lets an auditor read, an admin write as well, and who shows nothing do nothing.
func gate(_ context.Context, c face.Caller) (face.Rights, error) {
	switch c.Secret {
	case "auditor-1":
		return face.Rights{Read: true}, nil
	case "admin-1":
		return face.Rights{Read: true, Write: true}, nil
	case "app-1":
		return face.Rights{}, nil
	case "often":
		return face.Rights{}, face.ErrTooMany
	case "unlucky":
		return face.Rights{}, errors.New("the tokens cannot be read")
	}
	return face.Rights{}, face.ErrStranger
}

func owned(name string) bool { return strings.HasPrefix(name, "customer") || name == "access" }

// TestTheGateIsAskedForEachCall: whatever a call would do, its caller must be one who may.
func TestTheGateIsAskedForEachCall(t *testing.T) {
	n := start(t, options{Options: face.Options{Gate: gate}})
	client := streams.NewStreamsClient(n.dial(t))
	named := &shared.StreamIdentifier{StreamName: []byte("s")}
	calls := map[string]func(ctx context.Context) error{
		"append": func(ctx context.Context) error {
			call, err := client.Append(ctx)
			if err != nil {
				return err
			}
			_ = call.Send(&streams.AppendReq{Content: &streams.AppendReq_Options_{Options: &streams.AppendReq_Options{
				StreamIdentifier: named, ExpectedStreamRevision: &streams.AppendReq_Options_Any{Any: &shared.Empty{}}}}})
			_, err = call.CloseAndRecv()
			return err
		},
		"delete": func(ctx context.Context) error {
			_, err := client.Delete(ctx, &streams.DeleteReq{Options: &streams.DeleteReq_Options{StreamIdentifier: named,
				ExpectedStreamRevision: &streams.DeleteReq_Options_Revision{Revision: 9}}})
			return err
		},
		"tombstone": func(ctx context.Context) error {
			_, err := client.Tombstone(ctx, &streams.TombstoneReq{Options: &streams.TombstoneReq_Options{
				StreamIdentifier: named, ExpectedStreamRevision: &streams.TombstoneReq_Options_Revision{Revision: 9}}})
			return err
		},
		"read": func(ctx context.Context) error {
			call, err := client.Read(ctx, &streams.ReadReq{Options: &streams.ReadReq_Options{
				StreamOption: &streams.ReadReq_Options_Stream{Stream: &streams.ReadReq_Options_StreamOptions{
					StreamIdentifier: named, RevisionOption: &streams.ReadReq_Options_StreamOptions_Start{}}},
				CountOption: &streams.ReadReq_Options_Count{Count: 1}}})
			if err != nil {
				return err
			}
			_, err = call.Recv()
			return err
		},
	}
	ok := map[string]codes.Code{"append": codes.OK, "read": codes.OK,
		"delete": codes.FailedPrecondition, "tombstone": codes.FailedPrecondition} // the stream is not there
	for credentials, want := range map[string]struct{ reads, writes codes.Code }{
		"":                           {codes.Unauthenticated, codes.Unauthenticated},
		"Basic YW5uOndyb25n":         {codes.Unauthenticated, codes.Unauthenticated}, // ann:wrong
		"Basic !":                    {codes.Unauthenticated, codes.Unauthenticated},
		"Basic YW5u":                 {codes.Unauthenticated, codes.Unauthenticated}, // ann
		"Digest admin-1":             {codes.Unauthenticated, codes.Unauthenticated},
		"Basic YW5uOmFwcC0x":         {codes.PermissionDenied, codes.PermissionDenied}, // ann:app-1
		"Basic YW5uOmF1ZGl0b3ItMQ==": {codes.OK, codes.PermissionDenied},               // ann:auditor-1
		"Basic YW5uOmFkbWluLTE=":     {codes.OK, codes.OK},                             // ann:admin-1
		"Bearer admin-1":             {codes.OK, codes.OK},
		"Bearer often":               {codes.ResourceExhausted, codes.ResourceExhausted},
		"Bearer unlucky":             {codes.Unavailable, codes.Unavailable},
	} {
		ctx := t.Context()
		if credentials != "" {
			ctx = metadata.AppendToOutgoingContext(ctx, "authorization", credentials)
		}
		for name, call := range calls {
			expected := want.writes
			if name == "read" {
				expected = want.reads
			}
			if expected == codes.OK {
				expected = ok[name]
			}
			if err := call(ctx); status.Code(err) != expected {
				t.Errorf("%s with %q: %v, want %v", name, credentials, err, expected)
			}
		}
	}
	if _, err := n.GetServerVersion(); err != nil {
		t.Errorf("what says nothing about the log is open to all: %v", err)
	}
}

// TestClientsSendTokensAsPasswords, in the connection string or with the call: over TLS, for without it EventStoreDB's
// own clients keep them to themselves.
func TestClientsSendTokensAsPasswords(t *testing.T) {
	config, authority := certificate(t)
	n := start(t, options{Options: face.Options{TLS: config, Gate: gate}})
	auditor := connect(t, "esdb://ann:auditor-1@"+n.address+"?tlsCAFile="+authority)
	stranger := connect(t, "esdb://"+n.address+"?tlsCAFile="+authority)
	admin := &esdb.Credentials{Login: "ann", Password: "admin-1"}
	if _, err := auditor.AppendToStream(t.Context(), "s", esdb.AppendToStreamOptions{}, event("a")); codeOf(err) !=
		esdb.ErrorCodeAccessDenied {
		t.Errorf("an auditor's append: %v", err)
	}
	if _, err := auditor.AppendToStream(t.Context(), "s", esdb.AppendToStreamOptions{Authenticated: admin},
		event("a")); err != nil {
		t.Errorf("an admin's append: %v", err)
	}
	got, err := all(auditor.ReadStream(t.Context(), "s", esdb.ReadStreamOptions{}, 10))
	if words(got) != "a" || err != nil {
		t.Errorf("an auditor reads %q, %v", words(got), err)
	}
	if _, err := all(stranger.ReadAll(t.Context(), esdb.ReadAllOptions{}, 1)); codeOf(err) !=
		esdb.ErrorCodeUnauthenticated {
		t.Errorf("a stranger's read: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	plain, err := streams.NewStreamsClient(n.dial(t)).Append(ctx, grpc.WaitForReady(false))
	if err == nil {
		_, err = plain.CloseAndRecv()
	}
	if status.Code(err) != codes.Unavailable {
		t.Errorf("without TLS: %v", err)
	}
}

// TestNobodyWritesWhatIsOwned: not the streams, not their metadata, and not their kinds of events elsewhere.
func TestNobodyWritesWhatIsOwned(t *testing.T) {
	n := start(t, options{Options: face.Options{OwnedStream: owned, OwnedType: owned}})
	before, err := n.log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, stream := range []string{"access", "customer-1", "$$customer-1", "$$$$access"} {
		_, appending := n.AppendToStream(t.Context(), stream, esdb.AppendToStreamOptions{}, event("a"))
		_, nothing := n.AppendToStream(t.Context(), stream, esdb.AppendToStreamOptions{})
		_, deleting := n.DeleteStream(t.Context(), stream, esdb.DeleteStreamOptions{})
		_, ending := n.TombstoneStream(t.Context(), stream, esdb.TombstoneStreamOptions{})
		_, describing := n.SetStreamMetadata(t.Context(), stream, esdb.AppendToStreamOptions{}, esdb.StreamMetadata{})
		for _, err := range []error{appending, nothing, deleting, ending, describing} {
			if codeOf(err) != esdb.ErrorCodeAccessDenied {
				t.Errorf("%s: %v, want that access is denied", stream, err)
			}
		}
	}
	e := event("a")
	e.EventType = "customer.registered.v1"
	if _, err := n.AppendToStream(t.Context(), "s", esdb.AppendToStreamOptions{}, event("b"), e); codeOf(err) !=
		esdb.ErrorCodeAccessDenied {
		t.Errorf("an owned type in another stream: %v, want that access is denied", err)
	}
	if after, err := n.log.Head(t.Context()); after != before || err != nil {
		t.Errorf("something was written: %d, %d, %v", before, after, err)
	}
}

// TestASubscriptionEndsWithItsCallersRights: a token that is revoked ends what it began.
func TestASubscriptionEndsWithItsCallersRights(t *testing.T) {
	var revoked atomic.Bool
	n := start(t, options{Options: face.Options{LookAgain: time.Millisecond,
		Gate: func(context.Context, face.Caller) (face.Rights, error) {
			if revoked.Load() {
				return face.Rights{}, face.ErrStranger
			}
			return face.Rights{Read: true, Write: true}, nil
		}}})
	n.append(t, "s", event("a"))
	sub := n.toStream(t, "s", esdb.Start{})
	sub.hears("a!")
	revoked.Store(true)
	sub.ends(codes.Unauthenticated)
}

// certificate makes a certificate for 127.0.0.1, and a file that clients trust it by.
func certificate(t *testing.T) (*tls.Config, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, file
}

// TestRefusalsAreHeard: the official client is told why its append is refused, also while it still sends events.
func TestRefusalsAreHeard(t *testing.T) {
	config, authority := certificate(t)
	n := start(t, options{Options: face.Options{TLS: config, Gate: gate, OwnedStream: owned}})
	many := make([]esdb.EventData, 200)
	for i := range many {
		many[i] = esdb.EventData{EventType: "said", ContentType: esdb.ContentTypeBinary, Data: make([]byte, 4096)}
	}
	for name, want := range map[string]esdb.ErrorCode{"nobody": esdb.ErrorCodeUnauthenticated, "auditor-1": esdb.ErrorCodeAccessDenied,
		"admin-1": esdb.ErrorCodeAccessDenied} {
		client := connect(t, "esdb://ann:"+name+"@"+n.address+"?tlsCAFile="+authority)
		for i := range 20 {
			if _, err := client.AppendToStream(t.Context(), "customer-1", esdb.AppendToStreamOptions{}, many...); codeOf(err) != want {
				t.Fatalf("append %d of %s: %v", i, name, err)
			}
		}
	}
}

// FuzzCredentials: nothing but a secret that the gate knows lets anybody read.
func FuzzCredentials(f *testing.F) {
	n := start(f, options{Options: face.Options{Gate: gate}})
	client := streams.NewStreamsClient(n.dial(f))
	for _, header := range []string{"", "Basic", "Basic ", "Basic YW5uOmF1ZGl0b3ItMQ==", "basic OmF1ZGl0b3ItMQ==", "Basic YXVkaXRvci0x",
		"Bearer auditor-1", "Bearer auditor-1 ", "bearer  auditor-1", "Basic \x7f", "Negotiate auditor-1"} {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		scheme, shown, _ := strings.Cut(header, " ")
		right := strings.EqualFold(scheme, "Bearer") && (shown == "auditor-1" || shown == "admin-1")
		if decoded, err := base64.StdEncoding.DecodeString(shown); err == nil && strings.EqualFold(scheme, "Basic") {
			_, secret, _ := strings.Cut(string(decoded), ":")
			right = secret == "auditor-1" || secret == "admin-1"
		}
		ctx := metadata.AppendToOutgoingContext(t.Context(), "authorization", header)
		call, err := client.Read(ctx, &streams.ReadReq{Options: &streams.ReadReq_Options{
			StreamOption: &streams.ReadReq_Options_All{All: &streams.ReadReq_Options_AllOptions{
				AllOption: &streams.ReadReq_Options_AllOptions_Start{Start: &shared.Empty{}}}},
			CountOption: &streams.ReadReq_Options_Count{Count: 1}}})
		if err == nil {
			_, err = call.Recv()
		}
		if got := err == nil || errors.Is(err, io.EOF); got && !right {
			t.Fatalf("%q lets somebody in", header)
		}
	})
}
