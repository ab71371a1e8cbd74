package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// followersAtOnce are as many as the server lets follow the log.
const followersAtOnce = 1000

// reads takes the time of what apps ask for over HTTP, among ten thousand customers for each second of measuring, in turns with a
// plain SELECT 1: finding one by an identity and by name, and the first page of every list. Then a thousand follow the log.
func (r *run) reads(ctx context.Context) error {
	return r.serve(ctx, "reads", func(ctx context.Context, s *Server) error {
		customers := max(r.scaled(10_000), 500)
		if err := r.named(ctx, s, customers); err != nil {
			return err
		}
		database, err := r.database(ctx, "reads")
		if err != nil {
			return err
		}
		pool, err := pgxpool.New(ctx, database)
		if err != nil {
			return err
		}
		defer pool.Close()
		r.report.set("reads.customers", float64(customers))
		if err := r.finds(ctx, s, pool, customers); err != nil {
			return err
		}
		if err := r.firstPages(ctx, s, pool); err != nil {
			return err
		}
		return r.followed(ctx, s)
	})
}

// named registers customers who have names and an identity each.
func (r *run) named(ctx context.Context, s *Server, customers int) error {
	api, err := s.client()
	if err != nil {
		return err
	}
	advance, end := r.progress(fmt.Sprintf("registering %d customers", customers), customers)
	defer end()
	_, err = send(ctx, api, func(yield func(client.Line) bool) {
		for i := range customers {
			who := customer.Register{Kind: customer.Person, Name: nameOf(i), Country: "DE",
				ExternalIDs: []customer.ExternalID{{System: "shop", ID: strconv.Itoa(i)}}}
			if !yield(client.Register(uuid.New(), who, client.Circumstances{})) {
				return
			}
		}
	}, advance)
	if err != nil {
		return err
	}
	return s.caughtUp(ctx)
}

