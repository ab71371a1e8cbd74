package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

// AccessTokens keeps who may use Rapport by a token. How to tell a token is kept in the log alone.
var AccessTokens = Projector{
	Name:   "access_tokens",
	Tables: tables{accessTokenRows},
	On: []Handler{
		OnLog(func(e access.TokenIssued, r domain.Recorded, p *page) error {
			row, err := rowIn(p, accessTokenRows, e.TokenID)
			if err != nil {
				return err
			}
			row.Name, row.Role, row.IssuedAt, row.IssuedBy = e.Name, string(e.Role), r.RecordedAt, optional(r.Metadata.Actor)
			if !e.ExpiresAt.IsZero() {
				row.ExpiresAt = &e.ExpiresAt
			}
			return nil
		}),
		OnLog(func(e access.TokenRevoked, r domain.Recorded, p *page) error {
			row, err := rowIn(p, accessTokenRows, e.TokenID)
			if err != nil {
				return err
			}
			row.RevokedAt, row.RevokedBy = &r.RecordedAt, optional(r.Metadata.Actor)
			return nil
		}),
	},
}

type accessTokenRow struct {
	TokenID   uuid.UUID  `db:"token_id,key" note:"the token"`
	Name      string     `db:"name" note:"whose it is: a person, or a system"`
	Role      string     `db:"role" note:"app, analyst, auditor or admin"`
	IssuedAt  time.Time  `db:"issued_at" note:"when it was issued"`
	IssuedBy  *string    `db:"issued_by" note:"who issued it"`
	ExpiresAt *time.Time `db:"expires_at" note:"from when on it is good no more, if that is settled"`
	RevokedAt *time.Time `db:"revoked_at" note:"when it was revoked"`
	RevokedBy *string    `db:"revoked_by" note:"who revoked it"`
}

var accessTokenRows = keyedRows("access_tokens",
	"Every token that was ever issued. By a token's id, the metadata of events tells what was asked for with it.", func(id uuid.UUID) accessTokenRow { return accessTokenRow{TokenID: id} })
