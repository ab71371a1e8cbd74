package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/eventstore"
)

// What HTTP has beside the answers themselves: that one is what the caller has already, that it comes compressed, that
// pages of other origins may ask, and how much more a caller may ask for.

const (
	mostHeld        = 1 << 20 // bytes of an answer that are held back until it is whole
	worthCompressed = 1400    // bytes: less fits in a packet
)

// reading writes the answer to a read. It is held back until it is whole, and gets a tag then, by which the caller can ask
// whether there is a newer one. A long one, and one that is sent as it comes about, is passed on as it comes, without a
// tag.
type reading struct {
	http.ResponseWriter
	request  *http.Request
	status   int
	held     bytes.Buffer
	passes   bool          // the header is sent
	encoding *bodyEncoding // nil: it is sent as it is
	packer   packer
}

func (a *reading) WriteHeader(status int) {
	if a.status == 0 && status >= http.StatusOK {
		a.status = status
	}
}

func (a *reading) Write(text []byte) (int, error) {
	if !a.passes && a.held.Len()+len(text) <= mostHeld {
		return a.held.Write(text)
	}
	if err := a.pass(true); err != nil {
		return 0, err
	}
	return a.send(text)
}

func (a *reading) send(text []byte) (int, error) {
	if a.packer != nil {
		return a.packer.Write(text)
	}
	return a.ResponseWriter.Write(text)
}

// pass sends what is held back, and lets through what follows.
func (a *reading) pass(long bool) error {
	if a.passes {
		return nil
	}
	a.passes = true
	h := a.Header()
	if (long || a.held.Len() > worthCompressed) && h.Get("Content-Encoding") == "" {
		a.encoding = encodingFor(a.request.Header)
	}
	if a.encoding != nil {
		h.Set("Content-Encoding", a.encoding.name)
		h.Del("Content-Length")
		a.packer = a.encoding.packers.Get().(packer)
		a.packer.Reset(a.ResponseWriter)
	}
	a.ResponseWriter.WriteHeader(max(a.status, http.StatusOK))
	_, err := a.send(a.held.Bytes())
	a.held.Reset()
	return err
}

// FlushError is what http.ResponseController calls: an answer that is sent as it comes about begins here.
func (a *reading) FlushError() error {
	if err := a.pass(true); err != nil {
		return err
	}
	if a.packer != nil {
		if err := a.packer.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(a.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController set deadlines.
func (a *reading) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// end sends what is held back; or that the caller has it already.
func (a *reading) end() {
	if h := a.Header(); !a.passes && max(a.status, http.StatusOK) == http.StatusOK && a.held.Len() > 0 {
		sum := sha256.Sum256(a.held.Bytes())
		tag := base64.RawURLEncoding.EncodeToString(sum[:15])
		if revision := trimQuotes(h.Get("Etag")); revision != "" {
			// What is read of a revision may change while that stands, such as by a day that is closed.
			tag = `"` + revision + "." + tag + `"`
			h["Etag"] = []string{tag}
		} else {
			tag = `"` + tag + `"`
			h["Etag"] = []string{"W/" + tag} // weak, as it is the same compressed
		}
		if slices.ContainsFunc(a.request.Header.Values("If-None-Match"), func(list string) bool { return lists(list, tag) }) {
			h.Del("Content-Type")
			h.Del("Content-Length")
			a.ResponseWriter.WriteHeader(http.StatusNotModified)
			return
		}
	}
	_ = a.pass(false) // the caller may be gone
	if a.packer != nil {
		_ = a.packer.Close()
		a.encoding.packers.Put(a.packer)
	}
}

func lists(list, tag string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == tag || one == "*" {
			return true
		}
	}
	return false
}

// requestIDHeader is how a caller names a request, and finds it again in the events that came of it.
const requestIDHeader = "X-Request-Id"

// correlated answers a request with its name, one that is made here where it has none that will do, and returns the id for it.
func correlated(answer, asked http.Header) uuid.UUID {
	if given := asked.Get(requestIDHeader); given != "" && len(given) <= 128 && domain.PlainText(given) {
		answer[requestIDHeader] = []string{given}
		if id, err := canonicalID(given); err == nil {
			return id
		}
		return uuid.NewSHA1(requestSpace, []byte(given))
	}
	id := uuid.New()
	answer[requestIDHeader] = []string{id.String()}
	return id
}

// requestSpace is that of ids that follow from names of requests.
var requestSpace = uuid.MustParse("3d1f6f0e-9f0c-4d53-8a53-0f5a2c5f1f0b")

// waitForOwn is how long a read waits at most until it shows what the caller wrote, where nobody asked for that.
const waitForOwn = time.Second

// preferredWait returns how long a caller wants to wait (RFC 7240): on a read for a position, on a command until reads show it.
func preferredWait(h http.Header) (time.Duration, bool) {
	for one := range strings.SplitSeq(strings.Join(h["Prefer"], ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(one), "=")
		if strings.TrimSpace(name) != "wait" {
			continue
		}
		seconds, err := strconv.ParseUint(strings.TrimSpace(value), 10, 16)
		if value == "" {
			seconds, err = 60, nil
		}
		return time.Duration(seconds) * time.Second, err == nil
	}
	return 0, false
}

// waitWritten reports whether reads show what was written, in the time that a caller has.
func (s *server) waitWritten(ctx context.Context, position uint64, limit time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, min(limit, s.limits.Wait))
	defer cancel()
	return s.reader.WaitFor(ctx, eventstore.Position(position)) == nil
}

// What pages of other origins may send, and read of answers.
const (
	crossMethods = "GET, HEAD, POST, PUT, DELETE"
	crossSends   = "Authorization, Content-Encoding, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, Prefer, Rapport-Purpose, X-Request-Id"
	crossReads   = "ETag, Location, Preference-Applied, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id"
)

// crosses lets pages of the origins that are configured ask, and answers what a browser asks first. It reports whether
// the request is answered.
func (s *server) crosses(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if len(s.origins) == 0 || origin == "" {
		return false
	}
	h := w.Header()
	h.Add("Vary", "Origin")
	if !slices.Contains(s.origins, origin) {
		return false
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Expose-Headers", crossReads)
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	h.Set("Access-Control-Allow-Methods", crossMethods)
	h.Set("Access-Control-Allow-Headers", crossSends)
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
	return true
}

// sayRate says how many requests a caller may send in a minute, how many of them are left, and after how many seconds
// all are.
func (s *server) sayRate(h http.Header, p *pace) {
	if p == nil {
		return
	}
	left, full := p.state(s.limits.Rate, s.now())
	h["Ratelimit-Policy"] = []string{s.ratePolicy}
	h["Ratelimit"] = []string{fmt.Sprintf(`"caller";r=%d;t=%d`, left, full/time.Second)}
}
