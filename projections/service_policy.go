package projections

import (
	"encoding/json"
	"fmt"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/policy"
)

// ServicePolicy keeps the terms of service by which cases are handled.
var ServicePolicy = Projector{
	Name:   "service_policy",
	Tables: tables{servicePolicyRows},
	On: []Handler{OnLog(func(e policy.Published, _ domain.Recorded, p *page) error {
		if e.Service == nil {
			return nil
		}
		row := servicePolicyRow{Version: int64(e.Version), RepeatDays: int64(e.Service.RepeatDays)}
		row.PublishedOn = p.today()
		var err error
		if row.Targets, err = json.Marshal(e.Service.Targets); err == nil {
			row.Compensation, err = json.Marshal(e.Service.Compensation)
		}
		if err != nil {
			return fmt.Errorf("write down the terms of service: %w", err)
		}
		insert(p, servicePolicyRows, row)
		return nil
	})},
}

type servicePolicyRow struct {
	Version      int64           `db:"version,key" note:"counts from 1"`
	PublishedOn  *domain.Day     `db:"published_on" note:"business date from which it is in force"`
	Targets      json.RawMessage `db:"targets" note:"within what time cases are answered and resolved, s; the first that fits a case counts"`
	RepeatDays   int64           `db:"repeat_days" note:"for which a complaint of the same category is the same trouble again"`
	Compensation json.RawMessage `db:"compensation" note:"what may be granted at once, major units of the reporting currency; the first that fits counts"`
}

var servicePolicyRows = added[servicePolicyRow]("service_policy",
	"The terms of service, every version that was published. Before the first the default ones are in force, version 0.")
