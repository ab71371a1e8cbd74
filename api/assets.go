package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const assetPath = "/v1/customers/{customer_id}/assets"

var installAsset = declare(customers, ofCustomer(declaration[customer.InstallAsset]{
	Name: "install_asset", Method: http.MethodPost, Path: assetPath,
	Summary:     "Install an asset",
	Description: "Remembers that a piece of equipment stands at the customer.",
	Fields: map[string]string{
		"asset_id":     "Names the asset; without it, one follows from the Idempotency-Key, or is new",
		"model":        "What it is",
		"serial":       "As the maker numbers it",
		"installed_on": "Its age counts from this day",
	},
	Example: `{"model":"L4","serial":"4711","installed_on":"2024-01-31","department":"service"}`,
	IDField: "asset_id",
	ID:      func(c *customer.InstallAsset) *uuid.UUID { return &c.AssetID },
}))

var reportUsage = declare(customers, ofCustomer(declaration[customer.ReportUsage]{
	Name: "report_usage", Method: http.MethodPost, Path: assetPath + "/usage",
	Summary:     "Report an asset's use",
	Description: "Remembers what the asset's meter shows. A meter does not run backwards.",
	Fields: map[string]string{
		"reading_id": "Names the reading; without it, one follows from the Idempotency-Key, or is new",
		"total":      "What the meter shows, in unit",
		"unit":       "What it counts: hours, km, cycles, …; always the same for one asset",
	},
	Example: `{"asset_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d20","total":"1200.5","unit":"hours"}`,
	IDField: "reading_id",
	ID:      func(c *customer.ReportUsage) *uuid.UUID { return &c.ReadingID },
}))

var measureWear = declare(customers, ofCustomer(declaration[customer.MeasureWear]{
	Name: "measure_wear", Method: http.MethodPost, Path: assetPath + "/wear",
	Summary: "Measure the wear of a component",
	Fields: map[string]string{
		"measurement_id": "Names the measurement; without it, one follows from the Idempotency-Key, or is new",
		"component":      "Part of the asset",
		"wear":           "From 0, as new, to 1, worn out",
	},
	Example: `{"asset_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d20","component":"rope","wear":"0.25"}`,
	IDField: "measurement_id",
	ID:      func(c *customer.MeasureWear) *uuid.UUID { return &c.MeasurementID },
}))

var reportDefect = declare(customers, ofCustomer(declaration[customer.ReportDefect]{
	Name: "report_defect", Method: http.MethodPost, Path: assetPath + "/defects",
	Summary:     "Report a defect",
	Description: "Remembers an error that the asset showed without breaking down.",
	Fields: map[string]string{
		"defect_id": "Names the defect; without it, one follows from the Idempotency-Key, or is new",
		"code":      "As the maker names the error",
		"component": "Where it is, if that is known",
	},
	Example: `{"asset_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d20","code":"E7"}`,
	IDField: "defect_id",
	ID:      func(c *customer.ReportDefect) *uuid.UUID { return &c.DefectID },
}))

var reportBreakdown = declare(customers, ofCustomer(declaration[customer.ReportBreakdown]{
	Name: "report_breakdown", Method: http.MethodPost, Path: assetPath + "/breakdowns",
	Summary: "Report a breakdown",
	Fields: map[string]string{
		"breakdown_id": "Names the breakdown; without it, one follows from the Idempotency-Key, or is new",
		"component":    "What failed",
	},
	Example: `{"asset_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d20","component":"rope"}`,
	IDField: "breakdown_id",
	ID:      func(c *customer.ReportBreakdown) *uuid.UUID { return &c.BreakdownID },
}))

var retireAsset = declare(customers, ofCustomer(declaration[customer.RetireAsset]{
	Name: "retire_asset", Method: http.MethodPost, Path: assetPath + "/retired",
	Summary:     "Retire an asset",
	Description: "Remembers that the asset serves the customer no more. What maintenance it still had before it is cancelled.",
	Fields: map[string]string{
		"reason":      "Why",
		"replaced_by": "Another asset of the customer, which took its place",
	},
	Example: `{"asset_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d21","reason":"worn out"}`,
}))
