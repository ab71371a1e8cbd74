package api_test

import (
	"context"
	"errors"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/eventstore"
)

// cut is a store that appends to one stream at a time, and whose process ends after so many appends.
type cut struct {
	eventstore.Store
	left int
}

func (c *cut) Limits() eventstore.Limits {
	l := c.Store.Limits()
	l.Joint = false
	return l
}

func (c *cut) Append(ctx context.Context, stream string, expected eventstore.Expected, events []eventstore.Proposed) (
	eventstore.Appended, error) {
	if c.left--; c.left < 0 {
		return eventstore.Appended{}, errors.New("the process was killed")
	}
	return c.Store.Append(ctx, stream, expected, events)
}

func (c *cut) AppendAll(ctx context.Context, writes []eventstore.Write) (all []eventstore.Appended, err error) {
	for _, w := range writes {
		a, err := c.Append(ctx, w.Stream, w.Expected, w.Events)
		if err != nil {
			return all, err
		}
		all = append(all, a)
	}
	return all, nil
}

// A merge of which the process recorded one half is completed by the next process at the sight of the absorbed customer:
// they are one, and can be split, merged elsewhere and erased.
func TestHalfAMergeIsCompleted(t *testing.T) {
	a, b, c := "/v1/customers/"+alice, numbered(0xb0b), numbered(0xca21)
	w := newWorld(t)
	for _, id := range []string{alice, b, c} {
		w.must(201, "POST", "/v1/customers", `{"kind":"person","customer_id":"`+id+`"}`)
	}
	w.must(201, "POST", purchases(b), bought(1))
	for _, left := range []int{1, 2} { // only that it begins; then the absorbed customer's half as well
		half := newWorldOver(t, &cut{w.store, left})
		if a := half.do("POST", a+"/merges", `{"absorbed_id":"`+b+`"}`); a.StatusCode < 500 { // no promise either way
			t.Fatalf("cut off before the half of the survivor: %s", a.text)
		}
		if left == 1 {
			h := newWorldOver(t, &cut{w.store, 1000}).must(200, "GET", "/v1/customers/"+b+"/history", "").json(t)
			if h["customer_id"] != b {
				t.Errorf("a merge that only began is one: %v", h)
			}
		}
	}
	next := newWorldOver(t, &cut{w.store, 1000})
	for _, id := range []string{b, alice} {
		next.must(200, "POST", purchases(id), bought(1)) // which is known under either id
		if h := next.must(200, "GET", "/v1/customers/"+id+"/history", "").json(t); h["customer_id"] != alice || h["orders"] != 1.0 {
			t.Errorf("the history of %s is that of %v, with %v orders", id, h["customer_id"], h["orders"])
		}
	}
	next.must(201, "POST", a+"/merges/separated", `{"absorbed_id":"`+b+`"}`)
	next.must(201, "POST", "/v1/customers/"+c+"/merges", `{"absorbed_id":"`+b+`"}`)
	next.must(201, "POST", a+"/erase", `{"reason":"asked"}`)
	next.must(201, "POST", "/v1/customers/"+c+"/erase", `{"reason":"asked"}`)
	for _, id := range []string{alice, b, c} {
		next.must(410, "POST", purchases(id), bought(2))
	}
}

// What it takes to merge many customers into one grows with their number, not with its square, and the tables follow.
func TestManyAreMergedIntoOne(t *testing.T) {
	took := map[int]uint64{}
	allocated := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.TotalAlloc
	}
	for _, n := range []int{375, 1500} {
		w := newWorld(t)
		var lines, merges []string
		for i := range n {
			lines = append(lines, about("register_customer", numbered(i), `{"kind":"person"}`), about("record_purchase", numbered(i), bought(i)))
			if i > 0 {
				merges = append(merges, about("merge_customers", numbered(0), `{"absorbed_id":"`+numbered(i)+`"}`))
			}
		}
		w.batch(lines...)
		before := allocated()
		for i, a := range w.batch(merges...) {
			if a["status"] != 201.0 {
				t.Fatalf("merge %d: %v", i+1, a)
			}
		}
		w.must(200, "POST", purchases(numbered(n-1)), bought(n-1)) // all of the person is folded
		took[n] = allocated() - before
	}
	if t.Logf("bytes allocated: %v", took); took[1500] > 7*took[375] {
		t.Errorf("four times as many customers take %d bytes instead of %d", took[1500], took[375])
	}
}

