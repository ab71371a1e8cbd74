package web

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/rapport-crm/rapport/domain/access"
)

// The ladder is edited with a preview of who would stand where: by hand, and with a script as somebody types.
func (s *shop) testLadder(t *testing.T) {
	p := s.person(t, access.Analyst)
	form := url.Values{"ladder.stages[0].name": {"prospect"}, "ladder.stages[0].rule": {"orders == 0"}, "ladder.stages[1].name": {"regular"},
		"ladder.stages[1].rule": {"orders >= 3"}, "ladder.stages[2].name": {"customer"}, "ladder.stages[2].rule": {"true"}}
	page := p.sees(ladderPath+"?"+form.Encode(), "Who would stand where", ">Regular<", "orders &gt;= 3").text
	buyers := s.rows(t, "customer_360", "orders>=3")
	all := s.rows(t, "customer_360", "")
	few := s.rows(t, "customer_360", "orders=0")
	f := &figures{shop: s, locale: localeOf("en-GB"), t: t, p: p, pages: map[string]string{"/": page}}
	f.same("/", "Who would stand where", [][]string{{"Prospect", f.standing("prospect"), f.Int(int64(len(few)))}, {"Regular", "0", f.Int(int64(len(buyers)))},
		{"Customer", f.standing("customer"), f.Int(int64(len(all) - len(few) - len(buyers)))}})
	f.pages = map[string]string{}
	inForce := f.panel(ladderPath, "Who would stand where")
	for _, line := range inForce { // also those of whom some fact is not known
		if line[1] != line[2] {
			t.Errorf("by the ladder in force %s customers would stand on %s, and %s do", line[2], line[0], line[1])
		}
	}
	if len(inForce) < 8 {
		t.Errorf("the ladder in force has the stages %v", inForce)
	}
	for button, want := range map[string][]string{"_above=1": {"prospect", "", "regular", "customer"}, "_up=1": {"regular", "prospect", "customer"}, "_without=0": {"regular", "customer"}} {
		typed, err := url.ParseQuery(form.Encode() + "&" + button)
		if err != nil {
			t.Fatal(err)
		}
		got := rungsOf(values(typed))
		if len(got) != len(want) {
			t.Fatalf("%s: %v", button, got)
		}
		for i, name := range want {
			if got[i].Name != name {
				t.Errorf("%s: %v, want %q", button, got, want)
			}
		}
	}
	form.Set("ladder.stages[1].rule", "ordrs >= 3")
	p.sees(ladderPath+"?"+form.Encode(), "The rule of regular has a fault", "did you mean orders")
	if a := p.post("/do/publish_ladder", form); a.StatusCode != http.StatusForbidden {
		t.Errorf("an analyst publishes: %d", a.StatusCode)
	}
	b := s.browser(t, access.Admin)
	b.open(ladderPath)
	b.until(`document.querySelector("#preview tbody tr") !== null`)
	b.run(chromedp.Evaluate[chromedp.Void](`document.querySelector("#rule-6").value = ""`), chromedp.SendKeys("#rule-6", "orders_i"))
	b.until(`document.querySelector("#completions-6").hidden === false`)
	b.run(chromedp.SetValue("#rule-6", "orders >= 3"), chromedp.SendKeys("#rule-6", " "))
	b.until(`location.search.includes("orders+%3E%3D+3")`)
	b.run(chromedp.Click(`button[formaction="/do/publish_ladder"]`))
	b.done("publish the loyalty ladder")
	if text := b.text("main"); !strings.Contains(text, "orders >= 3") {
		t.Errorf("the ladder in force is not shown: %s", text)
	}
}

// standing is how many customers stand on a stage now.
func (f *figures) standing(stage string) string {
	return f.Int(int64(len(f.rows(f.t, "customer_360", "stage="+stage))))
}

