package client_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

func TestLinesAreWhatTheServerReads(t *testing.T) {
	id := uuid.UUID{15: 9}
	at := client.Circumstances{OccurredAt: time.Date(2011, 3, 1, 8, 26, 0, 0, time.UTC), Actor: "till 4"}
	var got []string
	c := server(func(r *http.Request) (*http.Response, error) {
		lines := sent(t, r)
		var body bytes.Buffer
		for _, l := range lines {
			got = append(got, fmt.Sprintf("%s %s %v", l.Command, l.CustomerID, l.Body))
			body.WriteString(`{"status":200,"revision":4,"position":12}` + "\n")
		}
		return answer(200, body.String()), nil
	}).client(t, client.Options{})
	results, err := c.Batch(t.Context(), []client.Line{
		client.Register(id, customer.Register{Kind: customer.Person}, at),
		client.RecordPurchase(id, customer.RecordPurchase{PurchaseID: id, Currency: "GBP",
			Lines: []customer.Line{{SKU: "a", Quantity: decimal.One, UnitPrice: decimal.MustParse("0.085")}}}, at),
		client.RecordReturn(id, customer.RecordReturn{ReturnID: id, Currency: "GBP"}, at),
		client.RecordInteraction(id, customer.RecordInteraction{InteractionID: id, Kind: "call"}, at),
		client.CloseDay(14975),
	})
	if err != nil {
		t.Fatal(err)
	}
	name, when := id.String(), "actor:till 4 "
	want := []string{
		"register_customer " + name + " map[" + when + "kind:person occurred_at:2011-03-01T08:26:00Z]",
		"record_purchase " + name + " map[" + when + "currency:GBP lines:[map[quantity:1 sku:a unit_price:0.085]] " +
			"occurred_at:2011-03-01T08:26:00Z purchase_id:" + name + "]",
		"record_return " + name + " map[" + when + "currency:GBP lines:<nil> " +
			"occurred_at:2011-03-01T08:26:00Z return_id:" + name + "]",
		"record_interaction " + name + " map[" + when + "direction: interaction_id:" + name + " kind:call " +
			"occurred_at:2011-03-01T08:26:00Z]",
		"close_day " + uuid.Nil.String() + " map[date:2011-01-01]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if r := results[4]; r.Revision != 4 || r.Position != 12 || r.Appended() {
		t.Errorf("read %+v", r)
	}
}

func TestABrokenBatchGoesOnWhereItBroke(t *testing.T) {
	const unavailable = `{"status":503,"problem":{"status":503,"detail":"the event store is away"}}` + "\n"
	for _, c := range []struct {
		name  string
		first func(lines []client.Line) string
		again int // lines that are sent again
	}{
		{"before any answer", func([]client.Line) string { return "" }, 5},
		{"between two answers", func(l []client.Line) string { return created(l[:2]) }, 3},
		{"within an answer", func(l []client.Line) string { return created(l[:2]) + `{"status":2` }, 3},
		{"a line cannot be served", func(l []client.Line) string {
			return created(l[:2]) + unavailable + created(l[3:])
		}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var requests [][]client.Line
				cl := server(func(r *http.Request) (*http.Response, error) {
					requests = append(requests, sent(t, r))
					if len(requests) == 1 {
						return answer(200, c.first(requests[0])), nil
					}
					return answer(200, created(requests[len(requests)-1])), nil
				}).client(t, client.Options{})
				lines := days(5)
				results, err := cl.Batch(t.Context(), lines)
				if err != nil || len(results) != 5 || len(requests) != 2 {
					t.Fatalf("%d results of %d requests, %v", len(results), len(requests), err)
				}
				for i, r := range results {
					if r.CustomerID != lines[i].CustomerID || !r.Appended() {
						t.Errorf("line %d was answered by %+v", i, r)
					}
				}
				if got := len(requests[1]); got != c.again {
					t.Errorf("%d lines were sent again, want %d", got, c.again)
				}
			})
		})
	}
}

