package projections

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// CampaignMessages keeps who takes part in which campaign, what was sent to them, and what became of it.
var CampaignMessages = Projector{
	Name:   "campaign_messages",
	Tables: tables{campaignMemberRows, campaignMessageRows},
	Schema: `
CREATE INDEX ON campaign_members (campaign, cell); -- the people of a cell
CREATE INDEX ON campaign_messages (campaign, cell); -- the messages of a cell, counted from the index alone
-- What people of each cell did within the window of their assignment. Read campaign_result instead.
CREATE VIEW campaign_cell_result AS
SELECT m.campaign, -- the campaign
	m.cell, -- the cell
	m.control, -- the control group
	m.people, -- assigned to the cell
	coalesce(s.messages, 0) AS messages, -- messages that were sent to them
	coalesce(v.visits, 0) AS visits, -- people who visited the web site within the window
	coalesce(b.conversions, 0) AS conversions, -- people who bought within the window
	coalesce(b.spend_minor, 0)::bigint AS spend_minor, -- what they bought for within the window, less what they got back for it since, minor units of the reporting currency
	coalesce(b.spend_squares, 0) AS spend_squares -- sum of the squares of what each of them bought for, minor units²
FROM (SELECT campaign, cell, control, count(*) AS people FROM campaign_members GROUP BY 1, 2, 3) m
	LEFT JOIN (SELECT campaign, cell, count(*) AS messages FROM campaign_messages GROUP BY 1, 2) s
		ON s.campaign = m.campaign AND s.cell = m.cell
	LEFT JOIN (SELECT campaign, cell, control, count(*) AS visits
		FROM (SELECT DISTINCT m.customer_id, m.campaign, m.cell, m.control FROM campaign_members m JOIN interactions i
			ON i.customer_id = m.customer_id AND i.kind = 'web_visit'
			AND i.occurred_on BETWEEN m.assigned_on AND m.window_ends_on) visited GROUP BY 1, 2, 3) v
		ON v.campaign = m.campaign AND v.cell = m.cell AND v.control = m.control
	LEFT JOIN (SELECT campaign, cell, control, count(*) AS conversions, sum(spend_minor) AS spend_minor,
			sum(spend_minor * spend_minor) AS spend_squares
		FROM (SELECT m.customer_id, m.campaign, m.cell, m.control, sum(p.reporting_total_minor - coalesce((SELECT sum(r.reporting_total_minor)
				FROM returns r WHERE r.customer_id = p.customer_id AND r.purchase_id = p.purchase_id), 0)) AS spend_minor
			FROM campaign_members m JOIN purchases p ON p.customer_id = m.customer_id
				AND p.purchased_on BETWEEN m.assigned_on AND m.window_ends_on AND NOT p.cancelled
			GROUP BY 1, 2, 3, 4) spent GROUP BY 1, 2, 3) b
		ON b.campaign = m.campaign AND b.cell = m.cell AND b.control = m.control;
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
func (f *fold) fate(m customer.Message, column func(*campaignMessageRow) **domain.Day) error {
	row := rowOf(f, campaignMessageRows, messageKey{f.id, m.MessageID})
	on := f.day
	*column(row) = &on
	return nil
}

type campaignMemberRow struct {
	CustomerID   uuid.UUID  `db:"customer_id,key" note:"who"`
	RecordedFor  *uuid.UUID `db:"recorded_for"`
	Campaign     string     `db:"campaign,key" note:"the campaign"`
	Cell         string     `db:"cell" note:"its cell to which they belong"`
	Control      bool       `db:"control" note:"the control group: they get no messages"`
	AssignedOn   domain.Day `db:"assigned_on" note:"business day of the assignment"`
	WindowEndsOn domain.Day `db:"window_ends_on" note:"last business day whose purchases and visits are results of the campaign"`
}

var campaignMemberRows = added[campaignMemberRow]("campaign_members",
	"Who takes part in which campaign: a row for each customer and campaign.")

type campaignMessageRow struct {
	CustomerID     uuid.UUID   `db:"customer_id,key" note:"to whom"`
	RecordedFor    *uuid.UUID  `db:"recorded_for"`
	MessageID      uuid.UUID   `db:"message_id,key" note:"the message"`
	Campaign       string      `db:"campaign" note:"of which campaign"`
	Cell           string      `db:"cell" note:"and which of its cells"`
	Purpose        string      `db:"purpose" note:"of the consent on which it rests"`
	Channel        string      `db:"channel" note:"through which it went"`
	SentOn         domain.Day  `db:"sent_on" note:"business day on which it was sent"`
	DeliveredOn    *domain.Day `db:"delivered_on" note:"business day on which it arrived"`
	OpenedOn       *domain.Day `db:"opened_on" note:"business day on which it was first opened"`
	ClickedOn      *domain.Day `db:"clicked_on" note:"business day on which a link in it was first followed"`
	BouncedOn      *domain.Day `db:"bounced_on" note:"business day on which it came back"`
	UnsubscribedOn *domain.Day `db:"unsubscribed_on" note:"business day on which the customer wanted no more of them"`
}

type messageKey struct{ customer, message uuid.UUID }

var campaignMessageRows = keyedRows("campaign_messages",
	"Every message of a campaign, and what became of it.", func(k messageKey) campaignMessageRow {
		return campaignMessageRow{CustomerID: k.customer, MessageID: k.message}
	})
