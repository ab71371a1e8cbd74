package access_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
)

func TestTokensAreReadAsTheyAreTold(t *testing.T) {
	id := uuid.MustParse("0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01")
	secret := access.Secret{1, 2, 3, 31: 255}
	token := secret.Token(id)
	if want := "rpt_0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01_aebagaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad7q"; token != want {
		t.Errorf("told as %s, want %s", token, want)
	}
	if gotID, hash, ok := access.ParseToken(token); !ok || gotID != id || hash != secret.Hash() {
		t.Errorf("%s is read as %s, %s, %t", token, gotID, hash, ok)
	}
	other := access.Secret{1, 2, 3, 31: 254}
	if other.Hash() == secret.Hash() {
		t.Error("two secrets have one hash")
	}
	for _, wrong := range []string{"", "rpt_", token[4:], token + "a", token[:len(token)-1], strings.ToUpper(token),
		strings.Replace(token, "-", "_", 1), strings.Replace(token, "0b8f3c52", "0b8f3c5g", 1), "Bearer " + token} {
		if _, _, ok := access.ParseToken(wrong); ok {
			t.Errorf("%q is a token", wrong)
		}
	}
}
