package api_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Who is cut off again and again, anywhere, gets every event once and in order.
func TestAFollowerThatIsCutMissesAndDoublesNothing(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	server := httptest.NewServer(w.server)
	defer server.Close()
	const events, cuts = 400, 200
	wrote := make(chan error, 1)
	go func() {
		for i := range events - 1 {
			body := fmt.Sprintf(`{"interaction_id":"%s","kind":"call","direction":"inbound"}`, numbered(i))
			answer, err := http.Post(server.URL+"/v1/customers/"+alice+"/interactions", "application/json", strings.NewReader(body))
			if err != nil || answer.StatusCode != 201 {
				wrote <- fmt.Errorf("%v %v", answer, err)
				return
			}
			answer.Body.Close()
		}
		wrote <- nil
	}()
	chance := rand.New(rand.NewPCG(1, 2))
	var got []int
	last := ""
	for cut := 0; len(got) < events; cut++ {
		most := events
		if cut < cuts {
			most = chance.IntN(4)
		}
		got, last = followed(t, server.URL, got, last, most, events)
	}
	if err := <-wrote; err != nil {
		t.Fatal(err)
	}
	for i, revision := range got {
		if revision != i {
			t.Fatalf("event %d has revision %d: %v", i, revision, got)
		}
	}
}

// followed follows a stream for some events more, and cuts the connection in the middle of the next one.
func followed(t *testing.T, url string, got []int, last string, most, all int) ([]int, string) {
	t.Helper()
	ctx, cut := context.WithCancel(t.Context())
	defer cut()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/v1/events?types=customer.*", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got := answer.Header.Get("Content-Type"); answer.StatusCode != 200 || got != "text/event-stream" {
		t.Fatalf("%s %s", answer.Status, got)
	}
	lines := bufio.NewReader(answer.Body)
	id, revision := "", -1
	for taken := 0; len(got) < all; {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("after %d events: %v", len(got), err)
		}
		switch name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": "); {
		case name == "id":
			id = value
		case name == "data":
			if taken == most {
				return got, last // cut within an event
			}
			_, rest, _ := strings.Cut(value, `"revision":`)
			digits, _, _ := strings.Cut(rest, ",")
			if revision, err = strconv.Atoi(digits); err != nil {
				t.Fatal(err)
			}
		case line == "\n" && id != "":
			if last = id; revision >= 0 {
				got, revision = append(got, revision), -1
				taken++
			}
		}
	}
	return got, last
}

func TestEventsArePolled(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	w.must(201, "POST", purchases(alice), bought(1))
	w.must(201, "PUT", "/v1/segments/vip", `{"rule":"true"}`)
	types := func(query string) (types []string) {
		page := w.must(200, "GET", "/v1/events"+query, "").json(t)
		for _, e := range list(t, page, "events") {
			types = append(types, e.(map[string]any)["type"].(string))
		}
		return types
	}
	for query, want := range map[string][]string{
		"?types=customer.*":                         {"customer.registered.v1", "customer.purchase_recorded.v1"},
		"?types=segment.defined.v1":                 {"segment.defined.v1"},
		"?customer_id=" + alice:                     {"customer.registered.v1", "customer.purchase_recorded.v1"},
		"?customer_id=" + numbered(7):               nil,
		"?types=customer.*&limit=1":                 {"customer.registered.v1"},
		fmt.Sprint("?wait_s=1&position=", w.head()): nil,
	} {
		if diff := cmp.Diff(want, types(query)); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	page := w.must(200, "GET", "/v1/events?types=customer.registered.v1", "").json(t)
	if text := fmt.Sprint(page); strings.Contains(text, "Alice") || page["position"].(float64) == 0 {
		t.Errorf("what is personal: %s", text)
	}
	arrives := make(chan answer, 1)
	at := w.head()
	go func() { arrives <- w.do("GET", fmt.Sprint("/v1/events?wait_s=30&position=", at), "") }()
	w.must(201, "POST", purchases(alice), bought(2))
	if a := <-arrives; !strings.Contains(a.text, numbered(2)) {
		t.Errorf("who waited got %s", a.text)
	}
	for query, want := range map[string]string{
		"?position=x":    "400 parameter_malformed query.position",
		"?limit=0":       "400 parameter_malformed query.limit",
		"?wait_s=31":     "400 parameter_malformed query.wait_s",
		"?customer_id=1": "400 customer_id_malformed query.customer_id",
		"?colour=red":    "400 filter_unknown query.colour",
	} {
		if got := told(t, w.do("GET", "/v1/events"+query, "")); got != want {
			t.Errorf("%s: %s", query, got)
		}
	}
}
