package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// head answers how far the log goes.
func (p *process) head() int64 {
	p.t.Helper()
	var s struct{ Head int64 }
	p.must("GET", "/v1/projections", "", &s)
	return s.Head
}

// blamed sums up a problem: status, code, and the first field to blame.
func blamed(answer *http.Response, text string) string {
	if answer == nil {
		return text
	}
	var p struct {
		Code   string
		Errors []struct{ Location, Message string }
	}
	if problemCode(answer.Header.Get("Content-Type"), text) == "" || json.Unmarshal([]byte(text), &p) != nil {
		return answer.Status + " " + text
	}
	if len(p.Errors) == 0 {
		return fmt.Sprint(answer.StatusCode, " ", p.Code)
	}
	return fmt.Sprint(answer.StatusCode, " ", p.Code, " ", p.Errors[0].Location)
}

const (
	ada       = "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d11"
	somebody  = "00000000-0000-4000-8000-000000000001"
	teas      = "00000000-0000-4000-9000-000000000001" // a purchase of two
	purchases = "/v1/customers/" + ada + "/purchases"
	returns   = "/v1/customers/" + ada + "/returns"
	oneTea    = `{"sku":"tea","quantity":1,"unit_price":"3.50"}`
	twoTeas   = `{"purchase_id":"` + teas + `","currency":"EUR","lines":[{"sku":"tea","quantity":2,"unit_price":"3.50"}]}`
)

func line(field, value string) string {
	members := map[string]string{"sku": `"tea"`, "quantity": "1", "unit_price": `"3.50"`}
	members[field] = value
	return fmt.Sprintf(`{"currency":"EUR","lines":[%s,{"sku":%s,"quantity":%s,"unit_price":%s}]}`, oneTea,
		members["sku"], members["quantity"], members["unit_price"])
}

func back(currency, quantity, price string) string {
	return fmt.Sprintf(`{"purchase_id":%q,"currency":%q,"lines":[{"sku":"tea","quantity":%s,"unit_price":%s}]}`,
		teas, currency, quantity, price)
}

