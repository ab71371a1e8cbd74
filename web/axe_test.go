package web

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/rapport-crm/rapport/domain/access"
)

// axe looks at a page by the rules of WCAG 2.2 AA, and says what breaks them.
const axe = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(found => JSON.stringify(
	found.violations.map(v => ({rule: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html + " " + n.failureSummary)}))))`

func (s *shop) testAccessible(t *testing.T) {
	b := s.browser(t, access.Admin)
	script := axeScript(t)
	var paths []string
	for pattern := range s.console.roles {
		if path, ok := strings.CutPrefix(pattern, "GET "); ok && path != "/live" && path != "/signin" {
			paths = append(paths, s.addressOf(pattern))
		}
	}
	paths = append(paths, "/segments/new?rule=orders>3", "/do/record_purchase?customer_id="+s.best, "/audit?position=3", "/customers/"+s.best+"/asof?diff=yes&as_of=2026-01-01",
		"/customers?q=nobody+is+called+so", "/nowhere")
	slices.Sort(paths)
	for _, theme := range []string{"light", "dark"} {
		for _, path := range paths {
			b.open(path)
			if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script+"; true")); err != nil {
				t.Fatal(err)
			}
			text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](axe, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatalf("%s, %s: %v", path, theme, err)
			}
			var found []struct {
				Rule, Help string
				Nodes      []string
			}
			if err := json.Unmarshal([]byte(text), &found); err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				t.Errorf("%s, %s: %s (%s): %s", path, theme, f.Rule, f.Help, strings.Join(f.Nodes, "\n"))
			}
		}
		b.open("/operations")
		b.run(chromedp.Click(".theme button"))
		b.until(ready + ` && document.documentElement.dataset.theme === "dark"`)
	}
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