// The tables know of everybody who was merged into one.
func TestLongTablesFollowManyMerges(t *testing.T) {
	const n = 1500
	f := newFollowing(t)
	lines := make([]string, 0, 3*n)
	for i := range n {
		lines = append(lines, about("register_customer", numbered(i), `{"kind":"person"}`), about("record_purchase", numbered(i), bought(i)))
	}
	f.batch(lines...)
	f.after("/v1/loyalty/stages")
	lines = lines[:0]
	for i := range n - 1 {
		lines = append(lines, about("merge_customers", numbered(0), `{"absorbed_id":"`+numbered(i+1)+`"}`))
	}
	f.batch(lines...)
	began := time.Now()
	one := f.after("/v1/customers/" + numbered(n-1))
	t.Logf("the tables followed after %s", time.Since(began).Round(time.Millisecond))
	if one["customer_id"] != numbered(0) || one["orders"] != float64(n) {
		t.Errorf("%v has %v orders, want %d of %s", one["customer_id"], one["orders"], n, numbered(0))
	}
}

// An answer without a number is not a zero, which would be a detractor's.
func TestAnAnswerWithoutANumberIsRefused(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	w.must(201, "PUT", "/v1/questionnaires/nps", `{"kind":"nps","items":[{"item":"recommend","min":0,"max":10}]}`)
	answer := func(value string) string {
		return `{"questionnaire":"nps","version":1,"answers":[{"item":"recommend"` + value + `}]}`
	}
	for _, value := range []string{"", `,"value":null`} {
		w.unchanged(func() {
			if got := told(t, w.do("POST", "/v1/customers/"+alice+"/surveys", answer(value))); got != "400 field_missing body.answers[0].value" {
				t.Errorf("%q: %s", value, got)
			}
		})
	}
	w.must(201, "POST", "/v1/customers/"+alice+"/surveys", answer(`,"value":0`))
}

// A retention rule without its number, and a policy without its rules, would erase everybody.
func TestARetentionRuleWithoutItsNumberIsRefused(t *testing.T) {
	w := newWorld(t)
	w.must(201, "PUT", "/v1/segments/buyers", `{"rule":"orders > 0"}`)
	for body, want := range map[string]string{
		`{"retention":{"rules":[{"rule":"forget","segment":"buyers","action":"erase"}]}}`:                   "400 field_missing body.retention.rules[0].after_days",
		`{"retention":{"rules":[{"rule":"forget","segment":"buyers","action":"erase","after_days":null}]}}`: "400 field_missing body.retention.rules[0].after_days",
		`{"retention":{"rules":[{"rule":"forget","segment":"buyers","action":"erase","after_days":0}]}}`:    "422 retention_erasure_too_soon body.retention.rules[0].after_days",
		`{}`:                 "400 field_missing body.retention",
		`{"retention":null}`: "400 field_missing body.retention",
	} {
		w.unchanged(func() {
			if got := told(t, w.do("PUT", "/v1/policies/retention", body)); got != want {
				t.Errorf("%s: %s, want %s", body, got, want)
			}
		})
	}
}

// The year 1 is no time at which anything happened, nor is it now: whatever is told of it is refused.
func TestTheYearOneIsRefused(t *testing.T) {
	w := newWorld(t)
	asked := w.eachExample(func(method, path, example string) {
		dated := strings.Replace(strings.Replace(example, "{", `{"occurred_at":"0001-01-01T00:00:00Z",`, 1), ",}", "}", 1)
		if strings.Contains(example, `"occurred_at"`) {
			dated = occurredAt.ReplaceAllString(example, `"occurred_at":"0001-01-01T00:00:00Z"`)
		}
		if got := told(t, w.do(method, path, dated)); !strings.HasPrefix(got, "422 occurred_at_too_early body.") {
			t.Errorf("%s %s %s: %s", method, path, dated, got)
		}
		w.must(201, method, path, example)
	})
	if asked < 80 {
		t.Errorf("%d commands were asked", asked)
	}
}

var occurredAt = regexp.MustCompile(`"occurred_at":"[^"]*"`)
