package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// tablesAt reads from the database itself up to where the tables are; false where it does not answer.
func (c *campaign) tablesAt() (position int64, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.database.URL())
	if err != nil {
		return 0, false
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, "SELECT position FROM crm.projection_checkpoint").Scan(&position)
	return position, err == nil
}

// toldStatus is what a server says of the tables.
type toldStatus struct {
	State     string    `json:"state"`
	Position  int64     `json:"position"`
	Head      int64     `json:"head"`
	LagEvents *int64    `json:"lag_events"`
	UpdatedAt time.Time `json:"updated_at"`
}

// status asks for it; false where it was not answered.
func (p *process) status() (s toldStatus, ok bool) {
	code, body := p.http("GET", "/v1/projections", "")
	return s, code == 200 && json.Unmarshal(body, &s) == nil
}

// The server is killed every 3 seconds under load: the tables move on in every 10.
func TestLongTablesMoveOnUnderKills(t *testing.T) {
	lasts := time.Duration(setting(t, "KILL_SECONDS", 30)) * time.Second
	c := newCampaign(t)
	g := newShoppers(c.server, 16)
	c.server.settled()
	stop := g.shop(c.server, func(status int) bool { return status == 0 || status == 503 })
	over, watched := make(chan struct{}), make(chan time.Duration)
	go func() {
		var stood time.Duration // the longest time without a move
		last, moved := int64(0), time.Now()
		for ended := false; !ended; {
			if at, ok := c.tablesAt(); ok && at > last {
				last, moved = at, time.Now()
			}
			stood = max(stood, time.Since(moved))
			select {
			case <-over:
				ended = true
			case <-time.After(100 * time.Millisecond):
			}
		}
		watched <- stood
	}()
	kills := 0
	for began := time.Now(); time.Since(began) < lasts; kills++ {
		<-time.After(time.Until(began.Add(time.Duration(kills+1) * 3 * time.Second)))
		c.killServer()
	}
	close(over)
	stood := <-watched
	stop()
	t.Logf("%d kills in %s; the tables stood still for at most %s", kills, lasts, stood.Round(time.Millisecond))
	if stood > 10*time.Second {
		t.Errorf("the tables stood still for %s", stood)
	}
	c.server.equalsRebuild()
}

// A server that keeps the tables is stopped: another one takes over, and the first, once it goes on, writes nothing more.
func TestLongAStoppedLeaderIsReplaced(t *testing.T) {
	c := newCampaign(t)
	leader := c.server
	g := newShoppers(leader, 8)
	leader.settled()
	second := serve(t, t.TempDir()+"/second", "--eventstore", "esdb://"+c.store.address+"?tls=false", "--postgres", c.database.URL(),
		"--master-key", leader.data+"/master.key", "--proof-key", leader.data+"/proof.key")
	second.until("it stands by", func() (bool, string) {
		s, ok := second.status()
		return ok && s.State == "standby", fmt.Sprintf("%+v", s)
	})
	stop := g.shop(second, func(status int) bool { return status == 0 || status == 503 })
	defer stop()
	g.untilBought(second, 50)
	sendSignal(t, syscall.SIGSTOP, leader.cmd.Process.Pid)
	stopped := time.Now()
	second.until("it keeps the tables", func() (bool, string) {
		s, ok := second.status()
		return ok && s.State != "standby" && s.State != "unknown", fmt.Sprintf("%+v", s)
	})
	took := time.Since(stopped)
	at, _ := c.tablesAt()
	second.until("the tables move on", func() (bool, string) {
		now, ok := c.tablesAt()
		return ok && now > at, fmt.Sprint(now)
	})
	t.Logf("the other one took over after %s", took.Round(time.Millisecond))
	if took > 15*time.Second {
		t.Errorf("the takeover took %s", took)
	}
	sendSignal(t, syscall.SIGCONT, leader.cmd.Process.Pid)
	leader.until("the first one stands by", func() (bool, string) {
		s, ok := leader.status()
		return ok && s.State == "standby", fmt.Sprintf("%+v", s)
	})
	g.untilBought(second, 50)
	stop()
	second.equalsRebuild()
}

// Under load, at the start, in a rebuild and while the database is away, no status tells a smaller lag than there is.
func TestLongNoStatusTellsASmallerLag(t *testing.T) {
	c := newCampaign(t)
	g := newShoppers(c.server, 16)
	c.server.settled()
	stop := g.shop(c.server, func(status int) bool { return status == 0 || status == 503 })
	defer stop()
	var samples, unknown int
	var largest int64
	var history []acknowledgement
	// sample asks many times; each lag is at least what was acknowledged before it was measured less where the tables are
	// after the answer.
	sample := func(n int) {
		for range n {
			history = append(history, acknowledgement{time.Now(), g.position.Load()})
			s, ok := c.server.status()
			at, known := c.tablesAt()
			acknowledged := acknowledgedBy(history, s.UpdatedAt)
			switch {
			case !ok:
				continue
			case s.LagEvents == nil:
				unknown++
			case !known:
				if s.State == "live" {
					t.Errorf("without a database: %+v", s)
				}
			case *s.LagEvents < acknowledged-at:
				t.Errorf("%+v, while %d was acknowledged and the tables were at %d", s, acknowledged, at)
			default:
				largest = max(largest, *s.LagEvents)
			}
			samples++
		}
	}
	sample(400)
	rebuilt := make(chan error, 1)
	go func() {
		_, err := c.server.try(context.Background(), "projections", "rebuild")
		rebuilt <- err
	}()
	sample(200)
	if err := <-rebuilt; err != nil {
		t.Error(err)
	}
	c.killServer()
	sample(200)
	sendSignal(t, syscall.SIGKILL, postmaster(t, c.options.Dir))
	<-c.database.Done()
	sample(100)
	c.startDatabase()
	sample(100)
	for samples < 1000 {
		sample(1)
	}
	t.Logf("%d samples: %d lags unknown, the largest told %d events", samples, unknown, largest)
	stop()
	c.server.equalsRebuild()
}

// acknowledgement is up to where commands were acknowledged at a moment.
type acknowledgement struct {
	at       time.Time
	position int64
}

func acknowledgedBy(history []acknowledgement, at time.Time) int64 {
	i, _ := slices.BinarySearchFunc(history, at, func(a acknowledgement, at time.Time) int { return a.at.Compare(at) })
	if i == 0 {
		return 0
	}
	return history[i-1].position
}

// positions is the newest position that was acknowledged to anybody.
type positions struct{ atomic.Int64 }

// told takes what an answer to a command says.
func (p *positions) told(answer string) {
	var a struct{ Position int64 }
	if json.Unmarshal([]byte(answer), &a) != nil {
		return
	}
	for {
		before := p.Load()
		if a.Position <= before || p.CompareAndSwap(before, a.Position) {
			return
		}
	}
}
