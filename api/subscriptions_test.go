package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/history"
	"github.com/rapport-crm/rapport/internal/integration"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
)

// receiver is another system that refuses what is about some customer, until it is told otherwise.
type receiver struct {
	*httptest.Server
	mu         sync.Mutex
	refuses    string
	took       []string // revision, type and subject
	signatures []int    // of each
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, in *http.Request) {
		body, err := io.ReadAll(in.Body)
		if err != nil {
			t.Error(err)
		}
		var e struct{ Type, Subject, Sequence string }
		if err := json.Unmarshal(body, &e); err != nil {
			t.Error(err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		if e.Subject == r.refuses {
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		r.took = append(r.took, strings.TrimPrefix(e.Type, "customer.")+" "+e.Subject)
		r.signatures = append(r.signatures, len(strings.Fields(in.Header.Get("Webhook-Signature"))))
	}))
	t.Cleanup(r.Close)
	return r
}

// taken returns what was taken since it was asked last, of one customer, and by how many secrets the newest was signed.
func (r *receiver) taken(of string) (types []string, signatures int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, one := range r.took {
		if name, ok := strings.CutSuffix(one, " "+of); ok {
			types = append(types, name)
		}
	}
	if len(r.signatures) > 0 {
		signatures = r.signatures[len(r.signatures)-1]
	}
	r.took, r.signatures = nil, nil
	return types, signatures
}

func (r *receiver) refuse(subject string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refuses = subject
}

// newSubscribed is a world that sends to those who subscribe, in haste: what is refused twice is dead.
func newSubscribed(t *testing.T) *following {
	t.Helper()
	store, url, began := newWorld(t).store, postgrestest.Database(t), time.Now()
	return followingOver(t, store, url, func(c *api.Config) {
		service, err := integration.New(t.Context(), integration.Config{DatabaseURL: url, Log: history.NewReader(store, eventstore.NewCodec()),
			Secret: []byte("own"), Judge: c.Reader.Judge, Now: func() time.Time { return noon.Add(time.Since(began)) }, Attempts: 2, Retry: time.Millisecond, RetryMost: time.Millisecond, Poll: 5 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan error, 1)
		go func() { ended <- service.Run(ctx) }()
		t.Cleanup(func() {
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
			service.Close()
		})
		c.Subscriptions = service
	})
}

// until asks for how far a subscription is until it is that far: dead, delivered, waiting.
func (f *following) until(subscription, want string) {
	f.t.Helper()
	deadline, look := time.NewTimer(time.Minute), time.NewTicker(10*time.Millisecond)
	defer deadline.Stop()
	defer look.Stop()
	for {
		a := f.do("GET", "/v1/subscriptions/"+subscription+"/delivery", "")
		got := a.Status
		if a.StatusCode == 200 {
			d := a.json(f.t)
			got = fmt.Sprintf("dead %v, delivered %v, waiting %v", d["dead"], d["delivered"], d["waiting"])
		}
		if got == want {
			return
		}
		select {
		case <-look.C:
		case <-deadline.C:
			f.t.Fatalf("%s, want %s", got, want)
		}
	}
}

// What a subscription could not send is listed, tried again and replayed, in order for each customer; its secret is replaced.
func TestSubscriptionRoutes(t *testing.T) {
	f, r := newSubscribed(t), newReceiver(t)
	const desk = "/v1/subscriptions/desk"
	bad, good := numbered(1), numbered(2)
	r.refuse(bad)
	f.must(201, "PUT", desk, `{"url":"`+r.URL+`","types":["customer.registered.v1","customer.interaction_recorded.v1"]}`)
	f.until("desk", "dead 0, delivered 0, waiting 0")
	begin := f.head()
	for _, id := range []string{bad, good} {
		f.must(201, "POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person"}`)
		for range 2 {
			f.must(201, "POST", "/v1/customers/"+id+"/interactions", `{"kind":"call","direction":"inbound"}`)
		}
	}
	f.until("desk", "dead 3, delivered 3, waiting 0")
	all := []string{"registered.v1", "interaction_recorded.v1", "interaction_recorded.v1"}
	if got, _ := r.taken(good); !slices.Equal(got, all) {
		t.Errorf("of who is taken: %v", got)
	}
	var letters []string
	for _, l := range list(t, f.must(200, "GET", desk+"/letters", "").json(t), "letters") {
		l := l.(map[string]any)
		letters = append(letters, strings.TrimPrefix(l["type"].(string), "customer."))
		if l["subject"] != bad || l["status"] != "dead" || l["attempts"] != 2.0 || !strings.Contains(fmt.Sprint(l["error"]), "422") {
			t.Errorf("letter %v", l)
		}
	}
	if !slices.Equal(letters, all) {
		t.Errorf("letters %v", letters)
	}
	if got := list(t, f.must(200, "GET", desk+"/letters?limit=1", "").json(t), "letters"); len(got) != 1 {
		t.Errorf("one letter: %v", got)
	}

	r.refuse("")
	if got := f.must(200, "POST", desk+"/retried", "").json(t)["waiting"]; got != 3.0 {
		t.Errorf("%v are tried again", got)
	}
	f.until("desk", "dead 0, delivered 6, waiting 0")
	if got, _ := r.taken(bad); !slices.Equal(got, all) {
		t.Errorf("tried again: %v", got)
	}
	f.must(200, "POST", fmt.Sprintf("%s/replayed?position=%v", desk, begin), "")
	f.until("desk", "dead 0, delivered 12, waiting 0")
	if got, _ := r.taken(bad); !slices.Equal(got, all) {
		t.Errorf("replayed: %v", got)
	}

	secrets := func() []any { return list(t, f.must(200, "GET", desk+"/secret", "").json(t), "secrets") }
	was := secrets()
	f.must(201, "POST", desk+"/secret/rotated", `{}`)
	f.must(200, "POST", desk+"/secret/rotated", `{}`)
	f.after(desk)
	if now := secrets(); len(was) != 1 || len(now) != 2 || now[0] == was[0] || now[1] != was[0] {
		t.Errorf("secrets were %v, are %v", was, now)
	}
	if tested := f.must(200, "POST", desk+"/tested", "").json(t); tested["delivered"] != true {
		t.Errorf("tested: %v", tested)
	}
	if got, signatures := r.taken("desk"); signatures != 2 || !slices.Equal(got, []string{"rapport.test.v1"}) {
		t.Errorf("the test %v is signed %d times", got, signatures)
	}

	got := map[string]string{}
	want := map[string]string{
		"POST " + desk + "/replayed":                      "400 parameter_malformed query.position",
		"POST " + desk + "/replayed?position=-1":          "400 parameter_malformed query.position",
		"POST " + desk + "/replayed?position=999999999":   "422 position_ahead query.position",
		"POST /v1/subscriptions/none/replayed?position=0": "404 not_found ",
		"POST /v1/subscriptions/none/retried":             "404 not_found ",
		"POST /v1/subscriptions/none/tested":              "404 subscription_unknown path.subscription",
		"GET /v1/subscriptions/none/secret":               "404 subscription_unknown path.subscription",
		"GET /v1/subscriptions/none/letters":              "404 not_found ",
		"GET " + desk + "/letters?limit=0":                "400 parameter_malformed query.limit",
		"GET " + desk + "/letters?status=dead":            "400 parameter_malformed query.status",
	}
	for asked := range want {
		method, path, _ := strings.Cut(asked, " ")
		got[asked] = told(t, f.do(method, path, ""))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	f.must(201, "DELETE", desk, "")
	f.until("desk", "404 Not Found")
}
