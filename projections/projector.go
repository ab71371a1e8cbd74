package projections

import (
	"github.com/rapport-crm/rapport/domain"
)

// Projector keeps some tables: their definition, and which facts become what rows.
type Projector struct {
	Name string
	// Tables are those that the row structs define.
	Tables tables
	// Schema is the DDL of indexes, views and functions; notes in it become COMMENTs.
	Schema string
	On     []Handler
	// OneFact: each row follows from one fact alone, whatever else happened to the person. So it is written once, and not
	// looked at again when the person is folded anew. Otherwise rows are drafts.
	OneFact bool
}

// Handler turns facts of one type into rows.
type Handler struct {
	eventType string // empty: every fact of a customer's stream
	fold      func(domain.Recorded, *fold) error
	log       func(domain.Recorded, *page) error
}

// On handles one type of event of a customer, in the order in which things happened to them. An error is the event's
// fault, not the database's, unless it wraps one.
func On[E domain.Event](handle func(E, domain.Recorded, *fold) error) Handler {
	var e E
	return Handler{eventType: e.EventType(), fold: func(r domain.Recorded, f *fold) error {
		return handle(r.Event.(E), r, f)
	}}
}

// OnCustomer handles every fact of a customer's stream.
func OnCustomer(handle func(domain.Recorded, *fold) error) Handler { return Handler{fold: handle} }

// OnLog handles one type of event that is of no customer, in the order of the log.
func OnLog[E domain.Event](handle func(E, domain.Recorded, *page) error) Handler {
	var e E
	return Handler{eventType: e.EventType(), log: func(r domain.Recorded, p *page) error {
		return handle(r.Event.(E), r, p)
	}}
}

// Projectors lists what the read models consist of. A new noun is a line here.
var Projectors = []Projector{
	Demand,
	PriceBands,
	Calendar,
	Customers,
	Timeline,
	Attributes,
	ContactPoints,
	Roles,
	Relationships,
	Insights,
	Sharing,
	Purchases,
	Categories,
	Orders,
	Returns,
	Interactions,
	Interviews,
	Identities,
	Promises,
	Leads,
	Opportunities,
	Pipeline,
	Offers,
	Products,
	Consents,
	Questionnaires,
	Surveys,
	CampaignMessages,
	Campaigns,
	Webhooks,
	Subscriptions,
	AccessTokens,
	DataQuality,
	Points,
	Referrals,
	Agreements,
	Work,
	Assets,
	Maintenance,
	Cases,
	ServicePolicy,
	Loyalty,
	Tiers,
	Profitability,
	Equity,
	Maturity,
	Segments,
	Archiving,
	Retention,
	Guidance,
	GuidanceOutcome,
	RFM,
	Cohorts,
	Scorecards,
	Threats,
	Value,
	Reads,
	Erasures,
	Merges,
}

// handlers arranges the handlers of projectors by event type.
type handlers struct {
	log       map[string][]Handler // of events that are of no customer
	folded    map[string][]Handler // into drafts
	oneFact   map[string][]Handler // of facts that count
	everyFact []Handler            // whether they count or not
	drafted   []string             // tables of drafts with what is personal in them
}

func arrange(projectors []Projector) *handlers {
	h := &handlers{log: map[string][]Handler{}, folded: map[string][]Handler{}, oneFact: map[string][]Handler{}}
	for _, p := range projectors {
		if !p.OneFact {
			h.drafted = append(h.drafted, p.Tables.personal()...)
		}
		for _, on := range p.On {
			switch {
			case on.log != nil:
				h.log[on.eventType] = append(h.log[on.eventType], on)
			case on.eventType == "":
				h.everyFact = append(h.everyFact, on)
			case p.OneFact:
				h.oneFact[on.eventType] = append(h.oneFact[on.eventType], on)
			default:
				h.folded[on.eventType] = append(h.folded[on.eventType], on)
			}
		}
	}
	return h
}
