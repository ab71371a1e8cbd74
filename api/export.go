package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
)

// The right of access: everything that is held of a person, as one JSON document that people can read.

func (s *server) exportRoutes() {
	op := s.exportOperation("/v1/customers/{customer_id}/export")
	s.disclosing(op)
	s.streaming(op, access.Auditors, s.export)
}

func (s *server) exportOperation(path string) *huma.Operation {
	object := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
	return &huma.Operation{OperationID: "exportCustomer", Method: http.MethodGet, Path: path, Tags: []string{"customers"},
		Summary: "Export everything that is held of a customer",
		Description: "One JSON document: every event of the customer's stream, and every row of every table that is about them, " +
			"who was shown their data included; the same of all who were merged with them. Everything that was recorded before the " +
			"question is in the answer. Of whoever was erased nothing personal is left. An answer that breaks off is not whole.",
		Parameters: []*huma.Param{{Name: "customer_id", In: "path", Required: true,
			Schema: &huma.Schema{Type: huma.TypeString, Format: "uuid"}}},
		Responses: s.fileResponses("application/json", "Everything", object,
			http.StatusBadRequest, http.StatusNotFound, http.StatusServiceUnavailable)}
}

// export streams what is held: what is in memory is an event or a row, and a buffer.
func (s *server) export(ctx context.Context, r *http.Request, to *stream) error {
	id, err := pathID("customer_id", chi.URLParam(r, "customer_id"))
	if err != nil {
		return err
	}
	head, err := s.waitForAll(ctx)
	if err != nil {
		return err
	}
	family, err := s.reader.Family(ctx, id)
	if err != nil {
		return err
	}
	if r.Method == http.MethodHead {
		to.w.Header().Set("Content-Type", "application/json")
		return nil
	}
	back, err := s.takeTurn(ctx)
	if err != nil {
		return err
	}
	defer back()
	for _, id := range family {
		if err := s.replays.Whole(ctx, id); err != nil { // an answer that has begun cannot say why it breaks off
			return err
		}
		if err := s.recordRead(ctx, access.PersonalDataRead{CustomerID: id, Operation: "exportCustomer"}); err != nil {
			return err
		}
	}
	out := beginExport(to, exportHead{CustomerID: id, Family: family, ExportedAt: s.now().UTC(), Position: uint64(head)})
	for _, id := range family {
		if err := s.replays.Events(ctx, id, func(e domain.Recorded) error { return out.event(id, e) }); err != nil {
			return err
		}
	}
	out.tables()
	if err := s.reader.Export(ctx, family, out.row); err != nil {
		return err
	}
	return out.end()
}

// exportHead says what an export is about.
type exportHead struct {
	CustomerID uuid.UUID   `json:"customer_id"`
	Family     []uuid.UUID `json:"family"` // who stands for them, and all for whom that one stands
	ExportedAt time.Time   `json:"exported_at"`
	Position   uint64      `json:"position"` // of the log that all this rests on at least
}

// exportedEvent is an event as the log holds it, opened.
type exportedEvent struct {
	CustomerID uuid.UUID       `json:"customer_id"`
	Revision   uint64          `json:"revision"`
	Position   uint64          `json:"position"`
	EventID    uuid.UUID       `json:"event_id"`
	Type       string          `json:"type"`
	RecordedAt time.Time       `json:"recorded_at"`
	Metadata   domain.Metadata `json:"metadata"`
	Data       domain.Event    `json:"data"`
}

// exportAnswer writes the document.
type exportAnswer struct {
	*stream
	comma bool
	table string
}

func beginExport(to *stream, head exportHead) *exportAnswer {
	to.begin("application/json", head.CustomerID.String()+".json")
	about, err := json.Marshal(head)
	if err != nil {
		panic(fmt.Sprintf("marshal the head of an export: %v", err)) // ids and a time
	}
	to.buffer.Write(about[:len(about)-1])
	to.buffer.WriteString(",\"events\":[\n")
	return &exportAnswer{stream: to}
}

func (a *exportAnswer) event(id uuid.UUID, e domain.Recorded) error {
	text, err := json.Marshal(exportedEvent{CustomerID: id, Revision: e.Revision, Position: e.Position, EventID: e.ID,
		Type: e.Event.EventType(), RecordedAt: e.RecordedAt, Metadata: e.Metadata, Data: e.Event})
	if err != nil {
		return fmt.Errorf("export the event at position %d: %w", e.Position, err)
	}
	return a.item(text)
}

func (a *exportAnswer) item(text []byte) error {
	if a.comma {
		a.buffer.WriteString(",\n")
	}
	a.comma = true
	_, err := a.buffer.Write(text)
	return err
}

func (a *exportAnswer) tables() {
	a.buffer.WriteString("\n],\"tables\":{")
}

func (a *exportAnswer) row(table string, row []byte) error {
	if table != a.table {
		if a.table != "" {
			a.buffer.WriteString("\n],")
		}
		fmt.Fprintf(a.buffer, "\n%q:[\n", table)
		a.table, a.comma = table, false
	}
	return a.item(row)
}

func (a *exportAnswer) end() error {
	if a.table != "" {
		a.buffer.WriteString("\n]")
	}
	a.buffer.WriteString("}}\n")
	return a.buffer.Flush()
}
