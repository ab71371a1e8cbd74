package bench

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/internal/client"
)

// closedDays are how many days are closed one by one.
const closedDays = 30

// days takes the time that a closed day costs, where customers bought on any day of the year before: few of them change
// their segment or stage on one day. It is compared with judging everybody, as a new rule makes necessary.
func (r *run) days(ctx context.Context) error {
	return r.serve(ctx, "days", func(ctx context.Context, s *Server) error {
		api, err := s.client()
		if err != nil {
			return err
		}
		url, err := r.database(ctx, "days")
		if err != nil {
			return err
		}
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		bought, err := purchases()
		if err != nil {
			return err
		}
		count, first := r.scaled(10_000), domain.DayOf(time.Now(), time.UTC)-2*closedDays
		if err := defineSegments(ctx, api); err != nil {
			return err
		}
		advance, end := r.progress(fmt.Sprintf("%d customers", count), 2*count+1)
		if _, err := send(ctx, api, overTheYear(count, first, bought), advance); err != nil {
			return err
		}
		end()
		if err := s.caughtUp(ctx); err != nil {
			return err
		}
		return r.closeDays(ctx, s, api, conn, first)
	})
}

// overTheYear is the past of customers who each bought once, on days spread over the year up to a day, which is closed.
func overTheYear(count int, until domain.Day, bought []purchase) iter.Seq[client.Line] {
	return func(yield func(client.Line) bool) {
		for i := range count {
			id, on := uuid.New(), client.Circumstances{OccurredAt: (until - domain.Day(i%365)).Time().Add(12 * time.Hour)}
			if !yield(client.Register(id, person, on)) || !yield(client.RecordPurchase(id, bought[i%len(bought)].anew(), on)) {
				return
			}
		}
		yield(client.CloseDay(until))
	}
}

func (r *run) closeDays(ctx context.Context, s *Server, api *client.Client, conn *pgx.Conn, first domain.Day) error {
	const changesSQL = `SELECT (SELECT count(*) FROM crm.segment_membership WHERE valid_from = $1 OR valid_to = $1)
		+ (SELECT count(*) FROM crm.loyalty_stage_history WHERE changed_on = $1)`
	var took, each []float64
	advance, end := r.progress("closed days", closedDays)
	defer end()
	for n := range closedDays {
		day := first + domain.Day(n) + 1
		began := time.Now()
		if _, err := send(ctx, api, func(yield func(client.Line) bool) { yield(client.CloseDay(day)) }, func(int) {}); err != nil {
			return err
		}
		if err := s.caughtUp(ctx); err != nil {
			return err
		}
		took = append(took, ms(time.Since(began)))
		var changes int
		if err := conn.QueryRow(ctx, changesSQL, day.Time()).Scan(&changes); err != nil {
			return err
		}
		each = append(each, float64(changes))
		advance(1)
	}
	began := time.Now()
	body := map[string]string{"rule": "recency_days <= 45 && net_revenue > 0.0"}
	if err := api.Do(ctx, http.MethodPut, "/v1/segments/bench", body, nil); err != nil {
		return err
	}
	if err := s.caughtUp(ctx); err != nil {
		return err
	}
	everyone := ms(time.Since(began))
	r.report.set("closed_day.ms", median(took))
	r.report.set("closed_day.changes", median(each))
	r.report.set("closed_day.everyone_ms", everyone)
	r.report.set("closed_day.ratio_to_everyone", median(took)/everyone)
	return nil
}
