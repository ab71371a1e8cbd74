package bench

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/internal/demo"
)

// consolePages are the console's; {id} is a customer, {segment} a segment.
var consolePages = []string{"/", "/customers", "/customers?sort=name&page=3", "/customers?q=an", "/customers/{id}", "/customers/{id}/timeline",
	"/customers/{id}/looks", "/customers/{id}/asof", "/customers/{id}/merge", "/customers/{id}/erase", "/work", "/service", "/sales", "/sales/demand",
	"/marketing", "/marketing/surveys", "/segments", "/segments/{segment}", "/segments/new", "/value", "/do", "/do/record_purchase", "/audit",
	"/audit/log", "/audit/reads", "/audit/tokens", "/operations", "/imports", "/tables", "/tables/loyalty_stage"}

// ofLog are pages of a customer who is in the log, not only in tables.
var ofLog = []string{"/customers/{id}/looks", "/customers/{id}/asof", "/customers/{id}/merge", "/customers/{id}/erase"}

// pages takes the time of every page of the console: of the made-up shop, and over made-up tables of ten thousand customers for each
// second of measuring. Each page says how long it took in the server, and how much of that for its questions to the API.
func (r *run) pages(ctx context.Context) error {
	if err := r.serve(ctx, "pages", func(ctx context.Context, s *Server) error {
		api, err := s.client()
		if err != nil {
			return err
		}
		done, err := demo.Load(ctx, api, demo.Options{Customers: min(max(r.scaled(50), 20), 500), Departments: true}, r.Progress)
		if err == nil {
			err = done.FirstRefusal
		}
		if err == nil {
			err = s.caughtUp(ctx)
		}
		if err != nil {
			return err
		}
		best, err := s.bestCustomer(ctx)
		if err != nil {
			return err
		}
		worst, err := r.timePages(ctx, s, "pages of the made-up shop", best, "big_spenders", 10)
		r.report.set("pages.shop_worst_ms", worst.ms)
		r.report.set("pages.shop_worst_ratio", worst.ratio)
		r.report.set("pages.shop_worst_kb", worst.kB)
		return err
	}); err != nil {
		return err
	}
	customers := max(r.scaled(10_000), 100)
	return r.serve(ctx, "pages_large", func(ctx context.Context, s *Server) error {
		if err := s.caughtUp(ctx); err != nil {
			return err
		}
		url, err := r.database(ctx, "pages_large")
		if err != nil {
			return err
		}
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		if _, err := conn.Exec(ctx, "SET search_path = crm"); err != nil {
			return err
		}
		if err := r.fillTables(ctx, conn, customers); err != nil {
			return err
		}
		// Looks at pages are recorded, in the order of the log.
		if _, err := conn.Exec(ctx, "TRUNCATE personal_data_reads"); err != nil {
			return err
		}
		var someone, segment string
		if err := conn.QueryRow(ctx, `SELECT customer_id::text FROM customer_timeline JOIN customer_summary s USING (customer_id)
			WHERE s.kind <> '' AND s.erased_on IS NULL LIMIT 1`).Scan(&someone); err != nil {
			return err
		}
		if err := conn.QueryRow(ctx, "SELECT segment FROM segment_definition WHERE status = 'active' ORDER BY 1 LIMIT 1").Scan(&segment); err != nil {
			return fmt.Errorf("find a segment: %w", err)
		}
		worst, err := r.timePages(ctx, s, fmt.Sprintf("pages of %d customers", customers), someone, segment, 3, ofLog...)
		r.report.set("pages.customers", float64(customers))
		r.report.set("pages.large_worst_ms", worst.ms)
		return err
	})
}

// pageTime is how long a page took in the server, that divided by the time of its questions, and its size.
type pageTime struct{ ms, ratio, kB float64 }

// timePages asks for each page some times, and returns the worst there is of each figure.
func (r *run) timePages(ctx context.Context, s *Server, what, customer, segment string, times int, but ...string) (worst pageTime, err error) {
	advance, end := r.progress(what, len(consolePages))
	defer end()
	for _, path := range consolePages {
		if slices.Contains(but, path) {
			continue
		}
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
