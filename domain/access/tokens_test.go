package access_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/domaintest"
)

type story = domaintest.Story[access.State, access.Needs]

var (
	rootID, shopID, otherID = uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}

	noon   = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	hash   = strings.Repeat("0a", 32)
	root   = access.TokenIssued{TokenID: rootID, Name: "root", Role: access.Admin, Hash: hash}
	shop   = access.TokenIssued{TokenID: shopID, Name: "shop", Role: access.App, Hash: hash, ExpiresAt: noon.AddDate(1, 0, 0)}
	second = access.TokenIssued{TokenID: otherID, Name: "second", Role: access.Admin, Hash: hash, ExpiresAt: noon.AddDate(0, 1, 0)}
)

func TestTokens(t *testing.T) { domaintest.Tell(t, stories()) }

// issue asks at noon for a token like one that was issued, but for some changes.
func issue(like access.TokenIssued, change ...func(*access.IssueToken)) access.Command {
	c := access.IssueToken{TokenID: like.TokenID, Name: like.Name, Role: like.Role, Hash: like.Hash, ExpiresAt: like.ExpiresAt}
	for _, f := range change {
		f(&c)
	}
	return domaintest.At(c, noon, 0)
}

func revoke(id uuid.UUID, at time.Time) access.Command {
	return domaintest.At(access.RevokeToken{TokenID: id}, at, 0)
}

func stories() []story {
	given := func(events ...access.Event) []access.Event { return events }
	revoked := func(id uuid.UUID) access.Event { return access.TokenRevoked{TokenID: id} }
	return []story{
		{Name: "the first is an admin's", When: issue(root), Then: given(root)},
		{Name: "the first is an app's", When: issue(shop), Refused: access.ErrAdminFirst},
		{Name: "then an app's", Given: given(root), When: issue(shop), Then: given(shop)},
		{Name: "the same again", Given: given(root, shop), When: issue(shop)},
		{Name: "the same id for another secret", Given: given(root, shop), Refused: access.ErrTokenExists,
			When: issue(shop, func(c *access.IssueToken) { c.Hash = strings.Repeat("0b", 32) })},
		{Name: "the same again once it is revoked", Given: given(root, shop, revoked(shopID)), When: issue(shop),
			Refused: access.ErrTokenExists},
		{Name: "an app's once the only admin's has expired", Given: given(second), Refused: access.ErrAdminFirst,
			When: domaintest.At(access.IssueToken{TokenID: shopID, Name: "shop", Role: access.App, Hash: hash}, second.ExpiresAt, 0)},
		{Name: "an admin's once the only admin's has expired", Given: given(second), Then: given(root),
			When: domaintest.At(access.IssueToken{TokenID: rootID, Name: "root", Role: access.Admin, Hash: hash}, second.ExpiresAt, 0)},
		{Name: "no id", When: issue(root, func(c *access.IssueToken) { c.TokenID = uuid.Nil }), Refused: access.ErrTokenID},
		{Name: "no name", When: issue(root, func(c *access.IssueToken) { c.Name = "" }), Refused: access.ErrTokenName},
		{Name: "a name too long", When: issue(root, func(c *access.IssueToken) { c.Name = strings.Repeat("a", 101) }),
			Refused: domain.ErrText.At("name")},
		{Name: "no such role", When: issue(root, func(c *access.IssueToken) { c.Role = "owner" }), Refused: access.ErrRole},
		{Name: "a secret instead of its hash", When: issue(root, func(c *access.IssueToken) { c.Hash = "secret" }),
			Refused: access.ErrTokenHash},
		{Name: "expired already", When: issue(root, func(c *access.IssueToken) { c.ExpiresAt = noon }),
			Refused: access.ErrTokenExpiry},
		{Name: "for ever and a day", When: issue(root, func(c *access.IssueToken) { c.ExpiresAt = noon.AddDate(10, 0, 1) }),
			Refused: access.ErrTokenExpiry},
		{Name: "too many", Given: tenThousand(), When: issue(root), Refused: access.ErrTokensTooMany},

		{Name: "revocation", Given: given(root, shop), When: revoke(shopID, noon), Then: given(revoked(shopID))},
		{Name: "revocation again", Given: given(root, shop, revoked(shopID)), When: revoke(shopID, noon)},
		{Name: "revocation of nothing", Given: given(root), When: revoke(shopID, noon), Refused: access.ErrTokenUnknown},
		{Name: "revocation of the only admin's", Given: given(root, shop), When: revoke(rootID, noon), Refused: access.ErrLastAdmin},
		{Name: "revocation of one of two admins'", Given: given(root, second), When: revoke(rootID, noon),
			Then: given(revoked(rootID))},
		{Name: "revocation of an admin's while the other one has expired", Given: given(root, second),
			When: revoke(rootID, second.ExpiresAt), Refused: access.ErrLastAdmin},
		{Name: "revocation of an admin's that has expired", Given: given(second), When: revoke(otherID, second.ExpiresAt),
			Then: given(revoked(otherID))},
	}
}

func tenThousand() (events []access.Event) {
	for i := range 10_000 {
		events = append(events, access.TokenIssued{TokenID: uuid.UUID{9, byte(i >> 8), byte(i)}, Name: "a", Role: access.Admin, Hash: hash})
	}
	return events
}

func TestRefusalsOverHTTP(t *testing.T) {
	asked := func(body string) []apitest.Ask {
		return []apitest.Ask{{Method: "POST", Path: "/v1/tokens", Body: body}}
	}
	const later = "only a caller with a token gets so far: api/tokens_test.go tells of it"
	apitest.Suite[access.State, access.Needs]{
		Asked: map[string][]apitest.Ask{
			"admin_first":               asked(`{"name":"shop","role":"app"}`),
			"token_name_missing":        asked(`{"name":"","role":"admin"}`),
			"role_unknown":              asked(`{"name":"root","role":"owner"}`),
			"token_expiry_out_of_range": asked(`{"name":"root","role":"admin","expires_at":"2029-12-31T23:59:59Z"}`),
			"token_unknown":             {{Method: "DELETE", Path: "/v1/tokens/0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01"}},
		},
		Unreachable: map[string]string{
			"token_id_missing":     "ids are made by the API",
			"token_hash_malformed": "the API makes the secret, and its hash",
			"token_exists":         later,
			"tokens_too_many":      "that many are a matter of the domain alone",
			"last_admin":           later,
		},
	}.Refusals(t)
}
