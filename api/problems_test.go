package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func marshal(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// told sums up a problem: status, code, and the field to blame.
func told(t testing.TB, a answer) string {
	t.Helper()
	if got := a.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("%s %s is no problem: %s", a.Status, got, a.text)
	}
	return summed(t, a.json(t), a.StatusCode)
}

func summed(t testing.TB, p map[string]any, status int) string {
	t.Helper()
	if p["status"] != float64(status) || p["detail"] == "" || p["title"] != http.StatusText(status) {
		t.Errorf("an incomplete problem of status %d: %v", status, p)
	}
	location := ""
	if errors, ok := p["errors"].([]any); ok {
		location = errors[0].(map[string]any)["location"].(string)
	}
	return fmt.Sprintf("%d %v %s", status, p["code"], location)
}

const lines = `"lines":[{"sku":"tea","quantity":1,"unit_price":1}]`

const guided = `{"segment":"keepers","action":"call","reason":"so","assignee":"bob","due_days":7,"cooldown_days":9,` +
	`"expected_value":"avg_order_value","outcome":"purchase","outcome_days":30}`

// badPurchases are purchases that no customer can make, and what is said of each.
var badPurchases = []struct{ body, want string }{
	{``, `400 json_malformed body`},
	{`{`, `400 json_malformed body`},
	{`nonsense`, `400 json_malformed body`},
	{`[]`, `400 field_malformed body`},
	{`{} {}`, `400 json_malformed body`},
	{`{"currency":"EUR","currency":"GBP",` + lines + `}`, `400 field_twice body.currency`},
	{`{"currency":"EUR","colour":"red",` + lines + `}`, `400 field_unknown body.colour`},
	{`{"currency":"EUR","lines":[{"sku":"tea","qty":1}]}`, `400 field_unknown body.lines[0].qty`},
	{`{"currency":17,` + lines + `}`, `400 field_malformed body.currency`},
	{`{"currency":"EUR","lines":{}}`, `400 field_malformed body.lines`},
	{`{"currency":"EUR","purchase_id":"17",` + lines + `}`, `400 id_malformed body.purchase_id`},
	{`{"currency":"EUR","purchase_id":"00000000-0000-0000-0000-000000000000",` + lines + `}`, `400 id_malformed body.purchase_id`},
	{`{"currency":"EUR","purchase_id":"00000000000040008000000000000001",` + lines + `}`, `400 id_malformed body.purchase_id`},
	{`{"currency":"EUR","purchase_id":17,` + lines + `}`, `400 id_malformed body.purchase_id`},
	{`{"currency":"EUR","` + strings.Repeat("x", 1000) + `":1,` + lines + `}`, `400 field_unknown body.…`},
	{`{"currency":"EUR","occurred_at":"yesterday",` + lines + `}`, `400 time_malformed body.occurred_at`},
	{`{"currency":"EUR","occurred_at":"2024-05-03T12:00:00Z",` + lines + `}`, `422 occurred_at_in_future body.occurred_at`},
	{`{"currency":"EUR","occurred_at":"1024-05-03T12:00:00Z",` + lines + `}`, `422 occurred_at_too_early body.occurred_at`},
	{`{"currency":"EUR","occurred_at":"0001-01-01T00:00:00Z",` + lines + `}`, `422 occurred_at_too_early body.occurred_at`},
	{`{"currency":"EUR","occurred_at":17,` + lines + `}`, `400 time_malformed body.occurred_at`},
	{`{"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"1,50"}]}`, `400 number_malformed body.lines[0].unit_price`},
	{`{"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":true}]}`, `400 number_malformed body.lines[0].unit_price`},
	{`{"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"NaN"}]}`, `400 number_malformed body.lines[0].unit_price`},
	{`{"currency":"EUR","lines":[{"sku":"tea","quantity":1e400,"unit_price":1}]}`, `400 number_malformed body.lines[0].quantity`},
	{`{"currency":"EUR","lines":[{"sku":"a","quantity":1,"unit_price":1},{"sku":"tea","quantity":-1,"unit_price":1}]}`,
		`422 quantity_out_of_range body.lines[1].quantity`},
	{`{"currency":"EUR","lines":[{"sku":"tea","quantity":0,"unit_price":1}]}`, `422 quantity_out_of_range body.lines[0].quantity`},
	{`{"currency":"EUR","lines":[{"sku":"tea","quantity":2000000,"unit_price":1}]}`, `422 quantity_out_of_range body.lines[0].quantity`},
	{`{"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":-1}]}`, `422 price_out_of_range body.lines[0].unit_price`},
	{`{"currency":"EUR","lines":[{"sku":"tea","quantity":1}]}`, `400 field_missing body.lines[0].unit_price`},
	{`{"currency":"EUR","lines":[{"sku":"a","quantity":1,"unit_price":0},{"sku":"tea","quantity":1,"unit_price":null}]}`,
		`400 field_missing body.lines[1].unit_price`},
	{`{"currency":"EUR","lines":[{"sku":"","quantity":1,"unit_price":1}]}`, `422 sku_missing body.lines[0].sku`},
	{`{"currency":"EUR","lines":[]}`, `422 lines_missing body.lines`},
	{`{"currency":"EUR"}`, `400 field_missing body.lines`},
	{`{"currency":"EUR","lines":null}`, `400 field_missing body.lines`},
	{`{` + lines + `}`, `400 field_missing body.currency`},
	{`{"currency":"ZZZ",` + lines + `}`, `422 currency_unknown body.currency`},
	{`{"currency":"GBP",` + lines + `}`, `422 rate_missing body.rate`},
	{`{"currency":"EUR","reference":"a\u0000b",` + lines + `}`, `400 text_malformed body.reference`},
	{`{"currency":"EUR","reference":"a\u001bb",` + lines + `}`, `400 text_malformed body.reference`},
	{`{"currency":"EUR","channel":"\u0085",` + lines + `}`, `400 text_malformed body.channel`},
	{`{"currency":"EUR","lines":[{"sku":"t\u007fea","quantity":1,"unit_price":1}]}`, `400 text_malformed body.lines[0].sku`},
	{"{\"currency\":\"EUR\",\"reference\":\"\xff\"," + lines + `}`, `400 json_malformed body.reference`},
	{`{"currency":"EUR","reference":"\ud800",` + lines + `}`, `400 json_malformed body.reference`},
	{`{"currency":"EUR","actor":"` + strings.Repeat("x", 129) + `",` + lines + `}`, `422 text_malformed body.actor`},
	{`{"currency":"EUR","reference":"` + strings.Repeat("x", 10_000) + `",` + lines + `}`, `422 text_malformed body.reference`},
	{`{"currency":"EUR","customer_id":"` + numbered(1) + `",` + lines + `}`, `400 customer_id_differs body.customer_id`},
	{bought(7)[:len(bought(7))-1] + `,"reference":"otherwise"}`, `409 purchase_recorded_otherwise body.purchase_id`},
}

