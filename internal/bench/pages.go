package bench

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/demo"
)

// consolePages are the console's; {id} is a customer, {segment} a segment.
var consolePages = []string{"/", "/customers", "/customers?sort=name&page=3", "/customers?q=an", "/customers?segment={segment}", "/customers/{id}", "/customers/{id}/timeline",
	"/customers/{id}/looks", "/customers/{id}/asof", "/customers/{id}/merge", "/customers/{id}/erase", "/work", "/service", "/sales", "/sales/demand",
	"/marketing", "/marketing/surveys", "/segments", "/segments/{segment}", "/segments/new", "/segments/new?rule=orders_in(90)+%3E%3D+3", "/segments/ladder", "/value", "/do", "/do/record_purchase", "/audit",
	"/audit/log", "/audit/reads", "/audit/tokens", "/operations", "/operations/quality", "/operations/maturity", "/operations/keys", "/imports", "/tables", "/tables/loyalty_stage"}

// pages takes the time of every page of the console: of the made-up shop, and of one of ten thousand customers for each second of
// measuring, whose tables hold a smaller shop many times. Each page says how long it took in the server, and how much of that for
// its questions to the API.
func (r *run) pages(ctx context.Context) error {
	worst, err := r.pagesOf(ctx, "pages", min(max(r.scaled(50), 20), 500), 1, 10)
	r.report.set("pages.shop_worst_ms", worst.ms)
	r.report.set("pages.shop_worst_ratio", worst.ratio)
	r.report.set("pages.shop_worst_kb", worst.kB)
	if err != nil {
		return err
	}
	customers := max(r.scaled(10_000), 100)
	times := min(max(customers/100, 1), 20)
	worst, err = r.pagesOf(ctx, "pages_large", customers/times, times, 3)
	r.report.set("pages.customers", float64(customers/times*times))
	r.report.set("pages.large_worst_ms", worst.ms)
	r.report.set("pages.large_worst_ratio", worst.ratio)
	r.report.set("pages.large_worst_kb", worst.kB)
	return err
}

// pagesOf times the pages of the made-up shop of so many customers, so many times as large.
func (r *run) pagesOf(ctx context.Context, name string, customers, times, runs int) (worst pageTime, err error) {
	err = r.serve(ctx, name, func(ctx context.Context, s *Server) error {
		api, err := s.client()
		if err != nil {
			return err
		}
		done, err := demo.Load(ctx, api, demo.Options{Customers: customers, Departments: true}, r.Progress)
		if err == nil {
			err = done.FirstRefusal
		}
		if err == nil {
			err = s.caughtUpWithin(ctx, 30*time.Minute)
		}
		if err != nil {
			return err
		}
		best, err := s.bestCustomer(ctx)
		if err == nil && times > 1 {
			err = r.query(ctx, name, func(conn *pgx.Conn) error {
				if _, err := conn.Exec(ctx, "SET search_path = crm"); err != nil {
					return err
				}
				return r.multiply(ctx, conn, times)
			})
		}
		if err != nil {
			return err
		}
		worst, err = r.timePages(ctx, s, fmt.Sprintf("pages of %d customers", customers*times), best, "big_spenders", runs)
		return err
	})
	return worst, err
}

// pageTime is how long a page took in the server, that divided by the time of its questions, and its size.
type pageTime struct{ ms, ratio, kB float64 }

// timePages asks for each page some times, and returns the worst there is of each figure.
func (r *run) timePages(ctx context.Context, s *Server, what, customer, segment string, times int) (worst pageTime, err error) {
	advance, end := r.progress(what, len(consolePages))
	defer end()
	for _, path := range consolePages {
		path = strings.NewReplacer("{id}", customer, "{segment}", segment).Replace(path)
		var took, ratio []float64
		for range times {
			one, err := s.page(ctx, path)
			if err != nil {
				return worst, err
			}
			took, ratio, worst.kB = append(took, one.ms), append(ratio, one.ratio), max(worst.kB, one.kB)
		}
		half := median(took)
		r.report.pages = append(r.report.pages, viewTime{what + ": " + strings.ReplaceAll(path, customer, "{id}"), half})
		worst.ms, worst.ratio = max(worst.ms, half), max(worst.ratio, median(ratio))
		advance(1)
	}
	return worst, nil
}

var serverTiming = regexp.MustCompile(`^api;dur=([0-9.]+);.*page;dur=([0-9.]+)$`)

// page asks for a page, as a browser does.
func (s *Server) page(ctx context.Context, path string) (pageTime, error) {
	text, header, err := s.get(ctx, path)
	if err != nil {
		return pageTime{}, err
	}
	found := serverTiming.FindStringSubmatch(header.Get("Server-Timing"))
	if found == nil {
		return pageTime{}, fmt.Errorf("%s does not say how long it took: %q", path, header.Get("Server-Timing"))
	}
	api, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		return pageTime{}, err
	}
	all, err := strconv.ParseFloat(found[2], 64)
	return pageTime{ms: all, ratio: all / max(api, 0.1), kB: float64(len(text)) / 1000}, err
}

func (s *Server) get(ctx context.Context, path string) (string, http.Header, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.Address+path, nil)
	if err != nil {
		return "", nil, err
	}
	r.Header.Set("Accept", "text/html")
	within := http.Client{Timeout: time.Minute}
	answer, err := within.Do(r)
	if err != nil {
		return "", nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, answer.Status)
	}
	return string(text), answer.Header, err
}

// bestCustomer is who has the most orders.
func (s *Server) bestCustomer(ctx context.Context) (string, error) {
	text, _, err := s.get(ctx, "/v1/tables/customer_360.csv?order=-orders&limit=1")
	if err != nil {
		return "", err
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 2 {
		return "", fmt.Errorf("there is no customer: %v", err)
	}
	return rows[1][0], nil
}
