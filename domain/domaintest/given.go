package domaintest

import (
	"time"

	"github.com/rapport-crm/rapport/domain"
)

// Asked is a command with what its decision rests on. It is asked in place of the command.
type asked[S any, N domain.Needing] struct {
	domain.CommandOf[S, N]
	given domain.Given[N]
}

// In returns the command as asked in circumstances: fill says which, on what was said before.
func In[S any, N domain.Needing](c domain.CommandOf[S, N], fill func(*domain.Given[N])) domain.CommandOf[S, N] {
	bare, given := Circumstances(c)
	fill(&given)
	return asked[S, N]{bare, given}
}

// At returns the command as asked of what happened at a moment, on a day.
func At[S any, N domain.Needing](c domain.CommandOf[S, N], when time.Time, on domain.Day) domain.CommandOf[S, N] {
	return In(c, func(g *domain.Given[N]) { g.When, g.On, g.Now, g.Zone = when, on, when, when.Location() })
}

// Circumstances returns a command without what its decision rests on, and that.
func Circumstances[S any, N domain.Needing](c domain.CommandOf[S, N]) (domain.CommandOf[S, N], domain.Given[N]) {
	if a, ok := c.(asked[S, N]); ok {
		return a.CommandOf, a.given
	}
	return c, domain.Given[N]{Zone: time.UTC, Needs: c.Needs()}
}

// Decide lets a command decide over a state, in its circumstances.
func Decide[P domain.StateOf[S], S any, N domain.Needing](s P, c domain.CommandOf[S, N]) ([]domain.EventOf[S], error) {
	bare, given := Circumstances(c)
	return domain.Decide(s, bare, given)
}

// happened is a fact of which a story says when it happened.
type happened[S any] struct {
	domain.EventOf[S]
	at time.Time
}

// Happened returns a fact that happened at a moment. What other facts say of it, they say with their days.
func Happened[S any](at time.Time, e domain.EventOf[S]) domain.EventOf[S] { return happened[S]{e, at} }

func (h happened[S]) Evolve(s *S, m domain.Metadata) {
	m.OccurredAt = h.at
	h.EventOf.Evolve(s, m)
}

// Moment returns the fact alone, and when it happened; false where no story says so.
func Moment(e domain.Event) (domain.Event, time.Time, bool) {
	if h, ok := e.(interface {
		moment() (domain.Event, time.Time)
	}); ok {
		fact, at := h.moment()
		return fact, at, true
	}
	return e, time.Time{}, false
}

func (h happened[S]) moment() (domain.Event, time.Time) { return h.EventOf, h.at }
