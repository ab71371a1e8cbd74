package queries

// equipment is what stands at customers, and the work on it.
var equipment = []List{
	{Name: "assets", Item: "Asset", Tag: "assets", Table: "assets", Owner: "customer_id", Key: []string{"asset_id"},
		Summary: "List the equipment at customers",
		More: []Column{{Name: "next_due_on", Type: "date", Nullable: true, Comment: "first day on which planned maintenance falls due",
			expr: "(SELECT min(m.due_on) FROM maintenance m WHERE m.customer_id = t.customer_id AND m.asset_id = t.asset_id AND m.state = 'planned')"}},
		Parts: []Part{{Name: "components", Item: "AssetComponent", Table: "asset_components", On: []string{"customer_id", "asset_id"},
			Order: "p.component"}},
		Filters: []Filter{is("model").own(), whether("in_service", "Whether it still serves", "t.retired_on IS NULL"), updatedAfter("customer_id")}},
	{Name: "maintenance", Item: "Maintenance", Tag: "assets", Table: "maintenance", Owner: "customer_id", Key: []string{"maintenance_id"},
		Summary: "List the work on equipment, planned and done",
		Filters: []Filter{is("state"), is("kind").own(), is("asset_id").own(), before("due_before", "due_on"), after("due_after", "due_on"),
			updatedAfter("customer_id")},
		Orders: []string{"due_on", "performed_on"}},
	{Name: "breakdowns", Item: "Breakdown", Tag: "assets", Table: "breakdowns", Owner: "customer_id", Key: []string{"breakdown_id"},
		Summary: "List what failed of the equipment at customers",
		Filters: []Filter{is("asset_id").own(), after("failed_after", "failed_on"), before("failed_before", "failed_on")}, Orders: []string{"-failed_on"}},
}
