package customer

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Fate is what became of a campaign's message.
type Fate string

const (
	Delivered    Fate = "delivered"    // it reached the customer
	Opened       Fate = "opened"       // they opened it
	Clicked      Fate = "clicked"      // they followed a link in it
	Bounced      Fate = "bounced"      // it could not be delivered
	Unsubscribed Fate = "unsubscribed" // they want no more of them
)

var fates = [...]Fate{Delivered, Opened, Clicked, Bounced, Unsubscribed}

// TellFate asks to remember what became of a message.
type TellFate struct {
	MessageID uuid.UUID `json:"message_id"`
	Fate      Fate      `json:"fate"`
}

func (TellFate) Needs() Needs { return Needs{} }

// Decide takes each fate of a message once. A message that bounced met no other. Who unsubscribes withdraws the
// consent on which the message rested.
func (c TellFate) Decide(s *State, g Given) ([]Event, error) {
	known, ok := s.campaigns.messages[c.MessageID]
	n := slices.Index(fates[:], c.Fate)
	bounced := slices.Index(fates[:], Bounced)
	switch {
	case !ok:
		return nil, ErrMessageUnknown
	case n < 0:
		return nil, ErrFate
	case known.fates[n]:
		return nil, nil
	case known.fates[bounced] || n == bounced && known.fates != [len(fates)]bool{}:
		return nil, ErrBounced
	}
	if err := s.began.notBefore(aMessage, c.MessageID, g); err != nil {
		return nil, err
	}
	facts := []Event{c.fact()}
	if c.Fate == Unsubscribed && s.consents[known.consent].inForce {
		withdrawal, err := WithdrawConsent{Purpose: known.consent.Purpose, Through: known.consent.Channel}.Decide(s, g)
		if err != nil {
			return nil, err
		}
		facts = append(facts, withdrawal...)
	}
	return facts, nil
}

func (c TellFate) fact() Event {
	m := Message{c.MessageID}
	switch c.Fate {
	case Delivered:
		return CampaignMessageDelivered{m}
	case Opened:
		return CampaignMessageOpened{m}
	case Clicked:
		return CampaignMessageClicked{m}
	case Bounced:
		return CampaignMessageBounced{m}
	}
	return CampaignUnsubscribed{m}
}

// Message names the message that something became of.
type Message struct {
	MessageID uuid.UUID `json:"message_id"`
}

func (m Message) met(s *State, fate Fate) {
	known := s.campaigns.messages[m.MessageID]
	known.fates[slices.Index(fates[:], fate)] = true
	remember(&s.campaigns.messages, m.MessageID, known)
}

// CampaignMessageDelivered is the fact that a message reached the customer.
type CampaignMessageDelivered struct{ Message }

func (CampaignMessageDelivered) EventType() string { return "customer.campaign_message_delivered.v1" }

func (e CampaignMessageDelivered) Evolve(s *State, _ domain.Metadata) { e.met(s, Delivered) }

// Summary implements Told.
func (e CampaignMessageDelivered) Summary() string { return "a campaign's message arrived" }

// CampaignMessageOpened is the fact that the customer opened a message.
type CampaignMessageOpened struct{ Message }

func (CampaignMessageOpened) EventType() string { return "customer.campaign_message_opened.v1" }

func (e CampaignMessageOpened) Evolve(s *State, _ domain.Metadata) { e.met(s, Opened) }

// Summary implements Told.
func (e CampaignMessageOpened) Summary() string { return "opened a campaign's message" }

// CampaignMessageClicked is the fact that the customer followed a link of a message.
type CampaignMessageClicked struct{ Message }

func (CampaignMessageClicked) EventType() string { return "customer.campaign_message_clicked.v1" }

func (e CampaignMessageClicked) Evolve(s *State, _ domain.Metadata) { e.met(s, Clicked) }

// Summary implements Told.
func (e CampaignMessageClicked) Summary() string { return "followed a link of a campaign's message" }

// CampaignMessageBounced is the fact that a message could not be delivered.
type CampaignMessageBounced struct{ Message }

func (CampaignMessageBounced) EventType() string { return "customer.campaign_message_bounced.v1" }

func (e CampaignMessageBounced) Evolve(s *State, _ domain.Metadata) { e.met(s, Bounced) }

// Summary implements Told.
func (e CampaignMessageBounced) Summary() string { return "a campaign's message came back" }

// CampaignUnsubscribed is the fact that the customer, upon a message, wants no more of them.
type CampaignUnsubscribed struct{ Message }

func (CampaignUnsubscribed) EventType() string { return "customer.campaign_unsubscribed.v1" }

func (e CampaignUnsubscribed) Evolve(s *State, _ domain.Metadata) { e.met(s, Unsubscribed) }

// Summary implements Told.
func (e CampaignUnsubscribed) Summary() string { return "unsubscribed upon a campaign's message" }

var (
	ErrMessageUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "message_unknown", Field: "message_id",
		Reason: "no such message was sent to the customer"}
	ErrFate = &domain.Rejection{Kind: domain.Invalid, Code: "fate_unknown", Field: "fate",
		Reason: "a message is delivered, opened, clicked, bounced or unsubscribed"}
	ErrBounced = &domain.Rejection{Kind: domain.Refused, Code: "message_bounced", Field: "fate",
		Reason: "a message that bounced was neither delivered nor read, and the other way round"}
)
