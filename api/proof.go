package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/notary"
)

// Proof tells whether the log is what it was: *notary.Notary.
type Proof interface {
	Status() notary.Standing
	Verifier() string
	Changes(ctx context.Context) ([]string, error)
	Leaves(ctx context.Context, from int64, limit int) ([]tlog.Hash, error)
	Sign(ctx context.Context) (proof.Head, error)
	Heads(ctx context.Context, below *int64, limit int) ([]proof.Head, error)
	Event(ctx context.Context, position eventstore.Position, size *int64) (proof.Inclusion, error)
	Consistency(ctx context.Context, from, to *int64) (proof.Consistency, error)
	Bundle(ctx context.Context, stream string) (string, error)
	Verify(ctx context.Context, heads []string, progress func(events int64)) (proof.Report, error)
}

type (
	proofStatusOutput struct{ Body notary.Standing }
	proofKeyOutput    struct {
		Body struct {
			Verifier string   `json:"verifier" doc:"The public key of the heads, in the form of golang.org/x/mod/sumdb/note; its name is that of the log"`
			Changes  []string `json:"changes" doc:"Statements that another key signs from now on, each a note that both keys signed"`
		}
	}
	leavesInput struct {
		Cursor string `query:"cursor" doc:"The next_cursor of the page before: the ordinal of the first leaf, from 0"`
		Limit  int    `query:"limit" minimum:"1" maximum:"65536" default:"8192"`
	}
	leavesOutput struct {
		Body struct {
			Leaves     []string `json:"leaves" doc:"Hashes of the events in their order, base64"`
			NextCursor string   `json:"next_cursor,omitempty" doc:"Absent on the last page"`
		}
	}
	headsInput struct {
		Cursor string `query:"cursor" doc:"The next_cursor of the page before"`
		Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}
	headsOutput struct {
		Body struct {
			Heads      []headAnswer `json:"heads"`
			NextCursor string       `json:"next_cursor,omitempty" doc:"Absent on the last page"`
		}
	}
	headOutput struct{ Body headAnswer }
	headAnswer struct {
		Size     int64     `json:"size" doc:"How many events the log had"`
		Position uint64    `json:"position" doc:"Log position of the newest of them"`
		Root     string    `json:"root" doc:"Hash of the Merkle tree over them (RFC 6962, SHA-256), base64"`
		SignedAt time.Time `json:"signed_at"`
		Note     string    `json:"note" doc:"The signed note that says all this: keep it where nobody can change it who could change the log"`
	}
	eventProofInput struct {
		Position uint64 `path:"position" doc:"Place in the log, as commands answer it"`
		Head     string `query:"head" doc:"Size of the head to prove it under; the newest without it"`
	}
	eventProofOutput struct {
		Body struct {
			Event struct {
				Ordinal    int64     `json:"ordinal" doc:"Which leaf of the tree it is, from 0"`
				Position   uint64    `json:"position"`
				Stream     string    `json:"stream"`
				Revision   uint64    `json:"revision"`
				ID         uuid.UUID `json:"event_id"`
				Type       string    `json:"type"`
				RecordedAt time.Time `json:"recorded_at"`
				Metadata   []byte    `json:"metadata" doc:"As the log has it, base64"`
				Data       []byte    `json:"data" doc:"As the log has it, base64"`
			} `json:"event"`
			Leaf string     `json:"leaf" doc:"Hash of all of the event, base64"`
			Path []string   `json:"path" doc:"Hashes that lead from the leaf to the root, base64"`
			Head headAnswer `json:"head"`
		}
	}
	consistencyInput struct {
		From string `query:"from" required:"true" doc:"Size of the earlier head"`
		To   string `query:"to" doc:"Size of the later head; the newest without it"`
	}
	consistencyOutput struct {
		Body struct {
			From headAnswer `json:"from"`
			To   headAnswer `json:"to"`
			Path []string   `json:"path" doc:"Hashes that lead from the one root to the other, base64"`
		}
	}
)

