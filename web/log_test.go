package web

import (
	"bufio"
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/rapport-crm/rapport/domain/access"
)

// until waits for a page to say something.
func (p *person) until(path, text string) shown {
	p.t.Helper()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	deadline := time.After(time.Minute)
	for {
		a := p.get(path)
		if strings.Contains(a.text, text) {
			return a
		}
		select {
		case <-again.C:
		case <-deadline:
			p.t.Fatalf("%s never says %q: %s", path, text, a.text)
		}
	}
}

// record has something happen to the best customer, by the API.
func (s *shop) record(t *testing.T, subject string) {
	t.Helper()
	status, text := s.ask(t, s.tokens[access.Admin], http.MethodPost, "/v1/customers/"+s.best+"/interactions",
		`{"kind":"call","direction":"inbound","subject":"`+subject+`"}`)
	if status != http.StatusCreated {
		t.Fatalf("%d %s", status, text)
	}
}

// Pages follow the log by its event stream: those without a person on them change, others say that there is news.
func (s *shop) testFollowing(t *testing.T) {
	for role, want := range map[access.Role]int{access.App: http.StatusOK, access.Analyst: http.StatusForbidden} {
		p := s.person(t, role)
		ctx, cancel := context.WithCancel(t.Context())
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/live/events?customer_id="+s.best, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, err := p.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if a.StatusCode != want {
			t.Errorf("following as %s: %d, want %d", role, a.StatusCode, want)
		}
		if want == http.StatusOK {
			told := bufio.NewScanner(a.Body)
			for told.Scan() && !strings.HasPrefix(told.Text(), "data: ") {
			}
			if told.Err() != nil || !regexp.MustCompile(`^data: \d+$`).MatchString(told.Text()) {
				t.Errorf("it says %q, %v", told.Text(), told.Err())
			}
		}
		cancel()
		a.Body.Close()
	}
	b := s.browser(t, access.Admin)
	b.open("/customers/" + s.best)
	s.record(t, "news")
	b.until(`document.querySelector(".news a") !== null`)
	b.open("/")
	b.run(chromedp.Evaluate[chromedp.Void](`document.querySelector(".panels").dataset.old = "yes"`))
	s.record(t, "more news")
	b.until(`document.querySelector(".panels").dataset.old === undefined`)
}

// A fact is corrected in the form by which it was recorded.
func (s *shop) testCorrecting(t *testing.T) {
	p := s.person(t, access.App)
	status, text := s.ask(t, s.tokens[access.Admin], http.MethodPost, "/v1/customers/"+s.best+"/purchases",
		`{"currency":"EUR","reference":"WRONG-1","channel":"store","lines":[{"sku":"mug","name":"A mug","quantity":1,"unit_price":"12.50"},{"sku":"tea","quantity":2,"unit_price":"3.50"}]}`)
	if status != http.StatusCreated {
		t.Fatalf("%d %s", status, text)
	}
	s.caughtUp()
	timeline := p.get("/customers/" + s.best).text
	link := regexp.MustCompile(`<a class="quiet" href="(/customers/[^"]+/facts/\d+\?[^"]+)">Correct</a>`).FindStringSubmatch(timeline)
	if link == nil {
		t.Fatal("nothing can be corrected")
	}
	path := strings.ReplaceAll(link[1], "&amp;", "&")
	a := p.sees(path, "Correct a fact", `name="as.lines[0].unit_price" value="12.5`, `name="as.lines[1].sku" value="tea"`, `value="WRONG-1"`, `name="as.purchase_id"`)
	form := url.Values{}
	for _, input := range regexp.MustCompile(`<input[^>]* name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(a.text, -1) {
		form.Set(input[1], input[2])
	}
	to, _, _ := strings.Cut(path, "?")
	form.Set("reason", "the price was wrong")
	form.Set("as.lines[0].unit_price", "-1")
	a = p.post(to, form)
	if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.text, `aria-invalid="true"`) || !strings.Contains(a.text, "the price was wrong") {
		t.Errorf("a faulty price: %d %s", a.StatusCode, a.text)
	}
	form.Set("as.lines[0].unit_price", "11.50")
	if a = p.post(to, form); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("correct: %d %s", a.StatusCode, a.text)
	}
	p.sees(a.Header.Get("Location"), "18.50 EUR", "19.50 EUR", "voided")
	if a = p.get("/customers/" + s.best + "/facts/0?position=x"); a.StatusCode != http.StatusBadRequest {
		t.Errorf("no fact: %d", a.StatusCode)
	}
}

// An auditor reads the log by type and stream.
func (s *shop) testLog(t *testing.T) {
	p := s.person(t, access.Auditor)
	p.sees("/audit/log", "customer.interaction_recorded.v1", "access.personal_data_read.v1")
	a := p.sees("/audit/log?types=customer.purchase_*&position=0", "customer.purchase_recorded.v1", "Further on")
	if strings.Contains(a.text, ">customer.registered.v1<") {
		t.Error("another type is shown")
	}
	p.sees("/audit/log?stream=segment", "segment.defined.v1")
	p.sees("/audit/log?stream=customer-"+s.best, "customer.registered.v1")
	p.sees("/audit/log?position=x", "whole number")
	p.sees("/audit/log?types=nothing.*", "Nothing of that kind")
}