// The list of customers has the columns that are chosen, and can be had as a file, also of those for whom a rule holds.
func (s *shop) testColumns(t *testing.T) {
	for _, role := range []access.Role{access.App, access.Analyst} {
		p := s.person(t, role)
		usual := p.sees("/customers", ">Net revenue<", ">Columns<").text
		chosen := p.sees("/customers?col=returns&col=registered_on", ">Registered<", ">Returns<").text
		of := func(page string) string { _, table, _ := strings.Cut(page, "<thead>"); return table }
		if strings.Contains(of(usual), ">Returns<") || strings.Contains(of(chosen), ">Country<") {
			t.Errorf("%s sees other columns than were chosen", role)
		}
	}
	p := s.person(t, access.App)
	const rule = "/customers?rule=orders+%3E%3D+9&col=orders&col=net_revenue_minor"
	if page := html.UnescapeString(p.get(rule).text); !strings.Contains(page, `href="/customers.csv?col=orders&col=net_revenue_minor&rule=orders+%3E%3D+9" download`) {
		t.Error("there is no file of those for whom the rule holds")
	}
	a := p.get(strings.Replace(rule, "/customers?", "/customers.csv?", 1))
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/csv") || !strings.HasPrefix(a.text, "customer_id,name,orders,net_revenue_minor,currency\n") {
		t.Fatalf("%d %v %.200s", a.StatusCode, a.Header, a.text)
	}
	rows, err := readRows(strings.NewReader(a.text))
	if err != nil {
		t.Fatal(err)
	}
	want := s.rows(t, "customer_360", "orders>=9")
	if len(rows) != len(want) || len(want) == 0 {
		t.Errorf("the file has %d customers, the tables %d", len(rows), len(want))
	}
	of := map[string]row{}
	for _, r := range want {
		of[r["customer_id"]] = r
	}
	for _, r := range rows {
		if w := of[r["customer_id"]]; r["net_revenue_minor"] != w["net_revenue_minor"] || r["orders"] != w["orders"] || r["name"] != w["name"] {
			t.Errorf("the file has %v, the tables %v", r, w)
		}
	}
	if a := p.get("/customers.csv?rule=ordrs+%3E+1"); a.StatusCode != http.StatusUnprocessableEntity && a.StatusCode != http.StatusBadRequest {
		t.Errorf("a faulty rule: %d", a.StatusCode)
	}
}

// onPaper has the page look as it does when it is printed, and says what of that is wrong: what is for the screen, dark paper, and
// what the edge of the paper would cut off.
const onPaper = `(() => {
	for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) if (rule.media) {
		if (rule.media.mediaText.startsWith("screen")) rule.media.mediaText = "not all";
		else if (rule.media.mediaText === "print") rule.media.mediaText = "all";
	}
	const faults = [];
	for (const e of document.querySelectorAll(".masthead, .side, .filters, main button, main a[download]")) if (e.getClientRects().length) faults.push("shown: " + e.outerHTML.slice(0, 80));
	for (const e of document.querySelectorAll(".panel")) if (!["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"].includes(getComputedStyle(e).backgroundColor)) faults.push("dark: " + e.outerHTML.slice(0, 80));
	for (const e of document.querySelectorAll("main *")) if (e.getBoundingClientRect().right > innerWidth + 1 && !e.closest("svg, .sr")) faults.push("cut off: " + e.outerHTML.slice(0, 80));
	if (!document.querySelector("main h1").getClientRects().length) faults.push("no title");
	return faults.slice(0, 5).join("\n");
})()`

func (s *shop) testPaper(t *testing.T) {
	b := s.browser(t, access.Admin)
	const a4 = 718 // less its margins, in pixels of CSS
	b.run(chromedp.EmulateViewport(a4, 1000))
	for _, path := range []string{"/", "/customers", "/customers/" + s.best, "/sales", "/service", "/marketing", "/value", "/segments", "/work", "/audit/log"} {
		b.open(path)
		b.run(chromedp.Evaluate[chromedp.Void](`document.documentElement.dataset.theme = "dark"`))
		if faults, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](onPaper)); err != nil || faults != "" {
			t.Errorf("%s on paper: %s %v", path, faults, err)
		}
	}
	if pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF()); err != nil || len(pdf) < 10_000 {
		t.Errorf("a PDF of %d bytes: %v", len(pdf), err)
	}
}
