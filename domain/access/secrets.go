package access

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"strings"

	"github.com/google/uuid"
)

// A token in its owner's hands is a prefix by which people and scanners know what they see, its id, by which it can be
// revoked, and a secret of 256 random bits. The log keeps a hash of the secret alone: guessing it is beyond anybody, so
// there is no need for a slow one.

const (
	tokenPrefix = "rpt_"
	secretBytes = 32
)

var secretText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Secret is what makes a token its owner's. It must be random.
type Secret [secretBytes]byte

// Token answers the token of an id as its owner is told it.
func (s Secret) Token(id uuid.UUID) string {
	return tokenPrefix + id.String() + "_" + secretText.EncodeToString(s[:])
}

// Hash is what the log keeps of a secret.
func (s Secret) Hash() string { return hashOf(secretText.EncodeToString(s[:])) }

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// ParseToken takes apart what somebody shows as a token: its id and the hash of its secret.
func ParseToken(token string) (id uuid.UUID, hash string, ok bool) {
	rest, ok := strings.CutPrefix(token, tokenPrefix)
	name, secret, found := strings.Cut(rest, "_")
	if !ok || !found || len(name) != 36 || len(secret) != secretText.EncodedLen(secretBytes) {
		return uuid.Nil, "", false
	}
	id, err := uuid.Parse(name)
	return id, hashOf(secret), err == nil
}

// Identity is who somebody is according to another system, which issued a token of its own.
type Identity struct {
	Subject string // names them there for ever
	Name    string // what people call them
	Roles   []Role
}

// ErrIssuerAway tells that nothing can be said about tokens of another system now.
var ErrIssuerAway = errors.New("the issuer of such tokens cannot be reached")
