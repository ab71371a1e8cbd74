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
	m.visits, -- people who visited the web site within the window
	m.conversions, -- people who bought within the window
	m.spend_minor, -- what they bought for within the window, less what they got back for it since, minor units of the reporting currency
	m.spend_squares -- sum of the squares of what each of them bought for, minor units²
FROM (SELECT campaign, cell, control, count(*) AS people, count(visited_on) AS visits,
		count(*) FILTER (WHERE purchases > 0) AS conversions, sum(spend_minor)::bigint AS spend_minor,
		sum(spend_minor::numeric * spend_minor) AS spend_squares
	FROM campaign_members GROUP BY campaign, cell, control) m
	LEFT JOIN (SELECT campaign, cell, count(*) AS messages FROM campaign_messages GROUP BY campaign, cell) s
		ON s.campaign = m.campaign AND s.cell = m.cell;
`,
	On: []Handler{
		On(func(e customer.CampaignAssigned, _ domain.Recorded, p *fold) error {
			p.assigned(e)
			return nil
		}),
		On(func(e customer.PurchaseRecorded, _ domain.Recorded, p *fold) error {
			if !p.Facts.InVain(e) {
				p.boughtInWindow(e)
			}
			return nil
		}),
		On(func(e customer.ReturnRecorded, _ domain.Recorded, p *fold) error {
			p.returnedInWindow(e)
			return nil
		}),
		On(func(e customer.InteractionRecorded, _ domain.Recorded, p *fold) error {
			if e.Kind == webVisit {
				p.visitedInWindow()
			}
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

// webVisit is the kind of contact that counts as a result of a campaign.
const webVisit customer.InteractionKind = "web_visit"

// assigned opens the window of a member. What they did earlier on its first day counts. Who was assigned under two ids
// is a member by the later assignment.
func (f *fold) assigned(e customer.CampaignAssigned) {
	row := rowOf(f, campaignMemberRows, memberKey{f.id, e.Campaign})
	*row = campaignMemberRow{CustomerID: f.id, RecordedFor: f.recordedFor, Campaign: e.Campaign, Cell: e.Cell, Control: e.Control,
		AssignedOn: f.day, WindowEndsOn: e.WindowEndsOn}
	some(f, boughtRows, func(bought *boughtRow) bool {
		row.bought(bought.on, 1, bought.minor)
		return false
	})
	some(f, visitRows, func(visit *visitRow) bool {
		row.visited(visit.on)
		return false
	})
}

// boughtInWindow counts a purchase for the campaigns in whose window it is. It is remembered for what is returned of it, and for
// campaigns to which the person is assigned later on the day.
func (f *fold) boughtInWindow(e customer.PurchaseRecorded) {
	some(f, campaignMemberRows, func(row *campaignMemberRow) bool { return row.bought(f.day, 1, e.ReportingTotalMinor) })
	remembered := draftIn[uuid.UUID](f, boughtRows.table)
	for id, bought := range remembered.rows {
		if bought.on < f.day && !f.inWindow(bought.on) {
			remembered.remove(id)
		}
	}
	remembered.put(e.PurchaseID, &boughtRow{f.day, e.ReportingTotalMinor})
}

// returnedInWindow takes what came back off the campaigns in whose window it was bought.
func (f *fold) returnedInWindow(e customer.ReturnRecorded) {
	if e.PurchaseID == nil {
		return
	}
	bought := draftIn[uuid.UUID](f, boughtRows.table).rows[*e.PurchaseID]
	if bought == nil {
		return
	}
	bought.minor -= e.ReportingTotalMinor
	some(f, campaignMemberRows, func(row *campaignMemberRow) bool { return row.bought(bought.on, 0, -e.ReportingTotalMinor) })
}

func (f *fold) visitedInWindow() {
	rowOf(f, visitRows, struct{}{}).on = f.day
	some(f, campaignMemberRows, func(row *campaignMemberRow) bool { return row.visited(f.day) })
}

// inWindow reports whether a day is in the window of any campaign of the person.
func (f *fold) inWindow(day domain.Day) (is bool) {
	some(f, campaignMemberRows, func(row *campaignMemberRow) bool {
		is = is || row.covers(day)
		return false
	})
	return is
}

// fate notes the day on which something became of a message.
func (f *fold) fate(m customer.Message, column func(*campaignMessageRow) **domain.Day) error {
	row := rowOf(f, campaignMessageRows, messageKey{f.id, m.MessageID})
	on := f.day
	*column(row) = &on
	return nil
}

type campaignMemberRow struct {
	CustomerID   uuid.UUID   `db:"customer_id,key" note:"who"`
	RecordedFor  *uuid.UUID  `db:"recorded_for"`
	Campaign     string      `db:"campaign,key" note:"the campaign"`
	Cell         string      `db:"cell" note:"its cell to which they belong"`
	Control      bool        `db:"control" note:"the control group: they get no messages"`
	AssignedOn   domain.Day  `db:"assigned_on" note:"business day of the assignment"`
	WindowEndsOn domain.Day  `db:"window_ends_on" note:"last business day whose purchases and visits are results of the campaign"`
	VisitedOn    *domain.Day `db:"visited_on" note:"first business day from the assignment to window_ends_on on which they visited the web site (interactions of kind web_visit)"`
	Purchases    int64       `db:"purchases" note:"what they bought on these days: purchases"`
	SpendMinor   int64       `db:"spend_minor" note:"what they bought on these days for, less what they got back for it since, minor units of the reporting currency"`
}

func (r *campaignMemberRow) covers(day domain.Day) bool {
	return r.AssignedOn <= day && day <= r.WindowEndsOn
}

// bought counts what was bought on a day, and reports whether that is in the window.
func (r *campaignMemberRow) bought(on domain.Day, purchases, minor int64) bool {
	if !r.covers(on) {
		return false
	}
	r.Purchases, r.SpendMinor = r.Purchases+purchases, r.SpendMinor+minor
	return true
}

// visited notes a visit, and reports whether it is the first in the window.
func (r *campaignMemberRow) visited(on domain.Day) bool {
	if !r.covers(on) || r.VisitedOn != nil {
		return false
	}
	r.VisitedOn = &on
	return true
}

type memberKey struct {
	customer uuid.UUID
	campaign string
}

var campaignMemberRows = keyedRows("campaign_members",
	"Who takes part in which campaign, and what they did in its window: a row for each customer and campaign.", func(k memberKey) campaignMemberRow {
		return campaignMemberRow{CustomerID: k.customer, Campaign: k.campaign}
	})

// A boughtRow is a purchase that campaigns may count, by its id, and visitRow the last day of a visit. They are for the fold alone.
type (
	boughtRow struct {
		on    domain.Day
		minor int64 // less what came back
	}
	visitRow struct{ on domain.Day }
)

var (
	boughtRows = keyedRows("", "", func(uuid.UUID) boughtRow { return boughtRow{} })
	visitRows  = keyedRows("", "", func(struct{}) visitRow { return visitRow{} })
)

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
