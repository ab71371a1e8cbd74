package api

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/projections/queries"
)

// Every list is declared once, in projections/queries; here it becomes routes: within a customer, one item of theirs, and
// across customers.

func (s *server) listRoutes() {
	for _, l := range queries.All() {
		if (l.Owner != "" || l.Of != "") && !l.Across {
			s.customerList(l)
		}
		if !l.Within {
			s.acrossList(l)
		}
	}
	s.eventRoutes()
	sayNulls(s.huma.OpenAPI().Components.Schemas) // all that answer have said what they answer
}

const ofCustomerPath = "/v1/customers/{customer_id}/"

// customerList serves what there is of a customer, all of it and one by one.
func (s *server) customerList(l *queries.List) {
	if !l.Single {
		s.listing(l, s.listOperation(l, "listCustomer"+l.Items(), ofCustomerPath+l.Name, true), s.ofCustomer(l))
	}
	names := l.PathKey()
	if len(names) == 0 && !l.Single {
		return
	}
	s.listing(l, s.itemOperation(l, "getCustomer"+l.Item, ofCustomerPath+l.Name+inBraces(names), true),
		func(ctx context.Context, r *http.Request, params url.Values) (*queries.Question, error) {
			who, err := s.personAsked(ctx, r)
			if err != nil {
				return nil, err
			}
			key, err := pathParams(r, names)
			if err != nil {
				return nil, err
			}
			return l.One(&who, key, params)
		})
}

func (s *server) ofCustomer(l *queries.List) asking {
	return func(ctx context.Context, r *http.Request, params url.Values) (*queries.Question, error) {
		who, err := s.personAsked(ctx, r)
		if err != nil {
			return nil, err
		}
		return l.Ask(&who, params)
	}
}

// acrossList serves what there is of all customers, or of the business.
func (s *server) acrossList(l *queries.List) {
	s.listing(l, s.listOperation(l, "list"+l.Items(), "/v1/"+l.Plural(), false),
		func(_ context.Context, _ *http.Request, params url.Values) (*queries.Question, error) {
			return l.Ask(nil, params)
		})
	if l.Owner != "" || l.Of != "" || s.served(http.MethodGet, "/v1/"+l.Name+inBraces(l.Key)) {
		return
	}
	s.listing(l, s.itemOperation(l, "get"+l.Item, "/v1/"+l.Name+inBraces(l.Key), false),
		func(_ context.Context, r *http.Request, params url.Values) (*queries.Question, error) {
			key, err := pathParams(r, l.Key)
			if err != nil {
				return nil, err
			}
			return l.One(nil, key, params)
		})
}

func (s *server) served(method, path string) bool { return s.roles[method+" "+path] != 0 }

func inBraces(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "/{" + strings.Join(names, "}/{") + "}"
}

