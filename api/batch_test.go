package api_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
)

// brief sums up the answers to a batch: status and code of each line.
func brief(t *testing.T, answers []map[string]any) (out []string) {
	t.Helper()
	for i, a := range answers {
		if a["line"] != float64(i+1) {
			t.Errorf("answer %d is to line %v", i+1, a["line"])
		}
		text := fmt.Sprint(a["status"])
		if p, ok := a["problem"].(map[string]any); ok {
			text += fmt.Sprintf(" %v", p["code"])
		}
		out = append(out, text)
	}
	return out
}

func about(command, id, body string) string {
	return `{"command":"` + command + `","customer_id":"` + id + `","body":` + body + `}`
}

func TestBatchAnswersEachLine(t *testing.T) {
	w := newWorld(t)
	bob := numbered(1)
	got := brief(t, w.batch(
		about("register_customer", alice, `{"kind":"person"}`),
		`{"command":"record_purchase","customer_id":"`+alice+`",`+bought(1)[1:],        // beside the command
		`{"customer_id":"`+alice+`","body":`+bought(2)+`,"command":"record_purchase"}`, // the name at the end
		`{"command":"record_purchase"`,
		`nonsense`,
		about("record_purchases", alice, bought(3)),
		`{"customer_id":"`+alice+`"}`,
		about("record_purchase", bob, bought(3)),
		`{"command":"record_purchase","body":`+bought(3)+`}`,
		`{"command":"record_purchase","customer_id":"`+alice+`","currency":"EUR","body":`+bought(3)+`}`,
		`{"command":"record_purchase","customer_id":"`+alice+`","body":{"customer_id":"`+bob+`",`+bought(3)[1:]+`}`,
		`{"command":"record_purchase","customer_id":"`+alice+`","if_revision":0,"body":`+bought(3)+`}`,
		`{"command":"record_purchase","customer_id":"`+alice+`","idempotency_key":"k","body":`+bought(4)+`}`,
		`{"command":"record_purchase","customer_id":"`+alice+`","idempotency_key":"k","body":`+bought(4)+`}`,
		`{"command":"close_day","customer_id":"`+alice+`","date":"2024-04-30"}`,
		`{"command":"close_day","date":"2024-04-30"}`,
		`{"command":"define_segment","name":"vip","rule":"orders > 1"}`,
		`{"command":"define_segment","name":"`+strings.Repeat("x", 300)+`","rule":"orders > 1"}`,
		`{"command":"retire_segment","body":{"name":"vip"}}`,
		`{"command":"publish_ladder","ladder":{"stages":[{"name":"a","rule":"true"}]}}`,
		`{"command":"register_customer","kind":"person","customer_id":"`+bob+`"}`,
		about("record_purchase", bob, bought(1)),
	))
	want := []string{"201", "201", "201", "400 json_malformed", "400 json_malformed", "400 command_unknown",
		"400 command_unknown", "404 customer_unknown", "400 customer_id_missing", "400 body_twice", "400 customer_id_differs",
		"412 revision_stale", "201", "200", "400 field_unknown", "201", "201", "422 segment_name_malformed", "201", "201",
		"201", "201"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := w.must(200, "GET", "/v1/customers/"+alice+"/history", "").json(t)["orders"]; got != 3.0 {
		t.Errorf("alice has %v orders", got)
	}
}

func TestBlankLinesCountButAreNotAnswered(t *testing.T) {
	w := newWorld(t)
	answers := w.batch("", about("register_customer", alice, `{"kind":"person"}`), "  ", "{", "")
	if len(answers) != 2 || answers[0]["line"] != 2.0 || answers[1]["line"] != 4.0 {
		t.Errorf("got %v", answers)
	}
	if a := w.must(200, "POST", "/v1/batch", "\n", "Content-Type: application/x-ndjson"); a.text != "" {
		t.Errorf("an empty batch was answered by %s", a.text)
	}
}

func TestLinesAreAnsweredWithTheirKeys(t *testing.T) {
	w := newWorld(t)
	answers := w.batch(`{"command":"register_customer","kind":"person","customer_id":"`+alice+`","idempotency_key":"a \"b\""}`,
		`{"command":"record_interaction","customer_id":"`+alice+`","kind":"","direction":"inbound","idempotency_key":"c"}`,
		about("record_interaction", alice, `{"kind":"call","direction":"inbound"}`))
	for i, want := range []any{`a "b"`, "c", nil} {
		if got := answers[i]["idempotency_key"]; got != want {
			t.Errorf("line %d: %v, want %v", i, answers[i], want)
		}
	}
}

func TestBarriersKeepBeforeAndAfterApart(t *testing.T) {
	w := newWorld(t)
	var batch []string
	for day := range 5 {
		for i := range 20 {
			batch = append(batch, about("register_customer", numbered(100*day+i), `{"kind":"person"}`))
		}
		batch = append(batch, fmt.Sprintf(`{"command":"close_day","date":"2024-04-%02d"}`, day+1))
	}
	for _, a := range w.batch(batch...) {
		if a["status"] != 201.0 {
			t.Fatal(a)
		}
	}
	day := 0
	for record, err := range w.store.ReadAll(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if record.Stream == "calendar" {
			day++
			continue
		}
		if want := fmt.Sprintf("customer-%s", numbered(100*day)); record.Stream[:len(want)-2] != want[:len(want)-2] {
			t.Fatalf("%s was registered on day %d", record.Stream, day)
		}
	}
}

// faultyStore fails where a test wants it to.
type faultyStore struct {
	eventstore.Store
	append func(ctx context.Context, stream string) error
}

func (s *faultyStore) Append(ctx context.Context, stream string, expected eventstore.Expected,
	events []eventstore.Proposed) (eventstore.Appended, error) {
	if err := s.append(ctx, stream); err != nil {
		return eventstore.Appended{}, err
	}
	return s.Store.Append(ctx, stream, expected, events)
}

func newFaultyWorld(t *testing.T, fault func(ctx context.Context, stream string) error, adjust ...func(*api.Config)) *world {
	t.Helper()
	store := &faultyStore{newWorld(t).store, fault}
	fewAttempts := func(c *api.Config) {
		c.Commands = commands.New(store, eventstore.NewCodec(), commands.Options{MaxAttempts: 2})
	}
	return newWorldOver(t, store, append(adjust, fewAttempts)...)
}

func TestBatchAnswersWhileItGoesOn(t *testing.T) {
	release := make(chan struct{})
	slow := customer.StreamPrefix + numbered(2)
	w := newFaultyWorld(t, func(ctx context.Context, stream string) error {
		if stream == slow {
			select {
			case <-release:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	server := httptest.NewServer(w.server)
	defer server.Close()
	body := about("register_customer", numbered(1), `{"kind":"person"}`) + "\n" +
		about("register_customer", numbered(2), `{"kind":"person"}`) + "\n"
	response, err := http.Post(server.URL+"/v1/batch", "application/x-ndjson", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answers := bufio.NewScanner(response.Body)
	if !answers.Scan() || !strings.HasPrefix(answers.Text(), `{"line":1,"status":201,`) {
		t.Fatalf("%s, %v", answers.Text(), answers.Err())
	}
	close(release) // the second line is carried out only now that the first was read
	if !answers.Scan() || !strings.HasPrefix(answers.Text(), `{"line":2,"status":201,`) {
		t.Fatalf("%s, %v", answers.Text(), answers.Err())
	}
	if answers.Scan() {
		t.Errorf("a third answer: %s", answers.Text())
	}
}

func TestFaultsOfALineAreItsOwn(t *testing.T) {
	w := newFaultyWorld(t, func(_ context.Context, stream string) error {
		switch stream {
		case customer.StreamPrefix + numbered(2):
			panic("on purpose")
		case customer.StreamPrefix + numbered(3):
			return fmt.Errorf("append: %w", eventstore.ErrUnavailable)
		case customer.StreamPrefix + numbered(4):
			return errors.New("the secret of the house")
		}
		return nil
	})
	var batch []string
	for i := range 5 {
		batch = append(batch, about("register_customer", numbered(i+1), `{"kind":"person"}`))
	}
	answers := w.batch(batch...)
	want := []string{"201", "500 internal", "503 event_store_unavailable", "500 internal", "201"}
	if diff := cmp.Diff(want, brief(t, answers)); diff != "" {
		t.Error(diff)
	}
	if text := marshal(t, answers); strings.Contains(text, "secret") || strings.Contains(text, "on purpose") {
		t.Errorf("the answer tells too much: %s", text)
	}
	for _, i := range []int{1, 3} {
		if id := answers[i]["problem"].(map[string]any)["instance"].(string); !strings.Contains(w.logged.String(), id) {
			t.Errorf("the log does not know %s", id)
		}
	}
}

func TestLimitsOfABatch(t *testing.T) {
	w := newWorld(t, func(c *api.Config) { c.Limits = api.Limits{Batch: 4000, Line: 1000, Lines: 10} })
	one := about("register_customer", alice, `{"kind":"person"}`)
	ten := slices.Repeat([]string{one}, 10)
	send := func(body string) string {
		return told(t, w.do("POST", "/v1/batch", body, "Content-Type: application/x-ndjson"))
	}
	w.unchanged(func() {
		if got := send(strings.Join(append(ten, one), "\n")); got != "413 batch_too_long " {
			t.Error(got)
		}
		if got := send(one + strings.Repeat("\n", 4000)); got != "413 body_too_large body" {
			t.Error(got)
		}
		if got := told(t, w.do("POST", "/v1/batch", one)); got != "415 media_type_unsupported header.Content-Type" {
			t.Error(got)
		}
	})
	long := about("record_interaction", alice, `{"kind":"call","text":"`+strings.Repeat("x", 1000)+`"}`)
	if diff := cmp.Diff([]string{"201", "413 line_too_large", "200"}, brief(t, w.batch(one, long, one))); diff != "" {
		t.Error(diff)
	}
	w.batch(ten...)
}

func TestBatchesWaitForEachOther(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	w := newFaultyWorld(t, func(context.Context, string) error {
		close(entered)
		<-release
		return nil
	}, func(c *api.Config) { c.Limits = api.Limits{Batches: 1, BatchTime: 100 * time.Millisecond} })
	done := make(chan []map[string]any)
	one := about("register_customer", alice, `{"kind":"person"}`)
	go func() { done <- w.batch(one) }()
	<-entered
	if got := told(t, w.do("POST", "/v1/batch", one, "Content-Type: application/x-ndjson")); got != "503 timeout " {
		t.Error(got)
	}
	close(release)
	<-done
}
