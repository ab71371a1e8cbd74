package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/internal/client"
)

// welcomes are the routes of a server's first hour.
func (c *console) welcomes() {
	c.page(pageOf{"GET " + shopPath, access.Admins, (*visit).madeUp})
	c.page(pageOf{"POST " + shopPath, access.Admins, (*visit).makeUpShop})
}

const (
	shopPath = "/welcome/shop"
	shopJob  = "shop"
	shopTime = time.Hour
)

// welcome is what a log without customers shows.
func (v *visit) welcome(p *Page) *Page {
	p.Title, p.Lead = "Welcome to Rapport", "There is no customer yet. Three ways to begin:"
	look := Panel{Title: "Look around", Wide: 4, Note: "A made-up shop: 500 customers of coffee and tea, with what they bought, asked and answered. It stays in this log, so do it where you try things out."}
	if v.makeUp != nil && v.is(access.Admins) {
		look.Custom = v.fragment("makeup", shopPath)
	} else {
		look.Custom = `<pre><code>rapport demo --data ./demo-data</code></pre>`
	}
	p.Panels = []Panel{look,
		{Title: "Bring your purchases", Wide: 4, Note: "A CSV of purchases becomes customers with a history. It can be repeated and resumed; a dry run says what it would do.",
			Custom: `<pre><code>rapport import sales.csv --system till --currency EUR \
  --map 'customer=customer;invoice=invoice;date=date;…'</code></pre>`, Links: v.importLink()},
		{Title: "Send commands", Wide: 4, Note: "Your shop, help desk or till records what happens by HTTP. Or do it by hand, here:",
			Links: []Link{{Text: "Register a customer", Href: "/do/register_customer"}, {Text: "The API", Href: "/docs"}}},
	}
	return p
}

func (v *visit) importLink() []Link {
	if v.uploads == nil || !v.is(access.Apps) {
		return nil
	}
	return []Link{{Text: "Upload a file", Href: "/imports"}}
}

// makeUpShop begins to make up a shop, in a log without customers.
func (v *visit) makeUpShop() (*Page, error) {
	if v.makeUp == nil {
		return nil, &Problem{Status: http.StatusNotFound, Title: "This server makes up no shop", Detail: "Start one by rapport demo."}
	}
	if j := v.jobs.newest(shopJob, ""); j == nil || j.state().over {
		var out struct{ Events []any }
		if err := v.get("/v1/events?types=customer.registered.v1&limit=1", &out); err != nil {
			return nil, err
		}
		if len(out.Events) > 0 {
			return nil, &Problem{Status: http.StatusConflict, Title: "There are customers already", Detail: "A shop is made up in a log without any. Start another server with a data directory of its own: rapport demo --data ./demo-data"}
		}
		ask := v.asker
		v.jobs.begin(shopJob, "", func(ctx context.Context, j *job) (any, error) {
			ctx, cancel := context.WithTimeout(ctx, shopTime)
			defer cancel()
			app, err := client.New("http://"+ask.r.Host, client.Options{Token: ask.token, HTTP: &http.Client{Transport: inside{ask.behalf(ctx)}}})
			if err != nil {
				return nil, err
			}
			return nil, v.makeUp(ctx, app, reported{j})
		})
	}
	http.Redirect(v.w, v.r, shopPath, http.StatusSeeOther)
	return nil, nil
}

// madeUp shows how far the shop is.
func (v *visit) madeUp() (*Page, error) {
	p := &Page{Lead: "500 customers of coffee and tea, with what they bought, asked and answered."}
	p.Title, p.Section = "A made-up shop", "overview"
	j := v.jobs.newest(shopJob, "")
	if j == nil {
		p.add(Panel{Title: "Nothing is under way", Empty: "Nobody has asked for a shop since the server began.", Links: []Link{{Text: "Overview", Href: "/"}}}, nil)
		return p, nil
	}
	at := j.state()
	switch {
	case !at.over:
		p.Again = true
		p.add(Panel{Title: "Under way", Wide: 6, Custom: v.fragment("progress", map[string]any{"Done": at.done, "Total": at.total}),
			Facts: []Fact{{Name: "Recorded", Value: Cell{Text: v.Int(at.done) + " of " + v.Int(at.total) + " events"}}, {Name: "Began", Value: v.at(j.began)}}}, nil)
	case at.err != nil:
		p.add(Panel{Title: "It did not come to an end", Custom: v.fragment("makeup", shopPath)}, at.err)
	default:
		p.add(Panel{Title: "It is open", Wide: 6, Note: "The tables show it all.", Links: []Link{{Text: "Look around", Href: "/"}, {Text: "The customers", Href: "/customers"}}}, nil)
	}
	return p, nil
}

// at is a moment in a table.
func (v *visit) at(t time.Time) Cell { return Cell{Text: unbroken(v.Time(t.Format(time.RFC3339)))} }

// reported reads how far something is from the lines that say so: "making up customers: 360 of 1200".
type reported struct{ *job }

// Write implements io.Writer.
func (r reported) Write(line []byte) (int, error) {
	var done, total int64
	what, far, _ := strings.Cut(string(line), ": ")
	if _, err := fmt.Sscanf(far, "%d of %d", &done, &total); err == nil {
		r.progress(what, done, total)
	}
	return len(line), nil
}

// inside is how an app reaches the API without the network, as whoever asked for it.
type inside struct{ *asker }

// RoundTrip implements http.RoundTripper.
func (i inside) RoundTrip(r *http.Request) (*http.Response, error) {
	asked := r.Clone(r.Context())
	asked.Host, asked.RemoteAddr, asked.TLS, asked.RequestURI = i.r.Host, i.r.RemoteAddr, i.r.TLS, r.URL.RequestURI()
	if asked.Body == nil {
		asked.Body = http.NoBody
	}
	defer asked.Body.Close()
	out := &answer{header: http.Header{}}
	i.serve(out, asked)
	out.WriteHeader(http.StatusOK)
	return &http.Response{StatusCode: out.status, Status: http.StatusText(out.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: out.header, Body: io.NopCloser(&out.body), ContentLength: int64(out.body.Len()), Request: r}, nil
}
