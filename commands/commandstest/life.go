// Package commandstest lives lives at random: commands of all nouns, asked one after the other of services over one
// log, with the laws that hold at every step. Tests of commands look at the states afterwards, tests of
// projections at the tables.
package commandstest

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/product"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/domain/webhook"
	"github.com/rapport-crm/rapport/eventstore"
)

// Life is what is asked of services over one log, day after day.
type Life struct {
	// Accepted counts the commands that left facts, by type.
	Accepted map[reflect.Type]int

	services []*commands.Service
	log      log
	now      time.Time
	asked    int
	keyed    []request // accepted under a key, to be repeated
	late     int       // of ten, from which on what is asked happened days ago
	// oneStream is set where decisions are held against those on one stream.
	oneStream *oneStream
}

// request is one command with its circumstances.
type request struct {
	stream, key string
	command     any
	metadata    domain.Metadata
	answer      commands.Answer
}

// Begin begins a life with a customer registered. What it records lies before now, the services' clock.
func Begin(t *rapid.T, store eventstore.Store, codec *eventstore.Codec, services ...*commands.Service) *Life {
	l := &Life{Accepted: map[reflect.Type]int{}, services: services, late: 9,
		log: log{store: store, codec: codec, revisions: map[string]uint64{}},
		now: time.Date(2024, 1, 1, 9, 0, 0, 0, time.UTC)}
	for _, id := range domaintest.Customers[:1] {
		l.ask(t, request{stream: customer.Stream(id), command: customer.Register{Kind: customer.Person}})
	}
	return l
}

// Bound says how many lives rapid lives in a test, and about how many steps each has, unless the command line does:
// go test -run Laws -rapid.checks=5000 -rapid.steps=1000. RAPPORT_LAWS_SEED makes them the same lives each time, as CI wants
// them. With -short rapid lives a fifth of them, of half the steps; one at least.
func Bound(t testing.TB, lives, steps int) {
	t.Helper()
	if testing.Short() {
		lives = max(lives, 5)
	}
	bounds := map[string]string{"rapid.checks": strconv.Itoa(lives), "rapid.steps": strconv.Itoa(steps)}
	if seed := os.Getenv("RAPPORT_LAWS_SEED"); seed != "" {
		bounds["rapid.seed"] = seed
	}
	for name, value := range bounds {
		f := flag.Lookup(name)
		if f.Value.String() != f.DefValue {
			continue
		}
		if err := f.Value.Set(value); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Value.Set(f.DefValue) }) // which it took before
	}
}

// Now is later than whatever happens in a life.
func Now() time.Time { return time.Date(2034, 1, 1, 12, 0, 0, 0, time.UTC) }

// Live lives as many steps as are drawn.
func (l *Life) Live(t *rapid.T) { t.Repeat(map[string]func(*rapid.T){"step": l.step}) }

// Erase asks that the customer of a stream be erased, who may be unknown or absorbed.
func (l *Life) Erase(t *rapid.T, stream string) {
	l.ask(t, request{stream: stream, command: customer.Erase{Reason: "asked"},
		metadata: domain.Metadata{OccurredAt: l.now}})
}

// step asks for one more thing, or once more for one that was asked before, and checks the laws.
func (l *Life) step(t *rapid.T) {
	if n := len(l.keyed); n > 0 && rapid.IntRange(0, 9).Draw(t, "repeat") == 9 {
		l.repeat(t, l.keyed[rapid.IntRange(0, n-1).Draw(t, "which")])
		return
	}
	l.now = l.now.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "minutes later")) * time.Minute)
	department := rapid.SampledFrom(domaintest.Departments).Draw(t, "department").(string)
	r := request{metadata: domain.Metadata{OccurredAt: l.now, Actor: "ann", Department: department, Channel: "web"}}
	if rapid.IntRange(0, 9).Draw(t, "backdated") >= l.late {
		r.metadata.OccurredAt = l.now.AddDate(0, 0, -rapid.IntRange(1, 40).Draw(t, "days ago"))
	}
	asked := domaintest.Asking(domain.DayOf(r.metadata.OccurredAt, time.UTC)).Draw(t, "asked")
	r.stream, r.command = asked.Stream, asked.Command
	if rapid.IntRange(0, 2).Draw(t, "keyed") == 2 {
		r.key = fmt.Sprint(l.asked)
	}
	l.ask(t, r)
}

