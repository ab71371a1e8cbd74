package projections

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
)

func TestAccessTokens(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	until := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	w.append(access.Stream, "2024-01-01", access.TokenIssued{TokenID: uuid.UUID{1}, Name: "root", Role: access.Admin, Hash: "00"})
	w.settle()
	w.append(access.Stream, "2024-01-02", access.TokenIssued{TokenID: uuid.UUID{2}, Name: "shop", Role: access.App, Hash: "00", ExpiresAt: until})
	w.append(access.Stream, "2024-01-03", access.TokenRevoked{TokenID: uuid.UUID{1}})
	w.settle()
	expect(t, "access_tokens", w.text(`SELECT name, role, expires_at::date, issued_at <= now(), revoked_at >= issued_at
		FROM access_tokens ORDER BY name`), `
root admin <nil> true true
shop app 2025-01-01 true <nil>`)
}
