package projections

import (
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

// AccessTokens keeps who may use Rapport by a token. How to tell a token is kept in the log alone.
var AccessTokens = Projector{
	Name: "access_tokens",
	Schema: `
-- Every token that was ever issued. By a token's id, the metadata of events tells what was asked for with it.
CREATE TABLE access_tokens (
	token_id uuid PRIMARY KEY, -- the token
	name text NOT NULL, -- whose it is: a person, or a system
	role text NOT NULL, -- app, analyst, auditor or admin
	issued_at timestamptz NOT NULL, -- when it was issued
	issued_by text, -- who issued it
	expires_at timestamptz, -- from when on it is good no more, if that is settled
	revoked_at timestamptz, -- when it was revoked
	revoked_by text -- who revoked it
);
`,
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
	TokenID   uuid.UUID  `db:"token_id"`
	Name      string     `db:"name"`
	Role      string     `db:"role"`
	IssuedAt  time.Time  `db:"issued_at"`
	IssuedBy  *string    `db:"issued_by"`
	ExpiresAt *time.Time `db:"expires_at"`
	RevokedAt *time.Time `db:"revoked_at"`
	RevokedBy *string    `db:"revoked_by"`
}

var accessTokenRows = keyedRows("access_tokens", 1, func(id uuid.UUID) accessTokenRow { return accessTokenRow{TokenID: id} })
