package client_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/client"
)

// checks is the folder of the programs of others that hold answers against the document; make clients installs them.
const checks = "../clients/checks"

func onlyWithOthers(t *testing.T) {
	t.Helper()
	if os.Getenv("RAPPORT_CLIENTS") == "" {
		t.Skip("RAPPORT_CLIENTS is not set: make clients does, and installs what is run here")
	}
}

// The same days with the TypeScript client.
func TestTheDaysInTypeScript(t *testing.T) {
	onlyWithOthers(t)
	t.Logf("%s", daysInTypeScript(t, alone(serve(t))))
}

func daysInTypeScript(t *testing.T, at place) []byte {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "node", "../clients/typescript/dist/test/days.js", at.server, at.app).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return out
}

// The days of both clients and every kind of bad input, through a proxy that lets no answer pass that the document does not
// allow; and what five generators make of the document reads every answer.
func TestTheDaysThroughAValidatingProxy(t *testing.T) {
	onlyWithOthers(t)
	doc := documentOf(t)
	all := &answers{doc: doc, seen: map[string]bool{}}

	d, _ := opened(t, through(t, all), "app")
	d.ofAShop()
	d, root := opened(t, through(t, all), "app")
	d.ofADesk(root)
	t.Logf("%s", daysInTypeScript(t, through(t, all)))
	if len(all.all) < 60 {
		t.Errorf("only %d different answers", len(all.all))
	}

	at := through(t, all)
	d, _ = opened(t, at, "admin")
	ann, err := d.RegisterCustomer(t.Context(), client.RegisterCustomer{Kind: "person", Name: "Ann Archer"})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, op := range doc.operations {
		for _, r := range op.badRequests(ann.CustomerID) {
			r.send(t, at.app, d.token)
			n++
		}
	}
	t.Logf("%d bad requests, %d kinds of answers", n, len(all.all))
	generatorsRead(t, doc, all.all)
}

// through serves a server behind a validating proxy, which is behind what notes the answers.
func through(t *testing.T, all *answers) place {
	t.Helper()
	server := serve(t)
	to, err := url.Parse(validating(t, server))
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Header.Del("Accept-Encoding")
	}, ModifyResponse: func(r *http.Response) error { return all.note(t, r) }}
	noting := httptest.NewServer(proxy)
	t.Cleanup(noting.Close)
	return place{server, noting.URL}
}

var listening = regexp.MustCompile(`listening on (http://127\.0\.0\.1:\d+)`)

// validating starts a proxy that answers with an error what is not as the document says, and returns its address.
func validating(t *testing.T, server string) string {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(free.Addr().String())
	if err := errors.Join(err, free.Close()); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", filepath.Join(checks, "node_modules/@stoplight/prism-cli/dist/index.js"), "proxy", documentOf(t).newer, server,
		"--port", port, "--errors", "--validate-request=false")
	return started(t, cmd, listening)
}

// answer is one that a server gave.
type answer struct {
	op     *operation
	status int
	media  string
	body   []byte
}

// answers are those that were noted, of each operation, status and form the first few.
type answers struct {
	doc *document

	mutex sync.Mutex
	seen  map[string]bool
	all   []answer
}