func TestARefusedLineRefusesNoOther(t *testing.T) {
	c := server(func(r *http.Request) (*http.Response, error) {
		const refused = `{"status":404,"problem":{"status":404,"code":"customer_unknown"}}` + "\n"
		return answer(200, refused+created(sent(t, r)[1:])), nil
	}).client(t, client.Options{})
	results, err := c.Batch(t.Context(), days(3))
	if err != nil || results[0].Problem == nil || results[0].Problem.Code != "customer_unknown" ||
		!results[2].Appended() {
		t.Errorf("%+v, %v", results, err)
	}
}

func TestSendCutsBatchesInOrder(t *testing.T) {
	big := client.Line{Command: "record_interaction", Body: strings.Repeat("x", client.MaxBatchBytes/2-1000)}
	for _, c := range []struct {
		name       string
		lines      []client.Line
		batchLines int
		want       []int
	}{
		{"nothing", nil, 3, nil},
		{"by number", days(7), 3, []int{3, 3, 1}},
		{"exactly", days(6), 3, []int{3, 3}},
		{"by default", days(client.DefaultBatchLines + 1), 0, []int{client.DefaultBatchLines, 1}},
		{"no more than the server takes", days(client.MaxBatchLines + 1), 1 << 20, []int{client.MaxBatchLines, 1}},
		{"by size", []client.Line{big, big, big, big, big}, 100, []int{2, 2, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cl := server(func(r *http.Request) (*http.Response, error) {
				if r.ContentLength > client.MaxBatchBytes {
					t.Errorf("a request of %d bytes", r.ContentLength)
				}
				return answer(200, strings.Repeat(`{"status":201}`+"\n", lineCount(t, r))), nil
			}).client(t, client.Options{})
			var sizes []int
			var got []client.Line
			err := cl.Send(t.Context(), slices.Values(c.lines), c.batchLines, func(l []client.Line, r []client.Result) {
				sizes, got = append(sizes, len(r)), append(got, l...)
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, sizes); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.lines, got); diff != "" {
				t.Error("the order changed")
			}
		})
	}
}

func lineCount(t *testing.T, r *http.Request) (n int) {
	t.Helper()
	var body bytes.Buffer
	if _, err := body.ReadFrom(r.Body); err != nil {
		t.Error(err)
	}
	return bytes.Count(body.Bytes(), []byte("\n"))
}

func TestSendStopsAtTheFirstFailure(t *testing.T) {
	requests := 0
	cl := server(func(r *http.Request) (*http.Response, error) {
		if requests++; requests == 2 {
			return answer(413, `{"code":"body_too_large"}`), nil
		}
		return answer(200, created(sent(t, r))), nil
	}).client(t, client.Options{})
	answered := 0
	err := cl.Send(t.Context(), slices.Values(days(100)), 10, func(_ []client.Line, r []client.Result) {
		answered += len(r)
	})
	var p *client.Problem
	if !errors.As(err, &p) || p.Status != 413 || requests != 2 || answered != 10 {
		t.Errorf("%d answers of %d requests, %v", answered, requests, err)
	}
}

func TestSendRefusesWhatCannotBeEncoded(t *testing.T) {
	cl := server(func(r *http.Request) (*http.Response, error) {
		return answer(200, created(sent(t, r))), nil
	}).client(t, client.Options{})
	lines := []client.Line{{Command: "record_interaction", Body: func() {}}}
	err := cl.Send(t.Context(), slices.Values(lines), 1, func([]client.Line, []client.Result) {})
	if err == nil || !strings.Contains(err.Error(), "encode record_interaction") {
		t.Errorf("%v", err)
	}
}

func TestProgressWritesALineAtEachTenth(t *testing.T) {
	var out bytes.Buffer
	advance, end := client.Progress(&out, "importing", 40)
	for range 40 {
		advance(1)
	}
	end()
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 10 || lines[9] != "importing: 40 of 40" {
		t.Errorf("%q", lines)
	}
}
