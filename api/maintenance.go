package api

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
)

const maintenancePath = assetPath + "/maintenance"

var scheduleMaintenance = declare(customers, ofCustomer(declaration[customer.ScheduleMaintenance]{
	Name: "schedule_maintenance", Method: http.MethodPost, Path: maintenancePath,
	Summary:     "Plan maintenance",
	Description: "Plans work on a component of an asset. It is missed when its day is over and it was not performed.",
	Fields: map[string]string{
		"maintenance_id": "Names the work; without it, one follows from the Idempotency-Key, or is new",
		"component":      "What is to be worked on",
		"due_on":         "Last day on which it is in time",
	},
	Example: `{"asset_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d20","component":"rope","due_on":"2030-01-31"}`,
	IDField: "maintenance_id",
	ID:      func(c *customer.ScheduleMaintenance) *uuid.UUID { return &c.MaintenanceID },
}))

var performMaintenance = declare(customers, ofCustomer(declaration[customer.PerformMaintenance]{
	Name: "perform_maintenance", Method: http.MethodPost, Path: maintenancePath + "/performed",
	Summary:     "Perform maintenance",
	Description: "Remembers work on a component of an asset: reactive where it is for a breakdown, else preventive.",
	Fields: map[string]string{
		"maintenance_id": "The plan that was carried out; another or none where it was not planned",
		"component":      "What was worked on",
		"breakdown_id":   "The breakdown of this component that it repaired",
	},
	Example: `{"asset_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d20","component":"rope","department":"service"}`,
	IDField: "maintenance_id",
	ID:      func(c *customer.PerformMaintenance) *uuid.UUID { return &c.MaintenanceID },
}))

var cancelMaintenance = declare(customers, ofCustomer(declaration[customer.CancelMaintenance]{
	Name: "cancel_maintenance", Method: http.MethodPost, Path: maintenancePath + "/cancelled",
	Summary: "Cancel planned maintenance",
	Fields:  map[string]string{"maintenance_id": "The plan that is given up"},
	Example: `{"maintenance_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d22"}`,
}))