// note keeps an answer. One by the proxy itself says what the server's has that the document does not allow.
func (a *answers) note(t *testing.T, r *http.Response) error {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "text/event-stream") {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	path := r.Request.URL.EscapedPath()
	if bytes.Contains(body, []byte("stoplight.io/prism/errors")) {
		t.Errorf("%s %s: the validating proxy says %s", r.Request.Method, r.Request.URL, body)
		return nil
	}
	op := a.doc.find(r.Request.Method, path)
	if op == nil {
		t.Errorf("%s %s is no operation", r.Request.Method, path)
		return nil
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	kind := fmt.Sprint(op.ID, r.StatusCode)
	if r.StatusCode >= 400 && a.seen[kind] || a.seen[string(body)] || len(body) == 0 {
		return nil
	}
	a.seen[kind], a.seen[string(body)] = true, true
	media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	a.all = append(a.all, answer{op, r.StatusCode, media, body})
	return nil
}

// document is the server's, as much of it as is needed here, and the files that it is in.
type document struct {
	newer, older string
	operations   []*operation
}

type operation struct {
	ID         string `json:"operationId"`
	Parameters []struct {
		Name, In string
		Schema   struct{ Type any }
	}
	RequestBody *struct{}
	Responses   map[string]struct{ Content map[string]json.RawMessage }
	Security    []json.RawMessage

	method, path string
	pattern      *regexp.Regexp
	literals     int
}

// public reports whether an operation needs no token.
func (op *operation) public() bool { return len(op.Security) == 1 && string(op.Security[0]) == "{}" }

// documentOf lets the program write its document once.
func documentOf(t *testing.T) *document {
	t.Helper()
	d, err := documents()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var parameters = regexp.MustCompile(`\{[^}]*\}`)

var documents = sync.OnceValues(func() (*document, error) {
	program, err := program()
	if err != nil {
		return nil, err
	}
	d := &document{newer: filepath.Join(filepath.Dir(program), "openapi.json"), older: filepath.Join(filepath.Dir(program), "openapi-3.0.json")}
	var read struct {
		Paths map[string]map[string]*operation
	}
	for file, args := range map[string][]string{d.newer: {"openapi"}, d.older: {"openapi", "--older"}} {
		text, err := exec.Command(program, args...).Output()
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, text, 0o600); err != nil {
			return nil, err
		}
		if file == d.newer {
			if err := json.Unmarshal(text, &read); err != nil {
				return nil, err
			}
		}
	}
	for path, item := range read.Paths {
		for method, op := range item {
			op.method, op.path = strings.ToUpper(method), path
			op.pattern = regexp.MustCompile("^" + parameters.ReplaceAllString(path, `[^/]+`) + "$")
			op.literals = len(parameters.ReplaceAllString(path, ""))
			d.operations = append(d.operations, op)
		}
	}
	return d, nil
})

// find returns the operation that a request is for: of those whose path fits, the one with most of it written out.
func (d *document) find(method, path string) (found *operation) {
	for _, op := range d.operations {
		if op.method == method && op.pattern.MatchString(path) && (found == nil || op.literals > found.literals) {
			found = op
		}
	}
	return found
}

// request is one that is wrong somewhere.
type request struct {
	op                 *operation
	path, media, token string
	body               string
	header             http.Header
}

// badRequests are the ways in which a request for an operation can be wrong.
func (op *operation) badRequests(customer string) (all []request) {
	path := func(value string) string {
		return parameters.ReplaceAllStringFunc(op.path, func(name string) string {
			if value == "" && name == "{customer_id}" {
				return customer
			}
			if value == "" {
				return uuid.NewString()
			}
			return url.PathEscape(value)
		})
	}
	add := func(r request) {
		r.op = op
		if r.path == "" {
			r.path = path("")
		}
		all = append(all, r)
	}
	for _, r := range []request{{token: "rpt_nonsense"}, {path: path("17")}, {path: path("käse")}, {path: path(strings.Repeat("x", 300))},
		{path: path(uuid.Nil.String())}, {path: path("") + "?nonsense=1"}, {path: path("") + "?limit=0&cursor=17&after=-1"},
		{path: path("") + "?limit=many&fields=nothing&after=x&sort=?"},
		{header: http.Header{"If-Match": {"17"}, "Idempotency-Key": {strings.Repeat("k", 500)}}}} {
		add(r)
	}
	for _, p := range op.Parameters {
		if p.In == "query" {
			add(request{path: path("") + "?" + url.Values{p.Name: {"\u0000"}}.Encode()})
		}
	}
	if op.RequestBody == nil {
		return all
	}
	// The proxy hangs on null, and on what is no JSON at all: tests of the API itself hold the answers to that against the document.
	for _, body := range []string{"", "{}", "[]", "17", `"text"`, `{"nonsense":1}`, `{"customer_id":17,"reason":{},"lines":7,"at":"then","name":[]}`,
		`{"kind":"\ud800","name":"` + strings.Repeat("n", 5000) + `"}`, "{\"name\":\"\xff\"}"} {
		add(request{body: body, media: "application/json"})
	}
	add(request{body: "{}", media: "text/plain"})
	add(request{body: `{"command":"nothing"}` + "\n{\n", media: "application/x-ndjson"})
	return all
}

var impatient = &http.Client{Timeout: 20 * time.Second}

// send makes the request; what the answer is like, the proxy decides. None may be a fault of the server's.
func (r request) send(t *testing.T, server, token string) {
	t.Helper()
	made, err := http.NewRequestWithContext(t.Context(), r.op.method, server+r.path, strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	if r.header != nil {
		made.Header = r.header.Clone()
	}
	if r.media != "" {
		made.Header.Set("Content-Type", r.media)
	}
	if r.token != "" {
		token = r.token
	}
	if !r.op.public() { // there the proxy takes a token for a wrong one
		made.Header.Set("Authorization", "Bearer "+token)
	}
	a, err := impatient.Do(made)
	if err != nil {
		t.Errorf("%s %s %.200q: %v", r.op.method, r.path, r.body, err)
		return
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	if a.StatusCode == http.StatusInternalServerError || a.StatusCode == http.StatusBadGateway {
		t.Errorf("%s %s %.200q: %d %.2000s", r.op.method, r.path, r.body, a.StatusCode, body)
	}
}
