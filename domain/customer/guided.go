package customer

import (
	"github.com/rapport-crm/rapport/domain"
)

// Guide asks to recommend what a guidance says. It is the engine that asks.
type Guide struct {
	IssueRecommendation
	By Guided
}

func (Guide) Needs() Needs { return Needs{} }

// Decide accepts each RecommendationID once.
func (c Guide) Decide(s *State, g Given) ([]Event, error) { return c.decide(s, g, &c.By) }

// Guided says by what guidance something was recommended, and how it is told whether that was worth while.
type Guided struct {
	Guidance       string          `json:"guidance"`                 // its name
	Version        int             `json:"version"`                  // of its definition
	Segment        string          `json:"segment"`                  // that the customer had entered
	SegmentVersion int             `json:"segment_version"`          // of its rule
	StayFrom       domain.Day      `json:"stay_from"`                // business day on which that stay began
	Category       string          `json:"category,omitempty"`       // that is suggested
	ExpectedMinor  *int64          `json:"expected_minor,omitempty"` // expected value, minor units of currency
	Currency       domain.Currency `json:"currency,omitempty"`       // reporting currency, ISO 4217
	Outcome        Outcome         `json:"outcome"`                  // what counts as success
	OutcomeDays    int             `json:"outcome_days,omitempty"`   // within which it does, from the day on which it was issued
}

// Outcome is what the customer or we have to do for a recommendation to count as a success.
type Outcome string

const (
	NoOutcome            Outcome = "none" // it is not told
	PurchaseOutcome      Outcome = "purchase"
	ComplaintResolved    Outcome = "complaint_resolved"
	MaintenanceCompleted Outcome = "maintenance_performed"
	PointsUsed           Outcome = "points_spent"
	ContactOutcome       Outcome = "contact" // an interaction or an interview
)

// Outcomes are all that there are.
var Outcomes = []Outcome{NoOutcome, PurchaseOutcome, ComplaintResolved, MaintenanceCompleted, PointsUsed, ContactOutcome}

func (g *Guided) digest(d domain.Digest) domain.Digest {
	d = d.Text(g.Guidance).Int(int64(g.Version)).Text(g.Segment).Int(int64(g.SegmentVersion)).Int(int64(g.StayFrom)).
		Text(g.Category).Text(string(g.Currency)).Text(string(g.Outcome)).Int(int64(g.OutcomeDays))
	if g.ExpectedMinor == nil {
		return d.Int(0)
	}
	return d.Int(1).Int(*g.ExpectedMinor)
}
