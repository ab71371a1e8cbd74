package proof

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"

	"github.com/rapport-crm/rapport/internal/files"
)

// Key signs heads and bundles. Its name is that of the log.
type Key struct {
	signer note.Signer
	// Verifier is the public half, as text: all that somebody needs to check what the key signed.
	Verifier string
}

// LoadKey reads a key from a file, which it makes where it is missing.
func LoadKey(file string) (*Key, error) {
	text, err := files.Once(file, makeKey)
	if err != nil {
		return nil, fmt.Errorf("the key that signs heads: %w", err)
	}
	return keyOf(file, text)
}

// ReadKey reads a key from a file, which must be there: fs.ErrNotExist otherwise.
func ReadKey(file string) (*Key, error) {
	text, err := files.Private(file)
	if err != nil {
		return nil, fmt.Errorf("the key that signs heads: %w", err)
	}
	return keyOf(file, text)
}

func keyOf(file string, text []byte) (*Key, error) {
	k, err := parseKey(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("the key that signs heads, %s: %w", file, err)
	}
	return k, nil
}

// Successor returns the text of a new key for the same log, whose name it goes on to have.
func (k *Key) Successor() (text string, next *Key, err error) {
	private, _, err := note.GenerateKey(rand.Reader, k.Name())
	if err != nil {
		return "", nil, err
	}
	next, err = parseKey(private)
	return private + "\n", next, err
}

// makeKey answers the text of a new key.
func makeKey() ([]byte, error) {
	private, _, err := note.GenerateKey(rand.Reader, "rapport/"+uuid.NewString())
	return []byte(private + "\n"), err
}

func parseKey(text string) (*Key, error) {
	signer, err := note.NewSigner(text)
	if err != nil {
		return nil, err
	}
	parts := strings.SplitN(text, "+", 5) // PRIVATE, KEY, name, hash, and base64, which may have more of them
	seed, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return nil, errors.New("it has no seed of Ed25519") // NewSigner has looked already
	}
	public := ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey)
	verifier, err := note.NewEd25519VerifierKey(signer.Name(), public)
	if err != nil {
		return nil, err
	}
	return &Key{signer: signer, Verifier: verifier}, nil
}

// Name is that of the log.
func (k *Key) Name() string { return k.signer.Name() }

// Check answers what checks the key's signatures.
func (k *Key) Check() note.Verifier {
	v, err := note.NewVerifier(k.Verifier)
	if err != nil {
		panic(err) // it was made from the key
	}
	return v
}

// ParseVerifier reads the public half of a key, as Key.Verifier has it, or from the text of a whole key.
func ParseVerifier(text string) (note.Verifier, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "PRIVATE+KEY+") {
		k, err := parseKey(text)
		if err != nil {
			return nil, fmt.Errorf("the private key cannot be read: %w", err)
		}
		return k.Check(), nil
	}
	v, err := note.NewVerifier(text)
	if err != nil {
		return nil, fmt.Errorf("the public key cannot be read: %w", err)
	}
	return v, nil
}
