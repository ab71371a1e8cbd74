package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"net/http"
	"slices"
	"sync"
	"time"
)

// jobs are what takes longer than a page may wait: they go on while pages say how far they are. They are forgotten when the server
// ends. Its methods are safe for concurrent use.
type jobs struct {
	now func() time.Time
	ctx context.Context // ends with the server
	mu  sync.Mutex
	all []*job // the newest last
}

// job is one of them.
type job struct {
	id, kind, owner string
	began           time.Time

	mu    sync.Mutex
	ended time.Time // zero while it runs
	doing string
	done  int64
	total int64 // 0: not known
	found any   // what came of it
	err   error
}

// jobsKept is how many that have ended are remembered, of one kind and owner.
const jobsKept = 10

// begin carries something out in the background.
func (s *jobs) begin(kind, owner string, run func(context.Context, *job) (any, error)) *job {
	j := &job{id: rand.Text(), kind: kind, owner: owner, began: s.now()}
	s.mu.Lock()
	s.all = append(s.all, j)
	older := 0
	for i := len(s.all) - 1; i >= 0; i-- {
		if one := s.all[i]; one.kind == kind && one.owner == owner && one.state().over {
			if older++; older > jobsKept {
				s.all = slices.Delete(s.all, i, i+1)
			}
		}
	}
	s.mu.Unlock()
	go func() {
		found, err := run(s.ctx, j)
		j.mu.Lock()
		defer j.mu.Unlock()
		j.found, j.err, j.ended = found, err, s.now()
	}()
	return j
}

// newest returns the newest job of a kind and owner; nil where there is none.
func (s *jobs) newest(kind, owner string) *job {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, j := range slices.Backward(s.all) {
		if j.kind == kind && j.owner == owner {
			return j
		}
	}
	return nil
}

// progress says how far a job is.
func (j *job) progress(doing string, done, total int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.doing, j.done, j.total = doing, done, total
}

// standing is how a job is at a moment.
type standing struct {
	over        bool
	doing       string
	done, total int64
	ended       time.Time
	found       any
	err         error
}

func (j *job) state() standing {
	j.mu.Lock()
	defer j.mu.Unlock()
	return standing{!j.ended.IsZero(), j.doing, j.done, j.total, j.ended, j.found, j.err}
}

// behalf asks the API on behalf of somebody whose browser's request is over.
func (a *asker) behalf(ctx context.Context) *asker {
	return &asker{api: a.api, r: a.r.Clone(ctx), token: a.token}
}

// lines hands over each line of an answer as it comes.
type lines struct {
	answer
	take func(line []byte)
	rest []byte
}

// Write implements http.ResponseWriter.
func (l *lines) Write(b []byte) (int, error) {
	l.WriteHeader(http.StatusOK)
	if l.status != http.StatusOK {
		return l.answer.Write(b)
	}
	l.rest = append(l.rest, b...)
	for {
		line, rest, whole := bytes.Cut(l.rest, []byte("\n"))
		if !whole {
			return len(b), nil
		}
		l.take(line)
		l.rest = rest
	}
}

// Flush implements http.Flusher: what was written was taken.
func (l *lines) Flush() {}
