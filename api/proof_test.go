package api_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/notary"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// provable is a world whose log is written down and signed.
func provable(t *testing.T) (*world, *proof.Key, *notary.Notary) {
	t.Helper()
	key, err := proof.LoadKey(t.TempDir() + "/proof.key")
	if err != nil {
		t.Fatal(err)
	}
	var n *notary.Notary
	w := newWorld(t)
	w = newWorldOver(t, w.store, func(c *api.Config) {
		if n, err = notary.New(t.Context(), notary.Config{Store: w.store, DatabaseURL: postgrestest.Database(t), Key: key}); err != nil {
			t.Fatal(err)
		}
		c.Proof = n
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- n.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		n.Close()
	})
	return w, key, n
}

func TestProofsOverHTTP(t *testing.T) {
	w, key, _ := provable(t)
	if got := w.must(200, "GET", "/v1/proof/key", "").json(t)["verifier"]; got != key.Verifier {
		t.Errorf("key %v, want %s", got, key.Verifier)
	}
	first := w.must(201, "POST", "/v1/customers", registration).json(t)
	head := w.must(200, "POST", "/v1/proof/heads", "").json(t)
	if h, err := proof.OpenHead(head["note"].(string), key.Check()); err != nil || h.Root.String() != head["root"] || float64(h.Size) != head["size"] {
		t.Errorf("%v, %v", head, err)
	}
	second := w.must(201, "POST", "/v1/customers", strings.Replace(registration, "a11c", "b0b0", 1)).json(t)
	if got := told(t, w.do("GET", fmt.Sprintf("/v1/proof/events/%v", second["position"]), "")); got != "404 not_signed " {
		t.Errorf("before it is signed: %s", got)
	}
	later := w.must(200, "POST", "/v1/proof/heads", "").json(t)
	if got := list(t, w.must(200, "GET", "/v1/proof/heads", "").json(t), "heads"); len(got) != 2 || got[0].(map[string]any)["note"] != later["note"] {
		t.Errorf("heads: %v", got)
	}
	page := w.must(200, "GET", "/v1/proof/heads?limit=1", "").json(t)
	rest := w.must(200, "GET", "/v1/proof/heads?cursor="+page["next_cursor"].(string), "").json(t)
	if got := list(t, rest, "heads"); len(got) != 1 || got[0].(map[string]any)["note"] != head["note"] {
		t.Errorf("the second page: %v", got)
	}
	leaves := list(t, w.must(200, "GET", "/v1/proof/leaves", "").json(t), "leaves")
	var paged []any
	for cursor, more := "", true; more; {
		page := w.must(200, "GET", "/v1/proof/leaves?limit=2"+cursor, "").json(t)
		next, there := page["next_cursor"].(string)
		paged, cursor, more = append(paged, list(t, page, "leaves")...), "&cursor="+next, there
	}
	if len(leaves) < 2 || !slices.Equal(leaves, paged) {
		t.Errorf("leaves %v, by pages %v", leaves, paged)
	}
	p := w.must(200, "GET", fmt.Sprintf("/v1/proof/events/%v?head=%v", first["position"], head["size"]), "").json(t)
	if e := p["event"].(map[string]any); e["position"] != first["position"] || p["head"].(map[string]any)["root"] != head["root"] {
		t.Errorf("an event: %v", p)
	}
	c := w.must(200, "GET", fmt.Sprintf("/v1/proof/consistency?from=%v", head["size"]), "").json(t)
	if c["to"].(map[string]any)["root"] != later["root"] || len(list(t, c, "path")) == 0 {
		t.Errorf("consistency: %v", c)
	}
	b, err := proof.OpenBundle(w.must(200, "GET", "/v1/customers/"+first["customer_id"].(string)+"/bundle", "").text+"\n", key.Check())
	if err != nil || len(b.Events) != 1 {
		t.Errorf("bundle: %+v, %v", b, err)
	}
	for path, want := range map[string]string{
		"/v1/proof/events/999999":          "404 not_found ",
		"/v1/proof/events/x":               "400 parameter_malformed path.position",
		"/v1/proof/events/1?head=-1":       "400 size_malformed query.head",
		"/v1/proof/events/1?head=77":       "404 not_found ",
		"/v1/proof/consistency":            "400 parameter_malformed query.from",
		"/v1/proof/consistency?from=x":     "400 size_malformed query.from",
		"/v1/proof/heads?cursor=x":         "400 size_malformed query.cursor",
		"/v1/proof/leaves?cursor=-1":       "400 size_malformed query.cursor",
		"/v1/customers/" + bob + "/bundle": "404 not_found ",
		"/v1/customers/bob/bundle":         "400 customer_id_malformed path.customer_id",
	} {
		if got := told(t, w.do("GET", path, "")); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

const bob = "00000000-0000-4000-8000-000000000b0b"

func TestVerifyOverHTTP(t *testing.T) {
	w, _, _ := provable(t)
	w.must(201, "POST", "/v1/customers", registration)
	w.must(200, "POST", "/v1/proof/heads", "")
	lines := strings.Split(strings.TrimSpace(w.must(200, "POST", "/v1/proof/verify", "").text), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, `"differences":0`) || !strings.Contains(last, `"verifier":"rapport/`) {
		t.Errorf("%s", last)
	}
	if got := w.must(200, "POST", "/v1/proof/verify", `{"heads":["not a head"]}`).text; !strings.Contains(got, `"kind":"forged"`) {
		t.Errorf("a head that is none: %s", got)
	}
	if got := told(t, w.do("POST", "/v1/proof/verify", `[`)); got != "400 json_malformed body" {
		t.Errorf("no object: %s", got)
	}
}

// A proof that is broken is said wherever somebody looks.
func TestBrokenProof(t *testing.T) {
	broken := &atomic.Bool{}
	w := newFollowing(t, func(c *api.Config) { c.Proof = distrusted{broken: broken} })
	w.after("/v1/segments")
	if got := w.do("GET", "/readyz", ""); got.StatusCode != 200 {
		t.Fatalf("%s", got.text)
	}
	broken.Store(true)
	if got := w.do("GET", "/readyz", ""); got.StatusCode != 503 || !strings.Contains(got.text, "position 7") {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
	if got := told(t, w.do("POST", "/v1/proof/heads", "")); got != "500 proof_broken " {
		t.Error(got)
	}
}

// distrusted is a proof of a log that is not what it was, once that was found out.
type distrusted struct {
	api.Proof
	broken *atomic.Bool
}

func (d distrusted) Status() notary.Standing {
	if d.broken.Load() {
		return notary.Standing{State: notary.Broken, Error: "position 7"}
	}
	return notary.Standing{State: "following"}
}

var errFound = errors.Join(errors.New("position 7"), proof.ErrBroken)

func (distrusted) Sign(context.Context) (proof.Head, error) { return proof.Head{}, errFound }