// nameOf is a name that a hundred others begin with, too.
func nameOf(i int) string {
	first := []string{"Ada", "Bo", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal", "Ida", "Jon"}
	return fmt.Sprintf("%s %c%c%cson", first[i%10], 'A'+i/10%26, 'a'+i/260%26, 'a'+i/6760%26)
}

// finds finds customers one by one, by their identity and by the beginning of their name.
func (r *run) finds(ctx context.Context, s *Server, pool *pgxpool.Pool, customers int) error {
	var plain, byID, byName, byAlike []time.Duration
	for i, until := 0, time.Now().Add(r.share(2)); i < 100 || time.Now().Before(until); i++ {
		who := i * 7919 % customers
		for _, one := range []struct {
			into *[]time.Duration
			do   func() error
		}{
			{&plain, func() error { return selectOne(ctx, pool) }},
			{&byID, func() error { return s.found(ctx, url.Values{"external_id": {"shop:" + strconv.Itoa(who)}}) }},
			{&byName, func() error { return s.found(ctx, url.Values{"name": {nameOf(who)}}) }},
			{&byAlike, func() error { return s.found(ctx, url.Values{"name_like": {nameOf(who) + "e"}}) }},
		} {
			began := time.Now()
			if err := one.do(); err != nil {
				return err
			}
			*one.into = append(*one.into, time.Since(began))
		}
	}
	base := ms(median(plain))
	r.report.set("reads.select_1_ms", base)
	r.report.set("reads.by_identity_p99_ms", ms(quantile(byID, 0.99)))
	r.report.set("reads.by_identity_ratio", ms(median(byID))/base)
	r.report.set("reads.by_name_p99_ms", ms(quantile(byName, 0.99)))
	r.report.set("reads.by_name_alike_p99_ms", ms(quantile(byAlike, 0.99)))
	r.report.set("reads.by_name_ratio", ms(median(byName))/base)
	return nil
}

func selectOne(ctx context.Context, pool *pgxpool.Pool) error {
	var one int
	return pool.QueryRow(ctx, "SELECT 1").Scan(&one)
}

// found asks for customers, of whom there must be one at least.
func (s *Server) found(ctx context.Context, query url.Values) error {
	text, _, err := s.get(ctx, "/v1/customers?"+query.Encode())
	if err == nil && !strings.Contains(text, `"customer_id"`) {
		err = fmt.Errorf("nobody is found by %s: %s", query.Encode(), text)
	}
	return err
}

// firstPages asks for the first page of every list across customers that the document has.
func (r *run) firstPages(ctx context.Context, s *Server, pool *pgxpool.Pool) error {
	text, _, err := s.get(ctx, "/openapi.json")
	if err != nil {
		return err
	}
	var document struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
		}
	}
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		return err
	}
	var paths []string
	for path, item := range document.Paths {
		if strings.HasPrefix(item["get"].OperationID, "list") && !strings.Contains(path, "{") {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	advance, end := r.progress("first pages", len(paths))
	defer end()
	worst, ratio := 0.0, 0.0
	for _, path := range paths {
		var took, plain []time.Duration
		for range 10 {
			began := time.Now()
			if err := selectOne(ctx, pool); err != nil {
				return err
			}
			plain = append(plain, time.Since(began))
			began = time.Now()
			if _, _, err := s.get(ctx, path); err != nil {
				return err
			}
			took = append(took, time.Since(began))
		}
		half := ms(median(took))
		r.report.lists = append(r.report.lists, viewTime{path, half})
		worst, ratio = max(worst, half), max(ratio, half/ms(median(plain)))
		advance(1)
	}
	r.report.set("reads.lists", float64(len(paths)))
	r.report.set("reads.list_worst_ms", worst)
	r.report.set("reads.list_worst_ratio", ratio)
	return nil
}

// followed has a thousand follow the log while twenty commands a second come, and measures how long after a command was sent
// the last of them has its event.
func (r *run) followed(ctx context.Context, s *Server) error {
	api, err := s.client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var last sync.Map // *atomic.Int64: when the event at a position reached the last follower, ns
	var seen atomic.Int64
	var began sync.WaitGroup
	following, followCtx := errgroup.WithContext(ctx)
	for range followersAtOnce {
		began.Add(1)
		following.Go(func() error {
			return s.follow(followCtx, began.Done, func(position int64, at time.Time) {
				seen.Add(1)
				newest, _ := last.LoadOrStore(position, new(atomic.Int64))
				for was := newest.(*atomic.Int64); ; {
					if known := was.Load(); known >= at.UnixNano() || was.CompareAndSwap(known, at.UnixNano()) {
						return
					}
				}
			})
		})
	}
	began.Wait()
	asked := map[int64]time.Time{} // when the command was sent whose event is at a position
	sent := int64(0)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for until := time.Now().Add(r.share(1)); time.Now().Before(until) && followCtx.Err() == nil; sent++ {
		var answer struct{ Position int64 }
		began := time.Now()
		if err := api.Do(ctx, http.MethodPost, "/v1/customers", map[string]string{"kind": "person", "name": "Late"}, &answer); err != nil {
			return err
		}
		asked[answer.Position] = began
		<-tick.C
	}
	for wait := time.Now().Add(10 * time.Second); seen.Load() < sent*followersAtOnce && time.Now().Before(wait) && followCtx.Err() == nil; {
		<-tick.C
	}
	if followCtx.Err() != nil {
		return fmt.Errorf("follow the log: %w", following.Wait())
	}
	rss, _ := residentMiB()
	if missed := sent*followersAtOnce - seen.Load(); missed > 0 {
		return fmt.Errorf("%d events did not reach a follower within 10 s", missed)
	}
	var worst time.Duration
	for position, at := range asked {
		if newest, ok := last.Load(position); ok {
			worst = max(worst, time.Unix(0, newest.(*atomic.Int64).Load()).Sub(at))
		}
	}
	r.report.set("reads.followers", followersAtOnce)
	r.report.set("reads.follow_worst_lag_ms", ms(worst))
	r.report.set("reads.follow_rss_mib", rss)
	cancel()
	return following.Wait()
}

// follow follows registrations from now on, until ctx ends.
func (s *Server) follow(ctx context.Context, begun func(), take func(position int64, at time.Time)) error {
	begin := sync.OnceFunc(begun)
	defer begin()
	head, err := s.Store.Head(ctx)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://%s/v1/events?types=customer.registered.v1&position=%d", s.Address, head), nil)
	if err != nil {
		return err
	}
	r.Header.Set("Accept", "text/event-stream")
	one := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DisableCompression: true}}
	answer, err := one.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("follow: %s", answer.Status)
	}
	lines := bufio.NewReader(answer.Body)
	var position int64
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF || ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		begin()
		if id, ok := strings.CutPrefix(line, "id: "); ok {
			position, _ = strconv.ParseInt(strings.TrimSpace(id), 10, 64)
		}
		if strings.HasPrefix(line, "data: ") {
			take(position, time.Now())
		}
	}
}
