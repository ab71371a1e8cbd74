package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// withoutServer runs a subcommand by itself.
func withoutServer(t *testing.T, env []string, args ...string) (out, errors string, err error) {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Env = &o, &e, append(os.Environ(), env...)
	err = cmd.Run()
	return o.String(), e.String(), err
}

func TestNobodyIsLetInFromElsewhereWithoutATokenIssued(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	_, why, err := withoutServer(t, nil, "serve", "--data", data, "--listen", "0.0.0.0:0")
	if err == nil || !strings.Contains(why, "rapport tokens issue") {
		t.Fatalf("%v, %s", err, why)
	}
	if _, why, err := withoutServer(t, nil, "tokens", "issue", "--data", data, "--role", "app", "--name", "shop"); err == nil ||
		!strings.Contains(why, "admin") {
		t.Fatalf("an app's token is the first: %v, %s", err, why)
	}
	out, _, err := withoutServer(t, nil, "tokens", "issue", "--data", data, "--role", "admin", "--name", "root")
	root := strings.TrimSpace(out)
	if err != nil || !strings.HasPrefix(root, "rpt_") {
		t.Fatalf("%v, %s", err, out)
	}

	p := launch(t, data, "serve", "--listen", "0.0.0.0:0", "--drain", "0s")
	p.address = strings.Replace(p.address, "[::]", "127.0.0.1", 1) // as it listens to every address
	for _, path := range []string{"/v1/projections", "/v1/tables", "/v1/tokens", "/metrics", "/v1/nothing"} {
		if code, body := p.http("GET", path, ""); code != 401 && (path != "/v1/nothing" || code != 404) {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
	p.until("it is ready", func() (bool, string) {
		code, body := p.http("GET", "/readyz", "")
		return code == 200, string(body)
	})
	ask := func(env []string, args ...string) (out, errors string, err error) {
		t.Helper()
		return withoutServer(t, env, append(args, "--server", "http://"+p.address)...)
	}
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(root+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, why, err = ask([]string{"RAPPORT_TOKEN=" + root}, "tokens", "issue", "--role", "auditor",
		"--name", "ann", "--days", "30")
	auditor := strings.TrimSpace(out)
	if err != nil || !strings.HasPrefix(auditor, "rpt_") {
		t.Fatalf("%v, %s%s", err, out, why)
	}
	list := func() string {
		t.Helper()
		out, why, err := ask(nil, "tokens", "list", "--token-file", file)
		if err != nil {
			t.Fatalf("%v, %s", err, why)
		}
		return out
	}
	if all := list(); !strings.Contains(all, "root") || !strings.Contains(all, "ann") || strings.Contains(all, auditor[45:]) {
		t.Errorf("listed:\n%s", all)
	}
	if _, why, err := ask(nil, "projections", "status"); err == nil ||
		!strings.Contains(why, "RAPPORT_TOKEN") {
		t.Errorf("without a token: %v, %s", err, why)
	}
	if out, why, err := ask([]string{"RAPPORT_TOKEN=" + auditor}, "projections", "checksum"); err != nil ||
		!strings.Contains(out, "access_tokens") {
		t.Errorf("as an auditor: %v, %s%s", err, out, why)
	}
	id := auditor[4:40]
	for who, want := range map[string]bool{auditor: false, root: true} {
		if _, why, err := ask([]string{"RAPPORT_TOKEN=" + who}, "tokens", "revoke", id); (err == nil) != want {
			t.Errorf("%v, %s", err, why)
		}
	}
	if all := list(); !strings.Contains(all, "revoked") {
		t.Errorf("listed:\n%s", all)
	}
	if _, why, err := withoutServer(t, nil, "tokens", "revoke", root[4:40], "--data", data); err == nil || !strings.Contains(why, "another rapport") {
		t.Errorf("beside the server: %v, %s", err, why)
	}

	p.end(syscall.SIGTERM)
	if _, why, err := withoutServer(t, nil, "tokens", "revoke", root[4:40], "--data", data); err == nil || !strings.Contains(why, "last admin") {
		t.Errorf("the last admin's: %v, %s", err, why)
	}
	for _, token := range []string{root, auditor} {
		if secret := token[41:]; strings.Contains(p.log.String()+p.out.String()+why, secret) {
			t.Error("a token's secret stands in the log")
		} else if found := grep(t, data, secret); found != "" {
			t.Errorf("a token's secret stands in %s", found)
		}
	}

	again := serve(t, data)
	for token, want := range map[string]int{"": 401, auditor: 401, root: 200} {
		r, err := http.NewRequest("GET", fmt.Sprintf("http://%s/v1/whoami", again.address), nil)
		if err != nil {
			t.Fatal(err)
		}
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("after a restart: %d, want %d", answer.StatusCode, want)
		}
	}
}

// grep answers a file below dir that holds a text.
func grep(t *testing.T, dir, text string) (found string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(text)) {
			found = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
