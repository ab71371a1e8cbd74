package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/domain/access"
)

var faceAnnounced = regexp.MustCompile(`connection="?(esdb://[^" \n]+)`)

// faceOf is where a server says that EventStoreDB's clients are served.
func (p *process) faceOf() string {
	p.t.Helper()
	m := faceAnnounced.FindStringSubmatch(p.log.String())
	if m == nil {
		p.t.Fatalf("no EventStoreDB clients are served:\n%s", p.log)
	}
	return m[1]
}

// eventStoreClient connects EventStoreDB's official client, with a token as its password where there is one.
func eventStoreClient(t *testing.T, connection, token, authority string) *esdb.Client {
	t.Helper()
	if token != "" {
		connection = strings.Replace(connection, "esdb://", "esdb://ann:"+token+"@", 1)
	}
	if authority != "" {
		connection += "?tlsCAFile=" + authority
	}
	config, err := esdb.ParseConnectionString(connection)
	if err != nil {
		t.Fatal(err)
	}
	config.Logger = esdb.NoopLogging()
	client, err := esdb.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func clientCode(err error) esdb.ErrorCode {
	var e *esdb.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return -1
}

// readsAll reads the first event of the log.
func readsAll(ctx context.Context, c *esdb.Client) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	read, err := c.ReadAll(ctx, esdb.ReadAllOptions{}, 1)
	if err != nil {
		return err
	}
	defer read.Close()
	_, err = read.Recv()
	return err
}

