package api_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/domain/access"
)

// A caller that has an answer already is told so, and nothing else. Problems have no tag.
func TestAReadIsNotAnsweredTwice(t *testing.T) {
	w := newWorld(t)
	first := w.must(200, "GET", "/v1/rules/facts", "")
	tag := first.Header.Get("ETag")
	if !strings.HasPrefix(tag, `W/"`) {
		t.Fatalf("ETag %q", tag)
	}
	for given, status := range map[string]int{tag: 304, strings.TrimPrefix(tag, "W/"): 304, `"other", ` + tag: 304, "*": 304, `"other"`: 200, "": 200} {
		a := w.do("GET", "/v1/rules/facts", "", "If-None-Match: "+given)
		if a.StatusCode != status || status == 304 && (a.text != "" || a.Header.Get("Content-Type") != "") || a.Header.Get("ETag") != tag {
			t.Errorf("If-None-Match %s: %d %q %v", given, a.StatusCode, a.text, a.Header)
		}
	}
	if a := w.do("GET", "/v1/customers/17", "", "If-None-Match: *"); a.StatusCode != 400 || a.Header.Get("ETag") != "" {
		t.Errorf("what is not there: %d %v", a.StatusCode, a.Header)
	}
}

// Reads that are long enough come compressed for who takes that.
func TestReadsComeCompressed(t *testing.T) {
	w := newWorld(t)
	plain := w.must(200, "GET", "/v1/rules/facts", "")
	for accepts, encoding := range map[string]string{"gzip, deflate, br": "gzip", "gzip;q=0.5": "gzip", "gzip;q=0": "", "br": "",
		"gzip, zstd": "zstd", "zstd, gzip": "zstd", "gzip, zstd;q=0.5": "gzip", "zstd;q=0": ""} {
		h, text := compressed(t, w, "/v1/rules/facts", accepts)
		if got := h.Get("Content-Encoding"); got != encoding || !strings.Contains(h.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s: %v, want %q", accepts, h, encoding)
		}
		if text != plain.text {
			t.Errorf("%s: %.100s", accepts, text)
		}
	}
	if h, _ := compressed(t, w, "/healthz", "gzip"); h.Get("Content-Encoding") != "" {
		t.Error("what is short is compressed")
	}
}