// TestBadInput sends what apps get wrong to a running server: each is answered with a problem that names the
// field, and nothing is appended.
func TestBadInput(t *testing.T) {
	t.Parallel()
	p := serve(t, filepath.Join(t.TempDir(), "data"))
	p.must("POST", "/v1/customers", `{"customer_id":"`+ada+`","kind":"person","name":"Ada"}`, nil)
	p.must("POST", purchases, twoTeas, nil)
	p.settled()
	tomorrow := time.Now().Add(25 * time.Hour).UTC()
	for _, c := range []struct{ what, method, path, body, header, want string }{
		{"unknown customer", "POST", "/v1/customers/" + somebody + "/purchases", twoTeas, "", "404 customer_unknown path.customer_id"},
		{"malformed id", "POST", "/v1/customers/17/purchases", twoTeas, "", "400 customer_id_malformed path.customer_id"},
		{"malformed id in the body", "POST", "/v1/customers", `{"customer_id":"17","kind":"person"}`, "", "400 id_malformed body.customer_id"},
		{"the id of zeros", "POST", "/v1/customers", `{"customer_id":"` + uuid.Nil.String() + `","kind":"person"}`, "", "400 id_malformed body.customer_id"},
		{"a very long id", "POST", "/v1/customers/" + strings.Repeat("a", 10_000) + "/purchases", twoTeas, "", "400 customer_id_malformed path.customer_id"},
		{"malformed date", "POST", purchases, `{"occurred_at":"2024-02-30T10:00:00Z"}`, "", "400 time_malformed body.occurred_at"},
		{"a date for a time", "POST", purchases, `{"occurred_at":"2024-02-01"}`, "", "400 time_malformed body.occurred_at"},
		{"more than a day ahead", "POST", purchases, `{"occurred_at":"` + tomorrow.Format(time.RFC3339) + `","currency":"EUR","lines":[` + oneTea + `]}`,
			"", "422 occurred_at_in_future body.occurred_at"},
		{"before there were customers", "POST", purchases, `{"occurred_at":"0001-01-01T00:00:01Z","currency":"EUR","lines":[` + oneTea + `]}`,
			"", "422 occurred_at_too_early body.occurred_at"},
		{"a comma in money", "POST", purchases, line("unit_price", `"3,50"`), "", "400 number_malformed body.lines[1].unit_price"},
		{"money that is none", "POST", purchases, line("unit_price", `"NaN"`), "", "400 number_malformed body.lines[1].unit_price"},
		{"more money than there is", "POST", purchases, line("unit_price", `1e308`), "", "400 number_malformed body.lines[1].unit_price"},
		{"a price beyond its bounds", "POST", purchases, line("unit_price", `1e10`), "", "422 price_out_of_range body.lines[1].unit_price"},
		{"a price below nothing", "POST", purchases, line("unit_price", `"-0.01"`), "", "422 price_out_of_range body.lines[1].unit_price"},
		{"no price", "POST", purchases, line("unit_price", `null`), "", "400 field_missing body.lines[1].unit_price"},
		{"nothing bought", "POST", purchases, line("quantity", `-0`), "", "422 quantity_out_of_range body.lines[1].quantity"},
		{"less than nothing bought", "POST", purchases, line("quantity", `-1`), "", "422 quantity_out_of_range body.lines[1].quantity"},
		{"absurdly much bought", "POST", purchases, line("quantity", `1000001`), "", "422 quantity_out_of_range body.lines[1].quantity"},
		{"unknown currency", "POST", purchases, `{"currency":"euro","lines":[` + oneTea + `]}`, "", "422 currency_unknown body.currency"},
		{"missing currency", "POST", purchases, `{"lines":[` + oneTea + `]}`, "", "400 field_missing body.currency"},
		{"another currency without a rate", "POST", purchases, `{"currency":"GBP","lines":[` + oneTea + `]}`, "", "422 rate_missing body.rate"},
		{"more back than bought", "POST", returns, back("EUR", "3", "0.01"), "", "422 return_above_purchase body.lines[0].quantity"},
		{"more refunded than paid", "POST", returns, back("EUR", "2", "3.51"), "", "422 refund_above_purchase body.lines"},
		{"refunded in another currency", "POST", returns, back("GBP", "1", "1"), "", "422 return_currency_differs body.currency"},
		{"same id, other content", "POST", purchases, strings.Replace(twoTeas, "tea", "coffee", 1), "", "409 purchase_recorded_otherwise body.purchase_id"},
		{"same customer, other name", "POST", "/v1/customers", `{"customer_id":"` + ada + `","kind":"person","name":"Eve"}`, "", "409 customer_registered_otherwise"},
		{"stale revision", "POST", purchases, line("quantity", "1"), `If-Match: "0"`, "412 revision_stale header.If-Match"},
		{"no revision", "POST", purchases, line("quantity", "1"), "If-Match: *", "400 if_match_malformed header.If-Match"},
		{"a key that is too long", "POST", purchases, line("quantity", "1"), "Idempotency-Key: " + strings.Repeat("k", 257),
			"422 idempotency_key_too_long header.Idempotency-Key"},
		{"too large a body", "POST", purchases, `{"reference":"` + strings.Repeat("x", 1<<20) + `"}`, "", "413 body_too_large body"},
		{"too large a batch", "POST", "/v1/batch", strings.Repeat(" ", 32<<20+1), "Content-Type: application/x-ndjson", "413 body_too_large body"},
		{"another content type", "POST", purchases, twoTeas, "Content-Type: application/xml", "415 media_type_unsupported header.Content-Type"},
		{"a form, as a page elsewhere can send it", "POST", "/v1/batch", twoTeas, "Content-Type: text/plain", "415 media_type_unsupported header.Content-Type"},
		{"truncated JSON", "POST", purchases, twoTeas[:len(twoTeas)-2], "", "400 json_malformed body.lines"},
		{"nothing", "POST", purchases, "", "", "400 json_malformed body"},
		{"unknown field", "POST", purchases, `{"currency":"EUR","colour":"red"}`, "", "400 field_unknown body.colour"},
		{"a field twice", "POST", purchases, `{"currency":"EUR","currency":"GBP"}`, "", "400 field_twice body.currency"},
		{"invalid UTF-8", "POST", purchases, "{\"reference\":\"\xff\"}", "", "400 json_malformed body.reference"},
		{"a NUL", "POST", purchases, `{"reference":"a\u0000b","currency":"EUR","lines":[` + oneTea + `]}`, "", "400 text_malformed body.reference"},
		{"a rule with a wrong name", "PUT", "/v1/segments/vip", `{"rule":"orders > 1 &&\n net_revenu > 1"}`, "", "422 rule_malformed body.rule"},
		{"a rule of a wrong type", "PUT", "/v1/segments/vip", `{"rule":"orders > \"many\""}`, "", "422 rule_malformed body.rule"},
		{"a bad segment name", "PUT", "/v1/segments/Big%20Spenders", `{"rule":"true"}`, "", "422 segment_name_malformed path.name"},
		{"a way out of the folder", "PUT", "/v1/segments/..%2f..%2fetc", `{"rule":"true"}`, "", "422 segment_name_malformed path.name"},
		{"retiring what never was", "DELETE", "/v1/segments/vip", "", "", "404 segment_unknown path.name"},
		{"a day in the future", "POST", "/v1/calendar/days", `{"date":"` + tomorrow.Format(time.DateOnly) + `"}`, "", "422 day_not_over body.date"},
		{"no day", "POST", "/v1/calendar/days", `{}`, "", "400 field_missing body.date"},
		{"another method", "PATCH", purchases, twoTeas, "", "405 method_not_allowed"},
		{"another path", "POST", "/v1/orderings", twoTeas, "", "404 route_unknown"},
		{"a position that makes no sense", "GET", "/v1/customers/" + ada + "?after=-1", "", "", "400 parameter_malformed query.after"},
	} {
		before := p.head()
		if got := blamed(p.send(c.method, c.path, c.body, header(c.header)...)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got, c.want)
		}
		if after := p.head(); after != before {
			t.Errorf("%s: something was appended", c.what)
		}
	}
	_, text := p.send("PUT", "/v1/segments/vip", `{"rule":"orders > 1 &&\n net_revenu > 1"}`)
	if !strings.Contains(text, `2:2: there is no fact \"net_revenu\"; did you mean net_revenue`) {
		t.Errorf("the problem with a rule does not say where it is: %s", text)
	}
	t.Run("a batch with bad lines", func(t *testing.T) { badLines(t, p) })
	t.Run("broken requests", func(t *testing.T) { brokenRequests(t, p) })
	t.Run("bad files", func(t *testing.T) { badFiles(t, p) })
	t.Run("bad command lines", func(t *testing.T) { badCommandLines(t, p) })
	p.equalsRebuild()
}