// ask asks for something new.
func (l *Life) ask(t *rapid.T, r request) {
	l.asked++
	service := l.services[rapid.IntRange(0, len(l.services)-1).Draw(t, "service")]
	foreseen := l.foresee(t, r)
	answer, err := handle(t, service, r)
	left := l.log.grown(t)
	l.compare(t, r, foreseen, left, err)
	var refusal *domain.Rejection
	switch {
	case errors.As(err, &refusal):
		if len(left) > 0 {
			t.Fatalf("%T %+v was refused (%v), and left %v", r.command, r.command, err, left)
		}
		return
	case err != nil:
		t.Fatalf("%T %+v: %v", r.command, r.command, err)
	case answer.Appended > 0:
		l.Accepted[reflect.TypeOf(r.command)]++
	}
	l.checkAnswer(t, r, answer, left)
	if day, ok := r.command.(calendar.CloseDay); ok {
		l.now = later(l.now, day.Date.Start(time.UTC).Add(24*time.Hour))
		l.checkDue(t, day.Date)
	}
	if again, err := handle(t, service, r); err != nil || again.Appended > 0 {
		t.Fatalf("%T %+v, asked at once again: %+v, %v", r.command, r.command, again, err)
	}
	if more := l.log.grown(t); len(more) > 0 {
		t.Fatalf("%T %+v, asked at once again, left %v", r.command, r.command, more)
	}
	_, settles := r.command.(calendar.CloseDay) // what was recorded late falls due when it is repeated later
	if r.answer = answer; r.key != "" && answer.Appended > 0 && !settles {
		l.keyed = append(l.keyed, r)
	}
}

// checkAnswer: the answer counts the stream's new facts, and says where the last one stands.
func (l *Life) checkAnswer(t *rapid.T, r request, answer commands.Answer, left []domain.Recorded) {
	var own []domain.Recorded
	for _, e := range left {
		if e.Stream == answer.Stream {
			own = append(own, e)
		}
	}
	if len(own) != answer.Appended {
		t.Fatalf("%T %+v: the answer counts %d facts, the stream has %v", r.command, r.command, answer.Appended, own)
	}
	if len(own) == 0 {
		return
	}
	if last := own[len(own)-1]; answer.Revision != last.Revision || answer.Position < last.Position {
		t.Fatalf("%T: %+v, but the last fact is %+v", r.command, answer, last)
	}
	for i, e := range own {
		if e.Metadata.CommandID != own[0].Metadata.CommandID || e.Revision != own[0].Revision+uint64(i) {
			t.Fatalf("%T: facts of one command: %+v, %+v", r.command, own[0], e)
		}
	}
}

// repeat: the same command under the same key gets the same answer, and leaves nothing.
func (l *Life) repeat(t *rapid.T, r request) {
	for _, service := range l.services {
		got, err := handle(t, service, r)
		if errors.Is(err, customer.ErrErased) && r.answer.Stream != r.stream {
			continue // what was recorded with a survivor is not found by the id of who was erased since
		}
		if err != nil || got.Revision != r.answer.Revision || got.Position != r.answer.Position {
			t.Fatalf("%T %+v, repeated under its key: %+v, %v; at first %+v", r.command, r.command, got, err, r.answer)
		}
	}
	if left := l.log.grown(t); len(left) > 0 {
		t.Fatalf("%T %+v, repeated under its key, left %v", r.command, r.command, left)
	}
}

// checkDue: once a day is closed, nothing that fell due by its end is left. A service knows what falls due of the
// customers that it handled.
func (l *Life) checkDue(t *rapid.T, closed domain.Day) {
	if len(l.services) > 1 {
		return
	}
	var all []domain.Recorded
	for _, id := range domaintest.Customers {
		all = append(all, l.log.read(t, customer.Stream(id))...)
	}
	for _, id := range domaintest.Customers {
		var state customer.State
		told := customer.Facts(id, all)
		slices.SortFunc(told, func(a, b domain.Recorded) int { return cmp.Compare(a.Position, b.Position) })
		state.Begin(told)
		for _, e := range told {
			state.Take(e.Event.(customer.Event), e.Metadata)
		}
		if due, ok := state.Due(); ok && due <= closed {
			t.Fatalf("%s is closed, and something of customer %s fell due on %s", closed, id, due)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// handle hands a command to the handler of its streams.
func handle(t *rapid.T, s *commands.Service, r request) (commands.Answer, error) {
	switch c := r.command.(type) {
	case customer.Command:
		return handleBy(s.Customers, r, c)
	case segment.Command:
		return handleBy(s.Segments, r, c)
	case guidance.Command:
		return handleBy(s.Guidance, r, c)
	case campaign.Command:
		return handleBy(s.Campaigns, r, c)
	case questionnaire.Command:
		return handleBy(s.Questionnaires, r, c)
	case policy.Command:
		return handleBy(s.Policies, r, c)
	case product.Command:
		return handleBy(s.Products, r, c)
	case calendar.Command:
		return handleBy(s.Calendar, r, c)
	case subscription.Command:
		return handleBy(s.Subscriptions, r, c)
	case webhook.Command:
		return handleBy(s.Webhooks, r, c)
	case business.Command:
		return handleBy(s.Business, r, c)
	}
	t.Fatalf("%T: say in commandstest who handles it", r.command)
	return commands.Answer{}, nil
}

func handleBy[S any, N domain.Needing](h *commands.Handler[S, N], r request, c domain.CommandOf[S, N]) (commands.Answer, error) {
	return h.Handle(context.Background(), commands.Request[S, N]{Stream: r.stream, Command: c, Metadata: r.metadata,
		IdempotencyKey: r.key})
}
