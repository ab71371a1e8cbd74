package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
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
	var far struct{ Waiting, Dead int64 }
	p.must("GET", "/v1/subscriptions/publish/delivery", "", &far)
	if far.Dead != 0 || far.Waiting > 1 {
		t.Errorf("the delivery: %+v", far)
	}
}

// Whoever subscribes over HTTP is sent what happens, signed with a secret of their own.
func TestSubscribe(t *testing.T) {
	bodies := make(chan []byte, 10)
	heads := make(chan http.Header, 10)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		heads <- r.Header.Clone()
		bodies <- body
	}))
	defer receiver.Close()
	p := serve(t, t.TempDir())
	p.must("PUT", "/v1/subscriptions/shop", `{"url":"`+receiver.URL+`","types":["customer.registered.v1","rapport.stage.*"],"rule":"kind == \"person\""}`, nil)
	var secrets struct{ Secrets []string }
	await := func(want string) {
		t.Helper()
		head, body := <-heads, <-bodies
		var event struct{ ID, Type, Subject string }
		if err := json.Unmarshal(body, &event); err != nil {
			t.Fatal(err)
		}
		if event.Type+" "+event.Subject != want {
			t.Errorf("sent %s, want %s", body, want)
		}
		secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secrets.Secrets[0], "whsec_"))
		if err != nil {
			t.Fatal(err)
		}
		if got := "v1," + base64.StdEncoding.EncodeToString(integration.Sign(secret, event.ID, head.Get("Webhook-Timestamp"), body)); got != head.Get("Webhook-Signature") {
			t.Errorf("signature %s, want %s", head.Get("Webhook-Signature"), got)
		}
	}
	company, person := uuid.NewString(), uuid.NewString()
	var made struct{ Position uint64 }
	p.must("POST", "/v1/customers", `{"customer_id":"`+company+`","kind":"organisation"}`, nil)
	p.must("POST", "/v1/customers", `{"customer_id":"`+person+`","kind":"person"}`, &made)
	p.must("GET", fmt.Sprintf("/v1/subscriptions/shop?after=%d", made.Position), "", nil)
	p.must("GET", "/v1/subscriptions/shop/secret", "", &secrets)
	await("customer.registered.v1 " + person)
	await("rapport.stage.changed.v1 " + person)
	var tested struct{ Delivered bool }
	p.must("POST", "/v1/subscriptions/shop/tested", "", &tested)
	await("rapport.test.v1 shop")
	if !tested.Delivered {
		t.Error("the test was not taken")
	}
}
