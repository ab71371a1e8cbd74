package projections

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Insights keeps what was concluded about customers, and the events that it rests on.
var Insights = Projector{
	Name:   "insights",
	Tables: tables{insightRows, insightEvidenceRows},
	On: []Handler{
		On(func(e customer.InsightRecorded, r domain.Recorded, p *fold) error {
			links, err := json.Marshal(append([]string{}, e.Links...))
			if err != nil {
				return fmt.Errorf("write down the links: %w", err)
			}
			row := rowOf(p, insightRows, insightKey{p.id, e.InsightID})
			row.Statement, row.Kind, row.Confidence, row.Links = e.Statement, optional(e.Kind), e.Confidence, links
			row.RecordedOn = p.day
			row.Department, row.Actor = optional(r.Metadata.Department), optional(r.Metadata.Actor)
			for _, revision := range e.Evidence {
				add(p, insightEvidenceRows, insightEvidenceRow{CustomerID: p.id, InsightID: e.InsightID, Revision: revision})
			}
			return nil
		}),
		On(func(e customer.InsightRetracted, _ domain.Recorded, p *fold) error {
			row := rowOf(p, insightRows, insightKey{p.id, e.InsightID})
			on := p.day
			row.RetractedOn, row.Reason = &on, &e.Reason
			return nil
		}),
	},
}

type insightRow struct {
	CustomerID  uuid.UUID       `db:"customer_id,key" note:"about whom"`
	RecordedFor *uuid.UUID      `db:"recorded_for"`
	InsightID   uuid.UUID       `db:"insight_id,key" note:"the insight"`
	Statement   string          `db:"statement" note:"Personal: what was concluded"`
	Kind        *string         `db:"kind" note:"need, habit, risk, …"`
	Confidence  decimal.Decimal `db:"confidence" note:"how sure they are, from 0 to 1"`
	Links       json.RawMessage `db:"links" note:"Personal: what it rests on beside events, a list of texts"`
	RecordedOn  domain.Day      `db:"recorded_on" note:"business day of the conclusion"`
	RetractedOn *domain.Day     `db:"retracted_on" note:"business day on which it was retracted; null while it stands"`
	Reason      *string         `db:"reason" note:"Personal: why it was retracted"`
	Department  *string         `db:"department" note:"that concluded it"`
	Actor       *string         `db:"actor" note:"who concluded it"`
}

type insightEvidenceRow struct {
	CustomerID  uuid.UUID  `db:"customer_id,key" note:"about whom"`
	RecordedFor *uuid.UUID `db:"recorded_for"`
	InsightID   uuid.UUID  `db:"insight_id,key" note:"the insight"`
	Revision    int64      `db:"revision,key" note:"place of the event in the customer's stream"`
}

type insightKey struct{ customer, insight uuid.UUID }

var (
	insightRows = keyedRows("insights",
		"Everything that somebody concluded about a customer.", func(k insightKey) insightRow {
			return insightRow{CustomerID: k.customer, InsightID: k.insight}
		})
	insightEvidenceRows = added[insightEvidenceRow]("insight_evidence",
		"The events that insights rest on: join customer_timeline by customer_id and revision.")
)
