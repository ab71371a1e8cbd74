package oidc_test

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/internal/oidc"
)

// issuer is an OpenID Connect issuer over HTTP, as far as a verifier sees it.
type issuer struct {
	t       *testing.T
	url     string
	away    atomic.Bool
	fetches atomic.Int64 // of the keys

	mu   sync.Mutex
	keys map[string]*rsa.PrivateKey // that it tells, by id
}

func newIssuer(t *testing.T) *issuer {
	i := &issuer{t: t, keys: map[string]*rsa.PrivateKey{}}
	i.addKey("one")
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"issuer": i.url, "jwks_uri": i.url + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"}})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		i.fetches.Add(1)
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"keys": i.public()})
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if i.away.Load() {
			http.Error(w, "be back soon", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	i.url = server.URL
	return i
}

func (i *issuer) addKey(id string) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		i.t.Fatal(err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys[id] = key
}

func (i *issuer) public() (keys []map[string]string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(i.keys)) {
		public := i.keys[id].PublicKey
		keys = append(keys, map[string]string{"kty": "RSA", "kid": id, "use": "sig", "alg": "RS256",
			"n": text(public.N.Bytes()), "e": text(big.NewInt(int64(public.E)).Bytes())})
	}
	return keys
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (i *issuer) claims(change map[string]any) map[string]any {
	claims := map[string]any{"iss": i.url, "aud": "rapport", "sub": "4711", "exp": time.Now().Add(time.Hour).Unix(),
		"preferred_username": "ann", "roles": []string{"auditor", "gardener", "app"}}
	maps.Copy(claims, change)
	return claims
}

func unsigned(t *testing.T, header map[string]any, claims map[string]any) string {
	t.Helper()
	h, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	c, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	return text(h) + "." + text(c)
}

func signed(t *testing.T, key *rsa.PrivateKey, id string, claims map[string]any) string {
	t.Helper()
	token := unsigned(t, map[string]any{"alg": "RS256", "kid": id, "typ": "JWT"}, claims)
	sum := sha256.Sum256([]byte(token))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return token + "." + text(signature)
}

func (i *issuer) token(change map[string]any) string {
	return signed(i.t, i.keys["one"], "one", i.claims(change))
}

func (i *issuer) trusted(now func() time.Time) *oidc.Issuer {
	trusted, err := oidc.New(oidc.Config{Issuer: i.url, Audience: "rapport", RoleClaim: "roles", Now: now})
	if err != nil {
		i.t.Fatal(err)
	}
	return trusted
}

func TestWhoHoldsAToken(t *testing.T) {
	i := newIssuer(t)
	for _, test := range []struct {
		name, claim string
		change      map[string]any
		who         string
		roles       []access.Role
	}{
		{"several roles", "roles", nil, "ann", []access.Role{access.Auditor, access.App}},
		{"one role", "roles", map[string]any{"roles": "admin"}, "ann", []access.Role{access.Admin}},
		{"the same role twice", "roles", map[string]any{"roles": []string{"app", "app"}}, "ann", []access.Role{access.App}},
		{"no roles", "roles", map[string]any{"roles": nil}, "ann", nil},
		{"roles of another kind", "roles", map[string]any{"roles": map[string]any{"admin": true}}, "ann", nil},
		{"roles further in", "realm_access.roles", map[string]any{"realm_access": map[string]any{"roles": []string{"analyst"}}}, "ann",
			[]access.Role{access.Analyst}},
		{"a claim named by a URL", "https://rapport.example/roles", map[string]any{"https://rapport.example/roles": "app"}, "ann",
			[]access.Role{access.App}},
		{"several audiences", "roles", map[string]any{"aud": []string{"shop", "rapport"}, "roles": "app"}, "ann", []access.Role{access.App}},
		{"no name", "roles", map[string]any{"preferred_username": "", "roles": "app"}, "4711", []access.Role{access.App}},
		{"a name too long", "roles", map[string]any{"preferred_username": strings.Repeat("n", 129), "roles": "app"}, "4711",
			[]access.Role{access.App}},
	} {
		t.Run(test.name, func(t *testing.T) {
			trusted, err := oidc.New(oidc.Config{Issuer: i.url, Audience: "rapport", RoleClaim: test.claim})
			if err != nil {
				t.Fatal(err)
			}
			got, err := trusted.Identify(t.Context(), i.token(test.change))
			if err != nil || got.Subject != "4711" || got.Name != test.who || !slices.Equal(got.Roles, test.roles) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestTokensThatAreNobodys(t *testing.T) {
	i := newIssuer(t)
	stranger := newIssuer(t)
	good := i.token(nil)
	parts := strings.Split(good, ".")
	bare := unsigned(t, map[string]any{"alg": "none"}, i.claims(nil))
	// Who takes the public key for a shared secret would take this.
	confused := unsigned(t, map[string]any{"alg": "HS256", "kid": "one"}, i.claims(nil))
	public, err := x509.MarshalPKIXPublicKey(&i.keys["one"].PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}))
	mac.Write([]byte(confused))
	for name, token := range map[string]string{
		"another's key under this one's id": signed(t, stranger.keys["one"], "one", i.claims(nil)),
		"another's key":                     signed(t, stranger.keys["one"], "two", i.claims(nil)),
		"another issuer":                    i.token(map[string]any{"iss": stranger.url}),
		"another audience":                  i.token(map[string]any{"aud": "shop"}),
		"no audience":                       i.token(map[string]any{"aud": nil}),
		"expired":                           i.token(map[string]any{"exp": time.Now().Add(-time.Second).Unix()}),
		"without an end":                    i.token(map[string]any{"exp": nil}),
		"not begun":                         i.token(map[string]any{"nbf": time.Now().Add(time.Hour).Unix()}),
		"no subject":                        i.token(map[string]any{"sub": nil}),
		"a subject that cannot be written":  i.token(map[string]any{"sub": "a\x00b"}),
		"algorithm none":                    bare + ".",
		"algorithm none, with a signature":  bare + "." + parts[2],
		"a public key as a secret":          confused + "." + text(mac.Sum(nil)),
		"other claims":                      parts[0] + "." + text([]byte(`{"sub":"root"}`)) + "." + parts[2],
		"no signature":                      parts[0] + "." + parts[1] + ".",
		"no token":                          "rubbish",
		"nothing":                           "",
	} {
		t.Run(name, func(t *testing.T) {
			who, err := i.trusted(nil).Identify(t.Context(), token)
			if err == nil || errors.Is(err, access.ErrIssuerAway) {
				t.Errorf("taken for %+v, %v", who, err)
			}
		})
	}
}

func TestKeysAreKeptAndRenewed(t *testing.T) {
	i := newIssuer(t)
	now := time.Now()
	trusted := i.trusted(func() time.Time { return now })
	// A set of keys may still give the answer of the request before for a moment after it was answered. The clock
	// stands meanwhile, so what is not as wanted for long is not.
	identify := func(token string, wanted error) {
		t.Helper()
		_, err := trusted.Identify(t.Context(), token)
		for end := time.Now().Add(time.Second); !errors.Is(err, wanted) && time.Now().Before(end); {
			_, err = trusted.Identify(t.Context(), token)
		}
		if !errors.Is(err, wanted) {
			t.Fatalf("%v, want %v", err, wanted)
		}
	}
	must := func(token string) {
		t.Helper()
		identify(token, nil)
	}
	refused := func(token string) {
		t.Helper()
		if who, err := trusted.Identify(t.Context(), token); err == nil {
			t.Fatalf("taken for %+v", who)
		}
	}
	for range 10 {
		must(i.token(nil))
	}
	i.addKey("two")
	second := signed(t, i.keys["two"], "two", i.claims(nil))
	refused(second) // the keys were asked for a moment ago
	for range 100 {
		refused(signed(t, i.keys["two"], "three", i.claims(nil)))
	}
	if n := i.fetches.Load(); n != 1 {
		t.Errorf("the keys were asked for %d times", n)
	}
	now = now.Add(6 * time.Second)
	must(second)

	i.away.Store(true)
	must(i.token(nil))
	now = now.Add(6 * time.Second)
	identify(signed(t, i.keys["two"], "three", i.claims(nil)), access.ErrIssuerAway) // which may have that key by now
	now = now.Add(50 * time.Minute)
	must(second)
	i.away.Store(false)
	i.mu.Lock()
	one := i.keys["one"]
	delete(i.keys, "one")
	i.mu.Unlock()
	now = now.Add(20 * time.Minute)
	refused(signed(t, one, "one", i.claims(map[string]any{"exp": now.Add(time.Hour).Unix()})))
}

func TestTheIssuerNeedNotBeThere(t *testing.T) {
	i := newIssuer(t)
	i.away.Store(true)
	now := time.Now()
	trusted := i.trusted(func() time.Time { return now })
	for range 3 {
		if _, err := trusted.Identify(t.Context(), i.token(nil)); !errors.Is(err, access.ErrIssuerAway) {
			t.Errorf("while the issuer is away: %v", err)
		}
	}
	i.away.Store(false)
	now = now.Add(6 * time.Second)
	if _, err := trusted.Identify(t.Context(), i.token(nil)); err != nil {
		t.Error(err)
	}
}

func TestWhichIssuersAreTaken(t *testing.T) {
	for url, ok := range map[string]bool{"https://login.example.com": true, "http://127.0.0.1:8443/realm": true, "http://localhost": true,
		"http://login.example.com": false, "login.example.com": false, "": false, "ftp://login.example.com": false} {
		if _, err := oidc.New(oidc.Config{Issuer: url, Audience: "rapport", RoleClaim: "roles"}); (err == nil) != ok {
			t.Errorf("%q: %v", url, err)
		}
	}
	if _, err := oidc.New(oidc.Config{Issuer: "https://login.example.com", RoleClaim: "roles"}); err == nil {
		t.Error("tokens for anybody are taken")
	}
}
