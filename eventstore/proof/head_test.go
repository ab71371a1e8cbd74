package proof_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/eventstore/proof"
)

func TestKeyFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data", "proof.key")
	made, err := proof.LoadKey(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("beside the key: %v, %v", left, err)
	}
	again, err := proof.LoadKey(file)
	if err != nil || again.Verifier != made.Verifier || again.Name() != made.Name() {
		t.Errorf("%v, %v; want %v", again, err, made)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, public := range []string{made.Verifier, made.Verifier + "\n", string(text)} {
		if v, err := proof.ParseVerifier(public); err != nil || v.Name() != made.Name() || v.KeyHash() != made.Check().KeyHash() {
			t.Errorf("%q: %v", public, err)
		}
	}
	for _, wrong := range []string{"", "x", made.Verifier[1:], strings.Replace(string(text), "+", " ", 1), "PRIVATE+KEY+x"} {
		if _, err := proof.ParseVerifier(wrong); err == nil {
			t.Errorf("%q was taken for a key", wrong)
		}
	}
	if err := os.WriteFile(file, []byte("PRIVATE+KEY+nobody"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := proof.LoadKey(file); err == nil {
		t.Error("a broken key was taken")
	}
}

// Whatever byte of a head changes, it is not the head any more.
func TestHeads(t *testing.T) {
	key, kept := newKey(t), newMemory()
	kept.take(history(3)...)
	head := kept.sign(t, key)
	if got, err := proof.OpenHead(head.Note, key.Check()); err != nil || !cmp.Equal(got, head) {
		t.Errorf("%+v, %v; want %+v", got, err, head)
	}
	everyChange(head.Note, func(how, changed string) {
		if _, err := proof.OpenHead(changed, key.Check()); err == nil {
			t.Fatalf("%s was not noticed:\n%s", how, changed)
		}
	})
	if _, err := proof.OpenHead(head.Note, newKey(t).Check()); !errors.Is(err, proof.ErrForged) {
		t.Errorf("by another key: %v", err)
	}
	other, err := newKey(t).Sign(head)
	if err != nil {
		t.Fatal(err)
	}
	signatures := strings.SplitAfter(other.Note, "\n\n")[1]
	if _, err := proof.OpenHead(head.Note+signatures, key.Check()); !errors.Is(err, proof.ErrForged) {
		t.Errorf("with another signature beside: %v", err)
	}
	if _, err := key.Sign(proof.Head{Size: 1, SignedAt: time.Now()}); err != nil {
		t.Error(err)
	}
}

// everyChange hands on a text with every bit flipped in turn, cut at every place, and with something before, after and
// within it.
func everyChange(text string, try func(how, changed string)) {
	for i := range len(text) {
		for bit := range 8 {
			b := []byte(text)
			b[i] ^= 1 << bit
			try("a flipped bit", string(b))
		}
		try("cut", text[:i])
		for _, more := range []string{"\n", " ", "=", "x"} {
			try("something put in", text[:i]+more+text[i:])
		}
		try("a byte left out", text[:i]+text[i+1:])
	}
	for _, more := range []string{"\n", " ", "x", "\x00", text} {
		try("something put behind", text+more)
	}
}