func TestBadPurchasesAreRefused(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	w.must(201, "POST", purchases(alice), bought(7))
	for _, c := range badPurchases {
		w.unchanged(func() {
			if got := told(t, w.do("POST", purchases(alice), c.body, "Content-Type: application/json")); got != c.want {
				t.Errorf("%.200s\n got %s\nwant %s", c.body, got, c.want)
			}
		})
	}
	if w.logged.Len() > 0 {
		t.Errorf("refusals were logged: %s", w.logged)
	}
}

func TestAPriceOfNothingIsAPrice(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	const gift = `"currency":"EUR","lines":[{"sku":"sample","quantity":1,"unit_price":0}]`
	w.must(201, "POST", purchases(alice), "{"+gift+"}")
	for _, line := range []string{gift, `"body":{` + gift + `}`} {
		line = `{"command":"record_purchase","customer_id":"` + alice + `",` + line + `}`
		if a := w.batch(line)[0]; a["status"] != 201.0 {
			t.Errorf("%s: %v", line, a)
		}
	}
}

func TestBadLinesOfABatchAreRefused(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	w.must(201, "POST", purchases(alice), bought(7))
	for _, c := range badPurchases {
		if c.body == "" || c.body == "{} {}" {
			continue // nothing is there to be answered; two bodies are not one member
		}
		line := `{"command":"record_purchase","customer_id":"` + alice + `","body":` + c.body + `}`
		w.unchanged(func() {
			p := w.batch(line)[0]
			got := summed(t, p["problem"].(map[string]any), int(p["status"].(float64)))
			if got != c.want && !strings.HasPrefix(got, "400 json_malformed body") {
				t.Errorf("%.200s\n got %s\nwant %s", line, got, c.want)
			}
		})
	}
}

