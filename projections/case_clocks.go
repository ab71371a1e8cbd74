package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// changeClock changes a clock of a case: of those for a next response the last one, if there is one.
func (f *fold) changeClock(k *caseRow, clock customer.ServiceClock, change func(*clockOfCaseRow)) error {
	number := int64(1)
	if clock == customer.NextResponseClock {
		if number = k.Waits; number == 0 {
			return nil
		}
	}
	change(rowOf(f, clockOfCaseRows, clockOfCaseKey{k.CustomerID, k.CaseID, clock, number}))
	return nil
}

// changeClocks changes those clocks of a case that have not ended.
func (f *fold) changeClocks(k *caseRow, change func(*clockOfCaseRow)) error {
	for _, clock := range []customer.ServiceClock{customer.ResponseClock, customer.NextResponseClock, customer.ResolutionClock} {
		err := f.changeClock(k, clock, func(row *clockOfCaseRow) {
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
	CustomerID   uuid.UUID   `db:"customer_id,key" note:"whose case"`
	RecordedFor  *uuid.UUID  `db:"recorded_for"`
	CaseID       uuid.UUID   `db:"case_id,key" note:"the case"`
	Clock        string      `db:"clock,key" among:"response,next_response,resolution" note:"response, next_response or resolution"`
	Number       int64       `db:"number,key" note:"1, or of a next response: the how-manieth of the case"`
	TargetS      int64       `db:"target_s" note:"what the terms of service allow, s"`
	DueAt        *time.Time  `db:"due_at" note:"when it runs out; null while it does not run, and once it was breached"`
	RanS         int64       `db:"ran_s" note:"how long it ran until running_since, or in all, s"`
	RunningSince *time.Time  `db:"running_since" note:"null while it does not run"`
	EndedAt      *time.Time  `db:"ended_at" note:"when we answered or resolved; null before"`
	Breached     bool        `db:"breached" note:"it ran out"`
	BreachedOn   *domain.Day `db:"breached_on" note:"business day on which that was found"`
}

type clockOfCaseKey struct {
	customer, of uuid.UUID
	clock        customer.ServiceClock
	number       int64
}

var clockOfCaseRows = keyedRows("case_clock",
	"The clocks of the cases: one for the first response, one for the resolution, and one for each time that the customer waited for a next response. They stop while a case is paused.", func(k clockOfCaseKey) clockOfCaseRow {
		return clockOfCaseRow{CustomerID: k.customer, CaseID: k.of, Clock: string(k.clock), Number: k.number}
	})
