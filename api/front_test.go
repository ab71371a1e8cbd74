package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/api"
)

func TestFront(t *testing.T) {
	var front api.Front
	expect := func(when, method, path string, status int, contentType, says string) {
		t.Helper()
		w := httptest.NewRecorder()
		front.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		if w.Code != status || w.Header().Get("Content-Type") != contentType || !strings.Contains(w.Body.String(), says) {
			t.Errorf("%s, %s: %d %s %s", when, path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		if retry := w.Header().Get("Retry-After"); (retry == "1") != (says == `"code":"starting"`) {
			t.Errorf("%s, %s: Retry-After %q", when, path, retry)
		}
	}
	expect("at first", "POST", "/v1/customers", 503, "application/problem+json", `"code":"starting"`)
	expect("at first", "GET", "/v1/segments", 503, "application/problem+json", `"code":"starting"`)
	expect("at first", "GET", "/healthz", 200, "application/json", `"status":"ok"`)
	expect("at first", "GET", "/readyz", 503, "application/json", "the server is starting")

	front.Open(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write([]byte("the API"))
	}))
	for _, path := range []string{"/v1/segments", "/healthz", "/readyz"} {
		expect("when it is up", "GET", path, 200, "text/plain", "the API")
	}
	front.Drain()
	expect("while it drains", "GET", "/v1/segments", 200, "text/plain", "the API")
	expect("while it drains", "GET", "/readyz", 503, "application/json", "about to end")
}
