package main

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/internal/integration"
)

// Another system learns who enters a segment, signed with the secret in the data directory.
func TestPublish(t *testing.T) {
	type webhook struct {
		head http.Header
		body []byte
	}
	hooks := make(chan webhook, 10)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		hooks <- webhook{r.Header.Clone(), body}
	}))
	defer receiver.Close()
	data := t.TempDir()
	p := serve(t, data, "--publish", receiver.URL)
	id := uuid.NewString()
	p.must("PUT", "/v1/segments/people", `{"rule":"kind == \"person\""}`, nil)
	p.must("POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person"}`, nil)
	got := <-hooks
	var event struct{ ID, Type, Subject string }
	if err := json.Unmarshal(got.body, &event); err != nil {
		t.Fatal(err)
	}
	if event.Type != "rapport.segment.entered.v1" || event.Subject != id {
		t.Errorf("published: %s", got.body)
	}
	secret, err := integration.Secret(filepath.Join(data, "publish.secret"))
	if err != nil {
		t.Fatal(err)
	}
	want := "v1," + base64.StdEncoding.EncodeToString(
		integration.Sign(secret, event.ID, got.head.Get("Webhook-Timestamp"), got.body))
	if signature := got.head.Get("Webhook-Signature"); signature != want {
		t.Errorf("signature %s, want %s", signature, want)
	}
	var box struct{ Pending, Dead int64 }
	p.must("GET", "/v1/integration", "", &box)
	if box.Dead != 0 || box.Pending > 1 {
		t.Errorf("the outbox: %+v", box)
	}
}
