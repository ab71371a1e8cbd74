package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/rapport-crm/rapport/domain/access"
)

// A marketer writes a rule, sees whom it finds as they type, puts it in force, and plans a campaign.
func (s *shop) testMarketer(t *testing.T) {
	b := s.browser(t, access.Admin)
	b.open("/segments/new")
	b.run(chromedp.SendKeys("#rule", "ordrs_in(90) >= 2"))
	b.until(`document.querySelector("#preview").textContent.includes("did you mean orders_in")`)
	b.run(chromedp.Evaluate[chromedp.Void](`document.querySelector("#rule").value = ""`), chromedp.SendKeys("#rule", "days_since_con"))
	b.until(`document.querySelector(".completions [aria-selected=true]").textContent.startsWith("days_since_contact")`)
	b.run(chromedp.KeyEvent("\r"), chromedp.SendKeys("#rule", " < 9 && orders_i"))
	b.until(`document.querySelector(".completions").hidden === false`)
	b.run(chromedp.KeyEvent("\t"), chromedp.KeyEvent("30"))
	// The protocol also types the keys that the script took.
	b.until(`document.querySelector("#rule").value.replace(/\s/g, "") === "days_since_contact<9&&orders_in(30)"`)
	b.run(chromedp.SetValue("#rule", "orders_in(90) >= 2"), chromedp.SendKeys("#rule", " "))
	b.until(`document.querySelector("#preview tbody tr") !== null`)
	b.run(chromedp.SendKeys("#name", "regulars"), chromedp.SendKeys("#title", "Regulars"), chromedp.Click("button.main"))
	b.at("Regulars")
	if text := b.text("main"); !strings.Contains(text, "Done: define") || !strings.Contains(text, "orders_in(90) >= 2") {
		t.Errorf("the segment's page says %s", text)
	}
	p := s.person(t, access.Admin)
	form := url.Values{"campaign": {"second-cup"}, "title": {"Second cup"}, "purpose": {"marketing"}, "through": {"email"}, "window_days": {"14"},
		"cells[0].cell": {"mail"}, "cells[1].cell": {"none"}, "cells[1].control": {"true"}}
	a := p.post("/do/plan_campaign", form)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("plan a campaign: %d %s", a.StatusCode, a.text)
	}
	p.sees(a.Header.Get("Location"), "Second cup", "Planned")
}

var downloads = regexp.MustCompile(`href="(/tables/[a-z0-9_]+\.csv[^"]*)" download`)

// An analyst gets the data behind every chart.
func (s *shop) testAnalyst(t *testing.T) {
	p := s.person(t, access.Analyst)
	for _, path := range []string{"/", "/sales", "/sales/demand", "/service", "/marketing", "/marketing/surveys", "/value", "/segments"} {
		links := downloads.FindAllStringSubmatch(p.get(path).text, -1)
		if len(links) == 0 {
			t.Errorf("%s has no data to download", path)
		}
		for _, link := range links {
			a := p.get(strings.ReplaceAll(link[1], "&amp;", "&"))
			if a.StatusCode != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/csv") {
				t.Errorf("%s of %s: %d %s", link[1], path, a.StatusCode, a.Header.Get("Content-Type"))
			}
		}
	}
}

// An auditor sees a customer as of a day, what changed since, who looked, and the proof of an event.
func (s *shop) testAuditor(t *testing.T) {
	p := s.person(t, access.Auditor)
	base := "/customers/" + s.best
	day := s.rows(t, "customer_360", "customer_id="+s.best)[0]["first_purchase_on"]
	a := p.sees(base+"/asof?as_of="+day, "What was believed", "What had happened")
	says(t, "as of the first purchase", a.text, "Orders", "1")
	p.sees(base+"/asof?diff=yes&as_of="+day, "What changed since", "→")
	p.sees(base+"/asof?diff=yes&as_of="+day+"&to="+day, "What changed from", "Nothing changed.")
	p.sees(base+"/looks", "a auditor", "getHistory")
	if a := p.post("/do/signHead", nil); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("sign a head: %d %s", a.StatusCode, a.text)
	}
	position := regexp.MustCompile(`href="(/audit\?position=\d+)"`).FindStringSubmatch(a.text)
	if position == nil {
		t.Fatal("no event leads to its proof")
	}
	p.sees(position[1], "customer-"+s.best, "Leaf", "Path")
	if a = p.post("/audit/verify", nil); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("verify: %d %s", a.StatusCode, a.text)
	}
	p.until("/audit/verify", "What was found")
	a = p.get(base + "/bundle")
	if !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") || !strings.Contains(a.text, "\n— ") {
		t.Errorf("the bundle: %v %.300s", a.Header, a.text)
	}
}

// A desk finds a case, answers it and resolves it; two customers who are one are merged, and split again.
func (s *shop) testDesk(t *testing.T) {
	p := s.person(t, access.App)
	path := "/service/" + s.best + "/" + s.oneCase
	p.sees("/service", "Which grind?", path)
	p.sees(path, "Clocks", "running", "Answered", "Resolve…")
	for _, done := range []struct{ name, sees string }{{"respond_to_case", "kept"}, {"resolve_case", "Reopen…"}} {
		form := url.Values{"customer_id": {s.best}, "case_id": {s.oneCase}, "_next": {path}, "action": {"corrective"}, "root_cause": {"no label"}}
		a := p.post("/do/"+done.name, form)
		if a.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", done.name, a.StatusCode, a.text)
		}
		p.sees(a.Header.Get("Location"), done.sees)
	}
	a := p.post("/do/register_customer", url.Values{"kind": {"person"}, "name": {"The same in person"}})
	other := strings.TrimSuffix(strings.TrimPrefix(a.Header.Get("Location"), "/customers/"), "?done=register_customer")
	p.sees("/customers/"+s.best+"/merge?other="+other, "Both together", "The same in person")
	form := url.Values{"customer_id": {other}, "kind": {"call"}, "direction": {"inbound"}, "subject": {"who I am"}}
	if a := p.post("/do/record_interaction", form); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("a call: %d %s", a.StatusCode, a.text)
	}
	form = url.Values{"customer_id": {s.best}, "absorbed_id": {other}}
	if a := p.post("/do/merge_customers", form); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("merge: %d %s", a.StatusCode, a.text)
	}
	p.sees("/customers/"+s.best+"/merge", "/customers/"+s.best+"/split?absorbed="+other)
	split := p.sees("/customers/"+s.best+"/split?absorbed="+other, "Goes back", `<form action="/do/split_customers"`).text
	if line := regexp.MustCompile(`<bdi>Contacts</bdi></span></td><td class="num"><span><bdi>\d+[^<]*</bdi></span></td><td class="num"><span><bdi>1</bdi>`); !line.MatchString(split) {
		t.Errorf("the call does not go back: %s", split)
	}
	if a := p.post("/do/split_customers", form); a.StatusCode != http.StatusSeeOther {
		t.Errorf("split: %d %s", a.StatusCode, a.text)
	}
}
