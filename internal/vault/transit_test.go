package vault_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tink-crypto/tink-go/v2/core/registry"

	"github.com/rapport-crm/rapport/internal/vault"
)

// transitServer speaks the transit protocol for one key.
func transitServer(t *testing.T, token string) *httptest.Server {
	block, err := aes.NewCipher(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	type text struct {
		Plaintext      []byte `json:"plaintext,omitempty"`
		Ciphertext     string `json:"ciphertext,omitempty"`
		AssociatedData []byte `json:"associated_data,omitempty"`
	}
	serve := func(f func(in text) (text, error)) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, r *http.Request) {
			var in, out text
			err := json.NewDecoder(r.Body).Decode(&in)
			if r.Header.Get("X-Vault-Token") != token {
				err = fmt.Errorf("permission denied")
			}
			if err == nil {
				out, err = f(in)
			}
			if err != nil {
				w.WriteHeader(http.StatusForbidden)
				_ = json.NewEncoder(w).Encode(map[string]any{"errors": []string{err.Error()}})
				return
			}
			_ = json.NewEncoder(w).Encode(map[string]any{"data": out})
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/transit/encrypt/rapport", serve(func(in text) (text, error) {
		nonce := make([]byte, gcm.NonceSize())
		rand.Read(nonce)
		return text{Ciphertext: "vault:v1:" + base64.StdEncoding.EncodeToString(gcm.Seal(nonce, nonce, in.Plaintext, in.AssociatedData))}, nil
	}))
	mux.HandleFunc("POST /v1/transit/decrypt/rapport", serve(func(in text) (text, error) {
		sealed, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(in.Ciphertext, "vault:v1:"))
		if err != nil {
			return text{}, err
		}
		plain, err := gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], in.AssociatedData)
		return text{Plaintext: plain}, err
	}))
	s := httptest.NewTLSServer(mux)
	t.Cleanup(s.Close)
	return s
}

// The master key may stay in a key management service.
func TestTransit(t *testing.T) {
	service := transitServer(t, "secret")
	master := func(token string) vault.Master {
		return vault.Master{Key: strings.Replace(service.URL, "https://", "hcvault://", 1) + "/transit/keys/rapport",
			Clients: []registry.KMSClient{vault.Transit{Client: service.Client(), Token: token}}}
	}
	c := config(t)
	file := c.Master
	c.Master = master("secret")
	v := openVault(t, c)
	sealed := seal(t, v, ann)
	if err := opens(t, openVault(t, c), ann, sealed); err != nil {
		t.Error(err)
	}
	if err := v.RotateMaster(t.Context(), file); err != nil { // to a file, and back
		t.Fatal(err)
	}
	c.Master = file
	if err := opens(t, openVault(t, c), ann, sealed); err != nil {
		t.Error(err)
	}
	if err := openVault(t, c).RotateMaster(t.Context(), master("secret")); err != nil {
		t.Fatal(err)
	}
	c.Master = master("wrong")
	if err := openVault(t, c).Unlock(t.Context()); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("opened by a wrong token: %v", err)
	}
	for _, uri := range []string{"hcvault:///transit/keys/rapport", "hcvault://h/transit/rapport", "hcvault://h/transit/keys/a/b"} {
		if _, err := (vault.Transit{}).GetAEAD(uri); err == nil {
			t.Errorf("%s names a key", uri)
		}
	}
}