func (s *server) proofRoutes() {
	query(s, access.Everyone, get("getProofStatus", "/v1/proof", "proof", "See how far the log is written down to be proven"),
		func(context.Context, *struct{}) (*proofStatusOutput, error) {
			return &proofStatusOutput{s.proof.Status()}, nil
		})
	query(s, access.Public, get("getProofKey", "/v1/proof/key", "proof", "Get the public key of the signed heads"),
		func(ctx context.Context, _ *struct{}) (*proofKeyOutput, error) {
			changes, err := s.proof.Changes(ctx)
			out := &proofKeyOutput{}
			out.Body.Verifier, out.Body.Changes = s.proof.Verifier(), present(changes)
			return out, err
		})
	query(s, access.Auditors, get("listLeaves", "/v1/proof/leaves", "proof",
		"List the hashes of events, from which whoever has them all finds the hash of the whole log"), s.leaves)
	query(s, access.Auditors, get("listHeads", "/v1/proof/heads", "proof", "List signed heads of the log, the newest first"), s.heads)
	query(s, access.Auditors, huma.Operation{OperationID: "signHead", Method: http.MethodPost, Path: "/v1/proof/heads", Tags: []string{"proof"},
		Summary:     "Sign a head of the log as it is now",
		Description: "Where nothing happened since the newest head, that one is answered.",
		Errors:      []int{http.StatusConflict, http.StatusServiceUnavailable}},
		func(ctx context.Context, _ *struct{}) (*headOutput, error) {
			h, err := s.proof.Sign(ctx)
			return &headOutput{headOf(h)}, err
		})
	disclose(s, access.Auditors, func(o *eventProofOutput) []uuid.UUID { return customerOf(o.Body.Event.Stream) },
		get("proveEvent", "/v1/proof/events/{position}", "proof", "Prove that an event is in the log, just so"), s.proveEvent)
	query(s, access.Auditors, get("proveConsistency", "/v1/proof/consistency", "proof",
		"Prove that the log under one head goes on from the log under another"), s.proveConsistency)
	s.bundleRoute()
	s.verifyRoute()
}

func headOf(h proof.Head) headAnswer {
	return headAnswer{h.Size, uint64(h.Position), h.Root.String(), h.SignedAt, h.Note}
}

// customerOf answers whose stream it is, if it is a customer's.
func customerOf(stream string) []uuid.UUID {
	name, ok := strings.CutPrefix(stream, customer.StreamPrefix)
	if id, err := uuid.Parse(name); ok && err == nil {
		return []uuid.UUID{id}
	}
	return nil
}

func texts[T interface{ String() string }](hashes []T) []string {
	out := make([]string, len(hashes))
	for i, h := range hashes {
		out[i] = h.String()
	}
	return out
}

// size reads the size of a head; nil where there is none.
func size(name, text string) (*int64, error) {
	if text == "" {
		return nil, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return nil, malformed("query."+name, "size_malformed", "the size of a head is a whole number of zero or more")
	}
	return &n, nil
}

func (s *server) leaves(ctx context.Context, in *leavesInput) (*leavesOutput, error) {
	from, err := size("cursor", in.Cursor)
	if err != nil {
		return nil, err
	}
	if from == nil {
		from = new(int64)
	}
	leaves, err := s.proof.Leaves(ctx, *from, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &leavesOutput{}
	if out.Body.Leaves = texts(leaves); len(leaves) == in.Limit {
		out.Body.NextCursor = strconv.FormatInt(*from+int64(in.Limit), 10)
	}
	return out, nil
}

func (s *server) heads(ctx context.Context, in *headsInput) (*headsOutput, error) {
	below, err := size("cursor", in.Cursor)
	if err != nil {
		return nil, err
	}
	heads, err := s.proof.Heads(ctx, below, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &headsOutput{}
	out.Body.Heads = make([]headAnswer, len(heads))
	for i, h := range heads {
		out.Body.Heads[i] = headOf(h)
	}
	if len(heads) == in.Limit {
		out.Body.NextCursor = strconv.FormatInt(heads[len(heads)-1].Size, 10)
	}
	return out, nil
}

func (s *server) proveEvent(ctx context.Context, in *eventProofInput) (*eventProofOutput, error) {
	under, err := size("head", in.Head)
	if err != nil {
		return nil, err
	}
	p, err := s.proof.Event(ctx, eventstore.Position(in.Position), under)
	if err != nil {
		return nil, err
	}
	out := &eventProofOutput{}
	e := &out.Body.Event
	e.Ordinal, e.Position, e.Stream, e.Revision = p.Event.Ordinal, in.Position, p.Event.Stream, p.Event.Revision
	e.ID, e.Type, e.RecordedAt, e.Metadata, e.Data = p.Event.ID, p.Event.Type, p.Event.RecordedAt, p.Event.Metadata, p.Event.Data
	out.Body.Leaf = proof.Leaf(p.Event.Ordinal, p.Event.Record).String()
	out.Body.Path, out.Body.Head = texts(p.Path), headOf(p.Head)
	return out, nil
}

func (s *server) proveConsistency(ctx context.Context, in *consistencyInput) (*consistencyOutput, error) {
	from, err := size("from", in.From)
	if err != nil {
		return nil, err
	}
	to, err := size("to", in.To)
	if err != nil {
		return nil, err
	}
	c, err := s.proof.Consistency(ctx, from, to)
	if err != nil {
		return nil, err
	}
	out := &consistencyOutput{}
	out.Body.From, out.Body.To, out.Body.Path = headOf(c.From), headOf(c.To), texts(c.Path)
	return out, nil
}

// provable tells how far the proof is, and why it is broken.
func (s *server) provable() (string, error) {
	status := s.proof.Status()
	if status.State == notary.Broken {
		return "", errors.New(status.Error)
	}
	detail := strings.TrimSpace(status.State + " " + status.Error)
	if status.Foreign != nil {
		detail += "; " + status.Foreign.String()
	}
	return detail, nil
}
