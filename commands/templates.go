package commands

import (
	"context"
	"sync"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

// templates are versions of questionnaires as far as they were needed. A published version never changes.
type templates struct {
	byVersion sync.Map // version to *questionnaire.Template
}

type version struct {
	questionnaire string
	number        int
}

// templated is a customer's command that is checked against a version of a questionnaire.
type templated interface {
	Asks() (id string, version int)
	Asked(t *questionnaire.Template) customer.Command
}

// informed fills in what other streams know that a customer's command depends on.
func (s *Service) informed(ctx context.Context, c customer.Command) (customer.Command, error) {
	switch c := c.(type) {
	case templated:
		return s.asked(ctx, c)
	case joining:
		return s.inCampaign(ctx, c)
	case meeting:
		return s.introduced(ctx, c)
	case serving:
		return s.underTerms(ctx, c)
	}
	return c, nil
}

// asked fills in what was asked of the customer; nothing where there is no such version.
func (s *Service) asked(ctx context.Context, t templated) (customer.Command, error) {
	id, number := t.Asks()
	if !domain.Nameable(id) {
		return t.Asked(nil), nil
	}
	v := version{id, number}
	if known, ok := s.templates.byVersion.Load(v); ok {
		return t.Asked(known.(*questionnaire.Template)), nil
	}
	var found *questionnaire.Template
	if err := s.Questionnaires.view(ctx, questionnaire.Stream(id), func(q *questionnaire.State) {
		if published := q.Version(number); published != nil {
			one := *published
			found = &one
		}
	}); err != nil {
		return nil, err
	}
	if found != nil {
		s.templates.byVersion.Store(v, found)
	}
	return t.Asked(found), nil
}
