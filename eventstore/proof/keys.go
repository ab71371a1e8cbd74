package proof

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// ChangeTag is the first line of a statement that another key signs from now on.
const ChangeTag = "rapport key change 1"

// change is such a statement: heads of more events than Size are signed by the later key.
type change struct {
	size     int64
	from, to note.Verifier
}

// Change returns the statement that next signs the heads of this log once they have more events than h. Both keys
// sign it: so whoever trusts either of them knows the other.
func (k *Key) Change(next *Key, h Head) (string, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n%s\n%s\n", ChangeTag, h.Size, h.Root, k.Verifier, next.Verifier)
	signed, err := note.Sign(&note.Note{Text: text}, k.signer, next.signer)
	if err != nil {
		return "", fmt.Errorf("sign the change of keys: %w", err)
	}
	return string(signed), nil
}

// openChange reads a statement, and finds out whether both keys signed it.
func openChange(text string) (c change, err error) {
	body, _, _ := strings.Cut(tidied(text), "\n\n")
	lines := strings.Split(body, "\n")
	if len(lines) != 5 || lines[0] != ChangeTag {
		return c, errors.New("this is no statement about a change of keys")
	}
	if _, err := fmt.Sscanf(lines[1], "%d", &c.size); err != nil || c.size < 0 {
		return c, errors.New("the statement about a change of keys has no size")
	}
	if _, err := tlog.ParseHash(lines[2]); err != nil {
		return c, fmt.Errorf("the statement about a change of keys: %w", err)
	}
	if c.from, err = note.NewVerifier(lines[3]); err == nil {
		c.to, err = note.NewVerifier(lines[4])
	}
	if err != nil {
		return c, fmt.Errorf("the statement about a change of keys: %w", err)
	}
	n, err := note.Open([]byte(tidied(text)), note.VerifierList(c.from, c.to))
	if err != nil || len(n.Sigs) != 2 || n.Sigs[0].Hash == n.Sigs[1].Hash {
		return c, fmt.Errorf("%w %s and the one after it", ErrForged, c.from.Name())
	}
	return c, nil
}

// Keys are the keys whose heads count: one that is trusted, and those that led to it or followed on it.
type Keys struct{ all []termed }

// termed is a key, and how many events the heads have at most that it signs.
type termed struct {
	note.Verifier
	most int64
}

// Trust returns the keys that statements about changes connect with a trusted one. Statements that are not signed by
// both keys, or are about others, change nothing.
func Trust(key note.Verifier, statements ...string) Keys {
	k := Keys{[]termed{{key, math.MaxInt64}}}
	for grown := true; grown; {
		grown = false
		for _, text := range statements {
			c, err := openChange(text)
			if err != nil {
				continue
			}
			from, to := k.find(c.from), k.find(c.to)
			switch {
			case from >= 0 && to < 0:
				k.all, grown = append(k.all, termed{c.to, math.MaxInt64}), true
			case from < 0 && to >= 0:
				k.all, grown = append(k.all, termed{c.from, c.size}), true
				continue
			case from < 0:
				continue
			}
			k.all[k.find(c.from)].most = c.size
		}
	}
	return k
}

func (k Keys) find(v note.Verifier) int {
	return slices.IndexFunc(k.all, func(t termed) bool { return t.Name() == v.Name() && t.KeyHash() == v.KeyHash() })
}

// Name is that of the log.
func (k Keys) Name() string { return k.all[0].Name() }

// Contains reports whether a key is among them.
func (k Keys) Contains(v note.Verifier) bool { return k.find(v) >= 0 }

// OpenHead reads a head as OpenHead does, by whichever of the keys signed it, in its time.
func (k Keys) OpenHead(signed string) (Head, error) { return k.head(signed, OpenHead) }

// ReadHead reads a head as ReadHead does, by whichever of the keys signed it, in its time.
func (k Keys) ReadHead(text string) (Head, error) { return k.head(text, ReadHead) }

func (k Keys) head(text string, open func(string, note.Verifier) (Head, error)) (h Head, err error) {
	var first error
	for _, key := range k.all {
		if h, err = open(text, key); err == nil && h.Size > key.most {
			err = fmt.Errorf("a head of %d events: %w %s, whose last was of %d", h.Size, ErrForged, key.Name(), key.most)
		}
		if err == nil {
			return h, nil
		}
		if first == nil || !errors.Is(err, ErrForged) {
			first = err
		}
	}
	return Head{}, first
}

// OpenBundle reads a bundle that one of the keys signed.
func (k Keys) OpenBundle(signed string) (b Bundle, err error) {
	var first error
	for _, key := range k.all {
		if b, err = OpenBundle(signed, key); err == nil {
			return b, nil
		}
		if first == nil || !errors.Is(err, ErrForged) {
			first = err
		}
	}
	return Bundle{}, first
}
