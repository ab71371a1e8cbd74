package web

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/rapport-crm/rapport/domain/access"
)

// axe looks at a page by all rules of WCAG 2.2 AA, and says what breaks them.
const axe = `(async () => {
	const tags = {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]};
	const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
	return JSON.stringify(found.violations.map(v => ({rule: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html + " " + n.failureSummary)})));
})()`

// looks are how pages are looked at: by day at a desk, by night on a phone.
var looks = []struct {
	theme         string
	width, height int64
}{{"light", 1280, 900}, {"dark", 360, 780}}

// wide says what makes a page wider than its window.
const wide = `document.documentElement.scrollWidth <= innerWidth ? "" : [...document.querySelectorAll("main *")]
	.filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest(".scroll, .board, .tabs, .sr")).slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ") || "something"`

func (s *shop) testAccessible(t *testing.T) {
	b := s.browser(t, access.Admin)
	script := axeScript(t)
	var paths []string
	for pattern := range s.console.roles {
		if path, ok := strings.CutPrefix(pattern, "GET "); ok && path != "/signin" && !slices.Contains(noPages, pattern) && !strings.Contains(path, "{upload}") {
			paths = append(paths, s.addressOf(pattern))
		}
	}
	paths = append(paths, "/customers/"+s.odd, "/customers/"+s.odd+"/timeline", "/segments/oddities", "/segments/new?rule=orders>3", "/customers?col=returns&col=gross_revenue_minor&col=acquisition_source", "/do/record_purchase?customer_id="+s.best, "/audit?position=3", "/customers/"+s.best+"/asof?diff=yes&as_of=2026-01-01",
		"/customers?q=nobody+is+called+so", "/nowhere", s.anUpload(t))
	slices.Sort(paths)
	for _, path := range paths {
		b.open(path)
		if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script+"; true")); err != nil {
			t.Fatal(err)
		}
		for _, look := range looks {
			b.looksAt(path, look.theme, look.width, look.height)
		}
	}
	b.run(chromedp.ResetViewport())
	b.open("/operations")
	b.run(chromedp.Click(".theme button"))
	b.until(ready + ` && document.documentElement.dataset.theme === "dark"`)
}

// looksAt fails where a page breaks a rule, or does not fit its window.
func (b *browser) looksAt(path, theme string, width, height int64) {
	b.t.Helper()
	b.run(chromedp.EmulateViewport(width, height), chromedp.Evaluate[chromedp.Void](`document.documentElement.dataset.theme = `+quoted(theme)))
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](axe, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", path, err)
	}
	var found []struct {
		Rule, Help string
		Nodes      []string
	}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		b.t.Fatal(err)
	}
	for _, f := range found {
		b.t.Errorf("%s, %s: %s (%s): %s", path, theme, f.Rule, f.Help, strings.Join(f.Nodes, "\n"))
	}
	if over, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](wide)); err != nil || over != "" {
		b.t.Errorf("%s does not fit a window of %d: %s, %v", path, width, over, err)
	}
}

// anUpload is the page of a file that is to be imported.
func (s *shop) anUpload(t *testing.T) string {
	t.Helper()
	a := s.person(t, access.Admin).upload("sales.csv", aFile)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("upload: %d %s", a.StatusCode, a.text)
	}
	return a.Header.Get("Location")
}

func axeScript(t *testing.T) string {
	t.Helper()
	file, err := os.Open("testdata/axe.min.js.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