func header(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// badLines sends a batch of which the lines in the middle are bad.
func badLines(t *testing.T, p *process) {
	before := p.head()
	said := func(body string) string {
		return `{"command":"record_purchase","customer_id":"` + ada + `",` + body[1:]
	}
	_, text := p.send("POST", "/v1/batch", strings.Join([]string{
		said(line("sku", `"a"`)), said(line("quantity", "-1")), `{"command":"record_purchase"`, `{"command":"conquer"}`,
		said(line("unit_price", "null")), "", said(line("sku", `"b"`))}, "\n"), "Content-Type: application/x-ndjson")
	var got []string
	for text := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		var l struct {
			Line, Status int
			Problem      struct {
				Code   string
				Errors []struct{ Location string }
			}
		}
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		told := fmt.Sprint(l.Line, ": ", l.Status)
		if l.Status >= 300 {
			told += " " + l.Problem.Code + " " + l.Problem.Errors[0].Location
		}
		got = append(got, told)
	}
	expect(t, "answers", got, "1: 201", "2: 422 quantity_out_of_range body.lines[1].quantity", "3: 400 json_malformed body",
		"4: 400 command_unknown body.command", "5: 400 field_missing body.lines[1].unit_price", "7: 201")
	if n := p.head() - before; n != 2 {
		t.Errorf("%d events were appended", n)
	}
}

// brokenRequests are such as no library sends.
func brokenRequests(t *testing.T, p *process) {
	before := p.head()
	for what, c := range map[string]struct{ request, want string }{
		"huge headers": {"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 80<<10) + "\r\n\r\n", "HTTP/1.1 431"},
		"a body in chunks without an end": {"POST /v1/customers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
			"Transfer-Encoding: chunked\r\n\r\n200000\r\n" + strings.Repeat(" ", 2<<20) + "\r\n", "HTTP/1.1 413"},
		"a body that stops":   {"POST /v1/customers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{", "HTTP/1.1 400"},
		"a length twice":      {"POST /v1/customers HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.1 400"},
		"no HTTP":             {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "HTTP/1.1 400"},
		"a path that is none": {"GET /v1/segments/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 400"},
	} {
		conn, err := net.Dial("tcp", p.address)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			_, _ = conn.Write([]byte(c.request)) // the server may have hung up already
			_ = conn.(*net.TCPConn).CloseWrite()
		}()
		_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		answer := make([]byte, len(c.want))
		if _, err := conn.Read(answer); err != nil || string(answer) != c.want {
			t.Errorf("%s: %q, %v", what, answer, err)
		}
		conn.Close()
	}
	if p.head() != before {
		t.Error("something was appended")
	}
}