func TestBadRequestsAreRefused(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	w.must(201, "POST", purchases(alice), bought(1))
	w.must(201, "POST", purchases(alice), bought(2), "Idempotency-Key: used")
	w.must(201, "POST", "/v1/customers/"+alice+"/interactions", `{"interaction_id":"`+numbered(3)+`","kind":"call","direction":"inbound"}`)
	back := func(purchase, quantity, price string) string {
		return `{"purchase_id":"` + purchase + `","currency":"EUR","lines":[{"sku":"tea","quantity":` + quantity + `,"unit_price":` + price + `}]}`
	}
	returns, interactions := "/v1/customers/"+alice+"/returns", "/v1/customers/"+alice+"/interactions"
	for _, c := range []struct{ method, path, body, header, want string }{
		{"POST", purchases(numbered(1)), bought(1), "", "404 customer_unknown path.customer_id"},
		{"POST", purchases("17"), bought(1), "", "400 customer_id_malformed path.customer_id"},
		{"POST", purchases("urn:uuid:" + alice), bought(1), "", "400 customer_id_malformed path.customer_id"},
		{"POST", purchases(alice), bought(3), `If-Match: "0"`, "412 revision_stale header.If-Match"},
		{"POST", purchases(alice), bought(3), "If-Match: newest", "400 if_match_malformed header.If-Match"},
		{"POST", purchases(alice), bought(3), `If-Match: "-1"`, "400 if_match_malformed header.If-Match"},
		{"POST", purchases(alice), bought(3), "Idempotency-Key: used", "409 idempotency_key_reused header.Idempotency-Key"},
		{"POST", purchases(alice), bought(3), "Idempotency-Key: " + strings.Repeat("k", 300), "422 idempotency_key_too_long header.Idempotency-Key"},
		{"POST", purchases(alice), bought(3), "Content-Type: text/plain", "415 media_type_unsupported header.Content-Type"},
		{"POST", purchases(alice), strings.Repeat(" ", 1<<20+1), "", "413 body_too_large body"},
		{"POST", "/v1/customers", `{"customer_id":"` + alice + `","kind":"person","name":"Bob"}`, "", "409 customer_registered_otherwise "},
		{"POST", "/v1/customers", `{"kind":"robot"}`, "", "422 customer_kind_unknown body.kind"},
		{"POST", "/v1/customers", `{"kind":"person","external_ids":[{"system":"shop"}]}`, "", "400 field_missing body.external_ids[0].id"},
		{"POST", "/v1/customers", `{"kind":"person","external_ids":[{"system":"shop","id":""}]}`, "", "422 external_id_incomplete body.external_ids[0]"},
		{"POST", returns, back(numbered(1), "3", "3.5"), "", "422 return_above_purchase body.lines[0].quantity"},
		{"POST", returns, back(numbered(1), "2", "4"), "", "422 refund_above_purchase body.lines"},
		{"POST", returns, back(numbered(99), "1", "1"), "", "422 purchase_unknown body.purchase_id"},
		{"POST", interactions, `{"interaction_id":"` + numbered(3) + `","kind":"email","direction":"inbound"}`, "",
			"409 interaction_recorded_otherwise body.interaction_id"},
		{"POST", interactions, `{"kind":"telepathy","direction":"inbound"}`, "", "422 interaction_kind_unknown body.kind"},
		{"POST", interactions, `{"kind":"call","direction":"inbound","duration_s":1.5}`, "", "400 field_malformed body.duration_s"},
		{"POST", "/v1/calendar/days", `{"date":"2024-05-02"}`, "", "422 day_not_over body.date"},
		{"POST", "/v1/calendar/days", `{}`, "", "400 field_missing body.date"},
		{"POST", "/v1/calendar/days", `{"date":"02.05.2024"}`, "", "400 date_malformed body.date"},
		{"POST", "/v1/calendar/days", `{"date":"2024-02-30"}`, "", "400 date_malformed body.date"},
		{"PUT", "/v1/segments/Big%20Spenders", `{"rule":"true"}`, "", "422 segment_name_malformed path.name"},
		{"PUT", "/v1/segments/vip", `{"name":"other","rule":"true"}`, "", "400 name_differs body.name"},
		{"PUT", "/v1/segments/vip", `{"rule":"net_revenu > 1.0"}`, "", "422 rule_malformed body.rule"},
		{"PUT", "/v1/segments/vip", `{"rule":"orders > \"many\""}`, "", "422 rule_malformed body.rule"},
		{"PUT", "/v1/segments/vip", `{"rule":"orders"}`, "", "422 rule_malformed body.rule"},
		{"DELETE", "/v1/segments/vip", ``, "", "404 segment_unknown path.name"},
		{"DELETE", "/v1/segments/" + strings.Repeat("x", 64), ``, "", "422 segment_name_malformed path.name"},
		{"PUT", "/v1/guidance/Keep", guided, "", "422 guidance_name_malformed path.name"},
		{"PUT", "/v1/guidance/keep", guided, "", "422 guidance_segment_unknown body.segment"},
		{"PUT", "/v1/guidance/keep", strings.Replace(guided, "7", "7000", 1), "", "422 guidance_days_out_of_range body.due_days"},
		{"PUT", "/v1/guidance/keep", strings.Replace(guided, "avg_order_value", "country", 1), "", "422 rule_malformed body.expected_value"},
		{"PUT", "/v1/guidance/keep", strings.Replace(guided, `"due_days"`, `"guided":{},"due_days"`, 1), "", "400 field_unknown body.guided"},
		{"DELETE", "/v1/guidance/keep", ``, "", "404 guidance_unknown path.name"},
		{"PUT", "/v1/policies/ladder", `{"ladder":{"stages":[{"name":"a","rule":"orders > 1"}]}}`, "",
			"422 ladder_open_ended body.ladder.stages[0].rule"},
		{"PUT", "/v1/policies/ladder", `{"customer_id":"` + alice + `","ladder":{"stages":[{"name":"a","rule":"true"}]}}`, "",
			"400 field_unknown body.customer_id"},
		{"GET", "/v1/customers/17/history", ``, "", "400 parameter_malformed path.customer_id"},
		{"GET", "/v1/nothing", ``, "", "404 route_unknown "},
		{"GET", "/v1/batch", ``, "", "405 method_not_allowed "},
	} {
		w.unchanged(func() {
			var headers []string
			if c.header != "" {
				headers = append(headers, c.header)
			}
			if got := told(t, w.do(c.method, c.path, c.body, headers...)); got != c.want {
				t.Errorf("%s %s %.200s\n got %s\nwant %s", c.method, c.path, c.body, got, c.want)
			}
		})
	}
}

// A problem is JSON also where it quotes what is no text.
func TestAProblemQuotesWhatIsNoText(t *testing.T) {
	w := newFollowing(t).world
	for path, want := range map[string]string{
		"/v1/customers?%84imit=1": "400 filter_unknown query.\ufffdimit",
		"/v1/customers/%84":       "400 parameter_malformed path.customer_id",
		"/v1/segments/%84":        "404 not_found ",
	} {
		if got := told(t, w.do("GET", path, "")); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
