package client_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/internal/client"
)

// server answers requests in memory, so that waiting takes no time (testing/synctest).
type server func(*http.Request) (*http.Response, error)

func (s server) RoundTrip(r *http.Request) (*http.Response, error) { return s(r) }

func (s server) client(t *testing.T, o client.Options) *client.Client {
	t.Helper()
	o.HTTP = &http.Client{Transport: s}
	c, err := client.New("http://crm.example/", o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func answer(status int, body string, header ...string) *http.Response {
	w := httptest.NewRecorder()
	for i := 0; i < len(header); i += 2 {
		w.Header().Set(header[i], header[i+1])
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
	return w.Result()
}

// sent reads the lines of a batch request.
func sent(t *testing.T, r *http.Request) []client.Line {
	t.Helper()
	var lines []client.Line
	for s := bufio.NewScanner(r.Body); s.Scan(); {
		var l client.Line
		if err := json.Unmarshal(s.Bytes(), &l); err != nil {
			t.Errorf("line %q: %v", s.Text(), err)
		}
		lines = append(lines, l)
	}
	return lines
}

func created(lines []client.Line) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, `{"status":201,"customer_id":%q,"revision":1,"position":7}`+"\n", l.CustomerID)
	}
	return b.String()
}

func days(n int) []client.Line {
	lines := make([]client.Line, n)
	for i := range lines {
		lines[i] = client.CloseDay(domain.Day(i))
		lines[i].CustomerID = uuid.UUID{15: byte(i + 1)}
	}
	return lines
}

func TestNewRefusesWhatIsNoServer(t *testing.T) {
	for _, text := range []string{"", "localhost:8080", "ftp://host", "http://", "http://[::1"} {
		if _, err := client.New(text, client.Options{}); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

func TestDoSendsAndReads(t *testing.T) {
	c := server(func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		got := fmt.Sprintf("%s %s %s %s", r.Method, r.URL, r.Header.Get("Content-Type"), body)
		if want := `PUT http://crm.example/v1/segments/x application/json {"rule":"orders == 1"}`; got != want || err != nil {
			t.Errorf("sent %s, %v; want %s", got, err, want)
		}
		return answer(200, `{"version":3}`), nil
	}).client(t, client.Options{})
	var out struct{ Version int }
	err := c.Do(t.Context(), "PUT", "/v1/segments/x", map[string]string{"rule": "orders == 1"}, &out)
	if err != nil || out.Version != 3 {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestProblemsAreTypedAndFinal(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       client.Problem
		text       string
	}{
		{"one of ours", `{"title":"Unprocessable","status":422,"detail":"no such fact","code":"rule_malformed",` +
			`"errors":[{"location":"rule","message":"undeclared reference to 'order'"}]}`,
			client.Problem{Title: "Unprocessable", Status: 422, Detail: "no such fact", Code: "rule_malformed",
				Errors: []client.FieldError{{Location: "rule", Message: "undeclared reference to 'order'"}}},
			"no such fact; rule: undeclared reference to 'order' (rule_malformed)"},
		{"internal", `{"title":"Oh","status":422,"instance":"urn:x","errors":[{"location":"a","message":"Oh"}]}`,
			client.Problem{Title: "Oh", Status: 422, Instance: "urn:x",
				Errors: []client.FieldError{{Location: "a", Message: "Oh"}}}, "Oh [urn:x]"},
		{"of a proxy", "<html>no</html>", client.Problem{Title: "Unprocessable Entity", Status: 422,
			Detail: "<html>no</html>"}, "<html>no</html>"},
		{"without a word", "", client.Problem{Title: "Unprocessable Entity", Status: 422}, "Unprocessable Entity"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tries := 0
			err := server(func(*http.Request) (*http.Response, error) {
				tries++
				return answer(422, c.body), nil
			}).client(t, client.Options{}).Do(t.Context(), "PUT", "/", nil, nil)
			var p *client.Problem
			if !errors.As(err, &p) {
				t.Fatalf("%v is no problem", err)
			}
			if diff := cmp.Diff(c.want, *p); diff != "" || p.Error() != c.text || tries != 1 {
				t.Errorf("tried %d times: %q\n%s", tries, p, diff)
			}
		})
	}
}

func TestWaitsForAServerThatIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var keys []string
		var waits []time.Duration
		started := time.Now()
		c := server(func(r *http.Request) (*http.Response, error) {
			keys = append(keys, r.Header.Get("Idempotency-Key"))
			switch len(keys) {
			case 1:
				return nil, syscall.ECONNREFUSED
			case 2:
				return answer(503, `{"detail":"the event store is away"}`), nil
			case 3:
				return answer(503, "", "Retry-After", "7"), nil
			case 4:
				return answer(429, "", "Retry-After", time.Now().Add(9*time.Second).UTC().Format(http.TimeFormat)), nil
			}
			return answer(201, "{}"), nil
		}).client(t, client.Options{OnRetry: func(_ error, wait time.Duration) { waits = append(waits, wait) }})
		if err := c.Do(t.Context(), "POST", "/v1/customers", nil, nil); err != nil {
			t.Fatal(err)
		}
		for i, bounds := range [][2]time.Duration{{150 * time.Millisecond, 200 * time.Millisecond},
			{300 * time.Millisecond, 400 * time.Millisecond}, {7 * time.Second, 7 * time.Second},
			{8 * time.Second, 9 * time.Second}} { // a date has whole seconds only
			if waits[i] < bounds[0] || waits[i] > bounds[1] {
				t.Errorf("wait %d was %s, want %s to %s", i, waits[i], bounds[0], bounds[1])
			}
		}
		var all time.Duration
		for _, w := range waits {
			all += w
		}
		if took := time.Since(started); took != all || len(waits) != 4 {
			t.Errorf("took %s in %d waits, announced %s", took, len(waits), all)
		}
		for _, key := range keys {
			if key == "" || key != keys[0] {
				t.Errorf("keys of one command: %q", keys)
			}
		}
	})
}

