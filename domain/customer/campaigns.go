package customer

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A customer takes part in a campaign in one of its cells, once. Those of the control group get no messages; the
// others get them only with their consent, and not while they wait for an answer to a complaint. What became of a
// message is told of it afterwards.

// AssignToCampaign asks that the customer belong to a cell of a campaign.
type AssignToCampaign struct {
	Campaign string `json:"campaign"`
	Cell     string `json:"cell"`
}

func (c AssignToCampaign) Needs() Needs { return needsCampaign(c.Campaign) }

// Decide lets nobody change the cell.
func (c AssignToCampaign) Decide(s *State, g Given) ([]Event, error) {
	if known, ok := s.campaigns.cells[c.Campaign]; ok {
		if known.Cell == c.Cell {
			return nil, nil
		}
		return nil, ErrCampaignCellOtherwise
	}
	terms := g.Needs.Campaign.Running
	if terms == nil {
		return nil, ErrCampaignNotRunning
	}
	cell := terms.Cell(c.Cell)
	if cell == nil {
		return nil, ErrCampaignCellUnknown
	}
	return []Event{CampaignAssigned{Campaign: c.Campaign, Cell: cell.Cell, Control: cell.Control,
		Consent: ConsentKey{terms.Purpose, terms.Channel}, WindowEndsOn: g.On + domain.Day(terms.WindowDays) - 1}}, nil
}

// CampaignAssigned is the fact that the customer belongs to a cell of a campaign.
type CampaignAssigned struct {
	Campaign     string     `json:"campaign"`
	Cell         string     `json:"cell"`
	Control      bool       `json:"control,omitempty"` // the control group: they get no messages
	Consent      ConsentKey `json:"consent"`           // that its messages need
	WindowEndsOn domain.Day `json:"window_ends_on"`    // last business day whose purchases and visits are its results
}

func (CampaignAssigned) EventType() string { return "customer.campaign_assigned.v1" }

func (e CampaignAssigned) Evolve(s *State, _ domain.Metadata) {
	if s.campaigns.cells == nil {
		s.campaigns.cells = map[string]CampaignAssigned{}
	}
	s.campaigns.cells[e.Campaign] = e
}

// Summary implements Told.
func (e CampaignAssigned) Summary() string {
	return "joined the campaign " + e.Campaign + ": " + e.Cell
}

// SendCampaignMessage asks to remember that a message of a campaign went to the customer.
type SendCampaignMessage struct {
	MessageID uuid.UUID `json:"message_id"`
	Campaign  string    `json:"campaign"`
}

func (SendCampaignMessage) Needs() Needs { return Needs{} }

// Decide refuses what must not be sent.
func (c SendCampaignMessage) Decide(s *State, g Given) ([]Event, error) {
	if c.MessageID == uuid.Nil {
		return nil, ErrMessageID
	}
	if known, ok := s.campaigns.messages[c.MessageID]; ok {
		if known.campaign == c.Campaign {
			return nil, nil
		}
		return nil, ErrMessageOtherwise
	}
	in, ok := s.campaigns.cells[c.Campaign]
	switch {
	case !ok:
		return nil, ErrCampaignUnassigned
	case in.Control:
		return nil, ErrControlGroup
	case s.cases.complaintOpen():
		return nil, ErrComplaintOpen
	case !s.consents.hold(in.Consent, g.On):
		return nil, ErrNoConsent.Because("the customer does not consent to %s on %s", in.Consent, g.On)
	}
	return []Event{CampaignMessageSent{MessageID: c.MessageID, Campaign: in.Campaign, Cell: in.Cell,
		Consent: in.Consent}}, nil
}

// CampaignMessageSent is the fact that a message of a campaign went to the customer.
type CampaignMessageSent struct {
	MessageID uuid.UUID  `json:"message_id"`
	Campaign  string     `json:"campaign"`
	Cell      string     `json:"cell"`    // of the campaign, to which the customer belongs
	Consent   ConsentKey `json:"consent"` // on which it rests; its channel is the message's
}

func (CampaignMessageSent) EventType() string { return "customer.campaign_message_sent.v1" }

func (e CampaignMessageSent) Evolve(s *State, m domain.Metadata) {
	s.began.begin(aMessage, e.MessageID, m)
	remember(&s.campaigns.messages, e.MessageID, messageState{campaign: e.Campaign, consent: e.Consent})
}

// Summary implements Told.
func (e CampaignMessageSent) Summary() string {
	return "was sent a message of the campaign " + e.Campaign + ": " + e.Consent.Channel
}

// campaignsState is where the customer takes part, and what is known of the messages.
type campaignsState struct {
	cells    map[string]CampaignAssigned
	messages map[uuid.UUID]messageState
}

type messageState struct {
	campaign string
	consent  ConsentKey
	fates    [len(fates)]bool // which of them it met
}

var (
	ErrCampaignNotRunning = &domain.Rejection{Kind: domain.Refused, Code: "campaign_not_running", Field: "campaign",
		Reason: "no such campaign is launched and still open"}
	ErrCampaignCellUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "campaign_cell_unknown", Field: "cell",
		Reason: "the campaign has no such cell"}
	ErrCampaignCellOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "campaign_cell_otherwise", Field: "cell",
		Reason: "the customer belongs to another cell of this campaign, for good"}
	ErrCampaignUnassigned = &domain.Rejection{Kind: domain.Refused, Code: "campaign_unassigned", Field: "campaign",
		Reason: "the customer belongs to no cell of this campaign"}
	ErrControlGroup = &domain.Rejection{Kind: domain.Refused, Code: "control_group", Field: "campaign",
		Reason: "the customer belongs to the control group, which gets no messages"}
	ErrNoConsent = &domain.Rejection{Kind: domain.Refused, Code: "consent_missing", Field: "campaign",
		Reason: "the customer does not consent to it"}
	ErrComplaintOpen = &domain.Rejection{Kind: domain.Refused, Code: "complaint_open", Field: "campaign",
		Reason: "the customer waits for a complaint to be settled: no marketing meanwhile"}
	ErrMessageID = &domain.Rejection{Kind: domain.Invalid, Code: "message_id_missing", Field: "message_id",
		Reason: "name the message by a UUID"}
	ErrMessageOtherwise = &domain.Rejection{Kind: domain.Conflict, Code: "message_sent_otherwise", Field: "message_id",
		Reason: "this message belongs to another campaign"}
)
