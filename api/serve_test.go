package api_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/eventstore"
)

func TestFaultsAreNotTheCallers(t *testing.T) {
	var fault func(context.Context, string) error
	w := newFaultyWorld(t, func(ctx context.Context, stream string) error { return fault(ctx, stream) },
		func(c *api.Config) { c.Limits.Request = 500 * time.Millisecond })
	for _, c := range []struct {
		name  string
		fault func(context.Context, string) error
		want  string
		retry string
	}{
		{"away", func(context.Context, string) error { return fmt.Errorf("append: %w", eventstore.ErrUnavailable) },
			"503 event_store_unavailable ", "1"},
		{"full", func(context.Context, string) error { return fmt.Errorf("append: %w", eventstore.ErrFull) },
			"503 disk_full ", "10"},
		{"read-only", func(context.Context, string) error { return eventstore.ErrReadOnly }, "503 event_store_read_only ", "10"},
		{"closed", func(context.Context, string) error { return eventstore.ErrClosed }, "503 shutting_down ", "1"},
		{"silent", func(ctx context.Context, _ string) error { <-ctx.Done(); return ctx.Err() }, "503 timeout ", "1"},
		{"contended", func(context.Context, string) error { return eventstore.ErrWrongRevision }, "503 contended ", "1"},
		{"broken", func(context.Context, string) error { return io.ErrShortWrite }, "500 internal ", ""},
		{"panicking", func(context.Context, string) error { panic("on purpose") }, "500 internal ", ""},
	} {
		fault = c.fault
		a := w.do("POST", "/v1/customers", registration)
		if got := told(t, a); got != c.want || a.Header.Get("Retry-After") != c.retry {
			t.Errorf("%s: %s, retry after %q", c.name, got, a.Header.Get("Retry-After"))
		}
		if a.StatusCode == http.StatusInternalServerError {
			id, _ := a.json(t)["instance"].(string)
			if id == "" || !strings.Contains(w.logged.String(), id) || strings.Contains(a.text, "purpose") {
				t.Errorf("%s: %s, logged %s", c.name, a.text, w.logged)
			}
		}
	}
	fault = func(context.Context, string) error { return nil }
	w.must(201, "POST", "/v1/customers", registration)
}

func TestBodiesWithoutALengthAreBounded(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewServer(w.server)
	defer server.Close()
	endless := io.MultiReader(strings.NewReader(`{"name":"`), strings.NewReader(strings.Repeat("x", 2<<20)))
	response, err := http.Post(server.URL+"/v1/customers", "application/json", endless)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("%s", response.Status)
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/healthz", "/openapi.json", "/docs", "/v1/nothing", "/metrics"} {
		a := w.do("GET", path, "")
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
			"Content-Security-Policy": "default-src 'none'"} {
			if got := a.Header.Get(name); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
}

func TestMethodsOfAPath(t *testing.T) {
	w := newWorld(t)
	for path, want := range map[string]string{"/v1/customers": "GET, HEAD, POST", "/v1/batch": "POST", "/healthz": "GET, HEAD",
		"/v1/segments/a%2fb": "GET, HEAD, PUT, DELETE"} {
		if a := w.must(405, "PATCH", path, ""); a.Header.Get("Allow") != want {
			t.Errorf("%s allows %q, want %q", path, a.Header.Get("Allow"), want)
		}
	}
	w.must(200, "HEAD", "/healthz", "")
	w.must(405, "HEAD", "/v1/batch", "")
}

func TestDocumentationNamesEveryOperation(t *testing.T) {
	w := newWorld(t)
	page := w.must(200, "GET", "/docs", "").text
	document := w.must(200, "GET", "/openapi.json", "").json(t)
	if document["openapi"] != "3.1.0" {
		t.Errorf("version %v", document["openapi"])
	}
	operations := 0
	for path, methods := range document["paths"].(map[string]any) {
		if !strings.Contains(page, path) {
			t.Errorf("the page does not tell of %s", path)
		}
		for method, operation := range methods.(map[string]any) {
			operations++
			if op := operation.(map[string]any); op["summary"] == nil || op["operationId"] == nil {
				t.Errorf("%s %s is not described", method, path)
			}
		}
	}
	if operations < 20 {
		t.Errorf("%d operations", operations)
	}
	for _, word := range []string{"lines[].unit_price", "Idempotency-Key", "White hanging heart", "required"} {
		if !strings.Contains(page, word) {
			t.Errorf("the page does not tell of %s", word)
		}
	}
}

func TestRequestsAreCounted(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	w.do("POST", "/v1/customers", "{")
	w.do("GET", "/v1/customers/17/history", "")
	w.batch(about("register_customer", alice, `{"kind":"person","name":"Alice"}`), "{")
	page := w.must(200, "GET", "/metrics", "").text
	for _, line := range []string{
		`rapport_http_requests_total{method="POST",route="/v1/customers",status="201"} 1`,
		`rapport_http_requests_total{method="POST",route="/v1/customers",status="400"} 1`,
		`rapport_http_requests_total{method="GET",route="/v1/customers/{customer_id}/history",status="400"} 1`,
		`rapport_http_request_seconds_count{method="POST",route="/v1/customers"} 2`,
		`rapport_batch_lines_total{status="200"} 1`,
		`rapport_batch_lines_total{status="400"} 1`,
	} {
		if !strings.Contains(page+"\n", line+"\n") {
			t.Errorf("%s is missing in\n%s", line, page)
		}
	}
}
