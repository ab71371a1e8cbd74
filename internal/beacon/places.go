package beacon

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/files"
)

// folder is a place on a disk, which should be another machine's: a file a head, by the number of its events.
type folder string

func (f folder) publish(_ context.Context, h proof.Head, note string) error {
	if err := os.MkdirAll(string(f), 0o755); err != nil {
		return err
	}
	return files.Replace(filepath.Join(string(f), fmt.Sprintf("head-%012d.txt", h.Size)), note, 0o644)
}

// endpoint takes heads over HTTP.
type endpoint struct {
	url    string
	client *http.Client
}

func (e endpoint) publish(ctx context.Context, _ proof.Head, note string) error {
	status, _, err := post(ctx, e.client, e.url, note)
	if err == nil && (status < 200 || status > 299) {
		err = fmt.Errorf("it answered %d", status)
	}
	return err
}

// post sends a text, and returns the status and the first 64 KiB of the answer. Errors do not have the URL, which may
// hold a token.
func post(ctx context.Context, client *http.Client, url, text string) (status int, answer string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader([]byte(text)))
	if err != nil {
		return 0, "", fmt.Errorf("it is no URL")
	}
	r.Header.Set("Content-Type", "text/plain; charset=utf-8")
	r.Header.Set("User-Agent", "rapport")
	a, err := client.Do(r)
	if err != nil {
		return 0, "", withoutURL(err)
	}
	defer a.Body.Close()
	body, err := io.ReadAll(io.LimitReader(a.Body, 64<<10))
	return a.StatusCode, string(body), err
}

// witness cosigns heads, as C2SP tlog-witness has it: it is shown that each goes on from the last one it saw.
type witness struct {
	url    string
	client *http.Client
	prove  func(ctx context.Context, from, to int64) ([]string, error)
	seen   int64 // events of the last head that it saw, as far as is known
	lines  string
}

// cosign returns the witness's signature lines under a head.
func (w *witness) cosign(ctx context.Context, h proof.Head) (lines string, err error) {
	if w.lines != "" && w.seen == h.Size {
		return w.lines, nil
	}
	for again := false; ; again = true {
		var path []string
		if w.seen > 0 && w.seen < h.Size {
			if path, err = w.prove(ctx, w.seen, h.Size); err != nil {
				return "", fmt.Errorf("prove that it goes on from %d events: %w", w.seen, err)
			}
		}
		text := fmt.Sprintf("old %d\n", w.seen)
		for _, hash := range path {
			text += hash + "\n"
		}
		status, answer, err := post(ctx, w.client, strings.TrimSuffix(w.url, "/")+"/add-checkpoint", text+"\n"+h.Note)
		switch {
		case err != nil:
			return "", err
		case status == http.StatusConflict && !again: // it has seen another head last, and says of how many events
			if w.seen, err = strconv.ParseInt(strings.TrimSpace(answer), 10, 64); err != nil || w.seen < 0 || w.seen > h.Size {
				return "", fmt.Errorf("it has seen %.20q events, this head has %d", answer, h.Size)
			}
			continue
		case status != http.StatusOK:
			return "", fmt.Errorf("it answered %d", status)
		}
		if err := checkLines(answer); err != nil {
			return "", err
		}
		w.seen, w.lines = h.Size, answer
		return answer, nil
	}
}

// checkLines finds out whether an answer is signature lines of a note, and nothing else. Whose they are is for those to
// check who know the witness.
func checkLines(text string) error {
	if text == "" || !strings.HasSuffix(text, "\n") {
		return fmt.Errorf("it answered no signature")
	}
	for line := range strings.Lines(text) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		if len(parts) != 3 || parts[0] != "—" || parts[1] == "" {
			return fmt.Errorf("it answered no signature")
		}
		if raw, err := base64.StdEncoding.DecodeString(parts[2]); err != nil || len(raw) < 5 {
			return fmt.Errorf("it answered no signature")
		}
	}
	return nil
}

// withoutURL returns what is wrong, without where.
func withoutURL(err error) error {
	if refused := (*url.Error)(nil); errors.As(err, &refused) {
		return refused.Err
	}
	return err
}
