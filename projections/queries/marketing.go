package queries

import "github.com/rapport-crm/rapport/domain/access"

// marketing is how the business speaks to customers.
var marketing = []List{
	{Name: "campaigns", Item: "Campaign", Tag: "campaigns", Table: "campaigns", Key: []string{"campaign"}, Across: true, Roles: access.Everyone,
		Summary: "List the campaigns",
		Parts: []Part{{Name: "cells", Item: "CellOfCampaign", Table: "campaign_cells", On: []string{"campaign"}, Order: "p.cell"},
			{Name: "costs", Item: "CampaignCost", Table: "campaign_costs", On: []string{"campaign"}, Order: "p.cost_id"}},
		Filters: []Filter{is("state"), is("purpose"), is("channel")}, Orders: []string{"-planned_on"}},
	{Name: "campaign-memberships", Item: "CampaignMembership", Tag: "campaigns", Table: "campaign_members", Owner: "customer_id",
		Omit: []string{"visited_on", "purchases", "spend_minor"},
		Key:  []string{"campaign"}, Summary: "List who takes part in which campaign", Filters: []Filter{is("campaign"), is("cell")}},
	{Name: "messages", Item: "CampaignMessage", Tag: "campaigns", Table: "campaign_messages", Owner: "customer_id", Key: []string{"message_id"},
		Summary: "List the messages of campaigns, and what became of them",
		Filters: []Filter{is("campaign"), is("cell"), is("channel").own(), updatedAfter("customer_id")}},
	{Name: "questionnaires", Item: "Questionnaire", Tag: "surveys", Table: "questionnaires", Key: []string{"questionnaire"}, Across: true,
		Roles: access.Everyone, Summary: "List the questionnaires, each in the version that is in force",
		Where:   "t.version = (SELECT max(version) FROM questionnaires n WHERE n.questionnaire = t.questionnaire)",
		Parts:   []Part{{Name: "items", Item: "ItemOfQuestionnaire", Table: "questionnaire_items", On: []string{"questionnaire", "version"}, Order: "p.place"}},
		Filters: []Filter{is("kind")}},
	{Name: "webhooks", Item: "PublishedWebhook", Tag: "webhooks", Table: "webhooks", Key: []string{"webhook"}, Across: true, Roles: access.Admins,
		Summary: "List the webhooks, each in the version that is in force",
		Where:   "t.version = (SELECT max(version) FROM webhooks n WHERE n.webhook = t.webhook)",
		Filters: []Filter{whether("in_force", "Whether it takes deliveries", "t.retired_on IS NULL")}},
	{Name: "subscriptions", Item: "PublishedSubscription", Tag: "subscriptions", Table: "subscriptions", Key: []string{"subscription"}, Across: true,
		Roles: access.Admins, Summary: "List the subscriptions, each in the version that is in force",
		Where:   "t.version = (SELECT max(version) FROM subscriptions n WHERE n.subscription = t.subscription)",
		Filters: []Filter{whether("in_force", "Whether events are sent", "t.retired_on IS NULL")}},
}
