package api

import (
	"net/http"
	"sync/atomic"

	"github.com/go-json-experiment/json"
)

// Front is what the address answers from the first moment to the last: while the parts behind the API start, that it is
// starting; then the API; and while the server drains, the API too, but for who asks whether it is ready. Its methods
// are safe for concurrent use.
type Front struct {
	api      atomic.Pointer[http.Handler]
	draining atomic.Bool
}

// startingRetry is after how many seconds to ask again.
const startingRetry = 1

// Open lets requests through to the API.
func (f *Front) Open(api http.Handler) { f.api.Store(&api) }

// Drain makes /readyz say no, so that no more requests are sent here.
func (f *Front) Drain() { f.draining.Store(true) }

func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	api := f.api.Load()
	switch {
	case r.URL.Path == "/readyz" && f.draining.Load():
		writeUnready(w, "the server is about to end")
	case api != nil:
		(*api).ServeHTTP(w, r)
	case r.URL.Path == "/healthz":
		w.Header().Set("Content-Type", "application/json")
		_ = json.MarshalWrite(w, map[string]string{"status": "ok"})
	case r.URL.Path == "/readyz":
		writeUnready(w, "the server is starting")
	default:
		writeProblem(w, problem(http.StatusServiceUnavailable, "starting",
			"the server is starting: nothing was done; try again in a moment").retry(startingRetry))
	}
}

func writeUnready(w http.ResponseWriter, detail string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusServiceUnavailable)
	// The connection may be gone; then nobody is there to be told.
	_ = json.MarshalWrite(w, readiness{Status: "not ready", Checks: map[string]check{"server": {Detail: detail}}})
}
