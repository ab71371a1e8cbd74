package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// binary builds the program once for all tests.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "rapport-binary-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "rapport")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// process is a running rapport.
type process struct {
	t       *testing.T
	cmd     *exec.Cmd
	data    string
	address string // of what it serves, as it said
	ended   chan struct{}
	out     *lockedBuffer // what it printed, line by line
	log     *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

var announced = regexp.MustCompile(`(?:serves http|clients at esdb)://([0-9.:\[\]]+)`)

// launch starts rapport and waits until it says what it serves. It ends with the test.
func launch(t *testing.T, data string, args ...string) *process {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, data: data, cmd: exec.Command(path, append(args, "--data", data)...), ended: make(chan struct{}),
		out: &lockedBuffer{}, log: &lockedBuffer{}}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd.Stderr = p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.end(syscall.SIGTERM)
		if t.Failed() {
			t.Logf("log of %v:\n%s", args, p.log)
		}
	})
	address := make(chan string, 1)
	go func() {
		defer close(p.ended)
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			fmt.Fprintln(p.out, lines.Text())
			if m := announced.FindStringSubmatch(lines.Text()); m != nil {
				select {
				case address <- m[1]:
				default:
				}
			}
		}
		_ = p.cmd.Wait() // how it ended shows in what the test sees
	}()
	select {
	case p.address = <-address:
	case <-p.ended:
		t.Fatalf("rapport %v ended:\n%s", args, p.log)
	case <-time.After(60 * time.Second):
		t.Fatalf("rapport %v says nothing:\n%s", args, p.log)
	}
	return p
}

// serve launches a server on a free port, which ends as soon as it is asked to.
func serve(t *testing.T, data string, args ...string) *process {
	t.Helper()
	return launch(t, data, append([]string{"serve", "--listen", "127.0.0.1:0", "--drain", "0s"}, args...)...)
}

// end sends a signal and waits until the process has ended.
func (p *process) end(s syscall.Signal) {
	_ = p.cmd.Process.Signal(s) // it may have ended already
	select {
	case <-p.ended:
	case <-time.After(60 * time.Second):
		_ = p.cmd.Process.Kill()
		p.t.Error("rapport did not end within a minute")
	}
}

// rapport runs a subcommand against the server and answers what it printed.
func (p *process) rapport(args ...string) string {
	p.t.Helper()
	out, err := p.try(context.Background(), args...)
	if err != nil {
		p.t.Fatalf("rapport %v: %v\n%s", args, err, out)
	}
	return out
}

func (p *process) try(ctx context.Context, args ...string) (string, error) {
	path, err := binary()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, path, append(args, "--server", "http://"+p.address)...)
	var out, errors bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errors
	if err := cmd.Run(); err != nil {
		return out.String() + errors.String(), err
	}
	return out.String(), nil
}

// settled waits until the read models hold all of the log, and answers their checksums.
func (p *process) settled() string {
	p.t.Helper()
	began := time.Now()
	p.until("the read models settle", func() (bool, string) {
		var s struct {
			State     string    `json:"state"`
			Position  int64     `json:"position"`
			Head      int64     `json:"head"`
			Filling   any       `json:"filling"`
			UpdatedAt time.Time `json:"updated_at"`
		}
		code, body := p.http("GET", "/v1/projections", "")
		if code != 200 || json.Unmarshal(body, &s) != nil || s.State != "live" || s.Position != s.Head || s.Filling != nil ||
			s.UpdatedAt.Before(began) { // it tells of a moment: there may have been more since
			return false, string(body)
		}
		code, body = p.http("GET", "/readyz", "")
		return code == 200, string(body)
	})
	return p.rapport("projections", "checksum")
}

// until looks at the running process again and again until it is as wanted.
func (p *process) until(what string, done func() (ok bool, instead string)) {
	p.t.Helper()
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(60 * time.Second); ; {
		ok, instead := done()
		if ok {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("waited a minute until %s: %s", what, instead)
		}
		<-look.C
	}
}

// http sends a request and answers the status and body; status 0 when nobody answered.
func (p *process) http(method, path, body string) (int, []byte) {
	p.t.Helper()
	r, err := http.NewRequest(method, "http://"+p.address+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := (&http.Client{Timeout: 20 * time.Second}).Do(r)
	if err != nil {
		return 0, []byte(err.Error())
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, []byte(err.Error())
	}
	return answer.StatusCode, text
}

// must is http for what has to succeed; it decodes the answer.
func (p *process) must(method, path, body string, out any) {
	p.t.Helper()
	code, answer := p.http(method, path, body)
	if code < 200 || code > 299 {
		p.t.Fatalf("%s %s: %d %s", method, path, code, answer)
	}
	if out != nil {
		if err := json.Unmarshal(answer, out); err != nil {
			p.t.Fatalf("%s %s: %v in %s", method, path, err, answer)
		}
	}
}

// sql answers the rows of a query on the server's own PostgreSQL, columns separated by |.
func (p *process) sql(query string, args ...any) []string {
	p.t.Helper()
	url, err := os.ReadFile(filepath.Join(p.data, "postgres.url"))
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, strings.TrimSpace(string(url)))
	if err != nil {
		p.t.Fatal(err)
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, query, args...)
	if err != nil {
		p.t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (string, error) {
		values, err := r.Values()
		texts := make([]string, len(values))
		for i, v := range values {
			if day, ok := v.(time.Time); ok {
				v = day.Format(time.DateOnly)
			}
			texts[i] = fmt.Sprint(v)
		}
		return strings.Join(texts, "|"), err
	})
	if err != nil {
		p.t.Fatalf("%s: %v", query, err)
	}
	return lines
}

// onlineRetail answers the path of the UCI data set, or skips the test.
func onlineRetail(t *testing.T) string {
	t.Helper()
	return dataSet(t, "uci_online_retail", "onlineretail.csv.gz")
}

// dataSet answers a file of the public data sets.
func dataSet(t *testing.T, folder, file string) string {
	t.Helper()
	dir := os.Getenv("RAPPORT_TEST_DATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	path := filepath.Join(dir, folder, file)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("needs a public data set in the folder RAPPORT_TEST_DATA: %v", err)
	}
	return path
}

// readCSV reads a gzipped CSV.
func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	cmd := exec.Command("gzip", "-dc", path)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
