package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// CampaignMessages keeps who takes part in which campaign, what was sent to them, and what became of it.
var CampaignMessages = Projector{
	Name: "campaign_messages",
	Schema: `
-- Who takes part in which campaign: a row for each customer and campaign.
CREATE TABLE campaign_members (
	customer_id uuid NOT NULL, -- who
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	campaign text NOT NULL, -- the campaign
	cell text NOT NULL, -- its cell to which they belong
	control boolean NOT NULL, -- the control group: they get no messages
	assigned_on date NOT NULL, -- business day of the assignment
	window_ends_on date NOT NULL, -- last business day whose purchases and visits are results of the campaign
	PRIMARY KEY (customer_id, campaign)
);
CREATE INDEX ON campaign_members (campaign, cell); -- the people of a cell
-- Every message of a campaign, and what became of it.
CREATE TABLE campaign_messages (
	customer_id uuid NOT NULL, -- to whom
	recorded_for uuid, -- the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	message_id uuid NOT NULL, -- the message
	campaign text NOT NULL, -- of which campaign
	cell text NOT NULL, -- and which of its cells
	purpose text NOT NULL, -- of the consent on which it rests
	channel text NOT NULL, -- through which it went
	sent_on date NOT NULL, -- business day on which it was sent
	delivered_on date, -- business day on which it arrived
	opened_on date, -- business day on which it was first opened
	clicked_on date, -- business day on which a link in it was first followed
	bounced_on date, -- business day on which it came back
	unsubscribed_on date, -- business day on which the customer wanted no more of them
	PRIMARY KEY (customer_id, message_id)
);
CREATE INDEX ON campaign_messages (campaign, cell); -- the messages of a cell, counted from the index alone
-- What people of each cell did within the window of their assignment. Read campaign_result instead.
CREATE VIEW campaign_cell_result AS
SELECT m.campaign, -- the campaign
	m.cell, -- the cell
	m.control, -- the control group
	count(*) AS people, -- assigned to the cell
	coalesce(s.messages, 0) AS messages, -- messages that were sent to them
	count(v.customer_id) AS visits, -- people who visited the web site within the window
	count(b.customer_id) AS conversions, -- people who bought within the window
	coalesce(sum(b.spend_minor), 0)::bigint AS spend_minor, -- what they bought for within the window, less what they got back for it since, minor units of the reporting currency
	coalesce(sum(b.spend_minor * b.spend_minor), 0) AS spend_squares -- sum of the squares of what each of them bought for, minor units²
FROM campaign_members m
	LEFT JOIN (SELECT campaign, cell, count(*) AS messages FROM campaign_messages GROUP BY 1, 2) s
		ON s.campaign = m.campaign AND s.cell = m.cell
	LEFT JOIN (SELECT DISTINCT m.customer_id, m.campaign FROM campaign_members m JOIN interactions i
		ON i.customer_id = m.customer_id AND i.kind = 'web_visit'
		AND i.occurred_on BETWEEN m.assigned_on AND m.window_ends_on) v
		ON v.customer_id = m.customer_id AND v.campaign = m.campaign
	LEFT JOIN (SELECT m.customer_id, m.campaign, sum(p.reporting_total_minor - coalesce(r.refunded_minor, 0)) AS spend_minor
		FROM campaign_members m JOIN purchases p ON p.customer_id = m.customer_id
			AND p.purchased_on BETWEEN m.assigned_on AND m.window_ends_on AND NOT p.cancelled
		LEFT JOIN (SELECT customer_id, purchase_id, sum(reporting_total_minor) AS refunded_minor FROM returns
			WHERE purchase_id IS NOT NULL GROUP BY 1, 2) r ON r.customer_id = p.customer_id AND r.purchase_id = p.purchase_id
		GROUP BY 1, 2) b
		ON b.customer_id = m.customer_id AND b.campaign = m.campaign
GROUP BY m.campaign, m.cell, m.control, s.messages;
`,
	On: []Handler{
		On(func(e customer.CampaignAssigned, _ domain.Recorded, p *fold) error {
			add(p, campaignMemberRows, campaignMemberRow{CustomerID: p.id, Campaign: e.Campaign, Cell: e.Cell,
				Control: e.Control, AssignedOn: p.day, WindowEndsOn: e.WindowEndsOn})
			return nil
		}),
		On(func(e customer.CampaignMessageSent, _ domain.Recorded, p *fold) error {
			row := rowOf(p, campaignMessageRows, messageKey{p.id, e.MessageID})
			row.Campaign, row.Cell, row.SentOn = e.Campaign, e.Cell, p.day
			row.Purpose, row.Channel = e.Consent.Purpose, e.Consent.Channel
			return nil
		}),
		On(func(e customer.CampaignMessageDelivered, _ domain.Recorded, p *fold) error {
			return p.fate(e.Message, func(row *campaignMessageRow) **domain.Day { return &row.DeliveredOn })
		}),
		On(func(e customer.CampaignMessageOpened, _ domain.Recorded, p *fold) error {
			return p.fate(e.Message, func(row *campaignMessageRow) **domain.Day { return &row.OpenedOn })
		}),
		On(func(e customer.CampaignMessageClicked, _ domain.Recorded, p *fold) error {
			return p.fate(e.Message, func(row *campaignMessageRow) **domain.Day { return &row.ClickedOn })
		}),
		On(func(e customer.CampaignMessageBounced, _ domain.Recorded, p *fold) error {
			return p.fate(e.Message, func(row *campaignMessageRow) **domain.Day { return &row.BouncedOn })
		}),
		On(func(e customer.CampaignUnsubscribed, _ domain.Recorded, p *fold) error {
			return p.fate(e.Message, func(row *campaignMessageRow) **domain.Day { return &row.UnsubscribedOn })
		}),
	},
}

// fate notes the day on which something became of a message.
func (p *fold) fate(m customer.Message, column func(*campaignMessageRow) **domain.Day) error {
	row := rowOf(p, campaignMessageRows, messageKey{p.id, m.MessageID})
	on := p.day
	*column(row) = &on
	return nil
}

type campaignMemberRow struct {
	CustomerID   uuid.UUID  `db:"customer_id"`
	Campaign     string     `db:"campaign"`
	Cell         string     `db:"cell"`
	Control      bool       `db:"control"`
	AssignedOn   domain.Day `db:"assigned_on"`
	WindowEndsOn domain.Day `db:"window_ends_on"`
	RecordedFor  *uuid.UUID `db:"recorded_for"`
}

var campaignMemberRows = added[campaignMemberRow]("campaign_members", 2)

type campaignMessageRow struct {
	CustomerID     uuid.UUID   `db:"customer_id"`
	MessageID      uuid.UUID   `db:"message_id"`
	Campaign       string      `db:"campaign"`
	Cell           string      `db:"cell"`
	Purpose        string      `db:"purpose"`
	Channel        string      `db:"channel"`
	SentOn         domain.Day  `db:"sent_on"`
	DeliveredOn    *domain.Day `db:"delivered_on"`
	OpenedOn       *domain.Day `db:"opened_on"`
	ClickedOn      *domain.Day `db:"clicked_on"`
	BouncedOn      *domain.Day `db:"bounced_on"`
	UnsubscribedOn *domain.Day `db:"unsubscribed_on"`
	RecordedFor    *uuid.UUID  `db:"recorded_for"`
}

type messageKey struct{ customer, message uuid.UUID }

var campaignMessageRows = keyedRows("campaign_messages", 2, func(k messageKey) campaignMessageRow {
	return campaignMessageRow{CustomerID: k.customer, MessageID: k.message}
})
