package eventstore_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func assetExamples() []domain.Event {
	asset := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c20")
	other := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c21")
	breakdown := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c22")
	work := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c23")
	report := uuid.MustParse("3f2c9c1e-8a51-4e0b-9d0f-5a6c0a1b2c24")
	return []domain.Event{
		customer.AssetInstalled{AssetID: asset, Model: "L4", Serial: "4711", InstalledOn: 15034},
		customer.UsageReported{ReadingID: report, AssetID: asset, Total: number("1200.5"), Unit: "hours"},
		customer.WearMeasured{MeasurementID: report, AssetID: asset, Component: "rope", Wear: number("0.25")},
		customer.DefectFound{DefectID: report, AssetID: asset, Code: "E7", Component: "door"},
		customer.BreakdownReported{BreakdownID: breakdown, AssetID: asset, Component: "rope"},
		customer.MaintenanceScheduled{MaintenanceID: work, AssetID: asset, Component: "rope", DueOn: 15034},
		customer.MaintenancePerformed{MaintenanceID: work, AssetID: asset, Component: "rope", Kind: customer.Reactive,
			BreakdownID: &breakdown, Planned: true, Late: true},
		customer.MaintenanceCancelled{MaintenanceID: work, AssetID: asset, Missed: true},
		customer.MaintenanceMissed{MaintenanceID: work, AssetID: asset, Component: "rope"},
		customer.AssetRetired{AssetID: asset, Reason: "worn out", ReplacedBy: &other},
	}
}
