package proof

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
)

var (
	// ErrBroken: what is kept to prove the log by does not fit together, or not with the log.
	ErrBroken = errors.New("the proof is broken")
	// ErrForged: not signed by the key that is asked for, or changed since.
	ErrForged = errors.New("the signature is not that of the key")
)

// maxSize is more than any log will have, and little enough to count with.
const maxSize = 1 << 56

// Head tells what the whole log was at a moment. Note is the same, signed: the text that is to be published
// where nobody who could change the log can change it too.
type Head struct {
	Size     int64               `json:"size" doc:"How many events the log had"`
	Position eventstore.Position `json:"position" doc:"Log position of the newest of them, 0 without any"`
	Root     tlog.Hash           `json:"root" doc:"Hash of the Merkle tree over them, base64"`
	SignedAt time.Time           `json:"signed_at" doc:"By the clock of who signed"`
	Streams  tlog.Hash           `json:"streams,omitzero" doc:"Hash over how many events each stream had, base64"`
	Note     string              `json:"note" doc:"The signed note that says so"`
}

// text is what is signed: a checkpoint in the form that transparency logs share (C2SP tlog-checkpoint), with the
// position, the time and, since streams are counted, the hash over their counts as extension lines.
func (h Head) text(origin string) string {
	text := fmt.Sprintf("%s\n%d\n%s\nposition %d\ntime %s\n", origin, h.Size, h.Root, h.Position,
		h.SignedAt.UTC().Format(time.RFC3339Nano))
	if h.Streams != (tlog.Hash{}) {
		text += fmt.Sprintf("streams %s\n", h.Streams)
	}
	return text
}

// Sign answers the head with its note.
func (k *Key) Sign(h Head) (Head, error) {
	h.SignedAt = h.SignedAt.UTC()
	signed, err := note.Sign(&note.Note{Text: h.text(k.signer.Name())}, k.signer)
	if err != nil {
		return h, fmt.Errorf("sign a head: %w", err)
	}
	h.Note = string(signed)
	return h, nil
}

// OpenHead reads a head from its note. ErrForged unless the key signed just this.
func OpenHead(signed string, by note.Verifier) (Head, error) {
	text, err := open(signed, by)
	if err != nil {
		return Head{}, fmt.Errorf("a head: %w", err)
	}
	return parseHead(text, signed, by)
}

// ReadHead reads a head that was kept elsewhere, as notes are read: who else signed it does not matter, nor do blank
// lines around it or line ends of CRLF. Its Note is as the key alone signed it.
func ReadHead(text string, by note.Verifier) (Head, error) {
	n, err := note.Open([]byte(tidied(text)), note.VerifierList(by))
	if err != nil || len(n.Sigs) == 0 {
		return Head{}, fmt.Errorf("a head: %w %s", ErrForged, by.Name())
	}
	return parseHead(n.Text, fmt.Sprintf("%s\n— %s %s\n", n.Text, by.Name(), n.Sigs[0].Base64), by)
}

// tidied returns a note as it was written, whatever mail or an editor did to its line ends and to what is around it.
func tidied(text string) string {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	return strings.Trim(text, " \t\n") + "\n"
}

func parseHead(text, signed string, by note.Verifier) (Head, error) {
	h := Head{Note: signed}
	var root, at string
	if _, err := fmt.Sscanf(strings.TrimPrefix(text, by.Name()+"\n"), "%d\n%s\nposition %d\ntime %s\n",
		&h.Size, &root, &h.Position, &at); err == nil {
		h.Root, _ = tlog.ParseHash(root) // what cannot be read makes another text
		h.SignedAt, _ = time.Parse(time.RFC3339Nano, at)
		if _, counts, ok := strings.Cut(text, "\nstreams "); ok {
			h.Streams, _ = tlog.ParseHash(strings.TrimSuffix(counts, "\n"))
		}
	}
	if h.text(by.Name()) != text || h.Size < 0 || h.Size > maxSize {
		return Head{}, fmt.Errorf("the note is signed, but it is no head of %s", by.Name())
	}
	return h, nil
}

// open answers the text of a note that has one signature, that of the key, and is written as only one note is.
func open(signed string, by note.Verifier) (string, error) {
	n, err := note.Open([]byte(signed), note.VerifierList(by))
	if err != nil || len(n.Sigs) != 1 {
		return "", fmt.Errorf("%w %s", ErrForged, by.Name())
	}
	// Base64 has bits that mean nothing, and a note may be signed by others too; here no byte may differ.
	raw, err := base64.StdEncoding.DecodeString(n.Sigs[0].Base64)
	if err != nil || signed != fmt.Sprintf("%s\n— %s %s\n", n.Text, by.Name(), base64.StdEncoding.EncodeToString(raw)) {
		return "", fmt.Errorf("%w %s", ErrForged, by.Name())
	}
	return n.Text, nil
}
