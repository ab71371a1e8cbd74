package customer_test

import (
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

// lift is an asset of ann's, pump another one.
var (
	lift = customer.AssetInstalled{AssetID: id(20), Model: "L4", Serial: "4711", InstalledOn: 19000}
	pump = customer.AssetInstalled{AssetID: id(21), Model: "P1", InstalledOn: 19500}
)

func assets() []story {
	const on = domain.Day(20000)
	install := func(change func(*customer.InstallAsset)) customer.Command {
		c := customer.InstallAsset{AssetID: lift.AssetID, Model: "L4", Serial: "4711", InstalledOn: 19000}
		change(&c)
		return domaintest.At(c, on.Time(), on)
	}
	same := func(*customer.InstallAsset) {}
	retired := customer.AssetRetired{AssetID: lift.AssetID, Reason: "worn out", ReplacedBy: &pump.AssetID}
	read := customer.UsageReported{ReadingID: id(22), AssetID: lift.AssetID, Total: number("1200.5"), Unit: "hours"}
	usage := func(reading uuid.UUID, total, unit string) customer.Command {
		return customer.ReportUsage{ReadingID: reading, AssetID: lift.AssetID, Total: number(total), Unit: unit}
	}
	worn := customer.WearMeasured{MeasurementID: id(23), AssetID: lift.AssetID, Component: "rope", Wear: number("0.25")}
	wear := func(component string, value decimal.Decimal) customer.Command {
		return customer.MeasureWear{MeasurementID: id(23), AssetID: lift.AssetID, Component: component, Wear: value}
	}
	defect := customer.DefectFound{DefectID: id(24), AssetID: lift.AssetID, Code: "E7", Component: "door"}
	broken := customer.BreakdownReported{BreakdownID: id(25), AssetID: lift.AssetID, Component: "rope"}
	return []story{
		{Name: "installing", Given: ann(), When: install(same), Then: []customer.Event{lift}},
		{Name: "installing again", Given: ann(lift), When: install(same)},
		{Name: "installing otherwise", Given: ann(lift), Refused: customer.ErrAssetOtherwise,
			When: install(func(c *customer.InstallAsset) { c.Serial = "4712" })},
		{Name: "installing at nobody's", When: install(same), Refused: customer.ErrUnknown},
		{Name: "no asset id", Given: ann(), Refused: customer.ErrAssetID,
			When: install(func(c *customer.InstallAsset) { c.AssetID = uuid.Nil })},
		{Name: "no model", Given: ann(), Refused: customer.ErrModel,
			When: install(func(c *customer.InstallAsset) { c.Model = "" })},
		{Name: "a serial with NUL", Given: ann(), Refused: domain.ErrText.At("serial"),
			When: install(func(c *customer.InstallAsset) { c.Serial = "\x00" })},
		{Name: "installed tomorrow", Given: ann(), Refused: customer.ErrInstalledOn,
			When: install(func(c *customer.InstallAsset) { c.InstalledOn = on + 1 })},
		{Name: "installed in 1899", Given: ann(), Refused: customer.ErrInstalledOn,
			When: install(func(c *customer.InstallAsset) { c.InstalledOn = -25568 })},

		{Name: "reading the meter", Given: ann(lift), When: usage(id(22), "1200.5", "hours"), Then: []customer.Event{read}},
		{Name: "the same reading again", Given: ann(lift, read), When: usage(id(22), "1200.50", "hours")},
		{Name: "another reading under its id", Given: ann(lift, read), When: usage(id(22), "1201", "hours"),
			Refused: customer.ErrReportOtherwise.At("reading_id")},
		{Name: "a reading without id", Given: ann(lift), When: usage(uuid.Nil, "1", "hours"),
			Refused: customer.ErrReportID.At("reading_id")},
		{Name: "a meter that runs backwards", Given: ann(lift, read), When: usage(id(30), "1200", "hours"),
			Refused: customer.ErrUsageBackwards, Because: "1200.5"},
		{Name: "a meter below nothing", Given: ann(lift), When: usage(id(30), "-1", "hours"),
			Refused: customer.ErrUsageRange},
		{Name: "no unit", Given: ann(lift), When: usage(id(30), "1", ""), Refused: customer.ErrUsageUnit},
		{Name: "another unit", Given: ann(lift, read), When: usage(id(30), "1300", "km"),
			Refused: customer.ErrUsageUnit, Because: "hours"},
		{Name: "a unit with NUL", Given: ann(lift), When: usage(id(30), "1", "\x00"), Refused: domain.ErrText.At("unit")},
		{Name: "reading nobody's meter", When: usage(id(22), "1", "hours"), Refused: customer.ErrUnknown},
		{Name: "reading the meter of no asset", Given: ann(), When: usage(id(22), "1", "hours"),
			Refused: customer.ErrAssetUnknown},
		{Name: "reading a retired asset's meter", Given: ann(lift, retired), When: usage(id(22), "1", "hours"),
			Refused: customer.ErrAssetRetired},
		{Name: "what was read before it was retired", Given: ann(lift, read, retired), When: usage(id(22), "1200.5", "hours")},

		{Name: "measuring wear", Given: ann(lift), When: wear("rope", number("0.25")), Then: []customer.Event{worn}},
		{Name: "measuring it again", Given: ann(lift, worn), When: wear("rope", number("0.25"))},
		{Name: "worn more than out", Given: ann(lift), When: wear("rope", number("1.01")), Refused: customer.ErrWear},
		{Name: "wear of no component", Given: ann(lift), When: wear("", decimal.One), Refused: customer.ErrComponent},
		{Name: "a component with NUL", Given: ann(lift), When: wear("\x00", decimal.One),
			Refused: domain.ErrText.At("component")},
		{Name: "wear of no asset", Given: ann(), When: wear("rope", decimal.One), Refused: customer.ErrAssetUnknown},

		{Name: "a defect", Given: ann(lift), When: customer.ReportDefect(defect), Then: []customer.Event{defect}},
		{Name: "the same defect again", Given: ann(lift, defect), When: customer.ReportDefect(defect)},
		{Name: "a defect without a name", Given: ann(lift), Refused: customer.ErrDefectCode,
			When: customer.ReportDefect{DefectID: id(24), AssetID: lift.AssetID}},
		{Name: "a defect's code with NUL", Given: ann(lift), Refused: domain.ErrText.At("code"),
			When: customer.ReportDefect{DefectID: id(24), AssetID: lift.AssetID, Code: "\x00"}},
		{Name: "a defect under a breakdown's id", Given: ann(lift, broken),
			When:    customer.ReportDefect{DefectID: broken.BreakdownID, AssetID: lift.AssetID, Code: "E7"},
			Refused: customer.ErrReportOtherwise.At("defect_id")},

		{Name: "a breakdown", Given: ann(lift), When: customer.ReportBreakdown(broken), Then: []customer.Event{broken}},
		{Name: "the same breakdown again", Given: ann(lift, broken), When: customer.ReportBreakdown(broken)},
		{Name: "a breakdown of no component", Given: ann(lift), Refused: customer.ErrComponent,
			When: customer.ReportBreakdown{BreakdownID: id(25), AssetID: lift.AssetID}},
		{Name: "a breakdown of no asset", Given: ann(pump), When: customer.ReportBreakdown(broken),
			Refused: customer.ErrAssetUnknown},

		{Name: "replacing", Given: ann(lift, pump), When: customer.RetireAsset(retired), Then: []customer.Event{retired}},
		{Name: "retiring it again", Given: ann(lift, pump, retired), When: customer.RetireAsset{AssetID: lift.AssetID}},
		{Name: "replacing it by itself", Given: ann(lift), Refused: customer.ErrReplacement,
			When: customer.RetireAsset{AssetID: lift.AssetID, ReplacedBy: &lift.AssetID}},
		{Name: "replacing it by nothing known", Given: ann(lift), When: customer.RetireAsset(retired),
			Refused: customer.ErrReplacement},
		{Name: "retiring no asset", Given: ann(), When: customer.RetireAsset{AssetID: lift.AssetID},
			Refused: customer.ErrAssetUnknown},
		{Name: "retiring nobody's asset", When: customer.RetireAsset{AssetID: lift.AssetID}, Refused: customer.ErrUnknown},
		{Name: "a reason with NUL", Given: ann(lift), Refused: domain.ErrText.At("reason"),
			When: customer.RetireAsset{AssetID: lift.AssetID, Reason: "\x00"}},
	}
}

func maintenance() []story {
	const on, due = domain.Day(20000), domain.Day(20010)
	plan := customer.MaintenanceScheduled{MaintenanceID: id(26), AssetID: lift.AssetID, Component: "rope", DueOn: due}
	later := customer.MaintenanceScheduled{MaintenanceID: id(27), AssetID: lift.AssetID, Component: "door", DueOn: due + 5}
	schedule := func(change func(*customer.ScheduleMaintenance)) customer.Command {
		c := customer.ScheduleMaintenance{MaintenanceID: plan.MaintenanceID, AssetID: plan.AssetID, Component: "rope", DueOn: due}
		change(&c)
		return domaintest.At(c, on.Time(), on)
	}
	same := func(*customer.ScheduleMaintenance) {}
	broken := customer.BreakdownReported{BreakdownID: id(25), AssetID: lift.AssetID, Component: "rope"}
	perform := func(maintenance uuid.UUID, component string, breakdown *uuid.UUID) customer.Command {
		return customer.PerformMaintenance{MaintenanceID: maintenance, AssetID: lift.AssetID, Component: component,
			BreakdownID: breakdown}
	}
	performed := customer.MaintenancePerformed{MaintenanceID: id(26), AssetID: lift.AssetID, Component: "rope",
		Kind: customer.Preventive, Planned: true}
	late := performed
	late.Late = true
	repaired := customer.MaintenancePerformed{MaintenanceID: id(28), AssetID: lift.AssetID, Component: "rope",
		Kind: customer.Reactive, BreakdownID: &broken.BreakdownID}
	missed := customer.MaintenanceMissed{MaintenanceID: id(26), AssetID: lift.AssetID, Component: "rope"}
	missedLater := customer.MaintenanceMissed{MaintenanceID: id(27), AssetID: lift.AssetID, Component: "door"}
	cancelled := customer.MaintenanceCancelled{MaintenanceID: id(26), AssetID: lift.AssetID}
	cancelledLate := customer.MaintenanceCancelled{MaintenanceID: id(26), AssetID: lift.AssetID, Missed: true}
	cancel := customer.CancelMaintenance{MaintenanceID: id(26)}
	return []story{
		{Name: "planning", Given: ann(lift), When: schedule(same), Then: []customer.Event{plan}},
		{Name: "planning again", Given: ann(lift, plan), When: schedule(same)},
		{Name: "planning what was performed meanwhile", Given: ann(lift, plan, performed), When: schedule(same)},
		{Name: "planning otherwise", Given: ann(lift, plan), Refused: customer.ErrReportOtherwise.At("maintenance_id"),
			When: schedule(func(c *customer.ScheduleMaintenance) { c.DueOn++ })},
		{Name: "planning for no asset", Given: ann(), When: schedule(same), Refused: customer.ErrAssetUnknown},
		{Name: "planning for no component", Given: ann(lift), Refused: customer.ErrComponent,
			When: schedule(func(c *customer.ScheduleMaintenance) { c.Component = "" })},
		{Name: "planning for yesterday", Given: ann(lift), Refused: customer.ErrMaintenanceDueOn,
			When: schedule(func(c *customer.ScheduleMaintenance) { c.DueOn = on - 1 })},
		{Name: "planning for the next decade but one", Given: ann(lift), Refused: customer.ErrMaintenanceDueOn,
			When: schedule(func(c *customer.ScheduleMaintenance) { c.DueOn = on + 3654 })},
		{Name: "performing a plan", Given: ann(lift, plan), When: perform(id(26), "rope", nil),
			Then: []customer.Event{performed}},
		{Name: "performing it again", Given: ann(lift, plan, performed), When: perform(id(26), "rope", nil)},
		{Name: "performing it late", Given: ann(lift, plan, missed), When: perform(id(26), "rope", nil),
			Then: []customer.Event{late}},
		{Name: "performing a plan on another component", Given: ann(lift, plan), When: perform(id(26), "door", nil),
			Refused: customer.ErrMaintenanceOther},
		{Name: "performing a cancelled plan", Given: ann(lift, plan, cancelled), When: perform(id(26), "rope", nil),
			Refused: customer.ErrMaintenanceCancelled},
		{Name: "repairing", Given: ann(lift, broken), When: perform(id(28), "rope", &broken.BreakdownID),
			Then: []customer.Event{repaired}},
		{Name: "repairing again", Given: ann(lift, broken, repaired), When: perform(id(28), "rope", &broken.BreakdownID)},
		{Name: "repairing what did not break", Given: ann(lift, broken), When: perform(id(28), "door", &broken.BreakdownID),
			Refused: customer.ErrBreakdownUnknown},
		{Name: "performing nothing", Given: ann(lift), When: perform(id(28), "", nil), Refused: customer.ErrComponent},
		{Name: "performing at nobody's", When: perform(id(28), "rope", nil), Refused: customer.ErrUnknown},
		{Name: "cancelling", Given: ann(lift, plan), When: cancel, Then: []customer.Event{cancelled}},
		{Name: "cancelling again", Given: ann(lift, plan, cancelled), When: cancel},
		{Name: "cancelling what was missed", Given: ann(lift, plan, missed), When: cancel,
			Then: []customer.Event{cancelledLate}},
		{Name: "cancelling what was performed", Given: ann(lift, plan, performed), When: cancel,
			Refused: customer.ErrMaintenancePerformed},
		{Name: "cancelling what was not planned", Given: ann(lift), When: cancel, Refused: customer.ErrMaintenanceUnknown},
		{Name: "cancelling nobody's plan", When: cancel, Refused: customer.ErrUnknown},
		{Name: "retiring cancels what is planned", Given: ann(lift, later, plan, missed),
			When: customer.RetireAsset{AssetID: lift.AssetID},
			Then: []customer.Event{cancelledLate, customer.MaintenanceCancelled{MaintenanceID: id(27), AssetID: lift.AssetID},
				customer.AssetRetired{AssetID: lift.AssetID}}},
		{Name: "the day before a plan is due", Given: ann(lift, plan, later), When: customer.PassDay{Date: due - 1}},
		{Name: "the day of a plan is over", Given: ann(lift, plan, later), When: customer.PassDay{Date: due},
			Then: []customer.Event{missed}},
		{Name: "the days of both plans are over", Given: ann(lift, later, plan), When: customer.PassDay{Date: due + 5},
			Then: []customer.Event{missed, missedLater}},
		{Name: "the day of what was performed is over", Given: ann(lift, plan, performed), When: customer.PassDay{Date: due}},
		{Name: "the day of what was cancelled is over", Given: ann(lift, plan, cancelled), When: customer.PassDay{Date: due}},
	}
}