func pathParams(r *http.Request, names []string) (values []string, err error) {
	for _, name := range names {
		value, err := pathParam(r, name)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

// asking reads a question from a request.
type asking func(ctx context.Context, r *http.Request, params url.Values) (*queries.Question, error)

// personAsked returns who stands for the customer in the path. Of whoever was erased nothing is shown.
func (s *server) personAsked(ctx context.Context, r *http.Request) (uuid.UUID, error) {
	text, err := pathParam(r, "customer_id")
	if err != nil {
		return uuid.Nil, err
	}
	id, err := pathID("customer_id", text)
	if err != nil {
		return id, err
	}
	who, err := queries.PersonOf(ctx, s.reader, id)
	if err == nil && who.Erased {
		err = customer.ErrErased
	}
	return who.ID, err
}

// listing serves a list or an item of it.
func (s *server) listing(l *queries.List, op *listOperation, ask asking) {
	if l.Personal() {
		s.disclosing(op.Operation)
	}
	s.documented(op.Operation, l.Roles, func(w http.ResponseWriter, r *http.Request) int {
		ctx, cancel := context.WithTimeout(r.Context(), s.limits.Request)
		defer cancel()
		body, err := s.answerList(ctx, r, l, op, ask)
		if err != nil {
			return s.refuse(w, err, inQuery)
		}
		defer putBuffer(body)
		w.Header()["Content-Type"] = jsonType
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write(body.Bytes()) // the caller may be gone
		return http.StatusOK
	})
}

func (s *server) answerList(ctx context.Context, r *http.Request, l *queries.List, op *listOperation, ask asking) (*bytes.Buffer, error) {
	params, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, malformed("query", "query_malformed", "the query is not URL-encoded")
	}
	if err := s.waitAsked(ctx, params); err != nil {
		return nil, err
	}
	q, err := ask(ctx, r, params)
	if err != nil {
		return nil, listProblem(err)
	}
	if q.Value(queries.AlikeFilter) != "" {
		alike, err := s.reader.FindsAlike(ctx)
		if err != nil {
			return nil, err
		}
		if alike {
			q.FindAlike()
		}
	}
	var items [][]byte
	var owners []uuid.UUID
	var next string
	if op.one {
		item, owner, err := q.Only(ctx, s.reader)
		if err != nil {
			return nil, err
		}
		items, owners = [][]byte{item}, []uuid.UUID{owner}
	} else {
		page, err := s.page(ctx, q)
		if err != nil {
			return nil, err
		}
		items, owners, next = page.Items, page.Owners, page.Next
	}
	if q.ShowsPersonal() {
		for _, id := range listed(owners, func(id *uuid.UUID) uuid.UUID { return *id }) {
			if err := s.recordRead(ctx, access.PersonalDataRead{CustomerID: id, Operation: op.OperationID}); err != nil {
				return nil, err
			}
		}
	}
	b := buffers.Get().(*bytes.Buffer)
	if op.one {
		b.Write(items[0])
		b.WriteByte('\n')
		return b, nil
	}
	writeList(b, l.Member(), items, next)
	return b, nil
}

// judgedAtMost is how many customers are judged by a rule for one page.
const judgedAtMost = 2000

// page reads a page, of those for whom a rule holds where there is one.
func (s *server) page(ctx context.Context, q *queries.Question) (kept queries.Page, err error) {
	text := q.Value(queries.RuleFilter)
	if text == "" {
		return q.Answer(ctx, s.reader)
	}
	rule, err := rules.Compile(text)
	if err != nil {
		return kept, err
	}
	limit := q.Limit()
	q.SetLimit(max(limit, 100))
	for judged := 0; ; {
		some, err := q.Answer(ctx, s.reader)
		if err != nil {
			return kept, err
		}
		holds, err := s.reader.Judge(ctx, rule, some.Owners)
		if err != nil {
			return kept, err
		}
		for i, item := range some.Items {
			if !holds[i] {
				continue
			}
			kept.Items, kept.Owners = append(kept.Items, item), append(kept.Owners, some.Owners[i])
			if len(kept.Items) == limit {
				if i < len(some.Items)-1 || some.Next != "" {
					kept.Next = q.CursorBehind(some, i)
				}
				return kept, nil
			}
		}
		if judged += len(some.Items); some.Next == "" || judged >= judgedAtMost {
			kept.Next = some.Next
			return kept, nil
		}
		if err := q.GoOn(some.Next); err != nil {
			return kept, err
		}
	}
}

// writeList writes a page; a cursor needs no escaping.
func writeList(b *bytes.Buffer, member string, items [][]byte, next string) {
	b.WriteString(`{"` + member + `":[`)
	b.Write(bytes.Join(items, []byte(",")))
	b.WriteByte(']')
	if next != "" {
		b.WriteString(`,"next_cursor":"` + next + `"`)
	}
	b.WriteString("}\n")
}

// listProblem says which parameter is to blame.
func listProblem(err error) error {
	var f *queries.Fault
	if errors.As(err, &f) {
		return malformed("query."+f.Param, f.Code, "%s", f.Message)
	}
	return err
}