// compressed asks as somebody who takes some encodings, and returns the answer as it was before.
func compressed(t *testing.T, w *world, path, accepts string) (http.Header, string) {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	r.Host = "localhost"
	r.Header.Set("Accept-Encoding", accepts)
	recorder := httptest.NewRecorder()
	w.server.ServeHTTP(recorder, r)
	var text io.Reader = recorder.Body
	var err error
	switch recorder.Header().Get("Content-Encoding") {
	case "gzip":
		text, err = gzip.NewReader(text)
	case "zstd":
		text, err = zstd.NewReader(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(text)
	if err != nil {
		t.Fatal(err)
	}
	return recorder.Header(), strings.TrimSpace(string(whole))
}

// packed is a text as an encoding compresses it.
func packed(t *testing.T, encoding, text string) string {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser = gzip.NewWriter(&b)
	if encoding == "zstd" {
		var err error
		if w, err = zstd.NewWriter(&b); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Commands and batches may come compressed; what they are limited to is what comes out.
func TestRequestsMayComeCompressed(t *testing.T) {
	w := newWorld(t)
	for i, encoding := range []string{"gzip", "zstd", "Zstd"} {
		body := strings.Replace(registration, "a11c", fmt.Sprintf("a11%d", i), 1)
		w.must(201, "POST", "/v1/customers", packed(t, strings.ToLower(encoding), body), "Content-Encoding: "+encoding)
		line := packed(t, strings.ToLower(encoding), `{"command":"register_customer",`+strings.Replace(registration, "a11c", fmt.Sprintf("ba7%d", i), 1)[1:])
		if a := w.do("POST", "/v1/batch", line, "Content-Type: application/x-ndjson", "Content-Encoding: "+encoding); !strings.Contains(a.text, `"status":201`) {
			t.Errorf("a batch by %s: %d %s", encoding, a.StatusCode, a.text)
		}
	}
	bomb := strings.Repeat(" ", 1<<20+1)
	for name, c := range map[string]struct{ encoding, body, want string }{
		"one that is not taken":     {"br", registration, "415 encoding_unsupported header.Content-Encoding"},
		"two over each other":       {"gzip, zstd", registration, "415 encoding_unsupported header.Content-Encoding"},
		"not what it says":          {"gzip", registration, "400 body_undecodable body"},
		"not what it says, by zstd": {"zstd", registration, "400 body_undecodable body"},
		"cut off":                   {"zstd", packed(t, "zstd", registration)[:40], "400 body_undecodable body"},
		"too large when unpacked":   {"gzip", packed(t, "gzip", bomb), "413 body_too_large body"},
		"too large, by zstd":        {"zstd", packed(t, "zstd", bomb), "413 body_too_large body"},
	} {
		w.unchanged(func() {
			a := w.do("POST", "/v1/customers", c.body, "Content-Encoding: "+c.encoding)
			if got := told(t, a); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
			if takes := a.Header.Get("Accept-Encoding"); (takes == "zstd, gzip") != (a.StatusCode == 415) {
				t.Errorf("%s: Accept-Encoding %q", name, takes)
			}
		})
	}
}

// Pages of other origins may ask where they are configured, and no others.
func TestOriginsThatMayAsk(t *testing.T) {
	const shop, evil = "https://shop.example.com", "https://evil.example.com"
	asks := []string{"Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: authorization"}
	closed, open := newWorld(t), newWorld(t, func(c *api.Config) { c.Origins = []string{shop} })
	for name, c := range map[string]struct {
		w      *world
		origin string
		let    bool
	}{"not configured": {closed, shop, false}, "configured": {open, shop, true}, "another one": {open, evil, false}, "no origin": {open, "null", false}} {
		before := c.w.do("OPTIONS", "/v1/customers/by/shop/1", "", append(asks, "Origin: "+c.origin)...)
		allowed := before.Header.Get("Access-Control-Allow-Origin") == c.origin &&
			strings.Contains(before.Header.Get("Access-Control-Allow-Headers"), "Authorization")
		if allowed != c.let || c.let != (before.StatusCode == 204) {
			t.Errorf("%s: %d %v", name, before.StatusCode, before.Header)
		}
		if a := c.w.do("GET", "/healthz", "", "Origin: "+c.origin); (a.Header.Get("Access-Control-Allow-Origin") == c.origin) != c.let {
			t.Errorf("%s, asked: %v", name, a.Header)
		}
	}
}

// Who shows a token is told how many more requests are taken of them.
func TestWhatIsLeftOfTheRate(t *testing.T) {
	w := newWorld(t, func(c *api.Config) { c.Limits.Rate = 3 })
	_, root := w.issue("", "root", access.Admin, "")
	for i, want := range []string{`"caller";r=2;`, `"caller";r=1;`, `"caller";r=0;`, `"caller";r=0;`} {
		a := w.do("GET", "/v1/whoami", "", as(root)...)
		if got := a.Header.Get("RateLimit"); (a.StatusCode == 200) != (i < 3) || !strings.HasPrefix(got, want) {
			t.Errorf("request %d: %d %s, want %s", i, a.StatusCode, got, want)
		}
		if got := a.Header.Get("RateLimit-Policy"); got != `"caller";q=3;w=60` {
			t.Errorf("request %d: policy %s", i, got)
		}
	}
	if a := w.do("GET", "/healthz", ""); a.Header.Get("RateLimit") != "" {
		t.Error("nobody has a rate")
	}
}

// A request has a name, its own or one that it is given, and what came of it is found by that.
func TestRequestsAreNamed(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	const id, text = "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d11", "checkout 4711"
	correlations := map[string]any{}
	for i, name := range []string{id, text, ""} {
		a := w.must(201, "POST", "/v1/customers/"+alice+"/interactions", `{"kind":"call","direction":"inbound"}`, "X-Request-Id: "+name)
		answered := a.Header.Get("X-Request-Id")
		if name != "" && answered != name || answered == "" {
			t.Errorf("named %q, answered %q", name, answered)
		}
		events := list(t, w.must(200, "GET", fmt.Sprintf("/v1/events?position=%v", a.json(t)["position"].(float64)-1), "").json(t), "events")
		correlations[answered] = events[0].(map[string]any)["correlation_id"]
		if i == 1 {
			if b := w.do("GET", "/v1/customers/17", "", "X-Request-Id: "+name); b.StatusCode != 400 || b.Header.Get("X-Request-Id") != name {
				t.Errorf("refused: %d %v", b.StatusCode, b.Header)
			}
			continue
		}
		if correlations[answered] != answered {
			t.Errorf("named %s, found as %v", answered, correlations[answered])
		}
	}
	if correlations[text] == correlations[id] || len(correlations) != 3 {
		t.Errorf("correlations %v", correlations)
	}
	if a := w.do("GET", "/healthz", "", "X-Request-Id: "+strings.Repeat("x", 129)); len(a.Header.Get("X-Request-Id")) != 36 {
		t.Errorf("a name that is too long: %v", a.Header)
	}
}

// Who wrote sees it, without a word; and who prefers to wait is answered when it can be read.
func TestWhoWroteSeesIt(t *testing.T) {
	f := newFollowing(t)
	_, root := f.issue("", "root", access.Admin, "")
	for i := range 20 {
		id := numbered(i)
		a := f.must(201, "POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person"}`, as(root)...)
		if a.Header.Get("Preference-Applied") != "" {
			t.Errorf("nothing was preferred: %v", a.Header)
		}
		f.must(200, "GET", "/v1/customers/"+id, "", as(root)...)
		f.must(201, "POST", "/v1/customers/"+id+"/cases", `{"type":"question"}`, as(root)...)
		if cases := list(t, f.must(200, "GET", "/v1/customers/"+id+"/cases", "", as(root)...).json(t), "cases"); len(cases) != 1 {
			t.Errorf("cases: %v", cases)
		}
	}
	for i, preferred := range []string{"wait", "wait=5", "respond-async, wait=3"} {
		id := numbered(100 + i)
		a := f.must(201, "POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person"}`, append(as(root), "Prefer: "+preferred)...)
		if a.Header.Get("Preference-Applied") != "wait" {
			t.Errorf("Prefer: %s: %v", preferred, a.Header)
		}
	}
	if a := f.do("GET", "/v1/customers?after=999999999", "", append(as(root), "Prefer: wait=0")...); a.StatusCode != 503 {
		t.Errorf("what never comes: %d %s", a.StatusCode, a.text)
	}
}
