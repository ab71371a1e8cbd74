package commands

import (
	"context"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// tellAnew settles what a correction leaves open. It happened when that happened which it corrects, unless it says otherwise;
// and it says what the command says by which it is told anew, so that the same told once more is known.
func (h *Handler[S, N]) tellAnew(ctx context.Context, o *order[S, N], g *customer.Given) error {
	c, ok := any(o.command).(customer.CorrectFact)
	if !ok || c.As == nil {
		return nil
	}
	m := &o.metadata
	if fact, ok := c.Corrected(g); ok && !g.Dated {
		m.OccurredAt = fact.Metadata.OccurredAt.UTC()
		g.When, g.On = m.OccurredAt.In(g.Zone), domain.DayOf(m.OccurredAt, g.Zone)
	}
	var err error
	if o.content, err = h.contentOf(ctx, c.As, m); err != nil {
		return err
	}
	m.Content = o.content.String()
	g.By = *m
	return nil
}
