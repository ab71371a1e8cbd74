package projections

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/rules"
)

// Customers are judged by the business day (package judgement), when something of theirs happened (at the end of the
// page, before a later day of theirs, and before the business date moves), when time alone changes an answer (the agenda
// knows the day), and when a rule changes. So the history depends on the log alone, not on how it is cut into pages,
// and a closed day costs as much as it changes.

// judgeStirred judges a customer if something of theirs happened since they were last judged.
func (p *page) judgeStirred(id uuid.UUID, c *relation) error {
	if _, ok := p.stirred[id]; !ok {
		return nil
	}
	return p.judge(id, c, judgement.ByEvent)
}

func (p *page) judgeAllStirred() error {
	for id, c := range p.stirred {
		if err := p.judge(id, c, judgement.ByEvent); err != nil {
			return err
		}
	}
	return nil
}

// judge finds a customer's stage, tier and memberships as of the business date, and the next day on which time
// alone will change them.
func (p *page) judge(id uuid.UUID, c *relation, why judgement.Trigger) error {
	delete(p.stirred, id)
	if c.Into != nil {
		return nil // who stands for them is judged
	}
	p.judged++
	p.stale[id] = c
	if c.wakes {
		p.agenda.remove(c.wake, id)
	}
	var err error
	c.wake, c.wakes, err = p.rules.Judge(&c.Standing, &c.Facts, p.clock.on, rules.Ever, why, &journal{p, id, c})
	if c.wakes {
		p.agenda.add(c.wake, id)
	}
	return err
}

// journal writes into the tables what is judged of a customer.
type journal struct {
	*page
	id uuid.UUID
	of *relation
}

// everyoneAtOnce is how many customers are in memory at once while everyone is judged.
const everyoneAtOnce = 5000

// judgeEveryone judges all customers, because a rule changed. It is the one thing that takes a pass.
func (p *page) judgeEveryone(why judgement.Trigger) error {
	if p.complete {
		for id, c := range p.relations {
			if err := p.judge(id, c, why); err != nil {
				return err
			}
		}
		return nil
	}
	if err := p.flush(nil); err != nil {
		return err
	}
	var last uuid.UUID
	for {
		rows, err := p.tx.Query(p.ctx, `SELECT customer_id FROM customer_memory WHERE customer_id > $1
			ORDER BY customer_id LIMIT $2`, [16]byte(last), everyoneAtOnce)
		if err != nil {
			return fmt.Errorf("read everyone: %w", err)
		}
		ids, err := collectIDs(rows)
		if err != nil {
			return fmt.Errorf("read everyone: %w", err)
		}
		if len(ids) == 0 {
			return nil
		}
		if err := p.load(ids); err != nil {
			return err
		}
		for _, id := range ids {
			if err := p.judge(id, p.relations[id], why); err != nil {
				return err
			}
		}
		if err := p.flush(nil); err != nil {
			return err
		}
		p.forget()
		last = ids[len(ids)-1]
	}
}

func evidence(values map[string]any) (json.RawMessage, error) {
	text, err := json.Marshal(values)
	if err != nil {
		return nil, fmt.Errorf("write down the evidence: %w", err)
	}
	return text, nil
}
