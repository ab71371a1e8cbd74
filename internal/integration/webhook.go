package integration

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"

	"github.com/rapport-crm/rapport/internal/files"
)

// webhook is a message.Publisher to one URL: a message is a POST of a CloudEvents 1.0 event in structured mode, signed as
// the Standard Webhooks specification has it: webhook-signature is "v1," and the base64 of the HMAC-SHA256 of "id.timestamp.body".
type webhook struct {
	url     string
	secrets [][]byte
	client  *http.Client
}

func newWebhook(url string, secrets [][]byte, c Config) *webhook {
	return &webhook{url, secrets, &http.Client{Timeout: c.Timeout, Transport: guarded(c.Timeout),
		// A signed event does not go where nobody sent it.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// guarded makes connections, but none to link-local addresses, at which clouds tell machines their secrets.
func guarded(timeout time.Duration) http.RoundTripper {
	dialer := &net.Dialer{Timeout: timeout, Control: func(_, address string, _ syscall.RawConn) error {
		if at, err := netip.ParseAddrPort(address); err != nil || at.Addr().Unmap().IsLinkLocalUnicast() {
			return errLinkLocal
		}
		return nil
	}}
	return &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: timeout, MaxIdleConns: 10, IdleConnTimeout: time.Minute,
		ForceAttemptHTTP2: true}
}

var errLinkLocal = errors.New("events do not go to link-local addresses")

// Publish sends messages one by one; any status but 2xx is an error. The topic does not matter.
func (w *webhook) Publish(_ string, messages ...*message.Message) error {
	for _, m := range messages {
		if err := w.post(m); err != nil {
			return err
		}
	}
	return nil
}

// Close lets go of idle connections.
func (w *webhook) Close() error { w.client.CloseIdleConnections(); return nil }

func (w *webhook) post(m *message.Message) error {
	r, err := http.NewRequestWithContext(m.Context(), http.MethodPost, w.url, bytes.NewReader(m.Payload))
	if err != nil {
		return err
	}
	at := strconv.FormatInt(time.Now().Unix(), 10)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("User-Agent", "rapport")
	r.Header.Set("Webhook-Id", m.UUID)
	r.Header.Set("Webhook-Timestamp", at)
	var signatures []string // while a secret is replaced, by both
	for _, secret := range w.secrets {
		signatures = append(signatures, "v1,"+base64.StdEncoding.EncodeToString(Sign(secret, m.UUID, at, m.Payload)))
	}
	r.Header.Set("Webhook-Signature", strings.Join(signatures, " "))
	answer, err := w.client.Do(r)
	if refused := (*url.Error)(nil); errors.As(err, &refused) {
		return refused.Err // without the URL, which may hold a token
	} else if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, _ = io.CopyN(io.Discard, answer.Body, 64<<10) // so that the connection can be used again
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("the webhook answered %s", answer.Status)
	}
	return nil
}

// Sign returns the signature of a webhook: timestamp in Unix seconds.
func Sign(secret []byte, id, timestamp string, body []byte) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(id + "." + timestamp + "."))
	h.Write(body)
	return h.Sum(nil)
}

// WriteSecret returns a secret in its written form.
func WriteSecret(secret []byte) string {
	return secretPrefix + base64.StdEncoding.EncodeToString(secret)
}

// secretPrefix begins a secret in its written form.
const secretPrefix = "whsec_"

// Secret reads the secret that signs webhooks from a file, and makes one where there is no such file.
func Secret(file string) ([]byte, error) {
	text, err := files.Once(file, func() ([]byte, error) {
		secret := make([]byte, 32)
		rand.Read(secret)
		return []byte(WriteSecret(secret) + "\n"), nil
	})
	if err != nil {
		return nil, fmt.Errorf("the secret that signs webhooks: %w", err)
	}
	written, ok := strings.CutPrefix(strings.TrimSpace(string(text)), secretPrefix)
	secret, err := base64.StdEncoding.DecodeString(written)
	if !ok || err != nil || len(secret) < 24 {
		return nil, fmt.Errorf("%s: a secret is %s and the base64 of at least 24 bytes; without the file one is made",
			file, secretPrefix)
	}
	return secret, nil
}
