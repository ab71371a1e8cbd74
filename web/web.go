// Package web is the console: pages at the address of the server for those who work with customers. It decides what a page
// shows and how. It must not know how anything is stored or decided: all that it shows and does is asked of the API, in
// this process, as an app would, with the token of whoever is signed in. So roles, limits, problems and the record of who
// looked are the API's.
package web

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/oidc"
	"github.com/rapport-crm/rapport/internal/uploads"
)

// Config is what the console needs.
type Config struct {
	API     http.Handler // asked for everything, and served at every path that is not the console's
	Version string
	Secure  bool // the server is reached over TLS: cookies are for TLS alone
	Now     func() time.Time
	Logger  *slog.Logger
	// Background ends when the server is about to: what browsers follow ends with it, and what goes on behind pages.
	Background context.Context
	SignIn     *oidc.SignIn  // at an OpenID Connect issuer; nil: by tokens alone
	Uploads    *uploads.Desk // where files to be imported stand; nil: none are taken
	// MakeUp makes up a shop by the API, and returns once the tables show it; it writes how far it is. nil: none is offered.
	MakeUp func(ctx context.Context, api *client.Client, progress io.Writer) error
	// Vault says which keys there are; nil: there is no vault.
	Vault func(context.Context) (VaultStatus, error)
}

type console struct {
	behind   http.Handler // the API
	version  string
	secure   bool
	now      func() time.Time
	logger   *slog.Logger
	sessions *sessions
	jobs     *jobs
	uploads  *uploads.Desk
	makeUp   func(context.Context, *client.Client, io.Writer) error
	vault    func(context.Context) (VaultStatus, error)
	signsIn  *oidc.SignIn
	begun    *begunSignIns
	ctx      context.Context
	forms    *catalogue
	origin   *http.CrossOriginProtection
	mux      *http.ServeMux
	roles    map[string]access.Roles // who sees a page, by its pattern
}

// New returns a handler of the console's pages, and of the API's routes.
func New(config Config) http.Handler {
	c := &console{behind: config.API, version: config.Version, secure: config.Secure, now: config.Now,
		logger: cmp.Or(config.Logger, slog.Default()), origin: http.NewCrossOriginProtection(), mux: http.NewServeMux(),
		roles: map[string]access.Roles{}}
	if c.now == nil {
		c.now = time.Now
	}
	if c.ctx = config.Background; c.ctx == nil {
		c.ctx = context.Background()
	}
	c.sessions = newSessions(c.now)
	c.signsIn, c.begun = config.SignIn, &begunSignIns{now: c.now, all: map[[32]byte]begunSignIn{}}
	c.jobs, c.uploads, c.makeUp, c.vault = &jobs{now: c.now, ctx: c.ctx}, config.Uploads, config.MakeUp, config.Vault
	c.forms = &catalogue{api: config.API}
	c.mux.Handle("GET "+assetsPath, http.HandlerFunc(serveAsset))
	c.signing()
	for _, p := range pages {
		c.page(p)
	}
	c.actions()
	c.corrections()
	c.imports()
	c.welcomes()
	return c
}

// ServeHTTP implements http.Handler.
func (c *console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if ofAPI(r.URL.Path) {
		c.behind.ServeHTTP(w, r)
		return
	}
	harden(w, r)
	if _, pattern := c.mux.Handler(r); pattern == "" && r.Method != http.MethodGet && r.Method != http.MethodHead {
		c.behind.ServeHTTP(w, r) // which says what there is
		return
	} else if pattern == "" {
		c.notFound(w, r)
		return
	}
	if err := c.elsewhere(r); err != nil {
		http.Error(w, "This was asked by a page from elsewhere, so nothing was done. Open the console itself.", http.StatusForbidden)
		return
	}
	c.mux.ServeHTTP(w, r)
}

// ofAPI reports whether a path is the API's.
func ofAPI(path string) bool {
	for _, prefix := range []string{"/v1/", "/openapi", "/schemas/"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	switch path {
	case "/docs", "/healthz", "/readyz", "/metrics", "/v1":
		return true
	}
	return false
}

// notFound shows people a page, and leaves to the API what it says to programs.
func (c *console) notFound(w http.ResponseWriter, r *http.Request) {
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		c.behind.ServeHTTP(w, r)
		return
	}
	v, ok := c.visit(w, r)
	if !ok {
		return
	}
	v.fail(&Problem{Status: http.StatusNotFound, Title: "There is no such page", Detail: "The address may be misspelt, or of an older version."})
}

// harden sets what a browser is to keep others from.
func harden(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "+
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cache-Control", "no-store")
	if r.TLS != nil {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}