// TestNobodyWritesRapportsStreamsThroughTheFace: not a token of their own, nor what would hide or end a stream, whoever
// they are. What Rapport does not own, an admin may write.
func TestNobodyWritesRapportsStreamsThroughTheFace(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	cert, key := certify(t, t.TempDir(), "rapport", time.Now())
	flags := []string{"--eventstore-listen", "127.0.0.1:0", "--eventstore-tls-cert", cert, "--eventstore-tls-key", key}
	p := serve(t, data, flags...)
	var registered struct {
		ID string `json:"customer_id"`
	}
	p.must("POST", "/v1/customers", `{"kind":"person"}`, &registered)
	issue := func(env []string, role string) string {
		t.Helper()
		out, why, err := withoutServer(t, env, "tokens", "issue", "--role", role, "--name", role, "--server", "http://"+p.address)
		if err != nil {
			t.Fatalf("issue a token for %s: %v, %s", role, err, why)
		}
		return strings.TrimSpace(out)
	}
	root := issue(nil, "admin")
	as := map[string]*esdb.Client{"stranger": eventStoreClient(t, p.faceOf(), "", cert),
		"admin": eventStoreClient(t, p.faceOf(), root, cert)}
	var auditor string
	for _, role := range []string{"app", "analyst", "auditor"} {
		auditor = issue([]string{"RAPPORT_TOKEN=" + root}, role)
		as[role] = eventStoreClient(t, p.faceOf(), auditor, cert)
	}

	const none = esdb.ErrorCode(-1)
	denied, unknown := esdb.ErrorCodeAccessDenied, esdb.ErrorCodeUnauthenticated
	note := esdb.EventData{EventType: "note.taken", ContentType: esdb.ContentTypeJson, Data: []byte(`{}`)}
	for role, want := range map[string]struct{ reads, writes esdb.ErrorCode }{
		"stranger": {unknown, unknown}, "app": {denied, denied}, "analyst": {denied, denied},
		"auditor": {none, denied}, "admin": {none, none},
	} {
		if err := readsAll(t.Context(), as[role]); clientCode(err) != want.reads || want.reads == none && err != nil {
			t.Errorf("%s reads: %v", role, err)
		}
		_, err := as[role].AppendToStream(t.Context(), "notes-1", esdb.AppendToStreamOptions{}, note)
		if clientCode(err) != want.writes || want.writes == none && err != nil {
			t.Errorf("%s writes a stream that is not Rapport's: %v", role, err)
		}
	}

	forged := esdb.EventData{EventType: access.TokenIssued{}.EventType(), ContentType: esdb.ContentTypeJson, Data: fmt.Appendf(nil,
		`{"token_id":"%s","name":"me","role":"admin","hash":"%s"}`, root[4:40], strings.Repeat("0", 64))}
	one := esdb.StreamMetadata{}
	one.SetMaxCount(1)
	admin, anyRevision := as["admin"], esdb.AppendToStreamOptions{}
	for _, stream := range []string{"access", "customer-" + registered.ID, "calendar", "business", "policy-ladder"} {
		for name, try := range map[string]func() error{
			"append": func() error { _, err := admin.AppendToStream(t.Context(), stream, anyRevision, note); return err },
			"forge":  func() error { _, err := admin.AppendToStream(t.Context(), stream, anyRevision, forged); return err },
			"hide":   func() error { _, err := admin.SetStreamMetadata(t.Context(), stream, anyRevision, one); return err },
			"delete": func() error {
				_, err := admin.DeleteStream(t.Context(), stream, esdb.DeleteStreamOptions{})
				return err
			},
			"end": func() error {
				_, err := admin.TombstoneStream(t.Context(), stream, esdb.TombstoneStreamOptions{})
				return err
			},
		} {
			if err := try(); clientCode(err) != denied {
				t.Errorf("%s %s: %v, want that access is denied", name, stream, err)
			}
		}
	}
	if _, err := admin.AppendToStream(t.Context(), "notes-1", anyRevision, forged); clientCode(err) != denied {
		t.Errorf("an event of Rapport's in another stream: %v, want that access is denied", err)
	}
	p.end(syscall.SIGTERM)

	p = serve(t, data, flags...)
	if code, body := p.http("GET", "/v1/tokens", ""); code != 401 {
		t.Errorf("after another start, without a token: %d %s", code, body)
	}
	out, why, err := withoutServer(t, []string{"RAPPORT_TOKEN=" + root}, "verify", "--server", "http://"+p.address)
	if err != nil {
		t.Errorf("the log: %v, %s%s", err, out, why)
	}

	// Who may only read needs no server to verify, replay and export.
	folder := t.TempDir()
	for _, what := range []string{"key", "sign"} {
		out, why, err := withoutServer(t, []string{"RAPPORT_TOKEN=" + root}, "proof", what, "--server", "http://"+p.address)
		if err != nil {
			t.Fatalf("proof %s: %v, %s", what, err, why)
		}
		if err := os.WriteFile(filepath.Join(folder, what), []byte(out), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	readOnly := strings.Replace(p.faceOf(), "esdb://", "esdb://ann:"+auditor+"@", 1) + "?tlsCAFile=" + cert
	proven := []string{"--key", filepath.Join(folder, "key"), "--head", filepath.Join(folder, "sign")}
	for _, args := range [][]string{append([]string{"verify"}, proven...), {"replay", registered.ID},
		append([]string{"export", "--customer", registered.ID, "--out", filepath.Join(folder, "bundle")}, proven...)} {
		if code, said := inProcess(t, append(args, "--eventstore", readOnly)...); code != 0 {
			t.Errorf("an auditor's %s: %d\n%s", args[0], code, said)
		}
	}
}

// TestWithoutATokenTheFaceIsForReading, by whoever uses the machine; the first token ends that.
func TestWithoutATokenTheFaceIsForReading(t *testing.T) {
	t.Parallel()
	p := serve(t, filepath.Join(t.TempDir(), "data"), "--eventstore-listen", "127.0.0.1:0")
	if !strings.Contains(p.log.String(), "no token was issued yet") {
		t.Errorf("the start does not say who may read:\n%s", p.log)
	}
	client := eventStoreClient(t, p.faceOf(), "", "")
	if err := readsAll(t.Context(), client); err != nil {
		t.Errorf("a read: %v", err)
	}
	_, err := client.AppendToStream(t.Context(), "notes-1", esdb.AppendToStreamOptions{}, esdb.EventData{EventType: "note.taken"})
	if clientCode(err) != esdb.ErrorCodeAccessDenied {
		t.Errorf("an append: %v", err)
	}
	p.must("POST", "/v1/tokens", `{"name":"root","role":"admin"}`, nil)
	p.until("strangers are refused", func() (bool, string) {
		err := readsAll(t.Context(), client)
		return clientCode(err) == esdb.ErrorCodeUnauthenticated, fmt.Sprint(err)
	})
}

// TestALogAloneTakesNoServers unless it is told to: a server that would write there does not start, and says the cure.
func TestALogAloneTakesNoServers(t *testing.T) {
	t.Parallel()
	log := launch(t, filepath.Join(t.TempDir(), "log"), "eventstore", "--listen", "127.0.0.1:0")
	refusesToRun(t, 1, "start it with --for-servers", "serve", "--listen", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "data"),
		"--eventstore", "esdb://"+log.address+"?tls=false")
}

// TestFacesThatDoNotOpen say the cure.
func TestFacesThatDoNotOpen(t *testing.T) {
	t.Parallel()
	cert, key := certify(t, t.TempDir(), "rapport", time.Now())
	everywhere := []string{"--eventstore-listen", "0.0.0.0:0"}
	secured := append(everywhere, "--eventstore-tls-cert", cert, "--eventstore-tls-key", key)
	for cure, args := range map[string][]string{
		"listen on 127.0.0.1, or give --eventstore-tls-cert and --eventstore-tls-key": append([]string{"serve", "--listen", "127.0.0.1:0"}, everywhere...),
		"issue a token first (rapport tokens issue --role admin":                      append([]string{"serve", "--listen", "127.0.0.1:0"}, secured...),
		"belong together: give both":                                                  append([]string{"serve", "--listen", "127.0.0.1:0"}, secured[:4]...),
		"listen on 127.0.0.1, or give --tls-cert and --tls-key":                       {"eventstore", "--listen", "0.0.0.0:0"},
		"or issue a token first (rapport tokens issue":                                {"eventstore", "--listen", "0.0.0.0:0", "--tls-cert", cert, "--tls-key", key},
		"--for-servers lets Rapport's own streams be written, so only this machine":   {"eventstore", "--for-servers", "--listen", "0.0.0.0:0", "--tls-cert", cert, "--tls-key", key},
	} {
		refusesToRun(t, 1, cure, append(args, "--data", filepath.Join(t.TempDir(), "data"))...)
	}
}
