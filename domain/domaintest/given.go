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
