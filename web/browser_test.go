package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/rapport-crm/rapport/domain/access"
)

// browser is a window of a real one, in which somebody is signed in.
type browser struct {
	t    *testing.T
	shop *shop
	ctx  context.Context
}

// chromium starts the browser of all windows.
func (s *shop) chromium(t *testing.T) {
	t.Helper()
	ctx, end := chromedp.NewExecAllocator(t.Context(), chromedp.Headless, chromedp.DisableGPU, chromedp.NoSandbox, chromedp.Flag("lang", "en-GB"),
		chromedp.Flag("accept-lang", "en-GB"), chromedp.Flag("force-prefers-reduced-motion", true), chromedp.WindowSize(1440, 1000))
	t.Cleanup(end)
	ctx, stop := chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	s.chrome = ctx
}

// browser opens a window that shares nothing with others. What a page complains of, such as a breach of its content security
// policy, fails the test.
func (s *shop) browser(t *testing.T, role access.Role) *browser {
	t.Helper()
	ctx, stop := chromedp.NewContext(s.chrome, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(cancel)
	b := &browser{t, s, ctx}
	b.run(chromedp.Navigate(s.url + "/signin"))
	complaints, listened := chromedp.Console(ctx), make(chan struct{})
	go func() {
		defer close(listened)
		for m, err := range complaints {
			if err != nil {
				return
			}
			if m.IsException() || m.Type == chromedp.ConsoleError && m.Source != "network" {
				t.Errorf("%s: %s", m.URL, m)
			}
		}
	}()
	t.Cleanup(func() { stop(); <-listened })
	b.run(chromedp.SendKeys("#token", s.tokens[role]), chromedp.KeyEvent("\r"))
	b.until(ready + ` && document.querySelector(".side") !== null`)
	return b
}

func (b *browser) run(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// ready says that the script of a page listens, and that it was painted: before that, browsers drop what is clicked and typed.
const ready = `document.querySelector(".tip") !== null && performance.getEntriesByName("first-paint").length > 0`

// open goes to a page.
func (b *browser) open(path string) {
	b.t.Helper()
	b.run(chromedp.Navigate(b.shop.url + path))
	b.until(ready)
}

// at waits for a page.
func (b *browser) at(title string) {
	b.t.Helper()
	b.until(ready + ` && document.querySelector("h1").textContent === ` + quoted(title))
}

// text is what stands in an element.
func (b *browser) text(selector string) string {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.TextContent(selector))
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}

// until waits for a condition of the page, which may be another page by then.
func (b *browser) until(expression string) {
	b.t.Helper()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	deadline := time.After(time.Minute)
	for {
		if holds, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression)); err == nil && holds {
			return
		}
		select {
		case <-again.C:
		case <-deadline:
			b.t.Fatalf("it never came to %s; the page says %.2000s", expression, b.text("main"))
		}
	}
}

// reach goes to an element by the tab key alone, and fails where that does not come to it, or does not show where it is.
func (b *browser) reach(selector string) {
	b.t.Helper()
	b.until(ready + ` && document.querySelector(` + quoted(selector) + `) !== null`)
	const most = 200
	for range most {
		b.run(chromedp.KeyEvent("\t"))
		at, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.activeElement.matches(`+quoted(selector)+`) ? getComputedStyle(document.activeElement).outlineStyle : ""`))
		if err != nil {
			b.t.Fatal(err)
		}
		if at == "none" {
			b.t.Errorf("%s does not show that it has the focus", selector)
		}
		if at != "" {
			return
		}
	}
	b.t.Fatalf("%d tabs do not lead to %s", most, selector)
}

// keys goes to an element by the tab key, and types.
func (b *browser) keys(selector, keys string) {
	b.t.Helper()
	b.reach(selector)
	b.run(chromedp.KeyEvent(keys))
}

// done waits for what says that something was done.
func (b *browser) done(what string) {
	b.t.Helper()
	b.until(ready + ` && document.querySelector(".flash") !== null && document.querySelector(".flash").textContent.includes(` + quoted(what) + `)`)
}

// An agent's day, by the keyboard alone: find somebody, answer their case, promise something and keep it, hand over.
func (s *shop) testAgent(t *testing.T) {
	b := s.browser(t, access.App)
	b.run(chromedp.KeyEvent("g"), chromedp.KeyEvent("c"))
	b.at("Customers")
	b.run(chromedp.KeyEvent("/"))
	b.until(`document.activeElement.id === "find"`)
	name := s.nameOfBest(t)
	b.until(`(document.activeElement.value = "") === ""`) // the protocol also types the key that the script took
	b.run(chromedp.KeyEvent(name + "\r"))
	b.until(`location.search.startsWith("?q=")`)
	b.keys(`a[href="/customers/`+s.best+`"]`, "\r")
	b.at(name)
	b.keys(`main a[href="/service/`+s.best+`/`+s.oneCase+`"]`, "\r")
	b.at("Which grind?")
	b.keys(`a[href^="/do/respond_to_case"]`, "\r")
	b.keys("button.main", "\r")
	b.done("respond to a case")
	b.at("Which grind?")
	b.keys(`.tabs a[href="/customers/`+s.best+`"]`, "\r")
	b.at(name)
	b.keys(`a[href^="/do/make_promise"]`, "\r")
	b.keys("#in-what", "call back about the grinder")
	b.keys("#in-due_on", "05052031")
	b.keys("button.main", "\r")
	b.done("promise something")
	if open := b.text("main"); !strings.Contains(open, "Promised: call back about the grinder") || !strings.Contains(open, "5\u00a0May\u00a02031") {
		t.Errorf("the promise is not open: %s", open)
	}
	b.keys(`form[action="/do/keep_promise"] button`, "\r")
	b.done("keep a promise")
	b.until(`!document.querySelector("main").textContent.includes("Promised: call back")`)
	b.keys(`a[href^="/do/hand_over"]`, "\r")
	b.keys("#in-from", "service")
	b.keys("#in-to", "sales")
	b.keys("#in-what", "wants an offer for a grinder")
	b.keys("button.main", "\r")
	b.done("hand work over")
	if open := b.text("main"); !strings.Contains(open, "Handed over: wants an offer for a grinder") {
		t.Errorf("the hand-over is not open: %s", open)
	}
}

// The list of customers follows what is typed, and charts say their exact values.
func (s *shop) testScripts(t *testing.T) {
	b := s.browser(t, access.Analyst)
	b.open("/customers")
	b.run(chromedp.SendKeys(`form.filters input[name=q]`, s.nameOfBest(t)))
	b.until(`document.querySelectorAll("#results tbody tr").length < 20 && location.search.includes("q=")`)
	b.open("/")
	b.until(`document.querySelector(".chart .bar").dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX: 200, clientY: 200 }))`)
	if tip := b.text(".tip"); !strings.Contains(tip, "EUR") {
		t.Errorf("the tip says %q", tip)
	}
}

func (s *shop) nameOfBest(t *testing.T) string {
	t.Helper()
	p := s.person(t, access.Admin)
	_, rest, _ := strings.Cut(p.get("/customers/"+s.best).text, "<h1><bdi>")
	name, _, _ := strings.Cut(rest, "</bdi>")
	return name
}

func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `\"`) + `"` }
