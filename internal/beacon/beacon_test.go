package beacon_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/beacon"
)

// signer is a log that grows, and its heads.
type signer struct {
	t      *testing.T
	key    *proof.Key
	hashes stored
	size   atomic.Int64
	mu     sync.Mutex
	newest proof.Head
}

type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) (out []tlog.Hash, err error) {
	for _, at := range indexes {
		out = append(out, s[at])
	}
	return out, nil
}

func newSigner(t *testing.T) *signer {
	key, err := proof.LoadKey(filepath.Join(t.TempDir(), "proof.key"))
	if err != nil {
		t.Fatal(err)
	}
	return &signer{t: t, key: key}
}

func (s *signer) grow(n int) proof.Head {
	s.mu.Lock()
	defer s.mu.Unlock()
	size := s.size.Load()
	for range n {
		more, err := tlog.StoredHashes(size, fmt.Append(nil, size), s.hashes)
		if err != nil {
			s.t.Fatal(err)
		}
		s.hashes = append(s.hashes, more...)
		size++
	}
	root, err := tlog.TreeHash(size, s.hashes)
	if err == nil {
		s.newest, err = s.key.Sign(proof.Head{Size: size, Root: root, SignedAt: time.Now()})
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.size.Store(size)
	return s.newest
}

func (s *signer) config() beacon.Config {
	return beacon.Config{Signed: s.size.Load, Poll: time.Millisecond, Retry: time.Millisecond, RetryMost: 5 * time.Millisecond,
		Newest: func(context.Context) (proof.Head, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.newest, nil
		},
		Prove: func(_ context.Context, from, to int64) (path []string, err error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			hashes, err := tlog.ProveTree(to, from, s.hashes)
			for _, h := range hashes {
				path = append(path, h.String())
			}
			return path, err
		}}
}

// run publishes until the test ends.
func (s *signer) run(c beacon.Config) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { beacon.Run(ctx, c); close(done) }()
	s.t.Cleanup(func() { cancel(); <-done })
}

func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(30 * time.Second); !done(); <-look.C {
		if time.Now().After(deadline) {
			t.Fatalf("waited until %s", what)
		}
	}
}

// Heads arrive in a folder and at an endpoint, also one that refuses them at first.
func TestHeadsArePublished(t *testing.T) {
	s, dir := newSigner(t), filepath.Join(t.TempDir(), "heads")
	var mu sync.Mutex
	var taken []string
	tries := 0
	endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if tries++; tries < 4 {
			w.WriteHeader(503)
			return
		}
		text, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		taken = append(taken, string(text))
	}))
	defer endpoint.Close()
	c := s.config()
	c.To = []string{dir, endpoint.URL}
	s.run(c)
	for range 3 {
		h := s.grow(7)
		until(t, "it is published", func() bool {
			text, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("head-%012d.txt", h.Size)))
			mu.Lock()
			defer mu.Unlock()
			return err == nil && string(text) == h.Note && len(taken) > 0 && taken[len(taken)-1] == h.Note
		})
	}
	if tries < 6 {
		t.Errorf("%d tries", tries)
	}
}

// A witness that keeps to the protocol cosigns each head, after it was shown that it goes on from the last one it saw;
// what comes out is read as the head it is, with or without knowing the witness.
func TestWitnessesCosign(t *testing.T) {
	s, dir := newSigner(t), t.TempDir()
	private, public, err := note.GenerateKey(rand.Reader, "witness.example")
	if err != nil {
		t.Fatal(err)
	}
	mine, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	w := &tester{s: s, signer: mine, size: 3}
	s.grow(3)
	w.root = s.newest.Root
	server := httptest.NewServer(w)
	defer server.Close()
	c := s.config()
	c.To, c.Witnesses = []string{dir}, []string{server.URL + "/"}
	s.run(c)
	known, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		h := s.grow(5)
		var text []byte
		until(t, "it is published", func() bool {
			text, err = os.ReadFile(filepath.Join(dir, fmt.Sprintf("head-%012d.txt", h.Size)))
			return err == nil
		})
		n, err := note.Open(text, note.VerifierList(s.key.Check(), known))
		if err != nil || len(n.Sigs) != 2 {
			t.Errorf("%+v, %v\n%s", n, err, text)
		}
		read, err := proof.ReadHead(strings.ReplaceAll("\n\n"+string(text)+"\n", "\n", "\r\n"), s.key.Check())
		if err != nil || read.Note != h.Note {
			t.Errorf("%+v, %v", read, err)
		}
	}
	if err := errors.Join(w.faults...); err != nil {
		t.Error(err)
	}
}

// tester is a witness as C2SP tlog-witness has it.
type tester struct {
	s      *signer
	signer note.Signer
	mu     sync.Mutex
	size   int64
	root   tlog.Hash
	faults []error
}

func (w *tester) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	proofLines, checkpoint, ok := strings.Cut(string(body), "\n\n")
	if err != nil || !ok || r.URL.Path != "/add-checkpoint" {
		w.faults = append(w.faults, fmt.Errorf("%s %q", r.URL, body))
		out.WriteHeader(400)
		return
	}
	lines := strings.Split(proofLines, "\n")
	h, err := proof.ReadHead(checkpoint, w.s.key.Check())
	if err != nil {
		w.faults = append(w.faults, err)
		out.WriteHeader(403)
		return
	}
	if lines[0] != fmt.Sprintf("old %d", w.size) {
		out.Header().Set("Content-Type", "text/x.tlog.size")
		out.WriteHeader(409)
		fmt.Fprintf(out, "%d\n", w.size)
		return
	}
	var path tlog.TreeProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			w.faults = append(w.faults, err)
		}
		path = append(path, hash)
	}
	if h.Size > w.size {
		if err := tlog.CheckTree(path, h.Size, h.Root, w.size, w.root); err != nil {
			w.faults = append(w.faults, err)
			out.WriteHeader(422)
			return
		}
	}
	w.size, w.root = h.Size, h.Root
	text, _, _ := strings.Cut(checkpoint, "\n\n")
	signed, err := note.Sign(&note.Note{Text: text + "\n"}, w.signer)
	if err != nil {
		w.faults = append(w.faults, err)
	}
	fmt.Fprint(out, strings.SplitN(string(signed), "\n\n", 2)[1])
}

func TestPlacesThatAreNone(t *testing.T) {
	if err := beacon.Check([]string{"/mnt/heads", "heads", "https://example.org/heads"}, []string{"https://witness.example/log"}); err != nil {
		t.Error(err)
	}
	for _, place := range []string{"ftp://example.org", "http://", "mailto:auditor@example.org"} {
		if beacon.Check([]string{place}, nil) == nil || beacon.Check(nil, []string{place}) == nil {
			t.Errorf("%s was taken", place)
		}
	}
}
