package importer

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// equipment is a folder of PdM_machines.csv, PdM_errors.csv, PdM_failures.csv and PdM_maint.csv, as Microsoft
// published them for predictive maintenance. The data name no owner, so one organisation, operator, owns all
// machines. An error is a defect, a failure a breakdown; maintenance is for a breakdown where the same
// component of the same machine failed at that very time. A machine's age in years is taken as of the first day
// of the data, on which the machines become known.
type equipment struct {
	*story
	owner    *party
	ids      map[string]uuid.UUID // of the machines
	machines []machine
	failed   map[failure]uuid.UUID // breakdowns
	reports  []report
	reactive int
}

type machine struct {
	place
	install customer.InstallAsset
	years   int64
}

// failure is what tells a breakdown and the maintenance for it that they belong together.
type failure struct {
	machine   string
	component string
	at        time.Time
}

// report is what a line says of a machine, as a command.
type report struct {
	place
	at      time.Time
	command string
	body    any
}

func readEquipment(ctx context.Context, s *story) error {
	e := &equipment{story: s, owner: s.party("operator"), ids: map[string]uuid.UUID{}, failed: map[failure]uuid.UUID{}}
	e.owner.register.Kind, e.owner.register.Name = customer.Organisation, "Operator of the equipment"
	if err := s.sheet(ctx, "PdM_machines.csv", []string{"machineID", "model", "age"}, e.machine); err != nil {
		return err
	}
	counts := make(map[string]int)
	for _, sheet := range []struct {
		file, column, what string
		take               func(l line, at time.Time) report
	}{
		{"PdM_errors.csv", "errorID", "defects", e.defect},
		{"PdM_failures.csv", "failure", "breakdowns", e.breakdown}, // before the maintenance for them
		{"PdM_maint.csv", "comp", "maintenances", e.maintenance},
	} {
		err := s.sheet(ctx, sheet.file, []string{"datetime", "machineID", sheet.column}, func(l line) error {
			at, err := l.time(s, "datetime", time.DateTime)
			if err != nil {
				return err
			}
			if _, known := e.ids[l.field("machineID")]; !known {
				return l.fault("machine_unknown", l.field("machineID"))
			}
			r := sheet.take(l, at)
			r.at, r.place = at, l.place
			e.reports = append(e.reports, r)
			counts[sheet.what]++
			return nil
		})
		if err != nil {
			return err
		}
	}
	e.tellAll()
	s.hold("assets", len(e.machines))
	s.hold("defects", counts["defects"])
	s.hold("breakdowns", counts["breakdowns"])
	s.hold("maintenances", counts["maintenances"])
	s.hold("maintenances for a breakdown", e.reactive)
	return nil
}

func (e *equipment) machine(l line) error {
	years, err := l.whole("age")
	if err != nil {
		return err
	}
	number := l.text("machineID")
	if _, twice := e.ids[number]; twice || number == "" || years < 0 || years > 100 {
		return l.fault("machine_malformed", number)
	}
	e.ids[number] = e.id("asset", number)
	e.machines = append(e.machines, machine{place: l.place, years: years,
		install: customer.InstallAsset{AssetID: e.ids[number], Model: l.text("model"), Serial: number}})
	return nil
}

// named returns the id of what a line reports: the same line, the same id.
func (e *equipment) named(kind string, l line, column string) uuid.UUID {
	return e.id(kind, l.field("machineID")+" "+l.field(column)+" "+l.field("datetime"))
}

func (e *equipment) defect(l line, _ time.Time) report {
	return report{command: "report_defect", body: customer.ReportDefect{DefectID: e.named("defect", l, "errorID"),
		AssetID: e.ids[l.field("machineID")], Code: l.text("errorID")}}
}

func (e *equipment) breakdown(l line, at time.Time) report {
	id, component := e.named("breakdown", l, "failure"), l.text("failure")
	e.failed[failure{l.text("machineID"), component, at}] = id
	return report{command: "report_breakdown", body: customer.ReportBreakdown{BreakdownID: id,
		AssetID: e.ids[l.field("machineID")], Component: component}}
}

func (e *equipment) maintenance(l line, at time.Time) report {
	c := customer.PerformMaintenance{MaintenanceID: e.named("maintenance", l, "comp"),
		AssetID: e.ids[l.field("machineID")], Component: l.text("comp")}
	if id, ok := e.failed[failure{l.field("machineID"), c.Component, at}]; ok {
		c.BreakdownID = &id
		e.reactive++
	}
	return report{command: "perform_maintenance", body: c}
}

// tellAll tells of the machines at the first moment of the data, then of all that was reported.
func (e *equipment) tellAll() {
	if len(e.reports) == 0 {
		return
	}
	first := slices.MinFunc(e.reports, func(a, b report) int { return a.at.Compare(b.at) }).at
	for _, m := range e.machines {
		m.install.InstalledOn = domain.DayOf(first.AddDate(-int(m.years), 0, 0), e.Zone)
		e.say(first, m.place, "install_asset", m.install)
	}
	for _, r := range e.reports {
		e.say(r.at, r.place, r.command, r.body)
	}
}

func (e *equipment) say(at time.Time, from place, command string, body any) {
	e.tell(fact{at: at, place: from, party: e.owner, command: func(how client.Circumstances) client.Line {
		how.Department = "service"
		return client.Command(command, e.owner.id, body, how)
	}})
}
