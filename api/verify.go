package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// bundleType is that of a bundle: a signed note.
const bundleType = "text/plain; charset=utf-8"

func (s *server) bundleRoute() {
	const path = "/v1/customers/{customer_id}/bundle"
	op := get("getBundle", path, "proof", "Get a customer's events with their proof, as a file that anybody can check")
	op.Description = "All events as the log has them, under a head of now, signed as a whole. `rapport verify FILE --key KEY` checks it " +
		"anywhere, with the public key alone."
	op.Parameters = []*huma.Param{{Name: "customer_id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString, Format: "uuid"}}}
	op.Responses = s.textResponses(bundleType, "The bundle", http.StatusBadRequest, http.StatusNotFound, http.StatusServiceUnavailable)
	s.disclosing(&op)
	s.documented(&op, access.Auditors, func(w http.ResponseWriter, r *http.Request) int {
		ctx, cancel := context.WithTimeout(r.Context(), s.limits.Request)
		defer cancel()
		text, err := s.bundle(ctx, r)
		if err != nil {
			return s.refuse(w, err, inQuery)
		}
		w.Header().Set("Content-Type", bundleType)
		_, _ = w.Write([]byte(text)) // the caller may be gone
		return http.StatusOK
	})
}

func (s *server) bundle(ctx context.Context, r *http.Request) (string, error) {
	text, err := pathParam(r, "customer_id")
	if err != nil {
		return "", err
	}
	id, err := pathID("customer_id", text)
	if err != nil {
		return "", err
	}
	bundle, err := s.proof.Bundle(ctx, customer.Stream(id))
	if err != nil {
		return "", err
	}
	return bundle, s.recordRead(ctx, access.PersonalDataRead{CustomerID: id, Operation: "getBundle"})
}

// textResponses describes an answer that is text, and the problems that may come instead.
func (s *server) textResponses(media, what string, problems ...int) map[string]*huma.Response {
	return s.fileResponses(media, what, &huma.Schema{Type: huma.TypeString}, problems...)
}

// fileResponses describes an answer that is written by hand, and the problems that may come instead.
func (s *server) fileResponses(media, what string, schema *huma.Schema, problems ...int) map[string]*huma.Response {
	all := map[string]*huma.Response{"200": {Description: what, Content: map[string]*huma.MediaType{media: {Schema: schema}}}}
	for _, status := range problems {
		all[strconv.Itoa(status)] = problemResponse(s.huma.OpenAPI().Components.Schemas, status)
	}
	return all
}

// logVerification is a line of the answer to a request to verify: how far it is, or, last, what was found.
type logVerification struct {
	Events   int64         `json:"events"`
	Report   *proof.Report `json:"report,omitempty"`
	Verifier string        `json:"verifier,omitempty"`
	Problem  *Problem      `json:"problem,omitempty"`
}

func (s *server) verifyRoute() {
	op := &huma.Operation{OperationID: "verifyLog", Method: http.MethodPost, Path: "/v1/proof/verify", Tags: []string{"proof"},
		Summary: "Read the whole log and hold it against everything that was written down and signed",
		Description: "Answers lines of JSON: now and then how many `events` were read, and in the end a `report`, with the `verifier` by " +
			"which the heads were checked, or a `problem`. `heads` of the body are notes that were kept elsewhere. One is carried out " +
			"at a time; others wait.",
		RequestBody: &huma.RequestBody{Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: huma.TypeObject,
			Properties: map[string]*huma.Schema{"heads": {Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString}}}}}}},
		Responses: s.textResponses(ndjson, "The lines", http.StatusBadRequest, http.StatusServiceUnavailable)}
	op.Responses["200"].Content[ndjson] = byLines(s.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[logVerification](), true, "LogVerification"))
	s.documented(op, access.Auditors, func(w http.ResponseWriter, r *http.Request) int {
		ctx, cancel := context.WithTimeout(r.Context(), s.limits.Verify)
		defer cancel()
		if err := s.verify(ctx, w, r); err != nil {
			return s.refuse(w, err, nil)
		}
		return http.StatusOK
	})
}

// verify answers an error only as long as nothing was written.
func (s *server) verify(ctx context.Context, w http.ResponseWriter, r *http.Request) error {
	var asked struct {
		Heads []string `json:"heads"`
	}
	b := buffers.Get().(*bytes.Buffer)
	defer putBuffer(b)
	if err := readBody(b, w, r, s.limits.Body, "application/json", true); err != nil {
		return err
	}
	if b.Len() > 0 {
		if err := json.Unmarshal(b.Bytes(), &asked); err != nil {
			return malformed("body", "json_malformed", "the body is an object with heads, a list of notes")
		}
	}
	select {
	case s.verifying <- struct{}{}:
		defer func() { <-s.verifying }()
	case <-ctx.Done():
		return ctx.Err()
	}
	w.Header().Set("Content-Type", ndjson)
	lines, control := json.NewEncoder(w), http.NewResponseController(w)
	told := time.Now()
	report, err := s.proof.Verify(ctx, asked.Heads, func(events int64) {
		if time.Since(told) > 200*time.Millisecond {
			told = time.Now()
			_ = lines.Encode(logVerification{Events: events}) // whoever is gone ends ctx
			_ = control.Flush()
		}
	})
	last := logVerification{Events: report.Events, Report: &report, Verifier: s.proof.Verifier()}
	if err != nil {
		last = logVerification{Problem: problemOf(err, nil, s.logger)}
	}
	_ = lines.Encode(last)
	return nil
}
