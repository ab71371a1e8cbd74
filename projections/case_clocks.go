package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// changeClock changes a clock of a case: of those for a next response the last one, if there is one.
func (p *fold) changeClock(k *caseRow, clock customer.ServiceClock, change func(*clockOfCaseRow)) error {
	number := int64(1)
	if clock == customer.NextResponseClock {
		if number = k.Waits; number == 0 {
			return nil
		}
	}
	change(rowOf(p, clockOfCaseRows, clockOfCaseKey{k.CustomerID, k.CaseID, clock, number}))
	return nil
}

// changeClocks changes those clocks of a case that have not ended.
func (p *fold) changeClocks(k *caseRow, change func(*clockOfCaseRow)) error {
	for _, clock := range []customer.ServiceClock{customer.ResponseClock, customer.NextResponseClock, customer.ResolutionClock} {
		err := p.changeClock(k, clock, func(row *clockOfCaseRow) {
			if row.EndedAt == nil {
				change(row)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *clockOfCaseRow) run(r domain.Recorded, due *time.Time) {
	at := r.Metadata.OccurredAt.Truncate(time.Microsecond)
	c.RunningSince, c.DueAt = &at, due
}

func (c *clockOfCaseRow) stop(r domain.Recorded) {
	if c.RunningSince != nil {
		at := r.Metadata.OccurredAt.Truncate(time.Microsecond)
		c.RanS += max(0, int64(at.Sub(*c.RunningSince)/time.Second))
	}
	c.RunningSince, c.DueAt = nil, nil
}

func (c *clockOfCaseRow) end(r domain.Recorded) {
	c.stop(r)
	c.EndedAt = &r.Metadata.OccurredAt
}

type clockOfCaseRow struct {
	CustomerID   uuid.UUID   `db:"customer_id"`
	CaseID       uuid.UUID   `db:"case_id"`
	Clock        string      `db:"clock"`
	Number       int64       `db:"number"`
	TargetS      int64       `db:"target_s"`
	DueAt        *time.Time  `db:"due_at"`
	RanS         int64       `db:"ran_s"`
	RunningSince *time.Time  `db:"running_since"`
	EndedAt      *time.Time  `db:"ended_at"`
	Breached     bool        `db:"breached"`
	BreachedOn   *domain.Day `db:"breached_on"`
}

type clockOfCaseKey struct {
	customer, of uuid.UUID
	clock        customer.ServiceClock
	number       int64
}

var clockOfCaseRows = keyedRows("case_clock", 4, func(k clockOfCaseKey) clockOfCaseRow {
	return clockOfCaseRow{CustomerID: k.customer, CaseID: k.of, Clock: string(k.clock), Number: k.number}
})
