package api_test

import (
	"context"
	"testing"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/tokenmark"
)

// Where the log knows of no token, but what stands beside it does, or cannot be read, nobody is let in.
func TestAServerThatHadTokensStaysClosed(t *testing.T) {
	for name, c := range map[string]struct {
		ever bool
		err  error
		code int
	}{
		"a new server":         {false, nil, 200},
		"it had tokens":        {true, nil, 401},
		"some events are gone": {true, tokenmark.ErrShortened, 503},
		"nobody knows":         {true, tokenmark.ErrUnknown, 503},
	} {
		w := newWorld(t, func(config *api.Config) {
			config.Tokens = func(context.Context, uint64) (bool, error) { return c.ever, c.err }
		})
		if a := w.do("GET", "/v1/whoami", ""); a.StatusCode != c.code {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.text)
		}
	}
}

// Events about tokens that are hidden close the server: one of them may have revoked a token.
func TestHiddenEventsAboutTokensCloseTheServer(t *testing.T) {
	w := newWorld(t)
	_, root := w.issue("", "root", access.Admin, "")
	w.issue(root, "ann", access.Admin, "")
	log := w.store.(*embedded.Log)
	if _, err := log.Append(t.Context(), "$$"+access.Stream, eventstore.Any,
		[]eventstore.Proposed{{ID: [16]byte{1}, Type: "$metadata", Data: []byte(`{"$tb":1}`)}}); err != nil {
		t.Fatal(err)
	}
	again := newWorldOver(t, w.store)
	for _, token := range []string{"", root} {
		a := again.do("GET", "/v1/whoami", "", as(token)...)
		if a.StatusCode != 503 || a.json(t)["code"] != "access_shortened" {
			t.Errorf("%d %s", a.StatusCode, a.text)
		}
	}
}

// While the log is not the one that was written down, reads go on and commands do not.
func TestCommandsAreRefusedOnAChangedLog(t *testing.T) {
	var halted error
	store := newWorld(t).store
	w := newWorldOver(t, store, func(c *api.Config) {
		c.Commands = commands.New(store, eventstore.NewCodec(), commands.Options{Halted: func(context.Context) error { return halted }})
	})
	const register = `{"customer_id":"` + alice + `","kind":"person"}`
	halted = commands.ErrHalted
	if a := w.do("POST", "/v1/customers", register); a.StatusCode != 503 || a.json(t)["code"] != "log_changed" {
		t.Errorf("%d %s", a.StatusCode, a.text)
	}
	w.must(200, "GET", "/v1/whoami", "")
	halted = nil
	w.must(201, "POST", "/v1/customers", register)
}
