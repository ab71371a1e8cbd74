package projections

import (
	"fmt"
	"testing"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/rules"
)

func TestExplainAndPreview(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("good", 1, "orders >= 2 && recency_days <= 30")
	for i := range 10 {
		w.register(fmt.Sprint(i), "2024-01-01")
		for range i {
			w.buys(fmt.Sprint(i), "2024-01-02", 100)
		}
	}
	w.append(streamOf("9"), "2024-01-03", customer.Merged{Into: who("1")})
	w.closeDay("2024-01-03")
	w.settle()

	x, err := w.reader.Explain(w.ctx, "good", who("9"))
	if err != nil || x.CustomerID != who("1") || !x.Belongs || x.Since.String() != "2024-01-02" || !*x.Because.Holds ||
		x.Position != int64(w.head) || x.BusinessDate.String() != "2024-01-03" {
		t.Errorf("a merged customer: %+v, %v", x, err)
	}
	if len(x.Because.Parts) != 2 || x.Because.Parts[0].Values["orders"] != int64(10) {
		t.Errorf("the parts: %+v", x.Because)
	}
	if x, err = w.reader.Explain(w.ctx, "good", who("0")); err != nil || x.Belongs || x.Since != nil || *x.Because.Holds {
		t.Errorf("who does not belong: %+v, %v", x, err)
	}
	if _, err := w.reader.Explain(w.ctx, "bad", who("0")); err != ErrNotFound {
		t.Errorf("no such segment: %v", err)
	}

	rule, err := rules.Compile("orders >= 8")
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.reader.Preview(w.ctx, rule, 1)
	if err != nil || !p.Exact || p.Customers != 9 || p.Size != 2 || len(p.Sample) != 1 || len(p.Sample[0].Evidence) != 1 {
		t.Errorf("preview: %+v, %v", p, err)
	}
}

// Wilson's interval of 10 of 100, as published tables have it: 0.0552 to 0.1744.
func TestEstimate(t *testing.T) {
	p := Preview{Customers: 10_000, Judged: 100, Held: 10}
	p.estimate()
	if p.Exact || p.Size != 1000 || p.SizeLow != 552 || p.SizeHigh != 1744 {
		t.Errorf("%+v", p)
	}
	p = Preview{Customers: 100_000, Judged: 20_000}
	p.estimate()
	if p.Size != 0 || p.SizeLow != 0 || p.SizeHigh < 15 || p.SizeHigh > 25 {
		t.Errorf("nobody of 20,000: %+v", p)
	}
}