// badFiles imports files that are broken at their very end: nothing of them is imported.
func badFiles(t *testing.T, p *process) {
	before := p.head()
	const columns = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
	good := strings.Repeat("536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n", 3000)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(columns + good)); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, c := range []struct{ name, content, want string }{
		{"broken quotes", columns + good + `536366,1,"HEART "RED",6,2010-12-01 08:26:00,2.55,17850,UK` + "\n", "line 3002, column"},
		{"a quote that is never closed", columns + good + `536366,1,"HEART,6,2010-12-01 08:26:00,2.55,17850,UK` + "\n", "broken quotes"},
		{"wrong header", "a,b,c\n1,2,3\n", "the header has no CustomerID, InvoiceDate, UnitPrice, InvoiceNo, StockCode, Description, " +
			"Quantity, Country; it has a, b, c"},
		{"no header", good, "the header has no CustomerID"},
		{"wrong encoding", columns + good + "536366,1,CAF\xc9,6,2010-12-01 08:26:00,2.55,17850,UK\n",
			`line 3002 is not UTF-8: "CAF\xc9"; name the file's encoding, perhaps latin1`},
		{"UTF-16", "\xff\xfeI\x00n\x00", "the file is UTF-16: save it as UTF-8"},
		{"empty", "", "the file is empty"},
		{"truncated gzip", packed.String()[:packed.Len()-20], "the gzip file is cut off"},
		{"damaged gzip", packed.String()[:packed.Len()-8] + "checksum", "the gzip file is damaged"},
		{"no text", "\x00\x01\x02\x03\n\x05", "line 1 holds a zero byte: this is no text file"},
	} {
		path := filepath.Join(dir, strings.ReplaceAll(c.name, " ", "-")+".csv")
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		said := refusesToRun(t, 2, c.want, "import", "--preset", "online-retail", "--server", "http://"+p.address, path)
		if !strings.Contains(said, "rapport: "+path+": ") || !strings.HasSuffix(said, "; nothing was imported\n") {
			t.Errorf("%s: it does not say which file, and what became of it: %s", c.name, said)
		}
	}
	if p.head() != before {
		t.Error("something was imported")
	}
}

// badCommandLines are misuses of the program: 2 where the line itself makes no sense, 1 where it cannot be done.
func badCommandLines(t *testing.T, p *process) {
	server := "--server=http://" + p.address
	nowhere := "--server=http://127.0.0.1:1"
	data := filepath.Join(t.TempDir(), "data")
	for _, c := range []struct {
		code int
		want string
		line []string
	}{
		{2, `unknown flag --colour`, []string{"serve", "--colour", "red"}},
		{2, `unexpected argument conquer`, []string{"conquer"}},
		{2, `did you mean "status"?`, []string{"projections", "statu"}},
		{2, `rapport --help lists what there is`, []string{}},
		{2, `"17" is not a customer's id, which is a UUID such as`, []string{"replay", "17", server}},
		{1, `no such customer`, []string{"replay", somebody, server}},
		{1, `"yesterday" is neither a date like 2006-01-02 nor a time`, []string{"replay", ada, "--as-of", "yesterday", server}},
		{1, `start one with rapport serve, or name another by --server`, []string{"replay", ada, nowhere}},
		{1, `start one with rapport serve, or name another by --server`, []string{"projections", "status", nowhere}},
		{1, `is not a URL like http://127.0.0.1:8080`, []string{"projections", "status", "--server", "localhost"}},
		{2, `no such file or directory; nothing was imported`, []string{"import", "--preset", "online-retail", "nothing.csv", server}},
		{2, `no preset is called "tesco": there are online-retail, cdnow`, []string{"import", "--preset", "tesco", os.DevNull, server}},
		{1, `time_zone: name the time zone as in Europe/Berlin`, []string{"serve", "--listen", "127.0.0.1:0", "--data", data, "--time-zone", "Mars/Utopia"}},
		{1, `expecting esdb://`, []string{"serve", "--listen", "127.0.0.1:0", "--data", data, "--eventstore", "localhost:2113"}},
		{1, `database URL: cannot parse`, []string{"serve", "--listen", "127.0.0.1:0", "--data", data, "--postgres", "mysql://localhost"}},
		{1, `make the data directory`, []string{"serve", "--listen", "127.0.0.1:0", "--data", os.DevNull}},
	} {
		refusesToRun(t, c.code, c.want, c.line...)
	}
}