func TestPatienceEnds(t *testing.T) {
	away := func(*http.Request) (*http.Response, error) { return nil, syscall.ECONNREFUSED }
	busy := func(*http.Request) (*http.Response, error) { return answer(503, "", "Retry-After", "3600"), nil }
	for _, c := range []struct {
		name     string
		server   server
		o        client.Options
		attempts int
		atMost   time.Duration
	}{
		{"by attempts", away, client.Options{Attempts: 3, Patience: time.Hour}, 3, time.Second},
		{"by time", away, client.Options{Attempts: 1000, Patience: 30 * time.Second}, 8, 30 * time.Second},
		{"asked to wait too long", busy, client.Options{}, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				started := time.Now()
				err := c.server.client(t, c.o).Do(t.Context(), "GET", "/readyz", nil, nil)
				var u *client.Unavailable
				if !errors.As(err, &u) || u.Attempts < c.attempts ||
					!strings.Contains(err.Error(), "http://crm.example is not available") {
					t.Errorf("%v; want at least %d attempts", err, c.attempts)
				}
				if took := time.Since(started); took > c.atMost {
					t.Errorf("took %s, at most %s allowed", took, c.atMost)
				}
			})
		})
	}
}

func TestAHangingServerIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := 0
		c := server(func(r *http.Request) (*http.Response, error) {
			if tries++; tries == 1 {
				<-r.Context().Done()
				return nil, r.Context().Err()
			}
			return answer(200, ""), nil
		}).client(t, client.Options{AttemptTimeout: time.Second})
		if err := c.Do(t.Context(), "GET", "/healthz", nil, nil); err != nil || tries != 2 {
			t.Errorf("%d tries, %v", tries, err)
		}
	})
}

func TestCancellingEndsTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		c := server(func(*http.Request) (*http.Response, error) { return nil, syscall.ECONNREFUSED }).
			client(t, client.Options{OnRetry: func(error, time.Duration) { cancel() }})
		started := time.Now()
		if err := c.Do(ctx, "GET", "/healthz", nil, nil); !errors.Is(err, context.Canceled) || time.Since(started) > 0 {
			t.Errorf("%v after %s", err, time.Since(started))
		}
	})
}
