package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
)

// Browsers follow the log by the API's event stream. What they are sent is how far the log is: they ask for the page itself, as
// whoever looks at it may see it. Many events at once are one message.

const (
	followEvery = 500 * time.Millisecond // a message at most
	followTime  = 10 * time.Minute       // then the browser comes again, and is asked who it is
)

// live says how far the tables are, once they have reached what the script was told of.
func (v *visit) live() (*Page, error) {
	fresh := v.shell.Fresh
	if after, err := strconv.ParseInt(v.r.URL.Query().Get("after"), 10, 64); err == nil && after > fresh.Position {
		var ignored any
		_ = v.get("/v1/loyalty/stages?after="+strconv.FormatInt(after, 10), &ignored) // else the answer says how far they are
		fresh = v.freshness()
	}
	v.w.Header().Set("Content-Type", "application/json")
	return nil, json.NewEncoder(v.w).Encode(map[string]any{"position": fresh.Position, "text": fresh.Text, "tone": fresh.Tone})
}

// follows returns what a page's script asks to be told of: events of some types, or of a customer. It is empty for those who may
// not follow the log: their pages ask from time to time.
func (v *visit) follows(p *Page) string {
	if !v.is(access.Apps | access.Auditors) {
		return ""
	}
	q := url.Values{}
	if p.Customer != "" {
		q.Set("customer_id", p.Customer)
	}
	if p.Follows != "" {
		q.Set("types", p.Follows)
	}
	return "/live/events?" + q.Encode()
}

// follow passes on how far the log is, as long as the browser listens.
func (v *visit) follow() (*Page, error) {
	q := v.r.URL.Query()
	ask := url.Values{}
	for _, name := range []string{"position", "types", "customer_id"} {
		if value := q.Get(name); value != "" {
			ask.Set(name, value)
		}
	}
	r, err := v.request(http.MethodGet, "/v1/events?"+ask.Encode(), nil)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(v.r.Context(), followTime)
	defer cancel()
	defer context.AfterFunc(v.ctx, cancel)()
	r = r.WithContext(ctx)
	r.Header.Set("Accept", eventStream)
	if last := v.r.Header.Get("Last-Event-ID"); last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	log := &listener{answer: answer{header: http.Header{}}, heard: make(chan struct{}, 1)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		v.api.ServeHTTP(log, r)
	}()
	return nil, v.passOn(log, ended)
}

const eventStream = "text/event-stream"

// passOn sends a message whenever there is news, until the log or the browser ends.
func (v *visit) passOn(log *listener, ended <-chan struct{}) error {
	control := http.NewResponseController(v.w)
	begun := false
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-ended:
			if begun {
				return nil
			}
			return log.err() // it did not come to a stream
		case <-log.heard:
		}
		if !begun {
			v.w.Header().Set("Content-Type", eventStream)
			v.w.Header().Set("X-Accel-Buffering", "no")
			begun = true
		}
		text := ": still here\n\n"
		if at := log.position.Swap(0); at > 0 {
			text = fmt.Sprintf("id: %[1]d\ndata: %[1]d\n\n", at)
		}
		_ = control.SetWriteDeadline(v.now().Add(time.Minute)) // not every writer can
		if _, err := v.w.Write([]byte(text)); err != nil || control.Flush() != nil {
			return nil // the browser is gone, and its request ends
		}
		pause.Reset(followEvery)
		select {
		case <-pause.C:
		case <-ended:
			return nil
		}
	}
}

// listener hears an event stream, of which it remembers the newest event's position.
type listener struct {
	answer
	position atomic.Int64
	heard    chan struct{}
	rest     []byte // of a line that has not ended
	at       int64  // the last id
}

// Write implements http.ResponseWriter.
func (l *listener) Write(b []byte) (int, error) {
	l.WriteHeader(http.StatusOK)
	if l.status != http.StatusOK {
		return l.answer.Write(b)
	}
	l.rest = append(l.rest, b...)
	for {
		line, rest, whole := bytes.Cut(l.rest, []byte("\n"))
		if !whole {
			break
		}
		l.line(line)
		l.rest = rest
	}
	select {
	case l.heard <- struct{}{}:
	default:
	}
	return len(b), nil
}

func (l *listener) line(line []byte) {
	if id, ok := bytes.CutPrefix(line, []byte("id: ")); ok {
		l.at, _ = strconv.ParseInt(string(id), 10, 64)
	}
	if bytes.HasPrefix(line, []byte("data: ")) {
		l.position.Store(l.at)
	}
}

// Flush implements http.Flusher: what was written was heard.
func (l *listener) Flush() {}

// SetWriteDeadline does nothing: the browser's connection has its own.
func (l *listener) SetWriteDeadline(time.Time) error { return nil }
